"""Sky, hills and water: what every landscape is built of."""

from collections.abc import Sequence
from random import Random

from .palette import PAPER, Light, mixed
from .sheet import (
    HEIGHT,
    WIDTH,
    Point,
    block,
    cut,
    disc,
    gouges,
    numbers,
    placed,
    smooth,
    spindle,
    stroke,
)


def sky(random: Random, light: Light) -> str:
    """The whole sheet filled with sky in bands that grow lighter towards the horizon."""
    marks = block(0, 0, WIDTH, HEIGHT, light.sky[0])
    for number, colour in enumerate(light.sky[1:], start=1):
        height = number * 42 + random.uniform(-12, 12)
        marks += cut(under(ridge(random, height, height + random.uniform(-14, 14), 7, 3)), colour)
    if light.sun:
        marks += sun(random, light)
    for _ in range(random.choice((2, 3) if light.sun else (4, 5))):
        x, y = random.uniform(10, 470), random.uniform(26, 96)
        marks += cloud(random, light, x, y, random.uniform(36, 70))
    if random.random() < 0.6:
        marks += birds(random, light)
    return marks


def sun(random: Random, light: Light) -> str:
    """A disc in a paler ring, low at the ends of the day."""
    low = light.name != "noon"
    x = random.uniform(60, 420)
    y = random.uniform(70, 112) if low else random.uniform(34, 60)
    radius = random.uniform(17, 25)
    ring = disc(x, y, radius * 1.7, mixed(light.sky[1 if low else 0], light.sun, 0.45))
    return ring + disc(x, y, radius, light.sun)


def cloud(random: Random, light: Light, x: float, y: float, width: float) -> str:
    """A cloud with a flat foot and a shaded line beneath its domes."""
    domes = random.choice((3, 4))
    step = width / domes
    path = f"M{numbers(x - width / 2, y)}"
    for dome in range(domes):
        rise = step * (0.75 if dome in (0, domes - 1) else random.uniform(0.95, 1.25))
        path += f"a{numbers(step / 2, rise / 2)} 0 0 1 {numbers(step, 0)}"
    path += f"q{numbers(step * 0.7, 1, step * 0.6, 5)}h{numbers(-width - step * 0.5)}"
    path += f"q{numbers(-4, -5, step * 0.2, -5)}z"
    lines = spindle(x - width * 0.4, y - 1, width * 0.55, 1, 0)
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
    return stroke(wings, mixed("#2b2a33", light.sky[1], 0.25), 1.4)


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
    for (before, upper), (after, lower) in zip(line, line[1:]):
        if before <= x <= after:
            return upper + (lower - upper) * (x - before) / (after - before)
    return line[-1][1]


def field_lines(line: Sequence[Point], colour: str, offsets: Sequence[float]) -> str:
    """Strips of a field: the line of a hill repeated beneath itself, ever wider."""
    one = stroke(smooth(line, closed=False), colour, 2)
    return "".join(placed(one, 0, offset) for offset in offsets)


def ground(random: Random, light: Light, colour: str, top: float) -> str:
    """The near ground on which the subject stands, with a few gouge marks."""
    left, right = top + random.uniform(-8, 8), top + random.uniform(-8, 8)
    shade = mixed(colour, "#2b2a33", 0.2)
    return (
        cut(under(ridge(random, left, right, 4, 4)), light.on(colour))
        + cut(gouges(random, (-10, top + 14, 470, 312), 14, 20), light.on(shade))
        + cut(
            gouges(random, (-10, top + 12, 470, 312), 12, 18), light.on(mixed(colour, PAPER, 0.4))
        )
    )


def ripples(random: Random, light: Light, top: float, bottom: float, count: int) -> str:
    """Glints on water between two heights, shorter where the water is far."""
    path = ""
    for _ in range(count):
        near = random.random()
        path += spindle(
            random.uniform(-10, 470),
            top + (bottom - top) * near,
            10 + 26 * near,
            0.9 + 0.8 * near,
            0,
        )
    return cut(path, mixed(light.sky[3], PAPER, 0.4))
