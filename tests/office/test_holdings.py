"""Rights to stalls: given, changed and ended; they count at once on days that are filled."""

from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlmodel import col, select

from app.demo import TEST_TODAY
from market.days.models import Placement, StallHolding
from market.places.models import Stall
from market.standing.holding import counts_on
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from tests.office.test_standing import free_stall, place, without_stall
from vendors.fields import identity
from vendors.registry.models import Vendor

RIGHTS = "/lv/parvalde/vietas/tiesibas"
TUESDAY, FRIDAY = date(2026, 12, 1), date(2026, 12, 4)


def typed(slug: str, stall: str, **more: object) -> dict[str, object]:
    return {
        "vendor": slug, "stall": stall, "weekdays": ["1"], "basis": "contract", "pays": "month",
        "first_day": TEST_TODAY.isoformat(), "last_day": "", **more,
    }  # fmt: skip


def standing(app: Flask, slug: str, stall: str) -> list[tuple[date, str]]:
    """The coming days of a vendor on a stall, with how each came about."""
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Placement.day, Placement.source)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .join(Vendor, col(Vendor.id) == Placement.vendor_id)
            .where(Vendor.slug == slug, Stall.number == stall, Placement.day >= TEST_TODAY)
            .order_by(col(Placement.day))
        )
        return list(rows.all())


def never_placed(app: Flask, stall: str) -> str:
    """A vendor who comes and is nowhere on the first Tuesdays."""
    with database_of(app).reading() as session:
        from market.days.queries import sayings

        said = sayings(session, None, TEST_TODAY, date(2027, 2, 1))
        away = {
            one.id
            for one in session.exec(select(Vendor))
            if any(said.state(identity(one), day) == "absent" for day in (TUESDAY, FRIDAY))
        }
        rows = session.exec(select(Vendor).where(Vendor.state == "approved"))
        return next(one.slug for one in rows if one.id not in away)


def last_right(app: Flask) -> StallHolding:
    with database_of(app).reading() as session:
        return session.exec(select(StallHolding).order_by(col(StallHolding.id).desc())).first()


def test_a_new_right_counts_on_days_that_are_filled_and_names_who_is_in_the_way(
    demo_app: Flask, organiser: CarefulClient
):
    stall = free_stall(demo_app, TUESDAY)
    slug, other = never_placed(demo_app, stall), without_stall(demo_app, TUESDAY)
    organiser.send("/lv/parvalde/vietas/ielikt", {"uz": place(TUESDAY, stall), "tirgotajs": other})
    answer = organiser.send(f"{RIGHTS}/jauna", typed(slug, stall))
    days = standing(demo_app, slug, stall)
    assert len(days) > 4 and {source for _day, source in days} == {"season"}
    assert TUESDAY not in [day for day, _source in days]
    page = organiser.get(answer.location)
    with database_of(demo_app).reading() as session:
        name = session.exec(select(Vendor.name).where(Vendor.slug == other)).one()
    assert name in page.root.text and "1.12." in page.root.text
    # Undone in one go: the right and what it has put.
    organiser.submit(page, "Atcelt")
    assert standing(demo_app, slug, stall) == []


def test_an_end_frees_what_the_right_has_put_and_leaves_what_was_set_by_hand(
    demo_app: Flask, organiser: CarefulClient
):
    by_hand = date(2027, 1, 8)
    free = [{free_stall(demo_app, day, skip) for skip in range(20)} for day in (TUESDAY, by_hand)]
    stall = min(free[0] & free[1])
    slug = never_placed(demo_app, stall)
    organiser.send(f"{RIGHTS}/jauna", typed(slug, stall, anyway="1"))
    organiser.send("/lv/parvalde/vietas/ielikt", {"uz": place(by_hand, stall), "tirgotajs": slug})
    row = last_right(demo_app)
    fields = {"last_day": TUESDAY.isoformat(), "version": row.version}
    organiser.send(f"{RIGHTS}/{row.id}/beigt", fields)
    days = standing(demo_app, slug, stall)
    assert all(day <= TUESDAY or source == "hand" for day, source in days)
    assert (by_hand, "hand") in days
    organiser.send(f"{RIGHTS}/{row.id}/beigt", {"last_day": "2020-01-01"}, 422)


