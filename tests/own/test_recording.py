"""My story in my own voice: what is sent is made anew, written down, and heard by all."""

from io import BytesIO
from uuid import uuid4

import av
import pytest
from flask import Flask
from sqlmodel import select

from app.database import Database
from tests.careful_client import CarefulClient
from tests.vendors.sounds import SECRET, tone
from vendors.registry.models import Vendor
from vendors.stories.models import Recording

SLUG = "siltrasas"
PUBLIC = f"/lv/tirgotaji/{SLUG}"
PAGE = "/lv/mans/balss"
WORDS = "Labdien! Mani sauc Maruta.\n\n1989. gadā uzcēlām siltumnīcu."


@pytest.fixture
def own(demo_app: Flask) -> CarefulClient:
    """The known telephone of the vendor."""
    return CarefulClient(demo_app).come_in(SLUG)


def rows(app: Flask) -> list[Recording]:
    found: Database = app.extensions["database"]
    with found.reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        return list(session.exec(select(Recording).where(Recording.vendor_id == vendor.id)))


def speech(kind: str = "webm") -> bytes:
    codec = {"webm": "libopus", "wav": "pcm_s16le", "mp3": "libmp3lame", "ipod": "aac"}[kind]
    return tone(3, kind, codec)


def keep(own: CarefulClient, content: bytes, language: str = "lv"):
    page = own.get(f"{PAGE}?valoda={language}")
    return own.submit(page, "Saglabāt ierakstu", sound=(BytesIO(content), "balss.webm"))


def test_a_spoken_story_is_heard_by_all_once_it_is_written_down(own, demo_app):
    page = keep(own, speech())
    [row] = rows(demo_app)
    assert (row.seconds, row.published, row.language) == (3.0, False, "lv")
    visitor = CarefulClient(demo_app)
    address = f"/balss/{row.digest}.m4a"
    assert visitor.get(PUBLIC).main.all("audio") == []
    assert "media-src" not in visitor.get(PUBLIC).policy
    visitor.fetch(address, 404)
    own.fetch("/lv/mans/balss/lv.m4a")

    page = own.submit(page, "Publicēt ierakstu", 422, transcript=" ")
    assert "ne visi to var dzirdēt" in page.text
    own.submit(page, "Publicēt ierakstu", transcript=WORDS)
    seen = visitor.get(PUBLIC)
    [player] = seen.main.all("audio")
    assert (player["src"], player["preload"], "controls" in player) == (address, "none", True)
    assert seen.policy["media-src"] == ["'self'"]
    assert "1989. gadā uzcēlām siltumnīcu." in seen.text
    answer = visitor.fetch(address)
    assert (answer.mimetype, SECRET.encode() in answer.data) == ("audio/mp4", False)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    sound = av.open(BytesIO(answer.data))
    track = sound.streams.audio[0]
    assert (track.codec_context.name, track.rate, track.channels) == ("aac", 48_000, 1)


def test_a_player_gets_the_part_it_asks_for(own, demo_app):
    own.submit(keep(own, speech()), "Publicēt ierakstu", transcript=WORDS)
    address = f"/balss/{rows(demo_app)[0].digest}.m4a"
    whole = own.fetch(address)
    part = own.fetch(address, 206, headers={"Range": "bytes=100-199"})
    assert (part.data, part.headers["Content-Range"]) == (
        whole.data[100:200],
        f"bytes 100-199/{len(whole.data)}",
    )
    own.fetch(address, 304, headers={"If-None-Match": whole.headers["ETag"]})
    own.fetch(address, 416, headers={"Range": "bytes=99999999-"})
    own.fetch(f"/balss/{'0' * 64}.m4a", 404)
    own.fetch("/balss/..m4a", 404)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Labrit!", "nav skaņas ieraksts"),
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "bojāta"),
        (b"#EXTM3U\nhttp://127.0.0.1/x", "nav skaņas ieraksts"),
        (tone(2, loudness=0), "Neko nevar dzirdēt"),
        (tone(100, "webm", "libopus", 0), "garāks par pusotru minūti"),
    ],
)
def test_what_cannot_be_heard_is_refused_in_words(own, demo_app, tmp_path, content, said):
    page = own.submit(own.get(PAGE), "Saglabāt ierakstu", 422, sound=(BytesIO(content), "x.mp3"))
    assert said in page.text
    assert (rows(demo_app), (tmp_path / "recordings").exists()) == ([], False)


