"""`flask user`, `flask card`, `flask code`: people of the office, and keys for who needs one."""

from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlmodel import Session, select

from app.accounts import MAY_COME_IN
from app.cli.paper import print_on_paper
from app.clock import moment, now
from app.database import database
from app.forms import read_form
from app.keys import IssuedCard, forget_second_factor, give_code, issue_card, revoke_cards
from app.languages import gettext as _
from app.languages import ngettext
from vendors.fields import identity
from vendors.keys.models import ROLES, Person, PersonFields
from vendors.keys.numbers import in_groups
from vendors.keys.queries import end_phones, person_with_email
from vendors.registry.models import Vendor


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(user)
    app.cli.add_command(card)
    app.cli.add_command(code)


@click.group()
def user() -> None:
    """People of the market's office."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="as others know them")
@click.option("--role", type=click.Choice(ROLES), default="organiser", show_default=True)
@with_appcontext
def add_user(email: str, name: str, role: str) -> None:
    """Add a person, or let one who was disabled work again."""
    form = read_form(PersonFields, {"email": email.strip().lower(), "name": name, "role": role})
    if form.errors:
        raise click.ClickException(
            " ".join(f"{field}: {sentence}" for field, sentence in form.errors.items())
        )
    with database().writing() as session:
        person = person_with_email(session, email)
        if person is None:
            person = Person(**form.values, made_at=moment())
        elif person.state == "active":
            raise click.ClickException(_("%(email)s is there already.", email=person.email))
        person.name, person.role, person.state = form.values["name"], role, "active"
        session.add(person)
        session.commit()
    click.echo(
        _("%(name)s may come in by a link to %(email)s.", name=name, email=form.values["email"])
    )


@user.command("list")
@with_appcontext
def list_users() -> None:
    """Say who works at the office."""
    with database().reading() as session:
        for person in session.exec(select(Person).order_by(Person.email)):
            second = _("second factor") if person.totp_since else _("no second factor yet")
            click.echo(f"{person.email}  {person.name}  {person.role}  {person.state}  {second}")


@user.command("disable")
@click.argument("email")
@with_appcontext
def disable_user(email: str) -> None:
    """Let a person come in no more; what they have open is ended at once."""
    with database().writing() as session:
        person = _person(session, email)
        person.state = "disabled"
        session.add(person)
        end_phones(session, moment(), person_id=identity(person))
        session.commit()
    click.echo(_("%(email)s may come in no more.", email=email))


@user.command("reset")
@click.argument("email")
@with_appcontext
def reset_user(email: str) -> None:
    """Forget a person's second factor, so that they set it up anew; ends what they have open."""
    with database().writing() as session:
        forget_second_factor(session, _person(session, email), moment())
        session.commit()
    click.echo(_("%(email)s sets up the second factor anew at the next coming in.", email=email))


@click.group()
def card() -> None:
    """Printed cards of vendors."""


@card.command("issue")
@click.argument("vendor")
@with_appcontext
def issue(vendor: str) -> None:
    """Issue a vendor's new card and show it once; the older one opens no more."""
    with database().writing() as session:
        issued = issue_card(session, identity(_vendor(session, vendor)), moment())
        session.commit()
    show_card(issued)


def show_card(issued: IssuedCard) -> None:
    """Say a card's number, PIN and address."""
    from app.paper.vendor_card import card_address

    click.echo(_("Number: %(number)s", number=in_groups(issued.secret)))
    click.echo(_("PIN: %(pin)s", pin=issued.pin))
    click.echo(card_address(current_app.config["PUBLIC_URL"], issued.secret))


@card.command("revoke")
@click.argument("vendor")
@with_appcontext
def revoke(vendor: str) -> None:
    """Revoke a vendor's card; whatever came in by it is ended at once."""
    with database().writing() as session:
        count = revoke_cards(session, identity(_vendor(session, vendor)), moment())
        session.commit()
    click.echo(ngettext("%(num)s card opens no more.", "%(num)s cards open no more.", count))


@print_on_paper.command("vendor-card")
@click.argument("vendor")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def print_card(vendor: str, out: Path) -> None:
    """Issue a vendor's new card and print it; the older one opens no more."""
    with database().writing() as session:
        found = _vendor(session, vendor)
        issued = issue_card(session, identity(found), moment())
        # Written before the commit: without paper the older card stays valid.
        _print(found.name, issued, out, now())
        session.commit()
    click.echo(_("The card of %(name)s and its PIN: %(file)s", name=vendor, file=out))


def _print(name: str, issued: IssuedCard, out: Path, made: datetime) -> None:
    from app.paper.vendor_card import vendor_card_sheet

    public_url: str = current_app.config["PUBLIC_URL"]
    try:
        sheet = vendor_card_sheet(name, issued.secret, issued.pin, public_url, made)
        out.write_bytes(sheet.output())
    except ValueError as error:
        raise click.ClickException(
            _("PUBLIC_URL %(address)s is too long for a card.", address=public_url)
        ) from error
    except OSError as error:
        raise click.FileError(str(out), error.strerror or str(error)) from error


@click.command()
@click.argument("who")
@with_appcontext
def code(who: str) -> None:
    """Give WHO, a person's address or a vendor's short name, a code that opens once."""
    with database().writing() as session:
        person = person_with_email(session, who) if "@" in who else None
        if person is not None and person.state == "active":
            given = give_code(session, person_id=identity(person), at=moment())
        else:
            given = give_code(session, vendor_id=identity(_vendor(session, who)), at=moment())
        session.commit()
    click.echo(_("Opens once, within 24 hours: %(code)s", code=in_groups(given)))


def _person(session: Session, email: str) -> Person:
    person = person_with_email(session, email)
    if person is None:
        raise click.ClickException(_("Nobody here has the address %(email)s.", email=email))
    return person


def _vendor(session: Session, slug: str) -> Vendor:
    vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).first()
    if vendor is None or vendor.state not in MAY_COME_IN:
        raise click.ClickException(_("There is no vendor %(slug)s.", slug=slug))
    return vendor
