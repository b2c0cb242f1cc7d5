"""The marks a picture is cut from: pieces of SVG as text, whose sum is the picture."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, pi, radians, sin
from random import Random

WIDTH = 480
HEIGHT = 320

Point = tuple[float, float]


def written(value: float) -> float:
    """The value as it is written: in tenths below ten, in whole units above."""
    return round(value, 1) if abs(value) < 10 else float(round(value))


def number(value: float) -> str:
    """The shortest spelling of a number that SVG understands."""
    text = f"{written(value):.1f}".removesuffix(".0")
    if text == "-0":
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def numbers(*values: float) -> str:
    """Numbers for a path; a minus sign separates as well as a blank does."""
    return " ".join(map(number, values)).replace(" -", "-")


def mark(name: str, **attributes: str | float) -> str:
    """One element with presentation attributes: `stroke_width=2` becomes `stroke-width="2"`."""
    written = "".join(
        f' {key.replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}/>"


def cut(d: str, fill: str, **more: str | float) -> str:
    """A flat shape cut from paper of one colour."""
    return mark("path", d=d, fill=fill, **more)


def stroke(d: str, colour: str, width: float, **more: str | float) -> str:
    """A line of the given colour and width; the document gives it round ends and no filling."""
    return mark("path", d=d, stroke=colour, stroke_width=width, **more)


def dots(points: Iterable[Point], colour: str, size: float) -> str:
    """Round dots of one colour and size: lines of no length with round ends."""
    return stroke("".join(f"M{numbers(x, y)}h0" for x, y in points), colour, size)


def disc(x: float, y: float, radius: float, fill: str, **more: str | float) -> str:
    """A full circle."""
    return mark("circle", cx=x, cy=y, r=radius, fill=fill, **more)


def oval(x: float, y: float, across: float, down: float, fill: str, **more: str | float) -> str:
    """An upright ellipse, given by its two half-widths."""
    return mark("ellipse", cx=x, cy=y, rx=across, ry=down, fill=fill, **more)


def block(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> str:
    """A rectangle with its upper left corner at (x, y)."""
    return mark("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


def group(marks: str, **attributes: str | float) -> str:
    """Marks that share attributes."""
    return mark("g", **attributes).removesuffix("/>") + f">{marks}</g>"


def placed(marks: str, x: float, y: float, scale: float = 1, mirrored: bool = False) -> str:
    """Marks drawn around (0, 0), brought to (x, y), grown by `scale` and perhaps mirrored."""
    move = f"translate({numbers(x, y)})"
    if scale != 1 or mirrored:
        across = -scale if mirrored else scale
        move += f"scale({across:.3g} {scale:.3g})"
    return group(marks, transform=move)


def turned(marks: str, x: float, y: float, angle: float) -> str:
    """Marks drawn around (0, 0), turned clockwise by `angle` degrees and brought to (x, y)."""
    return group(marks, transform=f"translate({numbers(x, y)})rotate({number(angle)})")


def polygon(points: Sequence[Point]) -> str:
    """The path of a shape with straight edges, always clockwise so that shapes unite."""
    (x, y), *others = clockwise(points)
    path, x, y = f"M{numbers(x, y)}", written(x), written(y)
    for to_x, to_y in others:
        path += f"l{numbers(to_x - x, to_y - y)}"
        x, y = x + written(to_x - x), y + written(to_y - y)
    return path + "z"


def limb(start: Point, end: Point, start_width: float, end_width: float) -> str:
    """The path of a leg, post or branch that narrows from one end to the other."""
    (x, y), (end_x, end_y) = start, end
    length = ((end_x - x) ** 2 + (end_y - y) ** 2) ** 0.5
    across, down = (y - end_y) / length / 2, (end_x - x) / length / 2
    return polygon(
        [
            (x + across * start_width, y + down * start_width),
            (end_x + across * end_width, end_y + down * end_width),
            (end_x - across * end_width, end_y - down * end_width),
            (x - across * start_width, y - down * start_width),
        ]
    )


def clockwise(points: Sequence[Point]) -> list[Point]:
    """The same corners in clockwise order, so that overlapping shapes leave no holes."""
    following = [*points[1:], points[0]]
    area = sum(
        x * after_y - after_x * y
        for (x, y), (after_x, after_y) in zip(points, following, strict=True)
    )
    return list(points) if area >= 0 else list(reversed(points))


def smooth(points: Sequence[Point], closed: bool = True) -> str:
    """The path of a soft line through all points; a point given twice becomes a corner."""
    corners = clockwise(points) if closed else list(points)
    around = (
        [corners[-1], *corners, corners[0], corners[1]]
        if closed
        else [corners[0], *corners, corners[-1]]
    )
    path, leads_on = f"M{numbers(*corners[0])}", False
    pen = (written(corners[0][0]), written(corners[0][1]))
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        if start != end:
            path += bend(pen, (before, start, end, after), leads_on)
            pen = pen[0] + written(end[0] - pen[0]), pen[1] + written(end[1] - pen[1])
        leads_on = start != end
    return path + "z" * closed


def bend(pen: Point, points: tuple[Point, Point, Point, Point], leads_on: bool) -> str:
    """A curve in the manner of Catmull and Rom from the second point to the third.

    `pen` is where the rounded path really stands. Where a curve leads on from another one,
    SVG mirrors the first of its two control points itself.
    """
    before, start, end, after = points
    rest = numbers(
        end[0] - (after[0] - start[0]) / 6 - pen[0],
        end[1] - (after[1] - start[1]) / 6 - pen[1],
        end[0] - pen[0],
        end[1] - pen[1],
    )
    if leads_on:
        return f"s{rest}"
    first = numbers((end[0] - before[0]) / 6, (end[1] - before[1]) / 6)
    return f"c{first}" + ("" if rest.startswith("-") else " ") + rest


def corners(text: str) -> list[Point]:
    """The points written as in SVG: `"10,20 30,40"`."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def soft(text: str) -> str:
    """The path of a rounded shape through the points written in the text."""
    return smooth(corners(text))


