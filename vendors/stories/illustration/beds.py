"""What grows in fields and beds: potatoes, cabbages, roots, pumpkins, asparagus, seedlings."""

from collections.abc import Sequence
from random import Random

from .palette import (
    AMBER,
    BARK,
    BLUSH,
    CLAY,
    FERN,
    INK,
    MIST,
    MOSS,
    PAPER,
    PINE,
    ROSE,
    SOIL,
    STONE,
    STRAW,
    WOOD,
    mixed,
)
from .props import basket, beam, shade, soil
from .sheet import (
    Point,
    crown,
    cut,
    dots,
    gouge,
    limb,
    numbers,
    oval,
    placed,
    sharp,
    spindle,
    stroke,
    turned,
)

CABBAGE = "#8fb08a"
ASPARAGUS_ROW = (40, 98, 382, 438)


def potato_bushes(random: Random) -> str:
    """Potato plants in blossom at both sides of the sheet."""
    bushes, leaves = "", ""
    blossoms: list[Point] = []
    for x, y, size in ((74, 214, 24), (402, 212, 24), (44, 272, 46), (436, 276, 46)):
        bushes += crown(random, x, y - size * 0.5, size, size * 0.62, 8)
        leaves += "".join(
            gouge(round(x + size * side), round(y - size * 0.5), size * 0.4, 5, turn)
            for side, turn in ((-0.6, 20), (0, -20), (0.3, 40))
        )
        blossoms += [
            (round(x + size * side), round(y - size * up))
            for side, up in ((-0.5, 0.8), (0.1, 1), (0.55, 0.7))
        ]
    marks = cut(bushes, FERN) + cut(leaves, MOSS, stroke="none")
    return marks + dots(blossoms, PAPER, 10) + dots(blossoms, STRAW, 4)


def potato_field(random: Random) -> str:
    """Rows of potatoes in blossom, a full basket and the fork that dug it."""
    marks = soil(random, 186) + potato_bushes(random)
    tines = "M352 290v-40m-18 40v-34q0-8 8-8h20q8 0 8 8v34m-18-40V132m-16 0h32"
    marks += beam(tines, 4, STONE) + stroke("M352 240V132m-16 0h32", WOOD, 5)
    colour = random.choice((STRAW, mixed(CLAY, STRAW, 0.5), mixed(ROSE, STRAW, 0.55)))
    marks += potatoes(((186, 204), (226, 196), (266, 202), (206, 184), (246, 178)), colour)
    marks += placed(basket(150, 84, WOOD), 228, 298) + stroke("M158 214q66 12 138 0", ROSE, 4)
    return marks + potatoes(((328, 296), (130, 300), (372, 302)), colour)


def potatoes(places: Sequence[Point], colour: str) -> str:
    """Potatoes with their eyes."""
    marks = "".join(oval(x, y, 24, 17, colour) for x, y in places)
    eyes = [(x + side, y + down) for x, y in places for side, down in ((-10, -4), (8, -7), (5, 4))]
    return marks + dots(eyes, mixed(colour, SOIL, 0.6), 3)


def cabbage(random: Random, head: str) -> str:
    """A head of cabbage in its outer leaves, as wide as 120."""
    marks = cut(crown(random, 0, -40, 62, 40, 8), mixed(head, PINE, 0.45))
    veins = "M-52-30q18 8 28 24m-30-44q16 6 22 14M52-30q-18 8-28 24m30-44q-16 6-22 14"
    marks += stroke(veins, mixed(head, PAPER, 0.3), 2.6)
    marks += cut("M-40-36q-4-44 40-48 44 4 40 48-8 30-40 32-32-2-40-32z", head)
    ribs = "M0-6q-6-40 2-74M-2-30q-18-8-26-30M0-26q16-10 24-34M-2-50q-10-6-14-18M0-50q10-8 14-18"
    return marks + stroke(ribs, mixed(head, PAPER, 0.6), 2.8)


