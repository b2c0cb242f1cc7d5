"""Reading printed sheets as a machine: the texts of a PDF and the codes on its pictures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pypdfium2
import zxingcpp

PIXELS_PER_MM = 150 / 25.4
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Box:
    """A part of a page in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def gap_to(self, other: "Box") -> float:
        """The distance between the nearest edges; 0 where they overlap."""
        across = max(other.left - self.right, self.left - other.right, 0)
        down = max(other.top - self.bottom, self.top - other.bottom, 0)
        return (across**2 + down**2) ** 0.5


@dataclass(frozen=True)
class Found:
    """A text, or what a code says, and where it is."""

    page: int
    text: str
    box: Box


def texts_of(pdf: bytes) -> list[Found]:
    """Every line of text, in the order in which it was set."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        height = page.get_height()
        reader = page.get_textpage()
        for line in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=reader):
            left, bottom, right, top = line.get_bounds()
            edges = (left, height - top, right, height - bottom)
            found.append(
                Found(number, line.extract().strip(), Box(*(MM_PER_POINT * at for at in edges)))
            )
    return found


def codes_of(pdf: bytes) -> list[Found]:
    """Every code that a machine reads on the rendered pages; the box is without quiet zone."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        picture = page.render(scale=PIXELS_PER_MM * MM_PER_POINT, grayscale=True).to_numpy()
        for code in zxingcpp.read_barcodes(picture):
            corner, far = code.position.top_left, code.position.bottom_right
            edges = (corner.x, corner.y, far.x, far.y)
            found.append(Found(number, code.text, Box(*(at / PIXELS_PER_MM for at in edges))))
    return found


def nearest(code: Found, texts: Collection[Found], among: Collection[str]) -> str:
    """Which of some texts is printed nearest to a code on the same page."""
    beside = [text for text in texts if text.page == code.page and text.text in among]
    return min(beside, key=lambda text: code.box.gap_to(text.box)).text


def wrong_pairs(pdf: bytes, address_of: Mapping[str, str]) -> list[str]:
    """What is wrong with a sheet of signs: each stall's code beside its number, in two sizes.

    `address_of` says by stall number what its code must say; the code to type must stand beside
    it too, with blanks between its characters.
    """
    texts, codes = texts_of(pdf), codes_of(pdf)
    typed = {" ".join(address[-5:]): address for address in address_of.values()}
    problems = []
    for code in codes:
        number = nearest(code, texts, address_of)
        if address_of[number] != code.text:
            problems.append(f"{code.text} stands beside {number}")
        letters = nearest(code, texts, typed)
        if typed[letters] != code.text:
            problems.append(f"{code.text} stands beside the letters {letters}")
    read = [code.text for code in codes]
    problems += [
        f"{number}: not two codes" for number in address_of if read.count(address_of[number]) != 2
    ]
    return problems
