"""The marks a picture is cut from: every function returns a piece of SVG, a picture is their sum."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians, sin
from random import Random

WIDTH = 480
HEIGHT = 320

Point = tuple[float, float]


def number(value: float) -> str:
    """A number with at most one decimal, in the shortest spelling SVG understands."""
    text = f"{value:.1f}".removesuffix(".0")
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
    """A line of the given colour and width with round ends."""
    return mark("path", d=d, fill="none", stroke=colour, stroke_width=width, **more)


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
    points = clockwise(points)
    steps = "".join(
        f"l{numbers(round(x, 1) - round(before_x, 1), round(y, 1) - round(before_y, 1))}"
        for (before_x, before_y), (x, y) in pairwise(points)
    )
    return f"M{numbers(*points[0])}{steps}z"


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
    area = sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in zip(points, following))
    return list(points) if area >= 0 else list(reversed(points))


def smooth(points: Sequence[Point], closed: bool = True) -> str:
    """The path of a soft line through all points; a point given twice becomes a corner."""
    corners = clockwise(points) if closed else list(points)
    around = (
        [corners[-1], *corners, corners[0], corners[1]]
        if closed
        else [corners[0], *corners, corners[-1]]
    )
    path = f"M{numbers(*corners[0])}"
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:]):
        if start != end:
            path += f"c{bend(before, start, end, after)}"
    return path + "z" * closed


def bend(before: Point, start: Point, end: Point, after: Point) -> str:
    """The six numbers of a curve from start to end that leads on softly (Catmull-Rom)."""
    x, y = round(start[0], 1), round(start[1], 1)
    return numbers(
        (end[0] - before[0]) / 6,
        (end[1] - before[1]) / 6,
        end[0] - (after[0] - start[0]) / 6 - x,
        end[1] - (after[1] - start[1]) / 6 - y,
        round(end[0], 1) - x,
        round(end[1], 1) - y,
    )


def spindle(x: float, y: float, length: float, width: float, angle: float) -> str:
    """The path of a blade, leaf or gouge mark: from (x, y) towards `angle` degrees clockwise."""
    across, down = length * cos(radians(angle)), length * sin(radians(angle))
    side, rise = -width * sin(radians(angle)), width * cos(radians(angle))
    there = numbers(across / 2 + side, down / 2 + rise, across, down)
    back = numbers(-across / 2 - side, -down / 2 - rise, -across, -down)
    return f"M{numbers(x, y)}q{there}q{back}z"


def gouges(
    random: Random, area: tuple[float, float, float, float], count: int, length: float = 18
) -> str:
    """The path of level gouge marks strewn over an area (left, top, right, bottom)."""
    left, top, right, bottom = area
    return "".join(
        spindle(
            random.uniform(left, right),
            random.uniform(top, bottom),
            length * random.uniform(0.6, 1.4),
            random.uniform(0.8, 1.5),
            random.uniform(-4, 4),
        )
        for _ in range(count)
    )


def tuft(random: Random, x: float, y: float, height: float, blades: int = 5) -> str:
    """The path of a tuft of grass that grows from one spot."""
    return "".join(
        spindle(
            x + random.uniform(-3, 3),
            y,
            height * random.uniform(0.6, 1.1),
            height * 0.06,
            -90 + (blade - (blades - 1) / 2) * 60 / blades + random.uniform(-6, 6),
        )
        for blade in range(blades)
    )
