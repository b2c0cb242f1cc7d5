"""The signs at the office's desk: issued, put out of use, printed, and spare ones hung up."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, delete, select

from app.database import database
from market.days.models import Placement
from market.days.queries import presences_on
from market.evidence.models import Opening
from market.signs.models import Sign
from market.signs.queries import signs_silent, spare_signs
from market.signs.silence import LEAST_DAYS
from tests.careful_client import CarefulClient
from tests.office.test_patrol import code_of
from tests.office.test_payments import TODAY
from tests.reading_paper import codes_of, texts_of

PAGE = "/lv/parvalde/zimes"
SPARES = f"{PAGE}/rezerve"
ELEVEN = datetime(2026, 11, 24, 11, 30)


def sign_of(app: Flask, code: str) -> Sign:
    with app.app_context(), database().reading() as session:
        return session.exec(select(Sign).where(Sign.code == code)).one()


def spares(app: Flask) -> list[str]:
    with app.app_context(), database().reading() as session:
        return [sign.code for sign in spare_signs(session)]


def test_a_sign_goes_out_of_use_with_words_and_a_new_one_hangs_there(
    organiser: CarefulClient, demo_app: Flask, client: CarefulClient
) -> None:
    old = code_of(demo_app, "A5")
    sent = {"lv": "Galds pārcelts.", "en": "The table has moved.", "new": "1"}
    organiser.send(f"{PAGE}/{sign_of(demo_app, old).id}/anulet", sent)
    assert "Galds pārcelts." in client.get(f"/S/{old}").text
    new = code_of(demo_app, "A5")
    assert new != old
    assert "A5" in client.get(f"/S/{new}").text


def test_without_a_new_one_the_stall_is_without_a_sign_until_one_is_issued(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    sign = sign_of(demo_app, code_of(demo_app, "A5"))
    organiser.send(f"{PAGE}/{sign.id}/anulet", {"lv": "", "en": ""})
    page = organiser.get(f"{PAGE}?stavoklis=none")
    assert "A5" in page.text
    organiser.submit(page, "Izdot zīmi")
    assert code_of(demo_app, "A5") != sign.code


def test_the_list_tells_how_each_sign_is(organiser: CarefulClient) -> None:
    worn = organiser.get(f"{PAGE}?stavoklis=worn")
    assert ("A5" in worn.text, "S2" in worn.text, "A6" in worn.text) == (True, True, False)


def test_the_chosen_signs_are_printed(organiser: CarefulClient, demo_app: Flask) -> None:
    code = code_of(demo_app, "A5")
    paper = organiser.fetch(f"{PAGE}/zimes.pdf?zime={code}").data
    assert {found.text.rpartition("/")[2] for found in codes_of(paper)} == {code}


def test_a_spare_sign_hangs_nowhere_until_it_is_given_to_a_stall(
    organiser: CarefulClient, demo_app: Flask, client: CarefulClient
) -> None:
    organiser.send(SPARES, {"number": "3"})
    first, *rest = spares(demo_app)
    assert len(rest) == 2
    assert "nekur nekarājas" in client.get(f"/S/{first}").h1
    old = code_of(demo_app, "A5")
    organiser.send(f"{SPARES}/piekart", {"code": first.lower(), "stall": "a5"})
    assert code_of(demo_app, "A5") == first
    assert sign_of(demo_app, old).retired_on == TODAY
    assert "A5" in client.get(f"/S/{first}").text
    assert spares(demo_app) == rest


def test_spare_signs_are_printed_with_a_line_for_the_number(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    organiser.send(SPARES, {"number": "2"})
    paper = organiser.fetch(f"{SPARES}.pdf").data
    codes = {found.text.rpartition("/")[2] for found in codes_of(paper)}
    assert codes == set(spares(demo_app))
    assert not any(found.text in ("A1", "P1") for found in texts_of(paper))


@pytest.mark.parametrize("typed", ["", "0", "41", "-1", "x", "٣"])
def test_no_odd_number_of_spare_signs_is_made(
    organiser: CarefulClient, demo_app: Flask, typed: str
) -> None:
    organiser.send(SPARES, {"number": typed}, 422)
    assert spares(demo_app) == []


def test_a_sign_that_hangs_is_no_spare_one(organiser: CarefulClient, demo_app: Flask) -> None:
    sent = {"code": code_of(demo_app, "A5"), "stall": "A6"}
    organiser.send(f"{SPARES}/piekart", sent, 422)


def test_one_sign_is_silent_where_all_others_are_opened(demo_app: Flask) -> None:
    with demo_app.app_context(), database().writing() as session:
        taken = session.exec(
            select(Sign, Placement.day)
            .join(Placement, col(Placement.stall_id) == Sign.stall_id)
            .where(Placement.day <= TODAY, Placement.day > TODAY - timedelta(days=60))
            .order_by(col(Sign.id))
        ).all()
        session.exec(delete(Opening))
        known: dict[str, set[date]] = {}
        for sign, day in taken:
            known.setdefault(sign.code, set()).add(day)
            session.add_all([_opening(sign, day, hour) for hour in (8, 9, 10)])
        session.commit()
        assert signs_silent(session, ELEVEN) == []
        state = presences_on(session, TODAY)
        quiet = next(
            sign
            for sign, _day in taken
            if TODAY in known[sign.code]
            and len(known[sign.code]) > LEAST_DAYS
            and _holder(session, sign) not in {who for who in state if state[who] == "absent"}
        )
        session.exec(
            delete(Opening).where(col(Opening.sign_id) == quiet.id, col(Opening.day) == TODAY)
        )
        session.commit()
        assert [sign.code for sign, _stall in signs_silent(session, ELEVEN)] == [quiet.code]
        assert signs_silent(session, datetime(2026, 11, 24, 7)) == []


def _holder(session: Session, sign: Sign) -> int:
    placed = select(Placement.vendor_id).where(
        Placement.stall_id == sign.stall_id, Placement.day == TODAY
    )
    return session.exec(placed).one()


def _opening(sign: Sign, day: date, hour: int) -> Opening:
    return Opening(sign_id=sign.id or 0, day=day, hour=hour, language="lv", openings=3)
