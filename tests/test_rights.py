"""Everyone sees and changes only what is theirs: all routes by all roles by all objects.

The table is made from the addresses of the service: what each role may expect is a rule for each
blueprint, so a page that is added later is either held to the rule or fails here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import SQLModel
from werkzeug.routing import Rule

from app.pages.organiser import HEAD, HELPER
from app.pages.vendor import ALONE
from market.days.models import Absence
from tests.asking import code_of
from tests.roles import (
    LEFT,
    ROLES,
    A,
    C,
    Company,
    Role,
    belongings,
    company_of,
    uproot,
)
from tests.roles import plant as plant_for
from vendors.listings.models import Good
from vendors.stories.models import Photograph

NOBODY = 2147483647
PUBLIC = ("visitor", "doors", "calendars", "data", "photographs", "recordings", "widgets")
SIGNS = ("doors.sign", "doors.sign_in_small_letters")
FEW = ("visitor", "vendor A", "vendor who has left", "head", "organiser working for A")
"""Who asks for public pages, where nobody is more than another."""

NUMBERED: dict[str, type[SQLModel]] = {
    "preces": Good,
    "prece": Good,
    "fotografijas": Photograph,
    "prombutne": Absence,
}
"""What a number in an address of the own stall counts, by the word before it."""

ALONE_BY_WORD = {"talruni", "prom", "mani-dati.zip"}
"""What the vendor does alone: their telephones, leaving for good, taking their data along."""

HELPERS_PAGES = {
    "office.undo_at_desk",
    "office.this_day",
    "office.worker",
    "office.tap_arrival",
    "office.tap_release",
    "office.tap_move",
    "office.tap_waiting",
    "office.tap_not_waiting",
    "office.tap_give",
    "office.tap_guest",
    "office.tap_count",
    "office.all_incidents",
    "office.add_incident",
    "office.add_incident_photograph",
    "office.settle_incident",
    "office.incident_photograph",
    "office.patrol",
    "office.begin_patrol",
    "office.one_patrol",
    "office.patrol_scanned",
    "office.patrol_sign",
    "office.check_sign",
    "office.end_patrol",
    "office.permits",
    "office.tick_arrived",
}
"""What helpers on the market day use; everything else of the office is closed to them."""

HEADS_PAGES = {
    "office.people",
    "office.invite",
    "office.one_person",
    "office.change_role",
    "office.disable_person",
    "office.enable_person",
    "office.reset_second",
    "office.let_person_in",
}
"""What only heads see and do."""

OWN_PAGES = {
    "office.my_sessions",
    "office.save_my_name",
    "office.end_my_session",
    "office.make_new_codes",
    "office.everything",
}
"""What everybody of the office sees and does for themselves, readers and helpers too."""

STILL_OWED = {"office.note_payment", "office.take_payment_back"}
"""What is settled with vendors also after they have left."""

CLOSED = ("door", "elsewhere", "day", "refused")
"""Answers for which nothing is looked up but who is asking."""

FILES = ("own.own_photograph", "own.own_recording")
"""Their rows are planted here, their files are not."""

PARTS: dict[str, str | int] = {
    "language_told": "lv",
    "width": 480,
    "suffix": "webp",
    "name": "vendors",
    "key": "talrunis",
    "sheet": "pa-rindam",
    "day": "2026-11-24",
    "festival_slug": "rozu-svetki-2027",
    "step": "kas",
    "part": "cenas",
}
FORM = {
    "source": "spoken", "way": "down", "step": "1", "state": "sold_out", "was": "available",
    "price": "2,50", "shown": "1", "day": "2027-05-01",
}  # fmt: skip
"""What some forms refuse to be without."""


@dataclass(frozen=True)
class Case:
    """One question: a role asks a route for an object that is its own, another's or nobody's."""

    rule: Rule
    method: str
    role: Role
    whose: str = ""


def cases(app: Flask) -> Iterator[Case]:
    """The whole table. What ends a vendor's stay for good comes last."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: ("prom" in rule.rule, rule.rule))
    for method in ("GET", "POST"):
        for rule in rules:
            if method in (rule.methods or ()):
                yield from _cells(rule, method)


def _cells(rule: Rule, method: str) -> Iterator[Case]:
    blueprint = rule.endpoint.split(".")[0]
    for role in ROLES:
        if blueprint in PUBLIC and role.name not in FEW:
            continue
        for whose in objects(rule, blueprint):
            case = Case(rule, method, role, whose)
            if not _is_dear(case):
                yield case


def _is_dear(case: Case) -> bool:
    """Paper takes long to draw: of those who get it only two ask."""
    if not case.rule.rule.endswith((".pdf", "/karte")) or "{" in case.rule.rule:
        return False
    return expected(case) == "in" and case.role.name not in ("vendor A", "organiser")


