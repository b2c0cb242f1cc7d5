"""The JSON under `/api/v1/`: it is what its description says, and says nothing that is private."""

import copy
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlmodel import select

from app.api.resources import RESOURCES
from app.database import Database
from market.days.models import Placement
from tests.careful_client import CarefulClient
from tests.pages.open_data import (
    HOSTILE,
    LISTS,
    NEVER,
    SECRETS,
    TABLES,
    TODAY,
    lines_of,
    plant,
    texts_in,
)
from vendors.registry.models import Vendor

DESCRIPTION = "/api/v1/openapi.json"
MARKET_DAYS = ("2026-11-21", "2026-11-24", "2026-11-28", "2026-11-30", "2027-07-17", "2029-02-28")
ASKED = (
    *LISTS,
    "/api/v1/vendors/ainas-puku-darzs",
    DESCRIPTION,
    *(f"/api/v1/stalls?diena={day}" for day in MARKET_DAYS),
    "/api/v1/stalls?laukums=tirgus&lapa=2&skaits=7",
    "/api/v1/vendors?sodien=1&sezona=1",
    "/api/v1/vendors?q=medus&lapa=3&skaits=1",
    "/api/v1/vendors?kategorija=honey&pagasts=irlavas-pagasts",
    "/api/v1/events?no=2026-11-24&lidz=2026-12-31",
    "/api/v1/events?pagasts=tukums&skaits=3",
    "/api/v1/parishes?lapa=9",
)


@pytest.fixture
def planted(empty_app: Flask) -> Database:
    """The market of `open_data.py`."""
    return plant(empty_app)


@pytest.fixture
def reader(empty_app: Flask, planted: Database) -> CarefulClient:
    """A reader of that market."""
    return CarefulClient(empty_app)


def items_of(client: CarefulClient, address: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.fetch(address).get_json()["items"]
    return items


# The description.


def described_path(description: dict[str, Any], address: str) -> str:
    """The path of the description that an address belongs to."""
    path = address.partition("?")[0]
    if path in description["paths"]:
        return path
    return f"{path.rsplit('/', 1)[0]}/{{slug}}"


def faults(description: dict[str, Any], address: str, status: int, answer: object) -> list[str]:
    """What in an answer is not as its description says."""
    answers = description["paths"][described_path(description, address)]["get"]["responses"]
    [content] = answers[str(status)]["content"].values()
    schema = {**content["schema"], "components": description["components"]}
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in checker.iter_errors(answer)]


def problems_of(description: dict[str, Any]) -> list[str]:
    return [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()]


def test_the_description_is_openapi(visitor: CarefulClient) -> None:
    description = visitor.fetch(DESCRIPTION).get_json()
    assert (description["openapi"], problems_of(description)) == ("3.1.0", [])
    assert description["servers"] == [{"url": "https://tirgus.example"}]
    # Twin: a description that is none.
    del description["paths"]["/api/v1/stalls"]["get"]["responses"]
    description["paths"]["/api/v1/vendors"]["get"]["parameters"][0]["in"] = "nowhere"
    assert len(problems_of(description)) >= 1


def undescribed(app: Flask, description: dict[str, Any]) -> set[str]:
    """Addresses that exist and are not described, or are described and do not exist."""
    exist = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    return exist ^ set(description["paths"])


def test_what_exists_is_described_and_what_is_described_exists(visitor: CarefulClient) -> None:
    description = visitor.fetch(DESCRIPTION).get_json()
    assert undescribed(visitor.app, description) == set()
    assert {f"/api/v1/{resource.name}" for resource in RESOURCES} <= set(description["paths"])
    # Twin: an address that nobody described.
    del description["paths"]["/api/v1/events"]
    assert undescribed(visitor.app, description) == {"/api/v1/events"}


@pytest.mark.parametrize("address", ASKED)
def test_every_answer_is_as_described(visitor: CarefulClient, address: str) -> None:
    description = visitor.fetch(DESCRIPTION).get_json()
    answer = visitor.fetch(address)
    assert answer.mimetype == "application/json"
    assert faults(description, address, 200, answer.get_json()) == []


@pytest.mark.parametrize("address", [*LISTS, "/api/v1/vendors/naidigs"])
def test_answers_about_a_hostile_market_are_as_described(
    reader: CarefulClient, address: str
) -> None:
    description = reader.fetch(DESCRIPTION).get_json()
    assert faults(description, address, 200, reader.fetch(address).get_json()) == []


