"""Whom to call when a market day is cancelled: those with a place whom no letter reaches."""

from collections.abc import Sequence
from datetime import date

from app.clock import now
from app.languages import LATVIAN, capitalized, long_day, ngettext, speaking
from app.languages import gettext as _
from app.paper.call_sheet import BOX, FIRST_LINE, LAST_LINE, LEFT, LINE, WIDTH, spaced
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, SOFT, Sheet
from market.standing.roll import RollLine

STALL, NAME, PHONE, REACHED = 0.0, 28.0, 100.0, 150.0
GREY = (200, 200, 200)


def cancelled_calls_pdf(lines: Sequence[RollLine], day: date, said: str) -> bytes:
    """A4 pages in Latvian, in the order of the roll; `said` is what visitors read."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Calls: the market day is cancelled"), now())
        room = int((LAST_LINE - FIRST_LINE) // LINE)
        parts = [lines[at : at + room] for at in range(0, len(lines), room)] or [()]
        for part in parts:
            _start(sheet, day, len(lines), said)
            for place, line in enumerate(part, start=1):
                _draw(sheet, line, FIRST_LINE + LINE * place)
        return bytes(sheet.output())


def _start(sheet: Sheet, day: date, calls: int, said: str) -> None:
    sheet.add_page()
    sheet.rose(LEFT, 11, 11)
    title = _("Calls: the market day is cancelled")
    sheet.put_line(title, LEFT + 15, 17, 130, points=19, face="bold")
    sheet.put_line(capitalized(long_day(day)), LEFT + 15, 24, 120, points=13, face="semibold")
    counted = ngettext("%(num)s call", "%(num)s calls", calls)
    sheet.put_line(counted, LEFT + 145, 17, 37, points=11, align="right")
    sheet.put_line(printable(sheet, said), LEFT, 33, WIDTH, points=11)
    headings = ((STALL, _("Stall")), (NAME, _("Vendor")), (PHONE, _("Telephone")))
    for x, words in (*headings, (REACHED, _("Reached"))):
        sheet.put_line(words, LEFT + x, FIRST_LINE - 3, 45, points=9, face="semibold")
    sheet.rule(LEFT, FIRST_LINE, WIDTH, (0, 0, 0))
    only = _("For the market office only: please shred this sheet after the market day.")
    sheet.put_line(only, LEFT, PAGE_HEIGHT - 12, WIDTH, points=9, colour=SOFT)


def _draw(sheet: Sheet, line: RollLine, baseline: float) -> None:
    text = baseline - 3.5
    stalls = ", ".join(stall.number for stall in line.stalls)
    sheet.put_line(stalls, LEFT + STALL, text, 26, points=13, face="bold")
    sheet.put_line(printable(sheet, line.vendor.name), LEFT + NAME, text, 70, points=11)
    phone = spaced(line.vendor.phone or "") or "–"
    sheet.put_line(phone, LEFT + PHONE, text, 45, points=12, face="semibold")
    sheet.set_draw_color(0, 0, 0)
    sheet.set_line_width(0.35)
    sheet.rect(LEFT + REACHED + 4, baseline - 7.5, BOX, BOX)
    sheet.rule(LEFT, baseline, WIDTH, GREY)
