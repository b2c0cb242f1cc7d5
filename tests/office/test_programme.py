"""The programme at the desk: drafts, what clashes before publishing, moves, states, paper."""

import json
import re

import pytest
from sqlmodel import select

from market.programme.models import Event, EventPerformer, StreetClosure
from market.programme.queries import crossings_on, performances_on
from tests.asking import database_of
from tests.careful_client import CarefulClient
from tests.reading_paper import codes_of, texts_of

DESK = "/lv/parvalde/programma"
SATURDAY = "2027-07-17"
DAY = f"{DESK}?diena={SATURDAY}"
TITLE = "Rīta mundrība Katrīnas laukumā"
TEA = {
    "title.lv": TITLE, "title.en": "Morning exercises", "text.lv": "", "text.en": "",
    "first_day": SATURDAY, "last_day": "", "hour": "exact", "starts": "08:00", "ends": "08:45",
    "venue": "katrinas-laukums", "place": "", "festival": "rozu-svetki-2027", "organiser": "",
    "price": "free", "set_up_min": "15", "clearing_min": "0", "performers": "Grupa „Vingrie“",
}  # fmt: skip


def kept(app, title=TITLE):
    """The event with this title as it stands in the database, or None."""
    with database_of(app).reading() as session:
        rows = session.exec(select(Event)).all()
        session.expunge_all()
    return next((row for row in rows if row.title["lv"] == title), None)


def page_of(app, title=TITLE):
    return f"{DESK}/{kept(app, title).id}"


def sequence_of(visitor, event):
    """The number of the entry in the calendar that others have."""
    calendar = visitor.fetch(f"/notikums/{event.id}.ics").text
    return int(re.search(r"SEQUENCE:(\d+)", calendar)[1])


def seen_by(visitor):
    """What of the event visitors find anywhere."""
    pages = (
        f"/lv/programma?diena={SATURDAY}", "/lv/svetki/rozu-svetki-2027",
        "/api/v1/events?no=2027-07-17&lidz=2027-07-17", "/dati/events.csv",
    )  # fmt: skip
    return [TITLE in visitor.fetch(page).text for page in pages]


def test_a_draft_is_seen_by_nobody_until_it_is_published(demo_app, organiser):
    visitor = CarefulClient(demo_app)
    organiser.send(f"{DESK}/jauns", {**TEA, "act": "draft"})
    event = kept(demo_app)
    assert (event.published, event.set_up_min) == (False, 15)
    assert seen_by(visitor) == [False] * 4
    visitor.fetch(f"/lv/notikums/{event.id}", 404)
    visitor.fetch(f"/notikums/{event.id}.ics", 404)
    assert "melnraksts" in organiser.get(DAY).text
    organiser.submit(organiser.get(page_of(demo_app)), "Publicēt")
    assert seen_by(visitor) == [True] * 4
    text = visitor.get(f"/lv/notikums/{event.id}").text
    assert "Grupa „Vingrie“" in text
    organiser.submit(
        organiser.get(page_of(demo_app)), "Pārvērst melnrakstā: apmeklētāji to vairs neredz"
    )
    assert seen_by(visitor) == [False] * 4
    organiser.submit(organiser.get(page_of(demo_app)), "Izņemt melnrakstu")
    assert kept(demo_app) is None
    with database_of(demo_app).reading() as session:
        found = session.exec(select(EventPerformer).where(EventPerformer.event_id == event.id))
        assert not found.all()


def test_what_clashes_is_said_before_publishing_and_a_tick_publishes_all_the_same(
    demo_app, organiser
):
    draft = "Kopdejas Katrīnas laukumā"
    page = organiser.get(page_of(demo_app, draft))
    asked = organiser.submit(page, "Publicēt", 422)
    assert "Vēl nekas nav saglabāts" in asked.text
    assert "Pūtēju orķestris „Pils torņi“ vienlaikus uzstātos" in asked.text
    assert "varētu sākties plkst. 17.25 vai plkst. 19.35" in asked.text
    assert not kept(demo_app, draft).published
    organiser.submit(asked, "Publicēt", anyway="1")
    assert kept(demo_app, draft).published
    organiser.send(
        f"{DESK}/jauns", {**TEA, "starts": "14:30", "ends": "15:00", "act": "publish"}, 422
    )
    assert kept(demo_app) is None


def test_calendars_learn_of_each_change_and_of_an_undone_one_too(demo_app, organiser):
    visitor = CarefulClient(demo_app)
    organiser.send(f"{DESK}/jauns", {**TEA, "act": "publish"})
    event, numbers = kept(demo_app), []

    def note():
        numbers.append(sequence_of(visitor, event))

    note()
    organiser.submit(organiser.get(page_of(demo_app)), "Saglabāt", starts="07:45")
    note()
    state = f"{page_of(demo_app)}/stavoklis"
    nothing = {"state": "cancelled", "state_words.lv": "", "state_words.en": "", "version": "2"}
    organiser.send(state, nothing, 422)
    told = {**nothing, "state_words.lv": "Lietus dēļ."}
    page = organiser.get(organiser.send(state, told).location)
    note()
    assert "Lietus dēļ." in visitor.get(f"/lv/notikums/{event.id}").text
    assert "STATUS:CANCELLED" in visitor.fetch(f"/notikums/{event.id}.ics").text
    organiser.submit(page, "Atcelt")
    note()
    assert kept(demo_app).state == "confirmed"
    assert numbers == sorted(set(numbers))


