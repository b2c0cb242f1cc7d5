"""A service with a later version of its schema, for tests of the way from the first to it."""

from pathlib import Path

import pytest

import app.schema

LATER = """from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("stall") as stall:
        stall.alter_column("label", new_column_name="number")
"""


def have_two_versions(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The first version calls a stall's number its label; the last is what the models say.

    Stalls are what signs, placements and the plan point to, so a careless migration loses much.
    """
    versions = folder / "versions"
    versions.mkdir(parents=True)
    (folder / "env.py").write_text((app.schema.MIGRATIONS / "env.py").read_text())
    first = next((app.schema.MIGRATIONS / "versions").glob("0001*.py")).read_text()
    before, stall = first.split('"stall",\n', 1)
    stall = stall.replace('"number"', '"label"', 2)
    (versions / "0001.py").write_text(f'{before}"stall",\n{stall}')
    for number in ("0002", "0003", "0004"):
        later = next((app.schema.MIGRATIONS / "versions").glob(f"{number}*.py"))
        (versions / f"{number}.py").write_text(later.read_text())
    (versions / "0005.py").write_text(LATER)
    monkeypatch.setattr(app.schema, "MIGRATIONS", folder)
