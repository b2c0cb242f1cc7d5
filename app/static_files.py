"""Files that never change while the service runs: ours, and Leaflet as its package brings it."""

from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from xstatic.pkg import leaflet

from app.security import static_headers

OWN = Path(__file__).parent.parent / "static"
LEAFLET = Path(leaflet.BASE_DIR)
FOR_THE_PLAN = ("/static/leaflet/", "/static/plan/")
DAY_S = 24 * 60 * 60


def prepare_static_files(app: Flask) -> None:
    """Serve `/static/` with the same headers as pages, in development and production alike."""
    with app.app_context():
        headers = static_headers()

    def add_headers(served: object, _path: str, url: str) -> None:
        for name, value in headers.items():
            served[name] = value  # type: ignore[index]
        served["Content-Security-Policy"] = "default-src 'none'"  # type: ignore[index]
        # The plan's sandboxed frame has no origin of its own, so to it we are another site.
        if url.startswith(FOR_THE_PLAN):
            served["Cross-Origin-Resource-Policy"] = "cross-origin"  # type: ignore[index]

    files = WhiteNoise(
        app.wsgi_app, allow_all_origins=False, add_headers_function=add_headers, max_age=DAY_S
    )
    files.add_files(str(OWN), prefix="static/")
    files.add_files(str(LEAFLET), prefix="static/leaflet/")
    app.wsgi_app = files  # type: ignore[method-assign]
