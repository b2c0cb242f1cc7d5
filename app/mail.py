"""Letters on their way: as files in a folder (`MAIL_DIR`), or to a mail server (`SMTP_URL`).

A letter has one sender at a time. A file is named after what the letter is about, so it is never
there twice. A mail server may get a letter again when we fall over between its "yes" and our note
of it; both copies carry the same Message-ID. No log ever says to whom a letter goes, or what it
says.
"""

import hashlib
import logging
import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from app.clock import moment
from app.config import Settings
from app.database import database
from app.languages import LATVIAN, speaking
from app.languages import gettext as _
from app.outbox import claim, due, note_sent, tidy
from app.records import Letter

PATIENCE_S = 20
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")

_log = logging.getLogger(__name__)

Way = Callable[[EmailMessage, Letter], None]


@dataclass(frozen=True)
class Sent:
    """How many letters were sent, and how many wait for another try."""

    sent: int = 0
    failed: int = 0


class MailError(Exception):
    """A letter that cannot go this way; the text names nobody."""


def letter_digest(once: str) -> str:
    """What a letter is called in files and by mail servers."""
    return hashlib.sha256(once.encode()).hexdigest()[:32]


def message_of(letter: Letter) -> EmailMessage:
    """The e-mail of a letter; ValueError when a heading is none.

    It has the same Message-ID at every try, and asks machines not to answer it.
    """
    sender = sender_address()
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    with speaking(LATVIAN):
        message["From"] = Address(_("Tukums market"), addr_spec=sender)
    message["To"] = Address(addr_spec=_in_ascii(letter.recipient))
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(moment())
    message["Message-ID"] = f"<{letter_digest(letter.once)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = LATVIAN
    return message


def sender_address() -> str:
    """From which address letters come: `MAIL_FROM`, or "tirgus@" the service's own host."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.mail_from or f"tirgus@{urlsplit(settings.public_url).hostname}"


def _in_ascii(address: str) -> str:
    """An address whose host has its letters in the way of the wire: "rīga.lv" as "xn--…"."""
    name, _at, host = address.rpartition("@")
    try:
        return f"{name}@{host.encode('idna').decode()}"
    except UnicodeError as error:
        raise ValueError("no host of that name") from error


def way_of(settings: Settings) -> Way | None:
    """How letters go; None when neither a folder nor a mail server is set."""
    if settings.mail_dir:
        folder = Path(settings.mail_dir)
        return lambda message, letter: write_file(folder, message, letter)
    if settings.smtp_url:
        return lambda message, letter: hand_over(settings.smtp_url, message, letter)
    return None


def write_file(folder: Path, message: EmailMessage, letter: Letter) -> None:
    """Put the letter into the folder in one act; the same letter is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = letter_digest(letter.once)
    unfinished = folder / f".{name}.{os.getpid()}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / f"{name}.eml")


def hand_over(address: str, message: EmailMessage, letter: Letter) -> None:
    """Give the letter to the mail server at an address such as smtp://user:pass@host:587.

    Raises an error of smtplib or of the system, or MailError.
    """
    with _connection(address) as server:
        server.send_message(message, sender_address(), [_in_ascii(letter.recipient)])


def _connection(address: str) -> smtplib.SMTP:
    """A mail server that listens. A password is only ever said under TLS (or on this machine)."""
    parts = urlsplit(address)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=PATIENCE_S, context=context
        )
        is_safe = True
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE_S)
        is_safe = host in THIS_COMPUTER
    try:
        server.ehlo()
        if not is_safe and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            is_safe = True
        if parts.username and not is_safe:
            raise MailError("the mail server offers no TLS")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def send_due(way: Way, go_on: Callable[[], bool] = lambda: True) -> Sent:
    """Send what is due, each letter by one sender only; failures wait for their next try.

    Stops early when it need not `go_on`.
    """
    with database().reading() as session:
        waiting = due(session, moment())
    results = [_send_one(letter_id, way) for letter_id in waiting if go_on()]
    return Sent(results.count(True), results.count(False))


def _send_one(letter_id: int, way: Way) -> bool | None:
    """Whether the letter went; None when another process has it.

    Nothing is locked while the mail server thinks.
    """
    with database().writing() as session:
        letter = claim(session, letter_id, moment())
    if letter is None:
        return None
    try:
        way(message_of(letter), letter)
    except Exception as error:
        # Neither the error's text nor its causes: mail servers repeat the address in them.
        _log.warning(
            "letter %d (%s) waits after try %d: %s",
            letter_id,
            letter.kind,
            letter.tries,
            type(error).__name__,
        )
        return False
    with database().writing() as session:
        note_sent(session, letter_id, moment())
    return True


def tidy_outbox() -> None:
    """Empty letters that nobody may send any more, and forget old ones."""
    with database().writing() as session:
        tidy(session, moment())
        session.commit()
