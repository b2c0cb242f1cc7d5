"""Faults of the machine, made on purpose and undone again."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def full_disk(largest_file: int = 0) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes, which is how a full disk feels."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_folder_for_copies(data_dir: Path) -> Iterator[None]:
    """Nothing can be made where copies belong: a read-only disk, also for the superuser."""
    (data_dir / "pages").write_text("")
    try:
        yield
    finally:
        (data_dir / "pages").unlink()
