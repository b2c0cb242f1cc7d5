"""My photographs: what a telephone sends is made anew, described, ordered, and brought back."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlmodel import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

import app.making
from app.database import Database
from app.making import Busy
from tests.careful_client import CarefulClient
from tests.vendors.test_photographs import (
    CORNERS,
    SECRET,
    corners_of,
    look_alike,
    picture,
    saved,
    with_notes,
)
from vendors.registry.models import Vendor
from vendors.stories.models import Photograph

SLUG = "siltrasas"
PUBLIC = f"/lv/tirgotaji/{SLUG}"
PAGE = "/lv/mans/fotografijas"
WORDS = "Ilze ravē burkānus."


@pytest.fixture
def own(demo_app: Flask) -> CarefulClient:
    """The known telephone of the vendor."""
    return CarefulClient(demo_app).come_in(SLUG)


def rows(app: Flask) -> list[Photograph]:
    found: Database = app.extensions["database"]
    with found.reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        mine = select(Photograph).where(Photograph.vendor_id == vendor.id)
        return list(session.exec(mine.order_by(Photograph.position)))


def file(content: bytes, name: str = "IMG_0001.jpg") -> tuple[BytesIO, str]:
    return BytesIO(content), name


def lying() -> bytes:
    """A photograph that the camera took on its side."""
    notes = Image.Exif()
    notes[0x0112] = 6
    return saved(picture().rotate(90, expand=True), exif=notes, quality=95)


def add(own: CarefulClient, content: bytes, words: str = ""):
    fields = {"gallery": file(content), "words-lv": words}
    return own.submit(own.get(PAGE), "Nosūtīt fotogrāfiju", **fields)


def many(number: int) -> list[bytes]:
    return [saved(Image.new("RGB", (300, 200 + one), (one * 20, 90, 40))) for one in range(number)]


def test_a_photograph_is_shown_to_all_once_it_is_described(own, demo_app):
    page = add(own, lying())
    [row] = rows(demo_app)
    assert (row.width, row.height, row.shown, row.words) == (640, 400, False, {})
    assert "vēl nav redzama" in page.text
    address = f"/attels/{row.digest}-480.webp"
    visitor = CarefulClient(demo_app)
    assert row.digest not in visitor.get(PUBLIC).html
    visitor.fetch(address, 404)
    assert visitor.fetch("/api/v1/vendors/" + SLUG).json["photographs"] == []
    [shown] = [one["src"] for one in page.main.all("img")]
    mine = own.fetch(shown)
    assert look_alike(corners_of(Image.open(BytesIO(mine.data))), CORNERS)
    assert "no-store" in mine.headers["Cache-Control"]

    own.submit(page, "Saglabāt aprakstu un rādīt visiem", **{"words-lv": WORDS})
    assert f'alt="{WORDS}"' in visitor.get(PUBLIC).html
    answer = visitor.fetch(address)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(visitor.fetch("/api/v1/vendors/" + SLUG).json["photographs"]) == 1


def test_words_given_at_once_show_it_at_once(own, demo_app):
    page = add(own, saved(picture()), WORDS)
    assert "to redz visi" in page.text
    assert [(one.shown, one.words) for one in rows(demo_app)] == [(True, {"lv": WORDS})]
    assert WORDS in CarefulClient(demo_app).get(PUBLIC).html


def test_nothing_of_what_the_camera_wrote_goes_out(own, demo_app):
    add(own, with_notes("JPEG"), WORDS)
    [row] = rows(demo_app)
    for width, suffix in ((480, "webp"), (480, "jpg"), (960, "jpg")):
        sent = own.fetch(f"/attels/{row.digest}-{width}.{suffix}").data
        assert SECRET.encode() not in sent
        assert dict(Image.open(BytesIO(sent)).getexif()) == {}


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "text with the name of a picture": (b"Labrit!", "x.jpg", "Šī nav"),
    "GIF": (saved(picture(), "GIF"), "x.gif", "Šī nav"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "x.svg", "Šī nav"),
    "PDF": (b"%PDF-1.7\n1 0 obj", "x.jpg", "Šī nav"),
    "HEIC": (
        b"\0\0\0\x18ftypheic" + bytes(40),
        "IMG_2.HEIC",
        "Iestatījumi → Kamera → Formāti → Saderīgākais",
    ),
    "bomb": (
        saved(Image.new("1", (30_000, 30_000)), "PNG"),
        "x.png",
        "pārāk daudz pikseļu",
    ),
    "truncated": (saved(picture())[:900], "x.jpg", "bojāta"),
    "picture and page": (saved(picture()) + b"<script>alert(1)</script>", "x.jpg", "paslēpts"),
    "picture and archive": (saved(picture()) + b"PK\x05\x06" + bytes(18), "x.jpg", "paslēpts"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_photograph_is_refused_in_words(own, demo_app, tmp_path, what):
    content, name, said = REFUSED[what]
    page = own.submit(
        own.get(PAGE),
        "Nosūtīt fotogrāfiju",
        422,
        **{"gallery": file(content, name), "words-lv": WORDS},
    )
    assert said in page.text
    assert WORDS in page.html
    assert rows(demo_app) == []
    assert list((tmp_path / "photographs").glob("*")) == []
    assert list(tmp_path.glob("making-*")) == []


@pytest.mark.parametrize("colours", ["CMYK", "L"])
def test_photographs_of_printers_and_grey_ones_are_taken(own, demo_app, colours):
    add(own, saved(picture().convert(colours), quality=95), WORDS)
    [row] = rows(demo_app)
    sent = Image.open(BytesIO(own.fetch(f"/attels/{row.digest}-480.jpg").data))
    assert sent.mode == "RGB"


@pytest.mark.parametrize(("size", "status"), [(12_000_001, 422), (14_000_000, 413)])
def test_what_is_too_large_is_answered_in_words(own, demo_app, size, status):
    answer = send_large(own, saved(picture()).ljust(size, b"\0"), status)
    assert 'id="gallery-error">Datne ir lielāka par 12 MB.' in answer
    assert rows(demo_app) == []


def send_large(own: CarefulClient, content: bytes, status: int) -> str:
    """Send a file in a body made beforehand: the test client would leave a file of its own open."""
    fields = {"gallery": FileStorage(BytesIO(content), "x.jpg"), "idempotency_key": uuid4().hex}
    boundary, body = encode_multipart(fields)
    answer = own._client.post(
        PAGE,
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Sec-Fetch-Site": "same-origin"},
        buffered=True,
    )
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_no_other_page_takes_so_much(own, demo_app):
    own.send("/lv/mans/stasts/teksts", {"short": "x" * 1_200_000}, 413)
    stranger = CarefulClient(demo_app)
    send_large(stranger, bytes(2_000_000), 401)


def test_a_photograph_must_be_chosen(own, demo_app):
    page = own.submit(own.get(PAGE), "Nosūtīt fotogrāfiju", 422)
    assert "izvēlieties fotogrāfiju" in page.text


def test_the_same_photograph_is_kept_once(own, demo_app):
    add(own, saved(picture()), WORDS)
    assert "te jau ir" in add(own, saved(picture())).text
    assert len(rows(demo_app)) == 1


def test_a_form_sent_again_adds_nothing(own, demo_app):
    key = uuid4().hex
    for _ in range(2):
        own.send(PAGE, {"gallery": file(saved(picture())), "idempotency_key": key})
    own.send(PAGE, {"gallery": file(many(1)[0]), "idempotency_key": key}, 422)
    assert len(rows(demo_app)) == 1


def test_there_is_room_for_thirty(own, demo_app, monkeypatch):
    monkeypatch.setattr("app.pages.vendor.photographs.MOST", 1)
    first, second = many(2)
    page = own.get(PAGE)
    add(own, first)
    answer = own.submit(page, "Nosūtīt fotogrāfiju", 422, gallery=file(second))
    assert "vispirms kādu noņemiet" in answer.text
    assert len(rows(demo_app)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"words-lv": ""}, "latviski"),
        ({"words-lv": "", "words-en": "Ilze"}, "latviski"),
        ({"words-lv": "Anna 010190-12345"}, "personas kod"),
        ({"words-lv": "x" * 201}, "200"),
    ],
)
def test_words_that_do_not_fit_stay_and_are_explained(own, demo_app, words, said):
    page = add(own, saved(picture()))
    answer = own.submit(page, "Saglabāt aprakstu un rādīt visiem", 422, **words)
    assert said in answer.text
    assert all(text in answer.html for text in words.values())
    assert rows(demo_app)[0].shown is False


def test_two_telephones_that_describe_see_both(own, demo_app):
    page = add(own, saved(picture()))
    own.submit(page, "Saglabāt aprakstu un rādīt visiem", **{"words-lv": "Ilze ravē."})
    answer = own.submit(
        page,
        "Saglabāt aprakstu un rādīt visiem",
        409,
        **{"words-lv": "Jānis ravē.", "idempotency_key": uuid4().hex},
    )
    assert "Ilze ravē." in answer.text
    assert "Jānis ravē." in answer.html


def test_photographs_change_places_and_are_brought_back(own, demo_app):
    for content in many(3):
        page = add(own, content, WORDS)
    before = [one.digest for one in rows(demo_app)]
    page = own.submit(page, "Vēlāk")
    assert [one.digest for one in rows(demo_app)] == [before[1], before[0], before[2]]
    page = own.submit(page, "Atcelt")
    assert [one.digest for one in rows(demo_app)] == before
    page = own.submit(own.get(PAGE), "Noņemt")
    assert [one.digest for one in rows(demo_app)] == before[1:]
    own.fetch(f"/attels/{before[0]}-480.webp", 404)
    own.submit(page, "Atcelt")
    assert [one.digest for one in rows(demo_app)] == before
    own.fetch(f"/attels/{before[0]}-480.webp")


def test_nobody_touches_the_photographs_of_another(own, demo_app):
    add(own, saved(picture()))
    [row] = rows(demo_app)
    other = CarefulClient(demo_app).come_in("rasas-stunda")
    for way, form in (
        ("", {"words-lv": "Mans"}),
        ("/parvietot", {"way": "up"}),
        ("/nonemt", {}),
    ):
        other.send(f"{PAGE}/{row.id}{way}", form, 404)
    other.fetch(f"{PAGE}/{row.id}-480.webp", 404)
    own.fetch(f"{PAGE}/{row.id}-480.webp")
    own.fetch(f"{PAGE}/{row.id}-481.webp", 404)
    own.fetch(f"{PAGE}/99999999999999999999-480.webp", 404)
    CarefulClient(demo_app).fetch(f"{PAGE}/{row.id}-480.webp", 302)
    assert len(rows(demo_app)) == 1


def test_ten_photographs_at_once_are_all_kept_or_asked_for_again(own, demo_app):
    token = own._client.get_cookie("__Host-tirgus").value

    def send(content: bytes) -> int:
        client = demo_app.test_client()
        client.set_cookie("__Host-tirgus", token)
        form = {"gallery": file(content), "idempotency_key": uuid4().hex}
        return client.post(PAGE, data=form, headers={"Sec-Fetch-Site": "same-origin"}).status_code

    with ThreadPoolExecutor(10) as threads:
        statuses = list(threads.map(send, many(10)))
    assert set(statuses) <= {303, 503}
    assert len(rows(demo_app)) == statuses.count(303) >= 5


def most_at_once(gate: Callable, lock: Path) -> tuple[int, int]:
    """How many were behind the gate at once, and how many were turned away."""
    inside, seen, away = [0], [0], [0]
    counting = threading.Lock()

    def enter(_number: int) -> None:
        try:
            with gate(lock):
                with counting:
                    inside[0] += 1
                    seen[0] = max(seen[0], inside[0])
                time.sleep(0.05)
                with counting:
                    inside[0] -= 1
        except Busy:
            away[0] += 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(enter, range(8)))
    return seen[0], away[0]


def test_one_is_made_at_a_time_and_a_long_line_is_told_so(tmp_path, monkeypatch):
    lock = tmp_path / "lock"
    assert most_at_once(app.making._one_at_a_time, lock) == (1, 3)
    # Twin: the line without its lock.
    monkeypatch.setattr(app.making, "_wait_for", lambda _held: None)
    assert most_at_once(app.making._one_at_a_time, lock)[0] > 1


def test_a_disk_that_refuses_is_said_and_leaves_no_row(own, demo_app, tmp_path):
    (tmp_path / "photographs").write_text("a disk that takes no folder")
    own.send(PAGE, {"gallery": file(saved(picture()))}, 503)
    assert rows(demo_app) == []


def test_a_decoder_that_never_ends_is_stopped(own, demo_app, monkeypatch):
    monkeypatch.setattr(app.making, "LONGEST_MAKING_S", 0.01)
    page = own.submit(own.get(PAGE), "Nosūtīt fotogrāfiju", 422, gallery=file(saved(picture())))
    assert "bojāta" in page.text


def test_the_page_speaks_english(own, demo_app):
    add(own, saved(picture()))
    assert "What can be seen?" in own.get("/en/mans/fotografijas").text
