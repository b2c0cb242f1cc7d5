"""`flask print signs`: every printed code belongs to the stall printed beside it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from app.database import Database
from app.languages import speaking
from app.paper.sheet import Sheet
from app.paper.signs import PrintedSign, signs_on_plan, signs_sheet
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.signs.drawing import sign_address
from tests.reading_paper import codes_of, texts_of, wrong_pairs

PUBLIC_URL = "https://tirgus.example"
DAY = date(2026, 11, 24)
MADE = datetime(2026, 11, 24, 10)
HOSTILE = '<img src=x onerror=alert(1)> ${7*7} `x` **B** =cmd|"/C" (\\) %(x)s {{ y }}'


@pytest.fixture(autouse=True)
def no_letter_is_missing(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """fpdf2 only logs that a font lacks a letter; here that is a failure."""
    yield
    said = [record.getMessage() for record in caplog.get_records("call")]
    assert not [message for message in said if "missing" in message]


@pytest.fixture
def market(empty_app: Flask) -> Database:
    """Eleven stalls on two sites, and one that stands only next year."""
    found: Database = empty_app.extensions["database"]
    with found.writing() as session:
        for site_slug, zone_code, zone_name, numbers in (
            ("laukums", "B", HOSTILE, ("B1", "B2")),
            ("tirgus", "S", "Stādu laukums", ("S1", "S2B", "ŠĶ103")),
            (
                "tirgus",
                "G",
                "Garās galdu rindas pie vecās ugunsdzēsēju depo sienas",
                tuple("123456"),
            ),
        ):
            zone = _zone(session, site_slug, zone_code, zone_name)
            for position, number in enumerate(numbers, start=1):
                _stall(session, zone, number, position, date(2026, 1, 1))
        _stall(session, zone, "777", 99, date(2027, 1, 1))
        session.commit()
    return found


def _zone(session: Session, site_slug: str, code: str, name: str) -> Zone:
    site = session.exec(select(Site).where(Site.slug == site_slug)).first() or Site(
        slug=site_slug, name={"lv": site_slug}, lat=56.97, lon=23.15, width_m=90, height_m=60
    )
    session.add(site)
    session.flush()
    zone = Zone(code=code, name={"lv": name, "en": "never on paper"}, site_id=site.id)
    session.add(zone)
    session.flush()
    return zone


def _stall(session: Session, zone: Zone, number: str, position: int, since: date) -> None:
    stall = Stall(number=number)
    session.add(stall)
    session.flush()
    session.add(
        StallOnPlan(
            stall_id=stall.id, zone_id=zone.id, row="1", position=position, valid_from=since,
            x_m=position, y_m=1, width_m=2, depth_m=1,
        )
    )  # fmt: skip


def printed(app: Flask, folder: Path, *options: str) -> bytes:
    out = folder / "signs.pdf"
    result = app.test_cli_runner().invoke(args=["print", "signs", *options, str(out)])
    assert result.exit_code == 0, result.output
    return out.read_bytes()


def signs_of(market: Database) -> list[PrintedSign]:
    with market.reading() as session:
        return signs_on_plan(session, DAY, PUBLIC_URL)


def addresses(market: Database) -> dict[str, str]:
    return {sign.number: sign.address for sign in signs_of(market)}


def test_every_code_is_read_and_belongs_to_the_stall_beside_it(
    empty_app: Flask, market: Database, tmp_path: Path
) -> None:
    pdf = printed(empty_app, tmp_path)
    address_of = addresses(market)
    assert len(address_of) == 11
    assert wrong_pairs(pdf, address_of) == []
    assert {code.text for code in codes_of(pdf)} == set(address_of.values())


def test_twin_a_wrong_pairing_is_found(empty_app: Flask, market: Database, tmp_path: Path) -> None:
    printed(empty_app, tmp_path)
    signs = signs_of(market)
    first, second, *others = signs
    exchanged = [
        PrintedSign(first.number, first.zone, second.code, second.address),
        PrintedSign(second.number, second.zone, first.code, first.address),
        *others,
    ]
    pdf = bytes(signs_sheet(exchanged, PUBLIC_URL, MADE).output())
    found = wrong_pairs(pdf, addresses(market))
    assert found.count(f"{second.address} stands beside {first.number}") == 2
    assert found.count(f"{first.address} stands beside {second.number}") == 2
    wrong_letters = [PrintedSign(first.number, first.zone, second.code, first.address), *signs[1:]]
    pdf = bytes(signs_sheet(wrong_letters, PUBLIC_URL, MADE).output())
    assert len(wrong_pairs(pdf, addresses(market))) == 2


def test_two_sizes_and_modules_of_at_least_0_8_mm(
    empty_app: Flask, market: Database, tmp_path: Path
) -> None:
    codes = codes_of(printed(empty_app, tmp_path, "--stall", "S1"))
    widths = [code.box.right - code.box.left for code in codes]
    # 29 modules without the quiet zone of 2 × 4: the whole is 48 and 40 mm wide.
    assert [round(width * 37 / 29) for width in widths] == [48, 40]
    assert min(widths) / 29 >= 0.8


def test_an_address_too_long_for_the_label_is_not_printed() -> None:
    address = sign_address("https://" + "tirgus-" * 12 + "tukums.example", "22222")
    with pytest.raises(ValueError, match=r"less than 0\.8 mm"):
        PrintedSign("A1", "Galdu rindas", "22222", address)


def test_signs_come_by_zone_and_position_and_only_from_the_plan_of_the_day(
    empty_app: Flask, market: Database, tmp_path: Path
) -> None:
    def numbers(*options: str) -> list[str]:
        texts = texts_of(printed(empty_app, tmp_path, *options))
        return [text.text for text in texts if text.text in known]

    known = {*"123456", "S1", "S2B", "ŠĶ103", "B1", "B2", "777"}
    of_the_day = ["B1", "B2", *"123456", "S1", "S2B", "ŠĶ103"]
    assert numbers() == of_the_day * 2
    assert "777" in numbers("--day", "2027-07-17")
    assert numbers("--stall", "s2b", "--stall", "ŠĶ103") == ["S2B", "ŠĶ103"] * 2


def test_a_sign_says_in_latvian_and_english_what_happens_and_that_no_money_is_asked(
    empty_app: Flask, market: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking("en"):
        pdf = printed(empty_app, tmp_path, "--stall", "S1")
    texts = texts_of(pdf)
    for page in (0, 1):
        heights = {text.text: text.box.bottom - text.box.top for text in texts if text.page == page}
        for latvian, english in (
            ("Noskenējiet un satieciet saimniecību", "Scan and meet the farm"),
            (
                "Šī lapa nekad neprasa naudu, paroli vai bankas datus.",
                "This page never asks for money, a password or bank details.",
            ),
        ):
            assert heights[latvian] > heights[english]
        assert max(heights, key=heights.__getitem__) == "S1"
        assert any("tirgus.example/S" in text for text in heights)
    assert {"Tukuma tirgus", "Stādu laukums"} <= {text.text for text in texts}
    assert "never on paper" not in {text.text for text in texts}


def test_a_hostile_zone_name_stays_text(empty_app: Flask, market: Database, tmp_path: Path) -> None:
    pdf = printed(empty_app, tmp_path, "--stall", "B1")
    assert HOSTILE in {text.text for text in texts_of(pdf)}


def test_our_fonts_have_all_letters_of_latvian_and_russian() -> None:
    letters = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ „“–…€ абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    sheet = Sheet("Burti", MADE)
    sheet.add_page()
    for row, face in enumerate(("regular", "semibold", "bold", "black")):
        sheet.put_line(letters, 10, 20 + 10 * row, 190, points=12, face=face)
    assert [text.text for text in texts_of(bytes(sheet.output()))] == [letters] * 4


def test_twin_a_missing_letter_is_noticed(caplog: pytest.LogCaptureFixture) -> None:
    sheet = Sheet("Burti", MADE)
    sheet.add_page()
    sheet.put_line("✂", 10, 20, 190, points=12)
    sheet.output()
    assert "missing the following glyphs" in caplog.text
    caplog.clear()


def test_a_line_too_long_gets_smaller_and_then_ends_in_dots() -> None:
    sheet = Sheet("Burti", MADE)
    sheet.add_page()
    sheet.put_line("Garās galdu rindas", 10, 20, 20, points=20)
    sheet.put_line("Garās galdu rindas " * 9, 10, 30, 20, points=20)
    smaller, shortened = texts_of(bytes(sheet.output()))
    assert smaller.text == "Garās galdu rindas"
    assert shortened.text.startswith("Garās galdu")
    assert shortened.text.endswith("…")
    assert all(line.box.right <= 30.1 for line in (smaller, shortened))


def test_stalls_get_their_signs_once(empty_app: Flask, market: Database, tmp_path: Path) -> None:
    run = empty_app.test_cli_runner()
    first = run.invoke(args=["print", "signs", str(tmp_path / "a.pdf")])
    assert "Izdots 12 jaunu zīmju." in first.output
    assert "11 zīmju" in first.output
    before = addresses(market)
    second = run.invoke(args=["print", "signs", str(tmp_path / "b.pdf")])
    assert "Izdot" not in second.output
    assert addresses(market) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stall", "A99", "--stall", "S1"], "Šo vietu nav 2026-11-24 plānā: A99"),
        (["--day", "2020-01-01"], "2020-01-01 plānā nav nevienas tirdzniecības vietas."),
    ],
)
def test_what_cannot_be_printed_is_said(
    empty_app: Flask, market: Database, tmp_path: Path, arguments: list[str], said: str
) -> None:
    out = tmp_path / "signs.pdf"
    result = empty_app.test_cli_runner().invoke(args=["print", "signs", *arguments, str(out)])
    assert result.exit_code != 0
    assert said in result.output
    assert not out.exists()


@pytest.mark.parametrize("public_url", ["https://tūkums.lv", "https://" + "a" * 70 + ".example"])
def test_an_address_that_fits_no_sign_is_said(
    empty_app: Flask, market: Database, tmp_path: Path, public_url: str
) -> None:
    empty_app.config["PUBLIC_URL"] = public_url
    out = tmp_path / "signs.pdf"
    result = empty_app.test_cli_runner().invoke(args=["print", "signs", str(out)])
    assert result.exit_code != 0
    assert "nav derīga zīmei" in result.output
    assert not out.exists()


def test_an_address_of_this_computer_only_is_warned_of(
    empty_app: Flask, market: Database, tmp_path: Path
) -> None:
    empty_app.config["PUBLIC_URL"] = "http://localhost:8000"
    result = empty_app.test_cli_runner().invoke(
        args=["print", "signs", str(tmp_path / "signs.pdf")]
    )
    assert result.exit_code == 0
    assert "http://localhost:8000" in result.output
