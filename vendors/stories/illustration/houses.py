"""Houses, the church of Tukums and a picket fence, drawn upwards from their foot."""

from random import Random

from .palette import BARK, BRICK, CLAY, INK, PAPER, STRAW, WOOD, Light, mixed
from .sheet import block, cut, disc, numbers, polygon, stroke

WALLS = (PAPER, STRAW, mixed(WOOD, PAPER, 0.4), mixed(CLAY, PAPER, 0.5))
ROOFS = (BRICK, CLAY, mixed(BRICK, BARK, 0.4))


def panes(places: list[tuple[float, float]], width: float, height: float) -> str:
    """The path of several windows of one size, each given by its upper left corner."""
    return "".join(
        f"M{numbers(x, y)}h{numbers(width)}v{numbers(height)}h{numbers(-width)}z" for x, y in places
    )


def house(
    random: Random, light: Light, x: float, y: float, width: float, distance: float = 0
) -> str:
    """A house seen from its long side: a broad roof, a chimney, two windows and a door."""
    x, width = round(x), round(width)
    high = round(width * random.uniform(0.32, 0.42))
    rise = round(width * random.uniform(0.34, 0.44))
    left, eaves_y = x - width // 2, round(y) - high
    inset, eaves = round(width * random.choice((0.02, 0.16))), round(width * 0.07)
    roof = (
        f"M{left - eaves} {eaves_y}l{inset + eaves}-{rise}h{width - 2 * inset}"
        f"l{inset + eaves} {rise}z"
    )
    tiles = "".join(
        f"M{numbers(left + inset * (1 - part), eaves_y - rise + rise * part)}"
        f"h{numbers(width - 2 * inset * (1 - part))}"
        for part in (0.25, 0.5, 0.75)
    )
    chimney_x = x + width * random.choice((-0.2, 0.14, 0.24))
    chimney_y = eaves_y - rise - width * 0.1
    roof_colour = random.choice(ROOFS)
    pane, sill = width * 0.13, eaves_y + high * 0.22
    return (
        block(chimney_x, chimney_y, width * 0.09, width * 0.2, light.on(BRICK, distance))
        + block(left, eaves_y, width, high, light.on(random.choice(WALLS), distance))
        + cut(roof, light.on(roof_colour, distance))
        + stroke(tiles, light.on(mixed(roof_colour, PAPER, 0.3), distance), 1)
        + cut(
            panes([(x - width * 0.38, sill), (x + width * 0.24, sill)], pane, pane * 1.2),
            light.window,
        )
        + block(x - pane * 0.6, y - high * 0.7, pane * 1.1, high * 0.7, light.on(BARK, distance))
    )


def roofs(random: Random, light: Light, places: list[float], y: float, distance: float) -> str:
    """A far street of the town: low walls under red roofs, all of one cut."""
    walls, tops = "", ""
    windows: list[tuple[float, float]] = []
    for place in places:
        wide, high, rise = random.randint(38, 52), random.randint(13, 20), random.randint(14, 24)
        left, foot = round(place), round(y + random.uniform(-7, 5))
        slope = random.choice((2, 8, wide // 2))
        walls += f"M{left} {foot + 14}v-{high + 14}h{wide}v{high + 14}z"
        side = slope + 3
        tops += f"M{left - 3} {foot - high + 1}l{side}-{rise}h{wide - 2 * slope}l{side} {rise}z"
        windows += [(left + wide * part, foot - high * 0.7) for part in (0.14, 0.44, 0.74)]
    wall, roof = random.choice(WALLS), random.choice(ROOFS)
    return (
        cut(walls, light.on(wall, distance))
        + cut(tops, light.on(roof, distance))
        + cut(panes(windows, 5, 7), light.window)
    )


def gable(random: Random, light: Light, x: float, y: float, width: float, high: float) -> str:
    """A town house that turns its gable to the market."""
    x, y, width, high = round(x), round(y), round(width), round(high)
    rise = round(width * random.uniform(0.5, 0.75))
    left, pane = x - width // 2, width * 0.18
    roof = f"M{left - 4} {y - high + 2}l{width // 2 + 4}-{rise}l{width // 2 + 4} {rise}z"
    places = [
        (x + width * side - pane / 2, y - high * row)
        for side in (-0.24, 0.24)
        for row in (0.88, 0.46)
    ]
    return (
        block(left, y - high, width, high, light.on(random.choice(WALLS)))
        + cut(roof, light.on(random.choice(ROOFS)))
        + cut(panes(places, pane, pane * 1.3), light.window)
    )


def church(light: Light, x: float, y: float, height: float, distance: float = 0) -> str:
    """The Lutheran church of Tukums: a white square tower with a clock and a tall dark spire."""
    wide, top = height * 0.17, y - height * 0.56
    nave_top, nave_foot = y - height * 0.43, y - height * 0.27
    nave = [(x, nave_foot), (x + wide * 0.4, nave_top), (x + height * 0.5, nave_top)]
    spire = [
        (x - wide * 0.62, top),
        (x - wide * 0.2, top - height * 0.12),
        (x, y - height * 0.95),
        (x + wide * 0.2, top - height * 0.12),
        (x + wide * 0.62, top),
    ]
    arch = numbers(height * 0.08)
    openings = "".join(
        f"M{numbers(x + side, y - height * low)}v-{arch}a3 3 0 0 1 6 0v{arch}z"
        for side, low in ((-3, 0.36), (-3, 0.12), (wide * 0.9, 0.08), (wide * 1.8, 0.08))
    )
    cross = f"M{numbers(x, y - height * 0.94)}v{numbers(-height * 0.07)}m-3 4h6"
    white = light.on(PAPER, distance)
    return (
        block(x, nave_foot, height * 0.53, height * 0.27, white)
        + cut(polygon([*nave, (x + height * 0.56, nave_foot)]), light.on(BRICK, distance))
        + block(x - wide / 2, top, wide, height * 0.56, white)
        + cut(polygon(spire), light.on(mixed(INK, "#3f6a66", 0.5), distance))
        + cut(openings, light.on(INK, 0.3))
        + disc(x, top + height * 0.07, height * 0.034, light.on(STRAW))
        + stroke(cross, light.on(INK), 1.4)
    )


def fence(light: Light, y: int, height: int, colour: str) -> str:
    """A picket fence from edge to edge of the sheet: wide dashes, round dots for their heads."""
    rails = stroke(
        f"M0 {y - height // 4}h480M0 {y - height}h480", light.on(mixed(colour, INK, 0.25)), 3
    )
    pickets = stroke(
        f"M-4 {y - height // 2}h490",
        light.on(colour),
        height + 6,
        stroke_dasharray="8 7",
        stroke_linecap="butt",
    )
    heads = stroke(f"M0 {y - height - 3}h490", light.on(colour), 8, stroke_dasharray="0 15")
    return rails + pickets + heads
