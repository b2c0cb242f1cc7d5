"""The landscapes in which the farms lie: each fills the sheet and leaves its middle quiet."""

from collections.abc import Callable
from random import Random

from .houses import church, fence, gable, house, roofs
from .land import field_lines, ground, height_at, ridge, ripples, sky, under
from .palette import (
    BARK,
    BLUSH,
    BRICK,
    CLAY,
    FERN,
    INK,
    MOSS,
    PAPER,
    PINE,
    SAND,
    STONE,
    STRAW,
    WATER,
    WOOD,
    Light,
    mixed,
)
from .sheet import Point, block, cut, dots, gouges, limb, numbers, smooth, stroke, tuft
from .trees import (
    birch,
    broadleaf,
    clumps,
    far_forest,
    fruit_trees,
    pine,
    small_pines,
    spruce,
    spruces,
)


def coast(random: Random, light: Light) -> str:
    """Dunes, wind-bent pines and the gulf of Riga."""
    horizon = random.randint(146, 164)
    dune: list[Point] = [
        (-20, horizon - random.randint(2, 22)),
        (50, horizon - random.randint(-4, 14)),
        (120, horizon + 18),
        (190, horizon + 44),
        (300, horizon + 62),
        (500, horizon + 70),
    ]
    beach = [(-20, horizon + 52), (150, horizon + 52), (320, horizon + 46), (500, horizon + 60)]
    sail = f"M{random.randint(250, 430)} {horizon + 4}l-2-22 13 19zm-4 1h17l-3 4h-10z"
    marks = far_forest(random, light, (random.randint(330, 400), 500), horizon + 1, 9, 0.6)
    marks += block(0, horizon, 480, 90, mixed(light.on(WATER), light.haze, 0.35))
    marks += cut(under(ridge(random, horizon + 14, horizon + 14, 2, 4)), light.on(WATER))
    marks += ripples(random, light, horizon + 5, horizon + 58, 18)
    marks += cut(sail, light.on(PAPER))
    marks += cut(under(beach), light.on(mixed(SAND, PAPER, 0.5)))
    marks += cut(under(dune), light.on(mixed(SAND, MOSS, 0.16)))
    for x in random.sample(range(4, 128, 26), random.randint(2, 3)):
        marks += pine(random, light, x, height_at(dune, x) + 4, random.uniform(72, 118))
    blades = ""
    for _ in range(4):
        x = random.randint(0, 300)
        blades += tuft(random, x, height_at(dune, x) + random.randint(4, 16), 14, 4)
    return marks + cut(blades, light.on(mixed(MOSS, FERN, 0.4))) + ground(random, light, SAND, 226)


def forest(random: Random, light: Light) -> str:
    """The edge of a spruce and pine forest with its mossy floor."""
    marks = far_forest(random, light, (-10, 490), 186, random.uniform(62, 78), 0.62)
    marks += far_forest(random, light, (-10, 490), 204, random.uniform(50, 64), 0.3)
    stems = "".join(
        limb((x, 224), (x + random.uniform(-3, 3), random.uniform(98, 130)), 5, 3)
        for x in (random.randint(0, 480) for _ in range(7))
    )
    marks += cut(stems, light.on(mixed(CLAY, BARK, 0.4), 0.2))
    for x in (18, 78, 406, 462):
        tree = random.choice((spruce, spruce, pine, birch))
        foot = random.randint(222, 234)
        marks += tree(random, light, x + random.randint(-14, 14), foot, random.uniform(130, 196))
    marks += ground(random, light, mixed(FERN, MOSS, 0.45), 218)
    ferns = "".join(tuft(random, x, random.randint(236, 262), 24) for x in (52, 428))
    return marks + cut(ferns, light.on(PINE))


def hills(random: Random, light: Light) -> str:
    """The hills around Tukums: fields in strips, clumps of trees and a farmhouse."""
    far = ridge(random, 140, 134, 14)
    middle = ridge(random, random.uniform(150, 176), random.uniform(160, 182), 12)
    near = ridge(random, random.uniform(186, 204), random.uniform(178, 196), 7)
    grain = mixed(STRAW, MOSS, random.uniform(0.1, 0.6))
    marks = cut(under(far), light.on(mixed(FERN, PINE, 0.4), 0.55))
    marks += far_forest(random, light, random.choice(((-10, 170), (300, 490))), 148, 14, 0.5)
    marks += cut(under(middle), light.on(grain, 0.22))
    marks += field_lines(middle, light.on(MOSS, 0.2), (7, 15, 25))
    x = random.randint(52, 100)
    marks += house(random, light, x, height_at(middle, x) + 9, random.randint(42, 56), 0.1)
    oak_foot = height_at(middle, x - 44) + 12
    marks += broadleaf(random, light, x - 44, oak_foot, random.randint(46, 66), 0.1)
    marks += cut(under(near), light.on(MOSS))
    marks += field_lines(near, light.on(mixed(MOSS, STRAW, 0.5)), (9, 20))
    marks += clumps(random, light, [(random.randint(380, 400), 206)], 38, 0.1)
    for x in random.sample((404, 432, 462), 2):
        tree = random.choice((broadleaf, spruce, birch))
        marks += tree(random, light, x, round(height_at(near, x) + 9), random.uniform(58, 96))
    return marks + ground(random, light, mixed(MOSS, FERN, 0.4), 222)


