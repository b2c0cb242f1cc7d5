"""HiGHS made silent: what is written to standard output is ours alone."""

import os
from functools import cache
from typing import Any

import highspy


def silent_highs() -> Any:
    """Return a new HiGHS that prints nothing."""
    _greeting_swallowed()
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    return highs


@cache
def _greeting_swallowed() -> None:
    """The first HiGHS of a process prints its name and licence, whatever it is told."""
    kept = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)
