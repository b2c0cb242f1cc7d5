"""`flask send`, `flask setting`, `flask print call-sheet`: letters, and whom to call instead."""

from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.cli.paper import print_on_paper
from app.clock import now
from app.config import Settings
from app.database import database
from app.languages import clock_time, ngettext
from app.languages import gettext as _
from market.days.queries import set_setting
from market.days.queries import setting as setting_of
from market.days.settings import CHOICES, DEFAULTS, NAMES, hour_typed, setting_typed


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(send)
    app.cli.add_command(setting)


@click.command()
@with_appcontext
def send() -> None:
    """Make the reminders of today and send the letters that are due."""
    from app.mail import send_due, tidy_outbox, way_of
    from app.reminders import make_reminders

    settings: Settings = current_app.config["SETTINGS"]
    way = way_of(settings)
    if way is None:
        raise click.ClickException(
            _("There is no way to send letters. Please set MAIL_DIR or SMTP_URL.")
        )
    make_reminders()
    result = send_due(way)
    tidy_outbox()
    click.echo(ngettext("%(num)s letter sent.", "%(num)s letters sent.", result.sent))
    if result.failed:
        click.echo(
            ngettext(
                "%(num)s letter could not be sent; it waits for the next try.",
                "%(num)s letters could not be sent; they wait for the next try.",
                result.failed,
            ),
            err=True,
        )
        raise SystemExit(1)


@click.command()
@click.argument("name", type=click.Choice(sorted(NAMES)), metavar="NAME")
@click.argument("value", required=False)
@with_appcontext
def setting(name: str, value: str | None) -> None:
    """Show what the office has set, or set it: absence_cutoff, framed_by, reminder_hour, …"""
    if value is None:
        with database().reading() as session:
            click.echo(_said(name, setting_of(session, name)))
        return
    kept = setting_typed(name, value)
    if kept is None:
        raise click.ClickException(_refusal(name, value))
    with database().writing() as session:
        set_setting(session, name, kept)
        session.commit()
    click.echo(_("%(name)s is now %(hour)s.", name=name, hour=_said(name, kept)))


def _said(name: str, value: str) -> str:
    hour = hour_typed(value) if name in DEFAULTS else None
    return clock_time(hour) if hour else value


def _refusal(name: str, value: str) -> str:
    if name in DEFAULTS:
        return _("This is no hour: %(value)s. Try 18.00.", value=value)
    if name in CHOICES:
        return _("%(value)s cannot be chosen. Try: %(values)s.", value=value,
                 values=", ".join(CHOICES[name]))  # fmt: skip
    return _("These are no hosts: %(value)s. Try https://www.tukums.lv.", value=value)


@print_on_paper.command("call-sheet")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="the market day, as 2026-11-24; tomorrow if left out",
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def call_sheet(day: datetime | None, out: Path) -> None:
    """Print whom the office calls before a market day: those who get no reminder by e-mail."""
    from app.paper.call_sheet import call_sheet_pdf

    wanted = day.date() if day else now().date() + timedelta(days=1)
    with database().reading() as session:
        sheet = call_sheet_pdf(session, wanted)
    try:
        out.write_bytes(sheet)
    except OSError as error:
        raise click.FileError(str(out), error.strerror or str(error)) from error
    click.echo(_("The call sheet is printed: %(file)s", file=out))
