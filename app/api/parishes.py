"""Parishes and towns as data, also those that no vendor is from yet."""

from datetime import date

from sqlmodel import Session

from app import names
from app.api.asking import ParishesAsked
from app.api.shapes import Found
from app.api.shapes import Parish as Shape
from app.languages import languages, sort_key, speaking
from app.structured_data import absolute
from market.places.models import Parish
from market.places.queries import parishes as all_parishes
from vendors.registry.queries import count_by_parish


def parishes(session: Session, _asked: ParishesAsked, _today: date, part: slice) -> Found[Shape]:
    """All parishes and towns, by the Latvian alphabet."""
    rows = sorted(all_parishes(session), key=lambda row: sort_key(row.name))
    counted = count_by_parish(session)
    return [_shape(row, counted.get(row.code, 0)) for row in rows[part]], len(rows)


def _shape(row: Parish, vendors: int) -> Shape:
    return Shape(
        slug=row.slug,
        kind=row.kind,
        name=_name(row.code),
        centre=row.centre,
        lat=row.lat,
        lon=row.lon,
        postcodes=row.postcodes,
        until_2021=row.until_2021,
        vendors=vendors,
        address=absolute("visitor.parish", slug=row.slug),
    )


def _name(code: str) -> dict[str, str]:
    words = {}
    for language in languages():
        with speaking(language):
            words[language] = names.parish(code)
    return words