def test_something_must_be_recorded(own):
    assert "ierunājiet" in own.submit(own.get(PAGE), "Saglabāt ierakstu", 422).text


def test_speaking_anew_is_heard_only_when_it_is_published_again(own, demo_app):
    own.submit(keep(own, speech()), "Publicēt ierakstu", transcript=WORDS)
    [first] = rows(demo_app)
    page = own.submit(
        own.get(PAGE), "Saglabāt ierakstu", sound=(BytesIO(tone(4, "webm", "libopus")), "x.webm")
    )
    [second] = rows(demo_app)
    assert (second.published, second.transcript, second.seconds) == (False, WORDS, 4.0)
    own.fetch(f"/balss/{first.digest}.m4a", 404)
    own.submit(page, "Atcelt")
    assert rows(demo_app)[0].digest == first.digest
    own.fetch(f"/balss/{first.digest}.m4a")


def test_a_recording_is_hidden_taken_away_and_brought_back(own, demo_app):
    page = own.submit(keep(own, speech()), "Publicēt ierakstu", transcript=WORDS)
    page = own.submit(page, "Pagaidām nevienam neatskaņot")
    assert [(one.published, one.transcript) for one in rows(demo_app)] == [(False, WORDS)]
    page = own.submit(page, "Noņemt ierakstu")
    assert rows(demo_app) == []
    own.fetch("/lv/mans/balss/lv.m4a", 404)
    own.submit(page, "Atcelt")
    own.fetch("/lv/mans/balss/lv.m4a")


def test_words_without_a_recording_are_not_found(own):
    own.send(f"{PAGE}/vardi", {"transcript": WORDS, "publish": "1"}, 404)
    own.send(f"{PAGE}/nonemt", {}, 404)
    own.fetch("/lv/mans/balss/lv.m4a", 404)
    own.fetch("/lv/mans/balss/xx.m4a", 404)
    own.get(f"{PAGE}?valoda=xx", 404)


def test_two_telephones_that_write_down_see_both(own, demo_app):
    page = keep(own, speech())
    own.submit(page, "Tikai saglabāt tekstu", transcript="Viens.")
    answer = own.submit(
        page, "Tikai saglabāt tekstu", 409, transcript="Divi.", idempotency_key=uuid4().hex
    )
    assert ("Viens." in answer.text, "Divi." in answer.html) == (True, True)
    assert rows(demo_app)[0].transcript == "Viens."


def test_each_language_has_its_own_voice(own, demo_app):
    own.submit(keep(own, speech()), "Publicēt ierakstu", transcript=WORDS)
    own.submit(keep(own, tone(4), "en"), "Publicēt ierakstu", transcript="Good morning!")
    assert "Good morning!" in own.get(f"/en/tirgotaji/{SLUG}").text
    assert "Good morning!" not in own.get(PUBLIC).text
    assert len(rows(demo_app)) == 2


def test_nobody_hears_what_another_has_not_published(own, demo_app):
    keep(own, speech())
    CarefulClient(demo_app).come_in("rasas-stunda").fetch("/lv/mans/balss/lv.m4a", 404)
    CarefulClient(demo_app).fetch("/lv/mans/balss/lv.m4a", 302)


def test_only_the_page_that_records_may_use_the_microphone(own):
    for page, policy in ((PAGE, "microphone=(self)"), ("/lv/mans/stasts", "microphone=()")):
        assert policy in own.fetch(page).headers["Permissions-Policy"]
    assert own.get(PAGE).policy["media-src"] == ["'self'", "blob:"]


def test_the_page_speaks_english(own):
    keep(own, speech())
    assert "What is said, in writing" in own.get("/en/mans/balss").text
