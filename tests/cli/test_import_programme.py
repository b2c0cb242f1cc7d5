"""Two programmes as they were really published: taken as they are, understood, and asked about."""

import os
import pty
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import col, select

from app.database import Database
from app.tables.files import read_file
from app.tables.programme import programme_headings, read_programme
from market.programme.models import Event, Venue
from tests.cli.lists import DATA, as_csv, good, refused, run

AUGUST = DATA / "pasakumi-2024-augusts.csv"
ROSES = DATA / "rozu-svetki.csv"
TODAY = date(2026, 11, 24)


def _noticed(file: Path) -> dict[int, list[str]]:
    """What each line of a programme lets one remark or ask."""
    (sheet,) = read_file(file).sheets
    headings = programme_headings(sheet)
    assert headings is not None
    lines, complaints = read_programme(sheet, headings, TODAY)
    assert complaints == []
    return {
        line.entry.line: [
            *(remark.kind for remark in line.understanding.remarks),
            *(f"{question.kind}?" for question in line.understanding.questions),
        ]
        for line in lines
    }


def test_every_line_of_the_weekend_in_august_is_accounted_for() -> None:
    assert _noticed(AUGUST) == {
        2: [],
        3: [],
        4: ["several_days", "hour_missing"],
        5: ["only_village", "parish_shortened"],
        6: ["only_village", "parish_shortened"],
        7: ["hour_said", "parish_shortened"],
        8: ["hour_missing", "parish_shortened"],
        9: ["parish_shortened"],
        10: ["only_village", "parish_shortened"],
        11: ["only_village", "parish_shortened"],
        12: ["parish_shortened"],
        13: ["postponed?"],
        14: [],
        15: [],
        16: ["parish_shortened"],
        17: ["only_village", "parish_shortened"],
    }


def test_every_line_of_the_rose_festivals_is_accounted_for() -> None:
    assert _noticed(ROSES) == {
        2: ["notes_in_text"],
        3: ["notes_in_text", "venue_missing?"],
        4: ["hour_said"],
        5: ["notes_in_text"],
        6: ["hour_said"],
        7: ["next_day", "route", "notes_in_text", "notes_say_when?"],
        8: ["hour_said"],
        9: ["hour_said"],
        10: ["open_end", "venue_part", "notes_in_text"],
        11: ["hour_missing", "notes_in_text"],
        12: ["hour_missing"],
        13: ["hour_missing"],
        14: ["hour_said"],
        15: ["hour_said"],
        16: ["hour_missing"],
        17: ["hour_missing", "only_village", "notes_in_text", "longer_in_title?"],
    }


AT_THE_DESK = {"set_up_min", "clearing_min", "crosses", "loud", "published"}
"""What only the desk knows of an event; lists of the programme do not tell it."""


def _programme(market: Database) -> list[dict[str, Any]]:
    """Every event with the name of its venue, by day and title; only what is not empty."""
    with market.reading() as session:
        venues = {venue.id: venue.name["lv"] for venue in session.exec(select(Venue))}
        events = session.exec(select(Event).order_by(col(Event.first_day), col(Event.id))).all()
    left_out = {"id", "uid", "venue_id", "festival_id", "sequence", "price", "version"}
    left_out |= AT_THE_DESK
    found = []
    for event in events:
        row = event.model_dump(exclude=left_out) | {"venue": venues.get(event.venue_id)}
        row["title"] = row["title"]["lv"]
        found.append({name: value for name, value in row.items() if value is not None})
    return found


def _event(title: str, first: date, last: date | None = None, **fields: Any) -> dict[str, Any]:
    usual = {"hour": "exact" if "starts" in fields else "to_be_announced", "state": "confirmed"}
    return {"title": title, "first_day": first, "last_day": last or first} | usual | fields


AUGUST_9, AUGUST_10, AUGUST_11 = (date(2024, 8, day) for day in (9, 10, 11))


