"""Draws the plan of a site as SVG in metres: the same drawing for pages, the editor and paper.

Looks are told apart without colour: a free stall has a dashed border, a taken one a bar along its
front, an absent one a cross, a held one hatching, a chosen one white letters on dark and a second
border, a dim one a thin border and pale letters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import cos, hypot, radians, sin

from market.places.models import Site, StallOnPlanFields
from market.places.plan_symbols import symbol

MARGIN_M = 3.0
BELOW_M = 5.0
"""Room under the plan for the scale and the arrow to the north."""

INK = "#2a211d"
PAPER = "#ffffff"
GROUND = "#fdf9f3"
LETTER_WIDTH = 0.62
"""How wide a letter is at most, as a part of its size."""

LARGEST_NUMBER_M = 1.5
HATCH_M = 0.4
SCALES_M = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class _Look:
    """The colours of a stall: its ground, its border with the border's width, its number."""

    ground: str
    border: str
    border_m: float
    number: str = INK


LOOKS = {
    "free": _Look("#ffffff", "#6f635a", 0.08),
    "taken": _Look("#cfe0c3", "#2f4a2a", 0.1),
    "absent": _Look("#f1ece6", "#5f534b", 0.08),
    "held": _Look("#f8ebc8", "#5c4305", 0.08),
    "chosen": _Look("#6d1233", "#2a0613", 0.2, "#ffffff"),
    "dim": _Look("#f6f2ec", "#b5aaa0", 0.04, "#6f635a"),
}


@dataclass(frozen=True)
class DrawnStall:
    """A stall on the drawing: `look` is a key of LOOKS, `title` says it in words, if given.

    `zone` is the code of its zone; rows of one name in two zones are two rows.
    """

    stall_id: int
    number: str
    spot: StallOnPlanFields
    look: str = "free"
    title: str = ""
    zone: str = ""


@dataclass(frozen=True)
class DrawnAmenity:
    """Something else on the plan: its kind, its words in the reader's language, its points."""

    kind: str
    words: str
    points: Sequence[Sequence[float]]
    amenity_id: int | None = None


@dataclass(frozen=True)
class DrawnPicture:
    """A picture under the plan: its address, its middle and size in metres, turned clockwise."""

    address: str
    x_m: float
    y_m: float
    width_m: float
    height_m: float
    angle_deg: float = 0.0
    opacity: float = 0.6


def frame_of(site: Site) -> tuple[float, float, float, float]:
    """The drawing's view box in metres of the plan: left, top, width, height."""
    return (
        -MARGIN_M,
        -MARGIN_M,
        site.width_m + 2 * MARGIN_M,
        site.height_m + MARGIN_M + BELOW_M,
    )


def plan_svg(
    site: Site,
    stalls: Sequence[DrawnStall],
    amenities: Sequence[DrawnAmenity],
    *,
    picture: DrawnPicture | None = None,
    interactive: bool = False,
    title: str = "",
    north: str = "N",
    letters: str = "system-ui, sans-serif",
) -> str:
    """The plan as one SVG element in metres of the site, see `frame_of`.

    Stalls are `<g class="stall LOOK" data-stall="ID">` in the order given; `interactive` lets the
    keyboard reach each of them. `title` names the whole drawing, `north` is the letter at the
    arrow. All texts are escaped; there are no styles, only attributes.

    fpdf2 2.8 draws all of it when `letters` is the name of a font of the document that has a bold
    one (`Sheet`: "regular"), except titles and a turned picture, and it fetches no picture.
    """
    left, top, width, height = frame_of(site)
    role = 'role="group"' if interactive else 'role="img"'
    named = f' aria-label="{escape(title)}"' if title else ""
    words_m = max(1.3, site.width_m / 110)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plan" {role}{named} viewBox="{_m(left)}'
        f' {_m(top)} {_m(width)} {_m(height)}" font-family="{escape(letters)}">',
        f'<rect x="{_m(left)}" y="{_m(top)}" width="{_m(width)}" height="{_m(height)}"'
        f' fill="{PAPER}"/>',
        f'<rect class="ground" x="0" y="0" width="{_m(site.width_m)}" height="{_m(site.height_m)}"'
        f' fill="{GROUND}" stroke="#b5aaa0" stroke-width=".1"/>',
        _picture(picture) if picture else "",
        *(_amenity(one, site, words_m) for one in amenities if len(one.points) > 1),
        '<g class="stalls" text-anchor="middle">',
        *(_stall(one, interactive) for one in stalls),
        "</g>",
        *(_amenity(one, site, words_m) for one in amenities if len(one.points) == 1),
        *_row_labels(stalls, words_m),
        _scale(site),
        _north(site, north),
        "</svg>",
    ]
    return "".join(parts)


