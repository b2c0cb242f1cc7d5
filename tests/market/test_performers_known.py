"""Who performs: a vendor who performed before stays that vendor under a former name."""

from app.performers import performers_read, with_those_before
from market.programme.bookings import Performer
from market.programme.models import EventPerformer


def test_a_renamed_vendor_is_still_the_performer_of_before():
    now = {"pils nams": 7, "cits nams": 8}
    before = [
        EventPerformer(event_id=1, position=1, name="Vecā Sēta", vendor_id=7),
        EventPerformer(event_id=1, position=2, name="Koris", vendor_id=None),
    ]
    lines = ["Vecā  sēta", "Koris", "Cits nams"]
    told = performers_read(lines, with_those_before(now, before))
    assert [one.vendor_id for one in told] == [7, None, 8]
    assert performers_read(["Vecā Sēta"], now) == [Performer("Vecā Sēta", None)]
