"""The landscapes in which the farms lie: each fills the sheet and leaves its middle quiet."""

from collections.abc import Callable
from random import Random

from .houses import church, fence, gable, house
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
    ROSE,
    SAND,
    STONE,
    STRAW,
    WATER,
    WOOD,
    Light,
    mixed,
)
from .sheet import (
    Point,
    block,
    cut,
    dots,
    gouges,
    limb,
    numbers,
    polygon,
    smooth,
    spindle,
    stroke,
    tuft,
)
from .trees import birch, broadleaf, bush, crown, far_forest, fruit_tree, pine, spruce


def coast(random: Random, light: Light) -> str:
    """Dunes, wind-bent pines and the gulf of Riga."""
    horizon = random.uniform(146, 164)
    sea = light.on(WATER)
    dune: list[Point] = [
        (-20, horizon - random.uniform(2, 22)),
        (50, horizon - random.uniform(-4, 14)),
        (120, horizon + 18),
        (190, horizon + 44),
        (300, horizon + 62),
        (500, horizon + 70),
    ]
    sail = random.uniform(250, 430)
    marks = far_forest(random, light, random.uniform(330, 400), 500, horizon + 1, 9, 0.6)
    marks += block(0, horizon, 480, 90, mixed(sea, light.haze, 0.35))
    marks += cut(under(ridge(random, horizon + 14, horizon + 14, 2, 6)), sea)
    marks += ripples(random, light, horizon + 5, horizon + 58, 22)
    marks += cut(f"M{numbers(sail, horizon + 4)}l-2-22 13 19zm-4 1h17l-3 4h-10z", light.on(PAPER))
    marks += cut(
        under([(-20, horizon + 52), (150, horizon + 52), (320, horizon + 46), (500, horizon + 60)]),
        light.on(mixed(SAND, PAPER, 0.5)),
    )
    marks += cut(under(dune), light.on(mixed(SAND, MOSS, 0.16)))
    for x in sorted(random.sample(range(4, 128, 20), random.randint(3, 4))):
        marks += pine(random, light, x, height_at(dune, x) + 4, random.uniform(72, 118))
    marks += grass(random, light, dune, mixed(MOSS, STRAW, 0.35), 9)
    return marks + ground(random, light, SAND, 226)


def grass(random: Random, light: Light, line: list[Point], colour: str, count: int) -> str:
    """Tufts of grass along a line."""
    path = ""
    for _ in range(count):
        x = random.uniform(0, 300)
        path += tuft(
            random, x, height_at(line, x) + random.uniform(4, 16), random.uniform(9, 16), 4
        )
    return cut(path, light.on(colour))


def forest(random: Random, light: Light) -> str:
    """The edge of a spruce and pine forest with its mossy floor."""
    marks = far_forest(random, light, -10, 490, 186, random.uniform(62, 78), 0.62)
    marks += far_forest(random, light, -10, 490, 204, random.uniform(50, 64), 0.3)
    stems = "".join(
        limb((x, 214), (x + random.uniform(-3, 3), random.uniform(98, 130)), 5, 3)
        for x in (random.uniform(0, 480) for _ in range(9))
    )
    marks += cut(stems, light.on(mixed(CLAY, BARK, 0.4), 0.2))
    for x in (
        random.uniform(6, 30),
        random.uniform(64, 96),
        random.uniform(392, 420),
        random.uniform(446, 474),
    ):
        tree = random.choice((spruce, spruce, pine, birch))
        marks += tree(random, light, x, random.uniform(214, 232), random.uniform(130, 196))
    marks += ground(random, light, mixed(FERN, MOSS, 0.45), 218)
    ferns = "".join(tuft(random, x, random.uniform(232, 250), 20, 6) for x in (14, 62, 410, 462))
    return marks + cut(ferns, light.on(PINE))


