"""Two people press “send” at the same moment: everybody gets one letter, nobody two."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from app import accepting
from app.pages.organiser import deciding
from app.records import Letter
from market.festivals.models import Application, ApplicationStep
from tests.asking import database_of
from tests.careful_client import CarefulClient
from vendors.registry.models import Vendor

BASE = "/lv/parvalde/svetki/ziemassvetku-tirdzins-2026/lemumi"
MEET_S = 3.0
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def sent_together(
    demo_app: Flask, person_of_office: Callable[..., CarefulClient]
) -> tuple[list[int], Counter[str], Counter[int], int]:
    """The two answers; letters by recipient, steps by application, and vendors too many."""
    officers = [person_of_office("organiser"), person_of_office("head")]
    officers[0].submit(officers[0].get(BASE), "Sagatavot")
    with database_of(demo_app).reading() as session:
        before = len(session.exec(select(Vendor.id)).all())
        rows = session.exec(select(Application).where(col(Application.prepared).is_not(None))).all()
        strangers = sum(row.prepared == "accepted" and row.vendor_id is None for row in rows)
        ticks = [f"{row.id}-{row.version}" for row in rows]
    assert len(ticks) > 10
    start, answers = Barrier(2), []

    def press(officer: CarefulClient) -> None:
        form = {"application": ticks, "idempotency_key": uuid4().hex}
        start.wait()
        answer = officer._client.post(f"{BASE}/sutit", data=form, headers=OWN_PAGE)
        answers.append(answer.status_code)

    threads = [Thread(target=press, args=(one,)) for one in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database_of(demo_app).reading() as session:
        letters = session.exec(select(Letter.recipient).where(Letter.kind == "application"))
        sent = Counter(letters)
        ids = {int(one.split("-")[0]) for one in ticks}
        steps = session.exec(
            select(ApplicationStep).where(col(ApplicationStep.person_id).is_not(None))
        )
        taken = Counter(one.application_id for one in steps if one.application_id in ids)
        made = len(session.exec(select(Vendor.id)).all()) - before
        return sorted(answers), sent, taken, made - strangers


def test_everybody_gets_one_letter_whoever_presses(
    demo_app: Flask, person_of_office: Callable[..., CarefulClient]
) -> None:
    answers, letters, steps, too_many = sent_together(demo_app, person_of_office)
    assert answers == [303, 409]
    assert set(letters.values()) == {1} and set(steps.values()) == {1}
    assert too_many == 0


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_the_twin_that_holds_no_call_writes_to_everybody_twice(
    demo_app: Flask,
    person_of_office: Callable[..., CarefulClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the call is held nor has a letter its own key: SQLite has one writer anyway."""
    meet, whole, number = Barrier(2), accepting.applications_of_call, count()
    send = accepting.send

    def at_once(session: Session, call_id: int) -> Any:
        rows = whole(session, call_id)
        try:
            meet.wait(MEET_S)
        except BrokenBarrierError:
            return rows
        return rows

    def again(session: Session, row: Application, letter: Any, _once: str) -> Any:
        return send(session, row, letter, f"decision:{next(number)}")

    for module in (accepting, deciding):
        monkeypatch.setattr(module, "lock_call", lambda _session, _call_id: None)
    monkeypatch.setattr(accepting, "applications_of_call", at_once)
    monkeypatch.setattr(accepting, "send", again)
    answers, letters, _steps, too_many = sent_together(demo_app, person_of_office)
    assert answers == [303, 303]
    assert set(letters.values()) == {2} and too_many > 0
