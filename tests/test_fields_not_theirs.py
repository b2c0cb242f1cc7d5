"""Thirty fields that are not theirs, and forms of others: nothing comes in that no form offers."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest
from flask import Flask

from app.paper.form_parts import SWITCHES
from tests.careful_client import form_fields
from tests.reading_pages import read
from tests.roles import ROLES, A, B, C, Company, Role, belongings, company_of, everything
from tests.roles import plant as plant_for
from tests.test_rights import Case, objects, part_of
from vendors.registry.models import Vendor


@pytest.fixture
def company(demo_app: Flask) -> Company:
    """Everybody who may ask."""
    return company_of(demo_app)


STRANGE = "SVEŠS-77"
NOT_THEIRS: dict[str, str] = {
    **dict.fromkeys(
        (
            "slug", "standing", "state", "role", "totp_secret", "token_digest", "secret_digest",
            "pin_hash", "digest", "way", "device", "for_source", "bio_cert_no", "drawing_words",
            "scene", "subject", "action", "table", "said", "owner", "recipient", "kept_by",
        ),
        STRANGE,
    ),
    **dict.fromkeys(
        ("id", "vendor_id", "person_id", "for_vendor_id", "card_id", "stall_id", "good_id",
         "photograph_id", "seniority", "issued_by", "row"),
        "1",
    ),
    **dict.fromkeys(("confirmed_at", "expires_at", "ended_at", "revoked_at", "told_on",
                     "confirmed_on", "state_on", "archived_on", "bio_valid_to"), "2031-03-03"),
    **dict.fromkeys(("show_phone", "show_email", "show_farm_place", "published",
                     "machine_translated"), "1"),
}  # fmt: skip
COLUMNS_OF_OFFICE = ("id", "slug", "state", "standing", "seniority", "scene", "subject")


def own_forms(company: Company, role: Role, app: Flask) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every form on every page of the own stall as a browser would send it: address and fields."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("own.") or "GET" not in (rule.methods or ()):
            continue
        case = Case(rule, "GET", role, "own" if objects(rule, "own") != ("",) else "")
        planted = (
            plant_for(company, role.vendor, crc32(rule.endpoint.encode())) if case.whose else {}
        )
        values: dict[str, Any] = {"language": "lv"}
        for name in rule.arguments - {"language"}:
            values[name] = part_of(company, case, name, planted)
        address = app.url_map.bind("localhost").build(rule.endpoint, values)
        page = company.client(role).get(address, buffered=True)
        if page.mimetype != "text/html" or page.status_code != 200:
            continue
        for form in read(page.get_data(as_text=True))[0].all("form"):
            if form["method"].lower() == "post" and form["action"].startswith("/lv/mans"):
                pressed = {one["name"]: [one["value"]] for one in form.all("button") if one["name"]}
                yield form["action"], {**form_fields(form), **pressed}


def send(company: Company, role: Role, address: str, fields: Mapping[str, Any]) -> int:
    """Send a form as this role, with a key of its own; the status."""
    fields = {**fields, "idempotency_key": uuid4().hex}
    here = {"Sec-Fetch-Site": "same-origin"}
    return company.client(role).post(address, data=fields, headers=here).status_code


def vendor_row(company: Company, whose: str) -> dict[str, Any]:
    """The row of a vendor."""
    with company.database.reading() as session:
        return session.get_one(Vendor, company.ids[whose]).model_dump()


def test_fields_that_are_not_theirs_are_left_as_they_are(company: Company):
    role = next(role for role in ROLES if role.vendor == A)
    assert len(NOT_THEIRS) >= 30
    others, office = belongings(company, C), vendor_row(company, A)
    accepted = 0
    for address, fields in list(own_forms(company, role, company.app)):
        own = {*fields, SWITCHES.get(address.rsplit("/", 1)[1], "")}
        foreign = {name: value for name, value in NOT_THEIRS.items() if name not in own}
        before = vendor_row(company, A)
        accepted += send(company, role, address, {**fields, **foreign}) == 303
        after = vendor_row(company, A)
        assert {name: after[name] for name in foreign if name in after} == {
            name: before[name] for name in foreign if name in before
        }, address
    assert accepted >= 8
    assert belongings(company, C) == others
    after = vendor_row(company, A)
    assert {name: after[name] for name in COLUMNS_OF_OFFICE} == {
        name: office[name] for name in COLUMNS_OF_OFFICE
    }
    assert STRANGE not in everything(company)
    assert "(2031, 3, 3" not in everything(company)


def test_a_form_of_another_vendor_changes_nothing_of_theirs(company: Company):
    mine = next(role for role in ROLES if role.vendor == A)
    other = next(role for role in ROLES if role.vendor == B)
    forms = list(own_forms(company, mine, company.app))
    assert len(forms) > 10
    before = {n: rows for n, rows in belongings(company, A).items() if n != "known_phone"}
    for address, fields in forms:
        send(company, other, address, {**fields, "account": company.slugs[B]})
        assert send(company, other, address, {**fields, "account": company.slugs[A]}) >= 400
    after = {n: rows for n, rows in belongings(company, A).items() if n != "known_phone"}
    assert after == before
