"""The stall plan of a day with its legend, and a code that opens the same plan on a phone.

The legend goes on over as many pages as it needs. Where the numbers on the whole plan would be too
small to read, its parts follow, each drawn by itself.
"""

import re

from app import names
from app.languages import gettext as _
from app.languages import in_language, pgettext
from app.paper.kit.facts import DayOnPaper, SiteOnPaper
from app.paper.kit.pages import LINE_HEIGHT, MARGIN, PALE, DayPages, Flow
from app.paper.kit.tiles import EDGE_M, READABLE_MM, Part, number_m, parts, whole
from app.paper.kit.words import goods_said, live_plan, numbers_of, under_head
from app.paper.sheet import SOFT
from market.places.models import Stall, StallOnPlan, Zone
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.signs.drawing import SMALLEST_MODULE_MM, qr_matrix, qr_svg
from market.standing.roll import RollLine
from vendors.fields import identity

CODE_MM = 40.0
POINTS, SMALL = 10.0, 8.5
SIDE_MM = 62.0
TALLEST_A4_MM = 150.0
LEAST_LEGEND_MM = 50.0
Place = tuple[StallOnPlan, Stall, Zone]


def draw_plan(sheet: DayPages, facts: DayOnPaper, paper: str = "A4") -> None:
    """The plan of each site on pages of A4, or of A3, with the legend on what is left."""
    for one in facts.sites:
        y = _draw_overview(sheet, facts, one, _start(sheet, one, paper), paper)
        _draw_legend(sheet, facts, one, paper, y)
        _draw_parts(sheet, one, paper)


def code_mm(address: str) -> float:
    """How wide a code is printed: its modules are never smaller than a cheap printer can."""
    return max(CODE_MM, len(qr_matrix(address)) * (SMALLEST_MODULE_MM + 0.01))


def _key(paper: str) -> str:
    return "plans-a3" if paper == "A3" else "plans"


def _start(sheet: DayPages, one: SiteOnPaper, paper: str) -> float:
    return sheet.start(_key(paper), _("Stall plan"), under=under_head(one), paper=paper)


def _draw_overview(
    sheet: DayPages, facts: DayOnPaper, one: SiteOnPaper, y: float, paper: str
) -> float:
    """The whole plan, the code and the explanations; returns where the legend may begin."""
    part = whole(one.site)
    if paper == "A3":
        space = (sheet.inner - SIDE_MM, sheet.bottom - y)
        _draw_part(sheet, one, part, MARGIN, y, space)
        _draw_code(sheet, facts, one, sheet.w - MARGIN - SIDE_MM + 6, y + 2, beside=False)
        return float(sheet.bottom)
    tall = min(TALLEST_A4_MM, part.height * part.scale(sheet.inner, TALLEST_A4_MM))
    _draw_part(sheet, one, part, MARGIN, y, (sheet.inner, tall))
    return _draw_code(sheet, facts, one, MARGIN, y + tall + 3, beside=True)


def _draw_part(
    sheet: DayPages, one: SiteOnPaper, part: Part, x: float, y: float, space: tuple[float, float]
) -> None:
    """A part of the plan in the middle of a space, as large as fits."""
    scale = part.scale(*space)
    wide, tall = part.width * scale, part.height * scale
    x += (space[0] - wide) / 2
    with sheet.rect_clip(x, y, wide, tall):
        sheet.drawing(_svg(one, part), x, y, wide)
    sheet.set_draw_color(*PALE)
    sheet.set_line_width(0.2)
    sheet.rect(x, y, wide, tall)


def _svg(one: SiteOnPaper, part: Part) -> str:
    """The drawing that pages show, cut to a part of the plan."""
    within = part.grown(2 * EDGE_M)
    drawing = plan_svg(
        one.site,
        drawn_stalls(one, [place for place in one.plan if within.holds(place[0])]),
        [
            DrawnAmenity(found.kind, _amenity_words(found.kind, found.name), found.points)
            for found in one.amenities
        ],
        north=pgettext("north, on a plan", "N"),
        letters="regular",
    )
    box = f"{part.left:.10g} {part.top:.10g} {part.width:.10g} {part.height:.10g}"
    return re.sub(r'viewBox="[^"]*"', f'viewBox="{box}"', drawing, count=1)


def drawn_stalls(one: SiteOnPaper, places: list[Place]) -> list[DrawnStall]:
    """The stalls as they look on the day: taken, free, or of somebody who does not come."""
    looks = {
        identity(stall): "absent" if line.state == "absent" else "taken"
        for line in one.lines
        for stall in line.stalls
    }
    return [
        DrawnStall(
            identity(stall), stall.number, spot, looks.get(identity(stall), "free"), zone=zone.code
        )
        for spot, stall, zone in places
    ]


def _amenity_words(kind: str, name: dict[str, str] | None) -> str:
    return in_language(name).text if name else names.amenity(kind)