def cabbage_field(random: Random) -> str:
    """Rows of cabbages, the nearest ones ready to be cut."""
    marks = soil(random, 182)
    for y, size, step in ((196, 24, 44), (218, 36, 58)):
        row = [(240 + place * step + random.randint(-4, 4), y) for place in range(-4, 5)]
        marks += dots(row, INK, size + 4) + dots(row, mixed(CABBAGE, PINE, 0.4), size)
        marks += dots([(x, y - size // 6) for x, y in row], CABBAGE, size * 0.6)
    heads = [CABBAGE, CABBAGE, mixed(CABBAGE, STRAW, 0.3), mixed(ROSE, MIST, 0.3)]
    random.shuffle(heads)
    places = ((60, 272, 0.9), (420, 272, 0.9), (158, 302, 1.3), (318, 302, 1.3))
    for (middle, foot, grown), head in zip(places, heads, strict=True):
        marks += placed(cabbage(random, head), middle + random.randint(-8, 8), foot, grown)
    spot_x, spot_y = random.choice(((138, 238), (176, 252), (300, 236), (338, 250)))
    ladybird = oval(spot_x, spot_y, 9, 7, ROSE)
    ladybird += stroke(f"M{spot_x} {spot_y - 6}v12m10-6h1", INK, 3)
    return marks + ladybird + dots([(spot_x - 4, spot_y), (spot_x + 4, spot_y)], INK, 3)


def carrots(random: Random) -> str:
    """A bunch of carrots with feathery greens, laid on the soil of the bed."""
    marks = soil(random, 200)
    roots = [(36, 246), (92, 240), (394, 240), (446, 246)]
    tops = "".join(
        gouge(x, y - 4, random.randint(30, 50), 5, turn)
        for x, y in roots
        for turn in (-124, -92, -60)
    )
    marks += stroke(tops, INK, 4) + cut(tops, MOSS, stroke="none")
    marks += dots(roots, INK, 17) + dots(roots, AMBER, 12)
    for turn in (-40, 40, -14, 14):
        plume = cut(crown(random, 0, -58, 22, 52, 10), FERN if turn % 4 else mixed(FERN, MOSS, 0.5))
        plume += stroke("M0-8V-96M-11-44l11 12 11-12M-11-68l11 12 11-12", MOSS, 2.6)
        marks += turned(plume, 240 + turn * 0.3, 176, turn + random.randint(-4, 4))
    orange = (
        AMBER,
        mixed(AMBER, CLAY, 0.4),
        mixed(AMBER, STRAW, 0.4),
        mixed(AMBER, CLAY, 0.6),
        AMBER,
    )
    for turn, colour in zip((44, -44, 24, -24, 0), orange, strict=True):
        marks += turned(carrot(colour), 240 - turn * 0.9, 184 - abs(turn) * 0.1, turn)
    return marks + cut("M196 178q44 14 88 0l2 14q-46 14-92 0z", ROSE)


def carrot(colour: str) -> str:
    """A carrot that points downwards."""
    marks = cut("M-19 0q0-12 19-12T19 0q-2 60-17 116-2 6-4 0Q-17 60-19 0z", colour)
    return marks + stroke(
        "M-17 20h12m10 16h10M-15 52h10m6 16h8m-16 16h7", mixed(colour, BARK, 0.5), 2.4
    )


def pumpkin(colour: str) -> str:
    """A ribbed pumpkin that stands on (0, 0), as wide as 140."""
    marks = cut("M-6-84q-2-20-14-26l14-6q14 10 16 32z", FERN)
    marks += oval(-42, -42, 30, 38, colour) + oval(42, -42, 30, 38, colour)
    marks += (
        oval(-22, -43, 30, 42, colour)
        + oval(22, -43, 30, 42, colour)
        + oval(0, -43, 25, 44, colour)
    )
    lights = (
        gouge(-4, -66, 44, -5, 94)
        + gouge(-32, -62, 36, -5, 98)
        + gouge(24, -64, 40, -5, 84)
        + gouge(-56, -54, 26, -5, 100)
    )
    return marks + cut(lights, mixed(colour, PAPER, 0.5), stroke="none")


def pumpkins(random: Random) -> str:
    """Pumpkins of several colours among their leaves and tendrils, and asters beside them."""
    ripe, pale, grey = mixed(AMBER, CLAY, 0.5), mixed(MOSS, STRAW, 0.3), mixed(PINE, MIST, 0.45)
    behind = random.sample((ripe, STRAW, grey, pale, CLAY), 2)
    leaves = crown(random, 80, 236, 40, 28, 7) + crown(random, 404, 230, 42, 30, 7)
    marks = shade(240, 290, 190) + cut(leaves + crown(random, 250, 158, 38, 26, 7), FERN)
    marks += stroke("M52 246q30-14 60-2M376 240q30-16 58-2M224 164q26-12 52-2", MOSS, 2.6)
    marks += placed(pumpkin(behind[0]), 336, 276, random.uniform(1.1, 1.3))
    marks += placed(pumpkin(behind[1]), 132, 282, random.uniform(0.95, 1.15))
    marks += placed(pumpkin(random.choice((AMBER, AMBER, ripe))), 232, 298, 1.42)
    asters: list[Point] = [(52, 284), (72, 294), (34, 298)]
    marks += stroke("M52 284v20m20-10v12m-38-8v10", PINE, 3)
    marks += dots(asters, INK, 24) + dots(asters, ROSE, 19) + dots(asters, STRAW, 8)
    marks += stroke(
        "M66 262q-20-20-6-30 14-2 8 12-8 8-14-2m356 44q26-14 16-28-14-6-12 8", PINE, 3.4
    )
    return marks + cut("M398 300l-12-18 14 6 6-16 6 16 14-6-12 18q-8 6-16 0z", STRAW)


def spear(height: float, tip: str) -> str:
    """An asparagus spear that grows from (0, 0), 18 wide, its scales lying on it."""
    body = f"M-8 0V{numbers(-height + 26)}q0-16 8-26 8 10 8 26V0z"
    scales = "".join(
        f"M{x} {numbers(-height * part)}l6-12 6 12z"
        for part, x in ((0.25, -7), (0.45, -3), (0.64, -7))
    )
    head = f"M-8 {numbers(-height + 26)}q0-16 8-26 8 10 8 26-3-8-8-4-5-4-8 4z"
    return cut(body, mixed(MOSS, "#a8c46a", 0.6)) + cut(head + scales, tip, stroke="none")


def asparagus(random: Random) -> str:
    """Asparagus: spears that break the soil, and a tied bundle before them."""
    tip = random.choice((mixed(ROSE, PINE, 0.55), PINE, mixed(PINE, MIST, 0.3)))
    marks = soil(random, 190)
    for x in ASPARAGUS_ROW:
        growing = spear(random.randint(44, 92), tip)
        marks += placed(growing, x, 236 + (x % 3) * 7)
    mounds = "".join(f"M{x - 20} {240 + (x % 3) * 7}q20-16 40 0z" for x in ASPARAGUS_ROW)
    marks += cut(mounds, mixed(SOIL, INK, 0.3), stroke="none") + shade(240, 298, 80)
    for x, turn, height in (
        (-36, -9, 150),
        (36, 9, 152),
        (-20, -5, 172),
        (20, 5, 168),
        (-9, -2, 158),
        (8, 2, 184),
    ):
        marks += turned(spear(height + random.randint(-6, 6), tip), 240 + x, 298, turn)
    band = "M188 236q52 16 104 0l-2 20q-50 14-100 0z"
    return marks + cut(band, ROSE) + stroke("M192 246q48 13 96 0", BLUSH, 2)


def seedlings(random: Random) -> str:
    """Trays of young plants and a watering can."""
    marks = shade(240, 292, 190) + placed(watering_can(), 408, 268, 1.1)
    marks += placed(tray(random, 6), 176, 224, 0.92) + placed(tray(random, 5), 172, 296, 1.3)
    marks += cut("M344 298l-6-36h46l-6 36z", CLAY)
    marks += cut("M334 252h54v12h-54z", mixed(CLAY, PAPER, 0.2)) + stroke("M361 250v-40", FERN, 5)
    marks += cut(spindle(361, 240, 34, 12, -150) + spindle(361, 236, 34, 12, -30), FERN)
    return marks + cut(crown(random, 361, 200, 17, 16, 6), ROSE) + dots([(361, 200)], STRAW, 10)


def tray(random: Random, plants: int) -> str:
    """A wooden tray of seedlings that stands on (0, 0), 220 wide."""
    stems, leaves, hearts = "", "", ""
    for plant in range(plants):
        x, tall = round(-90 + 180 * plant / (plants - 1)), random.randint(26, 42)
        stems += f"M{x}-42v-{tall}"
        leaves += spindle(x, -38 - tall, 30, 11, -160) + spindle(x, -38 - tall, 30, 11, -20)
        hearts += spindle(x, -40 - tall, 16, 5, -90)
    marks = oval(0, -44, 106, 10, SOIL) + beam(stems, 4.4, MOSS)
    marks += cut(hearts + leaves, mixed(MOSS, STRAW, random.uniform(0.05, 0.4)))
    marks += cut("M-112-44h224l-9 44h-206z", WOOD)
    return marks + stroke("M-107-22h214M-56-42v40M56-42v40", mixed(WOOD, BARK, 0.6), 2.6)


def watering_can() -> str:
    """A zinc watering can that stands on (0, 0)."""
    metal = mixed(MIST, STONE, 0.4)
    marks = beam("M20-88q52 4 32 66M-34-86q26-40 52-2", 6, metal)
    marks += cut(limb((-30, -26), (-88, -92), 18, 10), metal) + cut(
        sharp("-102,-92 -82,-108 -76,-96 -92,-82"), metal
    )
    marks += cut("M-40 0l4-84h64l6 84z", metal) + stroke(
        "M-38-26h70M-36-66h66", mixed(metal, INK, 0.4), 2.6
    )
    return marks + cut(gouge(-24, -60, 30, -6, 92), PAPER, stroke="none")