def test_two_at_one_event_read_both_texts(demo_app, organiser):
    organiser.send(f"{DESK}/jauns", {**TEA, "act": "draft"})
    page, older = (organiser.get(page_of(demo_app)) for _ in range(2))
    organiser.submit(page, "Paturēt melnrakstā", **{"title.en": "Gymnastics"})
    stale = organiser.submit(older, "Paturēt melnrakstā", 409, **{"title.en": "Stretching"})
    assert "Gymnastics" in stale.text
    assert any(one["value"] == "Stretching" for one in stale.root.walk())
    assert kept(demo_app).title["en"] == "Gymnastics"


def test_hours_of_a_day_are_moved_in_fields(demo_app, organiser):
    organiser.send(f"{DESK}/jauns", {**TEA, "act": "publish"})
    number = kept(demo_app).id
    page, older = (organiser.get(DAY) for _ in range(2))
    fields = {f"starts-{number}": "23:30", f"ends-{number}": "00:30"}
    organiser.submit(page, "Saglabāt laikus un vietas", **fields)
    event = kept(demo_app)
    assert (str(event.starts), str(event.ends), str(event.last_day)) == (
        "23:30:00", "00:30:00", "2027-07-18",
    )  # fmt: skip
    fields = {f"starts-{number}": "14:30", f"ends-{number}": "15:00"}
    asked = organiser.submit(organiser.get(DAY), "Saglabāt laikus un vietas", 422, **fields)
    assert "Sadraudzības pilsētu ansambļu koncerts" in asked.text
    organiser.submit(asked, "Saglabāt laikus un vietas", anyway="1")
    assert str(kept(demo_app).starts) == "14:30:00"
    organiser.submit(
        organiser.get(DAY), "Saglabāt laikus un vietas", 422, **{f"starts-{number}": "drīz"}
    )
    organiser.submit(older, "Saglabāt laikus un vietas", 409, **{f"starts-{number}": "06:00"})


def test_an_early_morning_stays_on_its_day_and_midnight_at_the_end_of_its_own(demo_app, organiser):
    early = {**TEA, "starts": "04:30", "ends": "05:15", "act": "publish"}
    organiser.send(f"{DESK}/jauns", early)
    number = kept(demo_app).id
    midnight = kept(demo_app, "Rožu sardze: bungotāju gājiens")
    for shown in ("04:30", "04:00"):
        page = organiser.get(DAY)
        organiser.submit(page, "Saglabāt laikus un vietas", **{f"starts-{number}": shown})
        event = kept(demo_app)
        assert (str(event.first_day), str(event.starts)[:5]) == (SATURDAY, shown)
    fields = {f"starts-{number}": "", f"starts-{midnight.id}": ""}
    asked = organiser.submit(organiser.get(DAY), "Saglabāt laikus un vietas", 422, **fields)
    organiser.submit(asked, "Saglabāt laikus un vietas", anyway="1")
    later = kept(demo_app, midnight.title["lv"])
    assert (later.hour, str(later.first_day)) == ("to_be_announced", SATURDAY)
    assert (str(midnight.starts), str(midnight.first_day)) == ("00:00:00", "2027-07-18")


def test_a_line_about_a_change_does_not_vanish_when_somebody_was_quicker(demo_app, organiser):
    organiser.send(f"{DESK}/jauns", {**TEA, "act": "publish"})
    older = organiser.get(page_of(demo_app))
    told = {"state": "postponed", "state_words.lv": "Pārcelts uz svētdienu."}
    organiser.submit(organiser.get(page_of(demo_app)), "Paziņot apmeklētājiem", **told)
    mine = {"state": "cancelled", "state_words.lv": "Atcelts vēja dēļ."}
    stale = organiser.submit(older, "Paziņot apmeklētājiem", 409, **mine)
    assert "Pārcelts uz svētdienu." in stale.text
    assert any(one["value"] == "Atcelts vēja dēļ." for one in stale.root.walk())
    assert kept(demo_app).state == "postponed"
    organiser.submit(stale, "Paziņot apmeklētājiem", **mine)
    assert kept(demo_app).state == "cancelled"


def test_midnight_at_the_end_of_a_day_is_24_in_what_clashes(demo_app, organiser):
    late = {"starts": "23:30", "ends": "00:00", "venue": "brivibas-laukums", "set_up_min": "0"}
    organiser.send(f"{DESK}/jauns", {**TEA, **late, "act": "draft"})
    long = {"title.lv": "Deja", "starts": "23:00", "ends": "02:00", "venue": "brivibas-laukums"}
    asked = organiser.send(f"{DESK}/jauns", {**TEA, **long, "act": "publish"}, 422).text
    assert "23.30–24.00" in asked
    assert "17. jūlijā, 24.00–1.00, Brīvības laukums" in asked


