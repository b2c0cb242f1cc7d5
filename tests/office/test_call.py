"""The office writes a festival's call, publishes it, and everybody reads it before it opens."""

from flask import Flask

from tests.careful_client import CarefulClient

HOME = "/lv/parvalde/svetki"
ROSES = f"{HOME}/rozu-svetki-2027"
FIELDS = {
    "opens_on": "2027-08-01", "opens_at": "09:00", "closes_on": "2027-08-20", "closes_at": "18:00",
    "intro.lv": "Aicinām!", "criteria.lv": "Pašu gatavotais pirmais.", "lot": "Mārtiņa gailis",
}  # fmt: skip


def test_a_festival_gets_a_call_that_is_read_only_when_published(
    demo_app: Flask, organiser: CarefulClient
):
    made = organiser.submit(
        organiser.get(HOME), "Pievienot svētkus",
        **{"name.lv": "Mārtiņdienas tirgus", "first_day": "2027-11-06",
           "last_day": "2027-11-07", "intro.lv": "Zosis un dziesmas."},
    )  # fmt: skip
    address = made.address.partition("?")[0]
    assert address.endswith("/martindienas-tirgus")
    public = "/lv/svetki/martindienas-tirgus/pieteiksanas"
    page = organiser.submit(organiser.get(f"{address}/uzsaukums"), "Saglabāt", **FIELDS)
    organiser.submit(page, "Publicēt uzsaukumu", 422)
    organiser.fetch(public, 404)
    zones = organiser.get(f"{address}/uzsaukums")
    ring = next(box["value"] for box in zones.main.all("input") if box["name"] == "zone")
    organiser.submit(zones, "Saglabāt zonas", zone=[ring])
    group = organiser.get(f"{address}/uzsaukums/grupas")
    organiser.submit(group, "Saglabāt", category="crafts", max_stalls="5")
    organiser.submit(organiser.get(f"{address}/uzsaukums"), "Publicēt uzsaukumu")
    said = organiser.get(public)
    assert "Līdz sākumam" in said.text and "Mārtiņa gailis" in said.text


def test_lists_are_added_changed_and_taken_away(demo_app: Flask, organiser: CarefulClient):
    new = organiser.get(f"{ROSES}/uzsaukums/cenas")
    organiser.submit(new, "Saglabāt", 422, **{"name.lv": "Nams", "cents": "daudz"})
    organiser.submit(
        new, "Saglabāt", **{"name.lv": "Lietussargs", "unit": "place_festival", "cents": "12,50"}
    )
    page = organiser.get(f"{ROSES}/uzsaukums")
    assert "12,50 €" in page.text
    organiser.submit(organiser.follow(page, "Lietussargs"), "Izņemt no saraksta")
    assert "Lietussargs" not in organiser.get("/lv/svetki/rozu-svetki-2027/pieteiksanas").text
    twice = organiser.get(f"{ROSES}/uzsaukums/grupas")
    organiser.submit(twice, "Saglabāt", 422, category="honey")


def test_a_festival_that_is_over_promises_no_programme(organiser: CarefulClient):
    page = organiser.get("/lv/svetki/rozu-svetki-2026").text
    assert "Šie svētki ir beigušies" in page
    assert "Programmu paziņosim" not in page


def test_the_call_and_the_rules_tell_the_same_order(organiser: CarefulClient):
    order = ("kam ir visi dokumenti", "vairākos iepriekšējos svētkos", "nav ieradies nepaziņojot")
    for address in ("/lv/svetki/rozu-svetki-2027/pieteiksanas", "/lv/noteikumi"):
        page = organiser.get(address).text
        assert sorted(order, key=page.index) == list(order)
