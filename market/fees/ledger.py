"""The ledger of some days: what was paid, by whom, in which way, and the sums; in whole cents.

A note of the office for itself; never a tax document.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from market.fees.models import PAID_BY, Payment
from vendors.registry.models import Vendor


@dataclass(frozen=True)
class LedgerLine:
    """A payment; `vendor` is None for somebody who has left for good."""

    payment: Payment
    vendor: Vendor | None


@dataclass(frozen=True)
class Ledger:
    """The payments from the first to the last day, with the sums by way and in all."""

    first: date
    last: date
    lines: tuple[LedgerLine, ...]
    sums: Mapping[str, int]
    cents: int


def ledger(first: date, last: date, payments: Iterable[tuple[Payment, Vendor | None]]) -> Ledger:
    """The ledger of payments in the order of their time."""
    found = sorted(payments, key=lambda one: (one[0].at, one[0].id or 0))
    lines = tuple(LedgerLine(payment, vendor) for payment, vendor in found)
    return Ledger(first, last, lines, sums_by_way(one.payment for one in lines), total(lines))


def sums_by_way(payments: Iterable[Payment]) -> dict[str, int]:
    """How much was paid in each way; a way that nobody took is 0."""
    sums = dict.fromkeys(PAID_BY, 0)
    for payment in payments:
        sums[payment.way] += payment.cents
    return sums


def total(lines: Iterable[LedgerLine]) -> int:
    """All payments together, whatever the way."""
    return sum(line.payment.cents for line in lines)
