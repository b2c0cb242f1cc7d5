"""Backups hold the whole market, come back into either database, and are refused when damaged."""

import json
import random
import sqlite3
import threading
import time as stopwatch
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

import app.keeping.canonical as canonical
from app import create_app
from app.database import Database
from app.keeping.backup import (
    Manifest,
    NotABackupError,
    _seal,
    _write_zip,
    digest_of,
    unpack,
    write_backup,
)
from app.keeping.canonical import NotCanonicalError, read_canonical, write_canonical
from app.keeping.checks import Finding, findings
from app.keeping.restoring import restore
from app.schema import METADATA
from market.days.models import Notice, Placement
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import sites
from market.signs.models import Sign
from tests.conftest import Templates, _demonstration, _only_parishes, close, settings_for
from tests.faults import full_disk
from tests.versions import have_two_versions
from vendors.stories.album import put
from vendors.stories.models import Photograph

NOW = datetime(2026, 11, 24, 10, 0)
TODAY = NOW.date()


def text_of(market: Database, folder: Path) -> dict[str, bytes]:
    """The canonical text of a market, by file."""
    with market.reading() as session:
        write_canonical(session, folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def demo_backup(templates: Templates, tmp_path: Path) -> Path:
    """A backup of the demonstration market with one photograph."""
    folder = tmp_path / "origin"
    folder.mkdir()
    address = templates.copy("sqlite", "demo", _demonstration)
    market = Database(address)
    add_photograph(market, folder)
    write_backup(market, folder, folder / "market.zip", NOW)
    market.engine.dispose()
    return folder / "market.zip"


def add_photograph(market: Database, data_dir: Path, content: bytes = b"a picture") -> str:
    """A photograph of the first vendor: three files, one row."""
    digest = sha256(content).hexdigest()
    names = (f"{digest}.webp", f"{digest}-480.jpg")
    put(data_dir / "photographs", dict.fromkeys(names, content))
    with market.writing() as session:
        session.add(
            Photograph(vendor_id=1, digest=digest, width=400, height=300, words={"lv": "Govs"})
        )
        session.commit()
    return digest


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


# The canonical text.


def test_both_databases_write_the_same_text(templates, tmp_path):
    texts = []
    for kind in ("sqlite", "postgresql"):
        market = Database(templates.copy(kind, "demo", _demonstration))
        texts.append(text_of(market, tmp_path / kind))
        market.engine.dispose()
    assert texts[0].keys() == texts[1].keys()
    assert {name for name in texts[0] if texts[0][name] != texts[1][name]} == set()


def test_the_order_of_rows_is_that_of_bytes_whatever_the_server_sorts_by(templates):
    market = Database(templates.copy("postgresql", "empty", _only_parishes))
    with market.reading() as session:
        question = str(canonical.in_order(session, METADATA.tables["parish"]))
    market.engine.dispose()
    assert question.endswith('ORDER BY parish.code COLLATE "C"')


def test_the_text_is_one_sorted_object_for_each_row(empty_market, tmp_path):
    with empty_market.writing() as session:
        session.add(Notice(words={"lv": "Ā\u2028b", "en": "x"}, first_day=TODAY, last_day=TODAY))
        session.commit()
    line = text_of(empty_market, tmp_path)["notice.jsonl"].decode()
    assert line == (
        '{"first_day":"2026-11-24","id":1,"last_day":"2026-11-24","link":null,"version":1,'
        '"words":{"en":"x","lv":"Ā\u2028b"}}\n'
    )


def test_the_text_is_read_back_as_it_was(demo_market, empty_market, tmp_path):
    before = text_of(demo_market, tmp_path / "before")
    with empty_market.writing() as session:
        read_canonical(session, tmp_path / "before")
        session.commit()
    assert text_of(empty_market, tmp_path / "after") == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "stall.jsonl").unlink(),
        lambda folder: (folder / "stalls.jsonl").write_text(""),
        lambda folder: (folder / "stall.jsonl").write_text('{"id": 1}\n'),
        lambda folder: (folder / "stall.jsonl").write_text("[]\n"),
        lambda folder: (folder / "stall.jsonl").write_text("{"),
        lambda folder: (folder / "notice.jsonl").write_text(
            '{"first_day":"24.11.","id":1,"last_day":"","link":null,"words":{}}\n'
        ),
    ],
)
def test_a_folder_that_is_no_market_is_refused(empty_market, tmp_path, spoil):
    before = text_of(empty_market, tmp_path / "before")
    spoil(tmp_path / "before")
    with empty_market.writing() as session, pytest.raises(NotCanonicalError):
        read_canonical(session, tmp_path / "before")
    assert text_of(empty_market, tmp_path / "after") == before


