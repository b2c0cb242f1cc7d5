"""The pages of the printed programme: their heads and feet, and columns that flow."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from app.languages import clock_time, short_day
from app.languages import gettext as _
from app.paper.lines import broken
from app.paper.sheet import ROSE, SOFT, Face, Sheet

MARGIN, GAP = 12.0, 8.0
LINE_HEIGHT = 0.43
"""Height of a line in millimetres for each point of its letters."""

MOST_LINES = 60


@dataclass(frozen=True)
class Told:
    """A line of the programme in words; `changed` is what became of it, `off` strikes it out."""

    hours: str
    title: str
    where: str
    changed: str = ""
    off: bool = False


class ProgrammePages(Sheet):
    """A programme in columns on A4 or A3; the code to the live programme is in its head."""

    def __init__(self, title: str, made: datetime, days: str, address: str, code: str) -> None:
        """An empty document; `code` is the drawing of the code of `address`."""
        super().__init__(title, made)
        self._title, self._made, self._days = title, made, days
        self._address, self._code = address, code
        self._large, self._columns, self._day = False, 2, ""
        self._column, self._top, self.y_at = 0, 0.0, 0.0

    def begin(self, *, large: bool = False, columns: int = 2) -> None:
        """The first page: A4, or A3 with larger letters."""
        self._large, self._columns = large, columns
        self._page()

    def give_up(self) -> None:
        """Close the files of the letters: this document is not written after all."""
        for font in self.fonts.values():
            font.close()  # type: ignore[union-attr]

    def _page(self) -> None:
        first = self.page_no() == 0
        self.add_page(format="A3" if self._large else "A4")
        self._top = self._head() if first else self._small_head()
        self._column, self.y_at = 0, self._top
        if not self._large:
            self._foot()

    @property
    def _wide(self) -> float:
        return float(self.w) - 2 * MARGIN

    @property
    def column_width(self) -> float:
        """The width of a column in millimetres."""
        return (self._wide - GAP * (self._columns - 1)) / self._columns

    def _head(self) -> float:
        """Title, days, code; returns where the columns begin."""
        scale = 1.55 if self._large else 1.0
        side = 34.0 * scale
        left = self._wide - side - 4
        self.drawing(self._code, MARGIN + left + 4, MARGIN - 4, side)
        self.rose(MARGIN, MARGIN, 15 * scale)
        x = MARGIN + 19 * scale
        self.put_line(self._title, x, MARGIN + 9.5 * scale, left - 19 * scale,
                      points=27 * scale, face="black", colour=ROSE)  # fmt: skip
        self.put_line(self._days, x, MARGIN + 17 * scale, left - 19 * scale, points=13 * scale,
                      face="semibold")  # fmt: skip
        self.put_line(_("Changes are told here first:"), MARGIN,
                      MARGIN + 24.5 * scale, left, points=10 * scale)  # fmt: skip
        self.put_line(self._short_address(), MARGIN, MARGIN + 29 * scale, left,
                      points=10 * scale, face="bold")  # fmt: skip
        self.rule(MARGIN, MARGIN + 32 * scale, self._wide, (0, 0, 0))
        return MARGIN + 34 * scale

    def _short_address(self) -> str:
        parts = urlsplit(self._address)
        question = f"?{parts.query}" if parts.query else ""
        return f"{parts.netloc}{parts.path}{question}"

    def _small_head(self) -> float:
        self.put_line(self._title, MARGIN, MARGIN + 4, self._wide * 0.6, points=14, face="bold",
                      colour=ROSE)  # fmt: skip
        self.put_line(self._days, MARGIN + self._wide * 0.6, MARGIN + 4, self._wide * 0.4,
                      points=9.5, align="right")  # fmt: skip
        self.rule(MARGIN, MARGIN + 6.5, self._wide, (0, 0, 0))
        return MARGIN + 9

    def _foot(self) -> None:
        made = f"{short_day(self._made.date())} {clock_time(self._made.time())}"
        self.put_line(_("Made %(made)s · page %(page)s", made=made, page=self.page_no()), MARGIN,
                      float(self.h) - 7, self._wide, points=8.5, colour=SOFT)  # fmt: skip

    @property
    def _bottom(self) -> float:
        return float(self.h) - 12

    @property
    def x_at(self) -> float:
        """The left edge of the column at hand."""
        return MARGIN + self._column * (self.column_width + GAP)

    def _room(self, height: float) -> bool:
        """Go on in the next column or on the next page where a block does not fit; says whether."""
        if self.y_at + height <= self._bottom or self.y_at == self._top:
            return False
        if self._column < self._columns - 1:
            self._column, self.y_at = self._column + 1, self._top
        else:
            self._page()
        return True

    def put_day(self, words: str, points: float) -> None:
        """The heading of a day, with room for the first event below it."""
        self._room(points * 5 * LINE_HEIGHT)
        self.y_at += 2 if self.y_at > self._top else 0
        self._day = words
        self._band(words, points)

    def _band(self, words: str, points: float) -> None:
        tall = points * 1.25 * LINE_HEIGHT
        self.set_fill_color(0, 0, 0)
        self.rect(self.x_at, self.y_at, self.column_width, tall + 1.6, style="F")
        self.put_line(words, self.x_at + 2, self.y_at + tall * 0.86, self.column_width - 4,
                      points=points * 1.2, face="bold", colour=(255, 255, 255))  # fmt: skip
        self.y_at += tall + 3

    def put_event(self, told: Told, points: float) -> None:
        """An event: hours, title, where; struck out with what became of it where it is off."""
        left = points * 2.15
        width = self.column_width - left
        titles = self._lines(told.title, width, points, "bold")
        hours = self._lines(told.hours, left - 1.5, points, "bold")
        wheres = self._lines(told.where, width, points * 0.88, "regular")
        changes = self._lines(told.changed, width - 3, points * 0.92, "semibold")
        step, small = points * LINE_HEIGHT, points * 0.9 * LINE_HEIGHT
        right = step * len(titles) + small * (len(wheres) + len(changes))
        if self._room(max(right, step * len(hours)) + 1.6):
            self._band(f"{self._day} …", points * 0.9)
        for number, line in enumerate(hours):
            self._set(line, 0, self.y_at + step * (number + 0.8), left - 2.5, points, "bold")
        y = self.y_at
        for line in titles:
            self._set(line, left, y + step * 0.8, width, points, "bold")
            if told.off:
                self._strike(line, left, y + step * 0.55)
            y += step
        for line in wheres:
            self._set(line, left, y + small * 0.8, width, points * 0.88, "regular")
            y += small
        top = y
        for line in changes:
            self._set(line, left + 3, y + small * 0.8, width - 3, points * 0.92, "semibold")
            y += small
        if changes:
            self.set_fill_color(0, 0, 0)
            self.rect(self.x_at + left, top + 0.4, 1.2, y - top - 0.4, style="F")
        self.y_at = max(y, self.y_at + step * len(hours)) + 1.6

    def put_text(self, text: str, points: float, face: Face = "regular") -> None:
        """A text in as many lines as it needs."""
        lines = self._lines(text, self.column_width, points, face)
        step = points * LINE_HEIGHT
        self._room(step * len(lines) + 1)
        for line in lines:
            self._set(line, 0, self.y_at + step * 0.8, self.column_width, points, face)
            self.y_at += step
        self.y_at += 1

    def _lines(self, text: str, width: float, points: float, face: Face) -> list[str]:
        return broken(self, text, width, points=points, face=face, most=MOST_LINES) if text else []

    def _set(self, line: str, x: float, y: float, width: float, points: float, face: Face) -> None:
        self.put_line(line, self.x_at + x, y, width, points=points, face=face)

    def _strike(self, line: str, x: float, y: float) -> None:
        self.set_draw_color(0, 0, 0)
        self.set_line_width(0.35)
        wide = min(self.get_string_width(line), self.column_width - x)
        self.line(self.x_at + x, y, self.x_at + x + wide, y)
