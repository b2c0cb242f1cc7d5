"""The pages of a day's paper: their heads and feet, and lines that flow from page to page."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.languages import capitalized, clock_time, long_day, short_day
from app.languages import gettext as _
from app.paper.kit.facts import DayOnPaper
from app.paper.lines import printable
from app.paper.sheet import ROSE, SOFT, Colour, Face, Sheet

MARGIN = 12.0
HEAD, FOOT = 27.0, 16.5
PALE: Colour = (190, 190, 190)
WIDTH_POINTS = 10.0
LINE_HEIGHT = 0.42
"""Height of a line in millimetres for each point of its letters."""


@dataclass(frozen=True)
class Section:
    """A sheet within the file: its key, its title, its first page."""

    key: str
    title: str
    page: int


class DayPages(Sheet):
    """A document about one market day; every page says which day, when it was made, which page."""

    def __init__(self, title: str, facts: DayOnPaper) -> None:
        """An empty document about the day of `facts`."""
        super().__init__(title, facts.made)
        self.facts = facts
        self.sections: list[Section] = []
        self._sizes: list[tuple[float, float]] = []
        self._notes: list[str] = []
        self._widths: dict[tuple[Face, str], float] = {}

    def start(
        self, key: str, title: str, *, under: str = "", note: str = "", paper: str = "A4"
    ) -> float:
        """A page with its head; returns where its content begins.

        `under` stands beside the day, `note` in the foot; `paper` is A4 upright, or A3 across.
        """
        self.start_bare(key, title, note=note, paper=paper)
        wide = self.w - 2 * MARGIN
        self.put_line(title, MARGIN, 17, wide * 0.6, points=18, face="bold", colour=ROSE)
        day = capitalized(long_day(self.facts.day))
        self.put_line(day, MARGIN + wide * 0.6, 17, wide * 0.4, points=12, face="bold",
                      align="right")  # fmt: skip
        if under:
            self.put_line(printable(self, under), MARGIN, 22.5, wide, points=10.5, colour=SOFT)
        self.rule(MARGIN, 24.5, wide, (0, 0, 0))
        return HEAD

    def start_bare(self, key: str, title: str, *, note: str = "", paper: str = "A4") -> None:
        """A page with a foot alone."""
        across = paper == "A3"
        self.add_page(orientation="landscape" if across else "portrait", format=paper)
        self._sizes.append((self.w, self.h))
        self._notes.append(note)
        if not self.sections or self.sections[-1].key != key:
            self.sections.append(Section(key, title, self.page_no()))

    @property
    def inner(self) -> float:
        """The width between the margins of the page at hand, in millimetres."""
        return float(self.w) - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the content of the page at hand must end."""
        return float(self.h) - FOOT

    def go_back_to(self, page: int) -> None:
        """Draw on a page that was made before."""
        self.page = page
        self.w, self.h = self._sizes[page - 1]
        self.current_font_is_set_on_page = False
        # What is drawn in one colour after another relies on the page's last one: say it anew.
        self.set_fill_color(255, 255, 255)

    def finished(self) -> bytes:
        """The whole document, its feet drawn now that the number of its pages is known."""
        pages = len(self._notes)
        for number, note in enumerate(self._notes, start=1):
            self.go_back_to(number)
            self._draw_foot(number, pages, note)
        return bytes(self.output())

    def _draw_foot(self, number: int, pages: int, note: str) -> None:
        wide, y = self.inner, self.h - 10
        self.rule(MARGIN, y - 4, wide, PALE)
        said = _(
            "For %(day)s · made %(made)s · %(address)s",
            day=short_day_of_year(self.facts.day),
            made=moment_of(self.facts.made),
            address=self.facts.public_url.removeprefix("https://").removeprefix("http://"),
        )
        of = _("page %(page)s of %(pages)s", page=number, pages=pages)
        self.put_line(said, MARGIN, y, wide * 0.55, points=8.5, colour=SOFT)
        self.put_line(of, MARGIN + wide * 0.8, y, wide * 0.2, points=8.5, align="right")
        if note:
            self.put_line(note, MARGIN, y + 3.6, wide, points=8.5, face="semibold")

    def fitted(self, text: str, width: float, points: float, face: Face = "regular") -> list[str]:
        """A text in as many lines as it needs; nothing is cut off."""
        blank = self._width_of(" ", face, points)
        lines: list[str] = []
        free = 0.0
        # "3,50 €" holds a blank that does not break.
        parts = (printable(self, part) for part in re.split(r"[ \t\r\n]+", text))
        for word in filter(None, parts):
            needed = self._width_of(word, face, points)
            if lines and needed + blank <= free:
                lines[-1] = f"{lines[-1]} {word}"
                free -= needed + blank
            else:
                lines.append(word)
                free = width - needed
        return lines

    def _width_of(self, word: str, face: Face, points: float) -> float:
        """The width of a word in millimetres; measured once, because fpdf2 measures slowly."""
        if (face, word) not in self._widths:
            self.set_font(face, size=WIDTH_POINTS)
            self._widths[face, word] = self.get_string_width(word) / WIDTH_POINTS
        return self._widths[face, word] * points

    def put_lines(
        self, lines: Iterable[str], x: float, y: float, width: float, points: float,
        face: Face = "regular", colour: Colour = (0, 0, 0),
    ) -> None:  # fmt: skip
        """Set lines below one another; `y` is the upper edge of the first."""
        step = points * LINE_HEIGHT
        for number, line in enumerate(lines):
            self.put_line(line, x, y + step * (number + 0.8), width, points=points, face=face,
                          colour=colour)  # fmt: skip

    def box(self, x: float, y: float, size: float = 5.0) -> None:
        """An empty box to tick."""
        self.set_draw_color(0, 0, 0)
        self.set_line_width(0.35)
        self.rect(x, y, size, size)


