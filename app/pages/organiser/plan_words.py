"""What the plan editor says: what is wrong with a plan, and the words of its script."""

from collections.abc import Mapping, Sequence

from app import names
from app.languages import N_, in_language, number
from app.languages import gettext as _
from market.places.models import Amenity, Stall
from market.places.plan_findings import BETWEEN_ROWS_M, STEP_FREE_M, Finding

NAMED = 6

SCRIPT_WORDS = {
    "focused": N_("{name}. Press Enter to take it."),
    "taken": N_(
        "{name} is taken. Arrows move it by 0.1 m, with Shift 1 m; R turns it. Enter puts it down."
    ),
    "many": N_("{count} stalls are taken."),
    "put": N_("{name} is put down: {place}. Not saved yet."),
    "place": N_("{right} m from the left, {down} m from the top, turned {angle}°"),
    "shifted": N_("moved {right} m to the right, {down} m down"),
    "unsaved": N_("Moved and not saved yet: {count}"),
    "none": N_("Nothing is taken. Tap a stall, or reach the drawing with Tab."),
    "overlaps": N_("It stands on {other}."),
    "zoom": N_("{metres} m across are shown."),
}
"""Sentences that the script says; it fills the names in braces."""


def finding_said(
    finding: Finding, stalls: Mapping[int, Stall], amenities: Sequence[Amenity]
) -> str:
    """What is wrong, in one sentence that names the stalls."""
    those = [stalls[one].number for one in finding.stalls]
    listed = ", ".join(those[:NAMED]) + ("…" if len(those) > NAMED else "")
    width = number(finding.metres or 0)
    amenity = next((one for one in amenities if one.id == finding.amenity), None)
    thing = _thing(amenity)
    sentences = {
        "overlap": lambda: _("Stalls stand on one another: %(stalls)s", stalls=listed),
        "outside": lambda: _("Outside the plan: %(stalls)s", stalls=listed),
        "same_position": lambda: _("The same place in the row twice: %(stalls)s", stalls=listed),
        "in_the_way": lambda: _(
            "%(thing)s is where a stall stands: %(stalls)s", thing=thing, stalls=listed
        ),
        "on_way": lambda: _("Stands on the step-free way: %(stalls)s", stalls=listed),
        "narrow_step_free": lambda: _(
            "Passage of %(width)s m: a wheelchair needs %(needed)s m: %(stalls)s",
            width=width,
            needed=number(STEP_FREE_M),
            stalls=listed,
        ),
        "narrow_rows": lambda: _(
            "Passage of %(width)s m between rows: people who buy need %(needed)s m: %(stalls)s",
            width=width,
            needed=number(BETWEEN_ROWS_M),
            stalls=listed,
        ),
    }
    return sentences[finding.kind]()


def _thing(amenity: Amenity | None) -> str:
    if amenity is None:
        return ""
    return in_language(amenity.name).text if amenity.name else names.amenity(amenity.kind)
