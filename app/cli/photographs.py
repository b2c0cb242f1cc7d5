"""`flask photograph add`, `list` and `remove`: the photographs of a vendor."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from pydantic import ValidationError
from sqlmodel import Session, select

from app.database import database
from app.languages import gettext as _
from app.photographs import folder, refusal
from app.tables.complaints import Complaint, broken_limits, reason
from vendors.registry.models import Vendor
from vendors.registry.queries import photographs_of
from vendors.stories import album
from vendors.stories.models import Photograph, PhotographFields
from vendors.stories.queries import is_used, next_position


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(photograph)


@click.group()
def photograph() -> None:
    """Look after the photographs of a vendor."""


@photograph.command()
@click.argument("vendor")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lv", required=True, help="what is to be seen, in Latvian")
@click.option("--en", default="", help="the same in English")
@with_appcontext
def add(vendor: str, file: Path, lv: str, en: str) -> None:
    """Make the photograph in FILE anew and add it to the page of VENDOR (named as in addresses)."""
    with database().reading() as session:
        vendor_id = _vendor_id(session, vendor)
    fields, files = _made(file, {"lv": lv, "en": en})
    try:
        album.put(folder(), files)
    except OSError as error:
        raise click.FileError(str(folder()), error.strerror or str(error)) from error
    with database().writing() as session:
        _save_row(session, vendor_id, fields)
        session.commit()
    click.echo(_("The photograph is saved: %(digest)s", digest=fields.digest))


def _made(file: Path, words: dict[str, str]) -> tuple[PhotographFields, album.Files]:
    """The row and the files of a photograph; a ClickException says why there is none."""
    from vendors.stories.photographs import LARGEST_FILE, Refused, made_anew

    if file.stat().st_size > LARGEST_FILE:
        raise click.ClickException(refusal("too_large"))
    made = made_anew(file.read_bytes())
    if isinstance(made, Refused):
        raise click.ClickException(refusal(made.reason))
    try:
        fields = PhotographFields.model_validate(
            {"digest": made.digest, "width": made.width, "height": made.height, "words": words}
        )
    except ValidationError as error:
        raise click.ClickException(_said(error)) from error
    return fields, made.files


def _save_row(session: Session, vendor_id: int, fields: PhotographFields) -> None:
    """Add the photograph after the others; one that is there already only gets the new words."""
    known = [one for one in photographs_of(session, vendor_id) if one.digest == fields.digest]
    if known:
        known[0].words, known[0].shown = fields.words, True
        session.add(known[0])
        return
    fields.position = next_position(session, vendor_id)
    session.add(Photograph(vendor_id=vendor_id, **fields.model_dump()))


def _said(error: ValidationError) -> str:
    found = (Complaint(0, name, "", kind, blanks) for name, kind, blanks in broken_limits(error))
    return "\n".join(reason(complaint) for complaint in found)


@photograph.command("list")
@click.argument("vendor")
@with_appcontext
def list_photographs(vendor: str) -> None:
    """Say which photographs VENDOR has, in their order."""
    with database().reading() as session:
        found = photographs_of(session, _vendor_id(session, vendor))
        for one in found:
            click.echo(f"{one.digest}  {one.width}×{one.height}  {one.words.get('lv', '')}")
    if not found:
        click.echo(_("No photographs yet."))


@photograph.command()
@click.argument("vendor")
@click.argument("digest")
@with_appcontext
def remove(vendor: str, digest: str) -> None:
    """Remove a photograph of VENDOR; the beginning of DIGEST is enough."""
    with database().writing() as session:
        found = photographs_of(session, _vendor_id(session, vendor))
        chosen = [one for one in found if one.digest.startswith(digest.lower())]
        if len(chosen) != 1:
            raise click.ClickException(
                _(
                    "%(number)s photographs begin with %(digest)s.",
                    number=len(chosen),
                    digest=digest,
                )
            )
        whole = chosen[0].digest
        session.delete(chosen[0])
        session.flush()
        used = is_used(session, whole)
        session.commit()
    if not used:
        album.remove(folder(), whole)
    click.echo(_("The photograph is removed."))


def _vendor_id(session: Session, slug: str) -> int:
    """The vendor with this slug, also one whom the public does not see."""
    found = session.exec(select(Vendor.id).where(Vendor.slug == slug)).first()
    if found is None:
        raise click.ClickException(_("There is no vendor “%(slug)s”.", slug=slug))
    return found
