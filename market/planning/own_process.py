"""The planner in a process of its own: `python -m market.planning.own_process`.

A festival comes in on standard input; lines of progress go out while it is solved, and at last
the answers. Whoever started it may kill it at any moment: it has nothing to lose.
"""

import json
import os
import pickle
import sys
from dataclasses import fields, is_dataclass
from threading import Event, Thread
from typing import Any

PROGRESS, ANSWERS, FAULT = b"P", b"A", b"F"
LOOK_S = 0.5


def said(progress: object) -> dict[str, Any]:
    """What the planner says of its progress, as it is kept: plain names and numbers."""
    if not is_dataclass(progress):
        return {}
    values = {one.name: getattr(progress, one.name) for one in fields(progress)}
    return {key: one for key, one in values.items() if isinstance(one, str | int | float)}


def end_with(parent: int) -> None:
    """End this process as soon as whoever started it is gone."""
    while os.getppid() == parent:
        Event().wait(LOOK_S)
    os._exit(1)


def main() -> None:
    """Solve what comes in."""
    from market.planning.proposal import propose_festival

    out = os.fdopen(os.dup(1), "wb")
    # What libraries print is nobody's answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process has written it

    def tell(progress: object) -> bool:
        out.write(PROGRESS + json.dumps(said(progress)).encode() + b"\n")
        out.flush()
        return True

    try:
        answers = propose_festival(asked["festival"], seconds=asked["seconds"], progress=tell)
    except ValueError as error:
        out.write(FAULT + json.dumps(str(error)).encode() + b"\n")
    else:
        out.write(ANSWERS + pickle.dumps(answers).hex().encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
