"""The careful client: it looks at every page that any test fetches.

A test asks for a page and gets a tree to look into; on the way the client has held the page
against everything that must be true of all of them, and fails with a list of what is not.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from babel import Locale, UnknownLocaleError
from flask import Flask
from sqlmodel import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from app.accounts import cookie_name, digest_of, remember_phone
from app.clock import moment
from app.database import database
from app.languages import languages
from app.security import digest_source
from tests.reading_pages import Element, read
from vendors.keys.models import KnownPhone, Person
from vendors.registry.models import Vendor

LOADING = ("src", "srcset", "href", "xlink:href", "action", "formaction", "poster", "data")
NAMES_A_PAGE = ("canonical", "alternate")
FIELDS = ("input", "select", "textarea")
WITHOUT_LABEL = ("hidden", "submit", "button")
FETCHES_IN_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!data:|#)", re.IGNORECASE)
OPEN_BLANK = re.compile(r"%\(\w+\)[sd]")
ALSO_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class CarelessError(AssertionError):
    """A page broke what is promised of every page."""


@dataclass(frozen=True)
class Page:
    """A page as it came: its address, its headers, its tree, and faults of its tags."""

    address: str
    headers: Mapping[str, str] = field(repr=False)
    html: str = field(repr=False)
    root: Element = field(repr=False)
    faults_of_tags: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.root.first("html")["lang"]

    @property
    def title(self) -> str:
        """What stands in the browser's tab."""
        return " ".join(self.root.first("title").source.split())

    @property
    def h1(self) -> str:
        """The headline."""
        return self.root.first("h1").text

    @property
    def main(self) -> Element:
        """What is this page's own."""
        return self.root.first("main")

    @property
    def text(self) -> str:
        """What people read in the page's own part, with single blanks."""
        return self.main.text

    @property
    def policy(self) -> dict[str, list[str]]:
        """The Content Security Policy: sources by directive."""
        parts = self.headers.get("Content-Security-Policy", "").split(";")
        return {words[0]: words[1:] for part in parts if (words := part.split())}

    @property
    def is_frame(self) -> bool:
        """Whether our own pages show this one in a frame; it then needs no headline."""
        return self.policy.get("frame-ancestors") == ["'self'"]

    @property
    def data(self) -> list[dict[str, Any]]:
        """What the page says to search engines."""
        scripts = self.root.all("script", type="application/ld+json")
        return [json.loads(script.source) for script in scripts]

    def link(self, words: str) -> str:
        """Where the link with these words leads; without them a test fails."""
        for one in self.root.all("a"):
            if words in one.name:
                return one["href"]
        raise AssertionError(f"{self.address} has no link “{words}”")


def page_from(address: str, html: str, headers: Mapping[str, str]) -> Page:
    """A page read from its text."""
    root, faults = read(html)
    return Page(address, headers, html, root, tuple(faults))


# Each check names what is wrong, in words for whoever reads the failure.


def headline(page: Page) -> Iterator[str]:
    """Exactly one h1, with which the title begins; levels of headings follow one another."""
    if not page.root.all("title") or not page.title:
        yield "no title"
        return
    headings = page.root.all("h1", "h2", "h3", "h4", "h5", "h6")
    tops = [one for one in headings if one.tag == "h1"]
    if page.is_frame and not headings:
        return
    if len(tops) != 1:
        yield f"{len(tops)} h1"
    elif not tops[0].text or not page.title.startswith(tops[0].text):
        yield f"the title “{page.title}” does not begin with the h1 “{tops[0].text}”"
    levels = [int(one.tag[1]) for one in headings]
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"h{level} comes after h{before}"
    yield from (f"an empty {one.tag}" for one in headings if not one.name)


def language(page: Page) -> Iterator[str]:
    """A known language, the one of the address and of the header; parts name real languages."""
    lang = page.root.first("html")["lang"]
    if lang not in languages():
        yield f"unknown language “{lang}”"
    named = urlsplit(page.address).path.split("/")[1]
    if named in languages() and named != lang:
        yield f"an address of “{named}” speaks “{lang}”"
    if page.headers.get("Content-Language") != lang:
        yield f"Content-Language is not “{lang}”"
    for one in page.root.walk():
        if "lang" in one:
            try:
                Locale.parse(one["lang"])
            except (UnknownLocaleError, ValueError):
                yield f"<{one.tag}> is in an unknown language “{one['lang']}”"


def identities(page: Page) -> Iterator[str]:
    """Ids are unique, and what points to an id finds it."""
    counts = Counter(one["id"] for one in page.root.walk() if "id" in one)
    yield from (f"id “{name}” stands {n} times" for name, n in counts.items() if n > 1 or not name)
    for one in page.root.walk():
        pointed = [*one["aria-describedby"].split(), *one["aria-labelledby"].split()]
        if one.tag == "label" and one["for"]:
            pointed.append(one["for"])
        if one.tag == "a" and one["href"].startswith("#"):
            pointed.append(unquote(one["href"][1:]))
        yield from (f"<{one.tag}> points to no “{name}”" for name in pointed if name not in counts)


