"""What an application still lacks, how many places its metres need, what is known beforehand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from market.festivals.models import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    CallDocument,
    CallQuestion,
)
from market.festivals.prices import Wanted
from vendors.fields import identity
from vendors.registry.models import Vendor

MOST_WISHES = 12
MADE_BY_THEMSELVES = frozenset(
    {"own_grown", "wild", "home_producer", "farm", "craftsperson", "association"}
)


@dataclass(frozen=True)
class Lack:
    """Something that is missing: in which step, what, and of which document or question."""

    step: str
    what: str
    row_id: int | None = None


def lacks(
    application: Application,
    *,
    wishes: int,
    wanted_documents: Iterable[CallDocument],
    documents: Mapping[int, ApplicationDocument],
    questions: Iterable[CallQuestion],
    answers: Mapping[int, ApplicationAnswer],
) -> list[Lack]:
    """What stands between an application and handing it in, in the order of the steps."""
    found = []
    if not application.phone and not application.email:
        found.append(Lack("kas", "contact"))
    if not application.parish_code and not application.other_place:
        found.append(Lack("kas", "place"))
    if not application.goods:
        found.append(Lack("preces", "goods"))
    if not application.categories:
        found.append(Lack("preces", "categories"))
    if not application.days:
        found.append(Lack("vajadzibas", "days"))
    if not application.anywhere and not wishes:
        found.append(Lack("vietas", "wishes"))
    for document in concerning(wanted_documents, application.categories):
        said = documents.get(identity(document))
        if document.required and (said is None or not (said.has or said.note)):
            found.append(Lack("dokumenti", "document", document.id))
    for question in questions:
        answer = answers.get(identity(question))
        if question.required and (answer is None or not answer.text):
            found.append(Lack("dokumenti", "question", question.id))
    return found


def concerning(documents: Iterable[CallDocument], goods: Collection[str]) -> list[CallDocument]:
    """The documents that are asked of whoever sells these categories."""
    return [one for one in documents if one.category is None or one.category in goods]


def places_for(metres: float, widths: Sequence[float]) -> int:
    """How many neighbouring stalls hold a front of so many metres; 1 where no stall is known.

    `widths` are those of the call's stalls, in metres; the one in the middle counts.
    """
    if not widths:
        return 1
    usual = sorted(widths)[len(widths) // 2]
    return max(1, ceil(round(metres / usual, 6)))


def wanted_of(application: Application, places: int, days: int | None = None) -> Wanted:
    """What is counted for the price when an applicant gets so many places."""
    return Wanted(
        places=places,
        days=len(application.days) if days is None else days,
        metres=application.metres,
        power_kw=application.power_kw,
        vehicle=application.vehicle,
        own_made=application.own_made,
        social=application.social,
        categories=frozenset(application.categories),
    )


def known_of(vendor: Vendor, sold: Collection[str], taken: Collection[str]) -> dict[str, Any]:
    """What an application begins with: what the market knows of its vendor already.

    `sold` are the categories of the vendor's goods, `taken` those that the call takes.
    """
    return {
        "name": vendor.name,
        "kind": vendor.kind,
        "legal_name": vendor.legal_name,
        "reg_no": vendor.reg_no,
        "contact_person": vendor.contact_person,
        "phone": vendor.phone,
        "email": vendor.email,
        "parish_code": vendor.parish_code,
        "other_place": vendor.other_place,
        "categories": sorted(set(sold) & set(taken)),
        "own_made": vendor.kind in MADE_BY_THEMSELVES,
        "social": vendor.is_social,
        "metres": vendor.needs_width_m,
        "power_kw": vendor.needs_power_kw,
        "water": vendor.needs_water,
        "tent": vendor.tent,
        "vehicle": vendor.needs_vehicle,
    }


def with_wish(wishes: Sequence[int], stall_id: int) -> list[int]:
    """The wishes with one more at the end; what is wished already stays where it is."""
    if stall_id in wishes or len(wishes) >= MOST_WISHES:
        return list(wishes)
    return [*wishes, stall_id]


def without_wish(wishes: Sequence[int], stall_id: int) -> list[int]:
    """The wishes without one; those behind it move up."""
    return [one for one in wishes if one != stall_id]
