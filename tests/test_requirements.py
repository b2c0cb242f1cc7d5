"""What the service runs on: pinned, each for a reason, and nothing that nobody asked for."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.test_architecture import modules

ROOT = Path(__file__).parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")
OURS = {"app", "market", "vendors", "tests", "bench"}
NOT_IMPORTED = {"font-source-sans-pro", "gunicorn", "psycopg", "python-dotenv", "tzdata"}
"""Files of a font, run as a server, named in an address, used by `flask`, read by Python."""
BROUGHT_BY = {
    "sqlalchemy": "sqlmodel", "pydantic": "sqlmodel", "pydantic-core": "sqlmodel",
    "click": "flask", "jinja2": "flask", "markupsafe": "flask", "werkzeug": "flask",
    "branca": "folium",
}  # fmt: skip
"""Distributions that the one beside them cannot be used without."""


def normal(name: str) -> str:
    """The name of a distribution as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(text: str) -> list[str]:
    """The requirements of a file, each with its hashes in one line."""
    joined = text.replace("\\\n", " ")
    return [
        " ".join(line.split())
        for line in joined.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


def unpinned(text: str) -> list[str]:
    """The requirements that are not held to one version with hashes."""
    held = re.compile(
        r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^ ]+( ;.*?)?( --hash=sha256:[0-9a-f]{64})+"
    )
    return [line for line in entries(text) if not held.match(line)]


def asked_for(group: str = "") -> set[str]:
    """The names in pyproject.toml, without versions and extras."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = settings["dependency-groups"][group] if group else settings["project"]["dependencies"]
    return {normal(re.match(r"[A-Za-z0-9._-]+", name)[0]) for name in named}  # type: ignore[index]


def pinned_in(file: str) -> set[str]:
    """The names in a file of requirements."""
    found = [re.match(r"[A-Za-z0-9._-]+", line) for line in entries((ROOT / file).read_text())]
    return {normal(match[0]) for match in found if match}


@pytest.mark.parametrize("file", FILES)
def test_every_distribution_is_pinned_with_hashes(file: str):
    assert len(entries((ROOT / file).read_text())) > 10
    assert unpinned((ROOT / file).read_text()) == []


def test_a_planted_loose_requirement_is_found():
    digest = f"--hash=sha256:{'a' * 64}"
    text = f"flask==3.1.0 \\\n    {digest}\nbabel>=2 \\\n    {digest}\nfolium==0.20\n# via x\n"
    assert unpinned(text) == [f"babel>=2 {digest}", "folium==0.20"]


def test_what_is_asked_for_is_pinned():
    assert asked_for() - pinned_in("requirements.txt") == set()
    assert asked_for("dev") - pinned_in("requirements-dev.txt") == set()


def test_the_readme_says_what_each_is_for():
    readme = (ROOT / "README.md").read_text()
    section = readme.split("## What it runs on", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| *`?([\w.-]+)`? *\| *(.+?) *\|$", section, re.MULTILINE)
    said = {normal(name) for name, purpose in rows if re.search(r"\w{3}", purpose)}
    assert asked_for() - said == set()
    assert said - asked_for() == {"package"}


def imported_distributions(sources: dict[str, str]) -> dict[str, set[str]]:
    """Which distributions modules import: names of files by distribution, "?" for unknown ones."""
    known = packages_distributions()
    found: dict[str, set[str]] = {}
    for file, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for top in {name.split(".")[0] for name in names} - OURS - sys.stdlib_module_names:
                for name in known.get(top, ["?" + top])[:1]:
                    found.setdefault(normal(name), set()).add(file)
    return found


def product() -> dict[str, str]:
    """The sources of the service itself."""
    return {
        file.relative_to(ROOT).as_posix(): file.read_text()
        for file in modules("app", "market", "vendors")
    }


def strangers(sources: dict[str, str]) -> dict[str, set[str]]:
    """What is imported without being asked for in pyproject.toml."""
    asked = asked_for()
    return {
        name: files
        for name, files in imported_distributions(sources).items()
        if name not in asked and BROUGHT_BY.get(name) not in asked
    }


def test_every_import_is_of_something_asked_for():
    assert strangers(product()) == {}


def test_a_planted_import_of_a_stranger_is_found():
    planted = {"app/x.py": "import pytest\nimport nothing_like_it\nimport json\nimport flask"}
    assert strangers(planted) == {"pytest": {"app/x.py"}, "?nothing-like-it": {"app/x.py"}}


def test_everything_asked_for_is_used():
    used = set(imported_distributions(product()))
    assert asked_for() - used - NOT_IMPORTED == set()
