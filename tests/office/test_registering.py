"""The registry at the office: registering, changing, finding, and where a vendor stands."""

from datetime import date

import pytest
from sqlmodel import select

from app.languages import sort_key
from app.records import Change
from market.days.models import Placement
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient, _form_with, form_fields
from vendors.fields import identity
from vendors.registry.models import Vendor

LIST = "/lv/parvalde/tirgotaji"
NEW = "/lv/parvalde/jauns-tirgotajs"
SLUG = "siltrasas"
PAGE = f"{LIST}/{SLUG}"
TODAY = date(2026, 11, 24)

FORM = {
    "state": "applied",
    "name": 'Saimniecība "Jaunie vēji"',
    "kind": "farm",
    "standing": "guest",
    "parish_code": "0051430",
    "tent": "own",
    "contact_person": "Anna Izdomātā",
    "phone": "26 123-456",
    "email": "",
    "needs_width_m": "2,5",
}
"""A form that fits."""


def vendor_of(app, slug):
    with database_of(app).reading() as session:
        return session.exec(select(Vendor).where(Vendor.slug == slug)).first()


def register(client, status=303, **typed):
    return client.send(NEW, {**FORM, **typed}, status)


def whole_form(client, slug=SLUG, **typed):
    """What the edit form of a vendor holds, with some things typed anew."""
    form, _button = _form_with(client.get(f"{LIST}/{slug}/dati"), "Saglabāt")
    return {**form_fields(form), **typed}


def test_a_vendor_is_registered_with_all_that_the_office_knows(demo_app, organiser):
    page = organiser.get(organiser.get(LIST).link("Reģistrēt jaunu tirgotāju"))
    answer = organiser.submit(
        page,
        "Reģistrēt tirgotāju",
        **{
            **FORM,
            "state": ["applied"],
            "kind": "company",
            "legal_name": "SIA „Jaunie vēji“",
            "reg_no": "4000 3032 949",
            "pays_vat": ["1"],
            "farm_address": "„Ābelītes“",
            "postcode": "lv3113",
            "place": "57.16, 23.22",
            "since": "2019",
            "pvd_no": "A 012345",
            "bio_cert_no": "LV-1",
            "bio_valid_to": "2027-03-01",
            "needs_depth_m": "3",
            "needs_power_kw": "2,2",
            "needs": ["needs_water", "needs_vehicle"],
            "is_social": ["1"],
            "office_note": "Grib stāvēt malā.",
        },
    )
    assert answer.h1 == "Saimniecība „Jaunie vēji“"
    assert "Tirgotājs ir reģistrēts." in answer.text
    for known in ("40003032949", "LV40003032949", "LV-3113", "„Ābelītes“", "Grib stāvēt malā."):
        assert known in answer.text
    vendor = vendor_of(demo_app, "saimnieciba-jaunie-veji")
    assert (vendor.state, vendor.phone, vendor.vat_no) == (
        "applied",
        "+37126123456",
        "LV40003032949",
    )
    assert (vendor.needs_width_m, vendor.needs_power_kw, vendor.needs_depth_m) == (2.5, 2.2, 3.0)
    assert (vendor.needs_water, vendor.needs_cooling, vendor.needs_vehicle) == (True, False, True)
    assert (vendor.tent, vendor.is_social, vendor.since) == ("own", True, 2019)
    CarefulClient(demo_app).fetch("/lv/tirgotaji/saimnieciba-jaunie-veji", 404)


