"""Reading pages as a machine: a page becomes a tree, and what is wrong with its tags is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
UNSEEN = {"head", "script", "style", "template", "title"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol",
    "p", "pre", "section", "table", "ul",
}  # fmt: skip


@dataclass
class Element:
    """An element with its attributes, and its children: elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = field(default=None, repr=False)
    children: list["Element | str"] = field(default_factory=list, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def walk(self) -> Iterator["Element"]:
        """This element and all within, in the order of the page."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [child for child in reversed(one.children) if isinstance(child, Element)]

    def all(self, *tags: str, of_class: str = "", **attributes: str) -> list["Element"]:
        """The elements within that have one of the tags, a class, and these attributes."""
        return [
            one
            for one in self.walk()
            if one is not self
            and (not tags or one.tag in tags)
            and (not of_class or of_class in one["class"].split())
            and all(one.attributes.get(name) == value for name, value in attributes.items())
        ]

    def first(self, *tags: str, of_class: str = "", **attributes: str) -> "Element":
        """The first such element; a test that asks for what is not there fails."""
        found = self.all(*tags, of_class=of_class, **attributes)
        assert found, f"there is no {tags or 'element'} {of_class} {attributes}"
        return found[0]

    def above(self) -> Iterator["Element"]:
        """The elements around this one, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    @property
    def source(self) -> str:
        """The text within as it stands there, also that of scripts and styles."""
        return "".join(child if isinstance(child, str) else child.source for child in self.children)

    @property
    def text(self) -> str:
        """The text that people read or hear, with single blanks."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                apart = child.tag in BLOCKS or child.tag in ("li", "td", "th", "br", "option")
                yield " " if apart else ""
                yield from child._texts()
                yield " " if apart else ""

    @property
    def name(self) -> str:
        """What a screen reader calls the element: its label, its text, or that of its picture."""
        pictures = " ".join(one["alt"] or one["aria-label"] for one in self.all("img", "svg"))
        return (self["aria-label"] or f"{self.text} {pictures}").strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self.open = self.root
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        self._look_at_nesting(tag)
        made = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(made)
        if tag not in VOID:
            self.open = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if not any(one.tag == "svg" for one in (self.open, *self.open.above())):
                self.faults.append(f"<{tag}/> closes nothing in HTML")
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open.tag == tag and self.open.parent:
            self.open = self.open.parent
            return
        self.faults.append(f"</{tag}> stands where </{self.open.tag}> is expected")
        around = next((one for one in self.open.above() if one.tag == tag), None)
        if around is not None and around.parent is not None:
            self.open = around.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)

    def _look_at_nesting(self, tag: str) -> None:
        around = self.open.tag
        if tag in BLOCKS and any(one.tag == "p" for one in (self.open, *self.open.above())):
            self.faults.append(f"<{tag}> inside <p>")
        if around in ("ul", "ol") and tag != "li":
            self.faults.append(f"<{tag}> directly inside <{around}>")
        if tag == "a" and any(one.tag == "a" for one in (self.open, *self.open.above())):
            self.faults.append("a link inside a link")


def read(html: str) -> tuple[Element, list[str]]:
    """The tree of a page, and what is wrong with its tags."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = reader.faults
    if reader.open is not reader.root:
        faults.append(f"<{reader.open.tag}> is never closed")
    if not re.match(r"\s*<!doctype html>", html, re.IGNORECASE):
        faults.append("no doctype")
    return reader.root, faults
