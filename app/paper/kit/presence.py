"""The presence sheet: boxes to tick in the order of the roll, as the entry screen asks for them."""

from functools import partial

from app.languages import gettext as _
from app.languages import pgettext
from app.paper.kit.facts import DayOnPaper, SiteOnPaper
from app.paper.kit.lists import only_for_office
from app.paper.kit.pages import (
    LINE_HEIGHT,
    MARGIN,
    PALE,
    Column,
    DayPages,
    Flow,
    draw_headings,
)
from app.paper.kit.words import fee_said, numbers_of, phone_of, said_before, under_head
from app.paper.sheet import SOFT
from market.standing.roll import RollLine

KEY = "klatbutne"
GUESTS = 10
POINTS, SMALL = 10.5, 8.5
BOX = 5.0
STALLS, NAME, ARRIVED, LATE, ABSENT, OWED, CASH, TRANSFER, CONTRACT, END = (
    0.0, 22.0, 88.0, 101.0, 114.0, 127.0, 150.0, 162.0, 174.0, 186.0,
)  # fmt: skip
BOXES = (ARRIVED, LATE, ABSENT, CASH, TRANSFER, CONTRACT)


def draw_presence(sheet: DayPages, facts: DayOnPaper) -> None:
    """Of each site a sheet: the roll, empty lines for guests, lines to sign off."""
    for one in facts.sites:
        flow = Flow(sheet, partial(_start, sheet, one))
        for fee in one.fees:
            _draw_line(sheet, flow, facts, fee.line, fee_said(fee.fee))
        _draw_guests(sheet, flow)
        _draw_signing(sheet, flow)


def _start(sheet: DayPages, one: SiteOnPaper) -> float:
    note = only_for_office(sheet.facts)
    y = sheet.start(KEY, _("Presence sheet"), under=under_head(one), note=note)
    how = _("Tick with a cross. The day's entry screen asks in the same order.")
    sheet.put_line(how, MARGIN, y + 3, END, points=9, colour=SOFT)
    columns = (
        Column(_("Stall"), STALLS, NAME - 2),
        Column(_("Vendor"), NAME, ARRIVED - NAME - 2),
        Column(pgettext("on the day", "Here"), ARRIVED - 1, 11, over_boxes=True),
        Column(pgettext("on the day", "Late"), LATE - 1, 11, over_boxes=True),
        Column(pgettext("on the day", "Absent"), ABSENT - 1, 11, over_boxes=True),
        Column(_("To pay"), OWED, 20),
        Column(pgettext("paid", "Cash"), CASH - 1, 11, over_boxes=True),
        Column(pgettext("paid", "Transfer"), TRANSFER - 1, 11, over_boxes=True),
        Column(pgettext("paid", "Contract"), CONTRACT - 1, 11, over_boxes=True),
    )
    return draw_headings(sheet, y + 4, columns)


def _draw_line(sheet: DayPages, flow: Flow, facts: DayOnPaper, line: RollLine, owed: str) -> None:
    wide = ARRIVED - NAME - 3
    names = sheet.fitted(line.vendor.name, wide, POINTS, "semibold")
    numbers = sheet.fitted(numbers_of(line), NAME - 1.5, POINTS, "bold")
    said = said_before(line)
    beside = " · ".join(one for one in (said, phone_of(line) if facts.phones else "") if one)
    lines = max(len(names) + bool(beside), len(numbers))
    tall = max(lines * POINTS * LINE_HEIGHT + 1.6, BOX + 2.6)
    y = flow.take(tall)
    sheet.put_lines(numbers, MARGIN + STALLS, y + 1, NAME - 1.5, POINTS, "bold")
    sheet.put_lines(names, MARGIN + NAME, y + 1, wide, POINTS, "semibold")
    below = y + 1 + len(names) * POINTS * LINE_HEIGHT
    sheet.put_lines([beside] if beside else [], MARGIN + NAME, below, wide, SMALL, colour=SOFT)
    sheet.put_line(owed, MARGIN + OWED, y + 5, CASH - OWED - 2, points=SMALL)
    _draw_boxes(sheet, y)
    sheet.rule(MARGIN, y + tall, END, PALE)


def _draw_boxes(sheet: DayPages, y: float) -> None:
    for x in BOXES:
        sheet.box(MARGIN + x + 2, y + 1.3, BOX)


def _draw_guests(sheet: DayPages, flow: Flow) -> None:
    """Lines for those who come without having said so; all of them on one page."""
    y = flow.take(9, keep=9 * 3)
    sheet.put_line(_("Guests who came without a booking"), MARGIN, y + 7, END, points=11.5,
                   face="bold")  # fmt: skip
    for _guest in range(GUESTS):
        y = flow.take(9)
        _draw_boxes(sheet, y + 1)
        for x, width in ((STALLS, NAME - 3), (NAME, ARRIVED - NAME - 3), (OWED, CASH - OWED - 3)):
            sheet.rule(MARGIN + x, y + 7.5, width, (0, 0, 0))


def _draw_signing(sheet: DayPages, flow: Flow) -> None:
    y = flow.take(24)
    for step, words in enumerate((_("Filled in by, at what time"), _("Entered by, at what time"))):
        line = y + 11 + 11 * step
        sheet.put_line(words, MARGIN, line, 50, points=10)
        sheet.rule(MARGIN + 52, line + 0.6, 74, (0, 0, 0))
        sheet.rule(MARGIN + 132, line + 0.6, END - 132, (0, 0, 0))
