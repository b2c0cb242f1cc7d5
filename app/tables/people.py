"""Lists about people: vendors, their goods, stories and open days."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import Session, select

from app import names
from app.tables import words
from app.tables.base import Outcome, Table, values_of
from app.tables.cells import (
    DAY,
    MONEY,
    MONTHS_OF_YEAR,
    NUMBER,
    PARISH,
    PHONE,
    POSTCODE,
    REG_NO,
    TIME,
    VAT_NO,
    WHOLE,
    YES_OR_NO,
    allergens_cell,
    choice_cell,
    key_cell,
    package_cell,
)
from app.tables.columns import Column, Entry, words_columns
from app.tables.slugs import slug_of
from market.places.parishes import OUTLINE
from vendors.fields import identity
from vendors.listings.kinds import KINDS
from vendors.listings.models import NET_UNITS, Good, GoodFields
from vendors.registry.models import OpenDay, OpenDayFields, Vendor, VendorFields
from vendors.registry.numbers import vat_no_of
from vendors.searching import folded
from vendors.stories.illustration import SCENES, SUBJECTS
from vendors.stories.models import Story, StoryFields

VENDOR = Column("Tirgotājs", "vendor", also=("Tirgotāja kods", "slug"))
PACKAGE = package_cell(words.UNITS)
NET = package_cell({unit: words.UNITS[unit] for unit in NET_UNITS})


class Vendors(Table):
    """Who sells at the market."""

    name = "vendors"
    sheet = "tirgotaji"
    columns = (
        Column("Kods", "slug"),
        Column("Nosaukums", "name"),
        Column("Veids", "kind", choice_cell(names.VENDOR_KINDS)),
        Column("Stāvoklis", "state", choice_cell(words.VENDOR_STATES)),
        Column("Grupa", "standing", choice_cell(words.VENDOR_CLASSES), also=("class",)),
        Column("Kārtas numurs", "seniority", WHOLE),
        Column("Pagasts", "parish_code", PARISH, also=("Pagasts / pilsēta", "parish")),
        Column("Cita vieta", "other_place"),
        Column("Ģeogrāfiskais platums", "farm_lat", NUMBER),
        Column("Ģeogrāfiskais garums", "farm_lon", NUMBER),
        Column("Rādīt saimniecības vietu", "show_farm_place", YES_OR_NO),
        Column("Tirgojas kopš", "since", WHOLE),
        Column("Tālrunis", "phone", PHONE),
        Column("Rādīt tālruni", "show_phone", YES_OR_NO),
        Column("E-pasts", "email"),
        Column("Rādīt e-pastu", "show_email", YES_OR_NO),
        Column("Atgādināt e-pastā", "wants_reminders", YES_OR_NO),
        Column("Bioloģiskais sertifikāts", "bio_cert_no"),
        Column("Sertifikāts derīgs līdz", "bio_valid_to", DAY),
        Column("Elektrība, kW", "needs_power_kw", NUMBER),
        Column("Vajadzīgais platums, m", "needs_width_m", NUMBER),
        Column("Vajadzīgais dziļums, m", "needs_depth_m", NUMBER),
        Column("Vajag ūdeni", "needs_water", YES_OR_NO),
        Column("Vajag dzesēšanu", "needs_cooling", YES_OR_NO),
        Column("Vajag automašīnu vietā", "needs_vehicle", YES_OR_NO),
        Column("Telts", "tent", choice_cell(words.TENTS)),
        Column("Sociālais atvieglojums", "is_social", YES_OR_NO),
        Column("Juridiskais nosaukums", "legal_name"),
        Column("Reģistrācijas numurs", "reg_no", REG_NO),
        Column("PVN numurs", "vat_no", VAT_NO),
        Column("Kontaktpersona", "contact_person"),
        Column("Saimniecības adrese", "farm_address"),
        Column("Pasta indekss", "postcode", POSTCODE),
        Column("PVD numurs", "pvd_no"),
        Column("Biroja piezīme", "office_note"),
        Column("Zīmējuma ainava", "scene", key_cell(SCENES)),
        Column("Zīmējuma temats", "subject", key_cell(SUBJECTS)),
        *words_columns("drawing_words", "Zīmējuma apraksts"),
    )
    needed = ("name",)

    @cached_property
    def _vendors(self) -> dict[str, Vendor]:
        return {vendor.slug: vendor for vendor in self.session.exec(select(Vendor))}

    def rows(self) -> Iterator[dict[str, Any]]:
        for _slug, vendor in sorted(self._vendors.items()):
            yield values_of(vendor, self.columns)

    def take(self, entry: Entry) -> Outcome:
        values = entry.fields()
        values["slug"] = values.get("slug") or slug_of(values["name"] or "")
        row = self._vendors.get(values["slug"])
        fields = self.checked(entry, VendorFields, row, values)
        self.once(entry, fields.slug, "slug")
        _refuse_a_wrong_place(entry, fields)
        _refuse_another_vat_no(entry, fields)
        vendor, done, changes = self.put(Vendor, row, fields)
        self._vendors[vendor.slug] = vendor
        return Outcome(entry.line, done, vendor.name, self.headings_of(changes))


def _refuse_another_vat_no(entry: Entry, vendor: VendorFields) -> None:
    """Who pays VAT does so under the registration number."""
    if vendor.vat_no is not None and vendor.vat_no != vat_no_of(vendor.reg_no or ""):
        raise entry.refuse("vat_no", "other_vat_no")


def _refuse_a_wrong_place(entry: Entry, vendor: VendorFields) -> None:
    """Every vendor is from somewhere, and a farm of our parishes lies in the novads."""
    if vendor.parish_code is None and vendor.other_place is None:
        raise entry.refuse("parish_code", "no_place")
    if (vendor.farm_lat is None) != (vendor.farm_lon is None):
        raise entry.refuse("farm_lat" if vendor.farm_lat is None else "farm_lon", "half_a_place")
    if vendor.parish_code is None or vendor.farm_lat is None or vendor.farm_lon is None:
        return
    for name, value, axis in (("farm_lon", vendor.farm_lon, 0), ("farm_lat", vendor.farm_lat, 1)):
        along = [point[axis] for point in OUTLINE]
        if not min(along) - 0.02 <= value <= max(along) + 0.02:
            raise entry.refuse(name, "outside_novads", least=min(along), most=max(along))


class OfVendors(Table):
    """A list whose lines belong to vendors, named by code or by their exact name."""

    def __init__(self, session: Session, today: date) -> None:
        super().__init__(session, today)
        self._by_word: dict[str, list[Vendor]] = {}
        for vendor in session.exec(select(Vendor)):
            for word in {vendor.slug, folded(vendor.name) or ""}:
                self._by_word.setdefault(word, []).append(vendor)

    @cached_property
    def vendors(self) -> dict[int | None, Vendor]:
        """All vendors by id."""
        return {vendor.id: vendor for found in self._by_word.values() for vendor in found}

    def vendor_of(self, entry: Entry) -> Vendor:
        """The vendor whom the line names; raises LineError."""
        typed = entry.values["vendor"]
        if typed is None:
            raise entry.refuse("vendor", "missing")
        found = self._by_word.get(typed) or self._by_word.get(folded(typed) or "")
        if not found:
            raise entry.refuse("vendor", "unknown_vendor")
        if len(found) > 1:
            raise entry.refuse("vendor", "several_vendors")
        return found[0]


class Goods(OfVendors):
    """What vendors sell. A good is known again by its vendor, its Latvian name and its package."""

    name = "goods"
    sheet = "preces"
    columns = (
        VENDOR,
        Column("Kārta sarakstā", "position", WHOLE),
        *words_columns("name", "Nosaukums"),
        Column("Kategorija", "category", choice_cell(names.CATEGORIES)),
        Column("Preču veids", "kind", choice_cell(names.KIND_WORDS)),
        Column("Cena, €", "price_cents", MONEY, also=("Cena", "Cena, EUR", "price")),
        Column("Cena par", "package", PACKAGE),
        Column("Neto saturs", "net", NET),
        Column("Mēneši", "months", MONTHS_OF_YEAR),
        Column("Sezona vēlāk par mēnešiem", "season_shift", WHOLE),
        Column("Sezona vēlāk gadā", "season_year", WHOLE),
        Column("Izcelsme", "origin", choice_cell(names.ORIGINS)),
        Column("Alergēni", "allergens", allergens_cell(names.ALLERGENS)),
        Column("Pieejamība", "state", choice_cell(words.GOOD_STATES)),
        Column("Pieejamība teikta", "state_on", DAY),
        Column("Pārbaudīts", "confirmed_on", DAY),
        Column("Vairs nepārdod kopš", "archived_on", DAY),
    )
    needed = ("vendor", "name.lv")

    @cached_property
    def _goods(self) -> dict[tuple[Any, ...], Good]:
        return {_good_key(good.vendor_id, good): good for good in self.session.exec(select(Good))}

    def rows(self) -> Iterator[dict[str, Any]]:
        goods = self.session.exec(select(Good)).all()
        for good in sorted(goods, key=self._order):
            net = (good.net_amount, good.net_unit) if good.net_amount else None
            yield {
                **values_of(good, self.columns),
                "vendor": self.vendors[good.vendor_id].slug,
                "package": (good.amount, good.unit),
                "net": net,
            }

    def _order(self, good: Good) -> tuple[Any, ...]:
        package = (good.amount, good.unit, good.net_amount or 0)
        return (self.vendors[good.vendor_id].slug, good.position, good.name["lv"], package)

    def take(self, entry: Entry) -> Outcome:
        vendor = self.vendor_of(entry)
        values = entry.fields()
        for column, names_of_two in (("package", ("amount", "unit")), ("net", NET_FIELDS)):
            if column in values:
                pair = values.pop(column) or (None, None)
                values.update(zip(names_of_two, pair, strict=True))
        _imply_category(entry, values)
        wanted = self.checked(entry, GoodFields, None, {"confirmed_on": self.today, **values})
        key = _good_key(vendor.id, wanted)
        self.once(entry, key, "name.lv")
        row = self._goods.get(key)
        if row is None:
            _complete_a_new_good(values, self.today)
        fields = self.checked(entry, GoodFields, row, values)
        good, done, changes = self.put(Good, row, fields, vendor_id=identity(vendor))
        what = f"{vendor.name}: {good.name['lv']}"
        return Outcome(entry.line, done, what, self.headings_of(changes))


NET_FIELDS = ("net_amount", "net_unit")


def _good_key(vendor_id: int | None, good: Good | GoodFields) -> tuple[Any, ...]:
    package = (good.amount, good.unit, good.net_amount, good.net_unit)
    return (vendor_id, folded(good.name["lv"]), *package)


def _imply_category(entry: Entry, values: dict[str, Any]) -> None:
    """A kind implies its category, so the category need not be typed."""
    kind = KINDS.get(values.get("kind") or "")
    if kind is None:
        return
    if values.get("category") not in (None, kind.category):
        category = names.category(kind.category)
        raise entry.refuse("category", "kind_of_other_category", category=category)
    values["category"] = kind.category


def _complete_a_new_good(values: dict[str, Any], today: date) -> None:
    """A new good has its kind's usual months and is confirmed today, unless the line says else."""
    kind = KINDS.get(values.get("kind") or "")
    if kind is not None and values.get("months") is None:
        values["months"] = sum(1 << month - 1 for month in kind.months)
    values["confirmed_on"] = values.get("confirmed_on") or today


