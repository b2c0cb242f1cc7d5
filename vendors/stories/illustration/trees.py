"""The trees of Kurzeme and Zemgale, each drawn upwards from the foot of its trunk."""

from collections.abc import Iterable
from random import Random

from .palette import BARK, CLAY, FERN, INK, MOSS, PAPER, PINE, STRAW, Light, mixed
from .sheet import Point, crown, cut, dots, gouge, limb, numbers, polygon, stroke


def pine(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """A Scots pine of the coast: a bare reddish trunk under flat, wind-combed crowns."""
    lean = random.uniform(-0.1, 0.16) * height
    trunk = limb((x, y), (x + lean, y - height * 0.86), height * 0.075, height * 0.03)
    crowns, lights = "", ""
    for level, width in ((0.62, 0.19), (0.77, 0.25), (0.91, 0.17)):
        middle = x + lean * level + random.uniform(-0.06, 0.06) * height
        across, up = width * height * random.uniform(0.9, 1.15), y - height * level
        crowns += crown(random, middle, up, across, height * 0.085, 6)
        lights += gouge(round(middle - across * 0.5), round(up), round(across * 0.8), 3, -4)
    return (
        cut(trunk, light.on(CLAY, distance))
        + cut(crowns, light.on(PINE, distance))
        + cut(lights, light.on(mixed(FERN, MOSS, 0.6), distance))
    )


def small_pines(random: Random, light: Light, feet: Iterable[Point], distance: float) -> str:
    """The stunted pines of a raised bog, all of one cut."""
    trunks, crowns = "", ""
    for x, y in feet:
        tall = random.randint(24, 52)
        trunks += f"M{numbers(x, y)}v{-round(tall * 0.9)}"
        for level, wide in ((0.5, 0.24), (0.75, 0.3), (1, 0.16)):
            left, up = round(x - tall * wide), round(y - tall * level)
            crowns += f"M{left} {up}q{numbers(round(tall * wide), -round(tall * 0.3))}"
            crowns += f" {numbers(round(tall * wide * 2), random.randint(-2, 2))}z"
    return stroke(trunks, light.on(mixed(CLAY, BARK, 0.4), distance), 2) + cut(
        crowns, light.on(PINE, distance)
    )


def spruce_shape(random: Random, x: float, y: float, height: float) -> str:
    """The path of a spruce: tiers of hanging boughs down to the ground."""
    tiers = random.choice((3, 4, 5))
    wide = height * random.uniform(0.2, 0.26)
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(1, tiers + 1):
        down = round(y - height + height * 0.94 * tier / tiers)
        reach = round(wide * (0.25 + 0.75 * tier / tiers) * random.uniform(0.9, 1.08))
        notch, rise = round(reach * 0.5), round(height * 0.03)
        left += [(x - reach, down), (x - notch, down - rise)]
        right += [(x + reach, down), (x + notch, down - rise)]
    return polygon([(x, round(y - height)), *right[:-1], *reversed(left[:-1])])


def spruce(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """A near spruce with a trunk and light on its boughs."""
    boughs = "".join(
        gouge(
            round(x - height * 0.02 * tier),
            round(y - height * (0.9 - 0.2 * tier)),
            round(height * (0.06 + 0.03 * tier)),
            3,
            118 + 5 * tier,
        )
        for tier in range(4)
    )
    return (
        cut(f"M{numbers(x - 3, y)}v-12h6v12z", light.on(BARK, distance))
        + cut(spruce_shape(random, round(x), y, height), light.on(PINE, distance))
        + cut(boughs, light.on(mixed(FERN, MOSS, 0.5), distance))
    )


def spruces(random: Random, light: Light, feet: Iterable[Point], distance: float) -> str:
    """A group of farther spruces, all of one cut."""
    shapes = "".join(
        spruce_shape(random, round(x), round(y), random.uniform(44, 84)) for x, y in feet
    )
    return cut(shapes, light.on(PINE, distance))


def birch(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """A birch: white bark with dark marks, and light hanging leaves."""
    lean = random.uniform(-0.06, 0.06) * height
    top = (x + lean, y - height * 0.8)
    leaves = crown(random, top[0], y - height * 0.68, height * 0.17, height * 0.3, 8)
    hanging = "".join(
        gouge(
            round(top[0] + random.uniform(-0.13, 0.1) * height),
            round(y - height * random.uniform(0.55, 0.92)),
            round(height * random.uniform(0.1, 0.18)),
            3,
            random.randint(80, 100),
        )
        for _ in range(6 if height > 110 else 4)
    )
    marks = "".join(
        f"M{numbers(x + lean * part - height * 0.015, y - height * 0.8 * part)}h{number}"
        for part, number in ((0.08, 4), (0.2, 2), (0.3, 3), (0.42, 2))
    )
    return (
        cut(leaves, light.on(mixed(MOSS, STRAW, 0.3), distance))
        + cut(limb((x, y), top, height * 0.055, height * 0.02), light.on(PAPER, distance))
        + stroke(marks, light.on(INK, distance), 1.8)
        + cut(hanging, light.on(mixed(FERN, MOSS, 0.4), distance))
    )


def broadleaf(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """An oak or lime: a short strong trunk under a broad crown."""
    wide = height * random.uniform(0.36, 0.46)
    colour = random.choice((FERN, mixed(FERN, MOSS, 0.5), mixed(FERN, PINE, 0.4)))
    middle = y - height * 0.62
    veins = "".join(
        gouge(
            round(x + random.uniform(-0.75, 0.3) * wide),
            round(middle + random.uniform(-0.25, 0.2) * height),
            round(wide * random.uniform(0.25, 0.5)),
            height * 0.04,
            random.randint(-30, 10),
        )
        for _ in range(7 if height > 90 else 4)
    )
    trunk = limb((x, y), (x, y - height * 0.5), height * 0.12, height * 0.08)
    return (
        cut(trunk, light.on(BARK, distance))
        + cut(crown(random, x, middle, wide, height * 0.37, 9), light.on(colour, distance))
        + cut(veins, light.on(mixed(colour, STRAW, 0.4), distance))
    )


def fruit_trees(
    random: Random, light: Light, feet: Iterable[Point], tall: float, fruit: str
) -> str:
    """A row of small orchard trees with whitewashed trunks, with blossom or fruit in them."""
    trunks, crowns = "", ""
    spots: list[Point] = []
    for x, y in feet:
        middle, wide = y - tall * 0.64, tall * random.uniform(0.36, 0.46)
        trunks += f"M{numbers(x, y)}v{-round(tall * 0.4)}"
        crowns += crown(random, x, middle, wide, tall * 0.36, 6)
        spots += [
            (
                round(x + random.uniform(-0.7, 0.7) * wide),
                round(middle + random.uniform(-0.22, 0.22) * tall),
            )
            for _ in range(4)
        ]
    return (
        stroke(trunks, light.on(PAPER), tall * 0.09)
        + cut(crowns, light.on(FERN))
        + dots(spots, light.on(fruit), max(3.0, tall * 0.075))
    )


def clumps(
    random: Random, light: Light, feet: Iterable[Point], size: float, distance: float
) -> str:
    """Far trees or near bushes, all of one cut, as seen when trunks do not matter."""
    shapes = ""
    for x, y in feet:
        wide = size * random.uniform(0.8, 1.2)
        shapes += crown(random, x, y - wide * 0.4, wide * 0.5, wide * 0.45, 6)
    return cut(shapes, light.on(mixed(FERN, PINE, random.random() * 0.5), distance))


def far_forest(
    random: Random,
    light: Light,
    edges: tuple[float, float],
    base: float,
    height: float,
    distance: float,
) -> str:
    """The edge of a forest seen from afar: a row of pointed tops from edge to edge."""
    x, level = edges[0], 0
    path = f"M{numbers(x - 60, base + 40)}L{numbers(x, base)}"
    while x < edges[1]:
        half = random.randint(5, 11) + round(height / 20)
        tip = round(height * random.uniform(0.6, 1.1))
        valley = round(height * random.uniform(0.15, 0.45))
        path += f"l{numbers(half, level - tip)}l{numbers(half, tip - valley)}"
        level, x = valley, x + 2 * half
    return cut(path + f"l60 {numbers(40 + level)}z", light.on(PINE, distance))
