"""My data and privacy: what visitors see, what one takes along, and leaving for good."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from app.accounts import remember_phone
from app.clock import moment
from app.database import Database
from app.keeping.own_data import SECRET, own_rows, own_tables
from app.records import Change, Erased, Letter, SentForm
from app.schema import METADATA
from market.days.models import Placement
from market.evidence.models import Opening, PageOpening
from market.signs.models import Sign
from tests.careful_client import CarefulClient, page_from
from tests.reading_pages import read
from vendors.keys.models import Card, KnownPhone, OneTimeKey
from vendors.registry.models import Vendor
from vendors.stories.album import put
from vendors.stories.models import Photograph, Recording, StoryDraft, StoryVersion

SLUG = "siltrasas"
PHONE, EMAIL, PLACE = "+37129999001", "anna@siltrasas.example", (57.01234, 23.16789)
PICTURE, SOUND = "a" * 64, "b" * 64
WAYS = {"talrunis": "show_phone", "epasts": "show_email", "vieta": "show_farm_place"}


def market_of(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


def vendor_in(session: Session, slug: str = SLUG) -> Vendor:
    return session.exec(select(Vendor).where(Vendor.slug == slug)).one()


@pytest.fixture
def known(demo_app: Flask, client: CarefulClient) -> CarefulClient:
    """The telephone of a vendor of whom all three are known and none is shown."""
    with market_of(demo_app).writing() as session:
        vendor = vendor_in(session)
        vendor.phone, vendor.email = PHONE, EMAIL
        vendor.farm_lat, vendor.farm_lon = PLACE
        vendor.show_phone = vendor.show_email = vendor.show_farm_place = False
        session.add(vendor)
        session.commit()
    return client.come_in(SLUG)


def public_texts(app: Flask) -> Iterator[tuple[str, str]]:
    """Everything that is public about the vendor, by its address."""
    stranger = CarefulClient(app)
    with market_of(app).reading() as session:
        vendor = vendor_in(session)
        codes = session.exec(
            select(Sign.code)
            .join(Placement, Placement.stall_id == Sign.stall_id)
            .where(Placement.vendor_id == vendor.id)
            .distinct()
        ).all()
    for address in (
        f"/lv/tirgotaji/{SLUG}",
        f"/en/tirgotaji/{SLUG}",
        f"/api/v1/vendors/{SLUG}",
        "/api/v1/vendors?limit=200",
        "/api/v1/stalls",
        "/dati/vendors.csv",
        "/lv/tirgotaji",
        "/lv/karte",
        "/lv/karte/plans",
        "/lv/pagasti",
        "/lv/",
        *(f"/S/{code}" for code in codes),
        *(f"/en/S/{code}" for code in codes),
    ):
        answer = stranger._client.get(address)
        if answer.status_code == 200:
            yield address, answer.get_data(as_text=True)


def secrets_seen(app: Flask) -> dict[str, set[str]]:
    """Which of the three are seen, and where."""
    signs = {
        "talrunis": ("29999001",),
        "epasts": (EMAIL,),
        "vieta": ("57.01234", "57,01234", "23.16789", "23,16789"),
    }
    found: dict[str, set[str]] = {}
    for address, text in public_texts(app):
        for key, marks in signs.items():
            if any(mark in text for mark in marks):
                found.setdefault(key, set()).add(address)
    return found


def test_at_first_nothing_is_shown(demo_app, known):
    assert secrets_seen(demo_app) == {}
    assert len(list(public_texts(demo_app))) > 10
    page = known.get("/lv/mans/mani-dati")
    assert page.text.count("Apmeklētāji to neredz.") == 3


@pytest.mark.parametrize("key", WAYS)
def test_each_is_public_exactly_when_switched_on_and_by_itself(demo_app, known, key):
    known.send(f"/lv/mans/mani-dati/{key}", {"shown": "1"})
    seen = secrets_seen(demo_app)
    assert set(seen) == {key}
    assert f"/api/v1/vendors/{SLUG}" in seen[key]
    assert "/dati/vendors.csv" in seen[key]
    if key != "vieta":
        assert f"/lv/tirgotaji/{SLUG}" in seen[key]
    known.send(f"/lv/mans/mani-dati/{key}", {"shown": "0"})
    assert secrets_seen(demo_app) == {}


def test_a_planted_leak_would_be_seen(demo_app, known, monkeypatch):
    """The twin: a service that forgets to ask whether the vendor wishes it."""
    monkeypatch.setattr("app.api.vendors._farm", lambda row: {"lat": row.farm_lat, "lon": 23.5})
    assert set(secrets_seen(demo_app)) == {"vieta"}


def test_the_exact_place_moves_the_point_on_the_map(demo_app, known):
    before = CarefulClient(demo_app).get(f"/lv/tirgotaji/{SLUG}").html
    known.send("/lv/mans/mani-dati/vieta", {"shown": "1"})
    after = CarefulClient(demo_app).get(f"/lv/tirgotaji/{SLUG}").html
    assert re.findall(r'cx="[\d.]+"', before) != re.findall(r'cx="[\d.]+"', after)


def test_one_tap_shows_and_the_next_page_can_undo_it(demo_app, known):
    page = known.submit(known.get("/lv/mans/mani-dati"), "Rādīt apmeklētājiem")
    assert "Apmeklētāji to tagad redz." in page.root.text
    assert set(secrets_seen(demo_app)) == {"talrunis"}
    known.submit(page, "Atcelt")
    assert secrets_seen(demo_app) == {}


def test_an_unknown_switch_turns_nothing(known):
    known.send("/lv/mans/mani-dati/vards", {"shown": "1"}, 404)
    known.send("/lv/mans/mani-dati/talrunis", {"shown": "2"}, 404)


def test_what_is_not_known_cannot_be_shown_but_written_down(demo_app, known):
    with market_of(demo_app).writing() as session:
        vendor = vendor_in(session)
        vendor.phone, vendor.farm_lat, vendor.farm_lon = None, None, None
        session.add(vendor)
        session.commit()
    page = known.get("/lv/mans/mani-dati")
    assert page.link("Pierakstīt") == "/lv/mans/par-mani"
    assert "redz tikai pagastu" in page.text


# My name and how to reach me.


def test_name_telephone_and_email_are_changed_and_kept(demo_app, known):
    page = known.get("/lv/mans/par-mani")
    known.submit(page, "Saglabāt", phone="26 123 456", name="Siltrasu dārzs", since="1999")
    with market_of(demo_app).reading() as session:
        vendor = vendor_in(session)
        found = vendor.name, vendor.phone, vendor.email, vendor.since
    assert found == ("Siltrasu dārzs", "+37126123456", EMAIL, 1999)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "12", "tālruņa numurs"),
        ("email", "anna", "e-pasta adresi"),
        ("since", "1812", "vismaz 1900"),
        ("name", "", "aizpildiet"),
        ("name", "Anna 010190-12345", "personas kod"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_kept(known, field, typed, sentence):
    page = known.get("/lv/mans/par-mani")
    again = known.submit(page, "Saglabāt", 422, **{field: typed})
    assert sentence in again.text
    assert f'value="{typed}"' in again.html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("56.97012, 23.15544", (56.97012, 23.15544)),
        ("56,97012 23,15544", (56.97012, 23.15544)),
        ("56.97012° N, 23.15544° E", (56.97012, 23.15544)),
        ("", (None, None)),
    ],
)
def test_the_exact_place_is_copied_from_a_map(demo_app, known, typed, kept):
    known.submit(known.get("/lv/mans/par-mani"), "Saglabāt", place=typed)
    with market_of(demo_app).reading() as session:
        vendor = vendor_in(session)
    assert (vendor.farm_lat, vendor.farm_lon) == kept


@pytest.mark.parametrize("typed", ["Irlavā", "56.97", "23.15544, 56.97012", "1 2 3", "²6.1, 23.1"])
def test_what_is_no_place_is_explained_and_given_back(known, typed):
    page = known.submit(known.get("/lv/mans/par-mani"), "Saglabāt", 422, place=typed)
    assert page.root.first("input", id="place")["value"] == typed
    assert page.main.all(of_class="error")


def test_a_telephone_that_is_taken_away_is_hidden_when_it_comes_back(demo_app, known):
    known.send("/lv/mans/mani-dati/talrunis", {"shown": "1"})
    known.submit(known.get("/lv/mans/par-mani"), "Saglabāt", phone="")
    known.submit(known.get("/lv/mans/par-mani"), "Saglabāt", phone="29999001")
    assert secrets_seen(demo_app) == {}


def test_two_who_edit_the_same_see_both_texts(demo_app, known):
    page = known.get("/lv/mans/par-mani")
    known.submit(known.get("/lv/mans/par-mani"), "Saglabāt", name="Pirmais nosaukums")
    late = known.submit(page, "Saglabāt", 409, name="Otrais nosaukums")
    assert "Pirmais nosaukums" in late.text
    assert 'value="Otrais nosaukums"' in late.html
    known.submit(late, "Saglabāt")
    with market_of(demo_app).reading() as session:
        assert vendor_in(session).name == "Otrais nosaukums"


# Taking everything along.


def fill_every_table(app: Flask) -> None:
    """Something of the vendor in every table where vendors have rows, and files on disk."""
    at = app.extensions["database"]
    folder = Path(app.config["SETTINGS"].data_dir)
    put(folder / "photographs", {f"{PICTURE}.webp": b"picture", f"{PICTURE}-480.jpg": b"small"})
    put(folder / "recordings", {f"{SOUND}.m4a": b"sound"})
    with app.app_context(), at.writing() as session:
        now = moment()
        vendor = vendor_in(session)
        key = {"vendor_id": vendor.id}
        card = Card(**key, secret_digest="c" * 64, pin_hash="hash-of-pin", issued_at=now)
        session.add(card)
        session.flush()
        remember_phone(session, way="card", device="Annas", at=now, card_id=card.id, **key)
        words = {"lv": "Govs"}
        sign = session.exec(
            select(Sign)
            .join(Placement, Placement.stall_id == Sign.stall_id)
            .where(Placement.vendor_id == vendor.id, Placement.day == now.date())
        ).first()
        session.add_all(
            [
                OneTimeKey(**key, kind="code", digest="d" * 64, made_at=now, expires_at=now),
                Photograph(**key, digest=PICTURE, width=400, height=300, words=words),
                Recording(**key, language="lv", digest=SOUND, seconds=3.0, transcript="Labdien"),
                StoryDraft(**key, language="lv", short="Uzmetums", changed_at=now),
                StoryVersion(**key, language="lv", short="Agrāk", replaced_at=now),
                PageOpening(**key, day=now.date(), hour=9, language="lv", openings=3),
                Opening(sign_id=sign.id, day=now.date(), hour=9, language="lv", openings=4),
                Change(
                    **key,
                    batch="x",
                    at=now,
                    action="card",
                    table="card",
                    row=1,
                    after={"pin_hash": "hash-of-pin", "issued_at": "2026"},
                ),
                Letter(
                    once=f"reminder:{vendor.id}:x",
                    kind="reminder",
                    recipient=EMAIL,
                    subject="s",
                    body="link",
                    made_at=now,
                ),
            ]
        )
        session.commit()


def downloaded(client: CarefulClient, language: str = "lv") -> zipfile.ZipFile:
    answer = client.fetch(f"/{language}/mans/mani-dati.zip")
    assert answer.mimetype == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_the_download_holds_every_row_picture_and_recording(demo_app, known):
    fill_every_table(demo_app)
    archive = downloaded(known)
    assert archive.testzip() is None
    assert set(archive.namelist()) == {
        "mani-dati.html",
        "mani-dati.json",
        f"photographs/{PICTURE}.webp",
        f"photographs/{PICTURE}-480.jpg",
        f"recordings/{SOUND}.m4a",
    }
    rows = json.loads(archive.read("mani-dati.json"))
    assert rows["vendor"][0]["phone"] == PHONE
    assert rows["opening"][-1]["openings"] == 4
    for name in ("card", "known_phone", "photograph", "recording", "story_draft", "change"):
        assert rows[name], name
    everything = archive.read("mani-dati.json").decode() + archive.read("mani-dati.html").decode()
    for secret in ("hash-of-pin", "c" * 64, "d" * 64, '"link"'):
        assert secret not in everything


def missing_tables(rows: dict[str, object]) -> set[str]:
    """Tables in which a vendor has rows and which a download does not name."""
    return {
        table.name
        for table in METADATA.sorted_tables
        if any(key.column.table.name == "vendor" for key in table.foreign_keys)
        and "vendor_id" in table.columns
    } - set(rows)


def secret_columns() -> set[str]:
    """Columns of vendors' tables that sound like a secret and would be in the download."""
    harmless = {"photograph.digest", "recording.digest", "incident.digest", "sent_form.key"}
    return {
        f"{table.name}.{column.name}"
        for table in own_tables()
        for column in table.columns
        if re.search(r"digest|hash|secret|token|key", column.name)
        and column.name not in SECRET.get(table.name, set())
    } - harmless


