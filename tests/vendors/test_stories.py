"""Stories: their text on a page and as plain words, and which telling is stale."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vendors.stories.models import Story, StoryDraft, StoryVersion
from vendors.stories.reading import plain, rendered
from vendors.stories.tellings import differs, is_stale, still_kept

TEXTS = [
    # typed, on the page, as plain words
    ("Sākām agri.", "<p>Sākām agri.</p>", "Sākām agri."),
    ("Viens\ndivi.\n\nTrīs.", "<p>Viens\ndivi.</p>\n<p>Trīs.</p>", "Viens divi.\n\nTrīs."),
    ("1987. gadā sākām.", "<p>1987. gadā sākām.</p>", "1987. gadā sākām."),
    ("1. maijā atveram.", "<p>1. maijā atveram.</p>", "1. maijā atveram."),
    ("24) tā arī ir", "<p>24) tā arī ir</p>", "24) tā arī ir"),
    (
        "Bija tā.\n1987. gadā sākām.\n1989. gadā cēlām.",
        "<p>Bija tā.\n1987. gadā sākām.\n1989. gadā cēlām.</p>",
        "Bija tā. 1987. gadā sākām. 1989. gadā cēlām.",
    ),
    (
        "1. sējam\n2. ravējam",
        "<ol>\n<li>sējam</li>\n<li>ravējam</li>\n</ol>",
        "1. sējam\n\n2. ravējam",
    ),
    ("- rozes\n- bietes", "<ul>\n<li>rozes</li>\n<li>bietes</li>\n</ul>", "– rozes\n\n– bietes"),
    ("*ļoti* **labi**", "<p><em>ļoti</em> <strong>labi</strong></p>", "ļoti labi"),
    ("# Mūsu māja", "<p>Mūsu māja</p>", "Mūsu māja"),
    ("Māja\n====", "<p>Māja</p>", "Māja"),
    ("    četras atstarpes", "<p>četras atstarpes</p>", "četras atstarpes"),
    ("> citāts", "<p>&gt; citāts</p>", "> citāts"),
    ("`kods` &amp; &#8238;", "<p>`kods` &amp;amp; &amp;#8238;</p>", "`kods` &amp; &#8238;"),
    ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
    ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>", "<b>x</b>"),
    ("<https://evil.example>", "<p>&lt;https://evil.example&gt;</p>", "<https://evil.example>"),
    ("[x](//evil.example)", "<p>[x](//evil.example)</p>", "[x](//evil.example)"),
    ("![x](//evil.example)", "<p>![x](//evil.example)</p>", "![x](//evil.example)"),
    ("", "", ""),
]


@pytest.mark.parametrize(("typed", "page", "words"), TEXTS)
def test_a_text_is_laid_out(typed: str, page: str, words: str) -> None:
    assert (rendered(typed), plain(typed)) == (page, words)


def test_a_year_would_be_lost_without_our_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: Markdown as it is."""
    monkeypatch.setattr("vendors.stories.reading._with_years", lambda text: text)
    assert "1987" not in rendered("1987. gadā auga pupas.")


DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "told_on", "latvian_told_on", "expected"),
    [
        ("en", DAY, DAY, False),
        ("en", DAY, DAY + timedelta(days=1), True),
        ("en", DAY + timedelta(days=1), DAY, False),
        ("en", None, DAY, True),
        ("en", None, None, False),
        ("en", DAY, None, False),
        ("lv", DAY, DAY + timedelta(days=1), False),
    ],
)
def test_a_telling_older_than_the_latvian_one_is_stale(
    language: str, told_on: date | None, latvian_told_on: date | None, expected: bool
) -> None:
    story = Story(vendor_id=1, language=language, short="x", told_on=told_on)
    latvian = Story(vendor_id=1, language="lv", short="x", told_on=latvian_told_on)
    assert is_stale(story, latvian) is expected
    assert is_stale(story, None) is is_stale(None, latvian) is False


def test_a_draft_differs_when_visitors_would_read_something_else() -> None:
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    draft = StoryDraft(vendor_id=1, language="lv", short="x", changed_at=at)
    empty = StoryDraft(vendor_id=1, language="lv", changed_at=at)
    same, other = (Story(vendor_id=1, language="lv", short=text) for text in "xy")
    assert [differs(draft, story) for story in (same, other, None)] == [False, True, True]
    assert [differs(one, other) for one in (empty, None)] == [False, False]


def test_earlier_tellings_are_kept_for_thirty_days() -> None:
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    versions = [
        StoryVersion(id=days, vendor_id=1, language="lv", short="x", replaced_at=at - passed)
        for days, passed in ((days, timedelta(days=days)) for days in (31, 30, 2))
    ]
    assert [one.id for one in still_kept(versions, at)] == [2, 30]
