"""Spoken tellings of vendors: each address plays one for ever, named by its own digest."""

import re

from flask import Blueprint, Response, abort, send_file

from app.database import session
from app.recordings import file_of
from vendors.stories.models import Recording
from vendors.stories.queries import public_recording

blueprint = Blueprint("recordings", __name__)

YEAR_S = 365 * 24 * 60 * 60
DIGEST = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/balss/<digest>.m4a")
def recording(digest: str) -> Response:
    """A spoken telling, whole or the part that a player asks for, as long as it is public."""
    found = public_recording(session(), digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    answer = sound_answer(found)
    answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return answer


def sound_answer(found: Recording) -> Response:
    """The file of a spoken telling, or 404."""
    file = file_of(found.digest)
    if not file.is_file():
        abort(404)
    return send_file(file, mimetype="audio/mp4", conditional=True, etag=found.digest)
