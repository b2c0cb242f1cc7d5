"""My numbers: how often my signs and my page were opened, and nobody else's."""

from dataclasses import dataclass
from datetime import time

from flask import render_template
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.languages import clock_time, on_day, short_day
from app.pages.vendor import blueprint, own_vendor
from market.evidence.numbers import Numbers, days_from_first, first_day_shown, summed
from market.evidence.queries import (
    days_with_a_stall,
    page_openings_of_vendor,
    sign_openings_of_vendor,
)
from vendors.fields import identity

WIDTH, HEIGHT, TOP, FOOT = 340, 120, 18, 20
WIDEST = 36.0


@dataclass(frozen=True)
class Bar:
    """One bar of a drawing, in its own units, with what it says."""

    label: str
    in_words: str
    number: int
    x: float
    y: float
    width: float
    height: float
    is_highest: bool
    is_marked: bool


def bars(said: list[tuple[str, str, int]]) -> list[Bar]:
    """Bars for numbers, each with a short and a full label; the highest fills the drawing.

    Of many labels only the first, the last and that of the highest bar are written.
    """
    if not said:
        return []
    most = max(number for _short, _words, number in said)
    step = WIDTH / len(said)
    width = min(step * 0.7, WIDEST)
    room = HEIGHT - TOP - FOOT
    first_highest = [number for _short, _words, number in said].index(most)
    found = []
    for place, (short, words, number) in enumerate(said):
        height = room * number / most if most else 0.0
        found.append(
            Bar(
                short,
                words,
                number,
                x=round(place * step + (step - width) / 2, 1),
                y=round(HEIGHT - FOOT - height, 1),
                width=round(width, 1),
                height=round(height, 1),
                is_highest=bool(most) and place == first_highest,
                is_marked=len(said) <= 8 or place in (0, len(said) - 1),
            )
        )
    return found


@dataclass(frozen=True)
class Told:
    """Numbers as the page tells them: drawn and listed."""

    numbers: Numbers
    days: list[Bar]
    hours: list[Bar]


def told(numbers: Numbers) -> Told:
    """Numbers with their bars, labelled in the reader's language."""
    return Told(
        numbers,
        bars([(short_day(day), on_day(day), number) for day, number in numbers.by_day]),
        bars(
            [
                (str(hour), f"{clock_time(time(hour))}–{clock_time(time(hour, 59))}", number)
                for hour, number in numbers.by_hour
            ]
        ),
    )


@blueprint.get("/skaitli")
def numbers() -> ResponseReturnValue:
    """The last eight weeks, by day and by hour."""
    vendor_id, today = identity(own_vendor()), now().date()
    since, found = first_day_shown(today), session()
    days = days_with_a_stall(found, vendor_id, since, today)
    visits = page_openings_of_vendor(found, vendor_id, since)
    return render_template(
        "vendor/numbers.html",
        sign=told(summed(sign_openings_of_vendor(found, vendor_id, since), days)),
        page=told(summed(visits, days_from_first(visits, today))),
        days=days,
        width=WIDTH,
        height=HEIGHT,
        floor=HEIGHT - FOOT,
    )
