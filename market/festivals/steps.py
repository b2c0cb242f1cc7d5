"""The way of an application: which steps the applicant and the office may take."""

from collections.abc import Mapping
from datetime import datetime

from market.festivals.models import ApplicationStep

BY_APPLICANT: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"submitted", "withdrawn"}),
    "submitted": frozenset({"withdrawn"}),
    "asked": frozenset({"submitted", "withdrawn"}),
    "accepted": frozenset({"withdrawn"}),
    "waiting": frozenset({"withdrawn"}),
    "refused": frozenset(),
    "withdrawn": frozenset({"draft"}),
}
BY_OFFICE: Mapping[str, frozenset[str]] = {
    "draft": frozenset(),
    "submitted": frozenset({"asked", "accepted", "waiting", "refused", "withdrawn"}),
    "asked": frozenset({"submitted", "accepted", "waiting", "refused", "withdrawn"}),
    "accepted": frozenset({"waiting", "refused", "withdrawn"}),
    "waiting": frozenset({"accepted", "refused", "withdrawn"}),
    "refused": frozenset({"accepted", "waiting"}),
    "withdrawn": frozenset(),
}


def allows(before: str, after: str, *, by_office: bool = False) -> bool:
    """Whether the way of an application may lead from a state to another."""
    return after in (BY_OFFICE if by_office else BY_APPLICANT)[before]


def step(
    application_id: int,
    before: str | None,
    after: str,
    at: datetime,
    *,
    person_id: int | None = None,
    by_office: bool = False,
    by_rule: bool = False,
    note: str = "",
) -> ApplicationStep:
    """The line of the log for a step at a moment (UTC); `before` None begins the way.

    Raises ValueError for a step that nobody of that side may take.
    """
    if before is not None and not allows(before, after, by_office=by_office or by_rule):
        raise ValueError(f"{before} does not become {after}")
    return ApplicationStep(
        application_id=application_id,
        at=at,
        from_state=before,
        to_state=after,
        by_rule=by_rule,
        person_id=person_id,
        note=note,
    )
