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
    fields: tuple[str, ...] = ()


GUIDE = (
    ("who", N_("Who are you?"), 1),
    ("where", N_("Where do you live and work?"), 1),
    ("now", N_("What grows or is made with you just now?"), 2),
    ("since", N_("Since when, and how did it begin?"), 2),
    ("how", N_("How do you work? What do you do otherwise than others?"), 2),
    ("see", N_("One thing that is worth seeing at your place"), 1),
    ("memory", N_("What do you like to remember?"), 2),
    ("ask", N_("What may visitors ask you?"), 1),
)
"""The questions of the guide as its page asks them, and how many lines the answer gets."""

PRIVACY = (
    ("show_phone", N_("My phone number")),
    ("show_email", N_("My e-mail")),
    ("show_farm_place", N_("The exact place of my farm")),
)
"""The switches of what visitors may see, each its own."""

PARTS = (
    Part("details", "own.details", N_("Who you are")),
    Part("goods", "own.goods", N_("Your goods")),
    Part("days", "own.days", N_("Your days")),
    Part("story", "own.story_guide", N_("Your story"), tuple(key for key, _words, _n in GUIDE)),
    Part("privacy", "own.privacy", N_("What visitors may see"), tuple(key for key, _w in PRIVACY)),
)


def entry_parts() -> tuple[Part, ...]:
    """The parts whose page there is."""
    return tuple(part for part in PARTS if part.endpoint in current_app.view_functions)


def next_part() -> Part | None:
    """The part that follows the one of the page that is open; None when there is none."""
    parts = entry_parts()
    here = [place for place, part in enumerate(parts) if part.endpoint == request.endpoint]
    return parts[here[0] + 1] if here and here[0] + 1 < len(parts) else None
