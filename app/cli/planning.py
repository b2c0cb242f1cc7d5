"""`flask plan`: a proposal for a day from the database; `flask planner-run`: the planner itself."""

import click
from flask import Flask
from flask.cli import with_appcontext


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(planner_run)


@click.command("planner-run", hidden=True)
@click.argument("number", type=int)
@with_appcontext
def planner_run(number: int) -> None:
    """Work on a run of the planner that the office has asked for."""
    from app.planner_process import work

    work(number)
