"""Explanations on paper: everybody by name, with the sentences that say why."""

from collections.abc import Sequence

from app.clock import now
from app.languages import gettext as _
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, SOFT, Sheet

LEFT, WIDTH, TOP, BOTTOM = 16.0, 178.0, 40.0, PAGE_HEIGHT - 18.0
LINE = 5.6
Line = tuple[str, Sequence[str]]


def plan_explained_paper(of_what: str, version: str, lines: Sequence[Line]) -> bytes:
    """A4 pages in the language spoken now."""
    title = _("Why everybody got what they got")
    sheet = Sheet(title, now())
    y = _start(sheet, title, f"{of_what} · {version}")
    for head, sentences in lines:
        told = [part for one in sentences for part in _wrapped(sheet, one)]
        if y + LINE * (len(told) + 1) > BOTTOM:
            y = _start(sheet, title, f"{of_what} · {version}")
        sheet.put_line(printable(sheet, head), LEFT, y, WIDTH, points=11, face="semibold")
        for part in told:
            y += LINE
            sheet.put_line(part, LEFT + 4, y, WIDTH - 4, points=10.5)
        y += LINE * 1.6
    return bytes(sheet.output())


def _start(sheet: Sheet, title: str, under: str) -> float:
    sheet.add_page()
    sheet.rose(LEFT, 11, 11)
    sheet.put_line(title, LEFT + 15, 17, WIDTH - 15, points=17, face="bold")
    sheet.put_line(printable(sheet, under), LEFT + 15, 24, WIDTH - 15, points=11, colour=SOFT)
    return TOP


def _wrapped(sheet: Sheet, sentence: str) -> list[str]:
    """A sentence in lines that fit beside each other on the page."""
    lines, line = [], ""
    sheet.set_font("regular", size=10.5)
    for word in printable(sheet, sentence).split():
        longer = f"{line} {word}".strip()
        if line and sheet.get_string_width(longer) > WIDTH - 6:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines
