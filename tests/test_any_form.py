"""Whatever is typed into a form, by whomever, the answer is never "we broke": no status of 500."""

import io
import time
from collections import Counter
from contextlib import suppress
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.careful_client import form_fields
from tests.reading_pages import read
from tests.roles import ROLES, A, Company, Role, company_of, plant
from tests.test_any_input import ODD
from tests.test_rights import FORM, Case, objects, part_of

SECONDS = 5.0
"""How long forms are sent on each database."""

ASKERS = (
    "vendor A",
    "head",
    "organiser working for A",
    "visitor",
    "person without the second factor",
)
ALSO_ODD = (
    "1987-13-45", "2026-11-24", "24/11/2026", "-1", "1e400", "0,005", "99999999999,99", "١٢", "−5",
    "a" * 20000, "\n" * 500, "\u200b", "010190-12345", "on", "2147483648", "9" * 400, "00:00",
    "24:00", "25:61", "lv", "zz", "vendor:1", "../..", "image/png", "planted0000000001",
)  # fmt: skip
NAMES = ("x.jpg", "../x", "ā.heic", "")
FILES = (b"", b"\0" * 100, b"\xff\xd8\xff\xe0", b"GIF89a" + b"\0" * 20, b"RIFF\0\0\0\0WEBPVP8 ")


@pytest.fixture
def company(demo_app: Flask) -> Company:
    """Everybody who may send a form."""
    return company_of(demo_app)


def forms_of(company: Company, role: Role) -> list[tuple[str, dict[str, Any]]]:
    """Every form that some page shows to a role, as a browser would send it."""
    found: dict[str, dict[str, Any]] = {}
    app = company.app
    for number, rule in enumerate(app.url_map.iter_rules()):
        blueprint = rule.endpoint.split(".")[0]
        if blueprint not in ("own", "office", "coming_in") or "GET" not in (rule.methods or ()):
            continue
        if rule.rule.endswith(".pdf"):
            continue
        case = Case(rule, "GET", role, objects(rule, blueprint)[0])
        planted = plant(company, A, number) if case.whose == "own" else {}
        parts = {n: part_of(company, case, n, planted) for n in rule.arguments - {"language"}}
        address = app.url_map.bind("localhost").build(rule.endpoint, {"language": "lv", **parts})
        answer = company.client(role).get(address, buffered=True)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        for form in read(answer.get_data(as_text=True))[0].all("form"):
            if form["method"].lower() == "post":
                pressed = {one["name"]: [one["value"]] for one in form.all("button") if one["name"]}
                files = {one["name"]: None for one in form.all("input", type="file")}
                found[form["action"] or address] = {**form_fields(form), **pressed, **files}
    return sorted(found.items())


def addresses(company: Company) -> list[tuple[str, dict[str, Any]]]:
    """Every address that takes a form, with fields that some of them know."""
    role = next(role for role in ROLES if role.vendor == A)
    found = []
    for number, rule in enumerate(company.app.url_map.iter_rules()):
        if "POST" in (rule.methods or ()):
            whose = objects(rule, rule.endpoint.split(".")[0])[0]
            planted = plant(company, A, 5000 + number) if whose == "own" else {}
            case = Case(rule, "POST", role, whose)
            parts = {n: part_of(company, case, n, planted) for n in rule.arguments - {"language"}}
            built = company.app.url_map.bind("localhost").build(
                rule.endpoint, {"language": "lv", **parts}, method="POST"
            )
            found.append((built, dict(FORM)))
    return found


def made_odd(fields: dict[str, Any], random: Random) -> dict[str, Any]:
    """A form with a few of its fields typed in anyhow, doubled or left out."""
    odd = {name: value for name, value in fields.items() if value is not None}
    odd["idempotency_key"] = uuid4().hex
    for name in random.sample(sorted(fields), min(len(fields), random.randint(1, 3))):
        kind = random.random()
        if fields[name] is None:
            odd[name] = (
                io.BytesIO(random.choice(FILES)),
                random.choice(("x.jpg", "../x", "ā.heic")),
            )
        elif kind < 0.1:
            odd.pop(name, None)
        elif kind < 0.2:
            odd[name] = [random.choice(ODD + ALSO_ODD) for _ in range(3)]
        else:
            odd[name] = random.choice(ODD + ALSO_ODD)
    return {name: _sendable(value) for name, value in odd.items()}


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_sendable(one) for one in value] if isinstance(value, list) else value


def status_of(company: Company, role: Role, address: str, fields: dict[str, Any]) -> int:
    """The status of the answer to a form."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    return company.client(role).post(address, data=fields, headers=headers).status_code


def test_no_form_breaks_the_service(company: Company):
    random = Random(21)
    asking = [role for role in ROLES if role.name in ASKERS]
    forms = {role.name: forms_of(company, role) + addresses(company) for role in asking}
    broken, seen = set(), Counter[int]()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        role = random.choice(asking)
        address, fields = random.choice(forms[role.name])
        if not address.endswith("/karte"):  # drawing a card takes a second
            typed = made_odd(fields, random)
            said = repr(typed)[:300]
            with suppress(ValueError):  # no such form can leave a browser
                status = status_of(company, role, address, typed)
                seen[status] += 1
                if status >= 500:
                    broken.add(f"{role.name} {address} {said}: {status}")
    assert broken == set()
    assert {200, 303, 404, 422} & seen.keys() >= {303, 422}


def test_a_form_that_breaks_is_found(company: Company):
    """The twin: a form that cannot read an odd number."""

    def fragile() -> str:
        from flask import request

        return str(int(request.form["number"]))

    company.app.add_url_rule("/lv/trausla", "fragile", fragile, methods=["POST"])
    role = ROLES[0]
    answers = {
        status_of(company, role, "/lv/trausla", made_odd({"number": ["1"]}, Random(number)))
        for number in range(20)
    }
    assert 500 in answers
