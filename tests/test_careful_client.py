"""The careful client finds every fault that it is there for: each is planted into a good page."""

import pytest
from flask import Flask, Response

from tests.careful_client import (
    CarefulClient,
    CarelessError,
    Page,
    faults_of_headers,
    faults_of_page,
    page_from,
)

POLICY = "default-src 'none'; style-src 'none'; script-src 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Language": "lv",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
GOOD = """<!doctype html>
<html lang="lv"><head><meta charset="utf-8"><title>Šodien tirgū · Tukuma tirgus</title>
<link rel="canonical" href="https://tirgus.example/lv/"></head>
<body><a href="#saturs">Uz saturu</a>
<main id="saturs"><h1>Šodien tirgū</h1><p>Atvērts līdz 14.00</p><h2>Kas šeit ir</h2>
<form action="/lv/tirgotaji"><label for="q">Meklēt</label><input id="q" name="q">
<label><input type="checkbox" name="sodien"> Šodien</label><button>Rādīt</button></form>
<h3><a href="/lv/pagasti">Pagasti</a></h3><img src="/attels/a.svg" alt="">
<p lang="en">In English</p><svg aria-hidden="true"><path d="M0 0"/></svg>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Place"}</script>
</main></body></html>
"""


def page(html: str = GOOD, address: str = "/lv/", **headers: str) -> Page:
    return page_from(address, html, {**HEADERS, **headers})


def test_a_good_page_has_no_fault():
    assert faults_of_page(page()) == []
    assert list(faults_of_headers(HEADERS)) == []


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("<h1>Šodien tirgū</h1>", "", "0 h1"),
        ("<h2>", "<h1>B</h1><h2>", "2 h1"),
        ("<h1>Šodien tirgū", "<h1>Rīt tirgū", "does not begin with the h1"),
        ("<title>Šodien tirgū · Tukuma tirgus", "<title>", "no title"),
        ("<h2>Kas šeit ir</h2>", "", "h3 comes after h1"),
        ("<h2>Kas šeit ir</h2>", "<h2></h2>", "an empty h2"),
        ('<html lang="lv">', "<html>", "unknown language"),
        ('<html lang="lv">', '<html lang="de">', "unknown language"),
        ('<html lang="lv">', '<html lang="en">', "speaks “en”"),
        ('<p lang="en">', '<p lang="xx">', "unknown language “xx”"),
        ('id="q"', 'id="saturs"', "stands 2 times"),
        ('href="#saturs"', 'href="#nav"', "points to no “nav”"),
        ('<label for="q">Meklēt</label>', "", "no label for <input name=q>"),
        ('<label for="q">Meklēt', '<label for="q">', "no label for <input name=q>"),
        (' name="sodien"> Šodien', ' name="sodien">', "no label for <input name=sodien>"),
        ("<button>Rādīt", "<button>", "a nameless <button>"),
        ('<a href="/lv/pagasti">Pagasti', '<a href="/lv/pagasti">', "a nameless <a>"),
        (' alt=""', "", "no alt"),
        ('<svg aria-hidden="true">', "<svg>", "neither described nor hidden"),
        ("<p>Atvērts", '<iframe src="/lv/karte/plans"></iframe><p>Atvērts', "without a title"),
        ('src="/attels/a.svg"', 'src="https://other.example/a.svg"', "asks https://other"),
        ('src="/attels/a.svg"', 'src="//other.example/a.svg"', "asks //other"),
        ('src="/attels/a.svg"', 'src="/a" srcset="/a 1x, http://b.example/ 2x"', "asks http://b"),
        ('action="/lv/tirgotaji"', 'action="https://other.example/"', "asks https://other"),
        ('href="/lv/pagasti"', 'href="https://other.example/"', "asks https://other"),
        ('href="/lv/pagasti"', 'href="javascript:alert(1)"', "asks javascript:"),
        ("<title>", '<meta http-equiv="refresh" content="0;url=/"><title>', "goes elsewhere"),
        ("<title>", '<base href="/x/"><title>', "a base"),
        ("<title>", "<style>a{background:url(/x.png)}</style><title>", "the style fetches"),
        ("<title>", "<style>a{color:red}</style><title>", "the policy does not know"),
        ("<p>Atvērts", '<p style="color:red">Atvērts', "<p style>"),
        ("<p>Atvērts", '<p onclick="x()">Atvērts', "<p onclick>"),
        ("<p>Atvērts", "<script>x()</script><p>Atvērts", "a script in the page"),
        ('"Place"}', '"Place"', "no JSON"),
        ('"@type"', '"type"', "without context or type"),
        ("Atvērts līdz", "Atvērts līdz %(time)s", "an open blank"),
        ("Atvērts līdz", "Atv\ufffdrts līdz", "a broken letter"),
        ("14.00</p>", "14.00", "</main> stands where </p>"),
        ("<p>Atvērts", "<p><ul><li>a</li></ul>Atvērts", "<ul> inside <p>"),
        ("<p>Atvērts", "<ul><p>a</p></ul><p>Atvērts", "<p> directly inside <ul>"),
        ("<p>Atvērts", "<div/><p>Atvērts", "closes nothing"),
        ("<p>Atvērts", '<p class="a" class="b">Atvērts', "an attribute twice"),
        ("</main></body></html>", "</main></body>", "never closed"),
        ("<!doctype html>", "", "no doctype"),
    ],
)
def test_a_planted_fault_is_found(good: str, bad: str, said: str):
    assert GOOD.count(good) == 1
    assert said in " · ".join(faults_of_page(page(GOOD.replace(good, bad))))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Content-Security-Policy", "", "does not begin with nothing"),
        ("Content-Security-Policy", POLICY + "; img-src 'unsafe-inline'", "weak policy"),
        ("Content-Security-Policy", POLICY + "; img-src https://other.example", "weak policy"),
        ("Content-Security-Policy", POLICY + "; img-src *", "weak policy"),
        ("X-Content-Type-Options", "", "is not nosniff"),
        ("Referrer-Policy", "origin", "is not no-referrer"),
        ("Cross-Origin-Opener-Policy", "", "is not same-origin"),
        ("Set-Cookie", "a=b", "a cookie"),
        ("Content-Type", "text/html", "without its alphabet"),
    ],
)
def test_a_planted_header_is_found(name: str, value: str, said: str):
    assert said in " · ".join(faults_of_headers({**HEADERS, name: value}))


