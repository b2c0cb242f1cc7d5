"""What places are worth, and a vendor's balance, in plain words."""

from collections.abc import Iterator

from app.languages import N_, number
from app.languages import gettext as _
from market.planning.fairness import POINTS, Balance, Worth

FACTS = {
    "entrance": N_("by an entrance (up to 15 m)"),
    "roof": N_("under a roof"),
    "end": N_("at the end of a row"),
    "power": N_("has power"),
    "water": N_("has water"),
    "vehicle": N_("has room for a vehicle"),
    "stage": N_("beside the stage (up to 15 m)"),
    "far": N_("far from every entrance (60 m or more)"),
    "toilet": N_("beside the toilets (up to 8 m)"),
    "bins": N_("beside the bins (up to 8 m)"),
}
CLOSE = 1.0
"""A balance within a point of nothing is like that of others."""


def signed(points: float) -> str:
    """Points with their sign: "+3", "−1,5", "0"."""
    if not round(points, 2):
        return "0"
    return f"{'+' if points > 0 else '−'}{number(abs(round(points, 2)))}"


def facts_said(worth: Worth) -> str:
    """Why a place has its points: "zem jumta (+2), rindas galā (+1)"."""
    parts = [f"{_(FACTS[fact])} {signed(POINTS[fact])}" for fact in worth.facts]
    if worth.correction:
        words = _("correction of the office")
        parts.append(f"{words} {signed(worth.correction)}")
    return "; ".join(parts) or _("nothing of the table")


def points_table() -> Iterator[tuple[str, str]]:
    """Yield the facts with their points, the best first."""
    for fact, points in POINTS.items():
        yield _(FACTS[fact]), signed(points)


def balance_said(found: Balance) -> str:
    """What a balance means for its vendor."""
    if not found.days:
        return _("There was no market day with a place in this season yet.")
    if abs(found.points) <= CLOSE:
        return _("So far the places were as good as those of the others.")
    if found.points > 0:
        return _("So far the places were better than those of the others on the whole.")
    return _("So far the places were poorer than those of the others on the whole.")
