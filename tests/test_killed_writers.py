"""What the page has acknowledged is kept, whatever happens to the workers a millisecond later."""

import pytest

from tests.killed_writers import BACK_WITHIN_S, kill_and_compare

KILLS = 8

ANSWER_BEFORE_COMMIT = """
import threading
import app.sending
from app.records import SentForm

def done(self, where, said="", *, status=303):
    form = self.session.get_one(SentForm, self.key)
    form.where, form.said, form.status = where, said, status
    answer = app.sending.answer_to(form)
    self.session.rollback()
    return answer

app.sending.Saving.done = done
"""


def test_no_acknowledged_tap_is_lost_or_done_twice_when_workers_are_killed(demo_address, tmp_path):
    balance = kill_and_compare(demo_address, tmp_path, KILLS)
    assert balance.acknowledged > 20
    assert (balance.lost, balance.done_twice, balance.wrong_values, balance.refused) == (0,) * 4
    assert balance.back_after_s < BACK_WITHIN_S * 2


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_a_service_that_answers_before_it_writes_is_caught(demo_address, tmp_path):
    """The twin."""
    balance = kill_and_compare(demo_address, tmp_path, 1, ANSWER_BEFORE_COMMIT)
    assert balance.lost > 0