def plain(random: Random, light: Light) -> str:
    """The Zemgale plain: a low horizon, fields in bands and one lone oak."""
    horizon = top = random.randint(176, 190)
    marks = far_forest(random, light, (-10, 490), horizon, 8, 0.6)
    grain = mixed(STRAW, PAPER, 0.3)
    fields = [STRAW, mixed(MOSS, STRAW, 0.35), MOSS, mixed(STRAW, CLAY, 0.25), grain]
    random.shuffle(fields)
    for distance, colour in zip((0.35, 0.22, 0.1, 0, 0), fields, strict=True):
        strip = under(ridge(random, top, top + random.uniform(-2, 2), 1, 3))
        marks += cut(strip, light.on(colour, distance))
        top += random.randint(7, 13)
    rows = "".join(f"M{x} {top - 6}L{round(x * 1.9 - 216)} 240" for x in range(-60, 560, 24))
    marks += stroke(rows, light.on(mixed(MOSS, STRAW, 0.6)), 1.6)
    oak_height = random.uniform(118, 146)
    marks += broadleaf(random, light, random.randint(48, 84), horizon + 26, oak_height)
    bales = [(random.randint(370, 470), horizon + random.randint(12, 26)) for _ in range(3)]
    marks += dots(bales, light.on(mixed(STRAW, WOOD, 0.3)), 14)
    marks += dots(bales, light.on(WOOD), 6) + dots(bales, light.on(STRAW), 3)
    return marks + ground(random, light, mixed(MOSS, FERN, 0.2), 232)


def river(random: Random, light: Light) -> str:
    """The valley of the Abava: two slopes and the river that winds between them."""
    left: list[Point] = [(-20, random.randint(78, 112)), (70, random.randint(102, 124))]
    left += [(190, 146), (290, 178), (500, 186)]
    right: list[Point] = [(-20, 190), (240, 176), (330, random.randint(142, 152))]
    right += [(420, random.randint(104, 126)), (500, 92)]
    marks = cut(under(ridge(random, 142, 136, 7)), light.on(FERN, 0.62))
    marks += cut(under(right), light.on(mixed(FERN, MOSS, 0.5), 0.25))
    marks += field_lines(right, light.on(mixed(MOSS, STRAW, 0.4), 0.2), (12, 26))
    feet = [(x, height_at(right, x) + 4) for x in random.sample(range(364, 474, 16), 5)]
    marks += clumps(random, light, feet, 30, 0.15)
    marks += cut(under(left), light.on(FERN, 0.08))
    feet = [(x, height_at(left, x) + 12) for x in sorted(random.sample(range(6, 130, 20), 4))]
    marks += spruces(random, light, feet, 0.05)
    water = smooth(
        [
            *((292, 170), (330, 178), (372, 190), (330, 203), (240, 212), (100, 222), (-20, 246)),
            *((-20, 246), (-20, 300), (-20, 300)),
            *((90, 262), (240, 242), (390, 222), (448, 194), (390, 176), (320, 167)),
        ]
    )
    marks += ground(random, light, mixed(MOSS, FERN, 0.3), 186)
    marks += cut(water, light.on(WATER)) + ripples(random, light, 214, 240, 9)
    stones = [(random.randint(12, 150), random.randint(262, 292)) for _ in range(4)]
    marks += dots(stones, light.on(STONE), 11)
    marks += dots([(x - 1, y - 2) for x, y in stones], light.on(PAPER), 3)
    return marks + reeds(random, light, (24, 50, 438), 262)