AUGUST_EVENTS = [
    _event(
        "Mazākumtautību festivāla atklāšana",
        AUGUST_9,
        starts=time(17),
        venue="Kandavas muzeja pagalms",
        parish_code="0051200",
    ),
    _event(
        'Festivāls "Fāze"',
        AUGUST_9,
        AUGUST_10,
        venue="pie Zentenes pils",
        parish_code="0051600",
    ),
    _event(
        "Koncerts estrādē",
        AUGUST_10,
        hour="evening",
        venue="Jaunpils estrāde",
        parish_code="0051450",
    ),
    _event(
        "Jaunsātu svētki, sporta aktivitātes",
        AUGUST_10,
        starts=time(11),
        ends=time(16),
        venue="Jaunsāti",
        parish_code="0051460",
    ),
    _event(
        "Gaisa balonu festivāls",
        AUGUST_10,
        starts=time(10),
        venue="Kandavas lauksaimniecības tehnikuma stadions",
        parish_code="0051200",
        state="postponed",
        state_words={"lv": "pacelšanās pārcelta laikapstākļu dēļ"},
    ),
    _event(
        "Bērnu ansambļa koncerts",
        AUGUST_11,
        starts=time(16),
        venue="Zante",
        parish_code="0051580",
    ),
]
"""Selected lines of the weekend, whole."""


def test_the_weekend_in_august_is_taken_as_it_is(empty_app: Flask, empty_market: Database) -> None:
    good(run(empty_app, "import", "events", AUGUST, "--yes"))
    found = {event["title"]: event for event in _programme(empty_market)}
    assert len(found) == 16
    assert [found[event["title"]] for event in AUGUST_EVENTS] == AUGUST_EVENTS


TUKUMS = {"parish_code": "0051210"}
ROSE_EVENTS = [
    _event(
        'Leļļu teātra izrāde "Rozes smaržos vienmēr"',
        date(2018, 7, 13),
        starts=time(20),
        text={"lv": "biedrība «Ligzda»"},
        **TUKUMS,
    ),
    _event(
        "Koncerti romantiskajā skatuvē",
        date(2018, 7, 14),
        hour="all_day",
        venue="Brīvības laukums",
        **TUKUMS,
    ),
    _event(
        "Rožu sardze: bungotāju gājiens",
        date(2018, 7, 15),
        starts=time(0),
        venue="Pauzera pļavas",
        place="Pauzera pļavas – Brīvības laukums",
        text={"lv": "sākas vēlā vakarā, laukumā pusnaktī"},
        **TUKUMS,
    ),
    _event(
        "Lielā rožu vainaga veidošana",
        date(2023, 7, 22),
        starts=time(10),
        venue="Brīvības laukums",
        place="Rožu laukums",
        text={"lv": "katrs iesprauž līdzpaņemto rozi"},
        **TUKUMS,
    ),
    _event(
        'Dārza svētki "Krāsainais pikniks"',
        date(2023, 7, 23),
        venue="Jaunmoku pils",
        parish_code="0051550",
    ),
    _event(
        "Rožu svētki (17.–20. jūlijs)",
        date(2025, 7, 17),
        date(2025, 7, 20),
        venue="Tukums",
        text={"lv": "vainags, floristu izstāde, Smukumtirdziņš, Rožu vāģu parāde"},
        **TUKUMS,
    ),
]
"""Selected lines of the festivals, whole."""


def test_the_rose_festivals_are_taken_as_they_are(empty_app: Flask, empty_market: Database) -> None:
    good(run(empty_app, "import", "events", ROSES, "--yes"))
    found = {event["title"]: event for event in _programme(empty_market)}
    assert len(found) == 16
    assert [found[event["title"]] for event in ROSE_EVENTS] == ROSE_EVENTS


def test_open_questions_are_listed_and_nothing_is_written(
    empty_app: Flask, empty_market: Database
) -> None:
    output = refused(run(empty_app, "import", "events", ROSES))
    assert [line for line in output.splitlines() if line.startswith("  ? ")] == [
        "  ? No place is given. Enter the event without a place?",
        "  ? The notes speak of the beginning (“sākas vēlā vakarā, laukumā pusnaktī”). "
        "Is the column of times right: 0:00?",
        "  ? The title names several days, the column of days only one. "
        "Does the event last until Sunday, 20 July 2025?",
    ]
    assert "3 questions are open." in output
    assert "Nothing was written." in output
    assert _programme(empty_market) == []


def test_what_was_understood_is_said_line_by_line(empty_app: Flask) -> None:
    output = good(run(empty_app, "import", "events", ROSES, "--dry-run"))
    assert (
        "Line 7: “Rožu sardze: bungotāju gājiens” · Sunday, 15 July 2018, 0:00 · "
        "Pauzera pļavas (Pauzera pļavas – Brīvības laukums), Tukums\n"
        "  · “24.00” is 0.00 of the next day: Sunday, 15 July 2018.\n"
        "  · “Pauzera pļavas – Brīvības laukums” is taken as a way that begins at "
        "“Pauzera pļavas”.\n"
        "  · The notes become the description: “sākas vēlā vakarā, laukumā pusnaktī”.\n"
    ) in output
    assert "A new venue: Pauzera pļavas." in output


