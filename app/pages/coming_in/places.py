"""Where somebody is led after coming in: where they wanted to go, if that is a place of ours."""

import re

from flask import current_app, request, url_for

_OWN = re.compile(r"(?:/[a-z]{2})?(?:/mans|/parvalde|/S)(?:/[\w.\-/]*)?(?:\?[\w.=&%+\-]*)?", re.A)
LONGEST = 200


def own_place(wanted: str) -> str:
    """The path if it is one of a vendor's or the office's pages or a sign's, else nothing.

    Nobody is led to another host, however the address is written.
    """
    fits = len(wanted) <= LONGEST and _OWN.fullmatch(wanted) and "//" not in wanted
    return wanted if fits and ".." not in wanted else ""


def wanted_place() -> str:
    """The place that the request asks for by `?uz=`."""
    return own_place(request.args.get("uz", ""))


def home(*, is_office: bool) -> str:
    """The first page of somebody who has come in."""
    if is_office and "office.desk" in current_app.view_functions:
        return url_for("office.desk")
    return url_for("visitor.today" if is_office else "own.today")
