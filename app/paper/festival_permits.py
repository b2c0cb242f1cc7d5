"""The permit list of a festival on paper: for whoever stands at the gate at six, with a torch."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from app.clock import now
from app.festival_permits import Permit
from app.languages import LATVIAN, clock_time, in_language, long_day, money, ngettext, speaking
from app.languages import gettext as _
from app.paper.ledger import days_said
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, SOFT, Sheet
from market.days.models import Festival

LEFT, WIDTH = 12.0, PAGE_WIDTH - 24.0
FIRST_LINE, LAST_LINE, LINE = 44.0, PAGE_HEIGHT - 18.0, 11.0
BOX, PLACE, NAME, GOODS, PAID, NUMBER = 0.0, 8.0, 36.0, 92.0, 138.0, 166.0
GREY = (200, 200, 200)
MOST_GOODS = 32
"""Letters of the goods that can be read by torchlight in their column."""


def permit_list_pdf(festival: Festival, groups: Mapping[str, Sequence[Permit]]) -> bytes:
    """The list as A4 pages in Latvian; each group (a zone) begins with its name."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Permits"), now())
        count = sum(len(group) for group in groups.values())
        baseline = _page(sheet, festival, count)
        for name, permits in groups.items():
            if name:
                baseline = _room(sheet, festival, count, baseline, 2 * LINE)
                baseline += LINE
                sheet.put_line(name, LEFT, baseline - 3, WIDTH, points=13, face="bold")
                sheet.rule(LEFT, baseline, WIDTH, (0, 0, 0))
            for one in permits:
                baseline = _room(sheet, festival, count, baseline, LINE) + LINE
                _line(sheet, one, baseline)
        return bytes(sheet.output())


def _room(sheet: Sheet, festival: Festival, count: int, baseline: float, wanted: float) -> float:
    """Where to go on: on this page, or on a new one when there is no room."""
    if baseline + wanted > LAST_LINE:
        return _page(sheet, festival, count)
    return baseline


def _page(sheet: Sheet, festival: Festival, count: int) -> float:
    sheet.add_page()
    title = _("Permits: %(festival)s", festival=in_language(festival.name).text)
    sheet.put_line(title, LEFT, 17, 145, points=18, face="bold")
    counted = ngettext("%(num)s permit", "%(num)s permits", count)
    sheet.put_line(counted, LEFT + 146, 17, 40, points=11, align="right")
    when = days_said(festival.first_day, festival.last_day)
    sheet.put_line(when, LEFT, 24, WIDTH, points=12)
    for x, width, words in (
        (PLACE, 27, _("Place")),
        (NAME, 54, _("Name")),
        (GOODS, 44, _("Goods, vehicle, power")),
        (PAID, 27, _("Payment")),
        (NUMBER, 20, _("Number")),
    ):
        sheet.put_line(words, LEFT + x, FIRST_LINE - 8, width, points=9, face="semibold")
    sheet.rule(LEFT, FIRST_LINE - 6, WIDTH, (0, 0, 0))
    made = _(
        "Made on %(day)s at %(time)s", day=long_day(now().date()), time=clock_time(now().time())
    )
    page = _("page %(page)s", page=sheet.page_no())
    sheet.put_line(made, LEFT, PAGE_HEIGHT - 10, 120, points=9, colour=SOFT)
    sheet.put_line(page, LEFT + 146, PAGE_HEIGHT - 10, 40, points=9, align="right", colour=SOFT)
    return FIRST_LINE - 6


def _line(sheet: Sheet, one: Permit, baseline: float) -> None:
    row, put = one.row, sheet.put_line
    sheet.set_draw_color(0, 0, 0)
    sheet.set_line_width(0.35)
    sheet.rect(LEFT + BOX, baseline - 8, 5.5, 5.5)
    put(one.numbers or "–", LEFT + PLACE, baseline - 3.8, 27, points=13, face="bold")
    put(printable(sheet, row.name), LEFT + NAME, baseline - 5.5, 54, points=11, face="semibold")
    contact = " · ".join(text for text in (row.contact_person, row.phone) if text)
    put(printable(sheet, contact), LEFT + NAME, baseline - 1.5, 54, points=8.5, colour=SOFT)
    put(
        shorten(one.goods, MOST_GOODS, placeholder=" …"),
        LEFT + GOODS,
        baseline - 5.5,
        44,
        points=10,
    )
    put(one.needs, LEFT + GOODS, baseline - 1.5, 44, points=8.5, colour=SOFT)
    if one.is_paid:
        put(_("paid"), LEFT + PAID, baseline - 3.8, 27, points=11)
    else:
        owed = money((row.price_cents or 0) - row.paid_cents)
        put(
            _("open: %(amount)s", amount=owed),
            LEFT + PAID,
            baseline - 3.8,
            27,
            points=11,
            face="bold",
        )
    put(row.number, LEFT + NUMBER, baseline - 3.8, 20, points=10)
    sheet.rule(LEFT, baseline, WIDTH, GREY)
