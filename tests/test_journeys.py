"""What people do with the service, each as one story: from the paper to the farm, and on."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from app.languages import speaking
from app.paper.signs import signs_on_plan, signs_sheet
from market.places.parishes import PARISHES
from tests.asking import database_of, holders_on
from tests.careful_client import CarefulClient
from tests.reading_paper import codes_of, nearest, texts_of

TUESDAY, SATURDAY = date(2026, 11, 24), date(2027, 7, 17)


def printed_codes(visitor: CarefulClient, number: str) -> list[str]:
    """What a machine reads from the printed signs of a stall, in both sizes."""
    with database_of(visitor.app).reading() as session, speaking("lv"):
        signs = signs_on_plan(session, TUESDAY, visitor.app.config["PUBLIC_URL"])
        chosen = [sign for sign in signs if sign.number == number]
        sheet = signs_sheet(chosen, visitor.app.config["PUBLIC_URL"], datetime(2026, 11, 24, 10))
    pdf = bytes(sheet.output())
    texts = texts_of(pdf)
    codes = codes_of(pdf)
    assert [nearest(code, texts, {number}) for code in codes] == [number, number]
    return [code.text for code in codes]


def test_one_printed_sign_leads_to_two_farms_on_two_days(visitor: CarefulClient):
    """Print a sign, decode its code, open it on the festival's Saturday and on a Tuesday."""
    ordinary, festive = holders_on(visitor.app, TUESDAY), holders_on(visitor.app, SATURDAY)
    number = min(n for n in ordinary if n in festive and ordinary[n].id != festive[n].id)
    page_of_a6, label = printed_codes(visitor, number)
    assert page_of_a6 == label
    assert label.startswith("HTTPS://TIRGUS.EXAMPLE/S/")

    arrived = {}
    for day in (TUESDAY, SATURDAY):
        visitor.app.config["NOW"] = datetime(day.year, day.month, day.day, 10)
        sign = visitor.get(urlsplit(label).path)
        assert "Šodien šeit līdz 14.00" in sign.text or "Šodien būs mazliet vēlāk" in sign.text
        farm = visitor.follow(sign, "Lasīt saimniecības stāstu")
        assert farm.h1 == sign.h1
        arrived[day] = farm.h1

    assert arrived == {TUESDAY: ordinary[number].name, SATURDAY: festive[number].name}
    assert arrived[TUESDAY] != arrived[SATURDAY]


def test_a_visitor_scans_reads_the_story_finds_the_parish_and_others_from_there(
    visitor: CarefulClient,
):
    holders = holders_on(visitor.app, TUESDAY)
    number, holder = next(
        (number, vendor)
        for number, vendor in sorted(holders.items())
        if vendor.parish_code and _have_neighbours(visitor, vendor.parish_code)
    )
    sign = visitor.get(urlsplit(printed_codes(visitor, number)[0]).path)
    assert sign.h1 == holder.name
    farm = visitor.follow(sign, "Lasīt saimniecības stāstu")
    story = farm.main.first("article")
    assert len(story.text.split()) > 250
    parish = visitor.follow(farm, "Vēl no tās pašas puses")
    assert parish.h1 == next(one.name for one in PARISHES if one.code == holder.parish_code)
    others = [
        card.first("h3").text
        for card in parish.main.all("li", of_class="vendor-card")
        if card.first("h3").text != holder.name
    ]
    assert others
    other = visitor.follow(parish, others[0])
    assert other.h1 == others[0]
    assert other.link(parish.h1) == parish.address


def _have_neighbours(visitor: CarefulClient, parish_code: str) -> bool:
    slug = next(one.slug for one in PARISHES if one.code == parish_code)
    return len(visitor.get(f"/lv/pagasti/{slug}").main.all("li", of_class="vendor-card")) > 1


def test_a_visitor_looks_for_honey_and_is_led_to_the_stall(visitor: CarefulClient):
    """Search, read who has it, see the stall on the list and on the plan."""
    found = visitor.get("/lv/tirgotaji?q=medus&sodien=1")
    card = found.main.all("li", of_class="vendor-card")[0]
    farm = visitor.get(card.first("h3").first("a")["href"])
    plate = farm.main.first("a", of_class="plate")
    stalls = visitor.get(plate["href"])
    number = plate["href"].split("#")[1]
    row = stalls.main.first("li", id=number)
    assert "chosen" in row["class"]
    assert farm.h1 in row.text
    plan = visitor.get(stalls.main.first("iframe")["src"])
    assert re.search(rf'"{number}", ?"chosen"', plan.html)


def test_somebody_without_a_camera_types_the_code(visitor: CarefulClient):
    number = min(holders_on(visitor.app, TUESDAY))
    code = printed_codes(visitor, number)[0][-5:]
    field = visitor.follow(visitor.get("/lv/"), "Ierakstīt zīmes kodu")
    form = field.main.first("form")
    name = form.first("input")["name"]
    answer = visitor.fetch(form["action"], 302, query_string={name: code.lower()})
    assert number in visitor.get(answer.location).main.first(of_class="plate").text


def test_a_guest_from_abroad_reads_all_of_it_in_english(visitor: CarefulClient):
    number = min(holders_on(visitor.app, TUESDAY))
    latvian = visitor.get(urlsplit(printed_codes(visitor, number)[0]).path)
    page = visitor.follow(latvian, "English")
    for words in ("Read the farm's story", "Map", "Vendors", "Programme", "Parishes", "Today"):
        page = visitor.get(
            page.link(words) if words in page.html else visitor.get("/en/").link(words)
        )
        assert page.language == "en"
