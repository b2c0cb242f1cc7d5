"""The paper form of a vendor: what the vendor's pages ask, in their order, on A4.

For whoever has no telephone to hand: filled in by hand, signed, and entered by the office.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from app import names
from app.languages import LATVIAN, in_language, money, number, speaking, weekday
from app.languages import gettext as _
from app.paper.form_parts import DAYS, DETAILS, GOODS, GUIDE, PARTS, PRIVACY, SWITCHES
from app.paper.sheet import INK
from app.paper.writing import MARGIN, WIDTH, WrittenForm
from market.days.models import Absence, VendorWeekday
from vendors.fields import identity
from vendors.listings.models import ORIGINS, Good
from vendors.listings.prices import package
from vendors.registry.farm_place import farm_place_said
from vendors.registry.models import VENDOR_KINDS, Vendor
from vendors.registry.queries import goods_of, stories_of
from vendors.stories.models import Story, StoryDraft

MONDAY = date(2026, 11, 23)
BLANK_GOODS, MORE_GOODS = 10, 3
GOOD_MM = 25.5
ABSENCES = 3


@dataclass(frozen=True)
class Known:
    """What is known of a vendor when the form is printed."""

    vendor: Vendor
    goods: Sequence[Good]
    weekdays: frozenset[int]
    absences: Sequence[Absence]
    story: Story | None
    answers: dict[str, str]


def known_of(session: Session, vendor: Vendor, today: date) -> Known:
    """What the market knows of a vendor: goods on sale, coming absences, the Latvian story."""
    vendor_id = identity(vendor)
    usual = select(VendorWeekday.weekday).where(VendorWeekday.vendor_id == vendor_id)
    absences = (
        select(Absence)
        .where(Absence.vendor_id == vendor_id, Absence.last_day >= today)
        .order_by(col(Absence.first_day))
    )
    draft = session.exec(
        select(StoryDraft).where(StoryDraft.vendor_id == vendor_id, StoryDraft.language == LATVIAN)
    ).first()
    return Known(
        vendor=vendor,
        goods=[good for good in goods_of(session, [vendor_id])[vendor_id] if not good.archived_on],
        weekdays=frozenset(session.exec(usual)),
        absences=session.exec(absences).all(),
        story=stories_of(session, vendor_id).get(LATVIAN),
        answers=draft.answers if draft else {},
    )


def paper_form(known: Known | None, made: datetime) -> WrittenForm:
    """The form in Latvian, with what is known of a vendor, or blank."""
    with speaking(LATVIAN):
        name = known.vendor.name if known else _("Vendor: ____________________")
        form = WrittenForm(_("The vendor's form"), name, made)
        _head(form)
        for place, part in enumerate(PARTS, start=1):
            form.heading(place, _(part.title))
            DRAWING[part.key](form, known)
        _consent(form)
    return form


def _head(form: WrittenForm) -> None:
    form.rose(MARGIN + WIDTH - 16, form.at - 3, 16)
    form.put_line(_("The vendor's form"), MARGIN, form.at + 7, WIDTH - 20, points=24, face="black")
    form.at += 12
    form.explain(
        _(
            "Write in capital letters, cross the boxes that fit, and leave empty what is to stay"
            " as it is. Sign on the last page and give the form to the market's office. We do not"
            " need a personal code: please do not write one."
        )
    )


def _said(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: _(words) for name, words in labels}


def _details(form: WrittenForm, known: Known | None) -> None:
    vendor = known.vendor if known else None
    said = _said(DETAILS)
    form.line_for(said["name"], vendor.name if vendor else "")
    form.line_for(said["phone"], (vendor.phone or "") if vendor else "", part=0.3)
    form.line_for(said["email"], (vendor.email or "") if vendor else "", part=0.4, at=0.3)
    since = str(vendor.since) if vendor and vendor.since else ""
    form.line_for(said["since"], since, part=0.3, at=0.7)
    place = farm_place_said(vendor.farm_lat, vendor.farm_lon) if vendor else ""
    form.line_for(said["place"], place)
    form.boxes_for(
        _("Kind of vendor"),
        [
            (names.vendor_kind(kind), vendor is not None and vendor.kind == kind)
            for kind in VENDOR_KINDS
        ],
        columns=4,
    )
    parish = names.parish(vendor.parish_code) if vendor and vendor.parish_code else ""
    form.line_for(_("Parish or town of Tukums novads"), parish, part=0.5)
    form.line_for(
        _("or another place"), (vendor.other_place or "") if vendor else "", part=0.5, at=0.5
    )


def _goods(form: WrittenForm, known: Known | None) -> None:
    form.explain(
        _(
            "A line for each good. The price is for one kg, piece, bunch, jar or litre. Of a jar or"
            " box also write how much is in it. Cross the months in which you sell it. Allergens:"
            " gluten, crustaceans, eggs, fish, peanuts, soya, milk, nuts, celery, mustard, sesame,"
            " sulphites, lupin, molluscs; write “none”, or “ask” when visitors should ask you."
        )
    )
    goods = list(known.goods) if known else []
    for good in [*goods, *[None] * (MORE_GOODS if goods else BLANK_GOODS)]:
        _good(form, good)


def _good(form: WrittenForm, good: Good | None) -> None:
    form.room(GOOD_MM)
    top = form.at
    form.set_draw_color(*INK)
    form.set_line_width(0.35)
    form.rect(MARGIN, top, WIDTH, GOOD_MM - 1.5)
    texts = _texts_of(good) if good else ("", "", "", "", "")
    labels = [_(words) for _name, words in GOODS[:5]]
    x = MARGIN
    for label, text, share in zip(labels, texts, (0.36, 0.24, 0.14, 0.12, 0.14), strict=True):
        width = WIDTH * share
        form.put_line(label, x + 1.5, top + 3.4, width - 2, points=8)
        form.put_line(text, x + 1.5, top + 9.2, width - 3, points=12)
        x += width
        if x < MARGIN + WIDTH - 1:
            form.line(x, top, x, top + 11)
    form.line(MARGIN, top + 11, MARGIN + WIDTH, top + 11)
    _months(form, good, top + 11)
    _origin(form, good, top + 11)
    form.at = top + GOOD_MM


def _texts_of(good: Good) -> tuple[str, str, str, str, str]:
    amount, unit = package(good)
    net = f"{number(good.net_amount)} {good.net_unit}" if good.net_amount else ""
    price = money(good.price_cents) if good.price_cents is not None else ""
    return (
        in_language(good.name, LATVIAN).text,
        names.category(good.category),
        price,
        names.unit(unit, amount),
        net,
    )


def _months(form: WrittenForm, good: Good | None, top: float) -> None:
    """Twelve boxes, January first."""
    form.put_line(_("Months"), MARGIN + 1.5, top + 3.4, 20, points=8)
    for month in range(12):
        x = MARGIN + 1.5 + month * 7
        form.put_line(names_of_month(month), x, top + 7, 6, points=7.5)
        form.box(x, top + 7.8, good is not None and bool(good.months & 1 << month))


def names_of_month(month: int) -> str:
    """The number of a month as it stands above its box: "I" to "XII"."""
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month]


def _origin(form: WrittenForm, good: Good | None, top: float) -> None:
    left = MARGIN + 90
    for place, origin in enumerate(ORIGINS):
        x = left + place * 23
        form.box(x, top + 1.3, good is not None and good.origin == origin, size=3.6)
        form.put_line(names.origin(origin), x + 4.5, top + 4.3, 18, points=8)
    allergens = _("Allergens")
    form.put_line(f"{allergens}:", left, top + 10.6, 20, points=8)
    form.put_line(_allergens(good), left + 16, top + 10.6, WIDTH - 90 - 18, points=10)
    form.set_draw_color(*INK)
    form.set_line_width(0.2)
    form.line(left + 15, top + 11.4, MARGIN + WIDTH - 2, top + 11.4)


def _allergens(good: Good | None) -> str:
    if good is None:
        return ""
    if good.allergens is None:
        return _("ask")
    return ", ".join(names.allergen(key) for key in good.allergens) or _("none")


def _days(form: WrittenForm, known: Known | None) -> None:
    usual, said = known.weekdays if known else frozenset(), _said(DAYS)
    form.boxes_for(
        said["weekday"],
        [(weekday(MONDAY.replace(day=MONDAY.day + day)), day in usual) for day in range(7)],
        columns=4,
    )
    absences = list(known.absences) if known else []
    for place in range(max(ABSENCES, len(absences) + 1)):
        one = absences[place] if place < len(absences) else None
        form.line_for(said["first_day"], _day(one.first_day if one else None), part=0.5)
        form.line_for(said["last_day"], _day(one.last_day if one else None), part=0.5, at=0.5)
    wishes = known is not None and known.vendor.wants_reminders
    form.boxes_for("", [(said["wanted"], wishes)], columns=1)


def _day(day: date | None) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year}." if day else ""


def _story(form: WrittenForm, known: Known | None) -> None:
    if known and known.story:
        form.explain(_("Your story stands on your page already. Answer only what should change."))
    else:
        form.explain(_("Short answers are enough; the office makes the story of them."))
    for key, question, lines in GUIDE:
        form.lines_for(_(question), known.answers.get(key, "") if known else "", lines)


def _privacy(form: WrittenForm, known: Known | None) -> None:
    form.explain(_("Nothing of this is shown unless you cross it. You can change it at any time."))
    vendor = known.vendor if known else None
    form.boxes_for(
        "",
        [
            (_(words), vendor is not None and bool(getattr(vendor, SWITCHES[key])))
            for key, words in PRIVACY
        ],
        columns=1,
    )


def _consent(form: WrittenForm) -> None:
    form.room(48)
    form.at += 2
    form.set_draw_color(*INK)
    form.set_line_width(0.6)
    top = form.at
    form.at += 3
    form.label(_("Consent"), MARGIN + 3, WIDTH - 6)
    form.at += 5.5
    form.box(MARGIN + 3, form.at, ticked=False)
    form.put_line(
        _("I wish the market's office to enter this in my name."),
        MARGIN + 10, form.at + 3.9, WIDTH - 14, points=11,
    )  # fmt: skip
    form.at += 18
    for text, at, part in (
        (_("Date"), 0.03, 0.2),
        (_("Signature"), 0.27, 0.33),
        (_("Name in capital letters"), 0.64, 0.33),
    ):
        x = MARGIN + WIDTH * at
        form.line(x, form.at, x + WIDTH * part, form.at)
        form.put_line(text, x, form.at + 4.2, WIDTH * part, points=9)
    form.at += 8
    form.rect(MARGIN, top, WIDTH, form.at - top)
    form.at += 4
    form.room(10)
    form.put_line(
        _("The office: entered on ______________ by ____________________________"),
        MARGIN, form.at + 4, WIDTH, points=10,
    )  # fmt: skip


DRAWING = {
    "details": _details,
    "goods": _goods,
    "days": _days,
    "story": _story,
    "privacy": _privacy,
}
