"""The plan editor: what is drawn counts from a day on, and nothing of others is lost."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import col, select

from app.keeping.checks import findings
from market.days.models import Placement, StallHolding
from market.places.models import Amenity, PlanPicture, Site, Stall, StallOnPlan, Zone
from market.places.queries import plan_of
from tests.asking import changing, database_of

TODAY, MAY = date(2026, 11, 24), date(2027, 5, 1)


def asked(app, query):
    with database_of(app).reading() as session:
        return session.exec(query).all()


def stall_id(app, number):
    [found] = asked(app, select(Stall.id).where(Stall.number == number))
    return found


def periods(app, number):
    return [
        (row.valid_from, row.valid_to, row.x_m, row.y_m)
        for row in asked(
            app,
            select(StallOnPlan)
            .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
            .where(Stall.number == number)
            .order_by(col(StallOnPlan.valid_from)),
        )
    ]


def on_plan(app, slug, day):
    with database_of(app).reading() as session:
        site = session.exec(select(Site).where(Site.slug == slug)).one()
        return {
            stall.number: (zone.code, spot.row, spot.position, spot.x_m, spot.y_m, spot.angle_deg)
            for spot, stall, zone in plan_of(session, site.id, day)
        }


def zone_id(app, code):
    [found] = asked(app, select(Zone.id).where(Zone.code == code))
    return found


def nobody_stands(app, *numbers):
    """Take placements and rights away, so that stalls can be taken off the plan."""
    with changing(app) as session:
        ids = session.exec(select(Stall.id).where(col(Stall.number).in_(numbers))).all()
        for table in (Placement, StallHolding):
            for row in session.exec(select(table).where(col(table.stall_id).in_(ids))):
                session.delete(row)


def wrong_periods(app, tmp_path):
    with database_of(app).reading() as session:
        return [one for one in findings(session, tmp_path) if one.kind == "overlap"]


def test_a_plan_is_drawn_from_nothing(demo_app, organiser):
    page = organiser.submit(
        organiser.get("/lv/parvalde/plans/jauns-laukums"),
        "Izveidot laukumu",
        **{"name.lv": "Skolas laukums", "width_m": "60", "height_m": "40,5"},
    )
    assert page.h1 == "Plāns: Skolas laukums"
    page = organiser.submit(
        organiser.get(page.link("Jauna zona")),
        "Izveidot zonu",
        **{"code": "q", "name.lv": "Galdi", "power_kw": "12,5"},
    )
    page = organiser.get(page.address.replace("zona=", "teikts=12+galdi+pa+2+m+no+Q1&zona="))
    filled = {one["name"]: one["value"] for one in page.main.all("input")}
    assert (filled["count"], filled["width_m"], filled["first"]) == ("12", "2", "Q1")
    page = organiser.submit(page, "Izveidot rindu", x_m="3", y_m="5", gap_m="0,5", row="A")
    assert page.h1 == "Rinda A"
    found = on_plan(demo_app, "skolas-laukums", TODAY)
    assert list(found) == [f"Q{one}" for one in range(1, 13)] or len(found) == 12
    assert found["Q1"] == ("Q", "A", 1, 3, 5, 0)
    assert found["Q12"] == ("Q", "A", 12, 30.5, 5, 0)
    plan = organiser.get("/lv/parvalde/plans?laukums=skolas-laukums")
    assert plan.html.count("data-stall=") == 12
    organiser.submit(page, "Atcelt")
    assert on_plan(demo_app, "skolas-laukums", TODAY) == {}


def test_a_change_counts_from_its_day_on(demo_app, organiser, tmp_path):
    [(since, until, x, y)] = periods(demo_app, "A3")
    address = f"/lv/parvalde/plans/vieta/{stall_id(demo_app, 'A3')}?no={MAY}"
    organiser.submit(organiser.get(address), "Saglabāt", x_m="31,5", power_kw="2")
    assert periods(demo_app, "A3") == [
        (since, date(2027, 4, 30), x, y),
        (MAY, until, 31.5, y),
    ]
    organiser.submit(organiser.get(address), "Saglabāt", x_m="32")
    assert periods(demo_app, "A3")[1] == (MAY, until, 32, y)
    assert on_plan(demo_app, "tirgus", TODAY)["A3"][3] == x
    assert wrong_periods(demo_app, tmp_path) == []


def moves(page):
    """What the script would know of the drawing: stalls by identity."""
    known = page.main.first("section", id="plan-editor")["data-stalls"].split()
    return {int(one.split(":")[0]): one.split(":") for one in known}


def test_what_was_dragged_is_saved_together_and_undone_together(demo_app, organiser):
    before = on_plan(demo_app, "tirgus", TODAY)
    page = organiser.get("/lv/parvalde/plans")
    known, site = moves(page), asked(demo_app, select(Site.id).where(Site.slug == "tirgus"))[0]
    sent = {}
    for number, x in (("A1", 13.5), ("A2", 16.5)):
        _id, key, version, _row = known[stall_id(demo_app, number)]
        sent[f"moved-s{key}"] = f"s {key} {version} {x} 41 90"
    [tree] = asked(demo_app, select(Amenity).where(Amenity.kind == "entrance").limit(1))
    sent[f"moved-a{tree.id}"] = f"a {tree.id} {tree.version} 1.5 -0.5"
    answer = organiser.send(f"/lv/parvalde/plans/{site}/parvietot", {**sent, "no": str(TODAY)})
    after = on_plan(demo_app, "tirgus", TODAY)
    assert after["A1"][3:] == (13.5, 41, 90)
    assert after["A2"][3:] == (16.5, 41, 90)
    assert {name: here for name, here in after.items() if before[name] != here}.keys() == {
        "A1",
        "A2",
    }
    organiser.submit(organiser.get(answer.location), "Atcelt")
    assert on_plan(demo_app, "tirgus", TODAY) == before


def test_who_is_late_sees_both_places_and_chooses(demo_app, organiser, person_of_office):
    page = organiser.get("/lv/parvalde/plans")
    known = moves(page)
    site = asked(demo_app, select(Site.id).where(Site.slug == "tirgus"))[0]
    _id, key, version, _row = known[stall_id(demo_app, "A1")]
    _id, other, its, _row = known[stall_id(demo_app, "A2")]
    address = f"/lv/parvalde/plans/{site}/parvietot"
    person_of_office("head").send(address, {f"moved-s{key}": f"s {key} {version} 20 20 0"})
    wish = {f"moved-s{key}": f"s {key} {version} 30 30 0"}
    wish[f"moved-s{other}"] = f"s {other} {its} 33 33 0"
    answer = organiser.send(address, wish, 409)
    text = answer.get_data(as_text=True)
    assert "A1" in text and "20 m" in text and "30 m" in text
    assert on_plan(demo_app, "tirgus", TODAY)["A2"][3] != 33
    now = asked(
        demo_app, select(StallOnPlan).where(StallOnPlan.stall_id == int(stall_id(demo_app, "A1")))
    )
    renewed = max(now, key=lambda one: one.valid_from)
    assert f"s {renewed.id} {renewed.version} 30 30 0" in text
    wish[f"moved-s{key}"] = f"s {renewed.id} {renewed.version} 30 30 0"
    organiser.send(address, wish)
    found = on_plan(demo_app, "tirgus", TODAY)
    assert (found["A1"][3], found["A2"][3]) == (30, 33)


def test_a_stall_on_which_somebody_counts_stays_and_says_who(demo_app, organiser):
    number = next(
        stall.number
        for stall, _row in asked(
            demo_app,
            select(Stall, Placement)
            .join(Placement, col(Placement.stall_id) == Stall.id)
            .where(Placement.day >= TODAY)
            .limit(1),
        )
    )
    one = stall_id(demo_app, number)
    page = organiser.get(f"/lv/parvalde/plans/vieta/{one}")
    assert "Kāds ar šo vietu rēķinās" in page.text
    organiser.send(f"/lv/parvalde/plans/vieta/{one}/nonemt", {"no": str(TODAY)}, 422)
    nobody_stands(demo_app, number)
    organiser.send(f"/lv/parvalde/plans/vieta/{one}/nonemt", {"no": str(MAY)})
    assert periods(demo_app, number)[-1][1] == date(2027, 4, 30)
    assert number not in on_plan(demo_app, "tirgus", MAY)


def test_a_stall_that_was_taken_off_comes_back_with_its_sign(demo_app, organiser, tmp_path):
    nobody_stands(demo_app, "A4")
    one = stall_id(demo_app, "A4")
    was = on_plan(demo_app, "tirgus", TODAY)["A4"]
    organiser.send(f"/lv/parvalde/plans/vieta/{one}/nonemt", {"no": str(TODAY)})
    site = asked(demo_app, select(Site.id).where(Site.slug == "tirgus"))[0]
    page = organiser.get(f"/lv/parvalde/plans/{site}/jauna-vieta?no={MAY}")
    organiser.submit(
        page, "Likt plānā", number="A4", zone=str(zone_id(demo_app, was[0])), row="A",
        position="4", x_m="22", y_m="40",
    )  # fmt: skip
    assert stall_id(demo_app, "A4") == one
    assert "A4" not in on_plan(demo_app, "tirgus", TODAY)
    assert on_plan(demo_app, "tirgus", MAY)["A4"] == (was[0], "A", 4, 22, 40, 0)
    assert wrong_periods(demo_app, tmp_path) == []
    again = organiser.get(f"/lv/parvalde/plans/{site}/jauna-vieta?no={MAY}")
    said = organiser.submit(again, "Likt plānā", 422, number="A4", row="Z", position="1")
    assert "Šis numurs ir citai vietai." in said.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("x_m", "nan"),
        ("x_m", "1e9"),
        ("width_m", "0"),
        ("width_m", "99"),
        ("position", "0"),
        ("position", "2"),
        ("number", "ABCD12"),
        ("number", "A2"),
        ("zone", "0"),
        ("kind", "castle"),
        ("row", ""),
        ("row", "much too long"),
        ("angle_deg", "north"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(demo_app, organiser, field, value):
    page = organiser.get(f"/lv/parvalde/plans/vieta/{stall_id(demo_app, 'A1')}")
    said = organiser.submit(page, "Saglabāt", 422, **{field: value})
    assert said.main.all("p", of_class="error")
    assert on_plan(demo_app, "tirgus", TODAY)["A1"][3] == 13


def test_two_who_change_one_stall_see_each_other(demo_app, organiser, person_of_office):
    address = f"/lv/parvalde/plans/vieta/{stall_id(demo_app, 'A1')}?no={MAY}"
    page = organiser.get(address)
    other = person_of_office("head")
    other.submit(other.get(address), "Saglabāt", y_m="44")
    late = organiser.submit(page, "Saglabāt", 409, y_m="45")
    assert "Pa to laiku" in late.text and "44" in late.text
    organiser.submit(late, "Saglabāt")
    assert on_plan(demo_app, "tirgus", MAY)["A1"][4] == 45


def row_page(app, organiser, row="A", code="G", day=TODAY):
    return organiser.get(f"/lv/parvalde/plans/zona/{zone_id(app, code)}/rinda?rinda={row}&no={day}")


def test_a_row_is_moved_and_turned_as_one(demo_app, organiser):
    organiser.submit(
        row_page(demo_app, organiser, day=MAY), "Pārvietot rindu", right="1,5", down="-2"
    )
    assert on_plan(demo_app, "tirgus", MAY)["A1"][3:] == (14.5, 38, 0)
    assert on_plan(demo_app, "tirgus", TODAY)["A1"][3:] == (13, 40, 0)
    organiser.submit(row_page(demo_app, organiser, day=MAY), "Pārvietot rindu", degrees="90")
    found = on_plan(demo_app, "tirgus", MAY)
    assert found["A1"][3] == found["A14"][3]
    assert found["A1"][5] == 90


def test_a_row_is_copied_with_numbers_of_its_own(demo_app, organiser):
    page = row_page(demo_app, organiser)
    taken = organiser.submit(page, "Kopēt rindu", 422, copy_row="D", copy_first="A5")
    assert "A5 jau ir" in taken.text
    organiser.submit(page, "Kopēt rindu", copy_row="D", copy_first="D1", copy_down="8")
    found = on_plan(demo_app, "tirgus", TODAY)
    assert found["D1"] == ("G", "D", 1, 13, 48, 0)
    assert found["D14"][2] == 14


def test_numbers_change_at_once_and_say_which_signs_to_print(demo_app, organiser):
    before = stall_id(demo_app, "A1")
    zone = zone_id(demo_app, "G")
    address = f"/lv/parvalde/plans/zona/{zone}/numuri?rinda=A&pirmais="
    assert "Šis numurs jau ir citai vietai: B1." in organiser.get(address + "B1").text
    page = organiser.get(address + "A2")
    assert "14 lietotu zīmju" in page.text
    organiser.submit(page, "Numurēt no jauna")
    assert stall_id(demo_app, "A2") == before
    assert "A1" not in on_plan(demo_app, "tirgus", TODAY)
    assert len([one for one in on_plan(demo_app, "tirgus", TODAY) if one[0] == "A"]) == 14


def test_places_are_counted_as_stalls_stand(demo_app, organiser):
    with changing(demo_app) as session:
        spots = {
            number: session.exec(
                select(StallOnPlan).where(StallOnPlan.stall_id == stall_id(demo_app, number))
            ).one()
            for number in ("A2", "A3")
        }
        spots["A2"].x_m, spots["A3"].x_m = spots["A3"].x_m, spots["A2"].x_m
        session.add_all(spots.values())
    organiser.submit(row_page(demo_app, organiser), "Skaitīt vietas")
    found = on_plan(demo_app, "tirgus", TODAY)
    assert (found["A2"][2], found["A3"][2]) == (3, 2)


def test_a_row_off_the_plan_and_back_by_undoing(demo_app, organiser):
    numbers = [f"A{one}" for one in range(1, 15)]
    before = on_plan(demo_app, "tirgus", TODAY)
    assert "rēķinās" in row_page(demo_app, organiser).text
    nobody_stands(demo_app, *numbers)
    page = organiser.submit(row_page(demo_app, organiser), "Noņemt rindu A no plāna")
    assert not set(numbers) & set(on_plan(demo_app, "tirgus", TODAY))
    organiser.submit(page, "Atcelt")
    assert on_plan(demo_app, "tirgus", TODAY) == before


def test_a_passage_is_put_changed_and_taken_away(demo_app, organiser):
    site = asked(demo_app, select(Site.id).where(Site.slug == "tirgus"))[0]
    page = organiser.get(f"/lv/parvalde/plans/{site}/cits?no={TODAY}")
    bad = organiser.submit(page, "Likt plānā", 422, points="13,5 un 40")
    assert bad.main.all("p", of_class="error")
    organiser.submit(page, "Likt plānā", kind=["tree"], points="13,5; 40")
    plan = organiser.get("/lv/parvalde/plans")
    assert "A1" in plan.main.first("ul", of_class="findings").text
    [tree] = asked(
        demo_app,
        select(Amenity).where(Amenity.kind == "tree").order_by(col(Amenity.id).desc()).limit(1),
    )
    page = organiser.get(f"/lv/parvalde/plans/cits/{tree.id}?no={MAY}")
    organiser.submit(page, "Saglabāt", points="3; 3")
    rows = asked(demo_app, select(Amenity).where(Amenity.kind == "tree").order_by(col(Amenity.id)))
    assert [(one.valid_to, one.points) for one in rows[-2:]] == [
        (date(2027, 4, 30), [[13.5, 40.0]]),
        (None, [[3.0, 3.0]]),
    ]
    page = organiser.get(f"/lv/parvalde/plans/cits/{rows[-1].id}?no={MAY}")
    organiser.submit(page, "Noņemt no plāna")
    assert len(asked(demo_app, select(Amenity).where(Amenity.kind == "tree"))) == len(rows) - 1


def picture(wide=400, high=200):
    written = BytesIO()
    Image.new("RGB", (wide, high), "#88aa66").save(written, "PNG")
    written.seek(0)
    return written, "laukums.png"


def test_a_picture_lies_under_the_plan_for_the_office_alone(demo_app, organiser, client, tmp_path):
    site = asked(demo_app, select(Site).where(Site.slug == "tirgus"))[0]
    address = f"/lv/parvalde/plans/{site.id}/attels"
    organiser.send(address, {"picture": (BytesIO(b"GIF89a no picture"), "x.png")}, 422)
    organiser.send(address, {"picture": picture()})
    file = organiser.fetch(f"{address}.webp")
    assert file.mimetype == "image/webp"
    assert file.headers["Cache-Control"] == "no-store"
    assert client.fetch(f"{address}.webp", 302).location
    plan = organiser.get("/lv/parvalde/plans")
    assert "attels.webp" in plan.html
    page = organiser.submit(
        organiser.get(address), "Novietot",
        ax="0", ay="0", bx="100", by="0", at_ax="10", at_ay="10", at_bx="10", at_by="60",
    )  # fmt: skip
    assert "Saglabāts" in page.text
    [row] = asked(demo_app, select(PlanPicture))
    assert (row.metres_per_pixel, row.angle_deg, row.x_m, row.y_m) == (0.125, 90, -2.5, 35)
    [digest] = {row.digest}
    with database_of(demo_app).reading() as session:
        lost = [one for one in findings(session, tmp_path / "x") if one.where.startswith(digest)]
    assert lost
    organiser.submit(organiser.get(address), "Noņemt attēlu")
    organiser.fetch(f"{address}.webp", 404)


def test_tidying_leaves_the_picture_under_a_plan(demo_app, organiser):
    import os

    from app.keeping.tidying import remove_unused_files

    site = asked(demo_app, select(Site).where(Site.slug == "tirgus"))[0]
    organiser.send(f"/lv/parvalde/plans/{site.id}/attels", {"picture": picture(300, 150)})
    data = demo_app.config["SETTINGS"].data_dir
    for file in (data / "photographs").iterdir():
        os.utime(file, (0, 0))
    with changing(demo_app) as session:
        remove_unused_files(session, data)
    organiser.fetch(f"/lv/parvalde/plans/{site.id}/attels.webp")


def test_readers_look_and_change_nothing(demo_app, person_of_office):
    reader = person_of_office("reader")
    page = reader.get("/lv/parvalde/plans")
    assert 'data-act="1"' not in page.html
    assert not [one for one in page.main.all("form") if one["method"] == "post"]
    site = asked(demo_app, select(Site.id))[0]
    reader.send(f"/lv/parvalde/plans/{site}/parvietot", {}, 403)