# There and back.


def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    templates, tmp_path, own_folder, demo_backup
):
    texts = []
    file = demo_backup
    for step, kind in enumerate(("postgresql", "sqlite", "postgresql")):
        address = templates.copy(kind, "empty", _only_parishes)
        restore(file, address, own_folder, NOW)
        market = Database(address)
        texts.append(text_of(market, tmp_path / f"text-{step}"))
        file = tmp_path / f"backup-{step}.zip"
        write_backup(market, own_folder, file, NOW)
        market.engine.dispose()
    unpack(demo_backup, tmp_path / "first")
    texts.append({one.name: one.read_bytes() for one in (tmp_path / "first" / "market").iterdir()})
    assert texts[0] == texts[1] == texts[2] == texts[3]
    assert file.read_bytes() == demo_backup.read_bytes()


def test_what_comes_after_a_restore_gets_numbers_of_its_own(empty_address, own_folder, demo_backup):
    restore(demo_backup, empty_address, own_folder, NOW)
    add_one_of_each(empty_address)


def add_one_of_each(address: str) -> None:
    market = Database(address)
    try:
        with market.writing() as session:
            stall = Stall(number="ZZ999")
            session.add(stall)
            session.add(Notice(words={"lv": "x"}, first_day=TODAY, last_day=TODAY))
            session.flush()
            session.add(Sign(code="ZZZZZ", stall_id=stall.id, issued_on=TODAY))
            session.add(Placement(day=TODAY, stall_id=stall.id, vendor_id=1))
            session.commit()
    finally:
        market.engine.dispose()


def test_it_would_get_numbers_already_taken_if_postgresql_did_not_count_on(
    templates, own_folder, demo_backup, monkeypatch
):
    monkeypatch.setattr(canonical, "_continue_counting", lambda _session, _tables: None)
    address = templates.copy("postgresql", "empty", _only_parishes)
    restore(demo_backup, address, own_folder, NOW)
    with pytest.raises(IntegrityError):
        add_one_of_each(address)


def test_a_server_that_runs_goes_over_to_the_restored_market(empty_app, tmp_path, demo_backup):
    client = empty_app.test_client()
    assert "Parauga" not in client.get("/lv/par").text
    vendors = client.get("/lv/tirgotaji").text
    settings = empty_app.config["SETTINGS"]
    restore(demo_backup, settings.address_of_database(), tmp_path, NOW)
    assert len(client.get("/lv/tirgotaji").text) > 2 * len(vendors)


def test_photographs_come_back_and_those_of_before_go(empty_address, own_folder, demo_backup):
    put(own_folder / "photographs", {f"{'0' * 64}.webp": b"of before"})
    restored = restore(demo_backup, empty_address, own_folder, NOW)
    digest = sha256(b"a picture").hexdigest()
    names = [f"{digest}-480.jpg", f"{digest}.webp"]
    assert sorted(file.name for file in (own_folder / "photographs").iterdir()) == names
    assert restored.before == own_folder / "before-restore.zip"
    restore(restored.before, empty_address, own_folder, NOW)
    names = [file.name for file in (own_folder / "photographs").iterdir()]
    assert names == [f"{'0' * 64}.webp"]


def test_a_damaged_database_is_moved_aside(own_folder, tmp_path, demo_backup):
    file = own_folder / "market.sqlite"
    file.write_bytes(b"SQLite format 3\0" + random.Random(1).randbytes(20000))
    damaged = file.read_bytes()
    restored = restore(demo_backup, f"sqlite:///{file}", own_folder, NOW)
    assert restored.before.read_bytes() == damaged
    market = Database(f"sqlite:///{file}")
    with market.reading() as session:
        assert len(sites(session)) > 0
    market.engine.dispose()


