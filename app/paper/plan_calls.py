"""Paper for a plan that changes: whom to call, and strips that lie on the stalls.

The list holds telephone numbers, so it is for the office's eyes only.
"""

from collections.abc import Sequence
from datetime import date

from app.clock import now
from app.languages import LATVIAN, capitalized, long_day, ngettext, on_day, speaking
from app.languages import gettext as _
from app.paper.call_sheet import BOX, FIRST_LINE, LAST_LINE, LEFT, LINE, WIDTH, spaced
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, SOFT, Sheet
from app.plan_publishing import Told
from market.planning.versions import in_order_of_numbers

BEFORE, AFTER, NAME, PHONE, REACHED = 0.0, 30.0, 64.0, 126.0, 164.0
GREY = (200, 200, 200)
STRIP, MARGIN = 46.0, 14.0


def plan_calls_pdf(told: Sequence[Told], day: date, of_what: str, reasons: Sequence[str]) -> bytes:
    """A4 pages in Latvian: from where to where, in the order of the stalls before."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Calls: the plan has changed"), now())
        lines = _of_day(told, day)
        room = int((LAST_LINE - FIRST_LINE) // LINE)
        parts = [lines[at : at + room] for at in range(0, len(lines), room)] or [[]]
        for part in parts:
            _start(sheet, day, len(lines), _under(of_what, reasons))
            for place, one in enumerate(part, start=1):
                _draw(sheet, one, day, FIRST_LINE + LINE * place)
        return bytes(sheet.output())


def _of_day(told: Sequence[Told], day: date) -> list[Told]:
    concerned = [one for one in told if day in one.difference.before or day in one.difference.after]
    return sorted(concerned, key=lambda one: _place(one, day))


def _place(one: Told, day: date) -> tuple[str, int]:
    stalls = one.difference.before.get(day) or one.difference.after.get(day, ())
    return in_order_of_numbers(stalls[0])


def _under(of_what: str, reasons: Sequence[str]) -> str:
    if not reasons:
        return of_what
    return f"{of_what} · {_('Closed: %(reason)s', reason=', '.join(reasons))}"


def _start(sheet: Sheet, day: date, calls: int, under: str) -> None:
    sheet.add_page()
    sheet.rose(LEFT, 11, 11)
    title = _("Calls: the plan has changed")
    sheet.put_line(title, LEFT + 15, 17, 130, points=19, face="bold")
    sheet.put_line(capitalized(long_day(day)), LEFT + 15, 24, 120, points=13, face="semibold")
    counted = ngettext("%(num)s call", "%(num)s calls", calls)
    sheet.put_line(counted, LEFT + 145, 17, 37, points=11, align="right")
    sheet.put_line(printable(sheet, under), LEFT, 33, WIDTH, points=11)
    headings = (
        (BEFORE, _("Until now")),
        (AFTER, _("Now")),
        (NAME, _("Vendor")),
        (PHONE, _("Telephone")),
        (REACHED, _("Reached")),
    )
    for x, words in headings:
        sheet.put_line(words, LEFT + x, FIRST_LINE - 3, 36, points=9, face="semibold")
    sheet.rule(LEFT, FIRST_LINE, WIDTH, (0, 0, 0))
    only = _("For the market office only: please shred this sheet after the market day.")
    sheet.put_line(only, LEFT, PAGE_HEIGHT - 12, WIDTH, points=9, colour=SOFT)


def _draw(sheet: Sheet, one: Told, day: date, baseline: float) -> None:
    text = baseline - 3.5
    before = ", ".join(one.difference.before.get(day, ())) or "–"
    after = ", ".join(one.difference.after.get(day, ())) or _("none")
    sheet.put_line(before, LEFT + BEFORE, text, 28, points=13, colour=SOFT)
    sheet.put_line(after, LEFT + AFTER, text, 32, points=13, face="bold")
    sheet.put_line(printable(sheet, one.person.name), LEFT + NAME, text, 60, points=11)
    phone = spaced(one.person.phone) or "–"
    sheet.put_line(phone, LEFT + PHONE, text, 36, points=12, face="semibold")
    sheet.set_draw_color(0, 0, 0)
    sheet.set_line_width(0.35)
    sheet.rect(LEFT + REACHED + 4, baseline - 7.5, BOX, BOX)
    sheet.rule(LEFT, baseline, WIDTH, GREY)


def plan_strips_pdf(told: Sequence[Told], day: date) -> bytes:
    """A strip for each who moves, in Latvian: the old stall, an arrow, the new one."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Strips for the stalls"), now())
        lines = [one for one in _of_day(told, day) if one.difference.before.get(day)]
        room = int((PAGE_HEIGHT - 2 * MARGIN) // STRIP)
        if not lines:
            sheet.add_page()
            nothing = _("Nobody moves on this day: there is nothing to cut.")
            sheet.put_line(nothing, MARGIN, MARGIN + 8, WIDTH, points=13)
        for number, one in enumerate(lines):
            if number % room == 0:
                sheet.add_page()
            _draw_strip(sheet, one, day, MARGIN + STRIP * (number % room))
        return bytes(sheet.output())


def _draw_strip(sheet: Sheet, one: Told, day: date, y: float) -> None:
    before = ", ".join(one.difference.before.get(day, ()))
    after = ", ".join(one.difference.after.get(day, ()))
    name = printable(sheet, one.person.name)
    sheet.put_line(name, MARGIN, y + 9, WIDTH * 0.62, points=17, face="bold")
    said = capitalized(on_day(day))
    sheet.put_line(said, MARGIN + WIDTH * 0.64, y + 9, WIDTH * 0.36, points=13, align="right")
    sheet.put_line(before, MARGIN, y + 29, 56, points=32, face="semibold", colour=SOFT)
    if after:
        _arrow(sheet, MARGIN + 60, y + 24)
        sheet.put_line(after, MARGIN + 90, y + 32, WIDTH - 90, points=54, face="black")
    else:
        no_place = _("no place on this day")
        sheet.put_line(no_place, MARGIN + 64, y + 29, WIDTH - 64, points=20, face="bold")
    sheet.set_draw_color(*GREY)
    sheet.set_line_width(0.3)
    sheet.set_dash_pattern(dash=2, gap=2)
    sheet.line(0, y + STRIP - 4, sheet.w, y + STRIP - 4)
    sheet.set_dash_pattern()


def _arrow(sheet: Sheet, x: float, y: float) -> None:
    sheet.set_draw_color(0, 0, 0)
    sheet.set_line_width(1.4)
    sheet.line(x, y, x + 22, y)
    sheet.line(x + 15, y - 6, x + 22, y)
    sheet.line(x + 15, y + 6, x + 22, y)
