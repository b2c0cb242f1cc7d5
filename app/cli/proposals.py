"""`flask propose`: a planning problem from a file, solved without a database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask
from flask.cli import with_appcontext

from app.languages import gettext as _

if TYPE_CHECKING:
    from market.planning.answer import Answer, Fault


def add_commands(app: Flask) -> None:
    """Add the verb of this subject."""
    app.cli.add_command(propose)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="write there")
@click.option("--seconds", type=click.FloatRange(min=0.1), help="end the search after so long")
@with_appcontext
def propose(file: Path, out: Path | None, seconds: float | None) -> None:
    """Propose who gets which stall for the problem in FILE (docs/interface.md), as JSON."""
    from market.planning.faults import BadProblem
    from market.planning.problem import Festival
    from market.planning.proposal import propose_festival
    from market.planning.reading import read_problem
    from market.planning.writing import answer_as_json

    try:
        problem, faults = read_problem(json.loads(file.read_text("utf-8")))
        festival = problem if isinstance(problem, Festival) else Festival((problem,))
        answers = propose_festival(festival, seconds=seconds)
    except (ValueError, RecursionError) as error:
        found = error.faults if isinstance(error, BadProblem) else ()
        _say(found)
        reason = "" if found else str(error)
        raise click.ClickException(
            _("%(file)s cannot be planned. %(why)s", file=file.name, why=reason).strip()
        ) from error
    _say(faults)
    written = [answer_as_json(answer) for answer in answers]
    one_day = not isinstance(problem, Festival)
    text = json.dumps(written[0] if one_day else {"days": written}, ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
        return
    out.write_text(text + "\n", "utf-8")
    for answer in answers:
        click.echo(_said(answer))


def _say(faults: "tuple[Fault, ...]") -> None:
    """Every fault with the names concerned, beside the answer."""
    from app.planning_faults_said import fault_said

    for fault in faults:
        said = fault_said(fault.code, fault.names, {}, {})
        click.echo(f"{fault.code}: {', '.join(fault.names)}. {said}", err=True)


def _said(answer: "Answer") -> str:
    """A day in one line."""
    return _(
        "Placed: %(placed)s, refused: %(refused)s, free stalls: %(free)s, %(seconds)s s.",
        placed=len(answer.placements),
        refused=len(answer.refused),
        free=len(answer.open),
        seconds=round(answer.seconds, 1),
    )
