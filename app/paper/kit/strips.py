"""Strips to cut and hand out: where a vendor stands on the day instead of the usual stall."""

from app.languages import capitalized, in_language, on_day
from app.languages import gettext as _
from app.paper.kit.facts import DayOnPaper
from app.paper.kit.pages import HEAD, MARGIN, DayPages
from app.paper.kit.words import row_said
from app.paper.lines import printable
from app.paper.sheet import SOFT
from market.standing.reseating import HELD, ROW_MOVED, Reseated
from market.standing.roll import RollLine
from vendors.fields import identity

KEY = "parsedinasana"
STRIP = 50.0


def draw_strips(sheet: DayPages, facts: DayOnPaper) -> None:
    """A strip for each vendor who stands elsewhere than usual, in the order of the roll."""
    lines = {identity(line.vendor): line for line in facts.lines}
    y = sheet.start(KEY, _("Re-seating strips"), under=_under())
    if not facts.reseated:
        everybody = _("Everybody stands where they usually do: there is nothing to cut.")
        sheet.put_line(everybody, MARGIN, y + 8, sheet.inner, points=13)
    for one in facts.reseated:
        if y + STRIP > sheet.bottom:
            y = sheet.start(KEY, _("Re-seating strips"), under=_under())
        _draw_strip(sheet, facts, one, lines[one.vendor_id], y)
        y += STRIP


def _under() -> str:
    return _("Cut along the dotted lines and hand them out: stall before, stall on this day.")


def _draw_strip(
    sheet: DayPages, facts: DayOnPaper, one: Reseated, line: RollLine, y: float
) -> None:
    wide = sheet.inner
    if y > HEAD:
        sheet.cut(0, y, sheet.w, y)
    sheet.cut(0, y + STRIP, sheet.w, y + STRIP)
    name = printable(sheet, line.vendor.name)
    sheet.put_line(name, MARGIN, y + 9, wide * 0.62, points=17, face="bold")
    day = capitalized(on_day(facts.day))
    sheet.put_line(day, MARGIN + wide * 0.64, y + 9, wide * 0.36, points=13, align="right")
    sheet.put_line(", ".join(one.before), MARGIN, y + 29, 52, points=36, face="semibold",
                   colour=SOFT)  # fmt: skip
    if one.before != one.now:
        _draw_arrow(sheet, MARGIN + 58, y + 24)
        now = ", ".join(one.now)
        sheet.put_line(now, MARGIN + 90, y + 32, wide - 90, points=58, face="black")
    below = [_why(one), row_said(line), *_moves(facts, line)]
    sheet.put_line(printable(sheet, " · ".join(below)), MARGIN, y + 43, wide, points=12)


def _why(one: Reseated) -> str:
    if one.why == ROW_MOVED:
        return _("Your row stands elsewhere on this day")
    if one.why == HELD:
        return _("Instead of your own stall")
    return _("Instead of the stall of your last market day")


def _moves(facts: DayOnPaper, line: RollLine) -> list[str]:
    rows = {(spot.zone_id, spot.row) for spot in line.spots}
    return [
        in_language(move.words).text
        for site in facts.sites
        for move in site.moves
        if (move.zone_id, move.row) in rows
    ]


def _draw_arrow(sheet: DayPages, x: float, y: float) -> None:
    sheet.set_draw_color(0, 0, 0)
    sheet.set_line_width(1.4)
    sheet.line(x, y, x + 22, y)
    sheet.line(x + 15, y - 6, x + 22, y)
    sheet.line(x + 15, y + 6, x + 22, y)
