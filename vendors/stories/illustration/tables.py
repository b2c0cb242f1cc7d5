"""What is laid out to be looked at: cakes, preserves, candles and amber."""

from math import cos, pi, sin
from random import Random

from .palette import (
    AMBER,
    BARK,
    BLUSH,
    BRICK,
    CLAY,
    FERN,
    INK,
    MIST,
    MOSS,
    PAPER,
    ROSE,
    STONE,
    STRAW,
    WOOD,
    mixed,
)
from .props import beam, shade, zigzag
from .sheet import (
    Point,
    cut,
    disc,
    dots,
    gouge,
    group,
    oval,
    placed,
    sharp,
    soft,
    stroke,
)


def amber(random: Random) -> str:
    """A great lump of amber with a gnat in it, and a necklace laid around it."""
    tones = [AMBER, STRAW, mixed(AMBER, BRICK, 0.45)]
    random.shuffle(tones)
    lump = "122,262 116,214 138,172 132,150 168,122 204,128 236,98 284,104 306,128 338,136"
    marks = shade(240, 286, 190)
    marks += cut(soft(lump + " 352,178 344,204 362,238 346,268 240,280"), AMBER)
    glow = "146,238 150,196 176,156 226,138 282,128 318,168 316,212 328,240 240,252"
    marks += cut(soft(glow), mixed(AMBER, STRAW, 0.7), stroke="none")
    gleams = soft("158,168 190,140 206,148 176,180") + gouge(296, 124, 44, -9, 62)
    gleams += gouge(140, 232, 50, -7, -82)
    marks += cut(gleams, PAPER, stroke="none")
    cracks = "M204 128l10 20-8 18M352 178l-22 12 2 16M116 214l22 10"
    marks += stroke(cracks, mixed(AMBER, BARK, 0.55), 3) + gnat()
    beads = [
        (round(240 - 178 * cos(turn * pi / 18)), round(214 + 74 * sin(turn * pi / 18)))
        for turn in range(19)
    ]
    cord = "M60 214q-14-26 10-44m-10 44q-26-14-30-34M420 214q14-26-10-44m10 44q26-14 30-34"
    marks += stroke(cord, ROSE, 5) + dots(beads, INK, 32)
    for offset, tone in enumerate(tones):
        marks += dots(beads[offset::3], tone, 27)
    return marks + dots([(x - 5, y - 5) for x, y in beads], PAPER, 5.5)


def gnat() -> str:
    """The gnat that the resin of a pine caught long ago."""
    wings = "M236 190q-48-22-38-38 26 0 44 34zm10-4q-6-44 14-46 14 18-8 46z"
    legs = "M232 200l-26 16m30-12l-12 26m24-34l6 28m6-36l24 12m-16-20l22-12"
    marks = stroke(legs, INK, 3.2) + cut(wings, PAPER, fill_opacity=0.6, stroke_width=2.4)
    return marks + stroke("M222 212l34-28", INK, 9) + dots([(262, 179)], INK, 15)


def candles(random: Random) -> str:
    """Beeswax candles of several heights, burning, and a piece of comb."""
    marks = shade(240, 294, 190)
    marks += cut("M60 276h360v16H60z", WOOD)
    marks += cut(sharp("316,276 316,196 350,176 424,186 424,276"), AMBER)
    cells = "".join(
        f"M{336 + column * 24 + (row % 2) * 12} {200 + row * 20}l9-5 9 5v10l-9 5-9-5z"
        for row in range(4)
        for column in range(3)
    )
    marks += cut(cells, STRAW, stroke=mixed(BARK, AMBER, 0.4), stroke_width=5)
    heights = [random.randint(76, 176) for _ in range(4)]
    heights[random.randint(1, 2)] = 176
    tones = [mixed(AMBER, STRAW, random.random()) for _ in heights]
    for x, height, tone in zip((96, 158, 222, 282), heights, tones, strict=True):
        marks += placed(candle(height, tone, x % 4 == 2), x, 276)
    return marks


def candle(height: int, wax: str, twisted: bool) -> str:
    """A burning candle that stands on (0, 0), 44 wide."""
    glow = disc(0, -height - 24, 34, PAPER, fill_opacity=0.4, stroke="none")
    flame = cut(f"M0-{height + 52}q22 26 10 40-10 8-20 0-12-14 10-40z", AMBER)
    flame += cut(f"M0-{height + 34}q10 12 4 20-4 4-8 0-6-8 4-20z", PAPER, stroke="none")
    body = cut(f"M-22 0v-{height}q22 12 44 0V0q-22 6-44 0z", wax) + oval(
        0, -height, 22, 6, mixed(wax, PAPER, 0.4)
    )
    if twisted:
        lines = "".join(f"M-20-{y}q20 0 40-20" for y in range(10, height - 24, 22))
        body += stroke(lines, mixed(wax, BARK, 0.45), 3)
    else:
        body += cut(
            gouge(-12, -height + 16, height - 34, -6, 90), mixed(wax, PAPER, 0.6), stroke="none"
        )
        body += cut("M-22-26q22 8 44 0v12q-22 8-44 0z", ROSE)
    return glow + body + stroke(f"M0-{height}v-12", INK, 3.4) + flame


