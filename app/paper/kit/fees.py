"""Who pays what on the day, with totals; and the market's price list.

Both are notes for the office: nothing here is a receipt or a tax document.
"""

from collections.abc import Iterable
from functools import partial

from app.fees_of_day import DayFee
from app.languages import capitalized, money, ngettext
from app.languages import gettext as _
from app.names_of_fees import price_said
from app.paper.kit.facts import DayOnPaper, SiteOnPaper
from app.paper.kit.pages import (
    LINE_HEIGHT,
    MARGIN,
    PALE,
    Column,
    DayPages,
    Flow,
    draw_headings,
)
from app.paper.kit.words import fee_said, fee_words, numbers_of, said_before, under_head
from app.paper.sheet import SOFT
from market.fees.models import PRICED, Price

FEES, PRICES = "maksas", "cenradis"
POINTS, SMALL = 10.5, 8.5
STALLS, NAME, WHAT, OWED, NOTED, END = 0.0, 22.0, 82.0, 136.0, 160.0, 186.0
WHAT_AT, DAY_AT, MONTH_AT, SEASON_AT = 0.0, 78.0, 114.0, 150.0


def draw_fees(sheet: DayPages, facts: DayOnPaper) -> None:
    """Of each site: each vendor with the amount and what it is made of; the totals at the end."""
    for one in facts.sites:
        flow = Flow(sheet, partial(_start, sheet, one))
        for fee in one.fees:
            _draw_fee(sheet, flow, fee)
        _draw_totals(sheet, flow, one.fees)


def _start(sheet: DayPages, one: SiteOnPaper) -> float:
    note = _("For internal records; not an accounting document.")
    y = sheet.start(FEES, _("Who pays what"), under=under_head(one), note=note)
    columns = (
        Column(_("Stall"), STALLS, NAME - 2),
        Column(_("Vendor"), NAME, WHAT - NAME - 2),
        Column(_("What for"), WHAT, OWED - WHAT - 2),
        Column(_("To pay"), OWED, NOTED - OWED - 2),
        Column(_("Note"), NOTED, END - NOTED),
    )
    return draw_headings(sheet, y, columns)


def _draw_fee(sheet: DayPages, flow: Flow, one: DayFee) -> None:
    line = one.line
    names_ = sheet.fitted(line.vendor.name, WHAT - NAME - 3, POINTS, "semibold")
    numbers = sheet.fitted(numbers_of(line), NAME - 1.5, POINTS, "bold")
    what = sheet.fitted(fee_words(one.fee.lines), OWED - WHAT - 3, SMALL)
    note = sheet.fitted(_note(one), END - NOTED - 1, SMALL)
    owed = sheet.fitted(fee_said(one.fee), NOTED - OWED - 2, POINTS if one.fee.cents else SMALL)
    tall = max(
        POINTS * max(len(names_), len(numbers), len(owed)), SMALL * max(len(what), len(note))
    ) * LINE_HEIGHT + 2.2  # fmt: skip
    y = flow.take(tall)
    sheet.put_lines(numbers, MARGIN + STALLS, y + 1, NAME - 1.5, POINTS, "bold")
    sheet.put_lines(names_, MARGIN + NAME, y + 1, WHAT - NAME - 3, POINTS, "semibold")
    sheet.put_lines(what, MARGIN + WHAT, y + 1, OWED - WHAT - 3, SMALL)
    points = POINTS if one.fee.cents else SMALL
    sheet.put_lines(owed, MARGIN + OWED, y + 1, NOTED - OWED - 2, points, "semibold")
    sheet.put_lines(note, MARGIN + NOTED, y + 1, END - NOTED - 1, SMALL)
    sheet.rule(MARGIN, y + tall, END, PALE)


def _note(one: DayFee) -> str:
    """What the office should know at the table: paid already, reduced, dearer in cash, away."""
    notes = [said_before(one.line) if one.line.state == "absent" else ""]
    if one.payment is not None:
        notes.append(_("paid %(money)s", money=money(one.payment.cents)))
    if one.fee.is_social:
        notes.append(_("reduced price"))
    if one.fee.cash_cents and one.fee.cents:
        in_cash = money(one.fee.cents_by("cash") or 0)
        notes.append(_("in cash %(money)s", money=in_cash))
    return ", ".join(note for note in notes if note)


