"""The animals of the farms, each drawn around its own feet and looking to the left."""

from random import Random

from .palette import (
    AMBER,
    BARK,
    BLUSH,
    BRICK,
    CLAY,
    FERN,
    INK,
    PAPER,
    PINE,
    ROSE,
    STRAW,
    WOOD,
    mixed,
)
from .props import beam, shade
from .sheet import (
    Point,
    crown,
    cut,
    disc,
    dots,
    gouge,
    limb,
    placed,
    sharp,
    soft,
    spindle,
    stroke,
)

FLEECE = "#f6ead2"
SHADOW = "#d9c7a4"


def legs(feet: str, hips: float, width: float) -> str:
    """The path of straight legs down to the ground; `feet` names the x of each, hip and hoof."""
    path = ""
    for pair in feet.split():
        hip, hoof = map(float, pair.split(","))
        path += limb((hip, hips), (hoof, 0), width, width * 0.6)
    return path


def hooves(places: tuple[float, ...], width: float) -> str:
    """Dark hooves under legs that end at these places."""
    return stroke("".join(f"M{x} -3h1" for x in places), INK, width)


def goat(coat: str, belly: str) -> str:
    """A goat with horns and a beard."""
    body = soft("-50,-98 -20,-103 20,-100 50,-106 64,-94 62,-68 46,-52 10,-48 -30,-46 -54,-62")
    head = soft(
        "-30,-100 -52,-128 -66,-150 -84,-152 -98,-140 -116,-122 -118,-112 -106,-108 -92,-114"
        " -80,-112 -70,-84 -56,-64"
    )
    horns = "M-82-150q-4-34 32-44-18 18-14 44zM-72-150q2-26 34-32-20 16-18 34z"
    marks = cut("M-106-112q-4 16 4 28 6-14 8-26z", belly) + cut(horns, BARK)
    marks += cut(body + head + legs("-44,-48 -26,-22 40,44 54,56", -66, 16), coat)
    marks += cut(spindle(60, -100, 26, 7, -52) + spindle(-70, -146, 30, 9, 24), coat)
    strokes = gouge(-30, -90, 40, -5, 4) + gouge(8, -66, 34, -5, -6) + gouge(22, -86, 26, -4, 2)
    marks += cut(
        strokes + gouge(-20, -70, 18, -4, 4) + gouge(-66, -110, 22, -4, 58), belly, stroke="none"
    )
    return marks + dots([(-92, -134)], INK, 5) + hooves((-48, -22, 44, 56), 8)


def goats(random: Random) -> str:
    """A white goat with a bell, a brown or grey one and, in some pictures, a kid."""
    brown = random.choice((WOOD, mixed(BARK, CLAY, 0.4), "#8b8480"))
    front = goat(FLEECE, SHADOW) + stroke("M-72-98l26-16", ROSE, 7) + disc(-66, -92, 6, STRAW)
    back = goat(brown, mixed(brown, PAPER, 0.45))
    x, behind = random.choice(((330, True), (368, False)))
    marks = shade(255, 292, 150) + placed(back, x, 274, random.uniform(0.78, 0.88), behind)
    marks += placed(front, 200, 292, 1.12)
    if random.random() < 0.5:
        marks += placed(goat(*random.choice(((FLEECE, SHADOW), (brown, PAPER)))), 372, 298, 0.52)
    return marks


def sheep_alone(random: Random, face: str) -> str:
    """A sheep: curls of wool, a smooth face and ears that hang."""
    curls = "".join(
        f"M{x} {y}q5-8 10 0"
        for x, y in (
            (-34, -86),
            (-12, -96),
            (14, -88),
            (34, -72),
            (-22, -66),
            (6, -62),
            (26, -50),
            (-38, -56),
        )
    )
    head = soft("-64,-122 -50,-126 -40,-112 -44,-94 -58,-78 -70,-76 -76,-86 -72,-106")
    ears = spindle(-46, -114, 26, 8, 24) + spindle(-66, -114, 20, 7, 168)
    marks = cut(legs("-34,-34 -20,-16 26,26 40,42", -50, 14), face)
    marks += cut(crown(random, 2, -74, 60, 40, 12), FLEECE) + stroke(curls, SHADOW, 3)
    marks += cut(ears + head, face) + cut(crown(random, -54, -124, 16, 10, 7), FLEECE)
    return marks + dots([(-62, -102)], PAPER, 6) + dots([(-63, -102)], INK, 3)


