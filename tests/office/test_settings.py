"""What the office sets: hours, texts, counting, hosts; checked, logged, `flask setting` too."""

from datetime import time

import pytest

from market.days.queries import hour_set, text_set
from market.days.settings import FRAMED_BY, NAMES, RELEASE_HOUR, host_typed, setting_typed
from tests.asking import database_of

PAGE = "/lv/parvalde/iestatijumi"


def settings_of(app):
    """Two of the settings as they are kept."""
    with database_of(app).reading() as session:
        return hour_set(session, RELEASE_HOUR), text_set(session, FRAMED_BY)


def test_settings_are_saved_and_told_in_the_log(demo_app, organiser):
    page = organiser.get(PAGE)
    page = organiser.submit(
        page, "Saglabāt", release_hour=["09:15"],
        framed_by=["https://www.tukums.lv/\nHTTPS://Turisms.Tukums.lv"],
    )  # fmt: skip
    assert settings_of(demo_app) == (
        time(9, 15),
        "https://www.tukums.lv https://turisms.tukums.lv",
    )
    assert "Atcelt" not in [one.name for one in page.root.all("button")]
    text = organiser.get("/lv/parvalde/izmainas").main.first("section").text
    assert "Mainīti iestatījumi" in text
    assert "8.30 →" in text
    assert "9.15" in text
    assert "https://turisms.tukums.lv" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"release_hour": "25:00"}, "norādiet laiku"),
        ({"release_hour": ""}, "norādiet laiku"),
        ({"texts_looked_at": "never"}, "izvēlieties kādu"),
        ({"framed_by": "http://www.tukums.lv"}, "ne vairāk kā desmit"),
        ({"framed_by": "https://www.tukums.lv/lapa"}, "ne vairāk kā desmit"),
        ({"framed_by": "*"}, "ne vairāk kā desmit"),
    ],
)
def test_what_does_not_fit_is_said(demo_app, organiser, typed, sentence):
    before = settings_of(demo_app)
    form = {**DEFAULT_FORM, **typed}
    answer = organiser.send(PAGE, form, 422).get_data(as_text=True)
    assert sentence in answer
    assert settings_of(demo_app) == before


DEFAULT_FORM = {
    "absence_cutoff": "18:00", "reminder_hour": "17:00", "release_hour": "08:30",
    "texts_looked_at": "after", "framed_by": "", "counts_visitors": "no",
    "was_absence_cutoff": "18:00", "was_reminder_hour": "17:00", "was_release_hour": "08:30",
    "was_texts_looked_at": "after", "was_framed_by": "", "was_counts_visitors": "no",
}  # fmt: skip


def test_of_two_who_set_the_same_the_second_sees_both(demo_app, organiser, person_of_office):
    head = person_of_office("head")
    organiser.send(PAGE, {**DEFAULT_FORM, "release_hour": "09:00"})
    answer = head.send(PAGE, {**DEFAULT_FORM, "release_hour": "10:00"}, 409)
    page = answer.get_data(as_text=True)
    assert 'value="10:00"' in page
    assert "9.00" in page
    assert settings_of(demo_app)[0] == time(9, 0)
    head.send(PAGE, {**DEFAULT_FORM, "counts_visitors": "yes"})
    assert settings_of(demo_app)[0] == time(9, 0)


def test_readers_look_and_set_nothing(person_of_office):
    reader = person_of_office("reader")
    assert "Saglabāt" not in [one.name for one in reader.get(PAGE).main.all("button")]
    reader.send(PAGE, DEFAULT_FORM, 403)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.tukums.lv", "https://www.tukums.lv"),
        (" https://WWW.Tukums.lv/ ", "https://www.tukums.lv"),
        ("https://tukums.lv:8443", "https://tukums.lv:8443"),
        ("https://tirgū.lv", "https://xn--tirg-y7a.lv"),
        ("http://www.tukums.lv", None),
        ("www.tukums.lv", None),
        ("https://*.tukums.lv", None),
        ("https://tukums", None),
        ("https://anna@tukums.lv", None),
        ("https://tukums.lv/lapa", None),
        ("https://tukums.lv?x=1", None),
        ("https://tukums.lv;", None),
        ("https://tukums.lv,https://b.lv", None),
        ("https://[", None),
        ("'self'", None),
        ("", None),
    ],
)
def test_a_host_is_an_origin_with_https(typed, kept):
    assert host_typed(typed) == kept


def test_the_command_knows_the_same_names(demo_app):
    run = demo_app.test_cli_runner().invoke
    for name in NAMES:
        assert run(args=["setting", name]).exit_code == 0
    assert run(args=["setting", "framed_by", "https://www.tukums.lv"]).exit_code == 0
    assert run(args=["setting", "framed_by"]).output.strip() == "https://www.tukums.lv"
    for name, wrong in (
        ("framed_by", "tukums"),
        ("counts_visitors", "maybe"),
        ("release_hour", "9"),
    ):
        answer = run(args=["setting", name, wrong])
        assert (answer.exit_code, wrong in answer.output) == (1, True)
    assert setting_typed("counts_visitors", "yes") == "yes"