class Stories(OfVendors):
    """What vendors tell, one line for each telling and language."""

    name = "stories"
    sheet = "stasti"
    columns = (
        VENDOR,
        Column("Valoda", "language"),
        Column("Īsais stāsts", "short"),
        Column("Jautājums pārdevējam", "question"),
        Column("Garākais stāsts", "longer"),
        Column("Viss stāsts", "whole"),
        Column("Mašīntulkojums", "machine_translated", YES_OR_NO),
        Column("Stāstīts", "told_on", DAY),
    )
    needed = ("vendor", "language", "short")

    @cached_property
    def _stories(self) -> dict[tuple[int, str], Story]:
        stories = self.session.exec(select(Story))
        return {(story.vendor_id, story.language): story for story in stories}

    def rows(self) -> Iterator[dict[str, Any]]:
        def order(story: Story) -> tuple[str, str]:
            return (self.vendors[story.vendor_id].slug, story.language)

        for story in sorted(self._stories.values(), key=order):
            vendor = self.vendors[story.vendor_id].slug
            yield {**values_of(story, self.columns), "vendor": vendor}

    def take(self, entry: Entry) -> Outcome:
        vendor = self.vendor_of(entry)
        values = entry.fields()
        values["language"] = (values["language"] or "lv").lower()
        row = self._stories.get((identity(vendor), values["language"]))
        fields = self.checked(entry, StoryFields, row, values)
        self.once(entry, (vendor.id, fields.language), "language")
        story, done, changes = self.put(Story, row, fields, vendor_id=identity(vendor))
        what = f"{vendor.name} ({story.language})"
        return Outcome(entry.line, done, what, self.headings_of(changes))