def reeds(random: Random, light: Light, places: tuple[int, ...], y: int) -> str:
    """Reeds with brown heads at the edge of water."""
    leaves, stems, heads = "", "", ""
    for x in places:
        top = random.randint(34, 48)
        leaves += tuft(random, x, y + random.randint(-6, 6), random.uniform(30, 40), 4)
        stems += f"M{x} {y}l2-{top}"
        heads += f"M{x + 2} {y - top}v9"
    return (
        cut(leaves, light.on(PINE))
        + stroke(stems, light.on(PINE), 1.6)
        + stroke(heads, light.on(BARK), 4.5)
    )


def lake(random: Random, light: Light) -> str:
    """A quiet lake: the far shore and its reflection, a jetty, reeds."""
    shore = random.randint(152, 164)
    marks = cut(under(ridge(random, shore - 18, shore - 12, 9)), light.on(FERN, 0.6))
    marks += far_forest(random, light, (-10, 490), shore, random.uniform(18, 32), 0.35)
    marks += block(0, shore, 480, 110, mixed(light.on(WATER), light.sky[2], 0.35))
    marks += cut(under(ridge(random, shore + 30, shore + 34, 4)), light.on(WATER))
    marks += cut(gouges(random, (-20, shore + 4, 470, shore + 18), 9, 50, 0), light.on(PINE, 0.35))
    marks += ripples(random, light, shore + 20, 228, 13)
    marks += stroke("M18 208v20m42-25v20m44-25v20", light.on(BARK), 5)
    marks += cut("M-10 206l114-12 8 6-122 20z", light.on(WOOD))
    marks += stroke("M12 205l4 12m18-14l4 10m18-13l4 10m18-12l4 8", light.on(BARK), 1.4)
    for x in random.sample((404, 430, 456, 474), 2):
        tree = random.choice((birch, pine, birch))
        marks += tree(random, light, x, 240, random.uniform(104, 160))
    marks += ground(random, light, mixed(MOSS, FERN, 0.5), 236)
    return marks + reeds(random, light, (26, 50, 366), 248)