def cake_table(random: Random) -> str:
    """A laid table: a cake on its stand, a pretzel-shaped kliņģeris and pastries."""
    hem = "-18 8-19-8" * 11
    marks = shade(240, 294, 190) + cut(f"M46 214h388l14 76{hem}z", PAPER)
    marks += stroke(zigzag(56, 424, 238, 8, 12), ROSE, 4)
    marks += stroke("M48 228h384M42 260h396", ROSE, 2.4)
    marks += cut("M222 208h36l-6-20h-24z", STONE)
    marks += oval(240, 186, 84, 10, mixed(MIST, PAPER, 0.5)) + cake(random)
    ring = "M106 206q-50-2-46-34 6-26 32-16 16 8 14 26 2-18 16-26 26-8 30 16 2 32-46 34"
    marks += beam(ring, 14.5, mixed(AMBER, BARK, 0.25))
    almonds: list[Point] = [(62, 172), (86, 158), (130, 160), (148, 184), (80, 198), (128, 202)]
    marks += dots(almonds, PAPER, 4) + beam("M320 211h106", 3, MIST)
    buns = ((346, 204), (398, 204), (372, 186))
    marks += cut("".join(f"M{x - 24} {y + 4}q2-26 24-26t24 26q-24 8-48 0z" for x, y in buns), STRAW)
    return marks + stroke("".join(f"M{x - 10} {y - 9}q10-7 20 0" for x, y in buns), BARK, 2.6)


def cake(random: Random) -> str:
    """A cake of two tiers under icing, with berries on it."""
    icing = random.choice((PAPER, mixed(BLUSH, PAPER, 0.5), mixed(STRAW, PAPER, 0.4)))
    sponge = random.choice((WOOD, mixed(BARK, CLAY, 0.4), STRAW))
    marks = cut("M176 182v-42h128v42q-64 10-128 0zM196 140V98h88v42z", sponge)
    lower, upper = "q-8 12-17 0-8 15-17 0" * 4, "q-8 12-16 0-8 14-16 0" * 3
    marks += cut(f"M172 150q-4-22 18-22h100q22 0 18 22{lower}z", icing)
    marks += cut(f"M192 108q-4-20 16-20h64q20 0 16 20{upper}z", icing)
    berries: list[Point] = [(212, 82), (230, 78), (250, 78), (268, 82)]
    marks += dots(berries, INK, 19) + dots(berries, ROSE, 14.5)
    return marks + dots([(x - 3, 76) for x, _ in berries], BLUSH, 4)


def jars(random: Random) -> str:
    """Jars of preserves under cloth caps, on a shelf in the open air."""
    dark, red = mixed(ROSE, INK, 0.45), "#b8322f"
    fillings = random.sample((ROSE, AMBER, MOSS, dark, STRAW, CLAY, red, FERN), 5)
    cloths = [PAPER, BLUSH, MIST, STRAW, ROSE]
    random.shuffle(cloths)
    sizes = [0.94, 1.14, 0.78, 1.14, 0.94]
    random.shuffle(sizes)
    marks = shade(240, 294, 190)
    marks += cut("M50 270h380v16H50zM78 286h18v12H78zm306 0h18v12h-18z", WOOD)
    left = 56.0
    for size, filling, cloth in zip(sizes, fillings, cloths, strict=True):
        marks += placed(jar(random, filling, cloth), left + 37 * size, 270, size)
        left += 74.4 * size
    return marks


def jar(random: Random, filling: str, cloth: str) -> str:
    """A jar that stands on (0, 0), 74 wide and 134 high."""
    glass = "M-30-104h60v10q7 6 7 16v64q0 14-14 14h-46q-14 0-14-14v-64q0-10 7-16z"
    pieces = [(random.randint(-22, 22), random.randint(-70, -10)) for _ in range(4)]
    inside = cut("M-31-78h62v62q0 10-10 10h-42q-10 0-10-10z", filling)
    inside += dots(pieces, mixed(filling, PAPER, 0.28), 11)
    inside += cut("M-26-82q9 34 0 66-6-32 0-66zM-14-56h34v32h-34z", PAPER)
    inside += cut("M-8-31q4-18 22-18-4 18-22 18z", FERN)
    marks = cut(glass, mixed(MIST, PAPER, 0.6)) + group(inside, stroke="none")
    cap = "M-36-92l-4-8 8-26q32-16 64 0l8 26-4 8-8-6-8 7-10-6-10 6-10-6-10 6-8-7z"
    spots = [(-14, -118), (0, -122), (14, -118)]
    marks += cut(cap, cloth) + dots(spots, mixed(cloth, INK, 0.25), 4)
    return marks + stroke("M-32-104q32 8 64 0", ROSE if cloth != ROSE else STRAW, 4)
