"""The card on a vendor's table: A6, with a code that opens the story of the farm.

It belongs to the farm and goes with it to every market. So that nobody takes it for the sign of a
stall, it lies across, is green, has no number, and says what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.languages import LATVIAN, SOURCE_LANGUAGE, speaking
from app.languages import gettext as _
from app.paper.lines import broken, printable
from app.paper.sheet import INK, SOFT, Colour, Sheet
from market.signs.drawing import SMALLEST_MODULE_MM, qr_matrix, qr_svg

WIDTH, HEIGHT = 148.0, 105.0
MARGIN = 8.0
SMALLEST_CODE_MM, LARGEST_CODE_MM = 50.0, 62.0
MOSS: Colour = (60, 90, 53)
MOST_GOODS = 3


@dataclass(frozen=True)
class TableCard:
    """What stands on the card; `lines` are three goods or a sentence of the story, in Latvian.

    Raises ValueError when `address` is too long for a code with modules of 0.8 mm.
    """

    name: str
    place: str
    lines: Sequence[str]
    address: str

    def __post_init__(self) -> None:
        if self.code_mm > LARGEST_CODE_MM:
            raise ValueError(f"{self.address} is too long for the code on a table card")

    @property
    def code_mm(self) -> float:
        """How wide the code is printed, its quiet zone included."""
        return max(SMALLEST_CODE_MM, len(qr_matrix(self.address)) * SMALLEST_MODULE_MM)


def table_card_sheet(card: TableCard, made: datetime) -> Sheet:
    """The card as a page of A6."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Table card: %(farm)s", farm=card.name), made)
        sheet.set_title(printable(sheet, sheet.title or ""))
        sheet.add_page(format=(HEIGHT, WIDTH), orientation="landscape")
        _draw_frame(sheet)
        _draw_code(sheet, card)
        _draw_farm(sheet, card)
    return sheet


def _draw_frame(sheet: Sheet) -> None:
    sheet.set_fill_color(*MOSS)
    sheet.rect(0, 0, WIDTH, 5, style="F")
    sheet.rect(0, HEIGHT - 5, WIDTH, 5, style="F")
    said = _("A card of the farm, not the sign of a stall. It never asks for money or passwords.")
    sheet.put_line(said, MARGIN, HEIGHT - 8, WIDTH - 2 * MARGIN, points=9, colour=SOFT)


def _draw_code(sheet: Sheet, card: TableCard) -> None:
    side = card.code_mm
    x, y = WIDTH - MARGIN - side, 10.0
    sheet.drawing(qr_svg(card.address), x, y, side)
    below = y + side
    sheet.put_line(_("The story of our farm"), x, below + 6, side, points=16, face="bold",
                   align="centre", colour=MOSS)  # fmt: skip
    with speaking(SOURCE_LANGUAGE):
        said = _("Scan: the story of our farm")
    sheet.put_line(said, x, below + 11.5, side, points=10, align="centre", colour=SOFT)
    typed = card.address.removeprefix("https://").removeprefix("http://")
    sheet.put_line(typed, x, below + 16.5, side, points=9, face="semibold", align="centre")


def _draw_farm(sheet: Sheet, card: TableCard) -> None:
    width = WIDTH - 3 * MARGIN - card.code_mm
    y = 22.0
    for line in broken(sheet, card.name, width, points=25, face="black", most=3):
        sheet.put_line(line, MARGIN, y, width, points=25, face="black", colour=INK)
        y += 10
    sheet.put_line(printable(sheet, card.place), MARGIN, y, width, points=14, face="semibold",
                   colour=MOSS)  # fmt: skip
    y += 5
    sheet.rule(MARGIN, y, width * 0.4, MOSS)
    y += 8
    for text in card.lines[:MOST_GOODS]:
        for line in broken(sheet, text, width, points=15, face="regular", most=3):
            if y > HEIGHT - 14:
                return
            sheet.put_line(line, MARGIN, y, width, points=15)
            y += 6.5
        y += 2
