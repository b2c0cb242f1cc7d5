"""A form to be filled in by hand: lines to write on, boxes to tick, from top to bottom.

Everything is black on white, so a copying machine loses nothing. What is known already stands on
the lines and in the boxes.
"""

from collections.abc import Sequence
from datetime import datetime

from app.languages import gettext as _
from app.paper.sheet import INK, PAGE_HEIGHT, PAGE_WIDTH, Sheet

MARGIN = 15.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
BOTTOM = PAGE_HEIGHT - 16.0
LINE_MM = 9.0
BOX_MM = 4.6

Option = tuple[str, bool]
"""A word beside a box, and whether the box is ticked already."""


class WrittenForm(Sheet):
    """A sheet on which one thing follows the other; `y` is where the next one begins."""

    def __init__(self, title: str, of_whom: str, made: datetime) -> None:
        """A form of a title; `of_whom` stands at the foot of every page."""
        super().__init__(title, made)
        self.of_whom = of_whom
        self.at = 0.0
        self.start_page()

    def start_page(self) -> None:
        """Begin a page; its foot says whose form it is and which page."""
        self.add_page()
        self.at = MARGIN
        foot = _("%(form)s · page %(num)s", form=self.title or "", num=self.page_no())
        self.put_line(self.of_whom, MARGIN, PAGE_HEIGHT - 8, WIDTH * 0.6, points=9)
        self.put_line(foot, MARGIN + WIDTH * 0.6, PAGE_HEIGHT - 8, WIDTH * 0.4, points=9,
                      align="right")  # fmt: skip

    def room(self, height: float) -> None:
        """Begin a new page where so many millimetres do not fit any more."""
        if self.at + height > BOTTOM:
            self.start_page()

    def heading(self, number: int, text: str) -> None:
        """The heading of a part with its number."""
        self.room(34)
        self.at += 4
        self.set_fill_color(*INK)
        self.rect(MARGIN, self.at, 8, 8, style="F")
        self.put_line(str(number), MARGIN, self.at + 6.2, 8, points=16, face="bold",
                      align="centre", colour=(255, 255, 255))  # fmt: skip
        self.put_line(text, MARGIN + 11, self.at + 6.2, WIDTH - 11, points=17, face="bold")
        self.at += 11.5

    def explain(self, text: str) -> None:
        """A few sentences in small letters."""
        self.set_font("regular", size=10)
        self.set_text_color(*INK)
        self.set_xy(MARGIN, self.at)
        self.multi_cell(WIDTH, 4.6, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.at = self.get_y() + 1.5

    def label(self, text: str, x: float = MARGIN, width: float = WIDTH) -> None:
        """What belongs on the line below."""
        self.put_line(text, x, self.at + 4, width, points=10.5, face="semibold")

    def line_for(self, text: str, known: str = "", *, part: float = 1.0, at: float = 0.0) -> None:
        """A label and a line below it, as wide as `part` of the page, beginning `at` part of it.

        Only what ends at the right edge moves on to the next line.
        """
        if at == 0.0:
            self.room(LINE_MM + 6)
        x, width = MARGIN + WIDTH * at, WIDTH * part - (3 if at + part < 0.99 else 0)
        self.label(text, x, width)
        self._written(known, x, self.at + 5, width)
        if at + part >= 0.99:
            self.at += LINE_MM + 5.5

    def lines_for(self, text: str, known: str, count: int) -> None:
        """A label and several lines below it; what is known stands on them."""
        self.room(count * LINE_MM + 6)
        self.label(text)
        self.at += 5
        rows = self._wrapped(known, WIDTH)
        for number in range(max(count, len(rows))):
            if self.at + LINE_MM > BOTTOM:
                self.start_page()
            self._written(rows[number] if number < len(rows) else "", MARGIN, self.at, WIDTH)
            self.at += LINE_MM
        self.at += 1.5

    def boxes_for(self, text: str, options: Sequence[Option], columns: int) -> None:
        """A label and boxes to tick below it, in so many columns."""
        rows = -(-len(options) // columns)
        self.room(rows * 7 + 6)
        if text:
            self.label(text)
            self.at += 6
        for number, (word, ticked) in enumerate(options):
            x = MARGIN + number % columns * WIDTH / columns
            y = self.at + number // columns * 7
            self.box(x, y, ticked)
            self.put_line(word, x + BOX_MM + 2, y + 3.8, WIDTH / columns - BOX_MM - 4, points=10.5)
        self.at += rows * 7 + 1.5

    def box(self, x: float, y: float, ticked: bool, size: float = BOX_MM) -> None:
        """A box to tick; a tick is a cross, which no copying machine loses."""
        self.set_draw_color(*INK)
        self.set_line_width(0.35)
        self.rect(x, y, size, size)
        if ticked:
            self.set_line_width(0.7)
            self.line(x + 0.8, y + 0.8, x + size - 0.8, y + size - 0.8)
            self.line(x + 0.8, y + size - 0.8, x + size - 0.8, y + 0.8)

    def _written(self, known: str, x: float, y: float, width: float) -> None:
        if known:
            self.put_line(known, x + 1, y + LINE_MM - 2.4, width - 2, points=12)
        self.set_draw_color(*INK)
        self.set_line_width(0.25)
        self.line(x, y + LINE_MM - 1, x + width, y + LINE_MM - 1)

    def _wrapped(self, text: str, width: float) -> list[str]:
        self.set_font("regular", size=12)
        rows = []
        for paragraph in text.split("\n"):
            row = ""
            for word in paragraph.split():
                longer = f"{row} {word}".strip()
                if row and self.get_string_width(longer) > width - 2:
                    rows.append(row)
                    longer = word
                row = longer
            if row:
                rows.append(row)
        return rows
