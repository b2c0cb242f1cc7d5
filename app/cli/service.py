"""`flask init`, `demo` and `serve`: an empty market, the demonstration market, the server."""

import click
from flask import Flask, current_app

from app.config import Settings
from app.database import database
from app.languages import gettext as _
from app.schema import upgrade
from market.places.queries import write_parishes


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(init)


@click.command()
def init() -> None:
    """Make the tables of an empty market, or bring older ones up to date."""
    prepare_tables()
    click.echo(_("The tables are ready."))


def prepare_tables() -> None:
    """Bring the database of this application to the newest schema, with the parishes in it."""
    settings: Settings = current_app.config["SETTINGS"]
    upgrade(settings.address_of_database())
    with database().writing() as session:
        write_parishes(session)
        session.commit()
