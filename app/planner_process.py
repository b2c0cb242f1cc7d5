"""The planner at work: a row says that it runs, a process of its own does it, nicely.

`flask planner-run NUMBER` looks after one run: it builds the problem, gives it to
`market.planning.own_process`, notes a sign of life every second, kills the planner when somebody
asks for that, and writes the answers into the draft. Times are those of the real clock, also
in a rehearsal, because processes live in it.
"""

import json
import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from app.config import Settings
from app.database import database
from app.database import session as reading
from app.planning_answers import write_answers
from app.planning_problems import CALM, build
from market.planning.answer import Answer
from market.planning.from_rows import Built, festival_of
from market.planning.models import PlannerRun, PlanVersion
from market.planning.own_process import ANSWERS, FAULT, PROGRESS
from market.planning.problem import Festival
from market.planning.problem_file import problem_as_json
from market.planning.queries import busy_runs, plan_with_number, run_with_number
from market.planning.writing import answer_as_json
from vendors.fields import identity

ROOT = Path(__file__).parent.parent
SECONDS = (10, 60, 300)
"""Limits of time one can choose."""

NICE = 10
LOOK_S, SIGN_S = 0.25, 1.0
SILENT = timedelta(seconds=20)
"""Whoever gave no sign of life for so long is gone; so long a process may need to begin."""

GRACE_S = 30.0
"""So much longer than its limit the planner may take to build and to explain."""


class Working(Exception):  # noqa: N818 - no fault: somebody was quicker
    """A run of this plan waits or works already."""


class Stopped(Exception):  # noqa: N818 - somebody wished it, or what was planned is gone
    """A run ends early: `state` is cancelled or failed, `said` why."""

    def __init__(self, state: str, said: str = "") -> None:
        super().__init__(said)
        self.state, self.said = state, said


def real_moment() -> datetime:
    """The instant by the clock of the computer."""
    return datetime.now(UTC)


def begin_run(
    session: Session,
    plan: PlanVersion,
    *,
    kind: str,
    seconds: int,
    whom: Sequence[str],
    person_id: int | None,
) -> PlannerRun:
    """Write that a run of a plan waits; raises Working. The caller commits, then starts it."""
    look_after(session)
    run = PlannerRun(
        plan_id=identity(plan),
        busy=plan.id,
        kind=kind,
        seconds=seconds,
        asked_at=real_moment(),
        progress={"whom": list(whom)},
        person_id=person_id,
    )
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError as error:
        raise Working from error
    return run


