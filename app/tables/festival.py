"""Lists of a festival as tables for a spreadsheet: permits and decisions, values alone."""

from collections.abc import Sequence
from datetime import date

from app import names
from app.clock import local
from app.festival_permits import Permit
from app.languages import LATVIAN, short_day, speaking
from app.languages import gettext as _
from app.names_of_decisions import refusal_said, state_said
from app.names_of_fees import PAYMENT_WAYS
from app.tables.cells import Shown
from app.tables.files import xlsx_bytes
from app.tables.ledger import euro
from market.festivals.criteria import Facts
from market.festivals.models import Application


def permits_table(permits: Sequence[Permit], days: Sequence[date]) -> bytes:
    """An XLSX file in Latvian: one line for each permit, a column of places for each day."""
    with speaking(LATVIAN):
        headings = [
            _("Number"),
            _("Name"),
            _("Goods"),
            *(_("Place %(day)s", day=short_day(day)) for day in days),
            _("Zone"),
            _("Vehicle and power"),
            _("Telephone"),
            _("To pay, euro"),
            _("Paid, euro"),
            _("Permit handed out"),
        ]
        rows: list[list[Shown]] = [
            [
                one.row.number,
                one.row.name,
                one.goods,
                *(one.numbers_on(day) if day in one.days else None for day in days),
                one.zone or None,
                one.needs or None,
                one.row.phone,
                euro(one.row.price_cents or 0),
                euro(one.row.paid_cents),
                one.row.permit_on,
            ]
            for one in permits
        ]
        return xlsx_bytes([(_("Permits"), headings, rows)])


def decisions_table(rows: Sequence[Application], facts: Sequence[Facts]) -> bytes:
    """An XLSX file in Latvian: every application with its criteria and what was decided."""
    with speaking(LATVIAN):
        headings = [
            _("Number"),
            _("Name"),
            _("Goods"),
            _("State"),
            _("Reason of the refusal"),
            _("Place on the waiting list"),
            _("Own-made"),
            _("Documents missing"),
            _("Earlier festivals"),
            _("Days not come"),
            _("Decided on"),
            _("To pay, euro"),
            _("Paid, euro"),
            _("Way of payment"),
        ]
        return xlsx_bytes(
            [
                (
                    _("Decisions"),
                    headings,
                    [_decision(row, one) for row, one in zip(rows, facts, strict=True)],
                )
            ]
        )


def _decision(row: Application, one: Facts) -> list[Shown]:
    return [
        row.number,
        row.name,
        ", ".join(names.category(key) for key in row.categories),
        state_said(row.state),
        refusal_said(row.refusal) or None if row.state == "refused" else None,
        row.waiting_place,
        _("yes") if one.own_made else _("no"),
        len(one.missing),
        one.festivals,
        one.no_shows,
        local(row.decided_at).date() if row.decided_at else None,
        euro(row.price_cents) if row.price_cents is not None else None,
        euro(row.paid_cents),
        _(PAYMENT_WAYS[row.paid_by]) if row.paid_by else None,
    ]
