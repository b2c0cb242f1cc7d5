"""What blooms, ripens and is gathered: trees, bushes, flowers, herbs, mushrooms, birch sap."""

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
    PINE,
    ROSE,
    SAND,
    SOIL,
    STRAW,
    WOOD,
    mixed,
)
from .props import basket, beam, shade
from .sheet import (
    Point,
    corners,
    crown,
    cut,
    disc,
    dots,
    gouge,
    limb,
    numbers,
    oval,
    placed,
    soft,
    spindle,
    stroke,
)

CORNFLOWER = "#5d7fb8"
APPLES = ("#b8322f", ROSE, STRAW, "#a9b64f")


def strewn(
    random: Random, x: float, y: float, across: float, down: float, count: int
) -> list[Point]:
    """Points spread evenly, yet not in order, over an oval (a sunflower's spiral, shaken)."""
    start = random.uniform(0, 2 * pi)
    return [
        (
            round(x + across * ((step + 0.5) / count) ** 0.5 * cos(start + step * 2.4)),
            round(y + down * ((step + 0.5) / count) ** 0.5 * sin(start + step * 2.4)),
        )
        for step in range(count)
    ]


def apple_tree(random: Random, x: int, y: int, size: float, colour: str) -> str:
    """A tree full of apples."""
    wide, middle = 92 * size, y - 128 * size
    trunk = limb((x, y), (x - 4, y - 90 * size), 26 * size, 16 * size)
    boughs = limb((x - 3, y - 60 * size), (x - 44 * size, y - 116 * size), 14 * size, 8 * size)
    boughs += limb((x - 3, y - 56 * size), (x + 42 * size, y - 112 * size), 13 * size, 7 * size)
    leaves = "".join(
        gouge(spot_x - 8, spot_y, round(20 * size), 6, random.randint(-40, 30))
        for spot_x, spot_y in strewn(random, x, middle, wide * 0.8, 58 * size, 11)
    )
    apples = strewn(random, x, middle + 6, wide * 0.84, 58 * size, 12)
    return (
        cut(trunk + boughs, mixed(BARK, PAPER, 0.12))
        + cut(crown(random, x, middle, wide, 70 * size, 12), FERN)
        + cut(leaves, MOSS, stroke="none")
        + dots(apples, INK, 21 * size)
        + dots(apples, colour, 16.5 * size)
        + dots([(x - 3, y - 3) for x, y in apples], PAPER, 4 * size)
    )


def apple_trees(random: Random) -> str:
    """Two apple trees, a ladder and a full basket."""
    first, second = random.sample(APPLES, 2)
    marks = shade(250, 284, 180) + apple_tree(random, 372, 270, 0.82, second)
    marks += apple_tree(random, 176, 288, 1.14, first)
    rungs = "M258 270h34m-40-26h34m-40-26h34m-40-26h34m-40-26h32m-38-26h30"
    ladder = "M262 292L222 120M296 292L250 116" + rungs
    marks += beam(ladder, 4.4)
    heap: list[Point] = [(316, 246), (340, 240), (364, 246), (328, 230), (352, 230)]
    marks += (
        dots(heap, INK, 28)
        + dots(heap, first, 23)
        + dots([(x - 4, y - 4) for x, y in heap], PAPER, 5)
    )
    return marks + placed(basket(86, 44, WOOD), 340, 298) + stroke("M300 256q40 8 80 0", ROSE, 3)


def berry_bushes(random: Random) -> str:
    """Bushes hung with currants, and a pail for them."""
    berry = random.choice((ROSE, "#b8322f", mixed(INK, "#3b3f78", 0.5)))
    marks = shade(240, 290, 180)
    bushes = ((352, 206, 96, 82), (156, 204, 118, 94))
    for x, y, across, down in bushes:
        marks += cut(crown(random, x, y, across, down, 13), FERN)
        leaves = strewn(random, x, y, across * 0.86, down * 0.86, 11)
        veins = "".join(
            spindle(at_x - 9, at_y, 20, 8, random.randint(-50, 50)) for at_x, at_y in leaves
        )
        marks += cut(veins, mixed(FERN, MOSS, 0.75), stroke="none")
        berries = [
            (cx + side, cy + drop)
            for cx, cy in strewn(
                random, x, y - 6, across * 0.8, down * 0.74, 6 if across > 100 else 4
            )
            for side, drop in ((-7, 0), (7, 2), (-4, 13), (8, 15), (1, 25))
        ]
        marks += (
            dots(berries, INK, 17)
            + dots(berries, berry, 13)
            + dots([(bx - 2, by - 2) for bx, by in berries[::2]], PAPER, 3.4)
        )
    heap = corners("236,236 252,230 268,230 284,236 246,242 262,240 276,244")
    marks += dots(heap, INK, 22) + dots(heap, berry, 17.5)
    pail = "M222 242h76l-8 54h-60z"
    marks += stroke("M224 244q36-74 72 0", INK, 4) + cut(pail, mixed(MIST, PAPER, 0.25))
    return (
        marks
        + cut(gouge(236, 252, 32, -6, 84), PAPER, stroke="none")
        + stroke("M224 254q36 8 72 0", ROSE, 4)
    )