SPOILING: dict[str, Callable[[dict[str, Any]], object]] = {
    "a stall without its sign": lambda stall: stall.pop("sign"),
    "more than is described": lambda stall: stall.update(seniority=1),
    "a number as text": lambda stall: stall.update(lat="56,97"),
    "a day that is none": lambda stall: stall.update(day="2026-02-30"),
    "an unknown kind": lambda stall: stall.update(kind="castle"),
    "an hour as people say it": lambda stall: stall.update(opens="8.00"),
    "words without Latvian": lambda stall: stall.update(zone_name={"en": "Tables"}),
    "an unknown presence": lambda stall: stall.update(presence="asleep"),
}


@pytest.mark.parametrize("what", SPOILING)
def test_an_answer_that_is_not_as_described_is_noticed(visitor: CarefulClient, what: str) -> None:
    description = visitor.fetch(DESCRIPTION).get_json()
    answer = visitor.fetch("/api/v1/stalls").get_json()
    SPOILING[what](answer["items"][0])
    assert faults(description, "/api/v1/stalls", 200, answer) != []


def parameters(description: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for path, asked in description["paths"].items():
        for parameter in asked["get"]["parameters"]:
            if parameter["in"] == "query":
                yield path, parameter["name"]


def test_every_described_parameter_is_understood(visitor: CarefulClient) -> None:
    description = visitor.fetch(DESCRIPTION).get_json()
    found = list(parameters(description))
    assert len(found) == 4 + 7 + 5 + 2
    for path, name in found:
        address = f"{path}?{name}={'x' * 200}"
        problem = visitor.fetch(address, 400).get_json()
        assert [error["parameter"] for error in problem["errors"]] == [name]
        assert faults(description, address, 400, problem) == []
    for path, schema in (
        (path, parameter["schema"] | {"name": parameter["name"]})
        for path, asked in description["paths"].items()
        for parameter in asked["get"]["parameters"]
    ):
        for value in (*schema.get("enum", ()), *filter(None, (schema.get("default"),))):
            visitor.fetch(f"{path}?{schema['name']}={value}")


@pytest.mark.parametrize(
    ("address", "parameter", "said"),
    [
        ("/api/v1/stalls?diena=24.11.2026", "diena", "2026-11-24"),
        ("/api/v1/stalls?diena=2026-02-30", "diena", "2026-11-24"),
        ("/api/v1/stalls?diena=1795392000", "diena", "2026-11-24"),
        ("/api/v1/stalls?diena=9999-12-31", "diena", "2026-11-24"),
        ("/api/v1/stalls?diena=0001-01-01", "diena", "2026-11-24"),
        ("/api/v1/stalls?laukums=nav", "laukums", "tirgus"),
        ("/api/v1/stalls?lapa=0", "lapa", "no 1"),
        ("/api/v1/stalls?lapa=-1", "lapa", "no 1"),
        ("/api/v1/stalls?lapa=1e3", "lapa", "no 1"),
        ("/api/v1/stalls?lapa=٣", "lapa", "no 1"),
        (f"/api/v1/stalls?lapa={'9' * 99}", "lapa", "no 1"),
        ("/api/v1/stalls?skaits=501", "skaits", "līdz 500"),
        ("/api/v1/vendors?pagasts=0051440", "pagasts", "irlavas-pagasts"),
        ("/api/v1/vendors?kategorija=gold", "kategorija", "honey"),
        ("/api/v1/vendors?sodien=jā", "sodien", "1 vai 0"),
        ("/api/v1/vendors?q=%E2%80%AEabc", "q", "neredzamas"),
        ("/api/v1/vendors?q=010190-12345", "q", "personas koda"),
        ("/api/v1/events?no=2026-12-01&lidz=2026-11-30", "lidz", "pirms"),
        ("/api/v1/events?no=rīt", "no", "2026-11-24"),
        ("/dati/events.csv?no=rīt", "no", "2026-11-24"),
    ],
)
def test_what_cannot_be_understood_is_named_in_latvian(
    visitor: CarefulClient, address: str, parameter: str, said: str
) -> None:
    answer = visitor.fetch(address, 400)
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert (problem["title"], problem["status"]) == ("Vaicājums nav saprotams", 400)
    [error] = problem["errors"]
    assert (error["parameter"], said in error["detail"]) == (parameter, True)
    assert problem["detail"] == f"{parameter}: {error['detail']}"


def test_several_wrong_parameters_are_all_named(visitor: CarefulClient) -> None:
    problem = visitor.fetch("/api/v1/vendors?sodien=2&lapa=x&pagasts=y", 400).get_json()
    assert {error["parameter"] for error in problem["errors"]} == {"sodien", "lapa", "pagasts"}


def test_empty_and_unknown_parameters_change_nothing(visitor: CarefulClient) -> None:
    plain = visitor.fetch("/api/v1/stalls").data
    assert visitor.fetch("/api/v1/stalls?diena=&laukums=%20&fbclid=1").data == plain


@pytest.mark.parametrize("address", ["/api/v1/vendors/nav", "/api/v1/vendors/pauze", "/api/v1/nav"])
def test_what_is_not_there_is_a_problem(reader: CarefulClient, address: str) -> None:
    answer = reader.fetch(address, 404)
    assert answer.mimetype == "application/problem+json"
    description = reader.fetch(DESCRIPTION).get_json()
    assert faults(description, "/api/v1/vendors/nav", 404, answer.get_json()) == []


# Lists.


@pytest.mark.parametrize("address", LISTS)
def test_parts_make_up_the_whole_list(visitor: CarefulClient, address: str) -> None:
    whole = visitor.fetch(address).get_json()
    assert whole["total"] == len(whole["items"]) > 20
    parts = []
    for number in range(1, 50):
        part = visitor.fetch(f"{address}?skaits=13&lapa={number}").get_json()
        assert part["total"] == whole["total"]
        if not part["items"]:
            break
        parts += part["items"]
    assert parts == whole["items"]


def test_stalls_say_where_they_are_which_sign_they_carry_and_who_has_them(
    reader: CarefulClient,
) -> None:
    stalls = {stall["id"]: stall for stall in items_of(reader, "/api/v1/stalls")}
    assert list(stalls) == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert stalls["A1"] == {
        "day": "2026-11-24",
        "id": "A1",
        "site": "tirgus",
        "zone": "G",
        "zone_name": {"lv": HOSTILE},
        "row": "A",
        "position": 1,
        "kind": "table",
        "lat": 56.965455,
        "lon": 23.154365,
        "width_m": 2.0,
        "depth_m": 1.5,
        "power_kw": 0.0,
        "water": False,
        "roof": False,
        "opens": "08:00",
        "closes": "14:00",
        "sign": "33333",
        "vendor": "kirsi",
        "presence": "absent",
    }
    told = {
        number: (stall["sign"], stall["vendor"], stall["presence"], stall["opens"])
        for number, stall in stalls.items()
    }
    assert told == {
        "A1": ("33333", "kirsi", "absent", "08:00"),
        "A2": (None, "naidigs", "expected", "08:00"),
        "A3": (None, None, None, "08:00"),
        "A4": (None, None, None, "08:00"),
        "A5": (None, "rada", "expected", None),
        "A6": (None, None, None, None),
    }


def test_a_day_has_its_own_plan_and_its_own_holders(reader: CarefulClient) -> None:
    later = items_of(reader, "/api/v1/stalls?diena=2027-01-05")
    assert [stall["id"] for stall in later] == ["A1", "A2", "A3", "A5", "A6"]
    assert {(stall["day"], stall["vendor"]) for stall in later} == {("2027-01-05", None)}
    assert items_of(reader, "/api/v1/stalls?diena=2025-12-31") == []
    assert [stall["id"] for stall in items_of(reader, "/api/v1/stalls?laukums=laukums")] == [
        "A5",
        "A6",
    ]


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-28"])
def test_the_sign_and_the_data_name_the_same_vendor(visitor: CarefulClient, day: str) -> None:
    stalls = items_of(visitor, f"/api/v1/stalls?diena={day}&laukums=tirgus")
    taken = [stall for stall in stalls if stall["vendor"] and stall["presence"] != "absent"]
    assert len(taken) > 10
    visitor.app.config["NOW"] = visitor.app.config["NOW"].replace(day=int(day[-2:]))
    for stall in taken[::4]:
        page = visitor.get(f"/S/{stall['sign']}")
        assert f'/lv/tirgotaji/{stall["vendor"]}"' in page.html


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["naidigs", "kirsi", "rada"]),
        ("q=kirsi", ["kirsi"]),
        ("q=ZEMENES", ["naidigs", "kirsi", "rada"]),
        ("q=strawberries", ["naidigs", "kirsi", "rada"]),
        ("q=%25", ["naidigs"]),
        ("q=slepenais", []),
        ("pagasts=irlavas-pagasts", ["kirsi", "rada"]),
        ("kategorija=berries&pagasts=irlavas-pagasts", ["kirsi", "rada"]),
        ("kategorija=honey", []),
        ("sodien=1", ["naidigs", "rada"]),
        ("sodien=0", ["naidigs", "kirsi", "rada"]),
        ("sezona=1", []),
    ],
)
def test_vendors_are_found_as_on_their_page(
    reader: CarefulClient, question: str, expected: list[str]
) -> None:
    found = reader.fetch(f"/api/v1/vendors?{question}").get_json()
    assert sorted(vendor["slug"] for vendor in found["items"]) == sorted(expected)
    assert found["total"] == len(expected)


