"""My story: what a vendor answers or writes becomes a draft, then a page, and nothing is lost."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import select

from app.clock import moment
from app.database import Database
from app.demo.registry import EARLIER
from app.records import Change
from tests.careful_client import CarefulClient
from vendors.registry.models import Vendor
from vendors.stories.models import Story, StoryDraft, StoryVersion
from vendors.stories.tellings import layers_of

SLUG = "siltrasas"
PUBLIC = f"/lv/tirgotaji/{SLUG}"
ANSWERS = {
    "who": "Mēs esam Ilze un Jānis.",
    "where": "Irlavas pagastā",
    "now": "Burkāni, bietes un sīpoli",
    "since": "1987",
    "ask": "kāpēc violetie burkāni ir saldāki",
}


@pytest.fixture
def own(demo_app: Flask) -> CarefulClient:
    """The known telephone of the vendor."""
    return CarefulClient(demo_app).come_in(SLUG)


def rows(app: Flask, table: type) -> list:
    found: Database = app.extensions["database"]
    with found.reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        return list(session.exec(select(table).where(table.vendor_id == vendor.id)))


def told(app: Flask, language: str = "lv") -> Story | None:
    return next((one for one in rows(app, Story) if one.language == language), None)


def forget_story(app: Flask) -> None:
    """Let the vendor have told nothing yet."""
    found: Database = app.extensions["database"]
    with found.writing() as session:
        for story in session.exec(select(Story)).all():
            session.delete(story)
        session.commit()


def draft(own: CarefulClient, language: str = "lv", **layers: str) -> None:
    page = own.get(f"/lv/mans/stasts/teksts?valoda={language}")
    own.submit(page, "Saglabāt melnrakstu", **layers)


def publish(own: CarefulClient, language: str = "lv"):
    page = own.get(f"/lv/mans/stasts/apskate?valoda={language}")
    return own.submit(page, "Publicēt")


def test_answers_become_a_story_that_everybody_reads(own, demo_app):
    forget_story(demo_app)
    page = own.get("/lv/mans/stasts")
    guide = own.follow(page, "Atbildēt uz īsiem jautājumiem")
    text = own.submit(guide, "Salikt stāstu no atbildēm", **ANSWERS)
    seen = own.submit(text, "Saglabāt un apskatīt")
    for sentence in (
        "Mēs esam Ilze un Jānis. Mūsu vieta: Irlavas pagastā.",
        "Pašlaik pie mums: burkāni, bietes un sīpoli.",
        "Mēs strādājam kopš 1987. gada.",
        "Kāpēc violetie burkāni ir saldāki?",
    ):
        assert sentence in seen.text
        assert sentence not in own.get(PUBLIC).text
    own.submit(seen, "Publicēt")
    assert "Mēs strādājam kopš 1987. gada." in own.get(PUBLIC).text
    [kept] = rows(demo_app, StoryDraft)
    assert kept.answers["since"] == "1987"


def test_answers_are_kept_also_without_a_story(own, demo_app):
    page = own.submit(own.get("/lv/mans/stasts/jautajumi"), "Tikai saglabāt atbildes", see="Ozols")
    [kept] = rows(demo_app, StoryDraft)
    assert (kept.answers["see"], kept.answers["who"]) == ("Ozols", "")
    assert "Ozols" in own.get("/lv/mans/stasts/jautajumi").html
    assert layers_of(kept) == layers_of(told(demo_app))
    own.submit(page, "Tikai saglabāt atbildes", see="Vecs ozols")
    [kept] = rows(demo_app, StoryDraft)
    assert (kept.answers["see"], kept.version) == ("Vecs ozols", 2)


def test_a_guide_without_answers_says_what_to_do(own, demo_app):
    page = own.submit(own.get("/lv/mans/stasts/jautajumi"), "Salikt stāstu no atbildēm", 422)
    assert "Lūdzu, atbildiet vismaz uz vienu jautājumu." in page.text
    assert rows(demo_app, StoryDraft) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"short": ""}, "Lūdzu, aizpildiet"),
        ({"short": "x" * 601}, "600"),
        ({"whole": "Anna 010190-12345"}, "personas kod"),
        ({"longer": "slepeni\u202eteksts"}, "neredz"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_stays(own, demo_app, typed, said):
    page = own.submit(
        own.get("/lv/mans/stasts/teksts"),
        "Saglabāt melnrakstu",
        422,
        **{"question": "Kāpēc?", **typed},
    )
    assert said in page.text
    assert "Kāpēc?" in page.html
    for text in typed.values():
        assert text in page.html
    assert rows(demo_app, StoryDraft) == []


def test_a_year_at_a_lines_start_stays_and_marks_are_shown(own, demo_app):
    draft(own, short="1987. gadā *sākām* **mēs**.", longer="- rozes\n- bietes", whole="# Beigas")
    publish(own)
    page = own.get(PUBLIC)
    assert "1987. gadā sākām mēs." in page.text
    assert ("<em>sākām</em>" in page.html, "<li>rozes</li>" in page.html) == (True, True)
    assert "<p>Beigas</p>" in page.html
    assert page.root.first("meta", name="description")["content"] == "1987. gadā sākām mēs."
    assert "1987. gadā sākām mēs." in page.data[0]["description"]
    one = own.fetch(f"/api/v1/vendors/{SLUG}").json
    assert one["story"]["lv"]["short"] == "1987. gadā sākām mēs."


def test_hostile_words_stay_words(own):
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](//evil.example/z) <b>b</b>"
    draft(own, short=hostile, longer=hostile, whole=hostile, question=hostile[:200])
    page = own.get("/lv/mans/stasts/apskate")
    assert page.main.all("script") == page.main.all("b")[:0]
    publish(own)
    seen = own.get(PUBLIC)
    assert "[x](javascript:alert(1))" in seen.text
    assert [one for one in seen.main.all("a") if "javascript" in one["href"]] == []


def test_nobody_reads_a_draft(own, demo_app):
    draft(own, short="Tikai man.")
    for address in (PUBLIC, f"/en/tirgotaji/{SLUG}"):
        assert "Tikai man." not in CarefulClient(demo_app).get(address).html
    other = CarefulClient(demo_app).come_in("rasas-stunda")
    assert "Tikai man." not in other.get("/lv/mans/stasts/teksts").html
    visitor = CarefulClient(demo_app)
    assert visitor.fetch("/lv/mans/stasts/apskate", 302).location.startswith("/lv/ieiet")


def test_two_telephones_see_both_texts_and_choose(own, demo_app):
    first = own.get("/lv/mans/stasts/teksts")
    draft(own, short="No otra tālruņa.")
    page = own.submit(first, "Saglabāt melnrakstu", 409, short="No šī tālruņa.")
    assert "No otra tālruņa." in page.text
    assert "No šī tālruņa." in page.html
    assert rows(demo_app, StoryDraft)[0].short == "No otra tālruņa."
    own.submit(page, "Saglabāt melnrakstu")
    assert rows(demo_app, StoryDraft)[0].short == "No šī tālruņa."


def test_two_telephones_see_both_answers(own, demo_app):
    first = own.get("/lv/mans/stasts/jautajumi")
    own.submit(first, "Tikai saglabāt atbildes", who="Ilze")
    page = own.submit(first, "Tikai saglabāt atbildes", 409, who="Jānis", idempotency_key="0" * 32)
    assert "Ilze" in page.text
    assert "Jānis" in page.html
    own.submit(page, "Tikai saglabāt atbildes")
    assert rows(demo_app, StoryDraft)[0].answers["who"] == "Jānis"


def test_without_versions_the_second_telephone_would_erase_the_first(own, demo_app, monkeypatch):
    """The twin: a page that does not look at the version."""
    monkeypatch.setattr("app.pages.vendor.story.version_sent", lambda: None)
    first = own.get("/lv/mans/stasts/teksts")
    draft(own, short="No otra tālruņa.")
    own.submit(first, "Saglabāt melnrakstu", short="No šī tālruņa.")
    assert rows(demo_app, StoryDraft)[0].short == "No šī tālruņa."


def test_a_draft_that_changed_after_the_preview_is_not_published(own, demo_app):
    before = layers_of(told(demo_app))
    draft(own, short="Apskatīts.")
    seen = own.get("/lv/mans/stasts/apskate")
    draft(own, short="Cits.")
    own.submit(seen, "Publicēt", 409)
    assert layers_of(told(demo_app)) == before


def test_an_earlier_story_comes_back_with_one_tap(own, demo_app):
    before = told(demo_app)
    draft(own, short="Jaunais stāsts.")
    publish(own)
    [version] = rows(demo_app, StoryVersion)
    assert layers_of(version) == layers_of(before)
    page = own.submit(own.get("/lv/mans/stasts/agrak"), "Publicēt šo atkal")
    assert layers_of(told(demo_app)) == layers_of(before)
    assert {one.short for one in rows(demo_app, StoryVersion)} == {before.short, "Jaunais stāsts."}
    own.submit(page, "Atcelt")
    assert told(demo_app).short == "Jaunais stāsts."
    assert rows(demo_app, StoryDraft)[0].short == "Jaunais stāsts."


def test_publishing_is_undone_at_once(own, demo_app):
    before = told(demo_app)
    draft(own, short="Par agru.")
    own.submit(publish(own), "Atcelt")
    assert (layers_of(told(demo_app)), rows(demo_app, StoryVersion)) == (layers_of(before), [])


def test_earlier_stories_are_kept_for_thirty_days(own, demo_app):
    draft(own, short="Jaunais stāsts.")
    publish(own)
    found: Database = demo_app.extensions["database"]
    with demo_app.app_context(), found.writing() as session:
        version = session.exec(select(StoryVersion).where(StoryVersion.short != EARLIER)).one()
        version.replaced_at = moment() - timedelta(days=30, minutes=1)
        number = str(version.id)
        session.commit()
    assert "Agrāka stāsta nav." in own.get("/lv/mans/stasts/agrak").text
    own.send("/lv/mans/stasts/atgriezt", {"number": number}, 404)
    draft(own, short="Vēl jaunāks.")
    publish(own)
    assert [one.short for one in rows(demo_app, StoryVersion)] == ["Jaunais stāsts."]


def test_nobody_brings_back_the_story_of_another(own, demo_app):
    draft(own, short="Jaunais stāsts.")
    publish(own)
    [version] = rows(demo_app, StoryVersion)
    other = CarefulClient(demo_app).come_in("rasas-stunda")
    other.send("/lv/mans/stasts/atgriezt", {"number": str(version.id)}, 404)
    assert told(demo_app).short == "Jaunais stāsts."


def test_a_story_is_taken_off_the_page_and_brought_back(own, demo_app):
    before = told(demo_app)
    for story in rows(demo_app, Story):
        if story.language != "lv":
            draft(own, story.language, short="Away.")
    page = own.submit(own.get("/lv/mans/stasts"), "Noņemt no lapas")
    assert told(demo_app) is None
    own.submit(page, "Atcelt")
    assert layers_of(told(demo_app)) == layers_of(before)
    assert rows(demo_app, StoryVersion) == []


def test_a_translation_is_stale_once_the_latvian_story_is_newer(own, demo_app):
    note = "Latviešu stāsts ir mainīts pēc šī tulkojuma."
    draft(own, "en", short="We grow roses.")
    publish(own, "en")
    assert note not in own.get("/lv/mans/stasts").text
    demo_app.config["NOW"] += timedelta(days=1)
    draft(own, short="Audzējam rozes un bietes.")
    publish(own)
    assert note in own.get("/lv/mans/stasts").text
    english = "The Latvian story was changed after this translation."
    assert english in own.get(f"/en/tirgotaji/{SLUG}").text
    assert note not in own.get(PUBLIC).text
    draft(own, "en", short="We grow roses and beetroot.")
    publish(own, "en")
    assert note not in own.get("/lv/mans/stasts").text
    assert english not in own.get(f"/en/tirgotaji/{SLUG}").text


def test_the_latvian_text_stands_beside_a_translation(own, demo_app):
    page = own.get("/lv/mans/stasts/teksts?valoda=en")
    shown = [one.text for one in page.main.all("div", **{"class": "beside"})]
    assert told(demo_app).short[:40] in shown[0]
    own.get("/lv/mans/stasts/teksts?valoda=xx", 404)


def test_every_step_stands_in_the_list_of_changes(own, demo_app):
    draft(own, short="Jaunais stāsts.")
    publish(own)
    changes = own.get("/lv/mans/izmainas").text
    assert ("Stāsts publicēts" in changes, "Stāsta melnraksts saglabāts" in changes) == (True, True)
    assert {one.action for one in rows(demo_app, Change)} == {"story", "story_draft"}


def test_pages_speak_english(own):
    for page in ("", "/jautajumi", "/teksts", "/teksts?valoda=en", "/agrak"):
        own.get(f"/en/mans/stasts{page}")