def hills(random: Random, light: Light) -> str:
    """The hills around Tukums: fields in strips, clumps of trees and a farmhouse."""
    far = ridge(random, 146, 140, 12)
    middle = ridge(random, random.uniform(150, 176), random.uniform(166, 186), 12)
    near = ridge(random, random.uniform(186, 204), random.uniform(178, 196), 7)
    marks = cut(under(far), light.on(mixed(FERN, PINE, 0.4), 0.55))
    marks += far_forest(random, light, *random.choice(((-10, 170), (300, 490))), 150, 14, 0.5)
    marks += cut(under(middle), light.on(mixed(STRAW, MOSS, random.uniform(0.1, 0.6)), 0.22))
    marks += field_lines(middle, light.on(MOSS, 0.2), (7, 15, 25))
    x = random.uniform(52, 100)
    marks += house(random, light, x, height_at(middle, x) + 9, random.uniform(40, 52), 0.1)
    marks += broadleaf(
        random, light, x - 40, height_at(middle, x - 40) + 12, random.uniform(44, 62), 0.1
    )
    marks += cut(under(near), light.on(MOSS))
    marks += field_lines(near, light.on(mixed(MOSS, STRAW, 0.5)), (9, 20))
    for x in random.sample((382, 408, 434, 462), 3):
        tree = random.choice((broadleaf, spruce, birch))
        marks += tree(random, light, x, height_at(near, x) + 9, random.uniform(54, 88))
    marks += ground(random, light, mixed(MOSS, FERN, 0.4), 222)
    return marks


def plain(random: Random, light: Light) -> str:
    """The Zemgale plain: a low horizon, fields in bands and one lone oak."""
    horizon = random.uniform(178, 190)
    marks = far_forest(random, light, -10, 490, horizon, 8, 0.6)
    fields = [
        STRAW,
        mixed(MOSS, STRAW, 0.35),
        MOSS,
        mixed(STRAW, CLAY, 0.25),
        mixed(STRAW, PAPER, 0.3),
    ]
    random.shuffle(fields)
    top = horizon
    for distance, colour in zip((0.35, 0.22, 0.1, 0), fields):
        marks += cut(
            under(ridge(random, top, top + random.uniform(-2, 2), 1, 3)), light.on(colour, distance)
        )
        top += random.uniform(7, 13)
    rows = "".join(
        f"M{numbers(x, top - 6)}L{numbers(240 + (x - 240) * 1.9, 236)}" for x in range(-60, 560, 24)
    )
    marks += stroke(rows, light.on(mixed(MOSS, STRAW, 0.6)), 1.4)
    marks += broadleaf(
        random, light, random.uniform(48, 84), horizon + 26, random.uniform(112, 138)
    )
    bales = [(random.uniform(370, 470), horizon + random.uniform(12, 26)) for _ in range(3)]
    marks += dots(bales, light.on(mixed(STRAW, WOOD, 0.3)), 12)
    marks += dots(bales, light.on(WOOD), 5) + dots(bales, light.on(STRAW), 2.5)
    return marks + ground(random, light, mixed(MOSS, FERN, 0.2), 232)


def river(random: Random, light: Light) -> str:
    """The valley of the Abava: two slopes and the river that winds between them."""
    slope_left: list[Point] = [
        (-20, random.uniform(84, 112)),
        (70, random.uniform(106, 124)),
        (190, 146),
        (290, 178),
        (500, 186),
    ]
    slope_right: list[Point] = [
        (-20, 190),
        (240, 176),
        (330, random.uniform(142, 152)),
        (420, random.uniform(108, 126)),
        (500, 96),
    ]
    marks = cut(under(ridge(random, 142, 136, 7)), light.on(FERN, 0.62))
    marks += cut(under(slope_right), light.on(mixed(FERN, MOSS, 0.5), 0.25))
    marks += field_lines(slope_right, light.on(mixed(MOSS, STRAW, 0.4), 0.2), (12, 26))
    for x in sorted(random.sample(range(372, 474, 17), 4)):
        marks += broadleaf(
            random, light, x, height_at(slope_right, x) + 9, random.uniform(36, 58), 0.15
        )
    marks += cut(under(slope_left), light.on(FERN, 0.08))
    for x in sorted(random.sample(range(6, 130, 22), 4)):
        marks += spruce(
            random, light, x, height_at(slope_left, x) + 12, random.uniform(46, 84), 0.05
        )
    water = smooth(
        [
            (292, 170),
            (330, 178),
            (372, 190),
            (330, 203),
            (240, 212),
            (100, 222),
            (-20, 246),
            (-20, 246),
            (-20, 300),
            (-20, 300),
            (90, 262),
            (240, 242),
            (390, 222),
            (448, 194),
            (390, 176),
            (320, 167),
        ]
    )
    marks += ground(random, light, mixed(MOSS, FERN, 0.3), 186)
    marks += cut(water, light.on(WATER)) + ripples(random, light, 214, 232, 9)
    stones = [(random.uniform(12, 150), random.uniform(262, 292)) for _ in range(4)]
    marks += dots(stones, light.on(STONE), 11) + dots(
        [(x - 1.5, y - 2) for x, y in stones], light.on(PAPER), 3
    )
    return marks + reeds(random, light, (20, 46, 430, 456), 262)


