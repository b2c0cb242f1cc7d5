"""`flask erase` and `flask tidy`: who leaves is gone, and what has had its time goes."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlmodel import select

from app.clock import moment
from app.config import Settings
from app.database import database
from app.keeping.erasing import clear_up, erase
from app.keeping.tidying import remove_unused_files, tidy
from app.languages import gettext as _
from app.languages import ngettext
from vendors.registry.models import Vendor


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(erase_vendor)
    app.cli.add_command(tidy_up)


@click.command("erase")
@click.argument("vendor")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def erase_vendor(vendor: str, yes: bool) -> None:
    """Take away VENDOR (named as in addresses) and everything about them, for good."""
    with database().writing() as session:
        found = session.exec(select(Vendor).where(Vendor.slug == vendor)).first()
        if found is None:
            raise click.ClickException(_("There is no vendor “%(slug)s”.", slug=vendor))
        name = found.name
        if not yes:
            session.rollback()
            click.confirm(
                _("Take away everything about %(name)s, for good?", name=name), abort=True
            )
            found = session.exec(select(Vendor).where(Vendor.slug == vendor)).one()
        at = moment()
        digests = erase(session, found, at)
        session.commit()
    copies = current_app.extensions["kept_pages"].copies
    clear_up(database(), copies, _settings().data_dir.resolve(), vendor, digests, at)
    click.echo(_("%(name)s is gone, with everything about them.", name=name))


@click.command("tidy")
@with_appcontext
def tidy_up() -> None:
    """Take away what has had its time: old forms, changes, telephones, letters, unused files."""
    with database().writing() as session:
        rows = tidy(session, moment())
        session.commit()
    with database().reading() as session:
        files = remove_unused_files(session, _settings().data_dir.resolve())
    click.echo(ngettext("%(num)d old row is gone.", "%(num)d old rows are gone.", rows))
    if files:
        click.echo(
            ngettext("%(num)d unused file is gone.", "%(num)d unused files are gone.", files)
        )


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
