"""The sheet of explanations: every vendor of a plan, what they got, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.clock import now
from app.languages import (
    capitalized,
    clock_time,
    long_day,
    ngettext,
    sort_key,
    speaking,
)
from app.languages import gettext as _
from app.paper.lines import broken, printable
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, ROSE, SOFT, Sheet
from app.planning_words import sentences_of
from market.planning.answer import Answer, Placed, Refused

LEFT, WIDTH = 14.0, PAGE_WIDTH - 28.0
FIRST_LINE, LAST_LINE = 38.0, PAGE_HEIGHT - 20.0
LINE, GAP, NAME_LINE = 5.0, 3.5, 6.0
POINTS = 10.5
MOST_LINES = 12
GREY = (200, 200, 200)


@dataclass(frozen=True)
class _Block:
    """What stands of one vendor on the sheet, already broken into lines."""

    name: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """In millimetres, with the room beneath."""
        return NAME_LINE + LINE * len(self.lines) + GAP


def explanations_sheet(
    answer: Answer,
    names: Mapping[str, str],
    language: str,
    *,
    numbers: Mapping[str, str] | None = None,
    title: str = "",
    day: date | None = None,
    made: datetime | None = None,
) -> bytes:
    """A PDF of A4 pages in a language: vendors with a place, then those without, by name.

    `names` are vendors' names and `numbers` stalls' numbers, both by identity; `title` says of
    what the plan is; `made` is the local time that the sheet states, now unless given.
    """
    made = made or now()
    with speaking(language):
        sheet = Sheet(_("Why the places are given so"), made)
        writer = _Writer(sheet, title, day, made)
        parts: tuple[tuple[str, tuple[Placed | Refused, ...]], ...] = (
            (_("Vendors with a place"), answer.placements),
            (_("Vendors without a place"), answer.refused),
        )
        for headline, part in parts:
            there = sorted(part, key=lambda one: sort_key(names.get(one.vendor, one.vendor)))
            writer.put_headline(headline, len(there))
            for one in there:
                writer.put(_block(sheet, one, names, numbers or {}))
        writer.number_pages()
        return bytes(sheet.output())


def _block(
    sheet: Sheet, one: Placed | Refused, names: Mapping[str, str], numbers: Mapping[str, str]
) -> _Block:
    lines: list[str] = []
    for sentence in sentences_of(one, names, numbers):
        lines += broken(sheet, sentence, WIDTH - 6, points=POINTS, face="regular", most=MOST_LINES)
    return _Block(printable(sheet, names.get(one.vendor, one.vendor)), tuple(lines))


class _Writer:
    """Puts blocks one under the other, and begins a page where one does not fit."""

    def __init__(self, sheet: Sheet, title: str, day: date | None, made: datetime) -> None:
        self.sheet = sheet
        self.made = made
        self.title = " · ".join(
            part for part in (title, capitalized(long_day(day)) if day else "") if part
        )
        self.y = FIRST_LINE
        self._start()

    def _start(self) -> None:
        self.sheet.add_page()
        self.sheet.rose(LEFT, 11, 11)
        head = _("Why the places are given so")
        self.sheet.put_line(head, LEFT + 15, 17, 140, points=19, face="bold", colour=ROSE)
        self.sheet.put_line(self.title, LEFT + 15, 24, 165, points=13, face="semibold")
        said = _(
            "Made on %(day)s at %(time)s",
            day=long_day(self.made.date()),
            time=clock_time(self.made.time()),
        )
        self.sheet.put_line(said, LEFT, PAGE_HEIGHT - 12, 120, points=9, colour=SOFT)
        self.y = FIRST_LINE

    def _make_room(self, height: float) -> None:
        if self.y + height > LAST_LINE:
            self._start()

    def put_headline(self, words: str, count: int) -> None:
        """A headline with how many follow."""
        self._make_room(30)
        counted = ngettext("%(num)s vendor", "%(num)s vendors", count)
        self.sheet.put_line(words, LEFT, self.y + 5, 130, points=14, face="bold")
        self.sheet.put_line(counted, LEFT + 132, self.y + 5, 50, points=11, align="right")
        self.sheet.rule(LEFT, self.y + 7.5, WIDTH)
        self.y += 13

    def put(self, block: _Block) -> None:
        """A vendor with all sentences, never across two pages if one page is enough."""
        self._make_room(block.height)
        self.sheet.put_line(block.name, LEFT, self.y + 4, WIDTH, points=11.5, face="semibold")
        self.y += NAME_LINE
        for line in block.lines:
            self._make_room(LINE)
            self.sheet.put_line(line, LEFT + 6, self.y + 3.5, WIDTH - 6, points=POINTS)
            self.y += LINE
        self.y += GAP

    def number_pages(self) -> None:
        """Say on each page which it is, now that their number is known."""
        pages = self.sheet.page
        for page in range(1, pages + 1):
            self.sheet.page = page
            of = _("page %(page)s of %(pages)s", page=page, pages=pages)
            self.sheet.put_line(
                of, LEFT + 132, PAGE_HEIGHT - 12, 50, points=9, colour=SOFT, align="right"
            )
        self.sheet.page = pages
