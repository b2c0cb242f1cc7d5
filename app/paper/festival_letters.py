"""Letters about applications on paper: each on a sheet of its own, in the applicant's language."""

from collections.abc import Sequence

from app.clock import now
from app.festival_letters import Written
from app.languages import capitalized, in_language, long_day, speaking
from app.languages import gettext as _
from app.paper.lines import printable
from app.paper.sheet import PAGE_HEIGHT, PAGE_WIDTH, ROSE, SOFT, Sheet
from market.days.models import Festival
from market.festivals.models import Application

LEFT, WIDTH = 25.0, PAGE_WIDTH - 50.0
TOP, LAST_LINE, LINE, POINTS = 95.0, PAGE_HEIGHT - 25.0, 6.2, 12


def letters_pdf(festival: Festival, letters: Sequence[tuple[Application, Written]]) -> bytes:
    """All letters in one document; without any, a sheet that says so."""
    sheet = Sheet(_("Letters"), now())
    for row, letter in letters:
        with speaking(letter.language):
            _letter(sheet, festival, row, letter)
    if not letters:
        sheet.add_page()
        sheet.put_line(_("There are no letters to print."), LEFT, 40, WIDTH, points=POINTS)
    return bytes(sheet.output())


def _letter(sheet: Sheet, festival: Festival, row: Application, letter: Written) -> None:
    sheet.add_page()
    sheet.rose(LEFT, 15, 14)
    sheet.put_line(
        _("Tukums market office"), LEFT + 18, 24, 100, points=14, face="bold", colour=ROSE
    )
    day = capitalized(long_day(now().date()))
    sheet.put_line(day, LEFT, 40, WIDTH, points=10, align="right", colour=SOFT)
    address = (row.contact_person, row.name, row.legal_name)
    for place, text in enumerate(dict.fromkeys(one for one in address if one)):
        sheet.put_line(printable(sheet, text), LEFT, 52 + 6 * place, 100, points=POINTS)
    title = _("Application %(number)s: %(festival)s", number=row.number,
              festival=in_language(festival.name).text)  # fmt: skip
    sheet.put_line(title, LEFT, 82, WIDTH, points=15, face="bold")
    y = TOP
    for paragraph in letter.body.split("\n"):
        for line in wrapped(sheet, paragraph) or [""]:
            if y > LAST_LINE:
                sheet.add_page()
                y = 25.0
            sheet.put_line(line, LEFT, y, WIDTH, points=POINTS)
            y += LINE if line else LINE / 2


def wrapped(sheet: Sheet, text: str) -> list[str]:
    """A paragraph in lines that fit, also a word that is longer than a line."""
    sheet.set_font("regular", size=POINTS)
    lines: list[str] = []
    line = ""
    for word in printable(sheet, text).split():
        longer = f"{line} {word}".strip()
        if line and sheet.get_string_width(longer) > WIDTH:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines
