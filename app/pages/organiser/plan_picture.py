"""The picture under the plan: a scan or an aerial photograph, made anew, for the office alone."""

from math import atan2, cos, degrees, hypot, sin
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, typed_texts
from app.languages import gettext as _
from app.making import Busy, NotMade, made_anew
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plan_forms import read_numbers, said_metres, site_of, typed_metres
from app.pages.organiser.plan_writing import from_day
from app.pages.vendor.uploads import LARGEST_REQUEST, file_sent
from app.photographs import folder, refusal
from app.sending import Saving, version_sent
from market.places.models import PlanPicture, PlanPictureFields, Site
from market.places.queries import picture_of
from vendors.stories import album

LENGTHS = ("x_m", "y_m", "metres_per_pixel", "angle_deg", "opacity")
POINTS = ("ax", "ay", "bx", "by", "at_ax", "at_ay", "at_bx", "at_by")
RETRY_AFTER = {"Retry-After": "10"}
UPLOAD = "office.add_plan_picture"


@blueprint.before_request
def allow_a_picture() -> None:
    """Only whoever has come in sends a picture, so this stands after the guard."""
    if request.endpoint == UPLOAD and request.method == "POST":
        request.max_content_length = LARGEST_REQUEST


def _picture(site: Site) -> PlanPicture | None:
    return picture_of(session(), site.id or 0)


def _typed_of(row: PlanPicture | None) -> Typed:
    typed = dict.fromkeys(POINTS, "")
    if row is None:
        return typed
    typed |= {name: said_metres(getattr(row, name)) for name in LENGTHS}
    typed["metres_per_pixel"] = f"{row.metres_per_pixel:.6g}"
    return typed


@blueprint.get("/plans/<int:site_number>/attels")
def plan_picture(site_number: int) -> ResponseReturnValue:
    """The picture under a plan: sent, laid in its place, taken away."""
    site = site_of(session(), site_number)
    return _page(site, Form(typed=_typed_of(_picture(site))))


def _page(site: Site, form: Form, theirs: Typed | None = None) -> str:
    return render_template(
        "organiser/plan_picture.html",
        site=site,
        picture=_picture(site),
        form=form,
        day=from_day(),
        theirs=theirs or {},
    )


@blueprint.post("/plans/<int:site_number>/attels", endpoint="add_plan_picture")
def add_plan_picture(site_number: int) -> ResponseReturnValue:
    """Make the picture anew, put its files on disk, then its row; it fills the plan at first."""
    site = site_of(session(), site_number)
    form = Form(typed=_typed_of(_picture(site)))
    try:
        sent = file_sent("picture")
    except RequestEntityTooLarge:
        form.refuse("picture", refusal("too_large"))
        return _page(site, form), 413
    if sent is None:
        form.refuse("picture", _("Please choose a picture."))
        return _page(site, form), 422
    try:
        with made_anew("photograph", sent) as (facts, files):
            album.put(folder(), files)
    except NotMade as not_made:
        form.refuse("picture", refusal(not_made.reason))
        return _page(site, form), 422
    except Busy:
        form.refuse("picture", _("Many photographs arrive just now. Please send it once more."))
        return _page(site, form), 503, RETRY_AFTER
    except OSError:
        abort(503)
    with office_saving() as save:
        _keep(save, site_number, facts)
        return save.done(_where(site_number), _("The picture lies under the plan."))


def _keep(save: Saving, site_number: int, facts: dict[str, Any]) -> None:
    """A picture in place of another keeps its place, if it is as large; a first one fills."""
    site = site_of(save.session, site_number)
    known = picture_of(save.session, site_number)
    values = {"digest": facts["digest"], "width_px": facts["width"], "height_px": facts["height"]}
    fits = max(site.width_m / facts["width"], site.height_m / facts["height"])
    middle = {"x_m": site.width_m / 2, "y_m": site.height_m / 2, "metres_per_pixel": fits}
    if known is None:
        row = PlanPicture(site_id=site_number, **values, **middle)
        save.add(row, action="plan_picture")
        return
    as_large = (known.width_px, known.height_px) == (facts["width"], facts["height"])
    save.change(known, values if as_large else {**values, **middle}, action="plan_picture")