def labels(page: Page) -> Iterator[str]:
    """Every field has a label; every button, link and frame has a name; every picture an alt."""
    labelled = {one["for"] for one in page.root.all("label") if one.text}
    for one in page.root.walk():
        if one.tag in FIELDS and one["type"] not in WITHOUT_LABEL:
            inside = any(around.tag == "label" and around.text for around in one.above())
            if one["id"] not in labelled and not inside and not one["aria-label"]:
                yield f"no label for <{one.tag} name={one['name']}>"
        elif one.tag in ("button", "a") and not one.name:
            yield f"a nameless <{one.tag}> to “{one['href']}”"
        elif one.tag == "img" and "alt" not in one:
            yield f"no alt for {one['src']}"
        elif one.tag == "iframe" and not one["title"]:
            yield "a frame without a title"
        elif one.tag == "svg" and not one["aria-label"] and one["aria-hidden"] != "true":
            yield "a drawing that is neither described nor hidden"


def own_host(page: Page) -> Iterator[str]:
    """Nothing is loaded from another host, and no link leaves the service."""
    for one in page.root.walk():
        for name in LOADING:
            if name not in one or (one.tag == "link" and one["rel"] in NAMES_A_PAGE):
                continue
            for address in _addresses(one[name], name):
                parts = urlsplit(address)
                if parts.scheme in ("mailto", "tel") and one.tag == "a":
                    continue
                if parts.scheme or parts.netloc or address.startswith("//"):
                    yield f"<{one.tag} {name}> asks {address}"
        if one.tag == "meta" and one["http-equiv"].lower() == "refresh":
            yield "the page goes elsewhere by itself"
        if one.tag == "style" and FETCHES_IN_STYLE.search(one.source):
            yield "the style fetches something"
        if one.tag == "base":
            yield "a base"


def _addresses(value: str, name: str) -> list[str]:
    if name == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()]


def nothing_inline(page: Page) -> Iterator[str]:
    """No style=, no on…=, no script: but for data, and for what the policy allows by digest."""
    for one in page.root.walk():
        yield from (f"<{one.tag} {name}>" for name in one.attributes if name.startswith("on"))
        if "style" in one:
            yield f"<{one.tag} style>"
        runs = one.tag == "script" and "src" not in one and one["type"] != "application/ld+json"
        if runs and not _is_known(page, "script-src", one):
            yield "a script in the page"
        if one.tag == "style" and not _is_known(page, "style-src", one):
            yield "a style that the policy does not know"


def _is_known(page: Page, directive: str, part: Element) -> bool:
    return digest_source(part.source) in page.policy.get(directive, [])


def structured_data(page: Page) -> Iterator[str]:
    """What is said to search engines is JSON-LD of schema.org."""
    for script in page.root.all("script", type="application/ld+json"):
        try:
            data = json.loads(script.source)
        except ValueError:
            yield "JSON-LD that is no JSON"
            continue
        if data.get("@context") != "https://schema.org" or "@type" not in data:
            yield "JSON-LD without context or type"


def words(page: Page) -> Iterator[str]:
    """No sentence with an open blank, no letter that was lost on the way."""
    blank = OPEN_BLANK.search(page.root.text)
    if blank:
        yield f"an open blank: {blank[0]}"
    if "\ufffd" in page.html or "\0" in page.html:
        yield "a broken letter"


def tags(page: Page) -> Iterator[str]:
    """Tags are closed in order and nested as HTML allows."""
    yield from page.faults_of_tags


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    tags,
    headline,
    language,
    identities,
    labels,
    own_host,
    nothing_inline,
    structured_data,
    words,
)


def _form_with(page: Page, words: str) -> tuple[Element, Element]:
    for form in page.root.all("form"):
        for button in form.all("button"):
            if words in button.name:
                return form, button
    raise AssertionError(f"{page.address} has no button “{words}”")