def test_a_vendor_tells_facts_goods_and_stories(reader: CarefulClient) -> None:
    vendor = reader.fetch("/api/v1/vendors/rada").get_json()
    good = vendor.pop("goods")
    assert vendor == {
        "slug": "rada",
        "name": "Rāda visu",
        "address": "https://tirgus.example/lv/tirgotaji/rada",
        "kind": "farm",
        "parish": "irlavas-pagasts",
        "other_place": None,
        "since": None,
        "organic_certificate": "LV-BIO-05-1",
        "phone": "+37126777002",
        "email": "redzams@pasts.example",
        "farm": {"lat": 56.91, "lon": 22.81},
        "stalls_today": ["A5"],
        "presence_today": "expected",
        "story": {},
        "photographs": [],
    }
    assert good == [
        {
            "category": "berries",
            "kind": "strawberries",
            "name": {"lv": "Zemenes"},
            "price_cents": 350,
            "amount": 500,
            "unit": "g",
            "net_amount": None,
            "net_unit": None,
            "unit_price": {"cents": 700, "unit": "kg"},
            "months": [1, 12],
            "origin": "grown",
            "allergens": None,
            "state": "available",
            "confirmed_on": "2026-11-23",
        }
    ]
    [photograph] = reader.fetch("/api/v1/vendors/kirsi").get_json()["photographs"]
    assert photograph["address"] == f"https://tirgus.example/attels/{'ab' * 32}-1600.jpg"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["c", "b", "a"]),
        ("no=2026-11-24", ["b", "a"]),
        ("no=2026-11-25", ["b"]),
        ("lidz=2026-11-23", ["c"]),
        ("no=1900-01-01&lidz=2999-12-31", ["c", "b", "a"]),
        ("pagasts=irlavas-pagasts", ["b"]),
        ("pagasts=pures-pagasts", ["a"]),
    ],
)
def test_events_are_found_by_day_and_parish(
    reader: CarefulClient, question: str, expected: list[str]
) -> None:
    found = reader.fetch(f"/api/v1/events?{question}").get_json()
    assert [event["uid"] for event in found["items"]] == expected
    assert found["total"] == len(expected)


