"""Who stands where: by row, as one walks along the stalls, and by name, as one is asked."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from app.languages import gettext as _
from app.languages import in_language, sort_key
from app.paper.kit.facts import DayOnPaper, SiteOnPaper
from app.paper.kit.pages import LINE_HEIGHT, PALE, DayPages, Flow
from app.paper.kit.words import (
    goods_said,
    numbers_of,
    phone_of,
    row_said,
    said_before,
    under_head,
)
from app.paper.lines import printable
from app.paper.sheet import SOFT
from market.places.models import Stall, Zone
from market.standing.roll import RollLine
from vendors.fields import identity

POINTS, SMALL = 10.5, 9.0
STALLS, PHONE, SAID = 22.0, 25.0, 24.0


def only_for_office(facts: DayOnPaper) -> str:
    """The note in the foot of a copy that holds telephone numbers."""
    note = _("For the market office only: please shred this sheet after the market day.")
    return note if facts.phones else ""


def draw_by_row(sheet: DayPages, facts: DayOnPaper) -> None:
    """The list by row: every vendor at their first stall; of each row also the free stalls."""
    for one in facts.sites:
        flow = Flow(sheet, partial(_start, sheet, "pa-rindam", _("List by row"), one))
        free = _free_by_row(one)
        at_rows = {key: list(lines) for key, lines in groupby(one.lines, key=_row_of)}
        for key in sorted(at_rows.keys() | free.keys()):
            _draw_row(sheet, flow, facts, at_rows.get(key, []), free.get(key, []))
        _say_if_nobody(sheet, flow, one)


def draw_by_name(sheet: DayPages, facts: DayOnPaper) -> None:
    """The list by name in the order of the Latvian alphabet."""
    for one in facts.sites:
        flow = Flow(
            sheet,
            partial(_start, sheet, "pa-vardiem", _("List by name"), one),
            columns=2,
        )
        for line in sorted(one.lines, key=lambda line: sort_key(line.vendor.name)):
            _draw_name(sheet, flow, facts, line)
        _say_if_nobody(sheet, flow, one)


def _start(sheet: DayPages, key: str, title: str, one: SiteOnPaper) -> float:
    return sheet.start(key, title, under=under_head(one), note=only_for_office(sheet.facts))


def _row_of(line: RollLine) -> tuple[str, str]:
    return (line.zone.code, line.row)


def _free_by_row(one: SiteOnPaper) -> dict[tuple[str, str], list[tuple[Stall, Zone, str]]]:
    """The stalls that nobody has on the day, by zone and row."""
    taken = {identity(stall) for line in one.lines for stall in line.stalls}
    free: dict[tuple[str, str], list[tuple[Stall, Zone, str]]] = {}
    for spot, stall, zone in one.plan:
        if identity(stall) not in taken:
            free.setdefault((zone.code, spot.row), []).append((stall, zone, spot.row))
    return free


def _draw_row(
    sheet: DayPages,
    flow: Flow,
    facts: DayOnPaper,
    lines: Sequence[RollLine],
    free: Sequence[tuple[Stall, Zone, str]],
) -> None:
    y = flow.take(8, keep=8)
    if lines:
        heading = row_said(lines[0])
    else:
        _stall, zone, row = free[0]
        heading = _("%(zone)s, row %(row)s", zone=in_language(zone.name).text, row=row)
    sheet.put_line(heading, flow.x, y + 6, flow.width, points=11.5, face="bold")
    sheet.rule(flow.x, y + 7.4, flow.width, (0, 0, 0))
    for line in lines:
        _draw_line(sheet, flow, facts, line)
    if free:
        numbers = ", ".join(stall.number for stall, _zone, _row in free)
        words = sheet.fitted(_("Free: %(stalls)s", stalls=numbers), flow.width - 2, POINTS)
        y = flow.take(len(words) * POINTS * LINE_HEIGHT + 2)
        sheet.put_lines(words, flow.x + 1, y + 1, flow.width - 2, POINTS, colour=SOFT)


def _draw_line(sheet: DayPages, flow: Flow, facts: DayOnPaper, line: RollLine) -> None:
    last = PHONE if facts.phones else SAID
    told = (phone_of(line) if facts.phones else "", said_before(line))
    right = [words for words in told if words]
    wide = flow.width - STALLS - last
    name_wide, goods_wide = wide * 0.5 - 2, wide * 0.5 - 2
    names = sheet.fitted(line.vendor.name, name_wide, POINTS, "semibold")
    goods = sheet.fitted(goods_said(facts, line), goods_wide, SMALL)
    numbers = sheet.fitted(numbers_of(line), STALLS - 2, POINTS, "bold")
    tall = max(len(names), len(goods), len(numbers), len(right)) * POINTS * LINE_HEIGHT + 1.8
    y, x = flow.take(tall) + 0.6, flow.x
    sheet.put_lines(numbers, x + 1, y, STALLS - 2, POINTS, "bold")
    sheet.put_lines(names, x + STALLS, y, name_wide, POINTS, "semibold")
    sheet.put_lines(goods, x + STALLS + wide * 0.5, y, goods_wide, SMALL)
    for step, words in enumerate(right):
        baseline = y + (step + 0.8) * POINTS * LINE_HEIGHT
        sheet.put_line(words, x + flow.width - last, baseline, last - 1, points=SMALL,
                       align="right")  # fmt: skip
    sheet.rule(x, y + tall - 0.8, flow.width, PALE)


def _draw_name(sheet: DayPages, flow: Flow, facts: DayOnPaper, line: RollLine) -> None:
    right = PHONE if facts.phones else 0.0
    name_wide = flow.width - STALLS - right - 2
    names = sheet.fitted(line.vendor.name, name_wide, POINTS, "semibold")
    numbers = sheet.fitted(numbers_of(line), STALLS - 1, POINTS, "bold")
    tall = max(len(names) * POINTS + SMALL, len(numbers) * POINTS) * LINE_HEIGHT + 2
    y, x = flow.take(tall) + 0.6, flow.x
    sheet.put_lines(names, x, y, name_wide, POINTS, "semibold")
    where = y + len(names) * POINTS * LINE_HEIGHT
    said = said_before(line)
    row = f"{row_said(line)} · {said}" if said else row_said(line)
    sheet.put_lines([printable(sheet, row)], x, where, name_wide, SMALL, colour=SOFT)
    if right:
        sheet.put_line(phone_of(line), x + name_wide + 1, y + POINTS * LINE_HEIGHT * 0.8, right,
                       points=SMALL)  # fmt: skip
    sheet.put_lines(numbers, x + flow.width - STALLS + 1, y, STALLS - 1, POINTS, "bold")
    sheet.rule(x, y + tall - 0.8, flow.width, PALE)


def _say_if_nobody(sheet: DayPages, flow: Flow, one: SiteOnPaper) -> None:
    if not one.lines:
        y = flow.take(10)
        sheet.put_line(_("Nobody has a stall on this day yet."), flow.x, y + 7, flow.width,
                       points=12)  # fmt: skip
