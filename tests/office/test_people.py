"""People of the office: only heads see and change them, and one head always stays."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from pyotp import TOTP
from sqlmodel import select

import app.pages.organiser.people as pages
from app.clock import moment
from app.database import database
from app.keys import app_key, begin_second_factor, digest_of_recovery
from app.records import Change, Letter
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from vendors.fields import identity
from vendors.keys.models import KnownPhone, OneTimeKey, Person, RecoveryCode

PEOPLE = "/lv/parvalde/cilveki"
MINE = "/lv/parvalde/mani"


@pytest.fixture
def head(person_of_office: Callable[..., CarefulClient]) -> CarefulClient:
    """The one head of the office."""
    return person_of_office("head")


def person(app: Flask, email: str) -> Person:
    """A person as the database has them now."""
    with database_of(app).reading() as session:
        found = session.exec(select(Person).where(Person.email == email)).one()
        session.expunge(found)
    return found


def another_head(app: Flask, email: str = "otra@tirgus.example") -> CarefulClient:
    """One more head, come in."""
    with app.app_context(), database().writing() as session:
        session.add(Person(email=email, name="Otra Vadītāja", role="head", made_at=moment()))
        session.commit()
    return CarefulClient(app).come_in("", person=email)


@pytest.mark.parametrize("role", ["organiser", "reader", "helper"])
def test_only_heads_see_who_works_here(person_of_office, role):
    client = person_of_office(role)
    client.fetch(PEOPLE, 403)
    client.fetch(f"{PEOPLE}/1", 403)
    client.send(PEOPLE, {"email": "a@example.lv", "name": "Anna", "role": "head"}, 403)
    assert "Biroja cilvēki" not in client.get("/lv/parvalde/viss").text


def test_an_invited_person_gets_a_letter_with_the_way_in(demo_app, head):
    page = head.submit(
        head.get(PEOPLE), "Uzaicināt", email=["Anna@Example.lv"], name=["Anna Jaunā"],
        role=["reader"],
    )  # fmt: skip
    assert page.h1 == "Anna Jaunā"
    assert "anna@example.lv" in page.text
    found = person(demo_app, "anna@example.lv")
    assert (found.name, found.role, found.state) == ("Anna Jaunā", "reader", "active")
    with database_of(demo_app).reading() as session:
        letter = session.exec(select(Letter)).one()
        key = session.exec(select(OneTimeKey)).one()
    assert letter.recipient == "anna@example.lv"
    assert "https://tirgus.example/lv/ieiet#k=" in letter.body
    assert key.person_id == found.id
    code = letter.body.split("#k=")[1].split()[0]
    answer = demo_app.test_client().post(
        "/lv/ieiet", data={"way": "code", "code": code}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (answer.status_code, "/ieiet/otrais" in answer.location) == (303, True)


def test_without_letters_a_code_is_shown_once(demo_app, head):
    demo_app.config["SETTINGS"].mail_dir = ""
    typed = {"email": "anna@example.lv", "name": "Anna", "role": "helper"}
    form = {**typed, "idempotency_key": uuid4().hex}
    answer = head.send(PEOPLE, form, 200)
    code = answer.get_data(as_text=True).split('class="read-out">')[1].split("<")[0]
    assert len(code.replace(" ", "")) == 8
    again = head.send(PEOPLE, form)
    assert code not in head.get(again.location).html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "anna"}, "piemēram, anna@example.lv"),
        ({"email": "head@tirgus.example"}, "jau ir šī adrese"),
        ({"role": "king"}, "izvēlieties lomu"),
        ({"name": "A"}, "par īsu"),
        ({"name": "Anna 010203-12345"}, "personas kod"),
    ],
)
def test_an_invitation_that_does_not_fit_is_said_beside_the_field(head, typed, sentence):
    form = {"email": "anna@example.lv", "name": "Anna", "role": "reader", **typed}
    answer = head.send(PEOPLE, form, 422)
    assert sentence in answer.get_data(as_text=True)


def test_a_role_counts_from_the_next_step_on(demo_app, head, person_of_office):
    reader = person_of_office("reader")
    number = identity(person(demo_app, "reader@tirgus.example"))
    reader.send("/lv/parvalde/pazinojumi/99999/nonemt", {}, 403)
    page = head.submit(head.get(f"{PEOPLE}/{number}"), "Mainīt lomu", role=["organiser"])
    assert "Loma ir mainīta." in page.root.text
    assert "Atcelt" not in [one.name for one in page.root.all("button")]
    reader.send("/lv/parvalde/pazinojumi/99999/nonemt", {}, 404)


def test_a_disabled_person_is_out_at_once_and_may_come_back(demo_app, head, organiser):
    number = identity(person(demo_app, "organiser@tirgus.example"))
    head.submit(head.get(f"{PEOPLE}/{number}"), "Vairs nelaist iekšā")
    organiser.fetch("/lv/parvalde/", 302)
    with database_of(demo_app).reading() as session:
        phone = session.exec(select(KnownPhone).where(KnownPhone.person_id == number)).one()
        assert phone.ended_at is not None
    head.submit(head.get(f"{PEOPLE}/{number}"), "Atkal laist iekšā")
    organiser.fetch("/lv/parvalde/", 302)
    assert person(demo_app, "organiser@tirgus.example").state == "active"


def test_a_second_factor_is_begun_anew(demo_app, head, organiser):
    number = identity(person(demo_app, "organiser@tirgus.example"))
    with demo_app.app_context(), changing(demo_app) as session:
        begin_second_factor(session, session.get_one(Person, number))
        session.add(RecoveryCode(person_id=number, digest=digest_of_recovery("AAAA")))
    head.submit(head.get(f"{PEOPLE}/{number}"), "Sākt otro soli no jauna")
    organiser.fetch("/lv/parvalde/", 302)
    found = person(demo_app, "organiser@tirgus.example")
    assert (found.totp_secret, found.totp_since) == (None, None)
    assert "Anna" not in head.get("/lv/parvalde/izmainas").text
    assert "Ilze organiser" in head.get("/lv/parvalde/izmainas?par=person").text


@pytest.mark.parametrize(("act", "form"), [("slegt", {}), ("loma", {"role": "reader"})])
def test_the_last_head_stays(demo_app, head, act, form):
    mine = person(demo_app, "head@tirgus.example")
    answer = head.send(f"{PEOPLE}/{mine.id}/{act}", {**form, "version": mine.version}, 409)
    assert "pēdējais biroja vadītājs" in answer.get_data(as_text=True)
    after = person(demo_app, "head@tirgus.example")
    assert (after.role, after.state) == ("head", "active")


def test_a_head_may_go_where_another_stays(demo_app, head):
    another_head(demo_app)
    mine = person(demo_app, "head@tirgus.example")
    answer = head.send(f"{PEOPLE}/{mine.id}/loma", {"role": "reader", "version": mine.version})
    assert "/lv/parvalde/?" in answer.location
    head.fetch(PEOPLE, 403)


def heads_left(app: Flask) -> int:
    """How many heads may come in."""
    with database_of(app).reading() as session:
        return len(
            session.exec(
                select(Person).where(Person.role == "head", Person.state == "active")
            ).all()
        )


def two_at_once(app: Flask, one: CarefulClient, other: CarefulClient) -> list[int]:
    """Each of two heads lets the other one in no more, at the same moment; the answers."""
    people = [person(app, email) for email in ("head@tirgus.example", "otra@tirgus.example")]
    begin, answers = Barrier(2), list[int]()

    def disable(client: CarefulClient, whom: Person) -> None:
        begin.wait(10)
        form = {"idempotency_key": uuid4().hex, "version": whom.version}
        here = {"Sec-Fetch-Site": "same-origin"}
        address = f"{PEOPLE}/{whom.id}/slegt"
        answers.append(client._client.post(address, data=form, headers=here).status_code)

    acts: list[Any] = [(one, people[1]), (other, people[0])]
    threads = [Thread(target=disable, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def test_of_two_heads_who_disable_each_other_one_stays(demo_app, head):
    other = another_head(demo_app)
    answers = two_at_once(demo_app, head, other)
    assert heads_left(demo_app) == 1
    # The second comes after the first has ended their session, or in its midst.
    assert answers[0] == 303
    assert answers[1] in (302, 401, 403)


def test_without_the_lock_no_head_would_be_left(
    demo_app: Flask, head: CarefulClient, monkeypatch: pytest.MonkeyPatch
):
    """The twin: nobody asks again inside the transaction which heads there are."""
    other = another_head(demo_app)
    together = Barrier(2)
    guard = pages._leave_a_head

    def as_before(save: Any) -> list[Person]:
        with database_of(demo_app).reading() as session:
            found = session.exec(select(Person).where(Person.role == "head")).all()
            session.expunge_all()
        return list(found)

    def late(*values: Any) -> None:
        guard(*values)
        if demo_app.extensions["database"].engine.dialect.name == "postgresql":
            together.wait(10)

    monkeypatch.setattr(pages, "_as_head", as_before)
    monkeypatch.setattr(pages, "_leave_a_head", late)
    answers = two_at_once(demo_app, head, other)
    kind = demo_app.extensions["database"].engine.dialect.name
    if kind == "postgresql":
        assert (answers, heads_left(demo_app)) == ([303, 303], 0)
    else:
        # SQLite writes one after the other; whoever comes second only has no session any more.
        assert heads_left(demo_app) <= 1


def test_no_button_brings_a_role_back(demo_app, head, organiser):
    mine = person(demo_app, "organiser@tirgus.example")
    another_head(demo_app)
    head.send(f"{PEOPLE}/{mine.id}/loma", {"role": "reader", "version": mine.version})
    with database_of(demo_app).reading() as session:
        batch = session.exec(select(Change.batch).where(Change.table == "person")).one()
    head.send("/lv/parvalde/atsaukt", {"batch": batch}, 404)


# My own part.


@pytest.mark.parametrize("role", ["head", "organiser", "reader", "helper"])
def test_everybody_has_a_part_of_their_own(demo_app, person_of_office, role):
    client = person_of_office(role)
    CarefulClient(demo_app).come_in("", person=f"{role}@tirgus.example")
    CarefulClient(demo_app).come_in("", person=f"{role}@tirgus.example")
    page = client.get(MINE)
    assert len(page.main.all("h3")) == 3
    page = client.submit(page, "Beigt šo sesiju")
    assert len(page.main.all("h3")) == 2
    page = client.submit(page, "Beigt visas pārējās")
    assert len(page.main.all("h3")) == 1
    page = client.submit(page, "Saglabāt", name=["Jauns Vārds"])
    assert person(demo_app, f"{role}@tirgus.example").name == "Jauns Vārds"


def test_nobody_ends_the_session_of_another_or_this_one_by_a_number(demo_app, organiser, head):
    with database_of(demo_app).reading() as session:
        numbers = session.exec(select(KnownPhone.id)).all()
    for number in numbers:
        organiser.send(f"{MINE}/iziet", {"which": str(number)}, 404)
    head.get("/lv/parvalde/")


def test_recovery_codes_are_made_anew_with_the_number_of_the_app(demo_app, organiser):
    number = identity(person(demo_app, "organiser@tirgus.example"))
    with demo_app.app_context(), changing(demo_app) as session:
        mine = session.get_one(Person, number)
        begin_second_factor(session, mine)
        mine.totp_since = moment()
        session.add(RecoveryCode(person_id=number, digest="old"))
        right = TOTP(app_key(mine)).now()
    organiser.send(f"{MINE}/kodi", {"totp": "12"}, 422)
    answer = organiser.send(f"{MINE}/kodi", {"totp": right}, 200)
    codes = answer.get_data(as_text=True).count('class="key"')
    with database_of(demo_app).reading() as session:
        kept = session.exec(select(RecoveryCode.digest)).all()
    assert (codes, len(kept), "old" in kept) == (10, 10, False)
    organiser.send(f"{MINE}/kodi", {"totp": right}, 422)
