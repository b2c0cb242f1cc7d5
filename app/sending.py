"""Forms that are sent: once, by their owner, and what they changed is written down.

    with saving() as save:
        good = own_good(save.session, save.account.vendor_id, number) or abort(404)
        form = read_form(GoodFields, typed)
        if form.errors:
            return page(form), 422
        save.change(good, form.values, action="good", version=version_sent())
        return save.done(url_for("own.goods"), _("Saved."))

The key of the form, the changes and the answer are kept in one transaction: a form that is sent
again, by a phone on a bad network or by a queue, does nothing and gets the same answer.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, redirect, request
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from app.accounts import Account, account
from app.changes import noted, unnoted, write_over
from app.clock import moment
from app.database import database
from app.records import Change, SentForm
from vendors.fields import Row

SHORTEST_KEY, LONGEST_KEY = 16, 64
NOT_IN_DIGEST = ("idempotency_key",)


class AlreadySent(Exception):  # noqa: N818 - no fault: the form has done its work before
    """The form was sent before; the answer is the one it got then."""

    def __init__(self, form: SentForm) -> None:
        super().__init__(form.key)
        self.form = form


class Refused(Exception):  # noqa: N818 - named for what it tells the sender
    """A form that cannot be taken: `reason` is key_missing, key_used or other_account."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Saving:
    """One form on its way into the database.

    `vendor_id`, `source` and `reason` are what the log says of its changes: about whom, on whose
    wish, and why.
    """

    def __init__(self, session: Session, account: Account, key: str) -> None:
        self.session = session
        self.account = account
        self.key = key
        self.at: datetime = moment()
        self.vendor_id = account.vendor.id if account.vendor else None
        self.source = (account.source or "office") if account.person else "own"
        self.reason = ""

    def change(
        self, row: Row, values: Mapping[str, Any], *, action: str, version: int | None = None
    ) -> None:
        """Write values into a row and note what it was before; raises Stale (see app.changes)."""
        change = write_over(self.session, row, values, version)
        if change:
            self._note(change, action)

    def add(self, row: SQLModel, *, action: str) -> None:
        """Add a row; undoing takes it away."""
        self.session.add(row)
        self.session.flush()
        self._note(noted(row), action)

    def add_each(self, rows: Iterable[tuple[SQLModel, int | None]], *, action: str) -> None:
        """Add many rows at once, each with the vendor whom the log tells it about."""
        found = list(rows)
        self.session.add_all(row for row, _vendor_id in found)
        self.session.flush()
        for row, vendor_id in found:
            self.vendor_id = vendor_id
            self._note(noted(row), action)

    def remove(self, row: SQLModel, *, action: str) -> None:
        """Take a row away; undoing brings it back."""
        change = unnoted(row)
        self.session.delete(row)
        self.session.flush()
        self._note(change, action)

    def tell(
        self, table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], *, action: str
    ) -> None:
        """Note what was changed where no row tells it by itself; it is not undone by a button."""
        change = Change(
            batch=self.key, at=self.at, action=action, table=table, row=0,
            before=dict(before) if before else None, after=dict(after),
        )  # fmt: skip
        self._note(change, action)

    def done(self, where: str, said: str = "", *, status: int = 303) -> Response:
        """Keep the form's key with its answer, commit, and lead on to a page.

        `said` is shown on that page, with a button that undoes the form where that is possible.
        """
        form = self.session.get_one(SentForm, self.key)
        form.where, form.said, form.status = where, said, status
        self.session.add(form)
        self.session.commit()
        return answer_to(form)

    def _note(self, change: Any, action: str) -> None:
        person = self.account.person
        change.batch, change.at, change.action = self.key, self.at, action
        change.vendor_id = self.vendor_id
        change.person_id = person.id if person else None
        change.source, change.reason = change.source or self.source, self.reason
        self.session.add(change)


def answer_to(form: SentForm) -> Response:
    """The answer to a form that did its work: on to the page, or JSON for a queue."""
    if wants_json():
        return jsonify(said=form.said, where=form.where)
    separator = "&" if "?" in form.where else "?"
    where, _, anchor = form.where.partition("#")
    sent = f"{where}{separator}{urlencode({'sent': form.key})}"
    return redirect(f"{sent}#{anchor}" if anchor else sent, form.status)  # type: ignore[return-value]


def wants_json() -> bool:
    """Whether a program asks, such as the queue on the telephone."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


@contextmanager
def saving() -> Iterator[Saving]:
    """A transaction for the form of this request; what is not `done` is rolled back.

    Raises Refused for a form without a key, with a key used for something else, or of another
    account; AlreadySent for a form that has done its work.
    """
    who = account()
    if who is None:
        raise Refused("nobody")
    key = request.form.get("idempotency_key", "")
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY or not key.isalnum():
        raise Refused("key_missing")
    if request.form.get("account", who.tag) != who.tag:
        raise Refused("other_account")
    with database().writing() as session:
        _begin(session, key, who.owner)
        yield Saving(session, who, key)


def _begin(session: Session, key: str, owner: str) -> None:
    """Write the key first: of two forms with one key the second waits here for the first."""
    digest = digest_of_form()
    _refuse_known(session, key, owner, digest)
    form = SentForm(key=key, owner=owner, digest=digest, status=0, where="", made_at=moment())
    session.add(form)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        _refuse_known(session, key, owner, digest)
        raise


def _refuse_known(session: Session, key: str, owner: str, digest: str) -> None:
    known = session.get(SentForm, key)
    if known is None:
        return
    if known.owner != owner or known.digest != digest:
        raise Refused("key_used")
    session.expunge(known)
    raise AlreadySent(known)


def digest_of_form() -> str:
    """What tells one form from another: its address and all it holds, its files too."""
    found = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.form.lists()):
        if name not in NOT_IN_DIGEST:
            found.update(repr((name, values)).encode())
    for name, files in sorted(request.files.lists()):
        for file in files:
            found.update(repr((name, file.filename)).encode())
            found.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
            file.stream.seek(0)
    return found.hexdigest()


def version_sent() -> int:
    """The version of the row that a form was opened with; 0 when the form did not say."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
