"""What templates can say: words, days, prices, and the small drawings of our own."""

import hashlib
from functools import cache
from typing import Any

from babel import Locale
from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from app import languages, names
from app.accounts import account
from app.closures import why_said
from app.database import session
from app.forms import described_by, sending_key
from app.records import SentForm
from app.security import inline_styles
from app.static_files import OWN
from app.structured_data import vendor_data
from market.days.queries import is_demonstration
from market.places.parish_map import HEIGHT, outline
from market.places.parishes import PARISHES
from vendors.listings.seasons import spans_of
from vendors.stories.reading import plain, rendered


def prepare_templates(app: Flask) -> None:
    """Give every template the words of its language and the filters of this house."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        languages.sentence, languages.plural_form, newstyle=True, pgettext=languages.sentence_in
    )
    app.jinja_env.filters.update(
        why_closed=why_said,
        action_name=names.action,
        at_time=languages.at_time,
        moment_said=languages.moment_said,
        allergen=names.allergen,
        capitalize_first=languages.capitalized,
        category=names.category,
        clock=languages.clock_time,
        amenity=names.amenity,
        hour_said=names.hour_said,
        kind=names.kind,
        long_day=languages.long_day,
        money=languages.money,
        month=languages.month,
        month_short=languages.month_short,
        number=languages.number,
        on_day=languages.on_day,
        on_moment=languages.on_moment,
        of_parish=names.of_parish,
        origin=names.origin,
        parish=names.parish,
        in_parish=names.in_parish,
        vendor_kind=names.vendor_kind,
        plain_told=plain_told,
        say=languages.say,
        short_day=languages.short_day,
        told=told,
        weekday=languages.weekday,
    )
    _add_globals(app)
    app.context_processor(_page_values)


def _add_globals(app: Flask) -> None:
    # Globals, unlike the values of a context, are also seen in imported components.
    app.jinja_env.globals.update(
        account=account,
        asset=asset,
        described_by=described_by,
        sending_key=sending_key,
        sent_before=sent_before,
        current_language=languages.current_language,
        hours_between=languages.hours,
        in_language=languages.in_language,
        inline_styles=inline_styles,
        is_demonstration=lambda: is_demonstration(session()),
        language_name=language_name,
        languages=languages.languages(),
        on_day=languages.on_day,
        on_day_from=languages.on_day_from,
        page_address=page_address,
        parish_map=PARISH_MAP,
        parish_slug=SLUGS.__getitem__,
        same_page_in=same_page_in,
        spans_of=spans_of,
        unit_said=names.unit,
        vendor_data=vendor_data,
    )


SLUGS = {place.code: place.slug for place in PARISHES}
PARISH_MAP = {"outline": outline(), "height": HEIGHT}


def _page_values() -> dict[str, Any]:
    return {
        "language": languages.current_language(),
        "public_url": current_app.config["PUBLIC_URL"],
        "rehearsed": current_app.config["NOW"],
    }


def same_page_in(language: str) -> str:
    """The address of the present page in another language."""
    endpoint = request.endpoint
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        return url_for("visitor.today", language=language)
    values = {**request.args.to_dict(), **(request.view_args or {}), "language": language}
    return url_for(endpoint, **values)


@cache
def asset(name: str) -> str:
    """The address of one of our static files, which changes when the file does."""
    digest = hashlib.sha256((OWN / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?v={digest}"


def sent_before() -> SentForm | None:
    """The form that led to this page, if it is the reader's own: what it said, and its key."""
    who, key = account(), request.args.get("sent", "")
    form = session().get(SentForm, key) if who and key.isalnum() else None
    return form if form and who and form.owner == who.owner and form.said else None


def page_address(number: int) -> str:
    """The address of another page of the same list."""
    return url_for(
        request.endpoint or "visitor.today",
        **{**request.args.to_dict(), **(request.view_args or {}), "lapa": number},
    )


def told(text: str) -> Markup:
    """A story's text for a page: paragraphs, emphasis and lists, cleaned of all else."""
    return Markup(rendered(text))  # noqa: S704 - nh3 has left nothing but these tags


def plain_told(text: str) -> str:
    """A story's text as one line, without marks: for descriptions of a page."""
    return " ".join(plain(text).split())


def language_name(language: str) -> str:
    """A language in its own words: "English", "latviešu"."""
    return Locale.parse(language).get_display_name() or language
