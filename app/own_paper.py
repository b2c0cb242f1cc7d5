"""What a vendor lays on the table, from the goods as they are now: the card and the price list."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app
from sqlmodel import Session

from app import names
from app.goods_said import name_said
from app.languages import LATVIAN, speaking
from vendors.fields import identity
from vendors.listings.freshness import table_on
from vendors.listings.models import Good
from vendors.listings.queries import live_goods
from vendors.registry.models import Vendor
from vendors.registry.queries import stories_of
from vendors.stories.reading import paragraphs

if TYPE_CHECKING:
    from app.paper.sheet import Sheet

GOODS_ON_CARD = 3
_END = re.compile(r"(?<!\d)[.!?…](?=\s+[A-ZĀČĒĢĪĶĻŅŠŪŽ„“])")
"""Where a sentence ends; "1987. gadā" goes on."""


def table_card(found: Session, vendor: Vendor, made: datetime) -> "Sheet":
    """The table card of a vendor as of a local time; ValueError when the address is too long."""
    from app.paper.table_card import TableCard, table_card_sheet

    address = f"{current_app.config['PUBLIC_URL']}/{LATVIAN}/tirgotaji/{vendor.slug}"
    card = TableCard(vendor.name, _place(vendor), _lines(found, vendor, made), address)
    return table_card_sheet(card, made)


def price_list(found: Session, vendor: Vendor, made: datetime) -> "Sheet":
    """The price list of a vendor as of a local time: what is sold in that month."""
    from app.paper.price_list import PriceList, price_list_sheet

    goods = _goods(found, vendor, made)
    return price_list_sheet(PriceList(vendor.name, _place(vendor), made.date(), goods), made)


def _goods(found: Session, vendor: Vendor, made: datetime) -> Sequence[Good]:
    """What is on the table in the month, in the vendor's own order."""
    on_table = table_on(live_goods(found, identity(vendor)), made.date()).today
    return sorted(on_table, key=lambda good: good.position)


def _lines(found: Session, vendor: Vendor, made: datetime) -> list[str]:
    """Three goods of the month; where there are fewer, also the first sentence of the story."""
    with speaking(LATVIAN):
        lines = [name_said(good) for good in _goods(found, vendor, made)[:GOODS_ON_CARD]]
    story = stories_of(found, identity(vendor)).get(LATVIAN)
    if len(lines) < GOODS_ON_CARD and story:
        lines.append(_first_sentence(story.short))
    return lines


def _first_sentence(text: str) -> str:
    paragraph = next(iter(paragraphs(text)), "")
    end = _END.search(paragraph)
    return paragraph[: end.end()] if end else paragraph


def _place(vendor: Vendor) -> str:
    with speaking(LATVIAN):
        return names.parish(vendor.parish_code) if vendor.parish_code else vendor.other_place or ""