def sheep(random: Random) -> str:
    """Dark-headed Latvian sheep and a lamb."""
    dark = random.choice((INK, mixed(INK, BARK, 0.6)))
    lamb = sheep_alone(random, mixed(FLEECE, WOOD, 0.35))
    ribbon = stroke("M-46-88q-10-2-16-8", ROSE, 6)
    return (
        shade(240, 292, 150)
        + placed(sheep_alone(random, dark), 338, 272, 0.98, mirrored=True)
        + placed(sheep_alone(random, dark) + ribbon, 206, 292, 1.32)
        + placed(lamb, 350, 298, 0.66)
    )


def cow(coat: str, spots: str) -> str:
    """A cow with its udder, and a swishing tail."""
    body = soft(
        "-74,-116 -40,-116 10,-111 60,-117 82,-113 90,-98 88,-72 74,-56 20,-48 -30,-46"
        " -64,-54 -80,-76"
    )
    head = soft(
        "-62,-118 -88,-134 -108,-142 -120,-132 -130,-112 -142,-94 -138,-84 -122,-84 -108,-94"
        " -98,-92 -88,-74 -72,-64"
    )
    blotches = soft("-40,-112 -8,-110 -2,-92 -20,-78 -42,-88") + soft(
        "40,-110 70,-112 76,-90 54,-82 38,-94"
    )
    horns = "M-106-140q-14-6-12-22 6 12 20 14zM-98-140q2-14 14-18-2 10 0 20z"
    marks = beam("M86-108q18 8 12 52", 4, coat)
    marks += cut(spindle(98, -62, 26, 7, 94), INK) + cut(horns, PAPER)
    marks += cut("M30-54q4 20 12 18l2 8 4-8 8 0 2 8 4-8q10-4 8-20z", BLUSH)
    marks += cut(body + head + legs("-62,-64 -44,-40 58,62 76,76", -66, 20), coat)
    marks += cut(blotches + "M-118-134l10 2-10 26-8-2z", spots, stroke="none")
    marks += cut(soft("-132,-104 -143,-93 -137,-82 -121,-83 -117,-96"), BLUSH, stroke="none")
    marks += cut(spindle(-98, -134, 28, 9, -14), coat)
    lights = gouge(-30, -66, 60, -5, 2) + gouge(-8, -84, 40, -5, -3) + gouge(20, -72, 44, -4, -4)
    marks += cut(lights, mixed(coat, PAPER, 0.3), stroke="none")
    return marks + dots([(-114, -120)], INK, 5) + hooves((-64, -40, 62, 76), 11)


def cows(random: Random) -> str:
    """A Latvian brown cow with a bell, another one grazing farther off."""
    brown = mixed(BRICK, BARK, random.uniform(0.2, 0.6))
    other = random.choice((mixed(INK, BARK, 0.3), CLAY, BARK))
    bell = stroke("M-88-74l22-44", ROSE, 7) + cut("M-92-76l12 4 2 16-20-4z", STRAW)
    return (
        shade(240, 292, 150)
        + placed(cow(other, PAPER), random.randint(356, 390), 250, 0.52, random.random() < 0.5)
        + placed(cow(brown, PAPER) + bell, 252, 292, 1.24)
    )


