"""The parts of the paper form in their order, which is that of the vendor's pages.

Paper and pages say the same things in the same order, so that entering a form means going
through it from top to bottom. Each part names the page it is entered on and the fields there.
"""

from dataclasses import dataclass

from flask import current_app, request

from app.languages import N_


@dataclass(frozen=True)
class Part:
    """One part: its heading, the page it is entered on, and that page's fields in their order."""

    key: str
    endpoint: str
    title: str
    fields: tuple[tuple[str, str], ...]


GUIDE = (
    ("who", N_("Who are you?"), 1),
    ("where", N_("Where do you live and work?"), 1),
    ("now", N_("What grows or is made with you just now?"), 2),
    ("since", N_("Since when, and how did it begin?"), 2),
    ("how", N_("How do you work? What do you do otherwise than others?"), 2),
    ("see", N_("One thing that is worth seeing at your place"), 1),
    ("memory", N_("What do you like to remember?"), 1),
    ("ask", N_("What may visitors ask you?"), 1),
)
"""The questions of the guide as its page asks them, and how many lines the answer gets."""

DETAILS = (
    ("name", N_("Name, as visitors read it")),
    ("phone", N_("Telephone")),
    ("email", N_("E-mail")),
    ("since", N_("At the market since the year")),
    ("place", N_("Exact place of the farm")),
)
GOODS = (
    ("name.lv", N_("Good")),
    ("category", N_("Category")),
    ("price", N_("Price, €")),
    ("per", N_("for")),
    ("net", N_("in it (g, ml)")),
    ("months", N_("Months")),
    ("origin", N_("own-grown")),
    ("allergens", N_("Allergens")),
)
DAYS = (
    ("weekday", N_("On which days do you usually come?")),
    ("first_day", N_("First day away")),
    ("last_day", N_("Last day away")),
    ("wanted", N_("Remind me by e-mail on the evening before a market day")),
)
PRIVACY = (
    ("talrunis", N_("My telephone")),
    ("epasts", N_("My e-mail")),
    ("vieta", N_("The exact place of my farm")),
)
SWITCHES = {"talrunis": "show_phone", "epasts": "show_email", "vieta": "show_farm_place"}
"""The words on paper by the field of the page, and for privacy by the switch in its address."""

PARTS = (
    Part("details", "own.details", N_("Who you are"), DETAILS),
    Part("goods", "own.goods", N_("Your goods"), GOODS),
    Part("days", "own.days", N_("Your days"), DAYS),
    Part("story", "own.story_guide", N_("Your story"), tuple((k, words) for k, words, _n in GUIDE)),
    Part("privacy", "own.privacy", N_("What visitors may see"), PRIVACY),
)


def entry_parts() -> tuple[Part, ...]:
    """The parts whose page there is."""
    return tuple(part for part in PARTS if part.endpoint in current_app.view_functions)


def next_part() -> Part | None:
    """The part that follows the one of the page that is open; None when there is none."""
    parts = entry_parts()
    here = [place for place, part in enumerate(parts) if part.endpoint == request.endpoint]
    return parts[here[0] + 1] if here and here[0] + 1 < len(parts) else None
