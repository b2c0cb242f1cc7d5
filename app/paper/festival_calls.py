"""The sheet of calls about decisions: whom to ring up because they have no e-mail."""

from collections.abc import Sequence

from app.clock import now
from app.languages import LATVIAN, capitalized, in_language, money, ngettext, speaking
from app.languages import gettext as _
from app.names_of_decisions import refusal_said, state_said
from app.paper.call_sheet import spaced
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, SOFT, Sheet
from market.days.models import Festival
from market.festivals.models import Application

LEFT, WIDTH = 14.0, PAGE_WIDTH - 28.0
FIRST_LINE, LAST_LINE, LINE = 44.0, PAGE_HEIGHT - 22.0, 14.0
GREY = (200, 200, 200)


def calls_pdf(festival: Festival, rows: Sequence[Application]) -> bytes:
    """The sheet as A4 pages in Latvian, by number, with a box to tick and what to say."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Calls about decisions"), now())
        lines = int((LAST_LINE - FIRST_LINE) // LINE)
        for start in range(0, max(len(rows), 1), lines):
            _start(sheet, festival, len(rows))
            for place, row in enumerate(rows[start : start + lines], start=1):
                _line(sheet, row, FIRST_LINE + LINE * place)
        return bytes(sheet.output())


def _start(sheet: Sheet, festival: Festival, count: int) -> None:
    sheet.add_page()
    sheet.put_line(_("Calls about decisions"), LEFT, 17, 130, points=18, face="bold")
    sheet.put_line(in_language(festival.name).text, LEFT, 24, 130, points=13)
    counted = ngettext("%(num)s call", "%(num)s calls", count)
    sheet.put_line(counted, LEFT + 140, 17, 42, points=11, align="right")
    who = _("They have no e-mail, so they learn of the decision by telephone.")
    sheet.put_line(who, LEFT, 33, WIDTH, points=10, colour=SOFT)
    sheet.rule(LEFT, FIRST_LINE, WIDTH)
    only = _("For the market office only: please shred this sheet after the calls.")
    sheet.put_line(only, LEFT, PAGE_HEIGHT - 12, WIDTH, points=9, colour=SOFT)


def _line(sheet: Sheet, row: Application, baseline: float) -> None:
    put = sheet.put_line
    sheet.set_draw_color(0, 0, 0)
    sheet.set_line_width(0.35)
    sheet.rect(LEFT, baseline - 9.5, 5.5, 5.5)
    put(row.number, LEFT + 9, baseline - 8, 24, points=10)
    put(printable(sheet, row.name), LEFT + 34, baseline - 8, 66, points=12, face="semibold")
    put(spaced(row.phone or "") or "–", LEFT + 102, baseline - 8, 32, points=12, face="bold")
    put(capitalized(state_said(row.state)), LEFT + 138, baseline - 8, 44, points=11)
    put(
        printable(sheet, _to_say(row)), LEFT + 34, baseline - 2.5, WIDTH - 34, points=9, colour=SOFT
    )
    sheet.rule(LEFT, baseline, WIDTH, GREY)


def _to_say(row: Application) -> str:
    """What is told on the telephone beside the decision itself."""
    found = [row.contact_person or ""]
    if row.state == "accepted" and row.price_cents:
        found.append(_("To pay: %(amount)s", amount=money(row.price_cents)))
    if row.state == "waiting" and row.waiting_place:
        found.append(_("Place on the list: %(place)s", place=row.waiting_place))
    if row.state == "refused":
        found.append(refusal_said(row.refusal))
    found.append(row.decision_words or "")
    return " · ".join(text for text in found if text)