def hen(feathers: str) -> str:
    """A hen with a small comb."""
    legs_and_toes = "M-4-28v26m-10 1l10-3 8 3M14-28v26m-10 1l10-3 8 3"
    marks = stroke(legs_and_toes, AMBER, 4) + cut(crown_of_hen(), ROSE)
    marks += cut("M-40-92l-14 7 14 6z", AMBER)
    marks += cut(
        soft(
            "-38,-90 -28,-100 -14,-94 -4,-76 16,-66 36,-82 50,-98 58,-92 54,-56 36,-30 4,-22"
            " -26,-34 -42,-62"
        ),
        feathers,
    )
    lines = gouge(-24, -54, 18, -4, 30) + gouge(-22, -68, 16, -4, 40) + gouge(40, -82, 22, -4, 96)
    marks += cut(lines, mixed(feathers, PAPER, 0.5), stroke="none")
    marks += cut(
        soft("2,-62 24,-64 44,-54 30,-42 10,-40"), mixed(feathers, INK, 0.25), stroke="none"
    )
    return marks + dots([(-29, -86)], INK, 4.5)


def crown_of_hen() -> str:
    """The path of comb and wattle of a hen."""
    return "M-38-94q-4-12 4-12 2-8 9-2 7-4 9 10zM-42-80q-6 12 2 14 6-2 6-12z"


def rooster(random: Random) -> str:
    """A rooster with sickle feathers."""
    neck = random.choice((AMBER, STRAW, CLAY))
    tail = "".join(
        f"M34-78q{x} {y} {x + 30} {y + over}q-20 4-28 {-y - over + 16}z"
        for x, y, over in ((-4, -62, -6), (20, -62, 4), (34, -48, 16), (38, -26, 26), (30, -6, 34))
    )
    marks = stroke("M-2-34v32m-14 1l14-3 10 3M18-34v32m-12 1l12-3 10 3", AMBER, 5)
    marks += cut(tail, PINE) + cut("M-52-124q-6-18 6-16 2-10 11-3 10-6 11 8 6 4 0 14z", ROSE)
    marks += cut("M-52-118l-18 9 18 6z", STRAW)
    marks += cut(soft("-30,-84 10,-78 40,-88 50,-66 36,-40 6,-28 -24,-36 -42,-60"), BRICK)
    marks += cut(
        soft(
            "-54,-114 -42,-130 -24,-124 -12,-98 2,-78 2,-78 -10,-76 -18,-66 -18,-66 -28,-72"
            " -40,-58 -40,-58 -48,-86"
        ),
        neck,
    )
    marks += cut("M-54-104q-8 14 2 18 8-4 6-16z", ROSE)
    marks += cut(soft("-4,-66 22,-70 40,-60 24,-48 6,-46"), PINE, stroke="none")
    lines = (
        gouge(-36, -108, 26, -4, 62) + gouge(-26, -108, 28, -4, 56) + gouge(-40, -96, 22, -4, 78)
    )
    marks += cut(lines, mixed(neck, PAPER, 0.6), stroke="none")
    return marks + dots([(-41, -114)], INK, 5)


def hens(random: Random) -> str:
    """A rooster, two hens and their chicks."""
    colours = random.sample((FLEECE, CLAY, WOOD, mixed(INK, BARK, 0.5), "#b9b2a8", STRAW), 2)
    chicks: list[Point] = [(198, 292), (226, 298), (250, 290)]
    marks = shade(240, 290, 140) + placed(rooster(random), 326, 288, 1.25)
    marks += placed(hen(colours[0]), 236, 272, 1.05, mirrored=True) + placed(
        hen(colours[1]), 152, 290, 1.25
    )
    for x, y in chicks[: random.randint(2, 3)]:
        marks += cut(f"M{x - 14} {y - 16}l-8 3 8 3z", AMBER) + cut(crown_of_chick(x, y), STRAW)
        marks += dots([(x - 8, y - 17)], INK, 3) + stroke(f"M{x} {y - 2}v6m6-6v6", AMBER, 2)
    return marks


def crown_of_chick(x: float, y: float) -> str:
    """The path of a chick: a small ball on a bigger one."""
    return f"M{x - 14} {y - 15}a7 7 0 0 1 14-4q12 0 12 10a11 9 0 0 1-22 2q-4-4-4-8z"


