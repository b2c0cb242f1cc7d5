"""The signs of the stalls: a page of A6 for the post and a small label with a code of 40 mm.

Both lead to the same address. A sign carries the place and not the vendor, so it hangs for years
and its paper says nothing that a market day could make untrue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from app.languages import LATVIAN, SOURCE_LANGUAGE, in_language, speaking
from app.languages import gettext as _
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, ROSE, SOFT, Sheet
from market.places.queries import plan_of, sites
from market.signs.drawing import module_mm, qr_matrix, qr_svg, sign_address
from market.signs.models import Sign
from market.signs.queries import signs_of_stalls

PAGE_CODE_MM = 48.0
LABEL_CODE_MM = 40.0

A6_WIDTH, A6_HEIGHT = PAGE_WIDTH / 2, PAGE_HEIGHT / 2
LABEL_WIDTH, LABEL_HEIGHT = 95.0, 54.0
LABEL_COLUMNS, LABEL_ROWS = 2, 5
LABELS_LEFT = (PAGE_WIDTH - LABEL_COLUMNS * LABEL_WIDTH) / 2
LABELS_TOP = (PAGE_HEIGHT - LABEL_ROWS * LABEL_HEIGHT) / 2


@dataclass(frozen=True)
class PrintedSign:
    """What stands on the paper of one sign; the zone in Latvian.

    A spare sign has neither yet: a line is left for the number to be written by hand.
    Raises ValueError when the address needs modules too small for the label's 40 mm.
    """

    number: str
    zone: str
    code: str
    address: str

    def __post_init__(self) -> None:
        module_mm(qr_matrix(self.address), LABEL_CODE_MM)


def signs_on_plan(session: Session, day: date, public_url: str) -> list[PrintedSign]:
    """The signs of all stalls that stand on a plan on a day: by site, zone, row and position.

    Stalls without a sign in use are left out; raises ValueError when `public_url` does not fit
    into a sign.
    """
    plans = [plan_of(session, site.id, day) for site in sites(session) if site.id is not None]
    places = [place for plan in plans for place in plan]
    signs = signs_of_stalls(session, [stall.id for _on, stall, _zone in places if stall.id])
    return [
        PrintedSign(
            number=stall.number,
            zone=in_language(zone.name, LATVIAN).text,
            code=signs[stall.id].code,
            address=sign_address(public_url, signs[stall.id].code),
        )
        for _on_plan, stall, zone in places
        if stall.id in signs
    ]


def spares_on_paper(signs: Sequence[Sign], public_url: str) -> list[PrintedSign]:
    """Signs that hang nowhere yet, with a line for the number."""
    return [PrintedSign("", "", sign.code, sign_address(public_url, sign.code)) for sign in signs]


def signs_sheet(signs: Sequence[PrintedSign], public_url: str, made: datetime) -> Sheet:
    """All signs as pages of A6, four on a sheet of A4, and then all as labels, ten on a sheet."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Signs of the stalls"), made)
    typed = f"{urlsplit(public_url).netloc}/S"
    for four in _portions(signs, 4):
        _start_a6(sheet)
        for place, sign in enumerate(four):
            _draw_a6(sheet, sign, typed, place % 2 * A6_WIDTH, place // 2 * A6_HEIGHT)
    for ten in _portions(signs, LABEL_COLUMNS * LABEL_ROWS):
        _start_labels(sheet)
        for place, sign in enumerate(ten):
            x = LABELS_LEFT + place % LABEL_COLUMNS * LABEL_WIDTH
            y = LABELS_TOP + place // LABEL_COLUMNS * LABEL_HEIGHT
            _draw_label(sheet, sign, typed, x, y)
    return sheet


def _portions(signs: Sequence[PrintedSign], size: int) -> Iterator[list[PrintedSign]]:
    left = iter(signs)
    while portion := list(islice(left, size)):
        yield portion


def _start_a6(sheet: Sheet) -> None:
    sheet.add_page()
    sheet.cut(A6_WIDTH, 0, A6_WIDTH, PAGE_HEIGHT)
    sheet.cut(0, A6_HEIGHT, PAGE_WIDTH, A6_HEIGHT)


def _start_labels(sheet: Sheet) -> None:
    sheet.add_page()
    beyond = 5.0
    right = LABELS_LEFT + LABEL_COLUMNS * LABEL_WIDTH
    bottom = LABELS_TOP + LABEL_ROWS * LABEL_HEIGHT
    for column in range(LABEL_COLUMNS + 1):
        x = LABELS_LEFT + column * LABEL_WIDTH
        sheet.cut(x, LABELS_TOP - beyond, x, bottom + beyond)
    for row in range(LABEL_ROWS + 1):
        y = LABELS_TOP + row * LABEL_HEIGHT
        sheet.cut(LABELS_LEFT - beyond, y, right + beyond, y)


@dataclass(frozen=True)
class _Sentences:
    """What every sign says, in one language."""

    market: str
    invitation: str
    typing: str
    safety: str


def _sentences(language: str, typed: str) -> _Sentences:
    with speaking(language):
        return _Sentences(
            market=_("Tukums market"),
            invitation=_("Scan and meet the farm"),
            typing=_("Or open %(address)s and type the code", address=typed),
            safety=_("This page never asks for money, a password or bank details."),
        )


def _draw_a6(sheet: Sheet, sign: PrintedSign, typed: str, x: float, y: float) -> None:
    """One page of A6 with its corner at `x`, `y`; the rim that printers leave out is empty."""
    latvian, english = _sentences(LATVIAN, typed), _sentences(SOURCE_LANGUAGE, typed)
    left, width = x + 9, A6_WIDTH - 18

    def centred(text: str, baseline: float, **look: Any) -> None:
        sheet.put_line(text, left, y + baseline, width, align="centre", **look)

    sheet.garland(left, y + 8, 26, roses=1)
    sheet.garland(left + width - 26, y + 8, 26, roses=1)
    centred(latvian.market, 12.5, points=13, face="bold", colour=ROSE)
    if sign.number:
        centred(sign.number, 36.5, points=68, face="black")
    else:
        sheet.rule(left + 14, y + 37, width - 28)
    centred(sign.zone, 45.2, points=12, face="semibold", colour=SOFT)
    centred(latvian.invitation, 55, points=17, face="bold", colour=ROSE)
    centred(english.invitation, 60, points=11, colour=SOFT)
    code_x, code_y = x + (A6_WIDTH - PAGE_CODE_MM) / 2, y + 62.5
    sheet.drawing(qr_svg(sign.address), code_x, code_y, PAGE_CODE_MM)
    sheet.frame(code_x - 0.6, code_y - 0.6, PAGE_CODE_MM + 1.2, PAGE_CODE_MM + 1.2)
    centred(" ".join(sign.code), 119, points=24, face="black")
    centred(latvian.typing, 124.4, points=11, face="semibold")
    centred(english.typing, 128.3, points=8, colour=SOFT)
    sheet.rule(left, y + 131.5, width)
    centred(latvian.safety, 136.5, points=10, face="semibold")
    centred(english.safety, 140.5, points=8, colour=SOFT)


def _draw_label(sheet: Sheet, sign: PrintedSign, typed: str, x: float, y: float) -> None:
    """One label with its corner at `x`, `y`."""
    latvian, english = _sentences(LATVIAN, typed), _sentences(SOURCE_LANGUAGE, typed)

    def put(text: str, baseline: float, **look: Any) -> None:
        sheet.put_line(text, x + 43, y + baseline, LABEL_WIDTH - 43 - 4, **look)

    sheet.drawing(qr_svg(sign.address), x + 1, y + 2.5, LABEL_CODE_MM)
    if sign.number:
        put(sign.number, 15.5, points=38, face="black")
    else:
        sheet.rule(x + 43, y + 15.5, LABEL_WIDTH - 43 - 6)
    put(latvian.invitation, 22, points=9.5, face="bold", colour=ROSE)
    put(english.invitation, 26, points=8, colour=SOFT)
    put(" ".join(sign.code), 33.5, points=17, face="black")
    put(typed, 38, points=9, face="semibold")
    sheet.rule(x + 5, y + 43, LABEL_WIDTH - 10)
    sheet.put_line(latvian.safety, x + 5, y + 47.2, 76, points=8.5, face="semibold")
    sheet.put_line(english.safety, x + 5, y + 50.5, 76, points=7, colour=SOFT)
    sheet.rose(x + LABEL_WIDTH - 5 - 7, y + 44.5, 7)