def reeds(random: Random, light: Light, places: tuple[float, ...], y: float) -> str:
    """Reeds with brown heads at the edge of water."""
    leaves, heads = "", ""
    for place in places:
        leaves += tuft(random, place, y + random.uniform(-6, 6), random.uniform(30, 40), 4)
        top = y - random.uniform(34, 48)
        leaves += limb((place, y), (place + 2, top), 1.6, 1.2)
        heads += f"M{numbers(place + 2, top)}v9"
    return cut(leaves, light.on(PINE)) + stroke(heads, light.on(BARK), 4.5)


def lake(random: Random, light: Light) -> str:
    """A quiet lake: the far shore and its reflection, a jetty, reeds."""
    shore = random.uniform(152, 164)
    marks = cut(under(ridge(random, shore - 18, shore - 12, 9)), light.on(FERN, 0.6))
    marks += far_forest(random, light, -10, 490, shore, 26, 0.35)
    marks += block(0, shore, 480, 110, mixed(light.on(WATER), light.sky[2], 0.35))
    marks += cut(under(ridge(random, shore + 30, shore + 34, 4)), light.on(WATER))
    marks += cut(gouges(random, (-20, shore + 4, 470, shore + 20), 18, 44), light.on(PINE, 0.35))
    marks += ripples(random, light, shore + 20, 232, 16)
    deck = polygon([(-10, 206), (104, 194), (112, 200), (-10, 220)])
    posts = "".join(f"M{x} {y}v20" for x, y in ((18, 208), (60, 203), (104, 198)))
    marks += stroke(posts, light.on(BARK), 5) + cut(deck, light.on(WOOD))
    marks += stroke("M12 205l4 12M34 203l4 10M56 200l4 10M80 198l4 8", light.on(BARK), 1.2)
    for x in random.sample((404, 428, 450, 472), 3):
        marks += random.choice((birch, pine, birch))(
            random, light, x, 240, random.uniform(104, 150)
        )
    marks += ground(random, light, mixed(MOSS, FERN, 0.5), 236)
    return marks + reeds(random, light, (16, 40, 330, 352, 376), 248)


def bog(random: Random, light: Light) -> str:
    """A raised bog: small pines, dark pools, cotton grass and a boardwalk."""
    moss = mixed(MOSS, CLAY, 0.35)
    marks = far_forest(random, light, -10, 490, 166, 16, 0.5)
    marks += cut(under(ridge(random, 164, 164, 3)), light.on(mixed(moss, STRAW, 0.35), 0.2))
    marks += ground(random, light, moss, 196)
    pools, rims = "", ""
    for x, y, wide in (
        (40, 196, 54),
        (150, 184, 44),
        (330, 182, 52),
        (436, 202, 62),
        (250, 196, 34),
    ):
        x, y = x + random.uniform(-14, 14), y + random.uniform(-4, 4)
        pools += crown(random, x, y, wide, wide * 0.16, 9)
        rims += spindle(x - wide * 0.5, y - 1, wide * 0.8, 1.2, 0)
    marks += cut(pools, light.on(mixed(WATER, INK, 0.35))) + cut(rims, light.sky[2])
    for x in sorted(random.sample(range(8, 470, 22), 8)):
        tall = random.uniform(26, 46) if 120 < x < 360 else random.uniform(40, 82)
        marks += pine(random, light, x, random.uniform(176, 188) + tall * 0.3, tall, 0.1)
    planks = "".join(
        polygon(
            [
                (420 - y * 0.9 + 208, y),
                (466 - y * 0.7 + 208, y),
                (470 - y * 0.7 + 212, y + 7),
                (420 - y * 0.9 + 208, y + 7),
            ]
        )
        for y in range(214, 320, 11)
    )
    marks += cut(planks, light.on(mixed(WOOD, STONE, 0.4)))
    tufts = [(random.uniform(4, 140), random.uniform(226, 262)) for _ in range(9)]
    marks += stroke("".join(f"M{numbers(x, y)}v16" for x, y in tufts), light.on(FERN), 1.2)
    return marks + dots(tufts, light.on(PAPER), 7)


