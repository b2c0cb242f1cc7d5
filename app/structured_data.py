"""What search engines read on a page: schema.org as JSON-LD, from the same rows as the page."""

import json
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from app.languages import in_language
from app.names import parish
from app.pages.visitor.parts import Goods
from vendors.registry.models import Vendor
from vendors.stories.models import Story
from vendors.stories.reading import plain


def script_of(data: dict[str, Any]) -> Markup:
    """Data as an element that no browser runs; no text in it can close the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704


def absolute(endpoint: str, **values: Any) -> str:
    """The whole address of a page, from `PUBLIC_URL` and never from the request."""
    return f"{current_app.config['PUBLIC_URL']}{url_for(endpoint, **values)}"


def vendor_data(vendor: Vendor, story: Story | None, goods: Goods) -> Markup:
    """A vendor as a LocalBusiness with what is on the table."""
    address = absolute("visitor.vendor", slug=vendor.slug)
    data: dict[str, Any] = {
        "@type": "LocalBusiness",
        "@id": address,
        "url": address,
        "name": vendor.name,
        "image": absolute("doors.drawing", slug=vendor.slug),
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "LV",
            "addressLocality": parish(vendor.parish_code)
            if vendor.parish_code
            else vendor.other_place,
        },
        "makesOffer": [_offer(one) for one in goods.today if one.good.price_cents is not None],
    }
    if story:
        data["description"] = plain(story.short)
    return script_of(data)


def _offer(one: Any) -> dict[str, Any]:
    price = one.unit_price.cents if one.unit_price else one.good.price_cents
    sold_out = one.state == "sold_out"
    return {
        "@type": "Offer",
        "itemOffered": {"@type": "Product", "name": in_language(one.good.name).text},
        "price": f"{price / 100:.2f}",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{'OutOfStock' if sold_out else 'InStoreOnly'}",
    }
