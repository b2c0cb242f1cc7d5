"""`flask print table-card`, `price-list`, `paper-form`: paper of a vendor, from the office."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlmodel import Session, select

from app.cli.paper import print_on_paper
from app.clock import now
from app.database import database
from app.languages import gettext as _
from vendors.registry.models import Vendor

if TYPE_CHECKING:
    from app.paper.sheet import Sheet


def add_commands(_app: Flask) -> None:
    """Add the verbs of this subject to `flask print`."""
    print_on_paper.add_command(table_card)
    print_on_paper.add_command(price_list)
    print_on_paper.add_command(paper_form)


@click.command("table-card")
@click.argument("vendor")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def table_card(vendor: str, out: Path) -> None:
    """Print a vendor's table card, A6; VENDOR is the code in the address of the vendor's page."""
    from app.own_paper import table_card as make

    _print(make, vendor, out)


@click.command("price-list")
@click.argument("vendor")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def price_list(vendor: str, out: Path) -> None:
    """Print a vendor's price list, A4; VENDOR is the code in the address of the vendor's page."""
    from app.own_paper import price_list as make

    _print(make, vendor, out)


@click.command("paper-form")
@click.argument("vendor", required=False)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def paper_form(vendor: str | None, out: Path) -> None:
    """Print the form that mirrors a vendor's pages: with what is known of VENDOR, or blank."""
    from app.paper.paper_form import known_of
    from app.paper.paper_form import paper_form as make

    if vendor is None:
        _write(bytes(make(None, now()).output()), out)
        click.echo(_("A blank form is printed: %(file)s", file=out))
        return

    def filled(session: Session, one: Vendor, made: datetime) -> "Sheet":
        return make(known_of(session, one, made.date()), made)

    _print(filled, vendor, out)


def _print(make: Callable[[Session, Vendor, datetime], "Sheet"], slug: str, out: Path) -> None:
    with database().reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).first()
        if vendor is None:
            raise click.ClickException(_("There is no vendor “%(slug)s”.", slug=slug))
        try:
            content = bytes(make(session, vendor, now()).output())
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        name = vendor.name
    _write(content, out)
    click.echo(_("Printed for %(vendor)s: %(file)s", vendor=name, file=out))


def _write(content: bytes, out: Path) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(out), error.strerror or str(error)) from error
