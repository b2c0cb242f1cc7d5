"""`flask print`: what the market puts on paper."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.clock import now
from app.database import database
from app.languages import gettext as _
from app.languages import ngettext
from market.signs.queries import issue_missing_signs

if TYPE_CHECKING:
    from app.paper.sheet import Sheet
    from app.paper.signs import PrintedSign

ONLY_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(print_on_paper)


@click.group("print")
def print_on_paper() -> None:
    """Print what the market needs on paper, as a PDF."""


@print_on_paper.command()
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="whose plan counts, as 2027-07-17; today if left out",
)
@click.option(
    "--stall", "numbers", multiple=True, metavar="NUMBER", help="only this one; repeatable"
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def signs(day: datetime | None, numbers: tuple[str, ...], out: Path) -> None:
    """Print the signs of the stalls on the plan of a day; stalls without a sign get one first."""
    from app.paper.signs import signs_sheet

    public_url: str = current_app.config["PUBLIC_URL"]
    _warn_of_own_address(public_url)
    _issue_signs(now().date())
    chosen = _chosen_signs(day.date() if day else now().date(), numbers, public_url)
    _write(signs_sheet(chosen, public_url, now()), out)
    click.echo(
        ngettext(
            "%(num)s sign, printed in both sizes: %(file)s",
            "%(num)s signs, printed in both sizes: %(file)s",
            len(chosen),
            file=out,
        )
    )


def _warn_of_own_address(public_url: str) -> None:
    if urlsplit(public_url).hostname in ONLY_THIS_COMPUTER:
        warning = _(
            "Attention: PUBLIC_URL is %(address)s. No telephone will find these signs' pages.",
            address=public_url,
        )
        click.echo(warning, err=True)


def _issue_signs(today: date) -> None:
    with database().writing() as session:
        issued = len(issue_missing_signs(session, today))
        session.commit()
    if issued:
        click.echo(ngettext("%(num)s new sign issued.", "%(num)s new signs issued.", issued))


def _chosen_signs(day: date, numbers: Collection[str], public_url: str) -> list["PrintedSign"]:
    from app.paper.signs import signs_on_plan

    with database().reading() as session:
        try:
            found = signs_on_plan(session, day, public_url)
        except ValueError as error:
            raise _address_unfit(public_url) from error
    wanted = {number.strip().upper() for number in numbers}
    unknown = wanted - {sign.number for sign in found}
    if unknown:
        raise click.ClickException(
            _("Not on the plan of %(day)s: %(stalls)s", day=day, stalls=", ".join(sorted(unknown)))
        )
    if not found:
        raise click.ClickException(_("No stall is on the plan of %(day)s.", day=day))
    return [sign for sign in found if not wanted or sign.number in wanted]


def _address_unfit(public_url: str) -> click.ClickException:
    return click.ClickException(
        _(
            "PUBLIC_URL %(address)s does not fit into a sign: it must be short and of letters A–Z,"
            " digits, dots and hyphens.",
            address=public_url,
        )
    )


def _write(sheet: "Sheet", out: Path) -> None:
    try:
        out.write_bytes(sheet.output())
    except OSError as error:
        raise click.FileError(str(out), error.strerror or str(error)) from error
