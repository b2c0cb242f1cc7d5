""" "Today at the market": one page for the notice board, however many vendors there are.

It fits by a rule and nothing is cut off in silence: first the letters become smaller, then every
vendor stands under their main goods alone, then stalls stand for names, and at last only how many
there are; whatever is left out is named, with the address where it can be read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app import names
from app.languages import LATVIAN, capitalized, in_language, long_day, ngettext, sort_key
from app.languages import gettext as _
from app.paper.kit.board_words import Group, event_lines, groups, notice_lines
from app.paper.kit.facts import DayOnPaper
from app.paper.kit.pages import LINE_HEIGHT, MARGIN, DayPages
from app.paper.kit.plan import code_mm
from app.paper.kit.words import hours_said
from app.paper.sheet import ROSE, SOFT, Face
from market.signs.drawing import qr_svg

KEY = "sodien"
DETAILS = (
    ("every", (13, 12, 11, 10, 9.5)),
    ("main", (14, 13, 12, 11, 10, 9.5, 9)),
    ("stalls", (11, 10, 9)),
)
"""What is told of the vendors, and with letters of how many points, in the order of trying."""

MOST_EVENTS = (14, 9, 6)
MOST_KINDS = 14
GAP = 7.0
NOTICES_MM = 46.0
Line = tuple[str, Face, float]
"""A line of text with its face and its size in points."""


@dataclass(frozen=True)
class _Layout:
    """What fits: the lines about the vendors, and those below them."""

    who: list[Line]
    below: list[Line]


def draw_board(sheet: DayPages, facts: DayOnPaper) -> None:
    """The one page."""
    y = _draw_head(sheet, facts)
    found = _layout(sheet, facts, sheet.bottom - y)
    y = _draw_columns(sheet, found.who, y)
    for text, face, points in found.below:
        sheet.put_lines([text], MARGIN, y, sheet.inner, points, face)
        y += _tall(points)


def board_address(facts: DayOnPaper) -> str:
    """Where the same is always as it is just now."""
    return f"{facts.public_url}/{LATVIAN}/"


def _tall(points: float) -> float:
    return points * LINE_HEIGHT


def _draw_head(sheet: DayPages, facts: DayOnPaper) -> float:
    """Title, day, hours, the code, what the office tells; returns where the rest begins."""
    sheet.start_bare(KEY, _("Today at the market"))
    address = board_address(facts)
    side = code_mm(address)
    wide = sheet.inner - side - 4
    sheet.drawing(qr_svg(address), sheet.w - MARGIN - side, 10, side)
    sheet.put_line(address.removeprefix("https://").removeprefix("http://"),
                   sheet.w - MARGIN - side, 10 + side + 2, side, points=9, face="semibold",
                   align="centre")  # fmt: skip
    sheet.rose(MARGIN, 11, 14)
    sheet.put_line(_("Today at the market"), MARGIN + 18, 22, wide - 18, points=34, face="black",
                   colour=ROSE)  # fmt: skip
    sheet.put_line(capitalized(long_day(facts.day)), MARGIN, 35, wide, points=19, face="bold")
    y = 37.0
    for one in facts.sites:
        name = f"{in_language(one.site.name).text}: " if len(facts.sites) > 1 else ""
        sheet.put_line(f"{name}{hours_said(one)}", MARGIN, y + 6, wide, points=17, face="semibold")
        y += 7.5
    y = _draw_notices(sheet, facts, y + 2, wide)
    y = max(y, 10 + side + 6)
    sheet.rule(MARGIN, y, sheet.inner, (0, 0, 0))
    return y + 2.5


def _draw_notices(sheet: DayPages, facts: DayOnPaper, y: float, wide: float) -> float:
    """Weather, moved rows and notices in letters that fit; the rest is counted."""
    told = notice_lines(facts)
    for points in (12.0, 10.5, 9.0):
        lines = [sheet.fitted(text, wide, points, "semibold") for text in told]
        if sum(map(len, lines)) * _tall(points) <= NOTICES_MM:
            break
    kept: list[str] = []
    for number, one in enumerate(lines):
        if (len(kept) + len(one) + 1) * _tall(points) > NOTICES_MM and number < len(lines):
            more = len(lines) - number
            kept.append(
                ngettext("and %(num)s more notice: %(address)s",
                         "and %(num)s more notices: %(address)s", more,
                         address=board_address(facts))
            )  # fmt: skip
            break
        kept += one
    sheet.put_lines(kept, MARGIN, y, wide, points, "semibold")
    return y + len(kept) * _tall(points) + 3


def _layout(sheet: DayPages, facts: DayOnPaper, room: float) -> _Layout:
    """The first of all ways to tell the day that fits into so many millimetres."""
    for detail, sizes in DETAILS:
        grouped = groups(facts, every=detail == "every")
        for most in MOST_EVENTS:
            for points in sizes:
                found = _Layout(
                    _who(sheet, facts, grouped, detail, points), _below(sheet, facts, most, points)
                )
                if _height(found) <= room:
                    return found
    counted = [_counted(group) for group in groups(facts, every=True)]
    lines = _heading(_("Here today"), 9.5) + [(text, "regular", 9.0) for text in counted]
    told = sheet.fitted(_who_else(facts), _column(sheet), 9, "semibold")
    return _Layout(
        [*lines, *((text, "semibold", 9.0) for text in told)], _below(sheet, facts, 4, 9.0)
    )


def _height(found: _Layout) -> float:
    """Of both columns side by side, and what stands below."""
    who = sum(_tall(points) for _text, _face, points in _first_column(found.who))
    return who + 4 + sum(_tall(points) for _text, _face, points in found.below)


def _column(sheet: DayPages) -> float:
    return (sheet.inner - GAP) / 2


def _heading(text: str, points: float) -> list[Line]:
    return [(text, "bold", points + 2)]


def _who(
    sheet: DayPages, facts: DayOnPaper, grouped: Sequence[Group], detail: str, points: float
) -> list[Line]:
    """Goods with those who sell them, in lines as wide as half a page."""
    lines: list[Line] = []
    for group in grouped:
        sellers = sorted(group.sellers, key=lambda one: sort_key(one.name))
        told = ", ".join(one.stalls if detail == "stalls" else one.said for one in sellers)
        lines.append((f"{group.words} ({len(sellers)})", "bold", points))
        lines += [(text, "regular", points) for text in sheet.fitted(told, _column(sheet), points)]
    if detail != "every":
        more = sheet.fitted(_main_only(facts, detail), _column(sheet), points, "semibold")
        lines += [(text, "semibold", points) for text in more]
    if not grouped:
        lines.append((_("Nobody has a stall on this day yet."), "regular", points))
    return lines


def _main_only(facts: DayOnPaper, detail: str) -> str:
    address = board_address(facts)
    if detail == "main":
        return _("Each vendor stands under their main goods; everything: %(address)s",
                 address=address)  # fmt: skip
    return _("Numbers are those of the stalls; names and goods: %(address)s", address=address)


def _counted(group: Group) -> str:
    count = ngettext("%(num)s vendor", "%(num)s vendors", len(group.sellers))
    return f"{group.words}: {count}"


def _who_else(facts: DayOnPaper) -> str:
    return _("Who sells what, and where: %(address)s", address=board_address(facts))


def _below(sheet: DayPages, facts: DayOnPaper, most: int, points: float) -> list[Line]:
    """What is in season, and the programme of the day and the weekend, over the whole width."""
    lines: list[Line] = []
    season = _season(facts)
    if season:
        lines += _heading(_("In season today"), points)
        lines += [(text, "regular", points) for text in sheet.fitted(season, sheet.inner, points)]
    events = event_lines(facts)
    if events:
        lines += _heading(_("Programme"), points)
        for told in events[:most]:
            lines += [(text, "regular", points) for text in sheet.fitted(told, sheet.inner, points)]
    if len(events) > most:
        more = ngettext(
            "and %(num)s more event: %(address)s",
            "and %(num)s more events: %(address)s",
            len(events) - most,
            address=f"{facts.public_url}/{LATVIAN}/programma",
        )
        lines.append((more, "semibold", points))
    return lines


def _season(facts: DayOnPaper) -> str:
    """The kinds of goods on the tables, the most frequent first."""
    counts = Counter(
        kind
        for line in facts.lines
        if line.state != "absent" and line.vendor.state == "approved"
        for kind in {good.kind for good in facts.goods.get(line.vendor.id or 0, ()) if good.kind}
    )
    kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))[:MOST_KINDS]
    return ", ".join(names.kind(kind).lower() for kind in kinds)


def _first_column(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of the left column: half of the height; no heading is its last line."""
    whole = sum(_tall(points) for _text, _face, points in lines)
    height = 0.0
    for number, (_text, _face, points) in enumerate(lines):
        if height >= whole / 2 and not (number and lines[number - 1][1] == "bold"):
            return lines[:number]
        height += _tall(points)
    return lines


def _draw_columns(sheet: DayPages, lines: Sequence[Line], y: float) -> float:
    """The lines in two columns; returns where they end."""
    first = _first_column(lines)
    ends = []
    for place, column in enumerate((first, lines[len(first) :])):
        at = y
        for text, face, points in column:
            colour = ROSE if face == "bold" else (0, 0, 0)
            x = MARGIN + place * (_column(sheet) + GAP)
            sheet.put_lines([text], x, at, _column(sheet), points, face, colour)
            at += _tall(points)
        ends.append(at)
    sheet.rule(MARGIN, max(ends) + 1.5, sheet.inner, SOFT)
    return max(ends) + 4