def test_a_new_machine_needs_only_the_backup(own_folder, demo_backup):
    file = own_folder / "market.sqlite"
    restore(demo_backup, f"sqlite:///{file}", own_folder, NOW)
    assert file.exists()


# While people work.


@contextmanager
def four_writers(market: Database) -> Iterator[None]:
    """Four people each put up stalls with a sign, both or neither."""
    stop = threading.Event()

    def write(letter: str) -> None:
        for number in range(1, 1000):
            if stop.is_set():
                return
            with market.writing() as session:
                stall = Stall(number=f"{letter}{number}")
                session.add(stall)
                session.flush()
                session.add(Sign(code=f"{letter}{number}", stall_id=stall.id, issued_on=TODAY))
                session.commit()

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "ABCD"]
    for thread in threads:
        thread.start()
    stopwatch.sleep(0.2)
    yield
    stop.set()
    for thread in threads:
        thread.join()


def backup_is_of_one_moment(market: Database, folder: Path) -> bool:
    """Whether every stall in a backup has its sign and every sign its stall."""
    with four_writers(market):
        for attempt in range(5):
            file = folder / f"{attempt}.zip"
            write_backup(market, folder, file, NOW)
            manifest = unpack(file, folder / f"unpacked-{attempt}")
            if manifest.rows["stall"] != manifest.rows["sign"] or not manifest.rows["stall"]:
                return False
    return True


def test_a_backup_is_of_one_moment_while_four_people_write(empty_market, tmp_path):
    assert backup_is_of_one_moment(empty_market, tmp_path)


def test_it_would_not_be_if_each_table_were_read_by_itself(empty_market, tmp_path, monkeypatch):
    in_order = canonical.in_order

    def in_order_by_itself(session, table):
        session.rollback()
        stopwatch.sleep(0.02)
        return in_order(session, table)

    monkeypatch.setattr(canonical, "in_order", in_order_by_itself)
    assert not backup_is_of_one_moment(empty_market, tmp_path)


# What is refused.


@dataclass
class Crafted:
    """The parts of a backup, to be changed and sealed again."""

    folder: Path
    manifest: Manifest

    def sealed(self, file: Path) -> Path:
        """The backup of these parts, its digests and its seal as they should be."""
        parts = {str(p.relative_to(self.folder)): p for p in sorted(self.folder.glob("*/*"))}
        digests = {name: digest_of(part) for name, part in parts.items()}
        _write_zip(file, parts, replace(self.manifest, sha256=digests))
        _seal(file)
        return file


@pytest.fixture
def crafted(demo_backup: Path, tmp_path: Path) -> Crafted:
    folder = tmp_path / "crafted"
    return Crafted(folder, unpack(demo_backup, folder))


def refused(file: Path, folder: Path) -> str:
    """Why a file is refused; empty when it is taken for a backup."""
    try:
        unpack(file, folder)
    except NotABackupError as error:
        return error.reason
    return ""


def test_every_changed_byte_and_every_missing_end_is_noticed(demo_backup, tmp_path):
    whole = demo_backup.read_bytes()
    chance = random.Random(7)
    places = {*range(300), *range(len(whole) - 300, len(whole))}
    places |= {chance.randrange(len(whole)) for _ in range(300)}
    file = tmp_path / "changed.zip"
    for place in sorted(places):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        assert refused(file, tmp_path / "nothing") in ("damaged", "foreign"), place
    for length in (0, 1, 63, 64, 65, 300, len(whole) // 2, len(whole) - 64, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert refused(file, tmp_path / "nothing") in ("damaged", "foreign"), length
    for more in (b"\0", whole):
        file.write_bytes(whole + more)
        assert refused(file, tmp_path / "nothing") == "damaged"
    assert not (tmp_path / "nothing").exists()
    assert refused(demo_backup, tmp_path / "whole") == ""


def test_a_zip_without_a_seal_would_not_notice(demo_backup, tmp_path, monkeypatch):
    """The twin: a ZIP checks the content of its files, but not all of its own bytes."""
    monkeypatch.setattr("app.keeping.backup._is_sealed", lambda _file: True)
    changed = bytearray(demo_backup.read_bytes())
    changed[-1] ^= 1
    file = tmp_path / "changed.zip"
    file.write_bytes(changed)
    assert refused(file, tmp_path / "taken") == ""


def foreign_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("holiday.txt", "by the sea")


@pytest.mark.parametrize(
    "write",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_text("Tirgus"),
        lambda file: file.write_bytes(b"SQLite format 3\0" * 1000),
        foreign_zip,
    ],
)
def test_a_foreign_file_is_refused(write, tmp_path):
    write(tmp_path / "file")
    assert refused(tmp_path / "file", tmp_path / "nothing") == "foreign"


