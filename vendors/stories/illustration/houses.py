"""Houses, the church of Tukums and a picket fence, drawn upwards from their foot."""

from random import Random

from .palette import BARK, BRICK, CLAY, INK, PAPER, STRAW, WOOD, Light, mixed
from .sheet import block, cut, disc, numbers, polygon, stroke

WALLS = (PAPER, STRAW, mixed(WOOD, PAPER, 0.4), mixed(CLAY, PAPER, 0.5))
ROOFS = (BRICK, CLAY, mixed(BRICK, BARK, 0.4))


def house(
    random: Random, light: Light, x: float, y: float, width: float, distance: float = 0
) -> str:
    """A house seen from its long side: a broad roof, a chimney and lit or dark windows."""
    high = width * random.uniform(0.32, 0.42)
    peak = y - high - width * random.uniform(0.34, 0.44)
    left, right = x - width / 2, x + width / 2
    inset, eaves = width * random.choice((0.02, 0.16)), width * 0.07
    roof = polygon(
        [
            (left - eaves, y - high),
            (left + inset, peak),
            (right - inset, peak),
            (right + eaves, y - high),
        ]
    )
    chimney_x = x + width * random.choice((-0.2, 0.14, 0.24))
    tiles = "".join(
        f"M{numbers(left + inset * (1 - row / 4), peak + (y - high - peak) * row / 4)}"
        f"h{numbers(width - 2 * inset * (1 - row / 4))}"
        for row in (1, 2, 3)
    )
    roof_colour = random.choice(ROOFS)
    return (
        block(chimney_x, peak - width * 0.1, width * 0.09, width * 0.2, light.on(BRICK, distance))
        + block(left, y - high, width, high, light.on(random.choice(WALLS), distance))
        + cut(roof, light.on(roof_colour, distance))
        + stroke(tiles, light.on(mixed(roof_colour, PAPER, 0.3), distance), 0.9)
        + windows(light, x, y, width, high)
    )


def windows(light: Light, x: float, y: float, width: float, high: float) -> str:
    """Two windows and a door between them."""
    size = width * 0.13
    panes = "".join(
        f"M{numbers(x + width * at, y - high * 0.78)}h{numbers(size)}v{numbers(size * 1.2)}"
        f"h{numbers(-size)}z"
        for at in (-0.38, 0.24)
    )
    door = block(x - size * 0.6, y - high * 0.7, size * 1.1, high * 0.7, light.on(BARK))
    return cut(panes, light.window) + door


def gable(
    random: Random, light: Light, x: float, y: float, width: float, high: float, distance: float
) -> str:
    """A town house that turns its gable to the market."""
    peak = y - high - width * random.uniform(0.5, 0.75)
    left, right = x - width / 2, x + width / 2
    roof = polygon([(left - 3, y - high + 2), (x, peak - 3), (right + 3, y - high + 2)])
    size = width * 0.18
    panes = "".join(
        f"M{numbers(x + width * at - size / 2, y - high * row)}h{numbers(size)}v{numbers(size * 1.3)}"
        f"h{numbers(-size)}z"
        for at in (-0.24, 0.24)
        for row in (0.85, 0.45)
    )
    return (
        block(left, y - high, width, high, light.on(random.choice(WALLS), distance))
        + cut(roof, light.on(random.choice(ROOFS), distance))
        + cut(panes, light.window)
    )


def church(light: Light, x: float, y: float, height: float, distance: float = 0) -> str:
    """The Lutheran church of Tukums: a white square tower with clock and a tall dark spire."""
    wide = height * 0.17
    tower_top = y - height * 0.56
    nave = polygon(
        [
            (x, y - height * 0.27),
            (x + wide * 0.4, y - height * 0.43),
            (x + height * 0.5, y - height * 0.43),
            (x + height * 0.56, y - height * 0.27),
        ]
    )
    spire = polygon(
        [
            (x - wide * 0.62, tower_top),
            (x - wide * 0.2, tower_top - height * 0.12),
            (x, y - height * 0.95),
            (x + wide * 0.2, tower_top - height * 0.12),
            (x + wide * 0.62, tower_top),
        ]
    )
    openings = "".join(
        f"M{numbers(place, y - height * low)}v{numbers(-height * 0.08)}a3 3 0 0 1 6 0v{numbers(height * 0.08)}z"
        for place, low in (
            (x - 3, 0.2),
            (x + wide * 0.9, 0.08),
            (x + wide * 1.8, 0.08),
            (x - 3, 0.36),
        )
    )
    white = light.on(PAPER, distance)
    return (
        block(x, y - height * 0.27, height * 0.53, height * 0.27, white)
        + cut(nave, light.on(BRICK, distance))
        + block(x - wide / 2, tower_top, wide, height * 0.56, white)
        + cut(spire, light.on(mixed(INK, "#3f6a66", 0.5), distance))
        + cut(openings, light.on(INK, 0.3))
        + disc(x, tower_top + height * 0.07, height * 0.032, light.on(STRAW))
        + stroke(
            f"M{numbers(x, y - height * 0.94)}v{numbers(-height * 0.07)}m-3 4h6", light.on(INK), 1.4
        )
    )


def fence(light: Light, left: float, right: float, y: float, height: float, colour: str) -> str:
    """A picket fence between two edges."""
    pickets, x = "", left
    while x < right:
        pickets += f"M{numbers(x, y)}v{numbers(-height)}l3.5-4 3.5 4v{numbers(height)}z"
        x += 13
    rails = "".join(
        f"M{numbers(left, y - height * part)}H{numbers(right)}" for part in (0.25, 0.75)
    )
    return stroke(rails, light.on(mixed(colour, INK, 0.25)), 3) + cut(pickets, light.on(colour))
