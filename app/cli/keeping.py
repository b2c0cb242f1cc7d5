"""`flask backup`, `restore` and `check`: keeping what people entrusted to the market."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from alembic.util import CommandError
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from app.config import Settings
from app.database import database
from app.keeping.backup import NotABackupError, write_backup
from app.keeping.checks import Finding, findings
from app.languages import gettext as _
from app.languages import ngettext

A_FILE = click.Path(dir_okay=False, path_type=Path)


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(check)


@click.command()
@click.argument("file", type=A_FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole market with its pictures and recordings into one file, while people work."""
    with _plain_faults():
        manifest = write_backup(database(), _data_dir(), file.resolve(), now())
    rows = sum(manifest.rows.values())
    click.echo(
        ngettext(
            "The backup %(file)s is on disk: %(num)d row.",
            "The backup %(file)s is on disk: %(num)d rows.",
            rows,
            file=file,
        )
    )


@click.command()
@click.argument("file", type=A_FILE)
@with_appcontext
def restore(file: Path) -> None:
    """Replace the market by that of a backup; a damaged or foreign file changes nothing."""
    from app.keeping.restoring import restore as bring_back

    settings: Settings = current_app.config["SETTINGS"]
    with _plain_faults():
        restored = bring_back(file, settings.address_of_database(), _data_dir(), now())
    made = datetime.fromisoformat(restored.manifest.made)
    click.echo(_("The market of %(made)s is restored.", made=f"{made:%Y-%m-%d %H:%M}"))
    click.echo(_("What was there before is kept in %(file)s.", file=restored.before))


@click.command()
@with_appcontext
def check() -> None:
    """Look for broken rows, overlapping periods, lost files; 1 if there are any."""
    with _plain_faults(), database().reading() as session:
        found = list(findings(session, _data_dir()))
    for finding in found:
        click.echo(_sentence(finding))
    if found:
        raise click.exceptions.Exit(1)
    click.echo(_("Everything is in order."))


def _data_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_dir.resolve()


@contextmanager
def _plain_faults() -> Iterator[None]:
    """Say in one sentence what went wrong."""
    try:
        yield
    except NotABackupError as refused:
        raise click.ClickException(_refusal(refused.reason)) from refused
    except OSError as error:
        raise click.ClickException(
            _("The file cannot be read or written: %(reason)s.", reason=error.strerror)
        ) from error
    except CommandError as error:
        raise click.ClickException(
            _("The database is of a newer version of the service.")
        ) from error
    except SQLAlchemyError as error:
        raise click.ClickException(
            _("The database does not answer: %(reason)s.", reason=type(error).__name__)
        ) from error


def _refusal(reason: str) -> str:
    return {
        "foreign": _("This file is not a backup of the market. Nothing was changed."),
        "damaged": _("This backup is damaged or not complete. Nothing was changed."),
        "newer": _("This backup is of a newer version of the service. Nothing was changed."),
        "unfit": _("The rows of this backup break the rules of the tables. Nothing was changed."),
    }[reason]


def _sentence(finding: Finding) -> str:
    where = finding.where
    return {
        "integrity": _("The database file is damaged: %(where)s", where=where),
        "foreign_key": _("A row points to a row that is not there: %(where)s", where=where),
        "too_long": _("There are texts longer than their column: %(where)s", where=where),
        "overlap": _("A stall stands on the plan twice: %(where)s", where=where),
        "off_plan": _("A placement on a stall that is not on the plan: %(where)s", where=where),
        "code": _("A sign has a code that cannot be one: %(where)s", where=where),
        "photograph_lost": _("A photograph has no file: %(where)s", where=where),
        "photograph_changed": _("A photograph's file was changed: %(where)s", where=where),
        "recording_lost": _("A spoken telling has no file: %(where)s", where=where),
    }[finding.kind]
