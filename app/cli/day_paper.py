"""`flask print kit`: all paper of a market day in one file, or one sheet of it."""

from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.cli.paper import print_on_paper
from app.clock import now
from app.database import database
from app.languages import LATVIAN, languages
from app.languages import gettext as _

SHEETS = (
    "komplekts",
    "sodien",
    "plans",
    "plans-a3",
    "pa-rindam",
    "pa-vardiem",
    "klatbutne",
    "maksas",
    "cenradis",
    "parsedinasana",
)
"""The words of the sheets' addresses; written down here, because drawing takes long to import."""


def add_commands(_app: Flask) -> None:
    """Add the verb of this subject to `flask print`."""
    print_on_paper.add_command(kit)


@click.command("kit")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="of which day, as 2027-07-17; the next market day if left out",
)
@click.option(
    "--sheet",
    type=click.Choice(SHEETS),
    default=SHEETS[0],
    metavar="SHEET",
    help=f"only one sheet: {', '.join(SHEETS[1:])}",
)
@click.option("--phones", is_flag=True, help="with telephone numbers, for the office alone")
@click.option("--language", type=click.Choice(languages()), default=LATVIAN, metavar="LANGUAGE")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def kit(day: datetime | None, sheet: str, phones: bool, language: str, out: Path) -> None:
    """Print all paper of a market day in one file, or one sheet of it."""
    from app.pages.organiser.desk import next_market_day
    from app.paper.kit.facts import day_on_paper
    from app.paper.kit.making import sheet_pdf

    public_url: str = current_app.config["PUBLIC_URL"]
    with database().reading() as session:
        asked = day.date() if day else next_market_day(session, now().date())
        if asked is None:
            raise click.ClickException(_("No market day is coming: name one with --day."))
        facts = day_on_paper(session, asked, now(), public_url, phones=phones)
        content = sheet_pdf(facts, sheet, language)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(out), error.strerror or str(error)) from error
    click.echo(_("Printed for %(day)s: %(file)s", day=asked, file=out))