def short_day_of_year(day: date) -> str:
    """ "24.11.2026." """
    return _("%(day)s.%(month)s.%(year)s", day=day.day, month=day.month, year=day.year)


def moment_of(made: datetime) -> str:
    """ "23.11. 18.05" """
    return f"{short_day(made.date())} {clock_time(made.time())}"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, where it begins and how wide it is, in millimetres.

    `over_boxes`: the heading stands in the middle.
    """

    words: str
    x: float
    width: float
    over_boxes: bool = False


class Flow:
    """Blocks that follow one another down the columns of a page, and on to the next page."""

    def __init__(
        self, sheet: DayPages, start: Callable[[], float], columns: int = 1, gap: float = 6.0
    ) -> None:
        """`start` begins a page and returns where its content begins; it is called at once."""
        self.sheet, self._start, self._columns, self._gap = sheet, start, columns, gap
        self._column, self._top = 0, start()
        self.y = self._top

    def begin_at(self, y: float) -> None:
        """Leave room at the head of this page."""
        self._top = self.y = y

    @property
    def width(self) -> float:
        """The width of a column."""
        return (self.sheet.inner - self._gap * (self._columns - 1)) / self._columns

    @property
    def x(self) -> float:
        """The left edge of the column at hand."""
        return MARGIN + self._column * (self.width + self._gap)

    def take(self, height: float, keep: float = 0.0) -> float:
        """Room for a block; returns its upper edge. `keep`: what must follow it in the column."""
        if self.y + height + keep > self.sheet.bottom and self.y > self._top:
            self._go_on()
        y = self.y
        self.y += height
        return y

    def _go_on(self) -> None:
        self._column += 1
        if self._column == self._columns:
            self._column, self._top = 0, self._start()
        self.y = self._top


def draw_headings(sheet: DayPages, y: float, columns: Sequence[Column], x: float = MARGIN) -> float:
    """The headings of a table with a rule below; returns where its first line begins."""
    for column in columns:
        align: Literal["centre", "left"] = "centre" if column.over_boxes else "left"
        sheet.put_line(column.words, x + column.x, y + 3.6, column.width, points=8.5,
                       face="semibold", align=align)  # fmt: skip
    sheet.rule(x, y + 5, columns[-1].x + columns[-1].width, (0, 0, 0))
    return y + 5.6