def _where(site_number: int) -> str:
    return url_for("office.plan_picture", site_number=site_number, no=from_day().isoformat())


@blueprint.post("/plans/<int:site_number>/attels/vieta")
def place_plan_picture(site_number: int) -> ResponseReturnValue:
    """Lay the picture in its place: by numbers, or by two points that are known on the plan."""
    site = site_of(session(), site_number)
    row = _picture(site) or abort(404)
    typed = typed_texts(*LENGTHS, *POINTS)
    form = _read_place(typed, row)
    if form.errors:
        return _page(site, form), 422
    try:
        with office_saving() as save:
            now = picture_of(save.session, site_number) or abort(404)
            save.change(now, form.values, action="plan_picture", version=version_sent())
            return save.done(_where(site_number), _("Saved."))
    except Stale as stale:
        theirs = _typed_of(stale.row)
        differing = {name: theirs[name] for name in LENGTHS if form.text(name) != theirs[name]}
        return _page(site, form, differing), 409


def _read_place(typed: Typed, row: PlanPicture) -> Form:
    scale = typed["metres_per_pixel"].replace(",", ".")
    plain = [name for name in LENGTHS if name != "metres_per_pixel"]
    others = {"metres_per_pixel": scale if scale.replace(".", "", 1).isdigit() else ""}
    form = read_numbers(PlanPictureFields, typed, plain, others)
    form.typed = typed
    if any(typed[name] for name in POINTS):
        points = Form(typed=typed)
        read = [typed_metres(points, name) for name in POINTS]
        if points.errors:
            form.errors.update(points.errors)
        elif not form.errors:
            laid = laid_by_two_points(row, read)
            if laid is None:
                form.refuse("bx", _("The two points have to lie apart."))
            else:
                form.values |= laid
    return form


def laid_by_two_points(row: PlanPicture, read: list[float]) -> dict[str, float] | None:
    """Where a picture lies when two of its points are known on the plan; None for one point twice.

    `read` holds the points A and B in the picture, in hundredths of its width and height from its
    upper left corner, then both on the plan in metres.
    """
    wide, high = row.width_px / 100, row.height_px / 100
    here = [(read[0] * wide, read[1] * high), (read[2] * wide, read[3] * high)]
    there = [(read[4], read[5]), (read[6], read[7])]
    pixels = hypot(here[1][0] - here[0][0], here[1][1] - here[0][1])
    metres = hypot(there[1][0] - there[0][0], there[1][1] - there[0][1])
    if pixels < 1 or metres < 0.1:
        return None
    scale = metres / pixels
    turn = atan2(there[1][1] - there[0][1], there[1][0] - there[0][0]) - atan2(
        here[1][1] - here[0][1], here[1][0] - here[0][0]
    )
    right, down = row.width_px / 2 - here[0][0], row.height_px / 2 - here[0][1]
    return {
        "metres_per_pixel": scale,
        "angle_deg": round(degrees(turn) % 360, 3),
        "x_m": round(there[0][0] + scale * (right * cos(turn) - down * sin(turn)), 3),
        "y_m": round(there[0][1] + scale * (right * sin(turn) + down * cos(turn)), 3),
    }


@blueprint.post("/plans/<int:site_number>/attels/nonemt")
def remove_plan_picture(site_number: int) -> ResponseReturnValue:
    """Take the picture away; its files stay for a while, so that it can be brought back."""
    with office_saving() as save:
        site_of(save.session, site_number)
        row = picture_of(save.session, site_number) or abort(404)
        save.remove(row, action="plan_picture_away")
        return save.done(_where(site_number), _("The picture is taken away."))


@blueprint.get("/plans/<int:site_number>/attels.webp")
def plan_picture_file(site_number: int) -> Response:
    """The picture itself, for the office alone; nobody keeps it on the way."""
    row = picture_of(session(), site_of(session(), site_number).id or 0) or abort(404)
    try:
        content = (folder() / album.file_name(row.digest)).read_bytes()
    except FileNotFoundError:
        abort(404)
    return Response(content, mimetype="image/webp")
