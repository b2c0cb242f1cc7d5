"""Photographs of vendors: each address shows one picture for ever, named by its own digest."""

import re

from flask import Blueprint, Response, abort, request, url_for

from app.database import session
from app.photographs import folder
from vendors.stories.album import file_of_width, widths_made
from vendors.stories.models import Photograph
from vendors.stories.queries import public_photograph

blueprint = Blueprint("photographs", __name__)

YEAR_S = 365 * 24 * 60 * 60
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
DIGEST = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/attels/<digest>-<int:width>.<any(webp, jpg):suffix>")
def photograph(digest: str, width: int, suffix: str) -> Response:
    """A photograph in one of its widths, as long as its vendor is public."""
    found = public_photograph(session(), digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    return picture_answer(found, width, suffix)


def picture_answer(found: Photograph, width: int, suffix: str) -> Response:
    """The file of a photograph in one of its widths, or 404."""
    name = file_of_width(found.digest, found.width, width, suffix)
    if not name:
        abort(404)
    try:
        content = (folder() / name).read_bytes()
    except FileNotFoundError:
        abort(404)
    answer = Response(content, mimetype=TYPES[suffix])
    answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    answer.set_etag(f"{found.digest}-{width}")
    answer.make_conditional(request)
    return answer


@blueprint.app_template_global()
def photograph_address(
    shown: Photograph, suffix: str, width: int | None = None, own: bool = False
) -> str:
    """The address of a photograph's picture; without a width that of the middle one.

    Its vendor sees it at an `own` address, also while nobody else does.
    """
    made = widths_made(shown.width)
    wanted = width or made[min(1, len(made) - 1)]
    if own:
        return url_for("own.own_photograph", number=shown.id, width=wanted, suffix=suffix)
    return url_for("photographs.photograph", digest=shown.digest, width=wanted, suffix=suffix)


@blueprint.app_template_global()
def photograph_choices(shown: Photograph, suffix: str, own: bool = False) -> str:
    """All widths of a photograph, from which a browser chooses (`srcset`)."""
    return ", ".join(
        f"{photograph_address(shown, suffix, width, own)} {min(width, shown.width)}w"
        for width in widths_made(shown.width)
    )