def test_an_event_is_moved_to_a_place_that_has_nothing_else_that_day(demo_app, organiser):
    organiser.send(f"{DESK}/jauns", {**TEA, "act": "publish"})
    number = kept(demo_app).id
    page = organiser.get(DAY)
    organiser.submit(page, "Saglabāt laikus un vietas", **{f"column-{number}": "durbes-pils|"})
    assert "Durbes pils" in organiser.get(page_of(demo_app)).text
    assert kept(demo_app).venue_id != 0 and kept(demo_app).place is None


def test_a_closed_street_is_written_down_and_thought_of(demo_app, organiser):
    typed = {
        "name.lv": "Harmonijas iela", "name.en": "", "first_day": SATURDAY, "last_day": SATURDAY,
        "starts": "10:00", "ends": "20:00", "venue": "harmonijas-iela", "words.lv": "",
        "words.en": "",
    }  # fmt: skip
    organiser.send(f"{DESK}/slegumi", {**typed, "last_day": "2027-07-16"}, 422)
    organiser.send(f"{DESK}/slegumi", typed)
    with database_of(demo_app).reading() as session:
        rows = session.exec(select(StreetClosure)).all()
        assert sorted(row.name["lv"] for row in rows)[0] == "Harmonijas iela"
    assert "notiek slēgtā ielā: Harmonijas iela" in organiser.get(DAY).text


def test_the_terminal_says_what_the_page_says(demo_app, organiser):
    run = demo_app.test_cli_runner().invoke
    told = run(args=["clashes", "--from", SATURDAY, "--to", SATURDAY, "--json"])
    found = json.loads(told.output)
    assert {"what", "why", "severity", "resolve"} <= set(found[0])
    assert {one["kind"] for one in found} >= {"place", "performer", "row", "closure"}
    page = organiser.get(DAY).text
    plain = run(args=["clashes", "--from", SATURDAY, "--to", SATURDAY]).output
    for one in found:
        assert one["what"] in page
        assert one["what"] in plain
        assert all(way in page for way in one["resolve"])


def test_others_learn_who_performs_and_which_rows_are_crossed(demo_market):
    from datetime import date

    with demo_market.reading() as session:
        crossed = crossings_on(session, date(2027, 7, 17))
        assert {(one.zone, one.row) for one in crossed} == {("PI", "D"), ("PI", "Z"), ("R", "II")}
        assert {str(one.starts) for one in crossed} == {"2027-07-17 18:00:00"}
        [one] = performances_on(session, date(2027, 7, 18))
        assert (one.venue.slug, str(one.ends)) == ("brivibas-laukums", "2027-07-18 13:45:00")


@pytest.mark.parametrize(("language", "word"), [("lv", "Slēgtās ielas"), ("en", "Closed streets")])
def test_the_programme_on_paper(visitor, shared_app, tmp_path, language, word):
    run = shared_app.test_cli_runner().invoke
    for more, pages in (([], 2), (["--poster"], 1)):
        out = tmp_path / "programma.pdf"
        args = ["print", "programme", "--festival", "rozu-svetki-2027", "--language", language]
        assert run(args=[*args, *more, str(out)]).exit_code == 0
        texts = texts_of(out.read_bytes())
        words = " ".join(one.text for one in texts)
        assert word in words
        assert "Zaļumballe" in words if language == "lv" else "ball under" in words
        assert "Pūtēju orķestra rīta koncerts" not in words
        assert max(one.page for one in texts) < pages
        codes = {one.text for one in codes_of(out.read_bytes())}
        assert codes == {f"https://tirgus.example/{language}/svetki/rozu-svetki-2027"}


def test_a_long_programme_is_still_one_poster(shared_app):
    from datetime import date, datetime, time

    from app.paper.programme import ProgrammeOnPaper, programme_poster
    from market.programme.schedule import Item, programme

    day, title = date(2027, 7, 17), "Sadraudzības pilsētu ansambļu, koru un kapelu lielais koncerts"
    events = [
        Event(id=number, uid=str(number), title={"lv": f"{number}. {title}"}, first_day=day,
              last_day=day, starts=time(6 + number // 5, 15), ends=time(23), place="lielā skatuve")
        for number in range(1, 71)
    ]  # fmt: skip
    days = programme([Item(event, None) for event in events], day, day)
    told = ProgrammeOnPaper("Programma", day, day, days, (), datetime(2027, 7, 1, 10), "https://x")
    with shared_app.app_context():
        texts = texts_of(programme_poster(told, "lv"))
    assert {one.page for one in texts} == {min(one.page for one in texts)}
    words = " ".join(one.text for one in texts)
    assert all(f"{number}. " in words for number in range(1, 71))