def row_added(table: str, row: dict[str, object]) -> Callable[[Crafted], None]:
    def spoil(crafted: Crafted) -> None:
        with (crafted.folder / "market" / f"{table}.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")

    return spoil


def manifest_with(**values: str) -> Callable[[Crafted], None]:
    def spoil(crafted: Crafted) -> None:
        crafted.manifest = replace(crafted.manifest, **values)

    return spoil


def file_added(name: str) -> Callable[[Crafted], None]:
    def spoil(crafted: Crafted) -> None:
        (crafted.folder / "photographs" / name).write_text("")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (manifest_with(revision="9999"), "newer"),
        (row_added("stall", {"id": 1, "number": "ZZ999"}), "unfit"),
        (row_added("stall", {"id": 9999, "number": None}), "unfit"),
        (row_added("stall", {"id": 9999, "number": "ZZ999", "wings": 2}), "unfit"),
        (
            row_added(
                "sign",
                {
                    "id": 9999,
                    "code": "ZZZZZ",
                    "stall_id": 9999,
                    "retired_on": None,
                    "issued_on": "2026-11-24",
                    "retired_words": None,
                },
            ),
            "unfit",
        ),
        (row_added("vegetables", {"id": 1}), "unfit"),
        (file_added("secret_key"), "damaged"),
        (file_added("x\\..\\y"), "damaged"),
    ],
)
def test_a_sealed_file_that_does_not_fit_changes_nothing(
    empty_address, empty_market, own_folder, tmp_path, crafted, spoil, reason
):
    before = text_of(empty_market, tmp_path / "before")
    spoil(crafted)
    with pytest.raises(NotABackupError) as refusal:
        restore(crafted.sealed(tmp_path / "crafted.zip"), empty_address, own_folder, NOW)
    assert refusal.value.reason == reason
    assert text_of(empty_market, tmp_path / "after") == before
    assert list(own_folder.iterdir()) == []


# Older versions.


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    kind_of_database, templates, own_folder, tmp_path, crafted, monkeypatch
):
    have_two_versions(monkeypatch, tmp_path / "migrations")
    stalls = crafted.folder / "market" / "stall.jsonl"
    before = stalls.read_text()
    stalls.write_text(before.replace('"number"', '"label"'))
    address = templates.nothing(kind_of_database)
    restore(crafted.sealed(tmp_path / "older.zip"), address, own_folder, NOW)
    market = Database(address)
    assert text_of(market, tmp_path / "after")["stall.jsonl"].decode() == before
    market.engine.dispose()


# What `check` finds.


def test_a_demonstration_market_has_no_faults(demo_market, tmp_path):
    with demo_market.reading() as session:
        assert list(findings(session, tmp_path)) == []


def test_every_fault_is_found_and_named(demo_market, tmp_path):
    lost = add_photograph(demo_market, tmp_path, b"lost")
    changed = add_photograph(demo_market, tmp_path, b"changed")
    (tmp_path / "photographs" / f"{lost}-480.jpg").unlink()
    (tmp_path / "photographs" / f"{changed}.webp").write_bytes(b"something else")
    with demo_market.writing() as session:
        zone = session.exec(select(Zone.id)).first()
        place = {"zone_id": zone, "row": "R", "x_m": 1, "y_m": 1, "width_m": 2, "depth_m": 2}
        stalls = [Stall(number="ZZ1"), Stall(number="ZZ2")]
        session.add_all(stalls)
        session.flush()
        twice, nowhere = (stall.id for stall in stalls)
        for position, first, last in (
            (901, date(2026, 1, 1), None),
            (902, date(2026, 6, 1), date(2026, 6, 30)),
        ):
            session.add(
                StallOnPlan(
                    stall_id=twice, position=position, valid_from=first, valid_to=last, **place
                )
            )
        session.add(Placement(day=TODAY, stall_id=nowhere, vendor_id=1))
        session.add(Sign(code="ABCDE", stall_id=twice, issued_on=TODAY))
        session.commit()
    with demo_market.reading() as session:
        found = list(findings(session, tmp_path))
    assert found == [
        Finding("overlap", "ZZ1, 2026-06-01"),
        Finding("off_plan", "ZZ2, 2026-11-24"),
        Finding("code", "ABCDE"),
        *sorted(
            [
                Finding("photograph_lost", f"{lost}-480.jpg"),
                Finding("photograph_changed", f"{changed}.webp"),
            ],
            key=lambda finding: finding.where,
        ),
    ]


