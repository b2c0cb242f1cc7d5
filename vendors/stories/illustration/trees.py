"""The trees of Kurzeme and Zemgale, each drawn upwards from the foot of its trunk."""

from math import cos, pi, sin
from random import Random

from .palette import BARK, CLAY, FERN, INK, MOSS, PAPER, PINE, STRAW, Light, mixed
from .sheet import Point, cut, dots, limb, numbers, polygon, smooth, spindle, stroke


def pine(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """A Scots pine of the coast: a bare reddish trunk under flat, wind-combed crowns."""
    lean = random.uniform(-0.12, 0.16) * height
    top = (x + lean, y - height * 0.86)
    trunk = limb((x, y), top, height * 0.075, height * 0.03)
    crowns, lights = "", ""
    for level, width in ((0.62, 0.2), (0.76, 0.27), (0.9, 0.2)):
        middle = x + lean * level + random.uniform(-0.06, 0.06) * height
        across, up = width * height * random.uniform(0.9, 1.15), y - height * level
        crowns += crown(random, middle, up, across, height * 0.085, 9)
        lights += spindle(middle - across * 0.5, up - height * 0.03, across * 0.8, 1.2, -4)
    return (
        cut(trunk, light.on(CLAY, distance))
        + cut(crowns, light.on(PINE, distance))
        + cut(lights, light.on(MOSS, distance))
    )


def crown(random: Random, x: float, y: float, across: float, down: float, lobes: int = 11) -> str:
    """The path of a bumpy mass of leaves around a point."""
    return smooth(
        [
            (
                x + across * cos(2 * pi * lobe / lobes) * random.uniform(0.86, 1.12),
                y + down * sin(2 * pi * lobe / lobes) * random.uniform(0.84, 1.12),
            )
            for lobe in range(lobes)
        ]
    )


def spruce(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """A spruce: tiers of hanging boughs down to the ground."""
    tiers = random.choice((4, 5, 6))
    wide = height * random.uniform(0.2, 0.26)
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(1, tiers + 1):
        down = y - height + height * 0.94 * tier / tiers
        reach = wide * (0.25 + 0.75 * tier / tiers) * random.uniform(0.9, 1.08)
        left += [(x - reach, down), (x - reach * 0.5, down - height * 0.03)]
        right += [(x + reach, down), (x + reach * 0.5, down - height * 0.03)]
    shape = polygon([(x, y - height), *right[:-1], *reversed(left[:-1])])
    boughs = "".join(
        spindle(x - reach_x * 0.1, reach_y - height * 0.09, (x - reach_x) * 0.7, 1.3, 130)
        for reach_x, reach_y in left[::2]
    )
    return (
        cut(limb((x, y), (x, y - height * 0.2), height * 0.05, height * 0.04), light.on(BARK))
        + cut(shape, light.on(PINE, distance))
        + cut(boughs, light.on(mixed(FERN, MOSS, 0.5), distance))
    )


def birch(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """A birch: white bark with dark marks, and light hanging leaves."""
    lean = random.uniform(-0.06, 0.06) * height
    top = (x + lean, y - height * 0.8)
    leaves = crown(random, top[0], y - height * 0.7, height * 0.19, height * 0.31, 10)
    hanging = "".join(
        spindle(
            top[0] + random.uniform(-0.13, 0.1) * height,
            y - height * random.uniform(0.55, 0.92),
            height * random.uniform(0.1, 0.18),
            1.3,
            random.uniform(80, 100),
        )
        for _ in range(6)
    )
    marks = "".join(
        f"M{numbers(x + lean * part - height * 0.015, y - height * 0.8 * part)}h{numbers(height * 0.022)}"
        for part in (0.08, 0.2, 0.3, 0.42)
    )
    return (
        cut(leaves, light.on(mixed(MOSS, STRAW, 0.25), distance))
        + cut(limb((x, y), top, height * 0.055, height * 0.02), light.on(PAPER, distance))
        + stroke(marks, light.on(INK, distance), 1.6)
        + cut(hanging, light.on(mixed(FERN, MOSS, 0.4), distance))
    )


def broadleaf(
    random: Random, light: Light, x: float, y: float, height: float, distance: float = 0
) -> str:
    """An oak or lime: a short strong trunk under a broad crown."""
    wide = height * random.uniform(0.38, 0.46)
    colour = random.choice((FERN, mixed(FERN, MOSS, 0.5), mixed(FERN, PINE, 0.4)))
    middle = y - height * 0.62
    veins = "".join(
        spindle(
            x + random.uniform(-0.75, 0.3) * wide,
            middle + random.uniform(-0.25, 0.2) * height,
            wide * random.uniform(0.3, 0.5),
            height * 0.016,
            random.uniform(-30, 10),
        )
        for _ in range(7)
    )
    return (
        cut(
            limb((x, y), (x, y - height * 0.5), height * 0.12, height * 0.08),
            light.on(BARK, distance),
        )
        + cut(crown(random, x, middle, wide, height * 0.37), light.on(colour, distance))
        + cut(veins, light.on(mixed(colour, STRAW, 0.45), distance))
    )


def fruit_tree(random: Random, light: Light, x: float, y: float, height: float, fruit: str) -> str:
    """A small tree of an orchard, its trunk whitewashed, with blossom or fruit in it."""
    wide = height * 0.42
    middle = y - height * 0.64
    spots = [
        (x + random.uniform(-0.75, 0.75) * wide, middle + random.uniform(-0.24, 0.24) * height)
        for _ in range(9)
    ]
    return (
        cut(limb((x, y), (x, y - height * 0.5), height * 0.1, height * 0.07), light.on(PAPER))
        + cut(crown(random, x, middle, wide, height * 0.35), light.on(FERN))
        + dots(spots, light.on(fruit), max(2.0, height * 0.065))
    )


def bush(random: Random, light: Light, x: float, y: float, wide: float, distance: float = 0) -> str:
    """A low round bush."""
    return cut(
        crown(random, x, y - wide * 0.3, wide * 0.55, wide * 0.42, 8),
        light.on(mixed(FERN, PINE, random.random() * 0.5), distance),
    )


def far_forest(
    random: Random,
    light: Light,
    start: float,
    end: float,
    base: float,
    height: float,
    distance: float,
) -> str:
    """The edge of a forest seen from afar: a row of pointed tops."""
    path, x, level = f"M{numbers(start, base + 12)}V{numbers(base)}", start, 0.0
    while x < end:
        half, tip = random.uniform(3, 6.5), height * random.uniform(0.6, 1.1)
        valley = height * random.uniform(0.15, 0.45)
        path += f"l{numbers(half, level - tip)}l{numbers(half, tip - valley)}"
        level, x = valley, x + 2 * half
    return cut(path + f"V{numbers(base + 12)}z", light.on(PINE, distance))
