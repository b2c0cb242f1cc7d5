"""What templates can say: words, days, prices, and the small drawings of our own."""

from typing import Any

from flask import Flask, current_app, request, url_for

from app import languages, names
from app.security import inline_styles


def prepare_templates(app: Flask) -> None:
    """Give every template the words of its language and the filters of this house."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        languages.sentence, languages.plural_form, newstyle=True, pgettext=languages.sentence_in
    )
    app.jinja_env.filters.update(
        at_time=languages.at_time,
        allergen=names.allergen,
        category=names.category,
        clock=languages.clock_time,
        kind=names.kind,
        long_day=languages.long_day,
        money=languages.money,
        month=languages.month,
        month_short=languages.month_short,
        number=languages.number,
        on_day=languages.on_day,
        of_parish=names.of_parish,
        origin=names.origin,
        parish=names.parish,
        in_parish=names.in_parish,
        vendor_kind=names.vendor_kind,
        say=languages.say,
        short_day=languages.short_day,
        weekday=languages.weekday,
    )
    app.context_processor(_page_values)


def _page_values() -> dict[str, Any]:
    return {
        "hours_between": languages.hours,
        "in_language": languages.in_language,
        "inline_styles": inline_styles,
        "language": languages.current_language(),
        "languages": languages.languages(),
        "on_day_from": languages.on_day_from,
        "public_url": current_app.config["PUBLIC_URL"],
        "same_page_in": same_page_in,
    }


def same_page_in(language: str) -> str:
    """The address of the present page in another language."""
    if request.endpoint is None or "language" not in (request.view_args or {"language": ""}):
        return url_for("visitor.today", language=language)
    values = {**(request.view_args or {}), **request.args.to_dict(), "language": language}
    return url_for(request.endpoint, **values)
