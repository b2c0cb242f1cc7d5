"""What stands in the yards of the farms: smokehouse, boat, hives, greenhouse, oven, mill."""

from collections.abc import Sequence
from random import Random

from .palette import (
    AMBER,
    BARK,
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
    STONE,
    STRAW,
    WATER,
    WOOD,
    mixed,
)
from .props import beam, shade, smoke
from .sheet import (
    Point,
    crown,
    cut,
    disc,
    dots,
    gouge,
    limb,
    placed,
    smooth,
    soft,
    stroke,
)

TOMATO = "#c4472f"


def fish(x: float, y: float) -> str:
    """The path of a smoked fish that hangs by its tail."""
    return f"M{x} {y}l-8-10h16zq-15 14-12 33 3 14 12 19 9-5 12-19 3-19-12-33z"


def smokehouse(random: Random) -> str:
    """A smokehouse of dark planks with its door open, and a rack of golden fish."""
    planks = mixed(BARK, INK, random.uniform(0.1, 0.5))
    roof, edge = random.choice(((BRICK, CLAY), (MOSS, mixed(BARK, WOOD, 0.5)), (STONE, WOOD)))
    front = "M128 288v-92l66-66 66 66v92z"
    marks = shade(250, 289, 170) + smoke(random, 270, 110)
    marks += cut("M260 196h112v92H260z", mixed(planks, INK, 0.2)) + cut(front, planks)
    boards = "M146 190v96m16-112v112m64-112v112m18-96v96m36-84v84m24-84v84m24-84v84m24-84v84"
    marks += stroke(boards, mixed(planks, PAPER, 0.25), 1.6)
    marks += cut("M186 122l74 78 124 0-70-78z", mixed(roof, planks, 0.3))
    marks += cut("M194 118l-80 82 12 8 68-68 68 68 12-8z", edge)
    marks += stroke("M218 134h94m-78 17h94m-78 17h94m-78 17h94", mixed(roof, PAPER, 0.35), 1.6)
    marks += cut("M168 288v-76h52v76z", INK) + stroke("M168 216h52", WOOD, 4)
    fishes = "".join(fish(x, 226) for x in (182, 206)) + "".join(
        fish(x, 232) for x in (304, 334, 364, 394)
    )
    rack = "M284 294l4-78m126 78l-4-78m-132 8h144"
    marks += beam(rack, 5) + cut(fishes, AMBER)
    lights = "".join(gouge(x, 250, 24, 4, 88) for x in (301, 331, 361, 391))
    marks += cut(lights, STRAW, stroke="none")
    return marks + cut("M220 212l26-8v88l-26-4z", ROSE) + dots([(240, 250)], STRAW, 5)


def boat(random: Random) -> str:
    """A fishing boat drawn up on the shore, its net over the side."""
    hull = random.choice((mixed(WATER, INK, 0.25), mixed(PINE, WATER, 0.3), mixed(BARK, INK, 0.3)))
    marks = shade(240, 291, 160)
    marks += beam("M252 216V78", 5)
    marks += cut("M252 78l-40 10 40 14z", ROSE)
    if random.random() < 0.45:
        marks += cut("M248 108q-40 50-118 84 60 14 118 12z", random.choice((CLAY, SAND, STRAW)))
    marks += stroke("M252 104L118 208M252 104l128 98", INK, 1.8)
    marks += beam("M300 230L396 130", 5)
    marks += cut(soft("378,146 392,124 408,114 410,128 396,146"), WOOD)
    marks += cut("M84 198q12 68 70 92h168q56-26 78-104-66 26-156 28-90 0-160-16z", hull)
    marks += cut("M80 190q72 20 164 20 90-2 160-30l-6 20q-66 24-154 26-88 0-160-18z", PAPER)
    lines = "M96 236q60 18 150 18 80-2 134-24M116 262q60 12 130 12 60-2 108-18"
    marks += stroke(lines, mixed(hull, PAPER, 0.35), 2)
    net = "M290 208q40-2 74-14l12 62q-40 30-78 14z"
    marks += cut(net, STRAW)
    mesh = "M296 226q40-2 72-18m-70 36q40-2 74-18m-74 34q44-2 76-18"
    mesh += "M310 210l-4 58m22-60l2 66m16-72l12 64"
    marks += stroke(mesh, BARK, 1.8)
    return (
        marks
        + dots([(298, 272), (322, 278), (348, 272), (372, 258)], CLAY, 12)
        + cut("M128 274l-22 20h44zm208 0l-18 20h44z", BARK)
    )