def test_no_table_is_missing_and_no_secret_is_told(demo_app, known):
    with market_of(demo_app).reading() as session:
        rows = own_rows(session, vendor_in(session))
    assert missing_tables(rows) == set()
    assert secret_columns() == set()


def test_a_missing_table_and_a_told_secret_would_be_found(demo_app, known, monkeypatch):
    with market_of(demo_app).reading() as session:
        rows = own_rows(session, vendor_in(session))
    del rows["absence"]
    monkeypatch.setitem(SECRET, "card", {"pin_hash"})
    assert missing_tables(rows) == {"absence"}
    assert secret_columns() == {"card.secret_digest"}


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_readable_page_asks_no_network(demo_app, known, language):
    fill_every_table(demo_app)
    archive = downloaded(known, language)
    [name] = [one for one in archive.namelist() if one.endswith(".html")]
    html = archive.read(name).decode()
    root, faults = read(html)
    assert faults == []
    asked = [one[key] for one in root.walk() for key in ("src", "href") if key in one]
    assert asked
    assert set(asked) <= set(archive.namelist())
    assert "://" not in html
    assert root.first("html")["lang"] == language
    assert PHONE in root.text
    assert page_from("x", html, {}).h1 == ("Mani dati" if language == "lv" else "My data")


def test_nobody_gets_the_data_of_another(demo_app, known):
    fill_every_table(demo_app)
    other = CarefulClient(demo_app).come_in("pretveji")
    archive = downloaded(other)
    assert PHONE not in archive.read("mani-dati.json").decode()
    assert [one for one in archive.namelist() if "/" in one] == []
    assert CarefulClient(demo_app)._client.get("/lv/mans/mani-dati.zip").status_code == 302


