"""What is made by hand: at the loom and the wheels, on the anvil and the bench."""

from math import cos, pi, sin
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
    SAND,
    STONE,
    STRAW,
    WOOD,
    mixed,
)
from .props import basket, beam, shade, zigzag
from .sheet import (
    Point,
    cut,
    disc,
    dots,
    gouge,
    limb,
    numbers,
    oval,
    placed,
    soft,
    stroke,
    turned,
)


def loom(random: Random) -> str:
    """A loom with its warp, its heddles and a cloth of woven bands."""
    ground, band = random.choice(
        ((PAPER, ROSE), (mixed(SAND, PAPER, 0.4), ROSE), (mixed(MIST, PAPER, 0.5), ROSE))
    )
    second = random.choice((PINE, STRAW, "#5d7fb8", CLAY))
    marks = shade(240, 292, 150)
    marks += beam("M128 290V88M352 290V88M100 290h56m168 0h56", 11) + beam("M116 94h248", 13)
    warp = "".join(f"M{x} 104L{x} 218" for x in range(156, 330, 8))
    marks += cut("M152 104h176v116H152z", mixed(SAND, WOOD, 0.35), stroke="none") + stroke(
        warp, PAPER, 2.2
    )
    marks += beam("M140 132h200M140 152h200", 5, BARK)
    marks += cut("M146 176h188v18H146z", WOOD) + stroke(
        "".join(f"M{x} 178v14" for x in range(154, 330, 6)), BARK, 1.6
    )
    marks += cut("M152 206h176v78q-88 10-176 0z", ground)
    marks += stroke("M154 216h172M154 262h172", second, 6) + stroke(
        zigzag(156, 326, 226, 7, 9), band, 3.6
    )
    diamonds = "".join(f"M{x} 241l9-9 9 9-9 9z" for x in range(162, 312, 25))
    marks += cut(diamonds, band, stroke="none") + stroke(zigzag(156, 326, 270, 7, 7), band, 3.2)
    marks += beam("M118 208h244", 10) + cut(soft("196,200 240,192 284,200 240,208"), second)
    return marks + yarn(92, 278, random.choice((ROSE, STRAW))) + yarn(398, 282, second)


def yarn(x: float, y: float, colour: str) -> str:
    """A ball of yarn."""
    marks = disc(x, y, 19, colour)
    curves = (
        f"M{x - 14} {y - 8}q14-8 28 4m-31 6q16-8 32 4m-26 8q12-8 22-2M{x - 6} {y - 16}q16 8 14 30"
    )
    return marks + stroke(curves, mixed(colour, PAPER, 0.45), 2.4)


def spinning_wheel(random: Random) -> str:
    """A spinning wheel with its distaff, and the yarn it has made."""
    marks = shade(240, 292, 140)
    angle = random.uniform(0, pi / 4)
    spokes = "".join(
        f"M{numbers(306 + 12 * cos(angle + step * pi / 4), 176 + 12 * sin(angle + step * pi / 4))}"
        f"L{numbers(306 + 70 * cos(angle + step * pi / 4), 176 + 70 * sin(angle + step * pi / 4))}"
        for step in range(8)
    )
    marks += beam("M152 224L124 290M318 252l34 38M236 244l-14 46", 8, BARK)
    marks += beam("M290 246L306 170M332 250L306 176", 6, BARK) + beam("M136 218L352 256", 14)
    marks += (
        beam(spokes, 4)
        + disc(306, 176, 74, "none", stroke_width=17)
        + disc(306, 176, 74, "none", stroke=WOOD, stroke_width=11)
    )
    marks += (
        disc(306, 176, 74, "none", stroke=mixed(WOOD, PAPER, 0.4), stroke_width=2)
        + disc(306, 176, 14, WOOD)
        + dots([(306, 176)], INK, 6)
    )
    marks += stroke("M292 104L164 178M300 250L168 194", PAPER, 2.4)
    marks += (
        beam("M152 222V160m32 66v-58", 7)
        + cut("M146 176h44v18h-44z", ROSE)
        + stroke("M154 178v14m8-14v14m8-14v14m8-14v14", BLUSH, 2)
    )
    marks += beam("M128 218V96", 6)
    marks += cut(soft("128,58 148,84 150,120 136,150 120,150 106,122 108,86"), FLAX)
    strands = "M120 80q-6 30 2 62M130 72q6 40 0 70M138 88q4 26-4 50"
    marks += stroke(strands, mixed(FLAX, BARK, 0.4), 2) + stroke("M110 116q18 8 36 0", ROSE, 6)
    marks += beam("M190 288h86M232 288L290 250", 5, BARK)
    return (
        marks
        + yarn(392, 282, random.choice((STRAW, MIST, CLAY)))
        + yarn(88, 284, random.choice((ROSE, MOSS)))
    )


