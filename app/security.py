"""What browsers are told to refuse: everything that a page does not need."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from flask import Flask, Response, abort, current_app, g, request
from markupsafe import Markup

STYLES = Path(__file__).parent.parent / "static" / "css"

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


@cache
def inline_styles() -> Markup:
    """The style of all public pages as an element: a visitor needs one request, not two."""
    text = "\n".join(file.read_text() for file in sorted(STYLES.glob("*.css")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text).replace(";}", "}").strip()
    return Markup("<style>{}</style>").format(Markup(text))  # noqa: S704 - our own files


def digest_source(text: str) -> str:
    """The source expression of a policy that allows exactly this inline text."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def page_policy() -> str:
    """The policy of ordinary pages."""
    styles = str(inline_styles()).removeprefix("<style>").removesuffix("</style>")
    return policy(style=digest_source(styles))


def policy(*, style: str = "'none'", script: str = "'none'", framed_by: str = "'none'") -> str:
    """A policy that refuses everything but our own pictures, frames and forms, and what is named.

    Each argument is a source list of the Content Security Policy.
    """
    return (
        f"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}; "
        f"frame-src 'self'; img-src 'self'; script-src {script}; style-src {style}"
    )


def prepare_security(app: Flask) -> None:
    """Refuse impossible addresses; send the policy and its company with every answer."""

    @app.before_request
    def refuse_null_characters() -> None:
        # No address of ours has one, and PostgreSQL would take it for a fault of the database.
        if "\0" in unquote(request.full_path):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in static_headers().items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", g.get("policy") or page_policy())
        return response


def static_headers() -> dict[str, str]:
    """The headers that every answer carries, also those of files."""
    if current_app.config["PUBLIC_URL"].startswith("https:"):
        return {**EVERYWHERE, "Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
    return EVERYWHERE
