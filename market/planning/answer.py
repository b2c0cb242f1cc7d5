"""The answer to a planning problem: who got what, why, and how good it is proven to be.

Reasons are facts that anybody can check against problem and answer: `checking.py` does, and
`app/planning_words.py` says them in Latvian and English.

Codes of a placement's reason: `pin` (set by hand), `own` (the own stalls), `wish` (a wished
stall; `wish` is its number from 1), `anywhere` (none of the wishes, or none was named).
Codes of a refusal: `bad_data` (see `Fault`), `needs` (no stall offers what is needed, whoever
else applies), `only_wished` (takes wished stalls only, none was to be had), `cap` (the category
has its maximum), `full` (every place that would do is with somebody who comes first).
Codes of `Why`, for each better wish: see there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

WHYS = (
    "blocked",  # the stall is closed
    "power",  # `need` kW is needed, the stall has `have`
    "width",  # `need` m is needed, the stall has `have`
    "features",  # the stall lacks `missing`
    "no_run",  # too few neighbouring stalls with all that is needed: `need` of them
    "not_all_wished",  # the neighbours it would need are not wished, and not "anywhere"
    "pin",  # `vendor` was put there by hand
    "own_pin",  # this vendor was put elsewhere by hand
    "holder",  # `vendor` holds the stall
    "keeps",  # the vendor itself would lose own stalls
    "class",  # `vendor` is of an earlier class: `theirs` before `mine`
    "senior",  # `vendor` is senior in the same class: `theirs`, `mine` (visits where known)
    "reserved",  # reserved for `category`, and `vendor` of it wants it
    "cap",  # `category` has its maximum of `max`
    "aim",  # granting it would make the aim `aim` worse, and none before it: `now`, `then` at best
    "not_proven",  # granting it would make the aim `aim` worse or one before it; which, no time
    "best_found",  # the time limit ended the search; nothing is proven
)


@dataclass(frozen=True)
class Why:
    """Why a better wish was not granted: the stall, a code of WHYS, and the facts behind it."""

    stall: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """What decided: a code (see above), its facts, and a `Why` for each better wish in order."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    better: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A vendor with its stalls, in the order of their positions."""

    vendor: str
    stalls: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True)
class Refused:
    """A vendor without a place."""

    vendor: str
    reason: Reason


@dataclass(frozen=True)
class Aim:
    """An aim in its order: the value reached, the best it could be, whether that is proven.

    `proven` when value and bound meet. Whether more or less is better, `better` says.
    """

    name: str
    value: float
    bound: float
    proven: bool
    better: str = "more"


@dataclass(frozen=True)
class Answer:
    """The plan of one day. `open` are free stalls. Every vendor is placed or refused, once."""

    placements: tuple[Placed, ...]
    refused: tuple[Refused, ...]
    open: tuple[str, ...]
    aims: tuple[Aim, ...]
    seconds: float
    complete: bool = True
    """False when the time limit ended the search before everything was proven."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a problem. With `vendor` only this one cannot be planned; without,
    nothing can. `names` are the identities concerned; `code` says what is wrong with them.

    Codes of a vendor: duplicate_vendor, unknown_stall, unknown_category, unknown_class,
    own_not_neighbours, own_claimed_twice, own_over_maximum, pin_against_limit, pinned_twice,
    impossible_number (minimum above maximum or below one), bad_number.
    Codes of a day: not_a_problem, duplicate_stall, duplicate_place (two stalls at one position
    of a row), duplicate_category, unknown_gap, unknown_reserved_for, unknown_pinned,
    unknown_previous.
    """

    code: str
    names: tuple[str, ...]
    vendor: str | None = None