class OpenDays(OfVendors):
    """Days on which visitors may come to a farm."""

    name = "open-days"
    sheet = "atverto_durvju_dienas"
    columns = (
        VENDOR,
        Column("Diena", "day", DAY, also=("Datums",)),
        Column("Sākums", "starts", TIME),
        Column("Beigas", "ends", TIME),
        *words_columns("words", "Apraksts"),
    )
    needed = ("vendor", "day", "starts", "words.lv")

    @cached_property
    def _open_days(self) -> dict[tuple[int, object], OpenDay]:
        return {(row.vendor_id, row.day): row for row in self.session.exec(select(OpenDay))}

    def rows(self) -> Iterator[dict[str, Any]]:
        def order(row: OpenDay) -> tuple[Any, ...]:
            return (self.vendors[row.vendor_id].slug, row.day)

        for row in sorted(self._open_days.values(), key=order):
            yield {**values_of(row, self.columns), "vendor": self.vendors[row.vendor_id].slug}

    def take(self, entry: Entry) -> Outcome:
        vendor = self.vendor_of(entry)
        row = self._open_days.get((identity(vendor), entry.values["day"]))
        fields = self.checked(entry, OpenDayFields, row, entry.fields())
        self.once(entry, (vendor.id, fields.day), "day")
        if fields.ends is not None and fields.ends <= fields.starts:
            raise entry.refuse("ends", "ends_before")
        row, done, changes = self.put(OpenDay, row, fields, vendor_id=identity(vendor))
        what = f"{vendor.name} {row.day:%d.%m.%Y}"
        return Outcome(entry.line, done, what, self.headings_of(changes))