def objects(rule: Rule, blueprint: str) -> tuple[str, ...]:
    """Whose objects a route is asked for."""
    if blueprint == "own" and {"good_id", "number"} & rule.arguments:
        return ("own", "other's", "nobody's")
    if blueprint == "office" and "slug" in rule.arguments:
        return ("A's", "left", "nobody's")
    if blueprint == "office" and any(one.endswith("number") for one in rule.arguments):
        return ("nobody's",)
    return ("",)


class Deviation(Exception):  # noqa: N818 - what the table is about
    """An answer that no rule expects."""


def expected(case: Case) -> str:
    """What the answer must be: in, door, elsewhere, refused, missing, as a visitor, or any."""
    blueprint = case.rule.endpoint.split(".")[0]
    if blueprint in PUBLIC:
        return "as a visitor"
    if blueprint == "coming_in":
        return "any"
    if blueprint == "own":
        return _expected_of_own(case)
    if blueprint == "office":
        return _expected_of_office(case)
    raise Deviation(f"{case.rule.endpoint}: no rule says who may ask for it")


def _expected_of_own(case: Case) -> str:
    role = case.role
    if not role.comes_in:
        return "door"
    if role.office and not role.in_name_of:
        return "elsewhere" if case.method == "GET" else "refused"
    if role.office and _words_of(case) & ALONE_BY_WORD:
        return "refused"
    if role.source == "office" and case.method == "POST" and "<key>" in _words_of(case):
        return "refused"
    return "missing" if case.whose in ("other's", "nobody's") else "in"


def _words_of(case: Case) -> set[str]:
    return set(case.rule.rule.split("/"))


def _expected_of_office(case: Case) -> str:
    role = case.role
    if role.vendor and role.comes_in:
        return "refused"
    if not role.comes_in or not role.confirmed:
        return "door"
    if case.rule.endpoint in OWN_PAGES:
        return "in"
    if case.rule.endpoint in HEADS_PAGES and role.office != HEAD:
        return "refused"
    if role.office == HELPER:
        if case.rule.endpoint not in HELPERS_PAGES:
            return "day" if case.rule.endpoint == "office.desk" else "refused"
    elif case.method == "POST" and not role.may_act:
        return "refused"
    if case.whose == "nobody's":
        return "missing"
    if case.rule.endpoint in STILL_OWED:
        return "in"
    return "refused" if case.whose == "left" and case.method == "POST" else "in"


def answer(company: Company, case: Case, number: int) -> tuple[int, str]:
    """The status and where it leads."""
    app, role = company.app, case.role
    planted = _planted(company, case, number)
    values: dict[str, Any] = {"language": "lv"} if "language" in case.rule.arguments else {}
    for name in case.rule.arguments - {"language"}:
        values[name] = part_of(company, case, name, planted)
    client = company.client(role, anew=False)
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        address = adapter.build(case.rule.endpoint, values, method=case.method)
    if case.method == "GET":
        got = client.get(address, buffered=True)
    else:
        form = {**FORM, "idempotency_key": uuid4().hex, "batch": f"planted{number:010}"}
        here = {"Sec-Fetch-Site": "same-origin"}
        got = client.post(address, data=form, headers=here, buffered=True)
    if case.method == "POST" and got.status_code < 400:
        company.inside.clear()
    uproot(company, planted)
    return got.status_code, got.location or ""


def _planted(company: Company, case: Case, number: int) -> Mapping[type[SQLModel], int]:
    if case.whose == "nobody's" or (not case.whose and case.method == "GET"):
        return {}
    if not case.whose and expected(case) in CLOSED:
        return {}
    whose = C if case.whose == "other's" else case.role.in_name_of or A
    return plant_for(company, whose, number)


def part_of(
    company: Company, case: Case, name: str, planted: Mapping[type[SQLModel], int]
) -> str | int:
    if name in PARTS:
        return PARTS[name]
    if name == "slug":
        return (
            "nobody"
            if case.whose == "nobody's"
            else company.slugs[LEFT if case.whose == "left" else A]
        )
    if name == "code":
        return code_of(company.app, "R1")
    if name == "event_id":
        return 1
    if name == "digest":
        return "0" * 64
    if case.rule.endpoint.startswith("office.") and name.endswith("number"):
        return NOBODY
    words = case.rule.rule.split("/")
    table = next((NUMBERED[word] for word in reversed(words) if word in NUMBERED), None)
    if name not in ("number", "good_id") or table is None:
        raise Deviation(f"{case.rule.rule}: nobody knows whose <{name}> is")
    return planted.get(table, NOBODY)