def _draw_totals(sheet: DayPages, flow: Flow, fees: Iterable[DayFee]) -> None:
    """Whoever said that they do not come is listed, but not counted in what is to be paid."""
    kept = list(fees)
    coming = [one for one in kept if one.line.state != "absent" and not one.fee.by_contract]
    owed = sum(one.fee.cents or 0 for one in coming)
    unknown = sum(one.fee.cents is None for one in coming)
    contracts = sum(one.fee.by_contract for one in kept)
    away = sum(one.line.state == "absent" for one in kept)
    paid = sum(one.payment.cents for one in coming if one.payment is not None)
    said = [
        (_("To be paid on the day, together"), money(owed)),
        (_("Of it noted as paid so far"), money(paid)),
        (_("Pay by contract, nothing on the day"), _vendors(contracts)),
        (_("Said that they do not come, not counted"), _vendors(away)),
    ]
    if unknown:
        said.append((_("Without a price in the list"), _vendors(unknown)))
    y = flow.take(7 * len(said) + 8)
    sheet.rule(MARGIN, y + 2, END, (0, 0, 0))
    for step, (words, amount) in enumerate(said):
        face = "bold" if step == 0 else "regular"
        baseline = y + 9 + 7 * step
        sheet.put_line(words, MARGIN, baseline, OWED - 4, points=11, face=face)  # type: ignore[arg-type]
        sheet.put_line(amount, MARGIN + OWED, baseline, END - OWED, points=11, face=face)  # type: ignore[arg-type]


def _vendors(count: int) -> str:
    return ngettext("%(num)s vendor", "%(num)s vendors", count)


def draw_prices(sheet: DayPages, facts: DayOnPaper) -> None:
    """The prices that count on the day: what costs how much for a day, a month, a season."""
    flow = Flow(sheet, partial(_start_prices, sheet))
    rows: dict[tuple[str, str | None], dict[str, Price]] = {}
    for price in sorted(facts.prices, key=lambda one: one.valid_from):
        rows.setdefault((price.what, price.stall_kind), {})[price.period] = price
    for _key, by_period in sorted(rows.items(), key=_order):
        y = flow.take(10)
        what = capitalized(price_said(next(iter(by_period.values()))))
        sheet.put_line(what, MARGIN, y + 6, DAY_AT - 3, points=12, face="semibold")
        for x, period in ((DAY_AT, "day"), (MONTH_AT, "month"), (SEASON_AT, "season")):
            found = by_period.get(period)
            sheet.put_line(_amount(found), MARGIN + x, y + 6, 34, points=12)
            if found is not None and found.social_cents is not None:
                less = _("reduced %(money)s", money=money(found.social_cents))
                sheet.put_line(less, MARGIN + x, y + 9.4, 34, points=8.5, colour=SOFT)
        sheet.rule(MARGIN, y + 10.6, END, PALE)
        flow.take(1)
    if not rows:
        y = flow.take(10)
        sheet.put_line(_("The price list is still empty."), MARGIN, y + 7, END, points=12)


def _start_prices(sheet: DayPages) -> float:
    y = sheet.start(PRICES, _("Price list of the market"), under=_("Fees for places, in euros"))
    columns = (
        Column(_("What for"), WHAT_AT, DAY_AT - 3),
        Column(_("For a day"), DAY_AT, 34),
        Column(_("For a month"), MONTH_AT, 34),
        Column(_("For a season"), SEASON_AT, 36),
    )
    return draw_headings(sheet, y, columns)


def _order(row: tuple[tuple[str, str | None], dict[str, Price]]) -> tuple[int, str]:
    what, kind = row[0]
    return (PRICED.index(what), kind or "")


def _amount(price: Price | None) -> str:
    return money(price.cents) if price is not None else "–"
