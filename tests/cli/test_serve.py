"""The production server: where it is open, how it stops, what it leaves alone."""

import socket
import time as stopwatch
from collections.abc import Iterator

import psutil
import pytest

from app import create_app
from app.schema import migrating_engine
from tests.conftest import Templates, _only_parishes, settings_for
from tests.real_server import RealServer, real_server


@pytest.fixture(scope="module")
def sqlite_address(templates: Templates) -> str:
    return templates.copy("sqlite", "empty", _only_parishes)


@pytest.fixture(scope="module")
def server(sqlite_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("served")
    with real_server(sqlite_address, folder, HOME=str(folder / "home")) as running:
        yield running


def workers(server: RealServer) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children()


def test_it_says_where_the_market_is_open(server):
    server.get("/healthz")
    assert server.log.read_text() == (
        f"Tirgus ir atvērts: http://localhost:{server.port}. To aizver Ctrl+C.\n"
    )


def test_pages_files_and_the_questions_of_the_operator_are_answered(server):
    for address in ("/lv/", "/healthz", "/readyz", "/static/images/rose.svg"):
        answer, body = server.get(address)
        assert answer.status == 200
        assert body
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Set-Cookie"] is None


def test_the_numbers_are_those_of_one_worker_and_say_so(server):
    server.get("/lv/")
    answer, body = server.get("/metrics")
    lines = [line for line in body.decode().splitlines() if not line.startswith("#")]
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    pids = "|".join(str(worker.pid) for worker in workers(server))
    names = [line.replace(pid, "") for line in lines for pid in pids.split("|") if pid in line]
    assert [name.rpartition(" ")[0] for name in names] == [
        'market_pages_total{worker="",how="kept"}',
        'market_pages_total{worker="",how="made"}',
        'market_pages_total{worker="",how="copy"}',
        'market_openings_waiting{worker=""}',
    ]


def test_it_listens_on_this_machine_only(server):
    listening = {one.laddr for one in psutil.Process(server.process.pid).net_connections()}
    assert listening == {("127.0.0.1", server.port)}


def test_no_worker_inherits_a_connection(server, sqlite_address):
    """The process that forks has the database closed."""
    server.get("/readyz")
    file = sqlite_address.removeprefix("sqlite:///")
    open_by = [
        {opened.path for opened in process.open_files()}
        for process in (psutil.Process(server.process.pid), *workers(server))
    ]
    assert file not in open_by[0]
    assert any(file in files for files in open_by[1:])


def test_it_opens_no_door_of_its_own(server):
    assert not (server.log.parent / "home").exists()


def both_workers(server: RealServer, other_than: frozenset[int] = frozenset()) -> frozenset[int]:
    """The two workers, as soon as there are two and they are not those of before."""
    until = stopwatch.monotonic() + 5
    there: frozenset[int] = frozenset()
    while stopwatch.monotonic() < until:
        there = frozenset(worker.pid for worker in workers(server))
        if len(there) == 2 and there != other_than:
            break
        stopwatch.sleep(0.05)
    return there


def test_a_worker_that_dies_is_replaced(server):
    before = both_workers(server)
    workers(server)[0].kill()
    after = both_workers(server, other_than=before)
    assert (len(before), len(after - before)) == (2, 1)
    assert server.get("/lv/")[0].status == 200


def test_a_stop_lets_the_last_answer_out_and_frees_the_port(empty_address, tmp_path):
    with real_server(empty_address, tmp_path) as server:
        assert server.get("/lv/")[0].status == 200
        assert server.stop() == 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", server.port), 1)


def test_tables_of_another_version_are_not_served(tmp_path):
    app = create_app(settings_for("", tmp_path))
    migrating_engine(app.config["SETTINGS"].address_of_database()).connect().close()
    answer = app.test_cli_runner().invoke(args=["serve"])
    assert answer.exit_code == 1
    assert "flask init" in answer.output


def test_a_database_that_is_silent_stops_nobody(empty_address, tmp_path):
    with real_server(empty_address, tmp_path) as server:
        server.get("/lv/")
    nowhere = "postgresql+psycopg://localhost:1/nowhere"
    with real_server(nowhere, tmp_path) as server:
        answer, body = server.get("/lv/")
        assert answer.status == 200
        assert "Šī ir kopija" in body.decode()
        assert server.get("/readyz")[0].status == 503
        assert "datubāze neatbild" in server.log.read_text().lower()
