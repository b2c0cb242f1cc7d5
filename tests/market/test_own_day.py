"""What a vendor says of an own day, and when a sign is the own one."""

from datetime import date

import pytest

from market.days.models import Placement, Presence
from market.days.own_day import PresenceTap, is_own_sign, presence_tapped

TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("kept", "usual", "state", "seen", "tap"),
    [
        (None, "expected", "present", "expected", PresenceTap("present", is_new=True)),
        (None, "absent", "present", "absent", PresenceTap("present", is_new=True)),
        (None, "absent", "absent", "absent", PresenceTap("absent")),
        ("late", "expected", "present", "late", PresenceTap("present", is_change=True)),
        ("late", "absent", "present", "late", PresenceTap("present", is_change=True)),
        ("present", "expected", "present", "expected", PresenceTap("present")),
        ("absent", "expected", "present", "expected", PresenceTap("present", stale=True)),
        (None, "expected", "present", "absent", PresenceTap("present", stale=True)),
    ],
)
def test_presence_is_said_over_what_was_seen(
    kept: str | None, usual: str, state: str, seen: str, tap: PresenceTap
):
    row = Presence(vendor_id=1, day=TUESDAY, state=kept) if kept else None
    assert presence_tapped(row, usual, state, seen) == tap


@pytest.mark.parametrize(
    ("stall", "is_market_on", "own"),
    [(1, True, True), (2, True, False), (2, False, True), (3, False, False), (9, False, False)],
)
def test_a_sign_is_the_own_one_today_and_on_a_closed_day_for_the_next(
    stall: int, is_market_on: bool, own: bool
):
    placements = [
        Placement(day=day, stall_id=number, vendor_id=1)
        for day, number in ((TUESDAY, 1), (FRIDAY, 2), (SATURDAY, 3))
    ]
    assert is_own_sign(stall, placements, TUESDAY, is_market_on=is_market_on) is own