def test_registering_is_undone_as_long_as_nothing_else_has_happened(demo_app, organiser):
    slug = "saimnieciba-jaunie-veji"
    page = organiser.get(register(organiser).location)
    back = organiser.submit(page, "Atcelt")
    assert back.address.startswith(LIST)
    assert vendor_of(demo_app, slug) is None
    with database_of(demo_app).reading() as session:
        batch = session.exec(select(Change.batch).where(Change.action == "new_vendor")).one()
    register(organiser)
    with database_of(demo_app).reading() as session:
        batches = session.exec(select(Change.batch).where(Change.action == "new_vendor")).all()
    again = next(one for one in batches if one != batch)
    organiser.send(f"{LIST}/{slug}/stavoklis", {"state": "approved", "version": "1"})
    organiser.send("/lv/parvalde/atsaukt", {"batch": again}, 409)
    assert vendor_of(demo_app, slug).state == "approved"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Lūdzu, aizpildiet"),
        ({"contact_person": ""}, "ar ko birojam runāt"),
        ({"parish_code": ""}, "izvēlieties pagastu"),
        ({"other_place": "Talsu novads"}, "atstājiet šo tukšu"),
        ({"reg_no": "121288-10203"}, "Šis izskatās pēc personas koda"),
        ({"reg_no": "32123456789"}, "Šis izskatās pēc personas koda"),
        ({"reg_no": "40003032948"}, "Viens no vienpadsmit cipariem nav pareizs"),
        ({"pays_vat": "1"}, "noņemiet PVN atzīmi"),
        ({"phone": "80001234"}, "sākas ar 80"),
        ({"phone": "121288-10203"}, "Šis izskatās pēc personas koda"),
        ({"phone": "123"}, "astoņus Latvijas tālruņa ciparus"),
        ({"email": "anna"}, "visu e-pasta adresi"),
        ({"postcode": "Tukums"}, "Pasta indekss ir"),
        ({"place": "seši, septiņi"}, "pārrakstiet no kartes"),
        ({"place": "56.1, 21.1"}, "nav Tukuma novadā"),
        ({"place": "40.1, 10.1"}, "nav Latvijā"),
        ({"bio_cert_no": "LV-1"}, "vai atstājiet abus tukšus"),
        ({"bio_valid_to": "2027-01-01"}, "vai atstājiet abus tukšus"),
        ({"bio_valid_to": "rīt"}, "Lūdzu, norādiet dienu"),
        ({"needs_width_m": "plats"}, "skaitli"),
        ({"needs_width_m": "0"}, "lielāku skaitli"),
        ({"needs_power_kw": "nan"}, "skaitli"),
        ({"needs_depth_m": "1e9"}, "mazāku skaitli"),
        ({"since": "1066"}, "lielāku skaitli"),
        ({"kind": "pirate"}, "izvēlieties kādu no šiem"),
        ({"standing": ""}, "izvēlieties kādu no šiem"),
        ({"state": "archived"}, "izvēlieties kādu no šiem"),
        ({"legal_name": "Jānis 121288-10203"}, "personas kod"),
        ({"office_note": "pk 121288-10203"}, "personas kod"),
        ({"farm_address": "121288-10203"}, "personas kod"),
        ({"pvd_no": "x" * 21}, "Lūdzu, saīsiniet"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(
    demo_app, organiser, typed, sentence
):
    said = register(organiser, 422, **typed).get_data(as_text=True)
    assert sentence in said
    assert "Anna Izdomātā" in said or typed == {"contact_person": ""}
    assert vendor_of(demo_app, "saimnieciba-jaunie-veji") is None


def test_an_odd_number_of_the_food_register_is_saved_and_said(demo_app, organiser):
    page = organiser.get(register(organiser, pvd_no="drīz būs").location)
    assert "PVD numurs izskatās neparasts" in page.text
    assert "Trūkst PVD numura" not in page.text
    page = organiser.get(register(organiser, name="Cepēja", phone="", kind="caterer").location)
    assert "Trūkst PVD numura" in page.text
    assert "Nav ne tālruņa numura, ne e-pasta" in page.text


def test_who_may_be_there_already_is_shown_before_saving(demo_app, organiser):
    register(organiser)
    page = organiser.submit(
        organiser.get(NEW), "Reģistrēt tirgotāju", 422, **{**FORM, "state": ["applied"]}
    )
    assert "Vai šis tirgotājs jau ir reģistrā?" in page.text
    assert "tas pats tālruņa numurs" in page.text
    assert page.link("Saimniecība „Jaunie vēji“").endswith("/saimnieciba-jaunie-veji")
    saved = organiser.submit(page, "tomēr saglabāt")
    assert "Tirgotājs ir reģistrēts." in saved.text
    assert vendor_of(demo_app, "saimnieciba-jaunie-veji-2").phone == "+37126123456"


def test_the_registry_is_changed_and_the_address_stays(demo_app, organiser):
    before = vendor_of(demo_app, SLUG)
    typed = whole_form(organiser, name="Dārzi „Aukstās rasas“", reg_no="40003032949")
    organiser.send(f"{PAGE}/dati", typed)
    after = vendor_of(demo_app, SLUG)
    assert (after.name, after.reg_no, after.id) == (
        "Dārzi „Aukstās rasas“",
        "40003032949",
        before.id,
    )
    kept = ("kind", "standing", "parish_code", "since", "farm_lat", "needs_width_m", "seniority")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    log = organiser.get(PAGE).text
    assert "Mainīti reģistra dati" in log
    assert "reģistrācijas numurs:" in log


def test_who_was_slower_sees_both_versions(demo_app, organiser):
    mine = whole_form(organiser, since="1999")
    organiser.send(f"{PAGE}/dati", whole_form(organiser, since="2001", legal_name="SIA „Rasas“"))
    said = organiser.send(f"{PAGE}/dati", mine, 409).get_data(as_text=True)
    assert "2001" in said
    assert 'value="1999"' in said
    assert "SIA „Rasas“" in said
    assert vendor_of(demo_app, SLUG).since == 2001


def placements(app, slug, first):
    vendor_id = identity(vendor_of(app, slug))
    with database_of(app).reading() as session:
        mine = Placement.vendor_id == vendor_id, Placement.day >= first
        return session.exec(select(Placement).where(*mine)).all()


def test_a_vendor_who_is_paused_leaves_the_stalls_and_undoing_brings_them_back(demo_app, organiser):
    had = {(one.day, one.stall_id) for one in placements(demo_app, SLUG, TODAY)}
    assert len(had) > 2
    page = organiser.submit(organiser.get(PAGE), "Apturēt uz laiku")
    assert "Tirgotājs ir apturēts uz laiku. Atbrīvotas vietas: " in page.text
    left = placements(demo_app, SLUG, TODAY)
    assert all(one.day == TODAY for one in left)
    CarefulClient(demo_app).fetch(f"/lv/tirgotaji/{SLUG}", 404)
    organiser.submit(page, "Atcelt")
    assert vendor_of(demo_app, SLUG).state == "approved"
    assert {(one.day, one.stall_id) for one in placements(demo_app, SLUG, TODAY)} == had


def test_today_s_stall_becomes_free_where_that_is_ticked(demo_app, organiser):
    version = str(vendor_of(demo_app, SLUG).version)
    typed = {"state": "paused", "version": version, "today": "1"}
    organiser.send(f"{PAGE}/stavoklis", typed)
    assert placements(demo_app, SLUG, TODAY) == []


def test_who_has_left_comes_in_no_more_and_may_come_back(demo_app, organiser):
    vendor = CarefulClient(demo_app).come_in(SLUG)
    vendor.get("/lv/mans/")
    organiser.submit(organiser.get(PAGE), "Arhivēt: tirgotājs aiziet")
    assert vendor_of(demo_app, SLUG).state == "archived"
    vendor.fetch("/lv/mans/", 302)
    organiser.send(f"{PAGE}/dati", {}, 403)
    organiser.send(f"{PAGE}/kartas-numurs", {}, 403)
    organiser.submit(organiser.get(PAGE), "Atgriezt tirgū")
    assert vendor_of(demo_app, SLUG).state == "approved"
    vendor.fetch("/lv/mans/", 302)


@pytest.mark.parametrize("state", ["applied", "approved", "", "sold_out"])
def test_only_what_the_rule_allows_becomes_of_a_vendor(demo_app, organiser, state):
    organiser.send(f"{PAGE}/stavoklis", {"state": state, "version": "1"}, 422)
    assert vendor_of(demo_app, SLUG).state == "approved"


def test_who_looked_at_an_older_state_changes_nothing(demo_app, organiser):
    page = organiser.get(PAGE)
    organiser.submit(organiser.get(PAGE), "Apturēt uz laiku")
    organiser.submit(page, "Arhivēt: tirgotājs aiziet", 409)
    assert vendor_of(demo_app, SLUG).state == "paused"


def test_the_number_in_the_order_changes_only_with_a_reason(demo_app, organiser):
    before = vendor_of(demo_app, SLUG).seniority
    page = organiser.get(organiser.get(PAGE).link("Mainīt, norādot iemeslu"))
    for typed in (
        {"seniority": "1", "reason": ""},
        {"seniority": "0", "reason": "Tirgojas visilgāk"},
        {"seniority": "", "reason": "Tirgojas visilgāk"},
        {"seniority": "1", "reason": "pk 121288-10203"},
    ):
        organiser.submit(organiser.get(page.address), "Mainīt numuru", 422, **typed)
    assert vendor_of(demo_app, SLUG).seniority == before
    slower = organiser.get(page.address)
    done = organiser.submit(page, "Mainīt numuru", seniority="444", reason="Trīs gadus nebija")
    assert "Iemesls: Trīs gadus nebija" in done.text
    assert vendor_of(demo_app, SLUG).seniority == 444
    organiser.submit(slower, "Mainīt numuru", 409, seniority="5", reason="Par vēlu")
    organiser.submit(done, "Atcelt")
    assert vendor_of(demo_app, SLUG).seniority == before


def found(client, **asked):
    query = "&".join(f"{name.replace('_', '-')}={value}" for name, value in asked.items())
    page = client.get(f"{LIST}?{query}")
    rows = page.main.all("ul", of_class="registry")
    return [one.name for row in rows for one in row.all("a")]


def test_vendors_are_found_by_what_the_office_knows_of_them(demo_app, organiser):
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.reg_no, vendor.phone = "40003032949", "+37126123456"
        vendor.contact_person = "Žanete Šķēle"
        session.add(vendor)
    mine = ["Dārzniecība „Siltrasas“"]
    for typed in ("siltrasas", "40003032949", "26 123 456", "26-123-456", "zanete skele"):
        assert found(organiser, q=typed) == mine, typed
    assert found(organiser, q="%") == []
    assert mine[0] not in found(organiser, bez_zinas=1)
    assert len(found(organiser, stavoklis="applied")) == 2
    assert found(organiser, stavoklis="paused") == ["Medus sēta „Klusie meži“"]
    assert set(found(organiser, bez_kartes=1)) >= set(mine)
    everyone = found(organiser)
    assert len(everyone) == 48
    for chosen in (
        {"grupa": "season"},
        {"veids": "home_producer"},
        {"pagasts": "0051200"},
        {"kategorija": "fish"},
    ):
        assert 0 < len(found(organiser, **chosen)) < 40, chosen
    assert len(found(organiser, stavoklis="no-such", veids="nor-this")) == 48


def test_the_list_goes_by_the_latvian_alphabet_or_by_seniority(demo_app, organiser):
    names = found(organiser)
    assert names == sorted(names, key=sort_key)
    by_order = found(organiser, seciba="kartiba")
    assert sorted(by_order) == sorted(names)
    with database_of(demo_app).reading() as session:
        vendors = {one.name: one for one in session.exec(select(Vendor))}
    classes = ["season", "regular", "guest", "festival"]
    told = [(classes.index(vendors[one].standing), vendors[one].seniority) for one in by_order]
    assert told == sorted(told)


def test_the_whole_registry_is_given_out_as_a_list(organiser):
    csv = organiser.fetch(f"{LIST}.csv").data.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Kods;Nosaukums;")
    assert "siltrasas" in csv
    assert organiser.fetch(f"{LIST}.xlsx").data.startswith(b"PK")


def test_a_reader_looks_and_changes_nothing(demo_app, person_of_office):
    reader = person_of_office("reader")
    assert "Reģistrēt jaunu tirgotāju" not in reader.get(LIST).text
    for address in (f"{PAGE}/stavoklis", f"{PAGE}/dati", f"{PAGE}/kartas-numurs", NEW):
        reader.send(address, {**FORM, "state": "archived"}, 403)
    assert not reader.get(f"{PAGE}/dati").main.all("form")
    assert vendor_of(demo_app, SLUG).state == "approved"