def test_what_only_sqlite_lets_through_is_found(templates, tmp_path):
    market = Database(templates.copy("sqlite", "demo", _demonstration))
    with sqlite3.connect(market.file) as careless:
        careless.execute("UPDATE parish SET centre = ?", ("x" * 50,))
        careless.execute("UPDATE sign SET stall_id = 4711 WHERE id = 1")
    careless.close()
    with market.reading() as session:
        found = list(findings(session, tmp_path))
    market.engine.dispose()
    assert Finding("foreign_key", "sign 1 → stall") in found
    assert Finding("too_long", "parish.centre") in found


# In words.


def say(address: str, folder: Path, *words: str) -> tuple[int, str]:
    """What a command answers: its status and its words."""
    service = create_app(settings_for(address, folder))
    answer = service.test_cli_runner().invoke(args=words)
    close(service)
    return answer.exit_code, answer.output


def test_the_commands_say_what_they_did(demo_address, own_folder, tmp_path):
    file = tmp_path / "market.zip"
    status, said = say(demo_address, own_folder, "backup", str(file))
    assert status == 0
    assert said.startswith(f"Rezerves kopija {file} ir diskā: ")
    assert file.stat().st_mode & 0o777 == 0o600
    status, said = say(demo_address, own_folder, "restore", str(file))
    assert status == 0
    assert said.splitlines() == [
        "Tirgus ir atjaunots tāds, kāds tas bija 2026-11-24 10:00.",
        f"Iepriekšējais stāvoklis ir saglabāts failā {own_folder / 'before-restore.zip'}.",
    ]
    assert say(demo_address, own_folder, "check") == (0, "Viss ir kārtībā.\n")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "bojāta vai nepilnīga"),
        (lambda file: file.write_text("x"), "nav tirgus rezerves kopija"),
        (lambda file: file.unlink(), "Failu nevar nolasīt vai ierakstīt"),
    ],
)
def test_a_refusal_is_one_clear_sentence(empty_address, own_folder, demo_backup, spoil, sentence):
    spoil(demo_backup)
    status, said = say(empty_address, own_folder, "restore", str(demo_backup))
    assert status == 1
    assert sentence in said
    assert "Traceback" not in said


def test_faults_are_named_and_make_the_command_fail(demo_address, demo_market, own_folder):
    with demo_market.writing() as session:
        session.exec(select(Sign)).first().code = "ABCDE"
        session.commit()
    assert say(demo_address, own_folder, "check") == (1, "Zīmei ir nederīgs kods: ABCDE\n")


def test_a_full_disk_keeps_the_backup_of_before(demo_address, own_folder, tmp_path):
    file = tmp_path / "backups" / "market.zip"
    file.parent.mkdir()
    file.write_text("of yesterday")
    with full_disk(largest_file=100_000):
        status, said = say(demo_address, own_folder, "backup", str(file))
    assert (status, "Failu nevar nolasīt vai ierakstīt" in said) == (1, True)
    assert [(one.name, one.read_text()) for one in file.parent.iterdir()] == [
        ("market.zip", "of yesterday")
    ]


def test_a_server_that_does_not_answer_is_said_in_a_sentence(own_folder, tmp_path):
    nowhere = "postgresql+psycopg://localhost:1/nowhere"
    status, said = say(nowhere, own_folder, "backup", str(tmp_path / "market.zip"))
    assert (status, said) == (1, "Error: Datubāze neatbild: OperationalError.\n")
