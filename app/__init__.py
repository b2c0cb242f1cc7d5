"""The web: the only part of the service that knows Flask."""

from datetime import datetime
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.cli import prepare_commands
from app.clock import now_in
from app.config import Settings
from app.database import database, prepare_database
from app.errors import prepare_errors
from app.kept_pages import KeptPages
from app.openings import Openings
from app.pages import prepare_pages
from app.postman import Postman
from app.security import prepare_security
from app.static_files import prepare_static_files
from app.templates import prepare_templates
from app.url_types import prepare_url_types

LARGEST_REQUEST = 1_000_000


def create_app(settings: Settings | None = None) -> Flask:
    """The whole service. Settings come from the environment unless a test brings its own."""
    settings = settings or Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.config.update(_config(settings))
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}

    prepare_database(app, settings.address_of_database())
    prepare_url_types(app)
    prepare_templates(app)
    prepare_pages(app)
    prepare_errors(app)
    prepare_security(app)
    prepare_commands(app)
    _keep_pages(app, settings)
    prepare_static_files(app)
    app.extensions["postman"] = Postman(app)
    if settings.proxy_count:
        hops = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _config(settings: Settings) -> dict[str, Any]:
    hosts = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
    return {
        "SETTINGS": settings,
        "NOW": datetime.fromisoformat(settings.now) if settings.now else None,
        "PUBLIC_URL": settings.public_url,
        "SECRET_KEY": settings.kept_secret(),
        "TRUSTED_HOSTS": hosts or None,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "DEVELOPMENT": settings.development,
    }


def _keep_pages(app: Flask, settings: Settings) -> None:
    """Put the store of rendered pages before Flask."""

    def now() -> datetime:
        return now_in(app)

    with app.app_context():
        found = database()
    # Each worker counts for itself; together they write at most once a second.
    openings = Openings(found, now, every_s=float(settings.workers))
    app.extensions["openings"] = openings
    app.extensions["kept_pages"] = app.wsgi_app = KeptPages(  # type: ignore[method-assign,assignment]
        app.wsgi_app,
        version=found.public_version,
        now=now,
        count=openings.count,
        folder=settings.data_dir / "pages",
    )
