"""The vendors, and one vendor with the story of the farm."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from flask import Response, abort, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import names
from app.clock import now
from app.database import session
from app.kept_pages import count_opening, keep
from app.languages import LATVIAN, current_language, languages, sort_key
from app.pages.visitor import blueprint
from app.pages.visitor.parts import Card, cards, farm_place, priced_goods, telling
from app.security import page_policy
from market.days.queries import next_days_of, presences_on, stalls_today
from market.evidence.tally import PAGE
from market.places.models import Parish, Stall
from market.places.queries import parish_with_slug, parishes, sites
from vendors.listings.kinds import CATEGORIES
from vendors.listings.seasons import season_of
from vendors.registry.models import Vendor
from vendors.registry.queries import (
    goods_of,
    open_days_of,
    photographs_of,
    stories_of,
    vendor_with_slug,
    vendors_found,
)
from vendors.searching import folded
from vendors.stories.queries import public_recordings_of
from vendors.stories.tellings import is_stale

PER_PAGE = 60
LONGEST_TYPED = 80


@blueprint.get("/tirgotaji")
def vendors() -> ResponseReturnValue:
    """Vendors, searched without diacritics and filtered."""
    found = session()
    today = now().date()
    typed = request.args.get("q", "")[:LONGEST_TYPED]
    category = _one_of(request.args.get("kategorija", ""), CATEGORIES)
    parish = parish_with_slug(found, request.args.get("pagasts", ""))
    stalls = stalls_today(found, today)
    rows = vendors_found(
        found,
        typed=typed,
        kinds=_called(typed, names.KIND_WORDS, names.kind),
        places=_called(typed, names.PARISHES, names.parish),
        category=category,
        parish_code=parish.code if parish else "",
        month=today.month if "sezona" in request.args else None,
        year=today.year,
        only=_who_comes(found, stalls, today) if "sodien" in request.args else None,
        languages=languages(),
    )
    number = _page_number(len(rows))
    page = render_template(
        "visitor/vendors.html",
        typed=typed,
        category=category,
        chosen_parish=parish,
        categories=sorted(CATEGORIES, key=lambda key: sort_key(names.category(key))),
        parishes=sorted_parishes(found),
        total=len(rows),
        number=number,
        pages=_pages(len(rows)),
        cards=_cards(found, rows, number, today, stalls),
    )
    response = make_response(page)
    return response if typed else keep(response)


def _cards(
    found: Session,
    rows: Sequence[Vendor],
    number: int,
    today: date,
    stalls: dict[int, tuple[Stall, ...]],
) -> list[Card]:
    ordered = sorted(rows, key=lambda vendor: sort_key(vendor.name))
    return cards(found, ordered[(number - 1) * PER_PAGE : number * PER_PAGE], today, stalls)


def _who_comes(found: Session, stalls: dict[int, tuple[Stall, ...]], today: date) -> set[int]:
    absent = {vendor for vendor, state in presences_on(found, today).items() if state == "absent"}
    return set(stalls) - absent


def _one_of(typed: str, known: Sequence[str]) -> str:
    return typed if typed in known else ""


def _pages(total: int) -> int:
    return max(1, -(-total // PER_PAGE))


def _page_number(total: int) -> int:
    typed = request.args.get("lapa", "1")
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
    return min(max(1, number), _pages(total))


def _called(typed: str, keys: Iterable[str], word: Callable[[str], str]) -> list[str]:
    """The keys whose word, in the reader's language, holds what was typed."""
    plain = folded(typed.strip())
    if not plain:
        return []
    return [key for key in keys if plain in (folded(word(key)) or "")]


def sorted_parishes(found: Session) -> list[Parish]:
    """Parishes and towns by the alphabet of their names in the reader's language."""
    return sorted(parishes(found), key=lambda parish: sort_key(names.parish(parish.code)))


@blueprint.get("/tirgotaji/<slug>")
def vendor(slug: str) -> ResponseReturnValue:
    """A vendor: story, goods, where and when next, the farm's parish."""
    found = session()
    today = now().date()
    one = vendor_with_slug(found, slug)
    if one is None or one.id is None:
        abort(404)
    goods = goods_of(found, [one.id])[one.id]
    stories = stories_of(found, one.id)
    photographs = photographs_of(found, one.id, only_shown=True)
    shown, spoken = telling(stories), telling(public_recordings_of(found, one.id))
    if spoken:
        g.policy = page_policy(plays=True)
    page = render_template(
        "visitor/vendor.html",
        vendor=one,
        today=today,
        bio=bool(one.bio_cert_no and one.bio_valid_to and one.bio_valid_to >= today),
        story=shown,
        stale=is_stale(shown, stories.get(LATVIAN)),
        spoken=spoken,
        goods=priced_goods(goods, today, photographs),
        season=season_of(goods, today.year),
        photographs=photographs,
        visits=next_days_of(found, one.id, today),
        presence=presences_on(found, today).get(one.id, "expected"),
        open_days=open_days_of(found, one.id, today),
        farm=farm_place(one, sites(found)[0]) if sites(found) else None,
    )
    response: Response = keep(make_response(page))
    return count_opening(response, one.id, current_language(), PAGE)
