"""Payments of a day at the office's desk, and the ledger."""

import re
import threading
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import select

from app.clock import moment
from app.database import database
from app.fees_of_day import DayFee, fees_of_day
from app.keeping.erasing import erase
from app.pages.organiser import payments as page_of_payments
from market.fees.models import Payment
from market.fees.queries import payment_of
from tests.careful_client import CarefulClient
from tests.reading_paper import texts_of
from vendors.registry.models import Vendor

TODAY = date(2026, 11, 24)
PAGE = "/lv/parvalde/diena/2026-11-24/maksas"
LEDGER = "/lv/parvalde/maksas/zurnals"


def fees(app: Flask, day: date = TODAY) -> list[DayFee]:
    with app.app_context(), database().reading() as session:
        return fees_of_day(session, 1, day)


def first_open(app: Flask) -> DayFee:
    return next(one for one in fees(app) if one.is_open)


def payments_of(app: Flask, slug: str) -> list[Payment]:
    with app.app_context(), database().reading() as session:
        return list(
            session.exec(
                select(Payment).join(Vendor).where(Vendor.slug == slug, Payment.day == TODAY)
            )
        )


def address(one: DayFee) -> str:
    return f"{PAGE}/{one.line.vendor.slug}"


def test_a_tap_notes_the_fee_and_undo_takes_it_back(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    one = first_open(demo_app)
    page = organiser.get(organiser.send(address(one), {"way": "cash", "period": "day"}).location)
    [paid] = payments_of(demo_app, one.line.vendor.slug)
    assert (paid.cents, paid.way) == (one.fee.cents_by("cash"), "cash")
    organiser.submit(page, "Atcelt")
    assert payments_of(demo_app, one.line.vendor.slug) == []


def test_the_page_stands_in_the_order_of_the_roll(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    html = organiser.get(PAGE).html
    slugs = [one.line.vendor.slug for one in fees(demo_app)]
    places = [html.index(f'id="{slug}"') for slug in slugs]
    assert len(slugs) > 10
    assert places == sorted(places)


def test_another_amount_with_a_note_and_a_changed_mind(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    one = first_open(demo_app)
    slug = one.line.vendor.slug
    organiser.send(address(one), {"way": "transfer", "amount": "1,20", "note": "pusi dienas"})
    [paid] = payments_of(demo_app, slug)
    assert (paid.cents, paid.way, paid.note) == (120, "transfer", "pusi dienas")
    changed = {"way": "contract", "amount": "2", "version": str(paid.version)}
    organiser.send(address(one), changed)
    [paid] = payments_of(demo_app, slug)
    assert (paid.cents, paid.way) == (200, "contract")
    organiser.send(f"{address(one)}/nost", {"period": "day"})
    assert payments_of(demo_app, slug) == []


REFUSED: dict[str, dict[str, str]] = {
    "no way": {"amount": "3"},
    "an unknown way": {"way": "gold", "amount": "3"},
    "no amount of money": {"way": "cash", "amount": "trīs"},
    "parts of a cent": {"way": "cash", "amount": "3,001"},
    "far too much": {"way": "cash", "amount": "999999999"},
    "a personal code": {"way": "cash", "note": "010190-12345"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_payment_is_refused_and_given_back(
    case: str, organiser: CarefulClient, demo_app: Flask
) -> None:
    one = first_open(demo_app)
    answer = organiser.send(address(one), REFUSED[case], 422)
    assert payments_of(demo_app, one.line.vendor.slug) == []
    typed = REFUSED[case].get("amount") or REFUSED[case]["note"]
    assert typed in answer.get_data(as_text=True)


def test_who_comes_second_is_told_and_nothing_is_noted_twice(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    one = first_open(demo_app)
    person_of_office("organiser").send(address(one), {"way": "cash"})
    answer = person_of_office("head").send(address(one), {"way": "transfer"}, 409)
    assert re.search("jau.*Ilze organiser", answer.get_data(as_text=True))
    [paid] = payments_of(demo_app, one.line.vendor.slug)
    assert paid.way == "cash"


def tap_at_once(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> tuple[list[int], int]:
    """Eight people tap at once: how each was answered, and how many payments there are."""
    one = first_open(demo_app)
    people = [person_of_office(role) for role in ("organiser", "head")]
    begin = threading.Barrier(8)
    answers: list[int] = []

    def tap(client: CarefulClient) -> None:
        begin.wait()
        answer = client._client.post(
            address(one),
            data={"way": "cash", "idempotency_key": f"{threading.get_ident():032d}"},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        answers.append(answer.status_code)

    clients = [CarefulClient(demo_app) for _ in range(8)]
    for number, client in enumerate(clients):
        client._client = demo_app.test_client()
        client._client._cookies = dict(people[number % 2]._client._cookies)
    threads = [threading.Thread(target=tap, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers), len(payments_of(demo_app, one.line.vendor.slug))


def test_of_eight_who_tap_at_once_one_notes_the_payment(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    answers, count = tap_at_once(person_of_office, demo_app)
    assert (answers, count) == ([303] + [409] * 7, 1)


def test_twin_a_payment_found_by_nobody_would_not_be_told(
    person_of_office: Callable[..., CarefulClient],
    demo_app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the question for the payment that is there, the schema still takes only one."""
    monkeypatch.setattr(page_of_payments, "payment_of", lambda *_: None)
    monkeypatch.setitem(demo_app.config, "PROPAGATE_EXCEPTIONS", False)
    answers, count = tap_at_once(person_of_office, demo_app)
    assert count == 1
    assert answers != [303] + [409] * 7


def month_payer(app: Flask) -> DayFee:
    return next(one for one in fees(app) if one.fee.period == "month" and one.contract)


def test_a_month_is_paid_once_whatever_the_day(organiser: CarefulClient, demo_app: Flask) -> None:
    one = month_payer(demo_app)
    organiser.send(address(one), {"way": "transfer", "period": "month"})
    friday = f"/lv/parvalde/diena/2026-11-27/maksas/{one.line.vendor.slug}"
    organiser.send(friday, {"way": "transfer", "period": "month"}, 409)
    with demo_app.app_context(), database().reading() as session:
        assert one.contract is not None
        kept = payment_of(session, one.line.vendor.id or 0, TODAY, "month")
        assert kept is not None
        assert (kept.day, kept.cents) == (date(2026, 11, 1), one.contract.cents)


def test_readers_look_and_note_nothing(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    reader = person_of_office("reader")
    assert "<button" not in reader.get(PAGE).html.split("<main")[1].split("</main")[0]
    reader.send(address(first_open(demo_app)), {"way": "cash"}, 403)


def noted(organiser: CarefulClient, demo_app: Flask) -> tuple[DayFee, DayFee]:
    one, month = first_open(demo_app), month_payer(demo_app)
    organiser.send(address(one), {"way": "cash", "amount": "3,50", "note": "=1+1"})
    organiser.send(address(month), {"way": "transfer", "period": "month", "amount": "40"})
    return one, month


def test_the_ledger_is_read_on_paper_and_as_a_table_without_formulas(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    one, month = noted(organiser, demo_app)
    asked = "?no=2026-11-24&lidz=2026-11-24"
    texts = [text.text for text in texts_of(organiser.fetch(f"{LEDGER}.pdf{asked}").data)]
    for wanted in (
        one.line.vendor.name,
        month.line.vendor.name,
        "3,50 €",
        "43,50 €",
        "Iekšējai uzskaitei; nav grāmatvedības attaisnojuma dokuments.",
    ):
        assert wanted in [text.replace("\xa0", " ") for text in texts]
    book = load_workbook(BytesIO(organiser.fetch(f"{LEDGER}.xlsx{asked}").data))
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert [float(row[6].value) for row in rows] == [3.5, 40.0]
    assert rows[0][7].value == "'=1+1"
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_vendor_who_has_left_for_good_leaves_the_sum(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    one, _month = noted(organiser, demo_app)
    with demo_app.app_context(), database().writing() as session:
        vendor = session.get_one(Vendor, one.line.vendor.id)
        erase(session, vendor, moment())
        session.commit()
        left = session.exec(select(Payment).where(Payment.day == TODAY)).all()
    assert [(row.vendor_id, row.cents, row.note) for row in left] == [(None, 350, "")]
    data = organiser.fetch(f"{LEDGER}.pdf?no=2026-11-24&lidz=2026-11-24").data
    texts = " ".join(text.text for text in texts_of(data))
    assert one.line.vendor.name not in texts
    assert "43,50" in texts


def test_days_that_make_no_range_are_refused(organiser: CarefulClient) -> None:
    organiser.get("/lv/parvalde/maksas?no=2026-11-24&lidz=2026-11-01")
    organiser.get("/lv/parvalde/maksas?no=2020-11-24&lidz=2026-11-01")
    organiser.get("/en/parvalde/maksas?no=abc")
    organiser.fetch(f"{LEDGER}.pdf?no=2026-11-24&lidz=2026-11-01", 404)
    organiser.fetch(f"{LEDGER}.xlsx?no=0001-01-01", 404)


def test_payments_of_a_day_without_anybody(organiser: CarefulClient) -> None:
    page = organiser.get("/lv/parvalde/diena/2030-01-02/maksas")
    assert "Šajā dienā nevienam nav vietas." in page.root.text