def test_lines_with_questions_can_be_left_out(empty_app: Flask, empty_market: Database) -> None:
    output = good(run(empty_app, "import", "events", ROSES, "--skip-bad"))
    assert output.count("→ Left out.") == 3
    assert len(_programme(empty_market)) == 13


@pytest.mark.parametrize("file", [AUGUST, ROSES], ids=["august", "roses"])
def test_the_same_file_twice_changes_nothing_and_asks_nothing(
    empty_app: Flask, empty_market: Database, file: Path
) -> None:
    good(run(empty_app, "import", "events", file, "--yes"))
    before = _programme(empty_market)
    output = good(run(empty_app, "import", "events", file))
    assert "The market has all of this already: 16." in output
    assert "  ? " not in output
    assert _programme(empty_market) == before


def test_what_the_office_decided_since_is_not_undone(
    empty_app: Flask, empty_market: Database
) -> None:
    good(run(empty_app, "import", "events", AUGUST, "--yes"))
    with empty_market.writing() as session:
        event = session.exec(select(Event).order_by(col(Event.id))).first()
        assert event is not None
        event.state, event.price = "cancelled", "paid"
        session.commit()
    good(run(empty_app, "import", "events", AUGUST, "--yes"))
    with empty_market.reading() as session:
        event = session.exec(select(Event).order_by(col(Event.id))).first()
    assert event is not None
    assert (event.state, event.price) == ("cancelled", "paid")


def test_a_day_that_nobody_can_read_is_a_bad_cell(empty_app: Flask, tmp_path: Path) -> None:
    usual = {"Datums": "05.12.2026", "Pasākums": "Koncerts", "Vieta": "Durbes pils"}
    rows = [usual | {"Datums": "drīz"}, usual | {"Pasākums": ""}, usual]
    file = as_csv(tmp_path / "e.csv", rows)
    output = refused(run(empty_app, "import", "events", file))
    assert "Line 2, column “Datums”: “drīz”. No day could be read here." in output
    assert "Line 3, column “Pasākums”: empty. The title is missing." in output
    assert "New: 1." in good(run(empty_app, "import", "events", file, "--skip-bad"))


def test_two_of_the_same_title_on_one_day_are_two_events(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    usual = {"Datums": "05.12.2026", "Pasākums": "Izrāde", "Vieta": "Kultūras nams"}
    file = as_csv(tmp_path / "e.csv", [usual | {"Laiks": "12.00"}, usual | {"Laiks": "16.00"}])
    good(run(empty_app, "import", "events", file))
    good(run(empty_app, "import", "events", file))
    assert [event["starts"] for event in _programme(empty_market)] == [time(12), time(16)]


def _on_a_terminal(address: str, folder: Path, typed: str) -> str:
    """Run the import of the August programme as somebody who sits at a terminal."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "DATA_DIR": str(folder),
        "NOW": "2026-11-24T10:00",
        "LANG": "en_GB.UTF-8",
    }
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "flask", "--app", "app:create_app", "import", "events"]
    process = subprocess.Popen(
        [*command, str(AUGUST)],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        cwd=Path(__file__).parent.parent.parent,
    )
    os.close(terminal)
    os.write(keyboard, typed.encode())
    output, _none = process.communicate(timeout=60)
    os.close(keyboard)
    return output.decode()


@pytest.mark.parametrize(
    ("typed", "state", "organiser"),
    [("y\n", "postponed", None), ("n\n", "confirmed", "pacelšanās pārcelta laikapstākļu dēļ")],
)
def test_at_a_terminal_one_is_asked(
    empty_address: str,
    empty_market: Database,
    tmp_path: Path,
    typed: str,
    state: str,
    organiser: str | None,
) -> None:
    output = _on_a_terminal(empty_address, tmp_path, typed)
    assert "looks like a postponement. Enter it as postponed? [Y/n]" in output
    assert "Written. New: 16." in output
    with empty_market.reading() as session:
        events = session.exec(select(Event)).all()
    (balloons,) = [event for event in events if "balonu" in event.title["lv"]]
    assert (balloons.state, balloons.organiser) == (state, organiser)