# The folds of a rose of radius 1: a curl in its heart and two petals around it.
CURLS: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("M", (-0.2, 0)),
    ("q", (0, -0.24, 0.22, -0.22)),
    ("q", (0.3, 0, 0.24, 0.28)),
    ("q", (-0.2, 0.34, -0.56, 0)),
    ("q", (-0.24, -0.4, 0.14, -0.6)),
    ("M", (0.56, -0.4)),
    ("q", (0.2, 0.6, -0.34, 0.86)),
    ("M", (-0.66, 0.06)),
    ("q", (0, 0.5, 0.6, 0.64)),
)


def rose(random: Random, size: float, colour: str) -> str:
    """A full rose seen from above, of the given radius, around (0, 0)."""
    gleam = mixed(colour, PAPER if colour in (ROSE, BLUSH) else ROSE, 0.42)
    curls = "".join(
        letter + numbers(*(size * value for value in values)) for letter, values in CURLS
    )
    return cut(crown(random, 0, 0, size * 0.86, size * 0.86, 5), colour) + stroke(
        curls, gleam, size * 0.12
    )


def rose_garden(random: Random) -> str:
    """A rose bush in full bloom: Tukums is the town of roses."""
    marks = shade(240, 292, 170) + cut(crown(random, 240, 214, 176, 82, 15), FERN)
    leaves = "".join(
        gouge(x, y, 26, 15, random.randint(0, 360))
        for x, y in strewn(random, 240, 214, 160, 76, 24)
    )
    marks += cut(leaves, MOSS, stroke="none")
    second = random.choice((BLUSH, mixed(STRAW, PAPER, 0.3), mixed(ROSE, BLUSH, 0.5)))
    colours = [ROSE, BLUSH, PAPER, second]
    random.shuffle(colours)
    places = ((130, 222, 36), (340, 216, 38), (188, 156, 25), (298, 150, 26), (186, 262, 24))
    small = ((296, 264, 26), (82, 182, 19), (398, 170, 20), (396, 254, 22))
    for step, (x, y, size) in enumerate((*places, *small)):
        flower = rose(random, size, colours[step % 4])
        marks += placed(flower, x + random.randint(-8, 8), y + random.randint(-6, 6))
    return marks + placed(rose(random, 46, ROSE), 238 + random.randint(-8, 8), 202)


def tulip(colour: str) -> str:
    """A tulip on its stem, 130 high."""
    marks = beam("M0 0v-96", 4.4, FERN)
    marks += cut(spindle(0, -4, 80, 12, -112) + spindle(0, -4, 66, 12, -64), FERN)
    return marks + cut("M-22-128l14 12 8-20 8 20 14-12q6 44-22 46-28-2-22-46z", colour)


def daisy(petals: str, heart: str) -> str:
    """A daisy on its stem, 130 high."""
    marks = beam("M0 0v-96", 4.4, FERN) + cut(spindle(0, -20, 44, 9, -46), FERN)
    rays = "".join(spindle(0, -106, 32, 11, turn) for turn in range(0, 360, 45))
    return marks + cut(rays, petals) + disc(0, -106, 11, heart)


def cornflower(colour: str) -> str:
    """A cornflower on its stem, 130 high."""
    marks = beam("M0 0q6-50 0-96", 4.4, FERN)
    rays = "".join(
        f"M0-96l{x} {y}l{a} {b}l{c} {d}z"
        for x, y, a, b, c, d in (
            (-34, -14, 8, -4, -2, -8),
            (-20, -32, 8, 2, 4, -8),
            (0, -38, 6, 4, 6, -4),
            (22, -30, 2, 8, 6, 0),
            (34, -10, -6, 4, 0, 6),
        )
    )
    return marks + cut(rays, colour) + cut("M-10-98q10-8 20 0l-3 18q-7 6-14 0z", PINE)