def form_fields(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    found: dict[str, list[str]] = {}
    for one in form.walk():
        name = one["name"]
        if not name or one.tag not in FIELDS or one["type"] in ("submit", "button", "file"):
            continue
        if one["type"] in ("checkbox", "radio") and "checked" not in one:
            continue
        if one.tag == "select":
            options = one.all("option")
            chosen = [option for option in options if "selected" in option] or options[:1]
            found.setdefault(name, []).extend(option["value"] for option in chosen)
        elif one.tag == "textarea":
            found.setdefault(name, []).append(one.source.removeprefix("\n"))
        else:
            found.setdefault(name, []).append(one.attributes.get("value", "on"))
    return found


def faults_of_headers(headers: Mapping[str, str], *, may_come_in: bool = False) -> Iterator[str]:
    """What is wrong with the headers of any answer, be it a page or a file."""
    policy = headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'"):
        yield "a policy that does not begin with nothing"
    if "unsafe-" in policy or re.search(r"https?:|\*", policy):
        yield f"a weak policy: {policy}"
    yield from (
        f"{name} is not {value}"
        for name, value in ALSO_SAFE.items()
        if headers.get(name) != value
        and not (name == "Referrer-Policy" and headers.get("Cache-Control") == "no-store")
    )
    if "Set-Cookie" in headers and not may_come_in:
        yield "a cookie"
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        yield f"a text without its alphabet: {kind}"


def faults_of_page(page: Page) -> list[str]:
    """Everything that is wrong with a page by itself."""
    return [fault for check in CHECKS for fault in check(page)]


class CarefulClient:
    """Fetches pages of one application, and fails where a page is careless."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self._files: dict[str, bool] = {}

    def get(self, address: str, status: int = 200, **settings: Any) -> Page:
        """A page of ours, with the status that the test expects."""
        response = self.fetch(address, status, **settings)
        assert response.mimetype == "text/html", f"{address} is {response.mimetype}"
        page = page_from(address, response.data.decode("utf-8"), response.headers)
        faults = [*faults_of_page(page), *self.dead_links(page)]
        if faults:
            raise CarelessError(f"{address}: " + " · ".join(faults))
        return page

    def come_in(self, slug: str, *, person: str = "") -> "CarefulClient":
        """Be the known telephone of a vendor; with `person` of the office, working for them."""
        with self.app.app_context(), database().writing() as session:
            vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).first()
            vendor_id = vendor.id if vendor else None
            someone = session.exec(select(Person).where(Person.email == person)).first()
            token = remember_phone(
                session,
                way="code",
                device="test",
                at=moment(),
                vendor_id=None if someone else vendor_id,
                person_id=someone.id if someone else None,
            )
            if someone:
                mine = KnownPhone.token_digest == digest_of(token)
                phone = session.exec(select(KnownPhone).where(mine)).one()
                phone.confirmed_at = moment()
                phone.for_vendor_id = vendor_id
            session.commit()
            self._client.set_cookie(cookie_name(), token)
        return self

    def send(
        self, address: str, typed: Mapping[str, Any], status: int = 303, **settings: Any
    ) -> TestResponse:
        """Send a form as a page of ours would; the key is made unless the test gives one."""
        typed = {"idempotency_key": uuid4().hex, **typed}
        headers = {"Sec-Fetch-Site": "same-origin", **settings.pop("headers", {})}
        response = self._client.post(
            address, data=typed, headers=headers, buffered=True, **settings
        )
        said = response.get_data(as_text=True)[:2000] if response.status_code != status else ""
        assert response.status_code == status, f"{address}: {response.status} {said}"
        faults = list(faults_of_headers(response.headers, may_come_in=True))
        if faults:
            raise CarelessError(f"{address}: " + " · ".join(faults))
        return response

    def submit(self, page: Page, words: str, status: int = 303, **typed: Any) -> Page:
        """Fill in the form that has a button with these words, press it, and be where it leads.

        With a status other than 303 the answer itself is the page. `typed` goes over what the
        form holds; a field that the form does not have fails the test.
        """
        form, button = _form_with(page, words)
        fields = form_fields(form)
        names = {one["name"] for one in form.walk()}
        assert set(typed) <= names, f"the form has no field {set(typed) - names}"
        if button["name"]:
            fields[button["name"]] = [button["value"]]
        fields.update(typed)
        address = button["formaction"] or form["action"] or page.address
        answer = self.send(address, fields, status)
        if status == 303:
            return self.get(answer.location)
        found = page_from(address, answer.data.decode("utf-8"), answer.headers)
        faults = faults_of_page(found)
        if faults:
            raise CarelessError(f"{address}: " + " · ".join(faults))
        return found

    def fetch(self, address: str, status: int = 200, **settings: Any) -> TestResponse:
        """Any answer: a file, data, a calendar, a redirect."""
        response = self._client.get(address, buffered=True, **settings)
        said = response.get_data(as_text=True)[:300] if response.status_code != status else ""
        assert response.status_code == status, f"{address}: {response.status} {said}"
        faults = list(faults_of_headers(response.headers))
        if faults:
            raise CarelessError(f"{address}: " + " · ".join(faults))
        return response

    def follow(self, page: Page, words: str) -> Page:
        """The page behind a link of a page."""
        return self.get(page.link(words))

    def dead_links(self, page: Page) -> list[str]:
        """The addresses on a page, inside the service, that lead nowhere."""
        found = []
        for one in page.root.walk():
            for name in ("href", "src", "srcset", "action", "formaction"):
                if name in one:
                    found += [
                        address
                        for address in _addresses(one[name], name)
                        if address.startswith("/")
                        and not self._leads_somewhere(address, _method(one, name))
                    ]
        return [f"{address} leads nowhere" for address in found]

    def _leads_somewhere(self, address: str, method: str) -> bool:
        path = unquote(urlsplit(address).path)
        if path.startswith("/static/"):
            if path not in self._files:
                with self._client.head(path) as response:
                    self._files[path] = response.status_code == 200
            return self._files[path]
        try:
            self.app.url_map.bind("localhost").match(path, method=method)
        except RequestRedirect:
            return False
        except HTTPException:
            return False
        return True


def _method(one: Element, name: str) -> str:
    """How a browser would ask for the address in an attribute."""
    form = next((around for around in (one, *one.above()) if around.tag == "form"), None)
    sends = name in ("action", "formaction") and form is not None
    return "POST" if sends and form and form["method"].lower() == "post" else "GET"