def bees(places: Sequence[Point]) -> str:
    """Bees in flight, larger than life."""
    wings = "".join(
        f"M{x - 1} {y - 6}q-15-10-8-18 13 0 11 18 8-16 16-12 4 10-13 14z" for x, y in places
    )
    bodies = "".join(f"M{x - 14} {y}a14 9 0 0 1 28 0a14 9 0 0 1-28 0z" for x, y in places)
    stripes = "".join(f"M{x - 3} {y - 7}v14m8-14v14" for x, y in places)
    return cut(wings, PAPER) + cut(bodies, AMBER) + stroke(stripes, INK, 3.6)


def hives(random: Random) -> str:
    """Three wooden hives with pitched lids, and bees on their way."""
    colours = [STRAW, MIST, PAPER, mixed(MOSS, PAPER, 0.3), mixed(CLAY, PAPER, 0.25)]
    random.shuffle(colours)
    lids = random.sample((ROSE, BARK, PINE), 3)
    marks = shade(240, 290, 160)
    for step, (x, y, size) in enumerate(((376, 270, 0.92), (258, 280, 1.06), (130, 292, 1.2))):
        marks += placed(hive(colours[step], lids[step]), x, y, size)
    flight = "M150 86q40-34 78 4M300 84q34-30 60 14M60 180q-30-50 10-70"
    marks += stroke(flight, PAPER, 2.6, stroke_dasharray="2 7")
    places = ((236, 98), (142, 92), (370, 108), (80, 106), (306, 78), (446, 170))
    return marks + bees(
        [(x + random.randint(-12, 12), y + random.randint(-9, 9)) for x, y in places]
    )


def hive(colour: str, lid: str) -> str:
    """One hive of two boxes on legs."""
    legs = limb((-32, -20), (-36, 0), 9, 7) + limb((32, -20), (36, 0), 9, 7)
    marks = cut(legs, BARK) + cut("M-42-116h84v98h-84z", colour)
    marks += cut("M-54-112l12-26h84l12 26z", lid)
    marks += stroke("M-42-66h84", INK, 3) + cut("M-24-40h48v8h-48z", INK)
    marks += cut("M-34-26h68v7h-68z", WOOD)
    lines = (
        gouge(-34, -98, 30, -4, 2)
        + gouge(0, -90, 34, -4, -2)
        + gouge(-30, -54, 26, -4, 0)
        + gouge(6, -52, 24, -4, 0)
    )
    marks += cut(lines, mixed(colour, INK, 0.25), stroke="none")
    return marks + cut("M-40-124h60l4-6h-60z", mixed(lid, PAPER, 0.35), stroke="none")


def greenhouse(random: Random) -> str:
    """A greenhouse with tomatoes ripening behind its panes."""
    frame = random.choice((PAPER, mixed(PINE, PAPER, 0.15), mixed(WOOD, PAPER, 0.3)))
    glass = mixed(MIST, PAPER, 0.5)
    marks = shade(242, 290, 180)
    marks += cut("M186 190h222v98H186z", mixed(glass, MOSS, 0.25)) + cut(
        "M130 116h214l66 76H188z", glass
    )
    marks += cut("M72 288v-98l58-76 58 76v98z", glass)
    marks += cut(
        "".join(crown(random, x, 252, 19, 38, 9) for x in (214, 258, 302, 346, 386)),
        FERN,
        stroke="none",
    )
    marks += cut(
        crown(random, 92, 258, 14, 30, 8) + crown(random, 168, 258, 14, 30, 8), FERN, stroke="none"
    )
    spots = [
        (x + random.randint(-12, 12), random.randint(224, 276))
        for x in (214, 258, 302, 346, 386)
        for _ in range(4)
    ]
    marks += dots(spots, ROSE if random.random() < 0.4 else TOMATO, 11)
    marks += dots([(92, 246), (88, 266), (170, 240), (166, 262)], TOMATO, 10)
    bars = "M236 190v98m44-98v98m44-98v98m44-98v98M186 238h222"
    bars += "M174 116l66 76m-22-76l64 76m-22-76l66 76m-20-76l64 76"
    marks += beam(bars, 3, frame)
    edges = "M72 288v-98l58-76 58 76v98zM130 116h214l66 76H188m220 0v96H186M72 192h116"
    marks += beam(edges, 5, frame)
    marks += cut("M110 288v-90h40v90z", mixed(glass, PAPER, 0.4)) + stroke(
        "M110 288v-90h40v90M110 240h40", frame, 4
    )
    gleams = "M150 124h40l20 24h-40zM300 140h16l20 22h-16z"
    marks += cut(gleams, "#ffffff", fill_opacity=0.5, stroke="none")
    harvest: list[Point] = [(398, 262), (416, 258), (434, 262), (408, 250), (426, 248)]
    marks += dots(harvest, INK, 23) + dots(harvest, TOMATO, 18)
    return marks + cut("M380 262h72l-5 32h-62z", WOOD) + stroke("M386 278h60", ROSE, 4)


