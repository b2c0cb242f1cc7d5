"""What vendors tell is looked at by the office: before everybody reads it, or after."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlmodel import select

from market.days.models import MarketSetting
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.stories.models import Photograph, Story, StoryDraft
from vendors.stories.queries import texts_waiting

PAGE = "/lv/parvalde/stasti"
SLUG = "siltrasas"
NEW = "Mūsu siltumnīcā kopš rudens dzīvo kaķis Tomāts."
PUBLIC = f"/lv/tirgotaji/{SLUG}"
TODAY = date(2026, 11, 24)


@pytest.fixture
def vendor(demo_app):
    return CarefulClient(demo_app).come_in(SLUG)


@pytest.fixture
def read_before(demo_app):
    """The office has set that it reads stories before they are published."""
    with changing(demo_app) as session:
        session.merge(MarketSetting(name="texts_looked_at", value="before"))


def rows(app, table):
    with database_of(app).reading() as session:
        vendor_id = identity(session.exec(select(Vendor).where(Vendor.slug == SLUG)).one())
        mine = table.vendor_id == vendor_id, table.language == "lv"
        return session.exec(select(table).where(*mine)).first()


def tell(client, text=NEW, words="Publicēt jauno stāstu"):
    page = client.get("/lv/mans/stasts/teksts")
    page = client.submit(page, "Saglabāt un apskatīt", short=text, question="", longer="", whole="")
    return client.submit(page, words)


def waiting(app):
    with database_of(app).reading() as session:
        return texts_waiting(session)


def card(page, name):
    """The form of one vendor on the page, as the part of it that has the name."""
    return next(one for one in page.main.all("section") if name in one.text)


def test_the_demonstration_has_something_to_read(demo_app, organiser):
    page = organiser.get(PAGE)
    assert "Mājražotava „Vārpu virtuve“" in page.text
    assert "Linu austuve „Četras paminas“" in page.text
    assert waiting(demo_app) == 2


def test_what_is_published_is_read_afterwards_old_and_new_side_by_side(demo_app, organiser, vendor):
    old = rows(demo_app, Story).short
    tell(vendor)
    assert NEW in CarefulClient(demo_app).get(PUBLIC).text
    assert waiting(demo_app) == 3
    mine = card(organiser.get(PAGE), "Siltrasas")
    assert NEW in mine.text
    assert old[:60] in mine.text
    story = rows(demo_app, Story)
    address = f"{PAGE}/{story.id}/apskatits"
    organiser.send(address, {"version": str(story.version)})
    assert waiting(demo_app) == 2
    assert rows(demo_app, Story).looked_by is not None
    organiser.send(address, {"version": str(story.version)}, 409)


def test_looking_at_a_story_takes_nothing_from_its_vendor(demo_app, organiser, vendor):
    old = rows(demo_app, Story).short
    published = tell(vendor)
    story = rows(demo_app, Story)
    organiser.send(f"{PAGE}/{story.id}/apskatits", {"version": str(story.version)})
    vendor.submit(published, "Atcelt")
    assert rows(demo_app, Story).short == old


def test_nobody_reads_what_waits_before_the_office_publishes_it(
    demo_app, organiser, vendor, read_before
):
    old = rows(demo_app, Story).short
    page = tell(vendor, words="Nosūtīt tirgus birojam")
    assert "Nosūtīts tirgus birojam" in page.text
    assert "gaida tirgus biroju" in page.text
    visitor = CarefulClient(demo_app)
    assert NEW not in visitor.get(PUBLIC).text
    assert old[:60] in visitor.get(PUBLIC).text
    assert "Nosūtīt tirgus birojam" not in vendor.get("/lv/mans/stasts/apskate").text
    draft = rows(demo_app, StoryDraft)
    organiser.send(f"{PAGE}/{draft.id}/publicet", {"version": str(draft.version)})
    assert NEW in visitor.get(PUBLIC).text
    assert "gaida tirgus biroju" not in vendor.get("/lv/mans/stasts").text
    assert waiting(demo_app) == 2
    organiser.send(f"{PAGE}/{draft.id}/publicet", {"version": str(draft.version)}, 409)


def test_the_vendor_reads_why_a_story_came_back_and_sends_it_anew(
    demo_app, organiser, vendor, read_before
):
    tell(vendor, words="Nosūtīt tirgus birojam")
    draft = rows(demo_app, StoryDraft)
    address, version = f"{PAGE}/{draft.id}/atbilde", str(draft.version)
    said = organiser.send(address, {"version": version, "answer": ""}, 422)
    assert "vienā teikumā pasakiet" in said.get_data(as_text=True)
    organiser.send(address, {"version": version, "answer": "pk 121288-10203"}, 422)
    organiser.send(address, {"version": version, "answer": "Kaķis nav prece."})
    assert waiting(demo_app) == 2
    page = vendor.get("/lv/mans/stasts")
    assert "Tirgus biroja atbilde: Kaķis nav prece." in page.text
    assert NEW not in CarefulClient(demo_app).get(PUBLIC).text
    page = tell(vendor, "Kaķis nav prece.", words="Nosūtīt tirgus birojam")
    assert "Tirgus biroja atbilde" not in page.text
    assert waiting(demo_app) == 3


def test_a_text_that_is_changed_while_it_waits_is_not_published(
    demo_app, organiser, vendor, read_before
):
    tell(vendor, words="Nosūtīt tirgus birojam")
    seen = rows(demo_app, StoryDraft)
    page = vendor.get("/lv/mans/stasts/teksts")
    vendor.submit(page, "Saglabāt melnrakstu", short="Pavisam cits stāsts.")
    answer = organiser.send(f"{PAGE}/{seen.id}/publicet", {"version": str(seen.version)}, 409)
    assert "pa to laiku mainīja" in answer.get_data(as_text=True)
    assert waiting(demo_app) == 2
    assert rows(demo_app, StoryDraft).waiting_since is None
    public = CarefulClient(demo_app).get(PUBLIC).text
    assert NEW not in public
    assert "Pavisam cits" not in public


def test_the_twin_a_setting_nobody_asks_lets_everybody_read_at_once(
    demo_app, vendor, read_before, monkeypatch
):
    """The test above would notice it if publishing did not ask for the setting."""
    import app.pages.vendor.story_publishing as publishing

    monkeypatch.setattr(publishing, "must_wait", lambda save: False)
    tell(vendor, words="Nosūtīt tirgus birojam")
    assert NEW in CarefulClient(demo_app).get(PUBLIC).text


def test_what_the_office_publishes_itself_is_looked_at(demo_app, person_of_office, read_before):
    client = person_of_office("organiser", SLUG)
    tell(client)
    assert NEW in CarefulClient(demo_app).get(PUBLIC).text
    assert waiting(demo_app) == 2


def test_undoing_at_the_desk_takes_what_was_published_away_again(
    demo_app, organiser, vendor, read_before
):
    old = rows(demo_app, Story).short
    tell(vendor, words="Nosūtīt tirgus birojam")
    draft = rows(demo_app, StoryDraft)
    done = organiser.send(f"{PAGE}/{draft.id}/publicet", {"version": str(draft.version)})
    organiser.submit(organiser.get(done.location), "Atcelt")
    assert rows(demo_app, Story).short == old
    assert waiting(demo_app) == 3


def test_new_photographs_are_seen_and_done_with_one_button(demo_app, organiser, vendor):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 60)).save(file, "JPEG")
    file.seek(0)
    typed = {"gallery": (file, "dobe.jpg"), "words-lv": "Dobe rīta saulē"}
    vendor.send("/lv/mans/fotografijas", typed)
    page = organiser.get(PAGE)
    [picture] = page.main.all("img")
    assert picture["alt"] == "Dobe rīta saulē"
    assert organiser.fetch(picture["src"]).mimetype == "image/jpeg"
    CarefulClient(demo_app).fetch(picture["src"], 302)
    done = organiser.submit(page, "Šī fotogrāfija apskatīta")
    assert not done.main.all("img")
    with database_of(demo_app).reading() as session:
        [photograph] = session.exec(select(Photograph)).all()
        assert photograph.looked_at is not None


@pytest.mark.parametrize("act", ["apskatits", "publicet", "atbilde"])
def test_what_is_not_there_is_not_found(organiser, act):
    organiser.send(f"{PAGE}/2147483647/{act}", {"answer": "Kāpēc?"}, 404)


def test_of_who_has_left_nothing_is_read(demo_app, organiser, vendor):
    tell(vendor)
    story = rows(demo_app, Story)
    with changing(demo_app) as session:
        one = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        one.state = "archived"
        session.add(one)
    assert waiting(demo_app) == 2
    organiser.send(f"{PAGE}/{story.id}/apskatits", {"version": str(story.version)}, 404)


def test_a_reader_reads_and_does_nothing(person_of_office):
    reader = person_of_office("reader")
    page = reader.get(PAGE)
    assert not page.main.all("form")
    reader.send(f"{PAGE}/fotografijas", {}, 403)
