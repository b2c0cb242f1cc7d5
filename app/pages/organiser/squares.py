"""Which square a page of the office is about: the market itself, unless the address says so."""

from collections.abc import Sequence

from flask import abort, request
from sqlmodel import Session

from market.places.models import Site
from market.places.queries import sites


def site_asked(places: Sequence[Site]) -> Site | None:
    """The square named by `laukums` in the address or the form, or else the market itself."""
    asked = request.values.get("laukums", "")
    known = (site for site in places if site.slug == asked)
    return next(known, None) or (places[0] if places else None)


def square(found: Session) -> Site:
    """The same; where there is no place at all there is no such page."""
    return site_asked(sites(found)) or abort(404)


def square_named() -> str | None:
    """What `laukums` said, to be led on with; None for the market itself."""
    return request.values.get("laukums") or None
