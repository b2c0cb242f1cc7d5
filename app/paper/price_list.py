"""The price list on a vendor's table: A4 in Latvian, to be read from a step and a half away.

It states what the law asks of goods that are sold loose: name, price, the price of a kilogram or
litre, origin and allergens (Ministru kabineta noteikumi Nr. 178/1999; Regulation (EU)
No 1169/2011, article 44).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app import names
from app.goods_said import allergens_said, name_said, net_said, price_said, unit_price_said
from app.languages import LATVIAN, long_day, speaking
from app.languages import gettext as _
from app.paper.lines import broken, printable
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, SOFT, Sheet
from vendors.listings.models import Good
from vendors.listings.prices import NOT_FOOD

MARGIN = 14.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
PRICE_WIDTH = 66.0
WORDS_WIDTH = WIDTH - PRICE_WIDTH - 4
BOTTOM = PAGE_HEIGHT - 22.0

NAME_POINTS, PRICE_POINTS, UNIT_POINTS, SMALL_POINTS = 24.0, 26.0, 18.0, 15.0
"""Letters of 24 points are 5.6 mm high: read from 1.5 m, where 1/300 of the distance is needed."""


@dataclass(frozen=True)
class PriceList:
    """Whose list it is, from where, of which day, and the goods in their order."""

    name: str
    place: str
    day: date
    goods: Sequence[Good]


@dataclass(frozen=True)
class _Line:
    """One good as it is printed."""

    name: Sequence[str]
    price: str
    unit_price: str
    details: Sequence[str]

    @property
    def height(self) -> float:
        """In millimetres, with the rule beneath."""
        left = 9.5 * len(self.name) + 6 * len(self.details)
        right = 10 + (8 if self.unit_price else 0)
        return max(left, right) + 5


def price_list_sheet(listed: PriceList, made: datetime) -> Sheet:
    """The list on as many pages of A4 as it needs; `made` is the local time of printing."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Price list: %(farm)s", farm=listed.name), made)
        sheet.set_title(printable(sheet, sheet.title or ""))
        y = _start_page(sheet, listed)
        for good in listed.goods:
            line = _line(sheet, good)
            if y + line.height > BOTTOM:
                y = _start_page(sheet, listed)
            _draw(sheet, line, y)
            y += line.height
        if not listed.goods:
            sheet.put_line(_("Nothing is in season just now."), MARGIN, y + 12, WIDTH, points=20)
    return sheet


def _start_page(sheet: Sheet, listed: PriceList) -> float:
    """A new page with its head and foot; returns where the first line begins."""
    sheet.add_page()
    y = 22.0
    for line in broken(sheet, listed.name, WIDTH, points=30, face="black", most=2):
        sheet.put_line(line, MARGIN, y, WIDTH, points=30, face="black")
        y += 11.5
    sheet.put_line(printable(sheet, listed.place), MARGIN, y - 2.5, WIDTH, points=15, colour=SOFT)
    sheet.rule(MARGIN, y + 1.5, WIDTH)
    foot = _("Prices in euros. Printed: %(day)s.", day=long_day(listed.day))
    sheet.put_line(foot, MARGIN, PAGE_HEIGHT - 12, WIDTH - 30, points=11, colour=SOFT)
    page = _("page %(num)s", num=sheet.page_no())
    sheet.put_line(page, PAGE_WIDTH - MARGIN - 28, PAGE_HEIGHT - 12, 28, points=11, align="right",
                   colour=SOFT)  # fmt: skip
    return y + 3


def _line(sheet: Sheet, good: Good) -> _Line:
    name = broken(sheet, name_said(good), WORDS_WIDTH, points=NAME_POINTS, face="semibold", most=2)
    net = net_said(good)
    details = f"{net} · {_details(good)}" if net else _details(good)
    return _Line(
        name=name,
        price=price_said(good),
        unit_price=unit_price_said(good),
        details=broken(sheet, details, WORDS_WIDTH, points=SMALL_POINTS, face="regular", most=3),
    )


def _details(good: Good) -> str:
    origin = names.origin(good.origin)
    if good.category in NOT_FOOD:
        return origin
    if good.allergens is None:
        return _("%(origin)s · allergens: ask the seller", origin=origin)
    if not good.allergens:
        return _("%(origin)s · contains no allergens", origin=origin)
    said = allergens_said(good.allergens)
    return _("%(origin)s · contains: %(allergens)s", origin=origin, allergens=said)


def _draw(sheet: Sheet, line: _Line, y: float) -> None:
    baseline = y + 9.5
    for text in line.name:
        sheet.put_line(text, MARGIN, baseline, WORDS_WIDTH, points=NAME_POINTS, face="semibold")
        baseline += 9.5
    baseline -= 3
    for text in line.details:
        sheet.put_line(text, MARGIN, baseline, WORDS_WIDTH, points=SMALL_POINTS)
        baseline += 6
    right = PAGE_WIDTH - MARGIN - PRICE_WIDTH
    sheet.put_line(line.price, right, y + 9.8, PRICE_WIDTH, points=PRICE_POINTS, face="black",
                   align="right")  # fmt: skip
    if line.unit_price:
        sheet.put_line(line.unit_price, right, y + 18, PRICE_WIDTH, points=UNIT_POINTS,
                       face="semibold", align="right")  # fmt: skip
    sheet.rule(MARGIN, y + line.height - 0.5, WIDTH, (200, 200, 200))
