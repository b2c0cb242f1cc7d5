"""The sheets of a day by their keys, and the kit: all of them in one file with its contents."""

from collections.abc import Callable
from dataclasses import dataclass

from app.languages import LATVIAN, N_, capitalized, long_day, speaking
from app.languages import gettext as _
from app.paper.kit.board import draw_board
from app.paper.kit.facts import DayOnPaper
from app.paper.kit.fees import draw_fees, draw_prices
from app.paper.kit.lists import draw_by_name, draw_by_row
from app.paper.kit.pages import MARGIN, PALE, DayPages
from app.paper.kit.plan import draw_plan
from app.paper.kit.presence import draw_presence
from app.paper.kit.strips import draw_strips
from app.paper.sheet import ROSE

KIT = "komplekts"


@dataclass(frozen=True)
class SheetKind:
    """A sheet of the day: its title, what it is for, and how it is drawn."""

    title: str
    purpose: str
    draw: Callable[[DayPages, DayOnPaper], None]
    in_kit: bool = True


SHEETS = {
    "sodien": SheetKind(
        N_("Today at the market"), N_("One page for the notice board."), draw_board
    ),
    "plans": SheetKind(
        N_("Stall plan, A4"),
        N_("For the notice board and for helpers: numbers, vendors, goods."),
        draw_plan,
    ),
    "plans-a3": SheetKind(
        N_("Stall plan, A3"),
        N_("The same plan larger, for the notice board."),
        lambda sheet, facts: draw_plan(sheet, facts, "A3"),
        in_kit=False,
    ),
    "pa-rindam": SheetKind(
        N_("List by row"), N_("Who stands where along the rows, and what is free."), draw_by_row
    ),
    "pa-vardiem": SheetKind(
        N_("List by name"), N_("When somebody asks for a vendor."), draw_by_name
    ),
    "klatbutne": SheetKind(
        N_("Presence sheet"),
        N_("Tick who is here and who has paid; enter it afterwards in the same order."),
        draw_presence,
    ),
    "maksas": SheetKind(
        N_("Who pays what"), N_("Amounts and totals of the day, for internal records."), draw_fees
    ),
    "cenradis": SheetKind(N_("Price list of the market"), N_("What a place costs."), draw_prices),
    "parsedinasana": SheetKind(
        N_("Re-seating strips"),
        N_("To cut and hand out to those who stand elsewhere than usual."),
        draw_strips,
    ),
}
"""The sheets by the word in their address, in the order in which the kit holds them."""


def sheet_pdf(facts: DayOnPaper, key: str, language: str = LATVIAN) -> bytes:
    """One sheet of the day, or the whole kit, as a PDF."""
    with speaking(language):
        if key == KIT:
            return _kit(facts)
        sheet = DayPages(_(SHEETS[key].title), facts)
        SHEETS[key].draw(sheet, facts)
        return sheet.finished()


def _kit(facts: DayOnPaper) -> bytes:
    sheet = DayPages(_("The kit of the day"), facts)
    sheet.start(KIT, _("The kit of the day"))
    for kind in SHEETS.values():
        if kind.in_kit:
            kind.draw(sheet, facts)
    pages = sheet.page_no()
    sheet.go_back_to(1)
    _draw_contents(sheet, facts, pages)
    return sheet.finished()


def _draw_contents(sheet: DayPages, facts: DayOnPaper, pages: int) -> None:
    """What is where, for what, and how a day runs on it."""
    wide, y = sheet.inner, 38.0
    sheet.put_line(capitalized(long_day(facts.day)), MARGIN, y, wide, points=24, face="black",
                   colour=ROSE)  # fmt: skip
    y += 8
    ends = [one.page - 1 for one in sheet.sections[2:]] + [pages]
    for section, last in zip(sheet.sections[1:], ends, strict=True):
        said = str(section.page) if last == section.page else f"{section.page}–{last}"
        sheet.put_line(_(SHEETS[section.key].title), MARGIN, y + 7, wide - 30, points=14,
                       face="bold")  # fmt: skip
        sheet.put_line(said, MARGIN + wide - 28, y + 7, 28, points=14, face="bold", align="right")
        sheet.put_line(_(SHEETS[section.key].purpose), MARGIN, y + 12.5, wide - 30, points=10.5)
        sheet.rule(MARGIN, y + 15, wide, PALE)
        y += 16.5
    _draw_steps(sheet, y + 10)


def _draw_steps(sheet: DayPages, y: float) -> None:
    """How the day runs when there is no power and no network."""
    sheet.put_line(_("When there is no power or no network"), MARGIN, y, sheet.inner, points=14,
                   face="bold")  # fmt: skip
    steps = (
        _("Hang up “Today at the market” and the plan at the notice board."),
        _("Cut the strips and hand them out to those who stand elsewhere than usual."),
        _("Tick on the presence sheet who is here and who has paid; write down guests at its end."),
        _("Give free stalls by the list by row and write the name beside the number."),
        _("When the network is back, enter the presence sheet: the page asks in the same order."),
    )
    y += 3
    for number, step in enumerate(steps, start=1):
        lines = sheet.fitted(step, sheet.inner - 9, 11.5)
        sheet.put_lines([f"{number}."], MARGIN, y, 8, 11.5, "bold")
        sheet.put_lines(lines, MARGIN + 8, y, sheet.inner - 9, 11.5)
        y += len(lines) * 5 + 1.6
