"""`flask photograph`: what the office adds is on the vendor's page, and only that."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlmodel import select

from app.cli.photographs import _save_row
from app.database import Database
from vendors.registry.models import Vendor
from vendors.stories import album
from vendors.stories.models import Photograph, PhotographFields
from vendors.stories.photographs import made_anew

WORDS = {"lv": "Bites lido pie stropiem liepu ēnā", "en": "Bees at their hives"}
HOSTILE = '"><img src=x onerror=alert(1)> ${7*7} `x` {{ y }} %(x)s'


@pytest.fixture
def market(empty_app: Flask) -> Database:
    """Two vendors whom the public sees, and one who is paused."""
    found: Database = empty_app.extensions["database"]
    with found.writing() as session:
        for slug, state in (("stropi", "approved"), ("liepas", "approved"), ("pauze", "paused")):
            session.add(Vendor(slug=slug, name=slug.title(), state=state, parish_code="0051440"))
        session.commit()
    return found


@pytest.fixture
def client(empty_app: Flask, market: Database) -> FlaskClient:
    return empty_app.test_client()


@pytest.fixture
def run(empty_app: Flask, market: Database) -> Callable[..., tuple[int, str]]:
    """Runs `flask photograph …` and returns its exit code and what it said."""

    def invoke(*words: object) -> tuple[int, str]:
        told = [str(word) for word in words]
        result = empty_app.test_cli_runner().invoke(args=["photograph", *told])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A photograph of 1200 × 900 pixels with the place of the farm in its notes."""
    notes = Image.Exif()
    notes[0x010E] = "Slepenajā ielā 7"
    where = tmp_path / "IMG_0001.HEIC.jpg"
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(where, exif=notes)
    return where


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the service keeps photographs."""
    return tmp_path / "photographs"


def rows(market: Database) -> list[Photograph]:
    with market.reading() as session:
        return list(session.exec(select(Photograph).order_by(Photograph.position)))


def addresses_on(page: str) -> list[str]:
    return [
        part.split(" ")[0] for part in page.replace('"', ", ").split(", ") if "/attels/" in part
    ]


def test_a_photograph_is_seen_on_the_vendors_page(
    run: Callable[..., tuple[int, str]], client: FlaskClient, market: Database, file: Path
) -> None:
    assert "/attels/" + "0" * 64 not in client.get("/lv/tirgotaji/stropi").text
    code, said = run("add", "stropi", file, "--lv", WORDS["lv"], "--en", WORDS["en"])
    [row] = rows(market)
    assert (code, said) == (0, f"Fotogrāfija saglabāta: {row.digest}\n")
    assert (row.width, row.height, row.words, row.position) == (1200, 900, WORDS, 1)

    page = client.get("/lv/tirgotaji/stropi").text
    assert f'alt="{WORDS["lv"]}"' in page
    assert f'alt="{WORDS["en"]}"' in client.get("/en/tirgotaji/stropi").text
    shown = {address for address in addresses_on(page) if row.digest in address}
    assert shown == {
        f"/attels/{row.digest}-{width}.{suffix}"
        for width in (480, 960, 1600)
        for suffix in ("webp", "jpg")
    }
    for address in shown:
        answer = client.get(address)
        image = Image.open(BytesIO(answer.data))
        asked = int(address.rsplit("-")[-1].split(".")[0])
        assert (answer.status_code, image.width) == (200, min(asked, 1200))
        assert answer.mimetype == Image.MIME[image.format or ""]
        assert "Slepenajā".encode() not in answer.data


def test_a_photograph_may_be_kept_for_ever_and_is_what_it_says(
    run: Callable[..., tuple[int, str]], client: FlaskClient, market: Database, file: Path
) -> None:
    run("add", "stropi", file, "--lv", WORDS["lv"])
    answer = client.get(f"/attels/{rows(market)[0].digest}-480.webp")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(answer.request.path, headers=known).status_code == 304
    assert client.head(answer.request.path).status_code == 200


def test_only_photographs_of_public_vendors_are_shown(
    run: Callable[..., tuple[int, str]],
    client: FlaskClient,
    market: Database,
    file: Path,
    folder: Path,
) -> None:
    run("add", "pauze", file, "--lv", WORDS["lv"])
    digest = rows(market)[0].digest
    assert (folder / f"{digest}.webp").is_file()
    assert client.get(f"/attels/{digest}-480.webp").status_code == 404
    with market.writing() as session:
        session.exec(select(Vendor).where(Vendor.slug == "pauze")).one().state = "approved"
        session.commit()
    assert client.get(f"/attels/{digest}-480.webp").status_code == 200


@pytest.mark.parametrize(
    "ending",
    ["-700.webp", "-0.webp", "-1600.png", "-1600.webp.gz", ".webp", "-99999999999999999999.webp"],
)
def test_other_widths_and_kinds_are_not_found(
    run: Callable[..., tuple[int, str]],
    client: FlaskClient,
    market: Database,
    file: Path,
    ending: str,
) -> None:
    run("add", "stropi", file, "--lv", WORDS["lv"])
    assert client.get(f"/attels/{rows(market)[0].digest}{ending}").status_code == 404


@pytest.mark.parametrize("digest", ["0" * 64, "..", "%2e%2e%2fsecret_key", "A" * 64])
def test_what_no_row_names_is_not_found(client: FlaskClient, folder: Path, digest: str) -> None:
    folder.mkdir()
    (folder / f"{'0' * 64}-480.webp").write_bytes(b"a file without a row")
    assert client.get(f"/attels/{digest}-480.webp").status_code == 404


def test_a_lost_file_is_not_found(
    run: Callable[..., tuple[int, str]],
    client: FlaskClient,
    market: Database,
    file: Path,
    folder: Path,
) -> None:
    run("add", "stropi", file, "--lv", WORDS["lv"])
    for lost in folder.iterdir():
        lost.unlink()
    assert client.get(f"/attels/{rows(market)[0].digest}-480.webp").status_code == 404


def test_photographs_are_listed_and_removed(
    run: Callable[..., tuple[int, str]], market: Database, file: Path, tmp_path: Path, folder: Path
) -> None:
    assert run("list", "stropi") == (0, "Fotogrāfiju vēl nav.\n")
    other = tmp_path / "other.png"
    Image.radial_gradient("L").save(other)
    run("add", "stropi", file, "--lv", WORDS["lv"])
    run("add", "stropi", other, "--lv", "Saule")
    first, second = rows(market)
    assert (first.position, second.position) == (1, 2)
    assert run("list", "stropi") == (
        0,
        f"{first.digest}  1200×900  {WORDS['lv']}\n{second.digest}  256×256  Saule\n",
    )
    assert run("remove", "liepas", first.digest)[0] == 1
    assert run("remove", "stropi", "")[0] == 1
    assert run("remove", "stropi", first.digest[:10].upper()) == (0, "Fotogrāfija izņemta.\n")
    assert [row.digest for row in rows(market)] == [second.digest]
    assert {left.name[:64] for left in folder.iterdir()} == {second.digest}


def test_the_same_photograph_twice_is_one_with_the_newer_words(
    run: Callable[..., tuple[int, str]], market: Database, file: Path
) -> None:
    run("add", "stropi", file, "--lv", "Stropi")
    assert run("add", "stropi", file, "--lv", "Stropi liepu ēnā")[0] == 0
    assert [row.words for row in rows(market)] == [{"lv": "Stropi liepu ēnā"}]


def test_a_photograph_of_two_vendors_stays_while_one_of_them_shows_it(
    run: Callable[..., tuple[int, str]],
    client: FlaskClient,
    market: Database,
    file: Path,
    folder: Path,
) -> None:
    run("add", "stropi", file, "--lv", "Stropi")
    run("add", "liepas", file, "--lv", "Liepas")
    digest = rows(market)[0].digest
    run("remove", "stropi", digest)
    assert client.get(f"/attels/{digest}-960.jpg").status_code == 200
    run("remove", "liepas", digest)
    assert client.get(f"/attels/{digest}-960.jpg").status_code == 404
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(99), "HEIC"),
        (b"GIF89a" + bytes(99), "JPEG, PNG vai WebP"),
        (b"\xff\xd8\xff" + bytes(99), "bojāta"),
        (b"\xff\xd8\xff" + bytes(12_000_000), "12 MB"),
    ],
)
def test_what_is_refused_is_explained_and_changes_nothing(
    run: Callable[..., tuple[int, str]],
    market: Database,
    tmp_path: Path,
    folder: Path,
    content: bytes,
    said: str,
) -> None:
    wrong = tmp_path / "wrong.jpg"
    wrong.write_bytes(content)
    code, explained = run("add", "stropi", wrong, "--lv", WORDS["lv"])
    assert (code, said in explained, rows(market), folder.exists()) == (1, True, [], False)


@pytest.mark.parametrize(
    ("vendor", "words"),
    [
        ("nav", ["--lv", "Stropi"]),
        ("stropi", ["--lv", " "]),
        ("stropi", ["--en", "Hives"]),
        ("stropi", ["--lv", "Anna 010190-12345"]),
        ("stropi", ["--lv", "Stropi\u202eipots"]),
    ],
)
def test_a_photograph_needs_its_vendor_and_honest_latvian_words(
    run: Callable[..., tuple[int, str]],
    market: Database,
    file: Path,
    folder: Path,
    vendor: str,
    words: list[str],
) -> None:
    code, said = run("add", vendor, file, *words)
    assert code != 0
    assert "Traceback" not in said
    assert (rows(market), folder.exists()) == ([], False)


def test_hostile_words_stay_text(
    run: Callable[..., tuple[int, str]], client: FlaskClient, file: Path
) -> None:
    assert run("add", "stropi", file, "--lv", HOSTILE)[0] == 0
    page = client.get("/lv/tirgotaji/stropi").text
    assert "<img src=x" not in page
    assert 'alt="&#34;&gt;&lt;img src=x onerror=alert(1)&gt; ${7*7} `x` {{ y }} %(x)s"' in page


def rows_without_files(market: Database, folder: Path) -> list[str]:
    return [row.digest for row in rows(market) if not (folder / f"{row.digest}.webp").is_file()]


def test_the_row_comes_after_its_files(
    run: Callable[..., tuple[int, str]], market: Database, file: Path, folder: Path
) -> None:
    folder.write_text("a disk that takes no folder")
    assert run("add", "stropi", file, "--lv", WORDS["lv"])[0] == 1
    assert rows_without_files(market, folder) == []

    # Twin: the row first.
    made = made_anew(file.read_bytes())
    fields = PhotographFields(digest=made.digest, width=made.width, height=made.height, words=WORDS)
    with market.writing() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == "stropi")).one()
        _save_row(session, vendor.id, fields)
        session.commit()
    with pytest.raises(OSError):
        album.put(folder, made.files)
    assert rows_without_files(market, folder) == [made.digest]
