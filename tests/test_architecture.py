"""Who may import whom, and how large things may become: what keeps the house in order."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

VENDORS_MAY = ("vendors.*",)
MARKET_MAY = (
    "market.*",
    "vendors.*.models",
    "vendors.fields",
    "vendors.searching",
    "vendors.listings.kinds",
    "vendors.listings.seasons",
)
NOT_A_RULE = (
    "queries.py",
    "models.py",
    "scene.py",
    "drawing.py",
    "photographs.py",
    "album.py",
    "stopwatch.py",
)
CLOCKS = {"now", "today", "utcnow", "monotonic", "localtime"}
WORDS = {"gettext", "ngettext", "pgettext", "_"}

LONGEST_FUNCTION = 50
LONGEST_FILE = 400

TOP = {
    "app", "market", "vendors", "static", "templates", "tests", "docs", "bench", "deploy",
    "README.md", "Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt",
}  # fmt: skip


def modules(*folders: str) -> list[Path]:
    """Our modules in some folders."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def imports(source: str) -> Iterator[str]:
    """Everything that a module imports, also within functions: "market.days.models.Stall".

    Relative imports are left out: they never leave the house.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names if not node.level)


def fits(imported: str, allowed: tuple[str, ...]) -> bool:
    """Whether a name is that of an allowed module, or lies in it."""
    return any(fnmatch(imported, name) or fnmatch(imported, f"{name}.*") for name in allowed)


def wrong_imports(source: str, house: str) -> list[str]:
    """What a module of `market` or of `vendors` must not import."""
    allowed = MARKET_MAY if house == "market" else VENDORS_MAY
    ours = ("app", "market", "vendors", "tests", "flask", "jinja2", "werkzeug")
    return [
        name
        for name in imports(source)
        if name.split(".")[0] in ours and not fits(name, allowed)
    ]  # fmt: skip


def unruly(source: str) -> list[str]:
    """What a rule must not do: ask a database, look at the clock, speak to people."""
    found = []
    for name in imports(source):
        last = name.rsplit(".", 1)[-1]
        if last in {"Session", "Engine", "create_engine"} or last in WORDS:
            found.append(name)
        if name.split(".")[0] in {"time", "babel", "random"} and last not in {
            "Random",
            "SystemRandom",
        }:
            found.append(name)
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
            found.append(f"{ast.unparse(called)}()")
    return found


def rules() -> list[Path]:
    """The modules that decide: all of market and vendors but tables, questions and drawings."""
    return [
        file
        for file in modules("market", "vendors")
        if not file.name.endswith(("_queries.py", *NOT_A_RULE)) and "illustration" not in file.parts
    ]


def faults(found: dict[Path, list[str]]) -> dict[str, list[str]]:
    """The faults by file, without the files that have none."""
    return {str(file.relative_to(ROOT)): what for file, what in found.items() if what}


@pytest.mark.parametrize("house", ["market", "vendors"])
def test_market_and_vendors_import_only_what_the_design_allows(house: str):
    assert modules(house)
    assert faults({file: wrong_imports(file.read_text(), house) for file in modules(house)}) == {}


@pytest.mark.parametrize(
    ("house", "source", "found"),
    [
        ("vendors", "from market.places.models import Stall", ["market.places.models.Stall"]),
        ("vendors", "import app.clock", ["app.clock"]),
        ("vendors", "def f():\n    from flask import g", ["flask.g"]),
        ("vendors", "from . import models", []),
        ("market", "from vendors.registry.queries import goods_of",
         ["vendors.registry.queries.goods_of"]),
        ("market", "from vendors.listings import freshness", ["vendors.listings.freshness"]),
        ("market", "from app.languages import gettext as _", ["app.languages.gettext"]),
        ("market", "from vendors.registry.models import Vendor", []),
        ("market", "from vendors.listings.kinds import CATEGORIES", []),
        ("vendors", "from vendors.fields import Text\nimport json", []),
    ],
)  # fmt: skip
def test_a_planted_import_is_found(house: str, source: str, found: list[str]):
    assert wrong_imports(source, house) == found


def test_rules_ask_no_database_no_clock_and_speak_to_nobody():
    assert len(rules()) > 15
    assert faults({file: unruly(file.read_text()) for file in rules()}) == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from sqlmodel import Session, col", ["sqlmodel.Session"]),
        ("from app.languages import gettext as _", ["app.languages.gettext"]),
        ("from datetime import datetime\nx = datetime.now()", ["datetime.now()"]),
        ("from datetime import date\nx = date.today()", ["date.today()"]),
        ("import time", ["time"]),
        ("from babel import Locale", ["babel.Locale"]),
        ("from datetime import date, time\nx = time(8)", []),
    ],
)
def test_a_planted_session_clock_or_word_is_found(source: str, found: list[str]):
    assert unruly(source) == found


def test_models_declare_no_relationship():
    """Joins are written in queries, where they are seen and counted."""
    used = {file: list(imports(file.read_text())) for file in modules("market", "vendors", "app")}
    assert [str(file) for file, names in used.items() if "sqlmodel.Relationship" in names] == []


def too_long(source: str) -> list[str]:
    """Functions that do not fit in the eye."""
    return [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]


def test_functions_and_files_fit_in_the_eye():
    written = modules("app", "market", "vendors", "bench", "tests")
    written = [file for file in written if "migrations/versions" not in file.as_posix()]
    assert faults({file: too_long(file.read_text()) for file in written}) == {}
    product = [file for file in written if file.relative_to(ROOT).parts[0] != "tests"]
    lengths = {file: len(file.read_text().splitlines()) for file in product}
    long = {file: [f"{count} lines"] for file, count in lengths.items() if count > LONGEST_FILE}
    assert faults(long) == {}


def test_a_planted_long_function_is_found():
    assert too_long("def f():\n" + "    x = 1\n" * 50) == ["f has 51 lines"]
    assert too_long("def f():\n" + "    x = 1\n" * 49) == []


def test_every_module_opens_with_a_sentence_about_its_subject():
    silent = [
        str(file.relative_to(ROOT))
        for file in modules("app", "market", "vendors", "bench", "tests")
        if file.read_text().strip() and not ast.get_docstring(ast.parse(file.read_text()))
    ]
    assert silent == []


def test_nothing_is_left_to_do():
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    files = modules("app", "market", "vendors", "bench", "tests")
    files += [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.*s")]
    left = [str(file) for file in files if any(mark in file.read_text() for mark in marks)]
    assert left == []


def test_the_top_of_the_house_holds_only_what_the_readme_shows():
    ignored = {line.strip("/ ") for line in (ROOT / ".gitignore").read_text().splitlines()}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - ignored
    assert found - TOP == set()


def test_no_folder_of_ours_is_called_for_what_is_not_ours():
    """Here a vendor sells cheese; files of others are named for what they are."""
    folders = [path.name for path in (ROOT / "static").rglob("*") if path.is_dir()]
    folders += [path.name for path in ROOT.iterdir() if path.is_dir()]
    assert [name for name in folders if name in ("vendor", "third-party", "third_party")] == []
    assert [name for name in folders if "vendor" in name and name != "vendors"] == []
