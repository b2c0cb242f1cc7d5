"""`flask clashes` and `flask print programme`: what the desk's programme shows, for terminals."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.cli.paper import print_on_paper
from app.clock import now
from app.database import database
from app.languages import LATVIAN, languages, ngettext
from app.languages import gettext as _

AHEAD = timedelta(days=60)
DAY = click.DateTime(["%Y-%m-%d"])


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(clashes)
    print_on_paper.add_command(programme)


@click.command()
@click.option("--from", "first", type=DAY, metavar="DAY", help="the first day; today if left out")
@click.option("--to", "last", type=DAY, metavar="DAY", help="the last day; 60 days on if left out")
@click.option("--json", "as_json", is_flag=True, help="what, why, severity, resolve as JSON")
@with_appcontext
def clashes(first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Say what overlaps in the programme, why, and what would resolve it; drafts too."""
    from app.pages.organiser.programme_clashing import clashes_between

    begins = first.date() if first else now().date()
    ends = last.date() if last else begins + AHEAD
    with database().reading() as session:
        found = clashes_between(session, begins, ends)
    if as_json:
        told = [
            {
                "what": one.what,
                "why": one.why,
                "severity": one.severity,
                "resolve": list(one.resolve),
                "kind": one.kind,
                "events": list(one.event_ids),
            }
            for one in found
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.what} ({one.severity_words})")
        click.echo(f"  {one.why}")
        for way in one.resolve:
            click.echo(f"  → {way}")
    click.echo(ngettext("%(num)s clash.", "%(num)s clashes.", len(found)))


@click.command("programme")
@click.option("--festival", "slug", metavar="SLUG", help="the whole programme of a festival")
@click.option("--day", type=DAY, metavar="DAY", help="of one day; today if nothing is named")
@click.option("--poster", is_flag=True, help="one A3 with large letters instead of A4")
@click.option("--language", type=click.Choice(languages()), default=LATVIAN, metavar="LANGUAGE")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def programme(
    slug: str | None, day: datetime | None, poster: bool, language: str, out: Path
) -> None:
    """Print the published programme of a festival or of a day."""
    from app.paper import programme as paper
    from market.days.queries import festival_with_slug

    public_url: str = current_app.config["PUBLIC_URL"]
    with database().reading() as session:
        if slug:
            festival = festival_with_slug(session, slug)
            if festival is None:
                raise click.ClickException(_("There is no festival %(slug)s.", slug=slug))
            told = paper.festival_on_paper(session, festival, now(), public_url, language)
        else:
            asked = day.date() if day else now().date()
            told = paper.day_on_paper(session, asked, now(), public_url, language)
        draw = paper.programme_poster if poster else paper.programme_sheet
        content = draw(told, language)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(out), error.strerror or str(error)) from error
    click.echo(_("The programme is printed: %(file)s", file=out))
