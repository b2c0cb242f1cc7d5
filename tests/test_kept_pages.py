"""Pages kept rendered: never out of date, and still there when the database is not."""

import gzip
import os
import re
import shutil
import threading
import time as stopwatch
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from flask import Flask
from sqlmodel import select

from app import create_app
from app.database import Database
from app.page_store import Copies, Page, Shelf
from app.schema import upgrade
from market.days.models import Notice
from tests.conftest import Templates, _only_parishes, close, settings_for, start_postgresql
from tests.faults import full_disk, no_folder_for_copies

TODAY = date(2026, 11, 24)
MILK = "Piena mašīna šodien kavējas."
HONEY = "Medus šodien pavisam nav."
COPY_LV = "Šī ir kopija, kas saglabāta otrdien, 24. novembrī plkst. 10.00."
COPY_EN = "This is a copy made on Tuesday, 24 November at 10:00."


def say(market: Database, text: str) -> None:
    """Have the office say this and nothing else on today's page."""
    with market.writing() as session:
        for notice in session.exec(select(Notice)):
            session.delete(notice)
        session.add(Notice(words={"lv": text}, first_day=TODAY, last_day=TODAY))
        session.commit()


def today_says(app: Flask, text: str) -> bool:
    answer = app.test_client().get("/lv/")
    return answer.status_code == 200 and text in answer.text


def served(app: Flask) -> dict[str, int]:
    return dict(app.extensions["kept_pages"].served)


# True to the minute and to the last change.


def test_a_page_is_made_once_and_then_kept(empty_app):
    answers = [empty_app.test_client().get("/lv/").text for _ in range(3)]
    assert len(set(answers)) == 1
    assert served(empty_app) == {"made": 1, "kept": 2, "copy": 0}


def change_is_seen_at_once(app: Flask) -> bool:
    market = app.extensions["database"]
    for text in (MILK, HONEY, MILK):
        say(market, text)
        if not today_says(app, text):
            return False
    return True


def test_a_change_is_seen_at_once(empty_app):
    assert change_is_seen_at_once(empty_app)


def test_a_change_would_not_be_seen_if_the_version_were_not_asked(empty_app):
    empty_app.extensions["kept_pages"]._version = lambda: 1
    assert not change_is_seen_at_once(empty_app)


NUMBER = re.compile(r"Rinda (\d+) metru")


def nobody_sees_an_older_page(app: Flask, changes: int = 30) -> bool:
    """Whether four readers, while a writer goes on, each see the last change or a newer one."""
    market = app.extensions["database"]
    say(market, "Rinda 0 metru")
    written = [0]
    older: list[tuple[int, int]] = []

    def read() -> None:
        while written[0] < changes:
            before = written[0]
            seen = int(NUMBER.search(app.test_client().get("/lv/").text)[1])
            if seen < before:
                older.append((seen, before))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, changes + 1):
        say(market, f"Rinda {number} metru")
        written[0] = number
        stopwatch.sleep(0.02)
    for reader in readers:
        reader.join()
    return not older


def test_nobody_sees_an_older_page_while_others_write(empty_app):
    assert nobody_sees_an_older_page(empty_app)


def test_somebody_would_if_the_version_were_asked_after_the_page_is_made(empty_app):
    """The twin: what is written while a page is made would be taken for part of it."""
    store = empty_app.extensions["kept_pages"]
    keep = store._keep

    def keep_late(address: tuple[str, str], page: Page) -> None:
        stopwatch.sleep(0.05)
        keep(address, replace(page, version=store._version()))

    store._keep = keep_late
    assert not nobody_sees_an_older_page(empty_app)


def test_a_page_is_made_anew_when_the_minute_has_passed(empty_app):
    client = empty_app.test_client()
    client.get("/lv/")
    empty_app.config["NOW"] += timedelta(minutes=1)
    client.get("/lv/")
    assert served(empty_app)["made"] == 2


def test_a_page_that_says_nothing_of_now_outlives_the_minute():
    page = Page([], b"", "2026-11-24T10:00", 7, False, "lv", None)
    assert page.is_true(7, "2026-11-24T10:01")
    assert not page.is_true(8, "2026-11-24T10:00")


def test_addresses_that_look_alike_are_kept_apart(empty_app):
    client = empty_app.test_client()
    client.get("/lv/?")
    assert client.get("/lv/%3F").status_code == 404
    assert client.get("/lv/").status_code == 200


# The ways of asking.


