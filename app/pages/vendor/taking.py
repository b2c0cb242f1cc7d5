"""Taking one's data with one, and leaving for good."""

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from app.accounts import take_cookie
from app.clock import now
from app.config import Settings
from app.database import database, session
from app.forms import is_ticked
from app.keeping.erasing import clear_up, erase
from app.keeping.own_data import own_days, own_files, own_rows
from app.languages import current_language
from app.pages.vendor import blueprint, only_the_vendor, own_vendor
from app.sending import saving
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import goods_of, photographs_of, stories_of

NAMES = {"lv": "mani-dati", "en": "my-data"}


@blueprint.get("/mani-dati.zip")
@only_the_vendor
def download() -> ResponseReturnValue:
    """Everything about the vendor in one file: to read, to process, with pictures and sound."""
    vendor = own_vendor()
    name = NAMES.get(current_language(), NAMES["en"])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = own_rows(session(), vendor)
        files = list(own_files(session(), identity(vendor), _data_dir()))
        archive.writestr(f"{name}.html", _readable(vendor, rows, [kept for kept, _file in files]))
        archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1))
        for kept, found in files:
            archive.write(found, kept, zipfile.ZIP_STORED)
    file.seek(0)
    called = f"{name}-{vendor.slug}-{now():%Y-%m-%d}.zip"
    return send_file(file, "application/zip", as_attachment=True, download_name=called)


def _readable(vendor: Vendor, rows: dict[str, Any], files: list[str]) -> str:
    """The page in the download; it opens from the disk and asks no network for anything."""
    vendor_id = identity(vendor)
    return render_template(
        "vendor/my_data.html",
        vendor=vendor,
        rows=rows,
        files=files,
        days=own_days(session(), vendor_id),
        goods=goods_of(session(), [vendor_id])[vendor_id],
        stories=stories_of(session(), vendor_id),
        photographs=photographs_of(session(), vendor_id),
        made=now(),
    )


@blueprint.get("/prom")
@only_the_vendor
def leave() -> ResponseReturnValue:
    """What happens to whoever leaves, said plainly."""
    return render_template("vendor/leave.html", vendor=own_vendor(), step="first", missing=False)


@blueprint.post("/prom", endpoint="leave_now")
@only_the_vendor
def leave_now() -> ResponseReturnValue:
    """Leave for good: the box ticked, then one more press."""
    if not is_ticked("understood"):
        page = render_template("vendor/leave.html", vendor=own_vendor(), step="first", missing=True)
        return page, 422
    if request.form.get("step") != "last":
        return render_template("vendor/leave.html", vendor=own_vendor(), step="last", missing=False)
    with saving() as save:
        vendor = save.session.get(Vendor, save.account.vendor_id)
        if vendor is None:
            # Pressed twice: the first press was quicker.
            return _goodbye()
        slug, at = vendor.slug, save.at
        digests = erase(save.session, vendor, at)
        save.session.commit()
    copies = current_app.extensions["kept_pages"].copies
    clear_up(database(), copies, _data_dir(), slug, digests, at)
    return _goodbye()


def _goodbye() -> Response:
    g.account = None
    answer = make_response(render_template("vendor/goodbye.html"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return take_cookie(answer)


def _data_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_dir.resolve()
