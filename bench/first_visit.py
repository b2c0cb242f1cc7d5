"""The first visit from a sign: what goes over the wire until the page can be read."""

import gzip
import re
import tempfile
from pathlib import Path

from bench.markets import codes, make_market, market_day
from bench.servers import fetch, free_port, service_settings, serving, verdict

MOST_BYTES = 14_000
SIGNS = 100
NEEDS_MORE = re.compile(
    rb'<link[^>]+rel="(stylesheet|preload)"|<script[^>]+src=|(src|srcset)="(https?:)?//|<iframe'
)


def main() -> bool:
    """Print the sizes; whether a first visit is one request of at most 14 kB."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        address = make_market(Path(name), 100, market_day())
        settings = service_settings(address, Path(name), port)
        with serving(["-m", "flask", "serve"], port, **settings):
            pages = [fetch(port, f"/S/{code}") for code in codes(address, SIGNS)]
    sizes = sorted(wire_bytes(headers, body) for headers, body in pages)
    needing = [page for page in pages if NEEDS_MORE.search(gzip.decompress(page[1]))]
    print("bytes of a first visit from a sign, with headers and style")
    print(f"least {sizes[0]:,} · median {sizes[len(sizes) // 2]:,} · most {sizes[-1]:,}")
    return all(
        [
            verdict(f"at most {MOST_BYTES:,} bytes", sizes[-1], sizes[-1] <= MOST_BYTES),
            verdict("pages that need another request to be read", len(needing), not needing),
        ]
    )


def wire_bytes(headers: object, body: bytes) -> int:
    """The bytes of an answer: status line, headers, compressed body."""
    return len("HTTP/1.1 200 OK\r\n\r\n") + len(str(headers).encode()) + len(body)
