"""The ledger of payments as a table for a spreadsheet: values alone, no formulas."""

from decimal import Decimal

from app.clock import local
from app.languages import LATVIAN, speaking
from app.languages import gettext as _
from app.names_of_fees import FEE_PERIODS, PAYMENT_WAYS
from app.tables.cells import Shown
from app.tables.files import xlsx_bytes
from market.fees.ledger import Ledger, LedgerLine


def ledger_xlsx(found: Ledger) -> bytes:
    """An XLSX file in Latvian: the payments, and on a second sheet the sums by way."""
    with speaking(LATVIAN):
        headings = [
            _("Noted on"),
            _("Noted at"),
            _("Paid for the day"),
            _("For how long"),
            _("Vendor"),
            _("Way of payment"),
            _("Euro"),
            _("Note"),
        ]
        sums: list[list[Shown]] = [
            [_(words), euro(found.sums[way])] for way, words in PAYMENT_WAYS.items()
        ]
        sums += [[_("Together"), euro(found.cents)], [], [not_a_document(), None]]
        return xlsx_bytes(
            [
                (_("Payments"), headings, [_row(line) for line in found.lines]),
                (_("Sums"), [_("Way of payment"), _("Euro")], sums),
            ]
        )


def _row(line: LedgerLine) -> list[Shown]:
    payment, noted = line.payment, local(line.payment.at)
    return [
        noted.date(),
        noted.time().replace(second=0, microsecond=0),
        payment.day,
        _(FEE_PERIODS[payment.period]),
        line.vendor.name if line.vendor else left_for_good(),
        _(PAYMENT_WAYS[payment.way]),
        euro(payment.cents),
        payment.note or None,
    ]


def euro(cents: int) -> Decimal:
    """Cents as euro with two decimals, exactly."""
    return Decimal(cents).scaleb(-2)


def left_for_good() -> str:
    """What stands for the name of a vendor whose data were erased."""
    return _("(a vendor who has left for good)")


def not_a_document() -> str:
    """What every ledger says of itself."""
    return _("For the office's own records; not an accounting document.")