def test_an_event_tells_hours_place_and_addresses(reader: CarefulClient) -> None:
    night, evening = items_of(reader, "/api/v1/events?no=2026-11-24")
    assert (night["first_day"], night["last_day"]) == ("2026-11-24", "2026-11-25")
    assert (night["starts"], night["ends"], night["hour_words"]) == ("22:00", "01:00", None)
    assert (night["parish"], night["festival"]) == ("irlavas-pagasts", "svetki")
    assert (evening["starts"], evening["hour"]) == (None, "evening")
    assert evening["hour_words"] == {"lv": "vakarā", "en": "in the evening"}
    for event in (night, evening):
        reader.get(event["address"].removeprefix("https://tirgus.example"))
        calendar = reader.fetch(event["calendar"].removeprefix("https://tirgus.example"))
        assert calendar.mimetype == "text/calendar"


def test_every_parish_is_there_also_without_vendors(reader: CarefulClient) -> None:
    parishes = items_of(reader, "/api/v1/parishes")
    assert len(parishes) == 23
    assert {parish["slug"]: parish["vendors"] for parish in parishes if parish["vendors"]} == {
        "irlavas-pagasts": 2
    }
    names = {parish["slug"]: parish["name"] for parish in parishes}
    assert names["irlavas-pagasts"] == {"lv": "Irlavas pagasts", "en": "Irlava Parish"}


# What is private, and what is hostile.


def private_in(text: str) -> list[str]:
    """Private values of the planted market that stand in a text."""
    secrets = [str(value) for value in (SECRETS | NEVER).values()]
    secrets += [value.replace(".", ",") for value in secrets]
    return sorted({value for value in (*secrets, "Slepenais", "pauze") if value in text})


@pytest.mark.parametrize(
    "address",
    [
        *LISTS,
        *TABLES,
        "/api/v1/vendors/kirsi",
        "/api/v1/vendors?q=kirsi",
        "/api/v1/stalls?diena=2027-01-05",
    ],
)
def test_nothing_private_is_told(reader: CarefulClient, planted: Database, address: str) -> None:
    assert private_in(reader.fetch(address).get_data(as_text=True)) == []
    # Twin: a row sent as it is.
    with planted.reading() as session:
        row = session.exec(select(Vendor).where(Vendor.slug == "kirsi")).one()
        assert len(private_in(row.model_dump_json())) >= len(SECRETS | NEVER)


