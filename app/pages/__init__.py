"""Pages: one package for each kind of person, one module for each of their subjects."""

from typing import Any

from flask import Flask, Response, g

from app.languages import LATVIAN, current_language, speak
from app.pages import (
    calendars,
    coming_in,
    data,
    doors,
    organiser,
    photographs,
    recordings,
    vendor,
    visitor,
    widgets,
)


def prepare_pages(app: Flask) -> None:
    """Give the application all its addresses; the first part of an address is the language."""

    @app.url_value_preprocessor
    def speak_language_of_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.language = (values or {}).pop("language", LATVIAN)
        speak(g.language)

    @app.url_defaults
    def stay_in_language(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.setdefault("language", current_language())

    @app.after_request
    def name_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = current_language()
        return response

    app.register_blueprint(doors.blueprint)
    app.register_blueprint(calendars.blueprint)
    app.register_blueprint(data.blueprint)
    app.register_blueprint(photographs.blueprint)
    app.register_blueprint(recordings.blueprint)
    app.register_blueprint(visitor.blueprint)
    app.register_blueprint(widgets.blueprint)
    app.register_blueprint(coming_in.blueprint)
    app.register_blueprint(vendor.blueprint)
    app.register_blueprint(organiser.blueprint)
