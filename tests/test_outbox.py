"""The outbox: a letter is put in once, sent by one worker, tried again, and then forgotten."""

import email
import email.policy
import logging
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlmodel import select, update

import app.mail
from app.config import Settings
from app.mail import Sent, letter_digest, message_of, send_due, way_of
from app.outbox import PAUSES_MIN, claim, due, note_sent, post, tidy
from app.records import Letter
from tests.real_server import free_port

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def market(empty_app):
    """The database of an empty market, within its application."""
    with empty_app.app_context():
        yield empty_app.extensions["database"]


def put(market, once="reminder:1:2026-11-25", **more):
    given = {"kind": "reminder", "recipient": "anna@example.org", "subject": "Rīt tirgū"}
    with market.writing() as session:
        is_new = post(session, once=once, **{**given, "body": "Labdien!", **more})
        session.commit()
    return is_new


def letters(market):
    with market.reading() as session:
        return session.exec(select(Letter).order_by(Letter.id)).all()


def test_a_letter_is_put_in_once(market):
    assert [put(market), put(market), put(market, "reminder:2:2026-11-25")] == [True, False, True]
    assert len(letters(market)) == 2


def test_what_was_written_beside_a_letter_that_was_there_already_is_kept(market):
    put(market)
    with market.writing() as session:
        again = {"kind": "reminder", "recipient": "a@b.lv", "subject": "x", "body": "x"}
        post(session, once="reminder:2:2026-11-25", **again)
        post(session, once="reminder:1:2026-11-25", **again)
        session.commit()
    assert len(letters(market)) == 2


def test_of_many_who_post_the_same_letter_at_once_one_does(empty_app):
    def put_one(_number: int) -> bool:
        with empty_app.app_context():
            return put(empty_app.extensions["database"])

    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(put_one, range(16)))
    assert answers.count(True) == 1


def at_minute(found, minutes: float) -> None:
    """Let the service's clock show so many minutes after ten."""
    found.config["NOW"] = datetime(2026, 11, 24, 10, 0) + timedelta(minutes=minutes)


def a_letter(**more) -> Letter:
    given = {"once": "reminder:1:2026-11-25", "kind": "reminder", "recipient": "anna@example.org"}
    return Letter(**{**given, "subject": "Rīt tirgū", "body": "Labdien!", "made_at": AT, **more})


def files_in(folder: Path) -> list[email.message.EmailMessage]:
    """The letters that lie in a folder."""
    return [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in sorted(folder.iterdir())
    ]


# What a letter looks like