def _m(metres: float) -> str:
    """Metres to the centimetre, as short as can be written."""
    return f"{round(metres, 2):.10g}"


def _picture(picture: DrawnPicture) -> str:
    return (
        f'<image href="{escape(picture.address)}" x="{_m(picture.x_m - picture.width_m / 2)}"'
        f' y="{_m(picture.y_m - picture.height_m / 2)}" width="{_m(picture.width_m)}"'
        f' height="{_m(picture.height_m)}" opacity="{_m(picture.opacity)}"'
        f' preserveAspectRatio="none"'
        f' transform="rotate({_m(picture.angle_deg)} {_m(picture.x_m)} {_m(picture.y_m)})"/>'
    )


def _stall(stall: DrawnStall, interactive: bool) -> str:
    spot, look = stall.spot, LOOKS[stall.look]
    turn = f" rotate({_m(spot.angle_deg)})" if spot.angle_deg % 360 else ""
    said = escape(stall.title or stall.number)
    reach = f' tabindex="0" role="button" aria-label="{said}"' if interactive else ""
    named = f"<title>{said}</title>" if stall.title and not interactive else ""
    dashes = ' stroke-dasharray=".3 .2"' if stall.look == "free" else ""
    return (
        f'<g class="stall {stall.look}" data-stall="{stall.stall_id}"{reach}'
        f' transform="translate({_m(spot.x_m)} {_m(spot.y_m)}){turn}">{named}'
        f"{_box(spot.width_m, spot.depth_m, look.ground, look.border, look.border_m, dashes)}"
        f"{_mark(stall.look, spot)}{_number(stall.number, spot, stall.look)}</g>"
    )


def _box(
    width: float, height: float, ground: str, border: str, border_m: float, more: str = ""
) -> str:
    return (
        f'<rect x="{_m(-width / 2)}" y="{_m(-height / 2)}" width="{_m(width)}"'
        f' height="{_m(height)}" fill="{ground}" stroke="{border}" stroke-width="{_m(border_m)}"'
        f"{more}/>"
    )


def _mark(look: str, spot: StallOnPlanFields) -> str:
    """What tells the look on paper without colours."""
    across, deep = spot.width_m / 2, spot.depth_m / 2
    if look == "taken":
        bar = min(0.22, deep / 3)
        return (
            f'<path d="M{_m(-across)} {_m(deep)}h{_m(2 * across)}v{_m(-bar)}h{_m(-2 * across)}z"'
            f' fill="{LOOKS[look].border}"/>'
        )
    if look == "chosen":
        return _box(spot.width_m + 0.7, spot.depth_m + 0.7, "none", LOOKS[look].border, 0.12)
    lines = {
        "absent": f"M{_m(-across)} {_m(-deep)}L{_m(across)} {_m(deep)}"
        f"M{_m(across)} {_m(-deep)}L{_m(-across)} {_m(deep)}",
        "held": hatching(spot.width_m, spot.depth_m),
    }.get(look)
    if not lines:
        return ""
    return f'<path d="{lines}" fill="none" stroke="{LOOKS[look].border}" stroke-width=".05"/>'


def hatching(width: float, height: float, step: float = HATCH_M) -> str:
    """Slanting lines within a box around the origin, as data of a path."""
    left, bottom, lines = -width / 2, height / 2, []
    at = step - height
    while at < width:
        first, last = max(0.0, -at), min(height, width - at)
        lines.append(
            f"M{_m(left + at + first)} {_m(bottom - first)}"
            f"L{_m(left + at + last)} {_m(bottom - last)}"
        )
        at += step
    return "".join(lines)


def upright(angle_deg: float) -> float:
    """The angle, or its opposite, at which letters do not stand on their head: over -90 to 90."""
    return -((90 - angle_deg) % 180 - 90)


def _number(number: str, spot: StallOnPlanFields, look: str) -> str:
    """The number along the longer side, as large as fits, never upside down."""
    along, over = spot.width_m, spot.depth_m
    own = 0.0
    if over > 1.4 * along:
        along, over, own = over, along, 90.0
    size = min(0.62 * over, 0.86 * along / (LETTER_WIDTH * max(len(number), 2)), LARGEST_NUMBER_M)
    turn = upright(spot.angle_deg + own) - spot.angle_deg
    turned = f' transform="rotate({_m(turn)})"' if turn % 360 else ""
    bold = "" if look in ("free", "dim") else ' font-weight="bold"'
    text = (
        f'<text y="{_m(0.36 * size)}" font-size="{_m(size)}" fill="{LOOKS[look].number}"'
        f"{bold}>{escape(number)}</text>"
    )
    plate = ""
    if look in ("absent", "held"):
        wide = LETTER_WIDTH * size * len(number) + 0.2
        plate = (
            f'<rect x="{_m(-wide / 2)}" y="{_m(-0.55 * size)}" width="{_m(wide)}"'
            f' height="{_m(1.1 * size)}" fill="{PAPER}"/>'
        )
    return f"<g{turned}>{plate}{text}</g>" if turned else plate + text