def flower_field(random: Random) -> str:
    """Rows of flowers up to the horizon, and the nearest ones in full size."""
    marks = cut("M-60 190q300-14 600 0v150H-60z", mixed(PINE, FERN, 0.3), stroke="none")
    rows = [ROSE, STRAW, PAPER, CORNFLOWER, BLUSH, AMBER, mixed(ROSE, MIST, 0.4)]
    random.shuffle(rows)
    for step, colour in enumerate(rows[:5]):
        y, gap = 194 + step * 14, 13 + step * 3
        row = f"M{-60 + random.randint(0, 12)} {y}q300-{14 - step} 600 0"
        marks += stroke(row, colour, 7 + step * 2, stroke_dasharray=f"0 {gap}")
    kinds = [
        *(tulip(ROSE), tulip(STRAW), cornflower(CORNFLOWER), cornflower(mixed(ROSE, MIST, 0.4))),
        *(daisy(PAPER, STRAW), daisy(BLUSH, BARK), daisy(STRAW, BARK)),
    ]
    random.shuffle(kinds)
    if tulip(ROSE) not in kinds[:6]:
        kinds[random.randint(0, 5)] = tulip(ROSE)
    for place, kind in enumerate(kinds[:6]):
        x, size = 50 + place * 76, 1.16 + 0.22 * sin(place * pi / 5)
        marks += placed(kind, x + random.randint(-8, 8), 324, size + random.uniform(-0.08, 0.08))
    return marks


def herb_bunch(random: Random, kind: int) -> str:
    """A bunch of herbs that hangs from (0, 0), tied with rose-red thread."""
    colour = (FERN, MOSS, PINE, mixed(FERN, MIST, 0.35), mixed(MOSS, STRAW, 0.3))[kind]
    blossoms = ("#8d7ab0", STRAW, PAPER, BLUSH, AMBER)[kind]
    stems = "".join(
        spindle(turn * 0.1, 14, random.randint(76, 98), 10, 90 - turn) for turn in (-24, -8, 8, 24)
    )
    marks = stroke("M0-14V8", WOOD, 3) + cut(
        "M-10-2l8 18h4l8-18-6 4-4-8-4 8z", mixed(colour, STRAW, 0.4)
    )
    tips = [
        (x + random.randint(-2, 2), y + random.randint(-4, 4))
        for x, y in ((-32, 86), (-12, 98), (12, 98), (32, 86), (-14, 76), (15, 75))
    ]
    marks += cut(stems, colour) + dots(tips, INK, 17) + dots(tips, blossoms, 12.5)
    return marks + (dots(tips, STRAW, 5) if kind == 2 else "") + cut("M-9 10h18v9h-18z", ROSE)


def herbs(random: Random) -> str:
    """Bunches of herbs hung up to dry, and a mug of tea beneath."""
    frame = "M70 296V112m340 184V112M50 118h380"
    marks = shade(240, 294, 190) + beam(frame, 7.6)
    kinds = [0, 1, 2, 3, 4]
    random.shuffle(kinds)
    for x, kind in zip((112, 178, 244, 310, 372), kinds, strict=True):
        marks += placed(herb_bunch(random, kind), x, 130)
    steam = "M226 236q-8-8 0-14t0-12m16 26q-8-8 0-14t0-12"
    marks += stroke(steam, PAPER, 3)
    marks += beam("M262 258q22 0 18 16-4 12-20 10", 5.6, CLAY)
    marks += cut("M204 248h60q2 46-14 50h-32q-16-4-14-50z", CLAY) + stroke("M206 262h56", PAPER, 4)
    return (
        marks + stroke("M208 273l7-5 8 5 8-5 8 5 8-5 8 5", PAPER, 2.4) + oval(234, 249, 28, 5, SOIL)
    )


def boletus(cap: str) -> str:
    """A boletus that stands on (0, 0), 150 high."""
    marks = cut(soft("-34,-2 -30,-40 -18,-88 18,-88 28,-40 36,-2 0,6"), mixed(PAPER, SAND, 0.5))
    lines = gouge(-16, -20, 34, 4, -80) + gouge(0, -14, 44, 4, -88) + gouge(16, -20, 30, 4, -98)
    marks += cut(lines, mixed(SAND, BARK, 0.4), stroke="none")
    marks += cut("M-66-84q66 26 132 0-10 18-66 18t-66-18z", STRAW)
    marks += cut("M-74-86q0-58 74-62 74 4 74 62-74 26-148 0z", cap)
    lights = (
        gouge(-50, -104, 36, 7, -44) + gouge(-20, -128, 34, 5, -8) + gouge(-30, -100, 26, 4, -30)
    )
    return marks + cut(lights, mixed(cap, PAPER, 0.45), stroke="none")