def test_a_letter_says_from_whom_to_whom_and_when(market, empty_app):
    message = message_of(a_letter(subject="Rīt tirgū: vieta Ķ3, 8.00–14.00", body="Ņemiet grozu!"))
    wire = message.as_bytes()
    assert wire.isascii()
    assert b"quoted-printable" in wire
    assert max(len(line) for line in wire.splitlines()) <= 78
    read = email.message_from_bytes(wire, policy=email.policy.default)
    assert read["From"].addresses == (Address("Tukuma tirgus", "tirgus", "tirgus.example"),)
    assert read["To"].addresses == (Address("", "anna", "example.org"),)
    assert read["Subject"] == "Rīt tirgū: vieta Ķ3, 8.00–14.00"
    assert parsedate_to_datetime(read["Date"]) == AT
    assert read["Message-ID"] == f"<{letter_digest('reminder:1:2026-11-25')}@tirgus.example>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content_charset() == "utf-8"
    assert read.get_content().strip() == "Ņemiet grozu!"
    assert "anna" not in read["Message-ID"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\0"])
@pytest.mark.parametrize("name", ["recipient", "subject"])
def test_nobody_adds_headings_to_a_letter(market, name, end):
    poison = {"recipient": f"anna@example.org{end}Bcc: all@example.org", "subject": f"x{end}Bcc: y"}
    with pytest.raises(ValueError, match="more than one line"):
        put(market, **{name: poison[name]})
    assert letters(market) == []
    if end != "\0":
        with pytest.raises(ValueError, match=r"[Ll]inefeed|CR|header|Invalid|domain|line"):
            message_of(a_letter(**{name: poison[name]})).as_bytes()


@pytest.mark.parametrize(
    "recipient", ["anna@example.org, all@example.org", "a,b@example.org", "<a@b.lv>", "anna", ""]
)
def test_a_letter_goes_to_one_address_or_to_none(market, empty_app, tmp_path, recipient):
    put(market, recipient=recipient)
    result = send_due(way_of(settings(mail_dir=f"{tmp_path}/mail")))
    assert result == Sent(0, 1)
    assert not (tmp_path / "mail").exists()


def test_an_address_with_letters_of_its_own_goes_over_the_wire(market):
    message = message_of(a_letter(recipient="anna@rīga.example"))
    assert message["To"] == "anna@xn--rga-uta.example"


def test_a_sender_may_be_set(market, empty_app):
    empty_app.config["SETTINGS"] = settings(mail_from="birojs@example.org")
    assert message_of(a_letter())["From"].addresses[0].addr_spec == "birojs@example.org"


def settings(**given) -> Settings:
    base = {"public_url": "https://tirgus.example", "secret_key": "x"}
    return Settings(_env_file=None, **{**base, **given})


# The way of files


def test_a_letter_becomes_one_file_and_is_forgotten_here(market, empty_app, tmp_path):
    put(market)
    way = way_of(settings(mail_dir=str(tmp_path / "mail")))
    assert [send_due(way), send_due(way)] == [Sent(1, 0), Sent(0, 0)]
    [message] = files_in(tmp_path / "mail")
    assert message["To"] == "anna@example.org"
    [letter] = letters(market)
    assert letter.sent_at == AT
    assert (letter.recipient, letter.subject, letter.body) == ("", "", "")
    assert put(market) is False


def test_a_file_that_was_written_before_a_fall_is_not_there_twice(market, empty_app, tmp_path):
    """We fall over between the file and our note of it: the next try writes the same file."""
    put(market)
    way = way_of(settings(mail_dir=str(tmp_path)))
    with market.writing() as session:
        letter = claim(session, 1, AT)
    way(message_of(letter), letter)
    assert send_due(way) == Sent(0, 0)
    at_minute(empty_app, PAUSES_MIN[0])
    assert send_due(way) == Sent(1, 0)
    assert len(files_in(tmp_path)) == 1


# One sender at a time


def send_from_many(found, folder: Path, workers: int = 6) -> list[str]:
    """Send what is due from many workers at the same moment; the digests in order of sending."""
    ready, handed = Barrier(workers), []

    def work() -> None:
        with found.app_context():
            ready.wait()
            send_due(lambda _message, letter: handed.append(letter.once))

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return handed


def test_of_many_workers_one_sends_each_letter(market, empty_app, tmp_path):
    for number in range(8):
        put(market, f"reminder:{number}:2026-11-25")
    handed = send_from_many(empty_app, tmp_path)
    assert sorted(handed) == [f"reminder:{number}:2026-11-25" for number in range(8)]


def test_twin_without_the_claim_letters_are_sent_twice(market, empty_app, tmp_path, monkeypatch):
    """The twin: whoever sees a letter sends it."""
    for number in range(8):
        put(market, f"reminder:{number}:2026-11-25")
    monkeypatch.setattr(app.mail, "claim", lambda session, number, _at: session.get(Letter, number))
    assert len(send_from_many(empty_app, tmp_path)) > 8


# Failures


def failing(_message, _letter) -> None:
    raise smtplib.SMTPRecipientsRefused({"anna@example.org": (550, b"no anna@example.org here")})


def test_what_fails_is_tried_again_with_growing_pauses_and_given_up(market, empty_app, caplog):
    caplog.set_level(logging.DEBUG)
    put(market, body="https://tirgus.example/lv/ieiet/secrettoken")
    tried, minute = [], 0.0
    while minute < 60 * 48:
        at_minute(empty_app, minute)
        if send_due(failing).failed:
            tried.append(minute)
        minute += 5
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses == list(PAUSES_MIN)
    with market.writing() as session:
        tidy(session, AT + timedelta(minutes=minute))
        session.commit()
    [letter] = letters(market)
    assert (letter.tries, letter.sent_at, letter.recipient) == (len(PAUSES_MIN) + 1, None, "")
    for secret in ("anna", "example.org", "secrettoken", "Rīt"):
        assert secret not in caplog.text
    assert "SMTPRecipientsRefused" in caplog.text


def test_a_letter_that_came_too_late_is_never_sent(market, empty_app, tmp_path):
    put(market, useless_after=AT + timedelta(minutes=10))
    assert send_due(failing) == Sent(0, 1)
    at_minute(empty_app, 11)
    assert send_due(way_of(settings(mail_dir=str(tmp_path / "mail")))) == Sent(0, 0)
    with market.writing() as session:
        tidy(session, AT + timedelta(minutes=30))
        session.commit()
    assert letters(market)[0].body
    with market.writing() as session:
        tidy(session, AT + timedelta(hours=2))
        session.commit()
    assert letters(market)[0].body == ""


def test_old_letters_are_forgotten(market):
    put(market)
    with market.writing() as session:
        tidy(session, AT + timedelta(days=29))
        session.commit()
    assert len(letters(market)) == 1
    with market.writing() as session:
        tidy(session, AT + timedelta(days=31))
        session.commit()
    assert letters(market) == []


def test_a_claimed_letter_is_due_again_after_five_minutes(market):
    put(market)
    with market.writing() as session:
        assert claim(session, 1, AT) is not None
        assert claim(session, 1, AT) is None
        assert due(session, AT + timedelta(minutes=4)) == []
        assert due(session, AT + timedelta(minutes=5)) == [1]
        note_sent(session, 1, AT)
        assert due(session, AT + timedelta(days=1)) == []


# The way of a mail server


class Inbox:
    """A mail server's side: what arrived, under which envelope."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.arrived: list[tuple[str, list[str], bytes]] = []
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.arrived.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def authenticate(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=True)


@pytest.fixture
def inbox():
    """A mail server on this machine, which takes any password."""
    found = Inbox(free_port())
    server = Controller(
        found, "127.0.0.1", found.port, authenticator=found.authenticate, auth_require_tls=False
    )
    server.start()
    yield found
    server.stop()


def test_a_mail_server_gets_the_letter_once(market, empty_app, inbox):
    put(market)
    way = way_of(settings(smtp_url=f"smtp://127.0.0.1:{inbox.port}"))
    assert [send_due(way), send_due(way)] == [Sent(1, 0), Sent(0, 0)]
    [(sender, recipients, content)] = inbox.arrived
    assert (sender, recipients) == ("tirgus@tirgus.example", ["anna@example.org"])
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert read["Subject"] == "Rīt tirgū"


def test_a_name_and_a_password_may_be_in_the_address(market, empty_app, inbox):
    put(market)
    way = way_of(settings(smtp_url=f"smtp://tirgus:p%40ss@127.0.0.1:{inbox.port}"))
    assert send_due(way) == Sent(1, 0)
    assert inbox.logins == [(b"tirgus", b"p@ss")]


def test_a_password_is_never_said_without_tls(market, empty_app, inbox, monkeypatch, caplog):
    monkeypatch.setattr(app.mail, "THIS_COMPUTER", ())
    put(market)
    way = way_of(settings(smtp_url=f"smtp://tirgus:secret@127.0.0.1:{inbox.port}"))
    assert send_due(way) == Sent(0, 1)
    assert (inbox.logins, inbox.arrived) == ([], [])
    assert "secret" not in caplog.text


def test_a_mail_server_that_is_away_costs_nothing_but_time(market, empty_app, tmp_path):
    put(market)
    assert send_due(way_of(settings(smtp_url="smtp://127.0.0.1:9"))) == Sent(0, 1)
    at_minute(empty_app, PAUSES_MIN[0])
    assert send_due(way_of(settings(mail_dir=str(tmp_path)))) == Sent(1, 0)


def test_the_database_is_not_locked_while_a_mail_server_thinks(market, empty_app):
    put(market)

    def slow(_message, _letter) -> None:
        with market.writing() as session:
            session.exec(update(Letter).values(kind="seen"))
            session.commit()

    assert send_due(slow) == Sent(1, 0)


# The postman and the verb


def test_the_postman_stays_at_home_without_a_way(market, empty_app):
    put(market)
    empty_app.config["SETTINGS"] = settings()
    postman = empty_app.extensions["postman"]
    postman.start()
    assert postman.go_round() == Sent(0, 0)
    postman.stop()
    assert letters(market)[0].tries == 0


def test_the_verb_sends_and_says_how_many(market, empty_app, tmp_path):
    put(market)
    empty_app.config["SETTINGS"] = settings()
    runner = empty_app.test_cli_runner()
    assert runner.invoke(args=["send"]).exit_code == 1
    empty_app.config["SETTINGS"] = settings(mail_dir=str(tmp_path))
    answer = runner.invoke(args=["send"])
    assert (answer.exit_code, answer.output.strip()) == (0, "Nosūtīta 1 vēstule.")
    assert len(files_in(tmp_path)) == 1
