"""The vendor's card: a key on paper, with its PIN on a slip of its own to be kept apart.

It looks like no sign of a stall: a green band instead of the rose, a frame, no number of a stall,
and it says so itself. Number and PIN are known only at the moment of issue, so a card cannot be
printed again; a new one is issued instead.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from app.languages import LATVIAN, N_, SOURCE_LANGUAGE, speaking
from app.languages import gettext as _
from app.paper.sheet import INK, PAGE_HEIGHT, PAGE_WIDTH, SOFT, Colour, Sheet
from market.signs.drawing import module_mm, qr_matrix, qr_svg
from vendors.keys.numbers import in_groups

MOSS: Colour = (60, 90, 53)
WHITE: Colour = (255, 255, 255)
CODE_MM = 50.0
WIDTH, HEIGHT = PAGE_WIDTH / 2, PAGE_HEIGHT / 2
RIM = 7.0
LINE_GROUPS = 3
PIN_GROUP = 3


def card_address(public_url: str, number: str) -> str:
    """What the card's code says; what stands behind the `#` never reaches a server."""
    return f"{public_url}/{LATVIAN}/ieiet#{number}"


def vendor_card_sheet(name: str, number: str, pin: str, public_url: str, made: datetime) -> Sheet:
    """The card of a vendor and beside it the slip with the PIN, on one page of A4.

    `name` is the vendor's. Raises ValueError when `public_url` is so long that the modules of the
    code would be smaller than 0.8 mm.
    """
    address = card_address(public_url, number)
    module_mm(qr_matrix(address), CODE_MM)
    with speaking(LATVIAN):
        sheet = Sheet(_("Vendor's card"), made)
    sheet.add_page()
    sheet.cut(WIDTH, 0, WIDTH, HEIGHT)
    sheet.cut(0, HEIGHT, PAGE_WIDTH, HEIGHT)
    _draw_card(sheet, name, number, address, urlsplit(public_url).netloc)
    _draw_slip(sheet, name, pin, made)
    _draw_steps(sheet, urlsplit(public_url).netloc)
    return sheet


def _both(message: str, **blanks: Any) -> tuple[str, str]:
    """A sentence in Latvian and in English."""
    with speaking(LATVIAN):
        latvian = _(message, **blanks)
    with speaking(SOURCE_LANGUAGE):
        return latvian, _(message, **blanks)


def _band(sheet: Sheet, x: float, words: tuple[str, str]) -> None:
    """The green band along the top, and the frame below it."""
    sheet.set_fill_color(*MOSS)
    sheet.rect(x + RIM, RIM, WIDTH - 2 * RIM, 19, style="F")
    sheet.set_draw_color(*MOSS)
    sheet.set_line_width(0.8)
    sheet.rect(x + RIM, RIM, WIDTH - 2 * RIM, HEIGHT - 2 * RIM)
    _centred(sheet, words[0], x, 16, points=19, face="black", colour=WHITE)
    _centred(sheet, words[1], x, 22, points=10, colour=WHITE)


def _centred(sheet: Sheet, text: str, x: float, y: float, **look: Any) -> None:
    margin = RIM + 3
    sheet.put_line(text, x + margin, y, WIDTH - 2 * margin, align="centre", **look)


def _draw_card(sheet: Sheet, name: str, number: str, address: str, host: str) -> None:
    _band(sheet, 0, _both(N_("Vendor's card")))
    _centred(sheet, name, 0, 35, points=19, face="bold")
    sheet.drawing(qr_svg(address), (WIDTH - CODE_MM) / 2, 38, CODE_MM)
    typed = _both(N_("Or open %(address)s and type:"), address=f"{host}/lv/ieiet")
    _centred(sheet, typed[0], 0, 93, points=9.5, face="semibold")
    groups = in_groups(number).split()
    for line in range(0, len(groups), LINE_GROUPS):
        row = "  ".join(groups[line : line + LINE_GROUPS])
        _centred(sheet, row, 0, 101 + 7.5 * line / LINE_GROUPS, points=19, face="black")
    _said(sheet, 0, 116, _both(N_("This is your key. Show it to nobody.")), 12.5)
    _said(sheet, 0, 127, _both(N_("Not the sign of a stall: keep it with you.")), 11)


def _said(sheet: Sheet, x: float, y: float, words: tuple[str, str], points: float) -> None:
    _centred(sheet, words[0], x, y, points=points, face="bold", colour=MOSS)
    _centred(sheet, words[1], x, y + 4.4, points=8, colour=SOFT)


def _draw_slip(sheet: Sheet, name: str, pin: str, made: datetime) -> None:
    _band(sheet, WIDTH, _both(N_("PIN of the card")))
    _centred(sheet, name, WIDTH, 35, points=15, face="bold")
    spaced = " ".join(pin[at : at + PIN_GROUP] for at in range(0, len(pin), PIN_GROUP))
    _centred(sheet, spaced, WIDTH, 72, points=54, face="black", colour=INK)
    _said(sheet, WIDTH, 94, _both(N_("Keep it apart from the card.")), 13)
    _said(sheet, WIDTH, 107, _both(N_("Nobody of the market will ever ask for it.")), 11)
    _said(sheet, WIDTH, 120, _both(N_("Once learnt by heart: tear it up.")), 11)
    day = f"{made:%d.%m.%Y}."
    _centred(sheet, day, WIDTH, 135, points=9, colour=SOFT)


def _draw_steps(sheet: Sheet, host: str) -> None:
    """The lower half of the page: how one comes in, in the words of the page itself."""
    with speaking(LATVIAN):
        title = _("How to come in")
        steps = (
            _("1. Point the telephone's camera at the code on the card and open the page."),
            _("2. Type the PIN and press “Come in”."),
            _("3. The telephone stays in for 90 days after each use; the card can stay at home."),
            _(
                "Without a camera: open %(address)s and type the number.",
                address=f"{host}/lv/ieiet",
            ),
            _("Is the card lost? Tell the market's office: the old one stops working at once."),
        )
    left, top = 15.0, HEIGHT + 18
    sheet.put_line(title, left, top, 180, points=20, face="bold", colour=MOSS)
    for row, step in enumerate(steps):
        sheet.put_line(step, left, top + 13 + 11 * row, 180, points=14)
