"""`flask init` and `flask demo`: an empty market, and the demonstration market."""

from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.clock import moment, now
from app.config import Settings
from app.database import database
from app.languages import gettext as _
from app.schema import upgrade
from market.places.queries import sites, write_parishes

if TYPE_CHECKING:
    from app.demo.keys import DemoKeys


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(init)
    app.cli.add_command(demo)


@click.command()
@with_appcontext
def init() -> None:
    """Make the tables of an empty market, or bring older ones up to date."""
    prepare_tables()
    click.echo(_("The tables are ready."))


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a market already.")
@with_appcontext
def demo(if_empty: bool) -> None:
    """Make the demonstration market: invented farms in the real geography of Tukums."""
    prepare_tables()
    with database().writing() as session:
        if sites(session):
            click.echo(_("There is a market already; nothing was changed."))
            raise SystemExit(0 if if_empty else 1)
        from app.demo import write_demonstration
        from app.demo.keys import write_keys
        from app.demo.openings import write_openings

        write_demonstration(session, now().date())
        write_openings(session, now().date())
        keys = write_keys(session, moment())
        session.commit()
        click.echo(_("The demonstration market is ready; its farms and people are invented."))
        _tell(keys)


def _tell(keys: "DemoKeys") -> None:
    """Say how to come in, as a vendor and as the office."""
    from app.cli.people import show_card

    for name, card in keys.cards.items():
        click.echo(_("Come in as %(name)s:", name=name))
        show_card(card)
    click.echo(
        _(
            "Come in as the office: flask code %(email)s, then the app's key %(key)s",
            email=keys.person.email,
            key=keys.app_key,
        )
    )


def prepare_tables() -> None:
    """Bring the database of this application to the newest schema, with the parishes in it."""
    settings: Settings = current_app.config["SETTINGS"]
    upgrade(settings.address_of_database())
    with database().writing() as session:
        write_parishes(session)
        session.commit()