def goose(neck_down: bool = False) -> str:
    """A goose with an upright neck, or one that grazes."""
    body = soft("-30,-78 6,-82 40,-76 78,-88 78,-88 70,-58 46,-34 6,-26 -26,-34 -42,-56")
    if neck_down:
        neck = soft("-20,-76 -50,-66 -66,-44 -74,-22 -86,-12 -82,0 -68,0 -58,-18 -46,-38 -28,-44")
        beak, eye = "M-84-10l-16 14 24-2z", (-74, -9)
    else:
        neck = soft(
            "-14,-72 -26,-92 -28,-120 -30,-142 -42,-150 -54,-144 -54,-132 -46,-124 -46,-96"
            " -44,-60 -30,-50"
        )
        beak, eye = "M-52-144l-26 13 28 5z", (-44, -140)
    feet = "M-4-28l2 26m-14 2l14-3 10 3M20-30l2 28m-14 2l14-3 10 3"
    marks = stroke(feet, AMBER, 5) + cut(beak, AMBER) + cut(body + neck, FLEECE)
    marks += cut(soft("-6,-66 28,-68 66,-74 44,-48 14,-42"), SHADOW, stroke="none")
    lines = gouge(6, -62, 40, 3, -4) + gouge(8, -54, 32, 3, -4) + gouge(-26, -44, 26, 4, 20)
    marks += cut(lines, PAPER, stroke="none")
    return marks + dots([eye], INK, 5)


def geese(random: Random) -> str:
    """Three white geese, one of them at the grass."""
    ribbon = stroke("M-46-104q8 4 18 0", ROSE, 6)
    marks = shade(240, 292, 150)
    marks += placed(goose(), 270, 270, random.uniform(0.9, 1))
    marks += placed(goose(neck_down=True), 350, 292, random.uniform(1, 1.1), mirrored=True)
    return marks + placed(goose() + ribbon, 152, 294, 1.26)


def rabbit(fur: str, light: str) -> str:
    """A rabbit that sits with its ears up."""
    body = soft("-30,-66 -2,-84 34,-78 58,-48 58,-16 42,-1 -24,-1 -36,-14 -38,-42")
    head = soft("-66,-84 -54,-104 -32,-110 -14,-96 -14,-74 -32,-60 -56,-62 -68,-72")
    ears = spindle(-34, -102, 72, 19, -98) + spindle(-28, -100, 70, 18, -66)
    marks = cut(crown_of_tail(), light) + cut(ears, fur)
    marks += cut(
        spindle(-37, -112, 50, 9, -98) + spindle(-22, -112, 46, 8, -66), BLUSH, stroke="none"
    )
    marks += cut(body + head, fur)
    marks += stroke("M6-2q-4-40 24-44 22 0 24 24M-30-2q2-16-2-28", mixed(fur, INK, 0.4), 3)
    lines = gouge(-20, -58, 24, -4, 30) + gouge(18, -64, 24, -4, 24) + gouge(-12, -36, 16, -4, 60)
    marks += cut(lines + soft("-66,-74 -54,-80 -46,-68 -56,-62"), light, stroke="none")
    return marks + dots([(-46, -88)], INK, 6.5) + stroke("M-67-77h4", ROSE, 4)


def crown_of_tail() -> str:
    """The path of a rabbit's tail."""
    return "M50-34a12 12 0 1 1 12 22z"


def rabbits(random: Random) -> str:
    """Two rabbits and a carrot between them."""
    first, second = random.sample(("#a39a90", WOOD, FLEECE, mixed(BARK, INK, 0.3), CLAY), 2)
    carrot = cut(sharp("0,0 52,-10 54,2"), AMBER) + cut(
        spindle(52, -4, 26, 6, -24) + spindle(52, -4, 28, 6, 4), FERN
    )
    return (
        shade(240, 292, 130)
        + placed(rabbit(second, mixed(second, PAPER, 0.55)), 318, 280, 1.0, mirrored=True)
        + placed(rabbit(first, mixed(first, PAPER, 0.55)), 180, 292, 1.32)
        + placed(carrot, 226, 300, 0.9)
    )