def sharp(text: str) -> str:
    """The path of a shape with straight edges between the points written in the text."""
    return polygon(corners(text))


def crown(random: Random, x: float, y: float, across: float, down: float, lobes: int = 8) -> str:
    """The path of a mass of leaves around a point, scalloped as with scissors."""
    start = random.uniform(0, pi)
    points = [
        (
            round(x + across * cos(start + 2 * pi * lobe / lobes) * random.uniform(0.84, 1.04)),
            round(y + down * sin(start + 2 * pi * lobe / lobes) * random.uniform(0.84, 1.04)),
        )
        for lobe in range(lobes)
    ]
    path = f"M{numbers(*points[0])}"
    for (from_x, from_y), (to_x, to_y) in pairwise([*points, points[0]]):
        right, down = to_x - from_x, to_y - from_y
        bow = numbers(round(right / 2 + down * 0.68), round(down / 2 - right * 0.68), right, down)
        path += f"q{bow}"
    return path + "z"


def spindle(x: float, y: float, length: float, width: float, angle: float) -> str:
    """The path of a leaf: from (x, y) towards `angle` degrees clockwise, pointed at both ends."""
    across, down = length * cos(radians(angle)), length * sin(radians(angle))
    side, rise = -width * sin(radians(angle)), width * cos(radians(angle))
    there = numbers(across / 2 + side, down / 2 + rise, across, down)
    back = numbers(-across / 2 - side, -down / 2 - rise, -across, -down)
    return f"M{numbers(x, y)}q{there}q{back}z"


def gouge(x: float, y: float, length: float, width: float, angle: float) -> str:
    """The path of one stroke of a gouge or one blade of grass: straight below, curved above."""
    across, down = length * cos(radians(angle)), length * sin(radians(angle))
    side, rise = width * sin(radians(angle)), -width * cos(radians(angle))
    curve = (across / 2 + side, down / 2 + rise, across, down)
    return f"M{numbers(x, y)}q{numbers(*(map(round, curve) if length > 14 else curve))}z"


def gouges(
    random: Random, area: tuple[int, int, int, int], count: int, length: float, steepness: float
) -> str:
    """The path of gouge marks strewn over an area (left, top, right, bottom).

    They lie level in the middle of the sheet and lean outwards by `steepness` thousandths of a
    degree for each unit to its sides, as on a gentle mound.
    """
    left, top, right, bottom = area
    path = ""
    for _ in range(count):
        x, y = random.randint(left, right), random.randint(top, bottom)
        long, deep = length * random.uniform(0.5, 1.5), random.randint(2, 5)
        fall = round(long * (x - 240) * steepness / 57300)
        path += f"M{x} {y}q{numbers(round(long / 2), fall // 2 - deep, round(long), fall)}z"
    return path


def tuft(random: Random, x: float, y: float, height: float, blades: int = 5) -> str:
    """The path of a tuft of grass that grows from one spot."""
    return "".join(
        gouge(
            round(x + random.uniform(-3, 3)),
            round(y),
            height * random.uniform(0.6, 1.1),
            height * 0.14 * (1 if blade * 2 >= blades else -1),
            round(-90 + (blade - (blades - 1) / 2) * 60 / blades + random.uniform(-6, 6)),
        )
        for blade in range(blades)
    )
