"""`flask erase`, `flask tidy`, and that nothing which has ended comes back with a backup."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, delete, func, select

import app.keeping.restoring as restoring
from app.accounts import remember_phone
from app.changes import unnoted
from app.database import Database
from app.keeping.backup import write_backup
from app.keeping.canonical import PASSING, read_canonical, write_canonical
from app.keeping.erasing import erase, remembered_on_disk, slug_digest
from app.keeping.restoring import restore
from app.keeping.tidying import remove_unused_files, tidy
from app.records import Change, Erased, Letter, SentForm
from app.schema import METADATA
from market.days.models import Absence, VendorWeekday
from market.evidence.models import PageOpening
from tests.cli.test_keeping import say, text_of
from tests.conftest import _only_parishes
from vendors.keys.models import Attempt, Card, KnownPhone, OneTimeKey, Person, RecoveryCode
from vendors.registry.models import Vendor
from vendors.stories.album import put
from vendors.stories.models import Photograph, Recording, StoryDraft, StoryVersion

NOW = datetime(2026, 11, 24, 10, 0)
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SLUG = "siltrasas"
PICTURE, SOUND = "a" * 64, "b" * 64


def vendor_in(session: Session, slug: str = SLUG) -> Vendor | None:
    return session.exec(select(Vendor).where(Vendor.slug == slug)).first()


def fill(market: Database, folder: Path) -> None:
    """A row in every table of the vendor's own stall, and their files."""
    put(folder / "photographs", {f"{PICTURE}.webp": b"picture"})
    put(folder / "recordings", {f"{SOUND}.m4a": b"sound"})
    with market.writing() as session:
        key = {"vendor_id": vendor_in(session).id}
        person = Person(email="ilze@tirgus.example", name="Ilze", made_at=AT, totp_since=AT)
        session.add(person)
        card = Card(**key, secret_digest="c" * 64, pin_hash="x", issued_at=AT)
        session.add(card)
        session.flush()
        remember_phone(session, way="card", device="Annas", at=AT, card_id=card.id, **key)
        day = NOW.date()
        session.add_all(
            [
                RecoveryCode(person_id=person.id, digest="e" * 64),
                OneTimeKey(**key, kind="code", digest="d" * 64, made_at=AT, expires_at=AT),
                Attempt(lock=f"card:{card.id}", last_at=AT),
                SentForm(
                    key="f" * 20, owner="vendor:1", digest="x", status=303, where="/", made_at=AT
                ),
                Letter(once="x", kind="x", recipient="a@b.lv", subject="s", body="b", made_at=AT),
                Change(**key, batch="x", at=AT, action="year", table="vendor", row=1),
                StoryDraft(**key, language="en", answers={"who": "Ā"}, changed_at=AT),
                StoryVersion(**key, language="lv", short="Agrāk", replaced_at=AT),
                Recording(**key, language="lv", digest=SOUND, seconds=3.25),
                Photograph(**key, digest=PICTURE, width=9, height=9, words={"lv": "Govs"}),
                PageOpening(**key, day=day, hour=9, language="lv", openings=3),
                Erased(slug_digest="9" * 64, at=AT),
            ]
        )
        if not session.exec(select(VendorWeekday)).first():
            session.add(VendorWeekday(**key, weekday=1, since=day))
        session.add(Absence(**key, first_day=day + timedelta(40), last_day=day + timedelta(50)))
        session.commit()


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def backup(demo_market: Database, own_folder: Path, tmp_path: Path) -> Path:
    """A backup made while the vendor was still there."""
    fill(demo_market, own_folder)
    write_backup(demo_market, own_folder, tmp_path / "before.zip", NOW)
    return tmp_path / "before.zip"


# There and back: everything that is kept, nothing that passes.


def test_every_table_of_the_stall_goes_there_and_back(
    demo_market, templates, own_folder, tmp_path, backup
):
    before = text_of(demo_market, tmp_path / "text")
    for kind in ("sqlite", "postgresql"):
        address = templates.copy(kind, "empty", _only_parishes)
        elsewhere = tmp_path / f"new-{kind}"
        elsewhere.mkdir()
        restore(backup, address, elsewhere, NOW)
        market = Database(address)
        assert text_of(market, tmp_path / f"text-{kind}") == before
        with market.reading() as session:
            assert session.exec(select(Card.issued_at)).one() == AT
        market.engine.dispose()
        assert (elsewhere / "recordings" / f"{SOUND}.m4a").read_bytes() == b"sound"
        assert (elsewhere / "photographs" / f"{PICTURE}.webp").read_bytes() == b"picture"
    stall = {"card", "person", "recovery_code", "change", "story_draft", "story_version"}
    stall |= {"recording", "vendor_weekday", "absence", "page_opening", "erased"}
    assert [name for name in stall if not before[f"{name}.jsonl"]] == []