# Leaving for good.


def leave(client: CarefulClient) -> object:
    page = client.get("/lv/mans/prom")
    last = client.submit(page, "Turpināt", 200, understood="1")
    return client.submit(last, "Jā", 200)


def test_nobody_leaves_by_mistake(demo_app, known):
    page = known.get("/lv/mans/prom")
    again = known.submit(page, "Turpināt", 422)
    assert "atzīmējiet" in again.text
    known.submit(again, "Turpināt", 200, understood="1")
    with market_of(demo_app).reading() as session:
        assert vendor_in(session).phone == PHONE


def test_who_leaves_is_gone_with_everything(demo_app, known):
    fill_every_table(demo_app)
    market, folder = market_of(demo_app), Path(demo_app.config["SETTINGS"].data_dir)
    CarefulClient(demo_app).get(f"/lv/tirgotaji/{SLUG}")
    with market.reading() as session:
        vendor = vendor_in(session)
        vendor_id, name = vendor.id, vendor.name
        code = session.exec(
            select(Sign.code)
            .join(Placement, Placement.stall_id == Sign.stall_id)
            .where(Placement.vendor_id == vendor_id, Placement.day == moment_day(demo_app))
        ).first()
    goodbye = leave(known)
    assert goodbye.h1 == "Uz redzēšanos un paldies"
    with market.reading() as session:
        for table in own_tables():
            left = session.execute(table.select().where(table.c.vendor_id == vendor_id)).all()
            assert left == [], table.name
        assert session.get(Vendor, vendor_id) is None
        assert session.exec(select(Letter)).all() == []
        assert session.exec(select(SentForm.owner)).all() == []
        assert len(session.exec(select(Erased)).all()) == 1
    assert list((folder / "photographs").iterdir()) == []
    assert list((folder / "recordings").iterdir()) == []
    assert list((folder / "pages").glob("*.page")) == []
    stranger = CarefulClient(demo_app)
    stranger.get(f"/lv/tirgotaji/{SLUG}", 404)
    assert name not in stranger.get(f"/S/{code}").text
    assert known._client.get("/lv/mans/").status_code == 302