def _draw_code(
    sheet: DayPages, facts: DayOnPaper, one: SiteOnPaper, x: float, y: float, *, beside: bool
) -> float:
    """The code of the live plan with its address, and what the looks mean; returns the end."""
    address = live_plan(facts)
    side = code_mm(address)
    sheet.drawing(qr_svg(address), x, y, side)
    text_x, width = (x + side + 3, sheet.inner - side - 3) if beside else (x, SIDE_MM - 6)
    at = y if beside else y + side + 2
    said = [
        (_("The plan as it is just now, on a phone:"), "semibold", POINTS),
        (address, "regular", SMALL),
        (_("A bar along the front: taken. A dashed border: free. A cross: does not come."),
         "regular", SMALL),
    ]  # fmt: skip
    if any(found.kind == "step_free_way" for found in one.amenities):
        said.append((_("Thick dashed line: step-free way."), "regular", SMALL))
    said.append((_around_here(one), "regular", SMALL))
    said += [(in_language(move.words).text, "semibold", SMALL) for move in one.moves]
    for words, face, points in said:
        lines = sheet.fitted(words, width, points, face)  # type: ignore[arg-type]
        sheet.put_lines(lines, text_x, at, width, points, face)  # type: ignore[arg-type]
        at += len(lines) * points * LINE_HEIGHT + 1.2
    return max(at, y + side) + 2


def _around_here(one: SiteOnPaper) -> str:
    """ "Šeit ir: ieeja, tualete, dzeramais ūdens." """
    silent = ("step_free_way", "passage", "building", "tree", "lamp_post")
    kinds = dict.fromkeys(found.kind for found in one.amenities if found.kind not in silent)
    if not kinds:
        return ""
    listed = ", ".join(names.amenity(kind).lower() for kind in kinds)
    return _("On the plan: %(amenities)s.", amenities=listed)


def _draw_parts(sheet: DayPages, one: SiteOnPaper, paper: str) -> None:
    """Parts of the plan, where its numbers are too small on the whole of it."""
    stalls = [(spot, stall.number) for spot, stall, _zone in one.plan]
    if not stalls:
        return
    space = (sheet.inner, sheet.bottom - 27)
    smallest = min(number_m(spot, number) for spot, number in stalls)
    first = (sheet.inner - SIDE_MM, space[1]) if paper == "A3" else (sheet.inner, TALLEST_A4_MM)
    if smallest * whole(one.site).scale(*first) >= READABLE_MM:
        return
    found = parts(stalls, *space)
    for number, part in enumerate(found, start=1):
        y = _start(sheet, one, paper)
        _draw_part(sheet, one, part.grown(EDGE_M), MARGIN, y, (space[0], space[1] - 6))
        if len(found) > 1:
            said = _("part %(part)s of %(parts)s", part=number, parts=len(found))
            sheet.put_line(said, MARGIN, sheet.bottom - 1, sheet.inner, points=POINTS, face="bold",
                           align="right")  # fmt: skip


def _draw_legend(
    sheet: DayPages, facts: DayOnPaper, one: SiteOnPaper, paper: str, y: float
) -> None:
    """Number, vendor and goods in the order of the plan, from `y` on where there is room."""
    begun = [y] if y + LEAST_LEGEND_MM < sheet.bottom else []

    def start() -> float:
        return _head_legend(sheet, begun.pop() if begun else _start(sheet, one, paper))

    flow = Flow(sheet, start, columns=4 if paper == "A3" else 2)
    for line in one.lines:
        _draw_entry(sheet, flow, facts, line)
    if not one.lines:
        flow.take(8)
        sheet.put_line(_("Nobody has a stall on this day yet."), flow.x, flow.y, flow.width,
                       points=12)  # fmt: skip


def _head_legend(sheet: DayPages, y: float) -> float:
    sheet.put_line(_("Who stands where on the plan"), MARGIN, y + 4, sheet.inner, points=11,
                   face="bold")  # fmt: skip
    return y + 7


def _draw_entry(sheet: DayPages, flow: Flow, facts: DayOnPaper, line: RollLine) -> None:
    left = 20.0
    wide = flow.width - left
    numbers = sheet.fitted(numbers_of(line), left - 1.5, POINTS, "bold")
    vendor = sheet.fitted(shown_name(facts, line), wide, POINTS, "semibold")
    goods = sheet.fitted(goods_said(facts, line), wide, SMALL)
    tall = max(len(vendor) * POINTS + len(goods) * SMALL, len(numbers) * POINTS) * LINE_HEIGHT + 2
    y, x = flow.take(tall) + 0.5, flow.x
    sheet.put_lines(numbers, x, y, left - 1.5, POINTS, "bold")
    sheet.put_lines(vendor, x + left, y, wide, POINTS, "semibold")
    below = y + len(vendor) * POINTS * LINE_HEIGHT
    sheet.put_lines(goods, x + left, below, wide, SMALL, colour=SOFT)
    sheet.rule(x, y + tall - 0.7, flow.width, PALE)


def shown_name(facts: DayOnPaper, line: RollLine) -> str:
    """The name as the public may read it: whoever is not approved yet is a guest."""
    if line.vendor.state == "approved":
        return line.vendor.name
    return pgettext("instead of a name", "a guest")
