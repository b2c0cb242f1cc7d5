"""My paper: the card and the price list for the table, made of the goods as they are now."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.own_paper import price_list, table_card
from app.pages.vendor import blueprint, own_vendor, own_vendor_id
from vendors.listings.queries import live_goods
from vendors.registry.models import Vendor

if TYPE_CHECKING:
    from app.paper.sheet import Sheet


@blueprint.get("/papirs")
def paper() -> ResponseReturnValue:
    """What can be printed, with two large buttons."""
    goods = live_goods(session(), own_vendor_id())
    without_price = sum(good.price_cents is None for good in goods)
    return render_template("vendor/goods_paper.html", without_price=without_price, goods=goods)


@blueprint.get("/papirs/galda-kartite.pdf")
def paper_card() -> ResponseReturnValue:
    """The table card."""
    return _pdf(table_card, "galda-kartite")


@blueprint.get("/papirs/cenu-lapa.pdf")
def paper_prices() -> ResponseReturnValue:
    """The price list."""
    return _pdf(price_list, "cenu-lapa")


def _pdf(make: Callable[[Session, Vendor, datetime], "Sheet"], name: str) -> Response:
    vendor = own_vendor()
    answer = Response(bytes(make(session(), vendor, now()).output()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}-{vendor.slug}.pdf"'
    return answer