def town(random: Random, light: Light) -> str:
    """Tukums on its hill: the church tower above red roofs, and the paved market."""
    hill = ridge(random, random.uniform(142, 154), random.uniform(156, 168), 5)
    marks = cut(under(ridge(random, 140, 146, 9)), light.on(FERN, 0.55))
    marks += cut(under(hill), light.on(FERN, 0.25))
    tower = random.uniform(66, 104)
    for x in range(150, 470, 46):
        marks += broadleaf(random, light, x, 168, random.uniform(30, 46), 0.3)
    marks += church(light, tower, 176, random.uniform(142, 158), 0.08)
    for x in range(172, 480, 44):
        marks += house(
            random,
            light,
            x + random.uniform(-8, 8),
            184 + random.uniform(-6, 4),
            random.uniform(40, 52),
            0.15,
        )
    marks += bush(random, light, 150, 196, 40, 0.1)
    for x in (18, 66, 392, 446):
        marks += gable(
            random,
            light,
            x + random.uniform(-6, 6),
            222,
            random.uniform(42, 52),
            random.uniform(30, 48),
            0,
        )
    paving = mixed(STONE, SAND, 0.5)
    marks += ground(random, light, paving, 218)
    return marks


def orchard(random: Random, light: Light) -> str:
    """Rows of small trees on a slope, in blossom in the morning and in fruit in the evening."""
    fruit = (
        random.choice((BLUSH, PAPER))
        if light.name in ("dawn", "overcast")
        else random.choice((BRICK, STRAW))
    )
    hill = ridge(random, random.uniform(146, 160), random.uniform(140, 158), 6)
    marks = far_forest(random, light, -10, 490, 152, 15, 0.55)
    marks += cut(under(hill), light.on(mixed(MOSS, STRAW, 0.3), 0.2))
    x = random.uniform(330, 420)
    marks += house(random, light, x, height_at(hill, x) + 6, random.uniform(44, 56), 0.2)
    marks += ground(random, light, mixed(MOSS, FERN, 0.25), 176)
    for y, tall, xs in (
        (190, 38, range(16, 480, 50)),
        (216, 58, (4, 70, 130, 350, 412, 474)),
        (250, 88, (22, 456)),
    ):
        for x in xs:
            marks += fruit_tree(
                random,
                light,
                x + random.uniform(-6, 6),
                y + random.uniform(-2, 2),
                tall * random.uniform(0.9, 1.1),
                fruit,
            )
    return marks


def garden(random: Random, light: Light) -> str:
    """A farmhouse garden behind a picket fence, with tall flowers."""
    marks = far_forest(random, light, -10, 490, 160, 18, 0.5)
    marks += cut(under(ridge(random, 158, 162, 4)), light.on(MOSS, 0.2))
    x = random.uniform(76, 112)
    marks += broadleaf(random, light, random.uniform(176, 230), 190, random.uniform(80, 108), 0.2)
    marks += house(random, light, x, 204, random.uniform(126, 150))
    marks += broadleaf(random, light, random.uniform(420, 470), 210, random.uniform(110, 140))
    for place in (196, 330, 372):
        marks += bush(random, light, place + random.uniform(-12, 12), 208, random.uniform(30, 50))
    marks += fence(
        light,
        -10,
        490,
        226,
        24,
        random.choice((PAPER, mixed(WOOD, PAPER, 0.3), mixed(STONE, PAPER, 0.4))),
    )
    marks += ground(random, light, mixed(MOSS, FERN, 0.4), 224)
    return marks + tall_flowers(random, light)


def tall_flowers(random: Random, light: Light) -> str:
    """Hollyhocks or sunflowers at both edges of a garden."""
    marks = ""
    sunflowers = random.random() < 0.5
    for x in (14, 40, 442, 466):
        top = random.uniform(168, 196)
        leaves = "".join(
            spindle(x, 232 - step * 16, 15, 4, -30 if step % 2 else -150) for step in range(3)
        )
        marks += stroke(f"M{x} 250V{numbers(top)}", light.on(FERN), 2.4) + cut(
            leaves, light.on(FERN)
        )
        if sunflowers:
            marks += dots([(x, top)], light.on(STRAW), 20) + dots([(x, top)], light.on(BARK), 9)
        else:
            blossoms = [(x + (-3, 3)[step % 2], top + step * 10) for step in range(4)]
            marks += dots(blossoms, light.on(random.choice((BLUSH, PAPER, ROSE))), 10) + dots(
                blossoms, light.on(STRAW), 3
            )
    return marks


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
