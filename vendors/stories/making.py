"""Makes one photograph or recording anew in a process of its own, which ends with it.

    python -m vendors.stories.making photograph FILE FOLDER

writes the files made into FOLDER and says in JSON what they are, or why there are none. Whatever a
hostile file does to a decoder, it does it here: with little memory, little time, and nothing to
find. The memory is given back when the process ends.
"""

import json
import os
import resource
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

MEMORY = 1_600_000_000
"""Bytes of addresses, of which a third is ever used."""

SECONDS_OF_WORK = 40
KINDS = ("photograph", "recording")
POLITELY = 10


def make(kind: str, data: bytes, folder: Path) -> dict[str, Any]:
    """Write what a file becomes into folder; returns its facts, or {"refused": reason}."""
    from vendors.stories import photographs, recordings

    made: Any = (photographs if kind == "photograph" else recordings).made_anew(data)
    if isinstance(made, photographs.Refused | recordings.Refused):
        return {"refused": made.reason}
    for name, content in made.files.items():
        (folder / name).write_bytes(content)
    return {one.name: getattr(made, one.name) for one in fields(made) if one.name != "files"}


def main(kind: str, file: str, folder: str) -> None:
    """The whole of the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(POLITELY)
    sys.stdout.write(json.dumps(make(kind, Path(file).read_bytes(), Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