def _amenity(one: DrawnAmenity, site: Site, words_m: float) -> str:
    known = f' data-amenity="{one.amenity_id}"' if one.amenity_id is not None else ""
    inwards = 180 if one.kind == "entrance" and one.points[0][0] > site.width_m / 2 else 0
    drawn = symbol(one.kind, one.points, words_m * 0.85, inwards)
    return f'<g class="amenity {escape(one.kind)}"{known}>{drawn}{_words(one, site, words_m)}</g>'


def _words(one: DrawnAmenity, site: Site, size: float) -> str:
    """The words of an amenity beside it; trees, lamps and ways are told by their drawing."""
    if one.kind in ("tree", "lamp_post", "step_free_way") or not one.words:
        return ""
    x, y = one.points[0][0], one.points[0][1]
    if len(one.points) > 1:
        x, y, anchor = _middle(one.points, 0), _middle(one.points, 1), "middle"
    elif one.kind == "entrance":
        # Ways begin at entrances, so the words stand over them.
        anchor = "end" if x > site.width_m / 2 else "start"
        y -= size * 1.4
    elif x > site.width_m * 0.75:
        x, anchor = x - size * 1.2, "end"
    else:
        x, anchor = x + size * 1.2, "start"
    return (
        f'<text x="{_m(x)}" y="{_m(y + 0.36 * size)}" font-size="{_m(size)}"'
        f' text-anchor="{anchor}" fill="{INK}">{escape(one.words)}</text>'
    )


def _middle(points: Sequence[Sequence[float]], axis: int) -> float:
    along = [point[axis] for point in points]
    return (min(along) + max(along)) / 2


def _row_labels(stalls: Sequence[DrawnStall], size: float) -> Iterator[str]:
    """The name of each row before its first stall."""
    ordered = sorted(stalls, key=lambda one: (one.zone, one.spot.row, one.spot.position))
    for (_zone, row), group in groupby(ordered, key=lambda one: (one.zone, one.spot.row)):
        spots = [one.spot for one in group]
        x, y = _before(spots)
        yield (
            f'<text class="row" x="{_m(x)}" y="{_m(y + 0.36 * size)}" font-size="{_m(size)}"'
            f' font-weight="bold" text-anchor="middle" fill="#8f1d45">{escape(row)}</text>'
        )


def _before(spots: Sequence[StallOnPlanFields]) -> tuple[float, float]:
    """A point before the first stall of a row, on the line from the second to the first."""
    first = spots[0]
    turn = radians(first.angle_deg)
    x, y = -cos(turn), -sin(turn)
    if len(spots) > 1:
        far = hypot(first.x_m - spots[1].x_m, first.y_m - spots[1].y_m) or 1.0
        x, y = (first.x_m - spots[1].x_m) / far, (first.y_m - spots[1].y_m) / far
    sideways = abs(x * cos(turn) + y * sin(turn))
    half = (first.width_m if sideways > 0.7 else first.depth_m) / 2
    return first.x_m + x * (half + 1.1), first.y_m + y * (half + 1.1)


def _scale(site: Site) -> str:
    """A bar of a round length, about a fifth of the plan."""
    length = max((one for one in SCALES_M if one <= site.width_m / 5), default=SCALES_M[0])
    y = site.height_m + 2.2
    return (
        f'<g class="scale"><path d="M0 {_m(y - 0.5)}v1M0 {_m(y)}h{length}v-.5v1" fill="none"'
        f' stroke="{INK}" stroke-width=".15"/><text x="{_m(length + 0.7)}" y="{_m(y + 0.5)}"'
        f' font-size="1.5" fill="{INK}">{length} m</text></g>'
    )


def _north(site: Site, letter: str) -> str:
    """An arrow to the north, at the right under the plan."""
    at = f"{_m(site.width_m - 2)} {_m(site.height_m + 2.4)}"
    return (
        f'<g class="north" transform="translate({at})"><g transform="rotate('
        f'{_m(-site.bearing_deg)})"><path d="M0 -1.8L.9 1.5L0 .8L-.9 1.5z" fill="{INK}"/></g>'
        f'<text x="-1.4" y=".5" font-size="1.5" text-anchor="end" fill="{INK}">{escape(letter)}'
        "</text></g>"
    )