def test_a_page_that_names_another_language_than_its_header_is_found():
    assert "Content-Language is not “lv”" in faults_of_page(page(**{"Content-Language": "en"}))


def test_a_frame_needs_no_headline_but_a_title():
    framed = {"Content-Security-Policy": POLICY.replace("ancestors 'none'", "ancestors 'self'")}
    html = '<!doctype html><html lang="lv"><head><title>Plāns</title></head><body></body></html>'
    assert faults_of_page(page(html, **framed)) == []
    assert "no title" in faults_of_page(page(html.replace("Plāns", ""), **framed))
    assert "0 h1" in faults_of_page(page(html))


@pytest.fixture
def careless() -> CarefulClient:
    """A tiny service that does what no page of ours may do."""
    app = Flask(__name__)

    @app.get("/lv/tirgotaji")
    @app.get("/lv/pagasti")
    @app.get("/attels/a.svg")
    def there() -> str:
        return ""

    @app.get("/lv/")
    def good() -> Response:
        return Response(GOOD, headers=HEADERS)

    @app.get("/dead")
    def dead() -> Response:
        return Response(GOOD.replace("/lv/pagasti", "/lv/pagsti"), headers=HEADERS)

    @app.get("/letters")
    def letters() -> Response:
        return Response(GOOD.encode("iso-8859-13"), headers=HEADERS)

    @app.get("/cookie")
    def cookie() -> Response:
        return Response(GOOD, headers={**HEADERS, "Set-Cookie": "a=b"})

    return CarefulClient(app)


def test_a_good_page_comes_back_as_a_tree(careless: CarefulClient):
    found = careless.get("/lv/")
    assert found.h1 == "Šodien tirgū"
    assert found.link("Pagasti") == "/lv/pagasti"
    assert found.data == [{"@context": "https://schema.org", "@type": "Place"}]
    assert "Kas šeit ir Meklēt Šodien" in found.text


def test_another_status_a_dead_link_a_cookie_and_broken_letters_fail(careless: CarefulClient):
    with pytest.raises(AssertionError, match="404"):
        careless.get("/nothing")
    with pytest.raises(CarelessError, match="/lv/pagsti leads nowhere"):
        careless.get("/dead")
    with pytest.raises(CarelessError, match="a cookie"):
        careless.get("/cookie")
    with pytest.raises(UnicodeDecodeError):
        careless.get("/letters")