def passing_rows(market: Database) -> int:
    """How many sessions and one-time things there are."""
    with market.reading() as session:
        return sum(
            session.execute(select(func.count()).select_from(METADATA.tables[name])).scalar_one()
            for name in PASSING
        )


def test_sessions_and_one_time_things_are_in_no_backup_and_end_with_a_restore(
    demo_market, demo_address, own_folder, tmp_path, backup
):
    assert passing_rows(demo_market) >= 5
    assert not {f"{name}.jsonl" for name in PASSING} & set(text_of(demo_market, tmp_path / "text"))
    restore(backup, demo_address, own_folder, NOW)
    assert passing_rows(demo_market) == 0


def test_a_telephone_that_was_put_out_would_be_in_again(
    demo_market, tmp_path, own_folder, monkeypatch
):
    """The twin: an export that keeps everything brings the telephone back."""
    fill(demo_market, own_folder)
    monkeypatch.setattr("app.keeping.canonical.PASSING", set())
    with demo_market.reading() as session:
        write_canonical(session, tmp_path / "all")
    with demo_market.writing() as session:
        session.exec(select(KnownPhone)).first().ended_at = AT
        session.commit()
        read_canonical(session, tmp_path / "all")
        session.commit()
        assert session.exec(select(KnownPhone.ended_at)).all() == [None]


def test_what_has_ended_does_not_begin_again(demo_market, demo_address, own_folder, backup):
    with demo_market.writing() as session:
        session.exec(select(Card)).one().revoked_at = AT
        session.exec(select(RecoveryCode)).one().used_at = AT
        session.exec(select(Person).where(Person.name == "Ilze")).one().state = "disabled"
        session.commit()
    restore(backup, demo_address, own_folder, NOW)
    with demo_market.reading() as session:
        assert session.exec(select(Card.revoked_at)).one() == AT
        assert session.exec(select(RecoveryCode.used_at)).one() == AT
        assert session.exec(select(Person.state).where(Person.name == "Ilze")).one() == "disabled"


# Erased people.


def erased(address: str, folder: Path) -> None:
    status, said = say(address, folder, "erase", SLUG, "--yes")
    assert (status, "vairs nekā nav" in said) == (0, True), said


def test_the_command_takes_a_vendor_away(demo_market, demo_address, own_folder):
    fill(demo_market, own_folder)
    erased(demo_address, own_folder)
    with demo_market.reading() as session:
        assert vendor_in(session) is None
        assert session.get(Erased, slug_digest(SLUG)) is not None
        assert session.exec(select(Card)).all() == []
        assert session.exec(select(Change)).all() == []
    assert list((own_folder / "photographs").iterdir()) == []
    assert list((own_folder / "recordings").iterdir()) == []
    assert set(remembered_on_disk(own_folder)) == {slug_digest(SLUG)}
    assert SLUG not in (own_folder / "erased").read_text()
    assert say(demo_address, own_folder, "check")[0] == 0


def test_it_asks_first_and_knows_who_is_not_there(demo_market, demo_address, own_folder):
    assert say(demo_address, own_folder, "erase", SLUG)[0] == 1
    with demo_market.reading() as session:
        assert vendor_in(session) is not None
    status, said = say(demo_address, own_folder, "erase", "nav-tada", "--yes")
    assert (status, "nav-tada" in said) == (1, True)


def test_an_erased_person_does_not_come_back_with_a_backup(
    demo_market, demo_address, own_folder, backup
):
    erased(demo_address, own_folder)
    restore(backup, demo_address, own_folder, NOW)
    with demo_market.reading() as session:
        assert vendor_in(session) is None
        assert vendor_in(session, "pretveji") is not None
    assert list((own_folder / "photographs").iterdir()) == []
    assert list((own_folder / "recordings").iterdir()) == []


def test_they_would_come_back_if_restoring_did_not_erase_again(
    demo_market, demo_address, own_folder, backup, monkeypatch
):
    erased(demo_address, own_folder)
    monkeypatch.setattr(restoring, "end_again", lambda _session, _ended, _made: set())
    restore(backup, demo_address, own_folder, NOW)
    with demo_market.reading() as session:
        assert vendor_in(session) is not None


def test_not_even_when_the_database_was_lost(own_folder, templates, tmp_path):
    from tests.conftest import _demonstration

    address = templates.copy("sqlite", "demo", _demonstration)
    market = Database(address)
    write_backup(market, own_folder, tmp_path / "before.zip", NOW)
    market.engine.dispose()
    erased(address, own_folder)
    market.file.write_bytes(b"SQLite format 3\0" + b"damaged" * 3000)
    for ending in ("-wal", "-shm"):
        market.file.with_name(market.file.name + ending).unlink(missing_ok=True)
    restore(tmp_path / "before.zip", address, own_folder, NOW)
    market = Database(address)
    with market.reading() as session:
        assert vendor_in(session) is None
    market.engine.dispose()