def test_a_browser_that_has_the_page_gets_no_second_one(empty_app):
    client = empty_app.test_client()
    etag = client.get("/lv/").headers["ETag"]
    again = client.get("/lv/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Content-Type" not in again.headers
    say(empty_app.extensions["database"], MILK)
    assert client.get("/lv/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, identity", False),
        ("br", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("address", ["/lv/", "/S", "/lv/nav-tadas-lapas"])
def test_texts_come_in_gzip_to_those_who_take_it(sqlite_app, address, accepted, compressed):
    client = sqlite_app.test_client()
    plain = client.get(address).data
    answer = client.get(address, headers={"Accept-Encoding": accepted})
    assert (answer.headers.get("Content-Encoding") == "gzip") is compressed
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert (gzip.decompress(answer.data) if compressed else answer.data) == plain


@pytest.mark.parametrize("address", ["/lv/", "/S", "/lv/nav-tadas-lapas", "/healthz"])
def test_head_answers_like_get_without_the_page(sqlite_app, address):
    client = sqlite_app.test_client()
    head, get = client.head(address), client.get(address)
    assert head.data == b""
    assert (head.status, list(head.headers)) == (get.status, list(get.headers))


def test_what_is_typed_after_the_address_does_not_push_out_the_pages():
    shelf = Shelf(room=100_000)
    for number in range(1000):
        shelf.put(("/lv/", str(number)), Page([], b"x" * 5000, "", 1, True, "lv", None))
    kept = [number for number in range(1000) if shelf.get(("/lv/", str(number)))]
    assert kept == list(range(1000 - len(kept), 1000))
    assert 5 < len(kept) < 20


def test_a_page_that_is_no_more_leaves_no_copy(sqlite_app, tmp_path):
    store = sqlite_app.extensions["kept_pages"]
    client = sqlite_app.test_client()
    client.get("/lv/")
    assert store.copies.load("/lv/")
    sqlite_app.view_functions["visitor.today"] = lambda: ("", 404)
    sqlite_app.config["NOW"] += timedelta(minutes=1)
    assert client.get("/lv/").status_code == 404
    assert store.copies.load("/lv/") is None


# When the database is gone.


@dataclass
class Breakable:
    """A service whose database can be broken and mended."""

    app: Flask
    folder: Path
    market: Database
    break_it: Callable[[], None]
    mend_it: Callable[[], None]

    def fresh_process(self) -> Flask:
        """The service as it is when it starts while the database is broken."""
        fresh = create_app(self.app.config["SETTINGS"])
        fresh.extensions["database"].begin_serving()
        return fresh


@pytest.fixture(scope="module")
def own_server() -> Iterator[Any]:
    """A PostgreSQL server that may be stopped without harm to other tests."""
    server = start_postgresql()
    server.psql("CREATE DATABASE empty;")
    address = server.get_uri("empty").replace("postgresql://", "postgresql+psycopg://")
    upgrade(address)
    market = Database(address)
    _only_parishes(market)
    market.engine.dispose()
    yield server
    server.cleanup()


def moved_away(file: Path, instead: bytes | None) -> tuple[Callable[[], None], Callable[[], None]]:
    """Move an SQLite database away and back; put other bytes in its place."""
    parts = [Path(f"{file}{ending}") for ending in ("", "-wal", "-shm")]
    aside = file.parent / "aside"

    def break_it() -> None:
        aside.mkdir()
        for part in parts:
            if part.exists():
                part.rename(aside / part.name)
        if instead is not None:
            file.write_bytes(instead)

    def mend_it() -> None:
        for part in aside.iterdir():
            part.rename(file.parent / part.name)

    return break_it, mend_it


def held_still(server: Any) -> tuple[Callable[[], None], Callable[[], None]]:
    """Have a PostgreSQL server keep its connections open and say nothing."""

    def processes() -> list[psutil.Process]:
        first = psutil.Process(server.get_pid())
        return [first, *first.children(recursive=True)]

    def each(act: str) -> Callable[[], None]:
        return lambda: [getattr(one, act)() for one in processes()] and None

    return each("suspend"), each("resume")


FAULTS = ("file-of-rubbish", "file-gone", "server-stopped", "server-silent")


@pytest.fixture(params=FAULTS)
def breakable(request, templates: Templates, tmp_path: Path) -> Iterator[Breakable]:
    if request.param.startswith("file"):
        address = templates.copy("sqlite", "empty", _only_parishes)
        file = Path(address.removeprefix("sqlite:///"))
        file = Path(shutil.move(file, tmp_path / "market.sqlite"))
        address = f"sqlite:///{file}"
        rubbish = b"no database at all" * 1000 if request.param == "file-of-rubbish" else None
        break_it, mend_it = moved_away(file, rubbish)
    else:
        server = request.getfixturevalue("own_server")
        address = server.get_uri("empty").replace("postgresql://", "postgresql+psycopg://")
        break_it, mend_it = server.stop, server.start
        if request.param == "server-silent":
            break_it, mend_it = held_still(server)
    app = create_app(settings_for(address, tmp_path))
    market = app.extensions["database"]
    market.begin_serving()
    yield Breakable(app, tmp_path, market, break_it, mend_it)
    close(app)


@contextmanager
def broken(breakable: Breakable) -> Iterator[None]:
    breakable.break_it()
    try:
        yield
    finally:
        breakable.mend_it()


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within some seconds."""
    until = stopwatch.monotonic() + seconds
    while stopwatch.monotonic() < until:
        if holds():
            return True
        stopwatch.sleep(0.1)
    return False


def test_visitors_see_the_last_good_copy_and_the_service_heals_by_itself(breakable):
    say(breakable.market, MILK)
    client = breakable.app.test_client()
    client.get("/lv/")
    client.get("/en/")
    with broken(breakable):
        began = stopwatch.monotonic()
        latvian, english = client.get("/lv/"), client.get("/en/")
        assert stopwatch.monotonic() - began < 4
        assert (latvian.status_code, english.status_code) == (200, 200)
        assert MILK in latvian.text and COPY_LV in latvian.text
        assert COPY_EN in english.text
        assert latvian.headers["Cache-Control"] == "no-store"
        began = stopwatch.monotonic()
        assert all(today_says(breakable.app, COPY_LV) for _ in range(20))
        assert stopwatch.monotonic() - began < 4
    assert within(
        10, lambda: today_says(breakable.app, MILK) and not today_says(breakable.app, COPY_LV)
    )
    say(breakable.market, HONEY)
    assert today_says(breakable.app, HONEY)


def test_without_the_store_visitors_would_see_an_error(breakable):
    """The twin."""
    client = breakable.app.test_client()
    client.get("/lv/")
    breakable.app.wsgi_app = Flask.wsgi_app.__get__(breakable.app)
    with broken(breakable):
        breakable.market.engine.dispose()
        answer = client.get("/lv/")
    assert answer.status_code == 503


def test_a_page_without_a_copy_says_plainly_what_to_do(breakable):
    with broken(breakable):
        answer = breakable.app.test_client().get("/lv/pagasti")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "<h1>Lūdzu, pamēģiniet pēc brīža vēlreiz</h1>" in answer.text


def test_a_process_that_starts_meanwhile_has_the_copies_too(breakable):
    say(breakable.market, MILK)
    breakable.app.test_client().get("/lv/")
    with broken(breakable):
        fresh = breakable.fresh_process()
        assert today_says(fresh, MILK) and today_says(fresh, COPY_LV)
        for copy in (breakable.folder / "pages").iterdir():
            copy.write_bytes(copy.read_bytes()[:-1])
        damaged = breakable.fresh_process()
        assert damaged.test_client().get("/lv/").status_code == 503
    assert within(10, lambda: not today_says(fresh, COPY_LV))
    close(fresh)
    close(damaged)


# When the disk is full or may not be written on.


def visitors_are_served(app: Flask) -> bool:
    client = app.test_client(use_cookies=False)
    return {client.get(address).status_code for address in ("/lv/", "/en/", "/S")} == {200}


def save_without_care(self: Copies, path: str, page: Page) -> None:
    self._folder.mkdir(exist_ok=True)
    self._file(path).write_bytes(page.plain)


def test_a_full_disk_stops_no_page(empty_app):
    say(empty_app.extensions["database"], MILK)
    with full_disk():
        assert visitors_are_served(empty_app)
        assert today_says(empty_app, MILK)
    assert empty_app.extensions["kept_pages"].copies.load("/lv/") is None
    empty_app.config["NOW"] += timedelta(minutes=1)
    assert visitors_are_served(empty_app)
    assert empty_app.extensions["kept_pages"].copies.load("/lv/")


def test_a_read_only_disk_stops_no_page(empty_app, tmp_path):
    with no_folder_for_copies(tmp_path):
        assert visitors_are_served(empty_app)


def test_a_full_disk_would_if_copies_were_written_without_care(empty_app, monkeypatch):
    monkeypatch.setattr(Copies, "save", save_without_care)
    say(empty_app.extensions["database"], MILK)
    with full_disk(), pytest.raises(OSError, match="too large"):
        visitors_are_served(empty_app)


def test_a_read_only_disk_would_if_copies_were_written_without_care(
    empty_app, tmp_path, monkeypatch
):
    monkeypatch.setattr(Copies, "save", save_without_care)
    with no_folder_for_copies(tmp_path), pytest.raises(FileExistsError):
        visitors_are_served(empty_app)


def test_copies_that_nobody_asked_for_in_a_month_are_removed(tmp_path):
    copies = Copies(tmp_path / "pages")
    copies.save("/lv/", Page([], b"x", "", 1, True, "lv", None))
    copies.save("/en/", Page([], b"x", "", 1, True, "en", None))
    (tmp_path / "pages" / "left-behind.4711-1").write_text("")
    old = stopwatch.time() - 31 * 24 * 60 * 60
    os.utime(copies._file("/en/"), (old, old))
    copies.tidy()
    assert [file.name for file in (tmp_path / "pages").iterdir()] == [copies._file("/lv/").name]


@pytest.fixture
def sqlite_app(templates: Templates, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(templates.copy("sqlite", "empty", _only_parishes), tmp_path))
    yield app
    close(app)


@pytest.mark.parametrize("name", ["tirgus dati", "tirgus #1", "100% tirgus", "Ķirši"])
def test_the_folder_of_data_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    app = create_app(settings_for("", folder))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    assert app.test_client().get("/lv/").status_code == 200
    assert served(app)["made"] == 1
    assert (folder / "market.sqlite").exists()
    close(app)
