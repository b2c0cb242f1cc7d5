"""The ledger of payments on paper: A4, line by line, with the sums at the end."""

from datetime import date

from app.clock import local, now
from app.languages import LATVIAN, capitalized, clock_time, long_day, money, ngettext, speaking
from app.languages import gettext as _
from app.names_of_fees import FOR_A_PERIOD, PAYMENT_WAYS
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, SOFT, Sheet
from app.tables.ledger import left_for_good, not_a_document
from market.fees.fees import DAY
from market.fees.ledger import Ledger, LedgerLine

LEFT, WIDTH = 14.0, PAGE_WIDTH - 28.0
FIRST_LINE, LAST_LINE, LINE = 46.0, PAGE_HEIGHT - 24.0, 7.5
NUMBER, NOTED, NAME, FOR, WAY, NOTE, AMOUNT = 0.0, 9.0, 33.0, 86.0, 106.0, 136.0, 162.0
GREY = (200, 200, 200)
SUMS_MM = 42.0


def ledger_pdf(found: Ledger) -> bytes:
    """The ledger as a PDF in Latvian."""
    with speaking(LATVIAN):
        sheet = Sheet(_("Ledger of payments"), now())
        lines = int((LAST_LINE - FIRST_LINE) // LINE)
        parts = [found.lines[at : at + lines] for at in range(0, len(found.lines), lines)] or [()]
        pages = len(parts)
        for number, part in enumerate(parts, start=1):
            _start(sheet, found, number, pages)
            for place, line in enumerate(part):
                before = (number - 1) * lines + place
                _draw(sheet, line, before + 1, FIRST_LINE + LINE * (place + 1))
        end = FIRST_LINE + LINE * len(parts[-1])
        if end + SUMS_MM > LAST_LINE:
            _start(sheet, found, pages, pages)
            end = FIRST_LINE
        _sums(sheet, found, end + 10)
        return bytes(sheet.output())


def _start(sheet: Sheet, found: Ledger, page: int, pages: int) -> None:
    sheet.add_page()
    sheet.rose(LEFT, 11, 11)
    title = _("Ledger of payments")
    sheet.put_line(title, LEFT + 15, 17, 120, points=19, face="bold")
    sheet.put_line(days_said(found.first, found.last), LEFT + 15, 24, 150, points=13)
    if pages > 1:
        of = _("page %(page)s of %(pages)s", page=page, pages=pages)
        sheet.put_line(of, LEFT + 140, 17, 42, points=11, align="right")
    sheet.put_line(not_a_document(), LEFT, 33, WIDTH, points=10, face="semibold")
    headings = (
        (NUMBER, 8, _("No.")),
        (NOTED, 24, _("Noted")),
        (NAME, 51, _("Vendor")),
        (FOR, 19, _("For")),
        (WAY, 29, _("Way of payment")),
        (NOTE, 24, _("Note")),
    )
    for x, width, words in headings:
        sheet.put_line(words, LEFT + x, FIRST_LINE - 3, width, points=9, face="semibold")
    sheet.put_line(
        _("Euro"), LEFT + AMOUNT, FIRST_LINE - 3, 20, points=9, face="semibold", align="right"
    )
    sheet.rule(LEFT, FIRST_LINE, WIDTH, (0, 0, 0))
    made = _(
        "Made on %(day)s at %(time)s", day=long_day(now().date()), time=clock_time(now().time())
    )
    sheet.put_line(made, LEFT, PAGE_HEIGHT - 12, WIDTH, points=9, colour=SOFT)


def _draw(sheet: Sheet, line: LedgerLine, number: int, baseline: float) -> None:
    payment, noted, text = line.payment, local(line.payment.at), baseline - 2.3
    name = printable(sheet, line.vendor.name) if line.vendor else left_for_good()
    at = f"{noted.day:02}.{noted.month:02}. {clock_time(noted.time())}"
    day = f"{payment.day.day:02}.{payment.day.month:02}."
    what = day if payment.period == DAY else _(FOR_A_PERIOD[payment.period])
    put = sheet.put_line
    put(str(number), LEFT + NUMBER, text, 8, points=10, colour=SOFT)
    put(at, LEFT + NOTED, text, 23, points=10)
    put(name, LEFT + NAME, text, 51, points=10.5)
    put(what, LEFT + FOR, text, 19, points=10)
    put(_(PAYMENT_WAYS[payment.way]), LEFT + WAY, text, 29, points=10)
    put(printable(sheet, payment.note), LEFT + NOTE, text, 28, points=9, colour=SOFT)
    put(money(payment.cents), LEFT + AMOUNT, text, 20, points=10.5, align="right")
    sheet.rule(LEFT, baseline, WIDTH, GREY)


def _sums(sheet: Sheet, found: Ledger, top: float) -> None:
    counted = ngettext("%(num)s payment", "%(num)s payments", len(found.lines))
    sheet.put_line(counted, LEFT, top, 60, points=11)
    rows = [(_(words), found.sums[way]) for way, words in PAYMENT_WAYS.items()]
    for place, (words, cents) in enumerate(rows):
        y = top + 7 * place
        sheet.put_line(capitalized(words), LEFT + 100, y, 50, points=11)
        sheet.put_line(money(cents), LEFT + AMOUNT - 10, y, 30, points=11, align="right")
    y = top + 7 * len(rows) + 2
    sheet.rule(LEFT + 100, y - 6, WIDTH - 100, (0, 0, 0))
    sheet.put_line(_("Together"), LEFT + 100, y, 50, points=13, face="bold")
    total = money(found.cents)
    sheet.put_line(total, LEFT + AMOUNT - 10, y, 30, points=13, face="bold", align="right")


def days_said(first: date, last: date) -> str:
    """One day, or the first and the last."""
    if first == last:
        return capitalized(long_day(first))
    return capitalized(f"{long_day(first)} – {long_day(last)}")