def bog(random: Random, light: Light) -> str:
    """A raised bog: small pines, dark pools, cotton grass and a boardwalk."""
    moss = mixed(MOSS, CLAY, random.uniform(0.2, 0.45))
    marks = far_forest(random, light, (-10, 490), 166, 16, 0.5)
    marks += cut(under(ridge(random, 164, 164, 3)), light.on(mixed(moss, STRAW, 0.35), 0.2))
    marks += ground(random, light, moss, 196)
    pools, rims = "", ""
    for middle, level, wide in ((40, 196, 54), (150, 184, 44), (330, 182, 52), (436, 202, 62)):
        x, y = middle + random.randint(-14, 14), level + random.randint(-4, 4)
        pools += smooth(
            [
                *((x - wide, y), (x - wide // 3, y - 7), (x + wide // 2, y - 5)),
                *((x + wide, y + 2), (x + wide // 3, y + 9), (x - wide // 2, y + 6)),
            ]
        )
        rims += f"M{x - wide // 2} {y}q{wide // 3}-3 {wide} 0z"
    marks += cut(pools, light.on(mixed(WATER, INK, 0.35))) + cut(rims, light.sky[2])
    places = [*random.sample(range(8, 130, 20), 3), *random.sample(range(350, 470, 20), 3)]
    near = [(x, random.randint(196, 214)) for x in places]
    far = [(random.randint(130, 350), random.randint(180, 188)) for _ in range(4)]
    marks += small_pines(random, light, far, 0.25) + small_pines(random, light, near, 0.05)
    planks = "".join(
        f"M{numbers(606 - y * 0.9, y)}h{numbers(y * 0.2 + 7)}l3 7h-{numbers(y * 0.2 + 7)}z"
        for y in range(214, 320, 11)
    )
    marks += cut(planks, light.on(mixed(WOOD, STONE, 0.4)))
    tufts = [(random.randint(4, 140), random.randint(226, 262)) for _ in range(10)]
    marks += stroke("".join(f"M{x} {y}l2 16" for x, y in tufts), light.on(FERN), 1.4)
    return marks + dots(tufts, light.on(PAPER), 7.5)


def town(random: Random, light: Light) -> str:
    """Tukums on its hill: the church tower above red roofs, and the paved market."""
    hill = ridge(random, random.uniform(142, 154), random.uniform(150, 164), 5)
    tower = random.randint(66, 104)
    marks = cut(under(hill), light.on(FERN, 0.35))
    feet = [(x + random.randint(-10, 10), 164.0) for x in range(160, 480, 52)]
    marks += clumps(random, light, feet, 40, 0.3)
    marks += church(light, tower, 180, random.uniform(142, 160), 0.08)
    marks += roofs(random, light, [x + random.randint(-6, 6) for x in (176, 282, 390)], 184, 0.2)
    marks += roofs(random, light, [x + random.randint(-6, 6) for x in (120, 230, 334)], 196, 0.1)
    for x in (18, 66, 396, 448):
        wide, high = random.uniform(42, 54), random.uniform(32, 50)
        marks += gable(random, light, x + random.randint(-6, 6), 228, wide, high)
    paving = mixed(STONE, SAND, 0.5)
    marks += clumps(random, light, [(random.randint(100, 130), 226)], 34, 0)
    marks += ground(random, light, paving, 222, bare=True)
    return marks


def orchard(random: Random, light: Light) -> str:
    """Rows of small trees on a slope, in blossom in the morning and in fruit in the evening."""
    blossoming = light.name in ("dawn", "overcast")
    fruit = random.choice((BLUSH, PAPER) if blossoming else (BRICK, STRAW))
    hill = ridge(random, random.uniform(146, 160), random.uniform(140, 158), 6)
    marks = far_forest(random, light, (-10, 490), 152, 15, 0.55)
    marks += cut(under(hill), light.on(mixed(MOSS, STRAW, 0.3), 0.2))
    x = random.randint(330, 420)
    marks += house(random, light, x, height_at(hill, x) + 6, random.uniform(48, 62), 0.2)
    marks += ground(random, light, mixed(MOSS, FERN, 0.25), 178)
    feet = [(x + random.randint(-6, 6), 192.0) for x in range(150, 360, 50)]
    marks += fruit_trees(random, light, feet, random.uniform(32, 42), fruit)
    feet = [(x + random.randint(-8, 8), 219.0) for x in (50, 112, 366, 430)]
    marks += fruit_trees(random, light, feet, random.uniform(54, 66), fruit)
    feet = [(random.randint(-6, 30), 254.0), (random.randint(450, 486), 256.0)]
    return marks + fruit_trees(random, light, feet, random.uniform(92, 116), fruit)


def garden(random: Random, light: Light) -> str:
    """A farmhouse garden behind a picket fence, with tall flowers."""
    marks = far_forest(random, light, (-10, 490), 160, 18, 0.5)
    marks += cut(under(ridge(random, 158, 162, 4)), light.on(MOSS, 0.2))
    lime_height = random.uniform(80, 112)
    marks += broadleaf(random, light, random.randint(190, 230), 196, lime_height, 0.2)
    marks += house(random, light, random.randint(74, 108), 208, random.uniform(126, 150))
    marks += broadleaf(random, light, random.randint(420, 470), 210, random.uniform(110, 146))
    feet = [(place + random.randint(-12, 12), 212.0) for place in (200, 346)]
    marks += clumps(random, light, feet, 48, 0.05)
    pickets = random.choice((PAPER, mixed(WOOD, PAPER, 0.3), mixed(STONE, PAPER, 0.4)))
    marks += fence(light, 230, random.randint(20, 28), pickets)
    marks += ground(random, light, mixed(MOSS, FERN, 0.4), 226)
    return marks + tall_flowers(random, light)


def tall_flowers(random: Random, light: Light) -> str:
    """Hollyhocks or sunflowers at both edges of a garden."""
    stems, leaves = "", ""
    tops: list[Point] = []
    for x in (14, 42, 440, 466):
        top = random.randint(164, 198)
        tops.append((x, top))
        stems += f"M{x} 254V{top}"
        leaves += f"M{x} 238q-16-2-18-12q16-2 18 12zm0-16q16-2 18-12q-16-2-18 12z"
    marks = stroke(stems, light.on(FERN), 2.6) + cut(leaves, light.on(FERN))
    if random.random() < 0.5:
        return marks + dots(tops, light.on(STRAW), 24) + dots(tops, light.on(BARK), 11)
    blossoms = [(x + (-3, 3)[step % 2], y + step * 11) for x, y in tops for step in range(4)]
    marks += dots(blossoms, light.on(random.choice((BLUSH, PAPER, mixed(BLUSH, PAPER, 0.5)))), 12)
    return marks + dots(blossoms, light.on(STRAW), 4)


SCENES: dict[str, Callable[[Random, Light], str]] = {
    "coast": coast,
    "forest": forest,
    "hills": hills,
    "plain": plain,
    "river": river,
    "lake": lake,
    "bog": bog,
    "town": town,
    "orchard": orchard,
    "garden": garden,
}


def landscape(scene: str, random: Random, light: Light) -> str:
    """The sky and the land of a scene."""
    return sky(random, light) + SCENES[scene](random, light)
