"""The paper of the house: an A4 document with our fonts, our rose and a few ways to set text.

All measures are millimetres from the upper left corner, except sizes of letters, which are
points. fpdf2 takes half a second to import, so whoever prints imports this module when printing.
"""

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.enums import ResourceAccessPolicy

from app.clock import RIGA
from app.languages import current_language

Face = Literal["regular", "semibold", "bold", "black"]
Colour = tuple[int, int, int]

INK: Colour = (0, 0, 0)
SOFT: Colour = (84, 74, 67)
ROSE: Colour = (143, 29, 69)
CUT: Colour = (140, 140, 140)

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
SMALLEST_POINTS = 6.0

_ROSE = Path(__file__).parents[2] / "static" / "images" / "rose.svg"
_FONTS = Path(str(files("font_source_sans_pro"))) / "files"
_FACES: dict[Face, str] = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "bold": "SourceSansPro-Bold.ttf",
    "black": "SourceSansPro-Black.ttf",
}

_SVG = "http://www.w3.org/2000/svg"
_GARLAND_WIDTH, _GARLAND_HEIGHT = 56, 14
_GARLAND = """
<path fill="none" stroke="#4c6b43" stroke-width="1.2" d="M0 7c9-7 19 7 28 0s19 7 28 0"/>
<path fill="#4c6b43" d="M12 6c3-4 6-4 8-2-2 3-5 4-8 2zm30 2c3 4 6 4 8 2-2-3-5-4-8-2z"/>
<g transform="translate(20 0) scale(.5)"><circle cx="16" cy="14" r="12" fill="#8f1d45"/>
<path fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round"
 d="M16 6c4 0 7 3 7 7s-3 7-7 7-6-2-6-5 2-5 5-5 4 2 4 4-1 3-3 3M7 10c-1 6 2 12 9 13M25 9c2 5 0
 11-4 13"/></g>
<circle fill="#8f1d45" cx="0" cy="7" r="2.2"/><circle fill="#8f1d45" cx="56" cy="7" r="2.2"/>
"""


class Sheet(FPDF):
    """A document of A4 pages in the language that is spoken when it is made."""

    def __init__(self, title: str, made: datetime) -> None:
        """An empty document; `made` is the local time that its properties will state."""
        super().__init__(format="A4", unit="mm")
        # Drawings are handed over as text; nothing that stands in one is ever fetched.
        self.resource_access_policy = ResourceAccessPolicy.NONE
        for face, file in _FACES.items():
            self.add_font(face, fname=_FONTS / file)
        # Tables set their headings in the bold of the face in use.
        self.add_font("regular", "B", _FONTS / _FACES["bold"])
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang(current_language())
        self.set_creation_date(made.replace(tzinfo=RIGA))

    def put_line(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        *,
        points: float,
        face: Face = "regular",
        align: Literal["left", "centre", "right"] = "left",
        colour: Colour = INK,
    ) -> None:
        """Set one line on the baseline `y`, no wider than `width`.

        A line that is too long gets smaller letters, and where 6 points are still too large, it
        ends in "…".
        """
        text = " ".join(text.split())
        self.set_font(face, size=points)
        needed = self.get_string_width(text)
        if needed > width:
            self.set_font_size(max(points * width / needed * 0.99, min(points, SMALLEST_POINTS)))
            text = self._shortened(text, width)
        free = width - self.get_string_width(text)
        self.set_text_color(*colour)
        self.text(x + free * {"left": 0.0, "centre": 0.5, "right": 1.0}[align], y, text)

    def _shortened(self, text: str, width: float) -> str:
        if self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(f"{text}…") > width:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def rule(self, x: float, y: float, width: float, colour: Colour = ROSE) -> None:
        """A thin line across."""
        self.set_draw_color(*colour)
        self.set_line_width(0.3)
        self.line(x, y, x + width, y)

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A frame with round corners, such as holds a code."""
        self.set_draw_color(*ROSE)
        self.set_line_width(0.6)
        self.rect(x, y, width, height, round_corners=True, corner_radius=3)

    def cut(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A dotted line to cut along."""
        with self.local_context():
            self.set_draw_color(*CUT)
            self.set_line_width(0.15)
            self.set_dash_pattern(dash=0.4, gap=1.2)
            self.line(x, y, to_x, to_y)

    def rose(self, x: float, y: float, width: float) -> None:
        """The rose of Tukums, as on the pages."""
        self.drawing(_ROSE.read_text(), x, y, width)

    def garland(self, x: float, y: float, width: float, roses: int) -> None:
        """A garland of so many roses, as along the top of every page; its height follows."""
        links = "".join(
            f'<g transform="translate({_GARLAND_WIDTH * link} 0)">{_GARLAND}</g>'
            for link in range(roses)
        )
        view = f"-3 0 {_GARLAND_WIDTH * roses + 6} {_GARLAND_HEIGHT}"
        self.drawing(f'<svg xmlns="{_SVG}" viewBox="{view}">{links}</svg>', x, y, width)

    def drawing(self, svg: str, x: float, y: float, width: float) -> None:
        """A drawing of our own, such as a sign's code or a plan."""
        self.image(svg.encode(), x, y, width)
