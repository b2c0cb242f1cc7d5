"""What several pictures share: shadows, bars of wood, dug soil, baskets and smoke."""

from random import Random

from .palette import BARK, INK, PAPER, SAND, SOIL, STONE, WOOD, mixed
from .sheet import crown, cut, gouge, numbers, stroke


def shade(x: float, y: float, across: float) -> str:
    """The shadow a thing throws on the ground, cut in level strokes."""
    lines = "".join(
        f"M{numbers(x - across * part + shift, y + drop)}q{numbers(across * part, 9)}"
        f" {numbers(across * part * 2, 0)}z"
        for part, drop, shift in ((0.9, -7, -8), (1.05, -1, 10), (0.95, 5, -6), (0.7, 10, 14))
    )
    return cut(lines, INK, fill_opacity=0.34, stroke="none")


def beam(d: str, width: float, colour: str = WOOD) -> str:
    """A bar of wood with its dark edges."""
    return stroke(d, INK, width + 4.4) + stroke(d, colour, width)


def zigzag(left: int, right: int, y: int, step: int, height: int) -> str:
    """The path of a woven zigzag line."""
    return f"M{left} {y}" + f"l{step} {height}l{step} -{height}" * ((right - left) // (2 * step))


def soil(random: Random, top: int) -> str:
    """A dug field whose furrows run towards the horizon."""
    furrows = "".join(
        f"M{round(240 + (x - 240) * 0.5)} {top}L{x - 16} 330h32z" for x in range(-180, 700, 80)
    )
    earth = cut(f"M-60 {top + 6}q150-12 300-10 150-2 300 10V340H-60z", SOIL, stroke="none")
    crumbs = "".join(
        gouge(random.randint(-10, 480), random.randint(top + 14, 312), 14, 3, 0) for _ in range(10)
    )
    return (
        earth
        + cut(furrows, mixed(SOIL, INK, 0.3), stroke="none")
        + cut(crumbs, mixed(SOIL, SAND, 0.35), stroke="none")
    )


def basket(width: float, height: float, colour: str) -> str:
    """A willow basket that stands on (0, 0): a braided rim over rows of weaving."""
    half, foot = round(width / 2), round(width * 0.38)
    rows = ""
    count = 3 + int(height > 80)
    for row in range(1, count + 1):
        part = row / (count + 1)
        y, reach = -round(height * part), round(foot + (half - foot) * part)
        step = round(reach * 2 / 6)
        start = -reach + (step // 2 if row % 2 else 2)
        rows += f"M{start} {y}" + f"q{step // 2} 7 {step} 0" * (5 if row % 2 else 6)
    marks = cut(f"M{-half}-{height}L{-foot}-4q{foot} 8 {foot * 2} 0L{half}-{height}z", colour)
    marks += stroke(rows, mixed(colour, BARK, 0.65), 3)
    rim = f"M{-half - 3}-{height}q{half + 3} 9 {half * 2 + 6} 0"
    return marks + beam(rim, 6.5, mixed(colour, PAPER, 0.3))


def smoke(random: Random, x: float, y: float) -> str:
    """Smoke that rises from (x, y) and drifts."""
    drift = random.choice((-1, 1)) * random.randint(14, 34)
    puffs = "".join(
        crown(random, x + drift * step * 0.6 + 8, y - 22 * step, 13 + 7 * step, 10 + 4 * step, 7)
        for step in range(4)
    )
    curls = "".join(
        f"M{numbers(x + drift * step * 0.6 - 4, y - 22 * step)}q12-10 22 0" for step in range(4)
    )
    return cut(puffs, PAPER, stroke="none") + stroke(curls, STONE, 2)