def moment_day(app: Flask) -> object:
    return app.config["NOW"].date()


def test_nothing_of_them_can_be_read_from_the_file(templates, tmp_path):
    from app import create_app
    from tests.conftest import _demonstration, close, settings_for

    app = create_app(settings_for(templates.copy("sqlite", "demo", _demonstration), tmp_path))
    with market_of(app).writing() as session:
        vendor = vendor_in(session)
        vendor.email = EMAIL
        session.add(vendor)
        session.commit()
    leave(CarefulClient(app).come_in(SLUG))
    file = market_of(app).file
    close(app)
    sqlite3.connect(file).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    parts = [one for one in file.parent.iterdir() if one.name.startswith(file.name)]
    assert [one.name for one in parts if EMAIL.encode() in one.read_bytes()] == []


def test_a_picture_of_two_vendors_stays_with_the_other(demo_app, known):
    fill_every_table(demo_app)
    with market_of(demo_app).writing() as session:
        other = vendor_in(session, "pretveji")
        words = {"lv": "Govs"}
        row = {"digest": PICTURE, "width": 400, "height": 300, "words": words}
        session.add(Photograph(vendor_id=other.id, **row))
        session.commit()
    leave(known)
    kept = Path(demo_app.config["SETTINGS"].data_dir) / "photographs"
    assert len(list(kept.iterdir())) == 2


