"""The sheet of calls: whom the office rings up before a market day, with boxes to tick.

For the office's eyes only: it holds telephone numbers, so it belongs into no window.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from app.clock import now
from app.languages import LATVIAN, capitalized, long_day, moment_said, ngettext, speaking
from app.languages import gettext as _
from app.late_notices import LateNotice, late_notices
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, ROSE, SOFT, Sheet
from app.reminders import Expected, call_list, numbers

LEFT, WIDTH = 14.0, PAGE_WIDTH - 28.0
FIRST_LINE, LAST_LINE, LINE = 50.0, PAGE_HEIGHT - 22.0, 11.0
STALL, NAME, PHONE, SAID, COMES, STAYS = 0.0, 26.0, 90.0, 122.0, 152.0, 168.0
BOX = 5.5


def call_sheet_pdf(session: Session, day: date) -> bytes:
    """The sheet of a day as a PDF of A4 pages in Latvian, in the order of the stalls."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Calls before the market day"), now())
        calls, late = call_list(session, day), late_notices(session, day)
        lines = int((LAST_LINE - FIRST_LINE) // LINE)
        pages = [calls[start : start + lines] for start in range(0, len(calls), lines)] or [[]]
        for number, page in enumerate(pages, start=1):
            _start(sheet, day, len(calls), number, len(pages))
            for place, one in enumerate(page):
                _draw_line(sheet, one, FIRST_LINE + LINE * (place + 1))
        if late:
            _draw_late(sheet, day, late)
        return bytes(sheet.output())


def _start(sheet: Sheet, day: date, calls: int, page: int, pages: int) -> None:
    sheet.add_page()
    sheet.rose(LEFT, 11, 11)
    title = _("Calls before the market day")
    sheet.put_line(title, LEFT + 15, 17, 120, points=19, face="bold", colour=ROSE)
    sheet.put_line(capitalized(long_day(day)), LEFT + 15, 24, 120, points=13, face="semibold")
    counted = ngettext("%(num)s call", "%(num)s calls", calls)
    sheet.put_line(counted, LEFT + 140, 17, 42, points=11, align="right")
    if pages > 1:
        of = _("page %(page)s of %(pages)s", page=page, pages=pages)
        sheet.put_line(of, LEFT + 140, 24, 42, points=11, align="right")
    who = _("They have a place, have not said they stay away, and get no reminder by e-mail.")
    sheet.put_line(who, LEFT, 33, WIDTH, points=10, colour=SOFT)
    _headings(sheet)
    only = _("For the market office only: please shred this sheet after the market day.")
    sheet.put_line(only, LEFT, PAGE_HEIGHT - 12, WIDTH, points=9, colour=SOFT)


def _headings(sheet: Sheet) -> None:
    headings = (
        (STALL, 25, _("Stall")),
        (NAME, 62, _("Vendor")),
        (PHONE, 31, _("Telephone")),
        (SAID, 28, _("Said before")),
        (COMES, 15, _("Comes")),
        (STAYS, 15, _("Stays away")),
    )
    for x, width, words in headings:
        sheet.put_line(words, LEFT + x, FIRST_LINE - 3, width, points=9, face="semibold")
    sheet.rule(LEFT, FIRST_LINE, WIDTH)


def _draw_line(sheet: Sheet, one: Expected, baseline: float) -> None:
    text = baseline - 3.5
    phone = one.vendor.phone or ""
    sheet.put_line(numbers(one.stalls), LEFT + STALL, text, 24, points=13, face="bold")
    sheet.put_line(one.vendor.name, LEFT + NAME, text, 62, points=11)
    sheet.put_line(spaced(phone) or "–", LEFT + PHONE, text, 30, points=12, face="semibold")
    said = {"present": _("is coming"), "late": _("comes later")}.get(one.said or "", "")
    sheet.put_line(said, LEFT + SAID, text, 28, points=10, colour=SOFT)
    for x in (COMES, STAYS):
        sheet.set_draw_color(0, 0, 0)
        sheet.set_line_width(0.35)
        sheet.rect(LEFT + x + 2, baseline - 7.5, BOX, BOX)
    sheet.rule(LEFT, baseline, WIDTH, (200, 200, 200))


def spaced(phone: str) -> str:
    """ "+37126123456" as "26 123 456": numbers of Latvia are dialled without their country."""
    plain = phone.removeprefix("+371")
    return f"{plain[:2]} {plain[2:5]} {plain[5:]}".strip()


def _draw_late(sheet: Sheet, day: date, late: Sequence[LateNotice]) -> None:
    """On a sheet of its own: who said too late that they stay away."""
    lines = int((LAST_LINE - FIRST_LINE) // LINE)
    for start in range(0, len(late), lines):
        sheet.add_page()
        title = _("Said too late that they stay away")
        sheet.put_line(title, LEFT, 17, WIDTH, points=19, face="bold", colour=ROSE)
        sheet.put_line(capitalized(long_day(day)), LEFT, 24, WIDTH, points=13, face="semibold")
        for place, one in enumerate(late[start : start + lines]):
            baseline = FIRST_LINE + LINE * place
            sheet.put_line(one.stalls, LEFT, baseline - 3.5, 24, points=13, face="bold")
            sheet.put_line(one.vendor.name, LEFT + NAME, baseline - 3.5, 75, points=11)
            said = moment_said(one.said_at)
            sheet.put_line(said, LEFT + 105, baseline - 3.5, 75, points=10, colour=SOFT)
            sheet.rule(LEFT, baseline, WIDTH, (200, 200, 200))