@pytest.mark.parametrize(
    ("switch", "field", "value"),
    [
        ("show_phone", "phone", SECRETS["phone"]),
        ("show_email", "email", SECRETS["email"]),
        (
            "show_farm_place",
            "farm",
            {"lat": SECRETS["farm_lat"], "lon": SECRETS["farm_lon"]},
        ),
    ],
)
def test_each_private_field_is_shown_by_its_own_switch(
    reader: CarefulClient, planted: Database, switch: str, field: str, value: object
) -> None:
    before = reader.fetch("/api/v1/vendors/kirsi").get_json()
    with planted.writing() as session:
        row = session.exec(select(Vendor).where(Vendor.slug == "kirsi")).one()
        setattr(row, switch, True)
        session.add(row)
        session.commit()
    after = reader.fetch("/api/v1/vendors/kirsi").get_json()
    assert (before[field], after[field]) == (None, value)
    assert {name for name in after if after[name] != before[name]} == {field}


@pytest.mark.parametrize(
    ("address", "times"),
    [("/api/v1/stalls", 6), ("/api/v1/vendors", 7), ("/api/v1/events", 6)],
)
def test_a_hostile_text_stays_text(reader: CarefulClient, address: str, times: int) -> None:
    answer = reader.fetch(address)
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == (
        "application/json",
        "nosniff",
    )
    assert list(texts_in(answer.get_json())).count(HOSTILE) == times


# Headers, and the store of pages.


@pytest.mark.parametrize("address", [*LISTS, *TABLES, DESCRIPTION])
def test_any_page_of_the_world_may_read_the_data(visitor: CarefulClient, address: str) -> None:
    headers = visitor.fetch(address).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize(
    "address", ["/lv/", "/dati/", "/lv/tirgotaji", "/programma.ics", "/healthz"]
)
def test_but_nothing_else(visitor: CarefulClient, address: str) -> None:
    assert "Access-Control-Allow-Origin" not in visitor.fetch(address).headers


def test_a_page_of_elsewhere_also_learns_what_was_wrong(visitor: CarefulClient) -> None:
    answer = visitor.fetch("/api/v1/stalls?diena=x", 400)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


def served(client: CarefulClient, how: str) -> int:
    number: int = client.app.extensions["kept_pages"].served[how]
    return number


@pytest.mark.parametrize(
    ("address", "kept"),
    [("/api/v1/vendors", 1), ("/api/v1/vendors?q=kirsi", 0), ("/dati/goods.csv", 1)],
)
def test_answers_are_kept_unless_something_was_typed(
    reader: CarefulClient, address: str, kept: int
) -> None:
    first = reader.fetch(address).data
    before = served(reader, "kept")
    assert reader.fetch(address).data == first
    assert served(reader, "kept") - before == kept


def test_a_kept_answer_is_never_out_of_date(reader: CarefulClient, planted: Database) -> None:
    before = items_of(reader, "/api/v1/stalls")
    with planted.writing() as session:
        session.delete(session.exec(select(Placement).where(Placement.day == TODAY)).first())
        session.commit()
    after = items_of(reader, "/api/v1/stalls")
    assert sum(stall["vendor"] is not None for stall in before) > sum(
        stall["vendor"] is not None for stall in after
    )


@pytest.mark.parametrize("address", [*LISTS, *TABLES, DESCRIPTION])
def test_data_are_read_only(empty_app: Flask, address: str) -> None:
    client = empty_app.test_client()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address).status_code in (403, 405)


def test_an_empty_market_has_empty_lists(empty_app: Flask) -> None:
    client = CarefulClient(empty_app)
    for address in LISTS[:3]:
        assert client.fetch(address).get_json() == {"items": [], "total": 0}
    for address in TABLES[:4]:
        assert lines_of(client.fetch(address).data) == []


def test_the_answer_does_not_depend_on_what_was_asked_before(visitor: CarefulClient) -> None:
    before = copy.deepcopy(visitor.fetch("/api/v1/vendors").get_json())
    visitor.fetch("/en/")
    visitor.fetch("/api/v1/vendors?q=honey")
    assert visitor.fetch("/api/v1/vendors?skaits=500").get_json() == before
    assert json.dumps(before, ensure_ascii=False).count("tirgus.example/lv/") >= before["total"]
    assert date.fromisoformat(before["items"][0]["goods"][0]["confirmed_on"]) <= TODAY
