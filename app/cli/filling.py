"""`flask fill`: holders of stalls are put on the days ahead."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app.languages import ngettext


def add_commands(app: Flask) -> None:
    """Add the verb of this subject."""
    app.cli.add_command(fill)


@click.command()
@with_appcontext
def fill() -> None:
    """Put holders of stalls on the market days of the next eight weeks, each day once."""
    from app.filling import keep_filled

    number = keep_filled()
    click.echo(
        ngettext("%(num)s place was filled.", "%(num)s places were filled.", number, num=number)
    )