def bread_oven(random: Random) -> str:
    """A whitewashed oven with its fire, and rye loaves on a board."""
    marks = shade(240, 290, 170) + smoke(random, 148, 78)
    marks += cut("M128 160V84h40v76z", BRICK) + stroke(
        "M130 102h36m-36 18h36m-18-18v-16m0 52v-18", PAPER, 1.6
    )
    marks += cut("M84 288v-60q2-96 106-98 104 2 106 98v60z", mixed(PAPER, SAND, 0.35))
    marks += cut("M126 288v-50q2-56 64-58 62 2 64 58v50z", BRICK)
    joints = "M128 232l18 4m-10-32l16 10m8-28l8 16m22-20v16m32-10l-8 16m26 2l-14 12"
    joints += "m20 12l-18 6m18 20h-18M126 262h18"
    marks += stroke(joints, PAPER, 1.8) + cut("M146 288v-46q2-42 44-44 42 2 44 44v46z", INK)
    marks += cut(
        "M154 288q-6-30 14-44 0 12 8 16 2-26 18-38-4 24 14 32 2-8 0-14 20 18 14 48z",
        AMBER,
        stroke="none",
    )
    marks += cut("M176 288q-6-20 14-32 14 14 10 32z", STRAW, stroke="none")
    lines = (
        gouge(104, 190, 26, -4, -50)
        + gouge(262, 158, 28, -4, 42)
        + gouge(220, 142, 26, -4, 14)
        + gouge(96, 250, 22, -4, -88)
    )
    marks += cut(lines, SAND, stroke="none")
    marks += cut("M300 250h136v12H300zM312 262h12v30h-12zm98 0h12v30h-12z", WOOD)
    for x, y in ((336, 236), (400, 236), (368, 212)):
        marks += loaf(x, y)
    peel = "M434 118L352 176"
    marks += beam(peel, 5.5) + cut(
        soft("362,162 344,164 318,186 312,200 328,204 352,190 364,176"), WOOD
    )
    return marks + cut("M300 262h40l-6 22-8-6-8 8-8-8-8 4z", ROSE)


def loaf(x: float, y: float) -> str:
    """A rye loaf with slashes."""
    marks = cut(f"M{x - 36} {y + 14}q-4-30 36-32 40 2 36 32z", mixed(BARK, CLAY, 0.45))
    return marks + stroke(f"M{x - 18} {y - 6}l8 14m8-18l6 16m10-14l8 13", STRAW, 3)


def mill(random: Random) -> str:
    """A windmill with a shingled cap and four sails."""
    turn = random.randint(12, 70)
    body = random.choice((PAPER, mixed(WOOD, PAPER, 0.25), mixed(STONE, PAPER, 0.3)))
    marks = shade(240, 290, 130) + cut("M190 290l20-156h60l20 156z", body)
    marks += cut(soft("204,138 204,138 210,108 240,92 270,108 276,138 276,138 240,144"), BRICK)
    stones = "".join(
        gouge(x, y, 18, -4, 0)
        for x, y in ((206, 200), (248, 176), (252, 232), (200, 256), (262, 272), (214, 160))
    )
    marks += cut(stones, mixed(body, INK, 0.25), stroke="none")
    marks += cut("M224 290v-44a16 16 0 0 1 32 0v44z", ROSE) + cut(
        "M230 196v-20a10 10 0 0 1 20 0v20z", INK
    )
    marks += stroke("M226 114q14-8 28 0", mixed(BRICK, PAPER, 0.4), 2)
    sail = "M4-30h25v-78H4zm0-15h25M4-62h25M4-78h25M4-93h25M17-30v-78"
    for quarter in range(4):
        turning = f"translate(240 122)rotate({turn + 90 * quarter})"
        marks += cut("M3-30h27v-80H3z", PAPER, fill_opacity=0.75, transform=turning)
        marks += stroke("M0 0V-112", INK, 7, transform=turning) + stroke(
            sail, BARK, 2.6, transform=turning
        )
    marks += disc(240, 122, 9, STRAW)
    sacks = soft("326,290 322,262 334,248 330,240 352,240 348,248 362,262 358,290")
    sacks += soft("362,292 360,270 370,258 366,250 386,250 382,258 394,272 390,292")
    return (
        marks
        + cut(sacks, SAND)
        + stroke("M334 249h14m24 10h10", SOIL, 3)
        + cut(f"{smooth([(336, 272), (344, 262), (352, 272), (344, 282)])}", STRAW, stroke="none")
    )
