"""Sky, hills and water: what every landscape is built of."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin
from random import Random

from .palette import BARK, BLUSH, INK, PAPER, PINE, STRAW, Light, mixed
from .sheet import (
    HEIGHT,
    WIDTH,
    Point,
    block,
    cut,
    disc,
    dots,
    gouge,
    gouges,
    numbers,
    smooth,
    stroke,
)


def sky(random: Random, light: Light) -> str:
    """The whole sheet filled with sky in bands that grow lighter towards the horizon."""
    marks = block(0, 0, WIDTH, HEIGHT, light.sky[0])
    for step, colour in enumerate(light.sky[1:], start=1):
        height = step * 42 + random.uniform(-12, 12)
        marks += cut(under(ridge(random, height, height + random.uniform(-14, 14), 7, 3)), colour)
        area = (-20, round(height) - 34, 460, round(height) - 10)
        marks += cut(gouges(random, area, 3, 44, 0), colour)
    if light.sun:
        marks += sun(random, light)
    for _ in range(random.choice((2, 3)) if light.sun else 3):
        x, y = random.uniform(10, 470), random.uniform(26, 96)
        marks += cloud(random, light, x, y, random.uniform(50, 120))
    return marks + (birds(random, light) if random.random() < 0.6 else "")


def sun(random: Random, light: Light) -> str:
    """A disc in a paler ring or within rays, low at the ends of the day."""
    low = light.name != "noon"
    x = random.randint(60, 420)
    y = random.randint(70, 112) if low else random.randint(40, 60)
    radius = random.randint(17, 25)
    pale = mixed(light.sky[1 if low else 0], light.sun, 0.5)
    if random.random() < 0.5:
        return disc(x, y, radius * 1.7, pale) + disc(x, y, radius, light.sun)
    rays = "".join(
        gouge(
            x + radius * 1.25 * cos(radians(turn)),
            y + radius * 1.25 * sin(radians(turn)),
            radius * random.uniform(0.6, 1),
            4,
            turn,
        )
        for turn in range(random.randint(0, 20), 360, 24)
    )
    return cut(rays, pale) + disc(x, y, radius, light.sun)


def cloud(random: Random, light: Light, x: float, y: float, width: float) -> str:
    """A cloud with a flat foot and a cut line of light and shade."""
    domes = random.choice((3, 4, 5))
    step = round(width / domes)
    left = round(x - width / 2)
    path = f"M{left} {round(y)}"
    for dome in range(domes):
        rise = round(step * (0.5 if dome in (0, domes - 1) else random.uniform(0.6, 0.9)))
        path += f"a{round(step * 0.55)} {rise} 0 0 1 {step}-{dome % 2}"
    path += f"q{step}-2 {step} 6h-{step * (domes + 2)}q0-8 {step}-6z"
    lines = f"M{left + step // 2} {round(y - 1)}q{step}-4 {step * 2} 0z"
    return cut(path, light.cloud) + cut(lines, light.sky[1])


def birds(random: Random, light: Light) -> str:
    """A few far birds."""
    x, y = random.uniform(80, 400), random.uniform(30, 80)
    wings = ""
    for _ in range(random.randint(2, 5)):
        size = random.uniform(4, 7)
        wings += f"M{numbers(x, y)}q{numbers(size / 2, -size * 0.7, size, 0)}"
        wings += f"q{numbers(size / 2, -size * 0.7, size, 0)}"
        x, y = x + random.uniform(14, 26), y + random.uniform(-10, 9)
    return stroke(wings, mixed(INK, light.sky[1], 0.25), 1.4)


def ridge(random: Random, left: float, right: float, swing: float, steps: int = 5) -> list[Point]:
    """The line of a hill from beyond the left edge to beyond the right one."""
    reach = WIDTH + 40
    return [
        (
            -20 + reach * step / steps,
            left + (right - left) * step / steps + random.uniform(-swing, swing),
        )
        for step in range(steps + 1)
    ]


def under(line: Sequence[Point]) -> str:
    """The path of everything beneath a line, down to the foot of the sheet."""
    return smooth(line, closed=False) + f"V{HEIGHT + 10}H{numbers(line[0][0])}z"


def height_at(line: Sequence[Point], x: float) -> float:
    """How high a line (given by its points from left to right) runs at x."""
    for (before, upper), (after, lower) in pairwise(line):
        if before <= x <= after:
            return upper + (lower - upper) * (x - before) / (after - before)
    return line[-1][1]


def field_lines(line: Sequence[Point], colour: str, offsets: Sequence[float]) -> str:
    """Strips of a field: the line of a hill repeated beneath itself, ever wider."""
    lines = "".join(
        smooth([(x, round(y + offset)) for x, y in line], closed=False) for offset in offsets
    )
    return stroke(lines, colour, 2)


def ground(random: Random, light: Light, colour: str, top: float, bare: bool = False) -> str:
    """The near ground on which the subject stands, with the marks of the gouge in it.

    Unless it is bare, dark grasses and flower heads grow into its lower corners.
    """
    left, right = top + random.uniform(-8, 8), top + random.uniform(-8, 8)
    area = (-20, round(top) + 16, 460, 312)
    shade, gleam = mixed(colour, INK, 0.24), mixed(colour, PAPER, 0.35)
    return (
        cut(under(ridge(random, left, right, 4, 3)), light.on(colour))
        + cut(gouges(random, area, 13, 34, 33), light.on(shade))
        + cut(gouges(random, area, 8, 26, 33), light.on(gleam))
        + ("" if bare else corner_plants(random, light, mixed(colour, PINE, 0.6)))
    )


def corner_plants(random: Random, light: Light, colour: str) -> str:
    """Grasses in the lower corners of the sheet, some of them with a head of seeds or flowers."""
    blades, stems = "", ""
    heads: list[Point] = []
    for x in (6, 18, 34, 448, 462, 474):
        side = 1 if x < 240 else -1
        lean = side * random.randint(2, 16)
        tall = random.randint(26, 58)
        if random.random() < 0.55:
            blades += f"M{x - 4} 324q{lean // 2}-{tall} {lean + 4}-{tall}q2 {tall // 2} 2 {tall}z"
        else:
            stems += f"M{x} 322q0-{tall // 2} {lean}-{tall}"
            heads.append((x + lean, 322 - tall))
    shade, bloom = light.on(mixed(colour, INK, 0.3)), random.choice((STRAW, PAPER, BLUSH, BARK))
    marks = cut(blades, shade) + stroke(stems, shade, 2)
    return marks + (dots(heads, light.on(bloom), random.randint(7, 10)) if heads else "")


def ripples(random: Random, light: Light, top: float, bottom: float, count: int) -> str:
    """Glints on water between two heights, shorter where the water is far."""
    path = ""
    for _ in range(count):
        near = random.random()
        x, y, long = random.randint(-10, 470), round(top + (bottom - top) * near), 12 + 26 * near
        path += f"M{x} {y}q{round(long / 2)}-{2 + round(2 * near)} {round(long)} 0z"
    return cut(path, mixed(light.sky[3], PAPER, 0.4))