def fits(case: Case, status: int, where: str, company: Company, seen: dict[str, int]) -> bool:
    """Whether an answer is the expected one."""
    wanted = expected(case)
    at_door = (status == 302 and "/ieiet" in where) or status == 401
    if status >= 500 or status == 405:
        return status == 503 and case.rule.endpoint == "doors.ready"
    if wanted == "as a visitor":
        key = f"{case.rule.rule} {case.whose}"
        return seen.setdefault(key, status) == status or (
            case.rule.endpoint in SIGNS and status in (302, 303)
        )
    if wanted == "in":
        named = case.whose in ("own", "A's", "left") and case.rule.endpoint not in FILES
        return not at_door and status != 403 and not (named and status == 404)
    return {
        "any": True,
        "door": at_door,
        "elsewhere": status == 302 and where.endswith("/parvalde/tirgotaji"),
        "day": status == 302 and where.endswith("/parvalde/sodien"),
        "refused": status == 403,
        "missing": status == 404,
    }[wanted]


def asked(company: Company, only: str = "") -> list[Case]:
    """The cells that are asked for: all on SQLite, on PostgreSQL those that look something up.

    Where only the asker is looked up, PostgreSQL is asked once for each role, blueprint and method.
    """
    table = [case for case in cases(company.app) if case.rule.endpoint.startswith(only)]
    if only or company.database.engine.dialect.name == "sqlite":
        return table
    known = set()
    found = []
    for case in table:
        key = (_expected_or_none(case), case.role, case.rule.endpoint.split(".")[0], case.method)
        if key[0] not in CLOSED or key not in known:
            found.append(case)
        known.add(key)
    return found


def _expected_or_none(case: Case) -> str | None:
    try:
        return expected(case)
    except Deviation:
        return None


def deviations(company: Company, only: str = "") -> list[str]:
    """The cells of the table that are not as they must be; with `only` of one blueprint."""
    found, seen = [], dict[str, int]()
    for number, case in enumerate(asked(company, only)):
        said = f"{case.method} {case.rule.rule} {case.whose} by {case.role.name}"
        try:
            status, where = answer(company, case, number)
            if not fits(case, status, where, company, seen):
                found.append(f"{said}: {status} {where}, not {expected(case)}")
        except Deviation as deviation:
            found.append(f"{said}: {deviation}")
    return found


@pytest.fixture
def company(demo_app: Flask) -> Company:
    """Everybody who may ask."""
    return company_of(demo_app)


def test_everybody_gets_in_everywhere_what_is_theirs_and_nothing_else(company: Company):
    before = belongings(company, C)
    table = list(cases(company.app))
    assert len(table) > 1000
    assert deviations(company) == []
    after = belongings(company, C)
    planted = ("good", "photograph", "absence", "recording", "change")
    assert {name: rows for name, rows in after.items() if name not in planted} == {
        name: rows for name, rows in before.items() if name not in planted
    }
    for name in planted:
        assert set(map(repr, before[name])) <= set(map(repr, after[name]))


def test_what_is_the_vendors_alone_is_closed_to_whoever_works_for_them(company: Company):
    closed = {
        word
        for rule in company.app.url_map.iter_rules()
        if company.app.view_functions[rule.endpoint] in ALONE
        for word in set(rule.rule.split("/")) & ALONE_BY_WORD
    }
    assert closed == ALONE_BY_WORD


def test_a_page_without_its_guard_is_noticed(company: Company, monkeypatch: pytest.MonkeyPatch):
    """The twin: the guard of the own stall is gone."""
    monkeypatch.setitem(company.app.before_request_funcs, "own", [])
    found = deviations(company, "own.good")
    assert any("by reader who once worked for A: 200" in one for one in found)


def test_an_object_looked_up_without_its_owner_is_noticed(
    company: Company, monkeypatch: pytest.MonkeyPatch
):
    """The twin: a good is looked up by its number alone."""
    import app.pages.vendor.taps

    monkeypatch.setattr(
        app.pages.vendor.taps,
        "good_of",
        lambda session, _vendor_id, number: session.get(Good, number),
    )
    found = deviations(company, "own.tap_")
    assert any("other's" in one for one in found)
    assert not any("own by" in one for one in found)


def test_a_page_nobody_has_thought_of_is_noticed(company: Company):
    """The twin: new pages, one under no rule, one with a number of something unknown."""
    company.app.add_url_rule("/lv/jauna", "new.page", lambda: "")
    company.app.add_url_rule("/lv/mans/jaunums/<int:number>", "own.news", lambda number: "")
    found = deviations(company, "new.") + deviations(company, "own.news")
    assert any("no rule" in one for one in found)
    assert any("nobody knows" in one for one in found)