def start_process(run_id: int) -> None:
    """Begin to work on a run that waits, in a process that outlives this request."""
    process = subprocess.Popen(  # noqa: S603 - our own command, a number of ours
        [sys.executable, "-m", "flask", "planner-run", str(run_id)],
        cwd=ROOT,
        env=_environment(current_app.config["SETTINGS"]),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    Thread(target=process.wait, daemon=True).start()


def _environment(settings: Settings) -> dict[str, str]:
    """The settings of this service for a process of it, wherever they have come from."""
    told = {
        "FLASK_APP": "app:create_app",
        "DATA_DIR": str(settings.data_dir.resolve()),
        "DATABASE_URL": settings.database_url,
        "PUBLIC_URL": settings.public_url,
        "SECRET_KEY": settings.secret_key,
        "NOW": settings.now,
    }
    return {**os.environ, **told, **ONE_THREAD}


ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def look_after(session: Session) -> int:
    """Note of every run whose process is gone that it has failed; the caller commits."""
    found = 0
    for run in busy_runs(session):
        heard = run.heard_at or run.asked_at
        heard = heard if heard.tzinfo else heard.replace(tzinfo=UTC)
        if real_moment() - heard > SILENT:
            _end(session, run, "cancelled" if run.cancel_asked else "failed", "gone")
            found += 1
    return found


def _end(session: Session, run: PlannerRun, state: str, said: str = "") -> None:
    run.state, run.busy, run.ended_at, run.error = state, None, real_moment(), said[:400]
    session.add(run)
    session.flush()


def look_after_runs() -> None:
    """The same in a transaction of its own, asked first because there is seldom anything."""
    with database().reading() as session:
        if not any(_is_silent(run) for run in busy_runs(session)):
            return
    with database().writing() as session:
        look_after(session)
        session.commit()
    # What this request reads from now on shall know of it.
    reading().rollback()


def _is_silent(run: PlannerRun) -> bool:
    heard = run.heard_at or run.asked_at
    return real_moment() - (heard if heard.tzinfo else heard.replace(tzinfo=UTC)) > SILENT


def work(run_id: int) -> None:
    """Do what a waiting run asks for, from the first sign of life to the answers in the draft."""
    os.nice(NICE)
    if not _started(run_id):
        return
    try:
        _work(run_id)
    except Stopped as stopped:
        _finish(run_id, stopped.state, stopped.said)
    except Exception as error:
        _finish(run_id, "failed", type(error).__name__)
        raise


def _work(run_id: int) -> None:
    with database().reading() as session:
        run = run_with_number(session, run_id)
        plan = plan_with_number(session, run.plan_id) if run else None
        if run is None or plan is None:
            raise Stopped("failed", "plan_gone")
        kind, seconds, whom = run.kind, run.seconds, run.progress.get("whom", ())
        built = build(session, plan, calm=kind == CALM, whom=list(_texts(whom)))
    with Apart(festival_of(built), seconds) as planner:
        answers = watched(run_id, planner, seconds + GRACE_S)
    _write(run_id, built, answers)


def _texts(found: object) -> Iterator[str]:
    yield from (str(one) for one in (found if isinstance(found, list | tuple) else ()))


@dataclass
class Apart:
    """The planner in a process of its own, killed at the latest when this is left."""

    festival: Festival
    seconds: float
    answers: tuple[Answer, ...] | None = None
    fault: str = ""
    told: "queue.Queue[bytes]" = field(default_factory=queue.Queue)

    def __enter__(self) -> "Apart":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "market.planning.own_process"],
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", **ONE_THREAD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._feeder = Thread(target=self._feed, daemon=True)
        self._feeder.start()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join(timeout=LOOK_S)
        self._feeder.join(timeout=LOOK_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()

    def _feed(self) -> None:
        asked = pickle.dumps({"festival": self.festival, "seconds": self.seconds})
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(asked)
                self._process.stdin.close()
        except OSError:
            return

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self.told.put(line.rstrip(b"\n"))
        self.told.put(b"")

    def next(self, wait_s: float) -> dict[str, Any] | None:
        """What the planner says next; {} after so many seconds of silence, None at the end."""
        try:
            line = self.told.get(timeout=wait_s)
        except queue.Empty:
            return {}
        if line[:1] == PROGRESS:
            found: dict[str, Any] = json.loads(line[1:])
            return found
        if line[:1] == ANSWERS:
            self.answers = pickle.loads(bytes.fromhex(line[1:].decode()))  # noqa: S301 - our own
        elif line[:1] == FAULT:
            self.fault = json.loads(line[1:])
        elif not line:
            return None
        return {}


def solved(festival: Festival, seconds: float) -> tuple[Answer, ...] | None:
    """The answers, or None when there is none within so many seconds and a few more."""
    until = monotonic() + seconds + 5
    with Apart(festival, seconds) as planner:
        while monotonic() < until and planner.next(LOOK_S) is not None:
            pass
        return planner.answers


def watched(run_id: int, planner: Apart, most_s: float) -> tuple[Answer, ...]:
    """The answers of the planner; Stopped when they are no longer wanted, or there are none."""
    latest: dict[str, Any] = {}
    until, signed = monotonic() + most_s, 0.0
    while (told := planner.next(LOOK_S)) is not None:
        latest = told or latest
        if monotonic() - signed >= SIGN_S:
            _sign(run_id, latest)
            signed = monotonic()
        if monotonic() > until:
            raise Stopped("failed", "too_long")
    if planner.answers is None:
        raise Stopped("failed", planner.fault or "no_answer")
    return planner.answers


def _started(run_id: int) -> bool:
    with _changing() as session:
        run = run_with_number(session, run_id, locked=True)
        if run is None or run.state != "waiting":
            return False
        if run.cancel_asked:
            _end(session, run, "cancelled")
            return False
        run.state, run.started_at, run.heard_at = "running", real_moment(), real_moment()
        session.add(run)
    return True


def _sign(run_id: int, latest: dict[str, Any]) -> None:
    """Note a sign of life and how far the planner is; Stopped when somebody has ended it."""
    try:
        with _changing() as session:
            run = run_with_number(session, run_id, locked=True)
            if run is None or run.state != "running":
                raise Stopped("failed", "gone")
            if run.cancel_asked:
                raise Stopped("cancelled")
            run.heard_at = real_moment()
            run.progress = {**run.progress, **latest}
            session.add(run)
    except OperationalError:
        # The database is busy with somebody else; the next sign follows in a second.
        return


def _finish(run_id: int, state: str, said: str = "") -> None:
    with _changing() as session:
        run = run_with_number(session, run_id, locked=True)
        if run is not None and run.busy is not None:
            _end(session, run, state, said)


def _write(run_id: int, built: Sequence[Built], answers: Sequence[Answer]) -> None:
    """Write the answers in one transaction, if the draft is still there to be planned."""
    with _changing() as session:
        run = run_with_number(session, run_id, locked=True)
        if run is None or run.state != "running":
            return
        if run.cancel_asked:
            raise Stopped("cancelled")
        plan = plan_with_number(session, run.plan_id, locked=True)
        if plan is None or plan.state != "draft":
            raise Stopped("failed", "no_draft")
        fill(session, plan, built, answers, run)
        _end(session, run, "done")


def fill(
    session: Session,
    plan: PlanVersion,
    built: Sequence[Built],
    answers: Sequence[Answer],
    run: PlannerRun | None = None,
) -> None:
    """Write answers, their problems and their places into a draft. The caller commits."""
    written = write_answers(session, plan, built, answers)
    days = [one.problem.day for one in built]
    plan.answers = {day: answer_as_json(one) for day, one in zip(days, answers, strict=True)}
    notes = [
        {"code": note.code, "who": note.who, "day": note.day, "stalls": list(note.stalls)}
        for one in built
        for note in one.notes
    ]
    plan.problems = {
        **plan.problems,
        "days": {one.problem.day: problem_as_json(one.problem) for one in built},
        "notes": notes,
    }
    plan.version += 1
    session.add(plan)
    if run is not None:
        run.progress = {**run.progress, "meanwhile": list(written.meanwhile)}


@contextmanager
def _changing() -> Iterator[Session]:
    with database().writing() as session:
        yield session
        session.commit()
