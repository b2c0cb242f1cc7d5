"""`docs/interface.md` is true and complete: addresses, settings, commands."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Rule

from app.config import Settings
from app.languages import languages
from app.tables.importing import TABLES

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "interface.md").read_text()
EXAMPLES = {
    "code": "AAAAA", "slug": "x", "event_id": "1", "name": "x", "digest": "0" * 64, "width": "480",
    "number": "1", "good_id": "1", "day": "2026-11-24", "suffix": "webp",
}  # fmt: skip


def example_of(part: re.Match[str]) -> str:
    """What stands for an open part of an address."""
    return EXAMPLES.get(part[1], "1" if part[1].endswith("number") else "-")


def code_spans(document: str) -> list[str]:
    """Everything that stands between backticks."""
    return re.findall(r"`([^`\n]+)`", document)


def addresses(document: str) -> list[str]:
    """The addresses of a document, without what is asked after "?"."""
    return [span.split("?")[0] for span in code_spans(document) if span.startswith("/")]


def unknown_addresses(document: str, app: Flask) -> list[str]:
    """The addresses that the service does not have."""
    routes = app.url_map.bind("localhost")
    unknown = []
    for address in addresses(document):
        path = re.sub(r"<(\w+)>", example_of, address)
        try:
            routes.match(path)
        except MethodNotAllowed:
            continue  # a form is sent there
        except HTTPException as error:
            prefix = path.endswith("/") and any(
                rule.rule.replace("<language:language>", "lv").startswith(path)
                for rule in app.url_map.iter_rules()
            )
            if (error.code or 500) >= 400 and not prefix:
                unknown.append(address)
    return unknown


def shape(address: str) -> str:
    """An address with its parts unnamed and its language open: "/*/tirgotaji/*"."""
    parted = re.sub(r"<[^>]+>", "*", address)
    return re.sub(rf"^/({'|'.join(languages())})/", "/*/", parted)


def unnamed_routes(document: str, rules: list[Rule]) -> list[str]:
    """The routes that a document does not name."""
    named = {shape(address) for address in addresses(document)}
    return [
        rule.rule
        for rule in rules
        if shape(rule.rule) not in named
        and not any(
            re.fullmatch(re.escape(shape(rule.rule)).replace(r"\*", ".+"), n) for n in named
        )
    ]


def commands(group: click.Group, before: str = "flask") -> dict[str, click.Command]:
    """Every verb with its words: "flask print signs"."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before} {name}")
        else:
            found[f"{before} {name}"] = command
    return found


def wrong_commands(document: str, app: Flask) -> list[str]:
    """The verbs and options that a document names and the service lacks."""
    known = commands(app.cli)
    wrong = []
    for span in code_spans(document):
        if not span.startswith("flask ") or "VERB" in span:
            continue
        verb = max((one for one in known if f"{span} ".startswith(f"{one} ")), key=len, default="")
        options = {name for one in known[verb].params for name in one.opts} if verb else set()
        if not verb or set(re.findall(r"--[\w-]+", span)) - options:
            wrong.append(span)
    return wrong


@pytest.fixture
def app(shared_app: Flask) -> Flask:
    """The service, to be asked for its addresses and commands."""
    return shared_app


def test_every_address_of_the_document_is_there(app: Flask):
    assert len(addresses(DOCUMENT)) > 30
    assert unknown_addresses(DOCUMENT, app) == []


def test_every_route_is_in_the_document(app: Flask):
    assert unnamed_routes(DOCUMENT, list(app.url_map.iter_rules())) == []


def test_every_command_and_option_of_the_document_is_there(app: Flask):
    assert wrong_commands(DOCUMENT, app) == []


def test_every_command_and_option_is_in_the_document(app: Flask):
    spans = [span for span in code_spans(DOCUMENT) if span.startswith("flask ")]
    for verb, command in commands(app.cli).items():
        said = " ".join(span for span in spans if f"{span} ".startswith(f"{verb} "))
        assert said, verb
        options = {max(one.opts, key=len) for one in command.params if one.opts[0].startswith("-")}
        assert options <= set(said.replace("[", " ").replace("]", " ").split()), verb


def test_settings_and_kinds_and_targets_are_those_of_the_document():
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}
    kinds = DOCUMENT.split("Kinds of lists:")[1].split("\n")[0]
    assert set(code_spans(kinds)) == set(TABLES)
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {f"make {name}" for name in targets} == {
        span for span in code_spans(DOCUMENT) if span.startswith("make ")
    }


def test_planted_lines_are_found(app: Flask):
    planted = DOCUMENT + "\n`/lv/vainags/<slug>` · `flask seat DAY` · `flask init --all`\n"
    assert unknown_addresses(planted, app) == ["/lv/vainags/<slug>"]
    assert wrong_commands(planted, app) == ["flask seat DAY", "flask init --all"]
    shorter = DOCUMENT.replace("`/lv/privatums`", "").replace("`/healthz`", "")
    assert set(unnamed_routes(shorter, list(app.url_map.iter_rules()))) == {
        "/healthz",
        "/<language:language>/privatums",
    }