FLAX = "#ead9a8"


def baskets(random: Random) -> str:
    """Willow baskets with handles, and rods for the next one."""
    rods = [mixed(WOOD, STRAW, 0.35), mixed(BARK, WOOD, 0.5), STRAW, mixed(MOSS, STRAW, 0.4)]
    random.shuffle(rods)
    marks = shade(240, 292, 190)
    rodlines = "M404 280L372 128m36 152l0-162m6 162l28-146m-24 146l50-118"
    marks += beam(rodlines, 3, mixed(FERN, WOOD, 0.5)) + cut("M390 262h38l-6 32h-26z", BARK)
    marks += handle(330, 196, 52, 74) + placed(basket(118, 72, rods[1]), 330, 272)
    heap: list[Point] = [(142 + 34 * step, 178) for step in range(3)]
    heap += [(124 + 34 * step, 192) for step in range(4)]
    marks += handle(176, 194, 78, 118)
    apple = random.choice((ROSE, STRAW, FLAX, mixed(MOSS, STRAW, 0.4)))
    marks += "".join(disc(x, y, 19, apple) for x, y in heap)
    marks += dots([(x - 6, y - 8) for x, y in heap], PAPER, 6)
    marks += placed(basket(176, 102, rods[0]), 176, 296) + stroke("M98 208q78 13 156 0", ROSE, 4)
    marks += placed(basket(84, 40, rods[2]), 316, 300)
    eggs: list[Point] = [(298, 254), (316, 250), (334, 254)]
    return marks + cut("".join(f"M{x - 11} {y + 4}a11 14 0 0 1 22 0z" for x, y in eggs), PAPER)


def handle(x: int, y: int, half: int, height: int) -> str:
    """The arched handle of a basket."""
    arch = f"M{x - half} {y}q0-{height} {half} -{height} {half} 0 {half} {height}"
    return beam(arch, 7, mixed(WOOD, STRAW, 0.3))


def pot(colour: str, glaze: str) -> str:
    """A jug that stands on (0, 0), 84 high."""
    belly = soft(
        "-18,-2 -34,-30 -28,-52 -14,-66 -18,-82 -18,-82"
        " 18,-82 18,-82 14,-66 28,-52 34,-30 18,-2 0,0"
    )
    marks = beam("M20-66q30 2 18 38", 6, colour) + cut(belly, colour)
    marks += cut("M-33-38q33 10 66 0l1 12q-34 10-68 0z", glaze, stroke="none")
    return marks + stroke("M-28-50q28 8 56 0", glaze, 3)


def pottery_wheel(random: Random) -> str:
    """A potter's wheel with a vessel on it, finished jugs beside."""
    glaze = random.sample((MIST, PAPER, STRAW, mixed(PINE, MIST, 0.4)), 2)
    random.shuffle(glaze)
    marks = shade(240, 292, 180) + beam("M112 290V196m172 94v-94M104 252h188", 10)
    marks += cut(limb((198, 206), (198, 280), 14, 14), STONE)
    marks += oval(198, 268, 74, 14, mixed(STONE, INK, 0.35)) + cut("M92 190h212v14H92z", WOOD)
    marks += oval(198, 186, 76, 13, mixed(STONE, PAPER, 0.3))
    vessel = soft(
        "164,184 140,152 138,124 160,98 172,84 164,70 164,70"
        " 232,70 232,70 224,84 236,98 258,124 256,152 232,184 198,188"
    )
    marks += cut(vessel, CLAY) + oval(198, 70, 34, 7, mixed(CLAY, INK, 0.45))
    rings = "M142 116q56 16 112 0m-116 18q60 18 120 0m-118 18q58 16 116 0m-106 18q48 12 96 0"
    marks += stroke(rings, mixed(CLAY, PAPER, 0.4), 2.6)
    marks += stroke("M142 132q56 18 114 0", glaze[0], 6)
    marks += beam("M326 236h124M342 240v50m92-50v50", 8)
    marks += placed(pot(mixed(CLAY, BARK, 0.3), glaze[0]), 360, 230, 0.9)
    marks += placed(pot(CLAY, ROSE), 414, 230, 0.76)
    marks += cut("M340 262h96q-4 30-34 32h-28q-30-2-34-32z", mixed(CLAY, STRAW, 0.3))
    return marks + stroke(zigzag(348, 428, 270, 6, 7), glaze[1], 3)