def test_no_copy_names_them_when_the_database_is_silent(demo_app, known):
    stranger = CarefulClient(demo_app)
    with market_of(demo_app).reading() as session:
        name = vendor_in(session).name
    assert name in stranger.get("/lv/tirgotaji").html
    leave(known)
    kept = demo_app.extensions["kept_pages"]
    kept._version = lambda: 1 / 0
    answer = stranger._client.get("/lv/tirgotaji").get_data(as_text=True)
    assert name not in answer


def test_a_copy_in_memory_would_name_them_if_nothing_was_forgotten(demo_app, known, monkeypatch):
    monkeypatch.setattr("app.page_store.Copies.is_forgotten", lambda _self, _page: False)
    stranger = CarefulClient(demo_app)
    with market_of(demo_app).reading() as session:
        name = vendor_in(session).name
    stranger.get("/lv/tirgotaji")
    leave(known)
    kept = demo_app.extensions["kept_pages"]
    kept._version = lambda: 1 / 0
    assert name in stranger._client.get("/lv/tirgotaji").get_data(as_text=True)


def test_a_telephone_of_the_office_is_not_put_out_with_the_vendor(demo_app, known):
    with demo_app.app_context(), market_of(demo_app).writing() as session:
        from vendors.keys.models import Person

        person = Person(email="ilze@tirgus.example", name="Ilze", made_at=moment())
        session.add(person)
        session.flush()
        remember_phone(session, way="code", device="x", at=moment(), person_id=person.id)
        phone = session.exec(select(KnownPhone).where(KnownPhone.person_id == person.id)).one()
        phone.for_vendor_id = vendor_in(session).id
        session.commit()
    leave(known)
    with market_of(demo_app).reading() as session:
        [phone] = session.exec(select(KnownPhone)).all()
        assert phone.for_vendor_id is None
        assert phone.expires_at - phone.came_in_at < timedelta(days=1)


def test_more_leads_to_pages_that_exist_and_out(known):
    page = known.get("/lv/mans/vel")
    assert page.link("Mani dati un privātums") == "/lv/mans/mani-dati"
    assert page.link("Mani skaitļi") == "/lv/mans/skaitli"
    out = known.submit(page, "Iziet šajā tālrunī")
    assert out.address.startswith("/lv/ieiet")
    assert known._client.get("/lv/mans/").status_code == 302