def test_a_newer_backup_knows_of_it_on_a_new_machine(
    demo_market, demo_address, own_folder, tmp_path, backup, empty_address
):
    erased(demo_address, own_folder)
    write_backup(demo_market, own_folder, tmp_path / "after.zip", NOW)
    new = tmp_path / "new"
    new.mkdir()
    restore(tmp_path / "after.zip", empty_address, new, NOW)
    restore(backup, empty_address, new, NOW)
    market = Database(empty_address)
    with market.reading() as session:
        assert vendor_in(session) is None
    market.engine.dispose()


def test_who_came_again_later_stays(demo_market, demo_address, own_folder, tmp_path):
    with demo_market.writing() as session:
        before = vendor_in(session).model_dump(exclude={"id"})
        erase(session, vendor_in(session), AT - timedelta(days=9))
        session.add(Vendor(**before))
        session.commit()
    write_backup(demo_market, own_folder, tmp_path / "later.zip", NOW)
    restore(tmp_path / "later.zip", demo_address, own_folder, NOW)
    with demo_market.reading() as session:
        assert vendor_in(session) is not None


# What has had its time.

OLD = {"sent_form": 7, "change": 30, "story_version": 30, "known_phone": 90}


def test_old_things_go_and_younger_ones_stay(demo_market, own_folder):
    with demo_market.writing() as session:
        # The demonstration has rows of other days.
        for name in OLD:
            session.execute(delete(METADATA.tables[name]))
        session.commit()
    fill(demo_market, own_folder)
    with demo_market.writing() as session:
        phone = session.exec(select(KnownPhone)).one()
        phone.ended_at = AT
        session.commit()
    for name, days in OLD.items():
        with demo_market.writing() as session:
            count = select(func.count()).select_from(METADATA.tables[name])
            there = session.execute(count).scalar_one()
            assert there > 0, name
            tidy(session, AT + timedelta(days=days))
            assert session.execute(count).scalar_one() == there, name
            tidy(session, AT + timedelta(days=days, seconds=1))
            assert session.execute(count).scalar_one() < there, name
            session.rollback()


def test_a_telephone_in_use_and_a_card_stay(demo_market, own_folder):
    fill(demo_market, own_folder)
    with demo_market.writing() as session:
        tidy(session, AT + timedelta(days=80))
        session.commit()
        assert len(session.exec(select(KnownPhone)).all()) == 1
        assert len(session.exec(select(Card)).all()) == 1


def test_files_without_a_row_go_when_they_are_a_day_old(demo_market, own_folder):
    fill(demo_market, own_folder)
    put(own_folder / "photographs", {f"{'1' * 64}.webp": b"old", f"{'2' * 64}.webp": b"young"})
    os.utime(own_folder / "photographs" / f"{'1' * 64}.webp", (1, 1))
    os.utime(own_folder / "photographs" / f"{PICTURE}.webp", (1, 1))
    with demo_market.reading() as session:
        assert remove_unused_files(session, own_folder) == 1
    kept = sorted(file.name[0] for file in (own_folder / "photographs").iterdir())
    assert kept == ["2", "a"]


def take_picture_away(session: Session) -> None:
    """What a vendor does who no longer wants a picture shown; it can be undone."""
    picture = session.exec(select(Photograph).where(Photograph.digest == PICTURE)).one()
    change = unnoted(picture)
    change.batch, change.action, change.at = "y", "photograph_removed", AT
    change.vendor_id = picture.vendor_id
    session.add(change)
    session.delete(picture)


def test_a_file_stays_as_long_as_taking_it_away_can_be_undone(demo_market, own_folder):
    fill(demo_market, own_folder)
    os.utime(own_folder / "photographs" / f"{PICTURE}.webp", (1, 1))
    with demo_market.writing() as session:
        take_picture_away(session)
        session.commit()
        assert remove_unused_files(session, own_folder) == 0
        tidy(session, AT + timedelta(days=31))
        session.commit()
        assert remove_unused_files(session, own_folder) == 1


def test_who_leaves_also_takes_the_files_that_could_be_brought_back(demo_market, own_folder):
    fill(demo_market, own_folder)
    with demo_market.writing() as session:
        take_picture_away(session)
        session.flush()
        vendor = vendor_in(session)
        assert vendor is not None
        assert erase(session, vendor, AT) == {PICTURE, SOUND}
        session.commit()


def test_the_command_says_what_it_did(demo_address, own_folder):
    status, said = say(demo_address, own_folder, "tidy")
    assert (status, said) == (0, "Izdzēsts: 0 vecu rindu.\n")