def chanterelle() -> str:
    """A chanterelle that stands on (0, 0), 90 high."""
    body = "M-10 0q-2-40-40-74 14-12 26 0 10-14 24-2 14-12 24 2 12-12 26 0-38 34-40 74-10 6-20 0z"
    return cut(body, AMBER) + stroke(
        "M-6-14q-4-30-22-52M0-14v-54M6-14q4-30 22-52", mixed(AMBER, BARK, 0.4), 2.6
    )


def mushrooms(random: Random) -> str:
    """Boletus and chanterelles in the moss, with lingonberries."""
    cap = random.choice((mixed(BARK, CLAY, 0.5), mixed(BRICK, BARK, 0.3), mixed(BARK, WOOD, 0.4)))
    marks = shade(240, 294, 180)
    second = boletus(mixed(cap, WOOD, 0.3))
    marks += placed(second, random.randint(304, 330), 282, random.uniform(0.7, 0.96))
    marks += placed(boletus(cap), 196, 292, 1.28)
    marks += (
        placed(chanterelle(), 396, 294, random.uniform(0.8, 1.1))
        + placed(chanterelle(), 84, 292, random.uniform(0.6, 1))
        + placed(chanterelle(), random.randint(266, 356), 302, 0.62)
    )
    moss = "".join(
        crown(random, x, 302, wide, 17, 8)
        for x, wide in ((120, 60), (236, 70), (340, 50), (420, 46), (46, 40))
    )
    marks += cut(moss, PINE)
    leaves = "".join(
        spindle(x, 292, 20, 7, turn) for x in (92, 150, 262, 292, 410) for turn in (-140, -40)
    )
    marks += cut(leaves, MOSS, stroke="none")
    berries: list[Point] = [(98, 290), (110, 296), (272, 288), (284, 296), (402, 290)]
    return marks + dots(berries, INK, 14) + dots(berries, ROSE, 10)


def birch_trunk(random: Random, x: int, wide: int) -> str:
    """The trunk of a near birch that reaches beyond the upper edge."""
    foot, top = round(wide * 0.62), round(wide * 0.4)
    trunk = f"M{x - foot} 300q{wide // 5}-40 {wide // 6}-120L{x - top}-40H{x + top}"
    marks = cut(trunk + f"L{x + foot - wide // 6} 180q0 80 {wide // 6} 120z", PAPER)
    bark = ""
    for step in range(9):
        y, side = -8 + step * 34 + random.randint(-8, 8), random.choice((-1, 1))
        start, long = x + side * wide * 0.42, side * wide * random.uniform(0.3, 0.6)
        bark += f"M{numbers(start, y)}q{numbers(-long / 2, -4, -long, 1)}"
        bark += f"q{numbers(long / 2, 6, long, 5)}z"
    return marks + cut(bark, INK, stroke="none")


def birch_sap(random: Random) -> str:
    """Birches in spring with a tap and a jar for their sap."""
    marks = birch_trunk(random, 86, 36) + birch_trunk(random, 402, 30)
    marks += shade(226, 296, 90) + birch_trunk(random, 214, 76)
    twigs = "M86 92q34-22 40-58M402 110q-30-16-38-52M250 74q40-8 62-40"
    marks += stroke(twigs, INK, 5)
    leaves = "".join(
        spindle(x, y, 24, 9, turn)
        for x, y in ((126, 38), (108, 72), (364, 62), (380, 92), (312, 36), (286, 62))
        for turn in (-120, -60, 20)
    )
    marks += cut(leaves, mixed(MOSS, STRAW, 0.25), stroke_width=3)
    marks += beam("M236 168l46 12", 9)
    marks += stroke("M244 190q40 30 78 4", ROSE, 5)
    jar = "M264 206h56v8q14 6 14 20v48q0 14-14 14h-56q-14 0-14-14v-48q0-14 14-20z"
    marks += cut(jar, mixed(MIST, PAPER, 0.6), fill_opacity=0.9)
    marks += cut(
        "M255 246q36 10 74 0v36q0 9-10 9h-54q-10 0-10-9z",
        mixed(MIST, "#ffffff", 0.2),
        stroke="none",
    )
    marks += cut(gouge(266, 226, 50, -7, 88), "#ffffff", stroke="none") + cut(
        "M260 200h64v12h-64z", STRAW
    )
    return marks + cut("M285 184q-9 14 0 18 9-4 0-18z", MIST, stroke_width=3)