def anvil(random: Random) -> str:
    """An anvil on its stump, with a hammer, a glowing shoe and sparks."""
    iron = mixed(INK, MIST, random.uniform(0.25, 0.4))
    marks = shade(240, 292, 150)
    marks += cut("M158 222h150l10 66q-84 12-170 0z", mixed(BARK, WOOD, 0.3))
    marks += oval(233, 222, 75, 13, WOOD)
    marks += stroke("M172 240l-4 44m26-40l-2 46m28-44v46m28-46l2 46m28-48l4 44", BARK, 2.6)
    face = "M312 138H150q-56-6-74-34h246v24q0 10-10 10z"
    marks += cut(face + "M184 136h94q-8 34 32 56v28H158v-28q34-22 26-56z", iron)
    lights = gouge(100, 112, 90, -5, 1) + gouge(214, 112, 84, -4, 0)
    lights += gouge(180, 206, 90, -5, 0) + gouge(204, 150, 40, -6, 98) + gouge(118, 124, 50, -4, 8)
    marks += cut(lights, mixed(iron, PAPER, 0.5), stroke="none")
    shoe = "M180 100q-20-48 26-50 46 2 26 50"
    marks += beam(shoe, 13, ROSE) + stroke(shoe, AMBER, 6)
    sparks = "".join(
        f"M{numbers(206 + 54 * cos(turn), 80 + 50 * sin(turn))}"
        f"l{numbers(18 * cos(turn), 16 * sin(turn))}"
        for turn in (-0.2 - step * 0.25 + random.uniform(-0.1, 0.1) for step in range(12))
    )
    marks += stroke(sparks, STRAW, 4.5)
    hammer = cut("M-34-22h62l8 10v20l-8 10h-62z", mixed(iron, STONE, 0.3)) + beam("M0 20V126", 9)
    return marks + turned(hammer, 350, 172, random.randint(8, 20)) + horseshoe(94, 268)


def horseshoe(x: int, y: int) -> str:
    """A finished horseshoe that leans at the stump."""
    nails = [(x - 20, y - 4), (x - 12, y - 24), (x + 16, y - 24), (x + 23, y - 4)]
    shape = f"M{x - 16} {y + 18}q-22-54 18-56 40 2 18 56"
    return beam(shape, 11, STONE) + dots(nails, INK, 4)


def woodwork(random: Random) -> str:
    """A carver's bench with a plane and its shavings, spoons and a bowl."""
    board = "M60 214h360v20H60zM90 234h22l-8 58H84zm280 0h20l8 58h-20z"
    marks = shade(240, 292, 190) + cut(board, mixed(WOOD, BARK, 0.25))
    marks += cut("M80 224q50 5 110 0zM230 226q70 5 150 0z", BARK, stroke="none")
    handles = soft("350,170 358,140 376,128 384,140 374,172") + soft(
        "232,168 236,150 250,148 254,166"
    )
    marks += cut("M262 168l26-44h16l-12 44z", STONE)
    marks += cut("M222 212v-34q2-12 18-12h112q30 0 34 24v22z", WOOD) + cut(handles, BARK)
    curls = "M276 166q-34-2-36-30 0-20 18-20 16 2 14 16-4 10-14 6"
    curls += "M262 166q-48 4-58-28-2-20 16-22 16 2 12 16"
    marks += beam(curls, 6.6, FLAX) + stroke(zigzag(230, 380, 196, 7, 7), ROSE, 3)
    for x, turn, wood in ((108, -20, WOOD), (132, -2, mixed(BARK, WOOD, 0.5)), (156, 18, FLAX)):
        marks += turned(spoon(wood), x, 178, turn + random.randint(-4, 4))
    marks += cut("M72 168q58 18 116 0-2 42-36 46h-44q-34-4-36-46z", mixed(WOOD, STRAW, 0.3))
    marks += stroke("M80 186q50 15 100 0M90 200q40 11 80 0", mixed(WOOD, BARK, 0.6), 2.6)
    chips = "".join(
        gouge(random.randint(120, 350), random.randint(276, 300), 26, 12, random.randint(-40, 40))
        for _ in range(6)
    )
    return marks + cut(chips, FLAX, stroke_width=3)


def spoon(wood: str) -> str:
    """A wooden spoon that stands upright from (0, 0)."""
    bowl = soft("0,-118 17,-106 18,-84 8,-64 -8,-64 -18,-84 -17,-106")
    hollow = soft("0,-108 9,-98 9,-84 0,-74 -9,-84 -9,-98")
    marks = cut(limb((0, 0), (0, -66), 10, 8) + bowl, wood)
    return marks + cut(hollow, mixed(wood, BARK, 0.4), stroke="none")
