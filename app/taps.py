"""Taps on pages that also work without a network: sent later, once, and never over others.

A tap says for which day it is and what its page showed before (`was`). What somebody else has
said of the very same thing meanwhile is never covered unasked: both values are shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from app.clock import now
from app.languages import gettext as _
from app.sending import wants_json
from vendors.listings.taps import is_near

NOT_IN_FIELDS = ("idempotency_key", "account", "was")

Options = Sequence[tuple[str, str]]
"""Values to choose from, each with its words."""


@dataclass(frozen=True)
class Choice:
    """A tap that came after somebody else's: both values, and the form that sends one's own.

    With `options` one's own needs another value of the field `field`, such as another stall.
    """

    about: str
    mine: str
    theirs: str
    action: str
    fields: Mapping[str, str]
    field: str = ""
    options: Options = ()


class Late(Exception):  # noqa: N818 - no fault: somebody else has said it otherwise
    """A tap on what says something else by now: `now` as a value, and both in words.

    With `options` there is a choice of other values for `field`; one's own cannot stand.
    """

    def __init__(
        self,
        about: str,
        mine: str,
        theirs: str,
        now: str = "",
        *,
        field: str = "",
        options: Options = (),
    ) -> None:
        super().__init__(about)
        self.about, self.mine, self.theirs, self.now = about, mine, theirs, now
        self.field, self.options = field, options


class Unfit(Exception):  # noqa: N818 - it says what to do
    """A tap that cannot be taken: a sentence for whoever tapped, and the good that was meant."""

    def __init__(self, reason: str, sentence: str, good: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.sentence, self.good = reason, sentence, good


def quicker(late: Late, page: Callable[[Choice], ResponseReturnValue]) -> ResponseReturnValue:
    """Both values to choose from; nothing of anybody is lost. `page` shows them to people."""
    if wants_json():
        title = _("Somebody else has changed this meanwhile")
        values = {"about": late.about, "mine": late.mine, "theirs": late.theirs, "now": late.now}
        return problem(
            409, "changed", title, field=late.field, options=list(late.options), **values
        )
    sent = {name: text for name, text in request.form.items() if name not in NOT_IN_FIELDS}
    return page(
        Choice(
            late.about,
            late.mine,
            late.theirs,
            request.path,
            {**sent, "was": late.now},
            late.field,
            late.options,
        )
    )


def problem(status: int, reason: str, title: str, **more: object) -> ResponseReturnValue:
    """What a queue is told when a tap could not be taken."""
    answer = jsonify(type="about:blank", title=title, status=status, reason=reason, **more)
    return answer, status, {"Content-Type": "application/problem+json"}


def day_tapped() -> date:
    """The day for which a tap was meant, today when it does not say; Unfit when long ago."""
    today = now().date()
    typed = request.form.get("diena", "")
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        abort(400)
    if not is_near(day, today):
        raise Unfit(
            "day", _("This was tapped for another day, too long ago. Please look at today anew.")
        )
    return day
