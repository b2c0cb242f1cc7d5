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
    return style_element("\n".join(file.read_text() for file in sorted(STYLES.glob("*.css"))))


def style_element(text: str) -> Markup:
    """A style of ours as an element, without comments and needless blanks."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text).replace(";}", "}").strip()
    return Markup("<style>{}</style>").format(Markup(text))  # noqa: S704 - our own files


def digest_source(text: str) -> str:
    """The source expression of a policy that allows exactly this inline text."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def digest_of_style(element: Markup) -> str:
    """The source expression that allows exactly this style."""
    return digest_source(str(element).removeprefix("<style>").removesuffix("</style>"))


@cache
def _digest_of_styles() -> str:
    return digest_of_style(inline_styles())


@cache
def page_policy(*, plays: bool = False) -> str:
    """The policy of ordinary pages; one that `plays` has a spoken story of ours."""
    return policy(style=_digest_of_styles(), more="; media-src 'self'" if plays else "")


def policy(
    *,
    style: str = "'none'",
    script: str = "'none'",
    framed_by: str = "'none'",
    image: str = "'self'",
    more: str = "",
) -> str:
    """A policy that refuses everything but our own pictures, frames and forms, and what is named.

    Each argument is a source list of the Content Security Policy; `more` are further directives.
    """
    return (
        f"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}; "
        f"frame-src 'self'; img-src {image}; script-src {script}; style-src {style}{more}"
    )


def private_policy(*, microphone: bool = False) -> str:
    """The policy of pages for people who have come in: they also run scripts of ours.

    With `microphone` the page may record a spoken telling.
    """
    if microphone:
        closed = EVERYWHERE["Permissions-Policy"]
        g.permissions = closed.replace("microphone=()", "microphone=(self)")
    return policy(
        style=f"'self' {_digest_of_styles()}",
        script="'self'",
        image="'self' blob:",
        more="; connect-src 'self'; worker-src 'self'; media-src 'self' blob:",
    )


def comes_from_here() -> bool:
    """Whether a form was sent by a page of ours: no other site may press our buttons.

    Browsers say so by `Sec-Fetch-Site`; older ones only by `Origin`.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    own = (request.host_url.rstrip("/"), current_app.config["PUBLIC_URL"])
    return request.headers.get("Origin") in own


def prepare_security(app: Flask) -> None:
    """Refuse impossible addresses; send the policy and its company with every answer."""

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not comes_from_here():
            abort(403)

    @app.before_request
    def refuse_null_characters() -> None:
        # No address of ours has one, and PostgreSQL would take it for a fault of the database.
        if "\0" in unquote(request.full_path):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in static_headers().items():
            response.headers.setdefault(name, value)
        if "permissions" in g:
            response.headers["Permissions-Policy"] = g.permissions
        response.headers.setdefault("Content-Security-Policy", g.get("policy") or page_policy())
        return response


def static_headers() -> dict[str, str]:
    """The headers that every answer carries, also those of files."""
    if current_app.config["PUBLIC_URL"].startswith("https:"):
        return {**EVERYWHERE, "Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
    return EVERYWHERE
