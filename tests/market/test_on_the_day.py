"""The market day: what a tap changes, whose place may be released when, who waits before whom."""

from datetime import UTC, date, datetime, time

import pytest

from market.days.models import Presence, Waiting
from market.on_the_day.arrivals import ArrivalTap, Progress, arrival_tapped, progress
from market.on_the_day.release import Release, release_of
from market.on_the_day.waiting import in_order
from vendors.registry.models import Vendor

DAY = date(2026, 11, 24)
HALF_PAST_EIGHT = time(8, 30)


def said(state: str, no_show: bool = False) -> Presence:
    return Presence(vendor_id=1, day=DAY, state=state, no_show=no_show)


@pytest.mark.parametrize(
    ("row", "usual", "state", "seen", "tap"),
    [
        (None, "expected", "present", "expected", ArrivalTap("present", is_new=True)),
        (None, "expected", "absent", "expected", ArrivalTap("absent", no_show=True, is_new=True)),
        (None, "absent", "absent", "absent", ArrivalTap("absent", no_show=True)),
        (None, "absent", "present", "absent", ArrivalTap("present", is_new=True)),
        (said("late"), "expected", "present", "late", ArrivalTap("present", is_change=True)),
        (
            said("late"),
            "expected",
            "absent",
            "late",
            ArrivalTap("absent", no_show=True, is_change=True),
        ),
        (said("absent"), "expected", "absent", "expected", ArrivalTap("absent", no_show=True)),
        (
            said("absent", no_show=True),
            "expected",
            "present",
            "absent",
            ArrivalTap("present", is_change=True),
        ),
        (said("present"), "expected", "late", "expected", ArrivalTap("late", stale=True)),
        (said("present"), "expected", "present", "expected", ArrivalTap("present")),
    ],
)
def test_what_a_tap_of_the_office_does(
    row: Presence | None, usual: str, state: str, seen: str, tap: ArrivalTap
) -> None:
    """Nothing is written where neither `is_new` nor `is_change` stands."""
    assert arrival_tapped(row, usual, state, seen) == tap


@pytest.mark.parametrize(
    ("state", "now", "release"),
    [
        ("present", time(6, 0), Release(may=False)),
        ("present", time(12, 0), Release(may=False)),
        ("absent", time(6, 0), Release(may=True)),
        ("expected", time(8, 29), Release(may=False, from_hour=HALF_PAST_EIGHT, no_show=True)),
        ("expected", time(8, 30), Release(may=True, from_hour=HALF_PAST_EIGHT, no_show=True)),
        ("late", time(8, 29), Release(may=False, from_hour=HALF_PAST_EIGHT)),
        ("late", time(9, 0), Release(may=True, from_hour=HALF_PAST_EIGHT)),
    ],
)
def test_whose_place_may_be_released_when(state: str, now: time, release: Release) -> None:
    assert release_of(state, now, HALF_PAST_EIGHT) == release


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ([], Progress(0, 0, 0)),
        (["present", "late", "expected", "absent"], Progress(1, 3, 2)),
        (["present", "present"], Progress(2, 2, 0)),
    ],
)
def test_how_the_morning_stands(states: list[str], found: Progress) -> None:
    assert progress(states) == found


def asker(number: int, standing: str, seniority: int, minute: int) -> tuple[Waiting, Vendor]:
    since = datetime(2026, 11, 24, 4, minute, tzinfo=UTC)
    return (
        Waiting(id=number, vendor_id=number, day=DAY, since=since),
        Vendor(id=number, slug=f"v{number}", name="V", standing=standing, seniority=seniority),
    )


def test_who_waits_comes_by_class_then_seniority_then_time() -> None:
    askers = [
        asker(1, "guest", 5, 0),
        asker(2, "regular", 900, 30),
        asker(3, "regular", 7, 50),
        asker(4, "season", 1000, 59),
        asker(5, "regular", 900, 10),
        asker(6, "festival", 1, 0),
    ]
    assert [vendor.id for _waiting, vendor in in_order(askers)] == [4, 3, 5, 2, 1, 6]