def test_a_changed_right_leaves_the_old_stall_and_keeps_what_was_released_by_hand(
    demo_app: Flask, organiser: CarefulClient
):
    first, second = free_stall(demo_app, TUESDAY), free_stall(demo_app, TUESDAY, 1)
    slug = never_placed(demo_app, first)
    organiser.send(f"{RIGHTS}/jauna", typed(slug, first))
    with changing(demo_app) as session:
        row = session.exec(
            select(Placement)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .where(Placement.day == TUESDAY, Stall.number == first)
        ).one()
        session.delete(row)
    right = last_right(demo_app)
    more = typed(slug, first, pays="season", version=right.version)
    organiser.send(f"{RIGHTS}/{right.id}", more)
    assert TUESDAY not in [day for day, _source in standing(demo_app, slug, first)]
    more = typed(slug, second, version=right.version + 1, weekdays=["1", "4"], anyway="1")
    organiser.send(f"{RIGHTS}/{right.id}", more)
    assert standing(demo_app, slug, first) == []
    days = [day for day, _source in standing(demo_app, slug, second)]
    assert {day.weekday() for day in days} <= {1, 4} and TUESDAY in days
    assert all(counts_on(last_right(demo_app), day) for day in days)


def test_two_who_hold_one_stall_are_named_before_and_after(
    demo_app: Flask, organiser: CarefulClient
):
    with database_of(demo_app).reading() as session:
        row, stall, holder = session.exec(
            select(StallHolding, Stall, Vendor)
            .join(Stall, col(Stall.id) == StallHolding.stall_id)
            .join(Vendor, col(Vendor.id) == StallHolding.vendor_id)
        ).first()
        weekday = next(day for day in range(7) if row.weekdays >> day & 1)
        other = session.exec(
            select(Vendor.slug).where(Vendor.state == "approved", Vendor.id != holder.id)
        ).first()
    fields = typed(other, stall.number, weekdays=[str(weekday)])
    said = organiser.send(f"{RIGHTS}/jauna", fields, 422).get_data(as_text=True)
    assert holder.name in said and 'name="anyway"' in said
    organiser.send(f"{RIGHTS}/jauna", {**fields, "anyway": "1"})
    page = organiser.get(RIGHTS)
    assert holder.name in page.main.all("section")[0].text


def test_what_does_not_fit_is_said_next_to_the_field(demo_app: Flask, organiser: CarefulClient):
    slug = never_placed(demo_app, "")
    for more in (
        {"stall": "Z99"}, {"vendor": "nobody"}, {"weekdays": []}, {"basis": "gift"},
        {"first_day": ""}, {"first_day": "soon"}, {"last_day": "2020-01-01"}, {"pays": "never"},
    ):  # fmt: skip
        free = free_stall(demo_app, TUESDAY)
        answer = organiser.send(f"{RIGHTS}/jauna", typed(slug, free) | more, 422)
        assert 'class="error"' in answer.get_data(as_text=True), more


def test_of_two_who_change_one_right_the_second_sees_both(
    demo_app: Flask, organiser: CarefulClient
):
    stall = free_stall(demo_app, TUESDAY)
    slug = never_placed(demo_app, stall)
    organiser.send(f"{RIGHTS}/jauna", typed(slug, stall))
    right = last_right(demo_app)
    organiser.send(f"{RIGHTS}/{right.id}", typed(slug, stall, pays="day", version=right.version))
    answer = organiser.send(
        f"{RIGHTS}/{right.id}", typed(slug, stall, pays="season", version=right.version), 409
    )
    said = answer.get_data(as_text=True)
    assert "maksā par dienu" in said
    assert f'name="version" value="{right.version + 1}"' in said
    organiser.send(
        f"{RIGHTS}/{right.id}", typed(slug, stall, pays="season", version=right.version + 1)
    )
    assert last_right(demo_app).pays == "season"


def test_readers_see_rights_and_cannot_change_them(
    demo_app: Flask, person_of_office: Callable[..., CarefulClient]
):
    reader = person_of_office("reader")
    reader.get(RIGHTS)
    reader.get(f"{RIGHTS}/1")
    reader.send(f"{RIGHTS}/1/beigt", {"last_day": "2026-12-01"}, 403)
