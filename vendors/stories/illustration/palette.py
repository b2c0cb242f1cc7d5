"""The few colours of all pictures, and the four lights in which a landscape is seen."""

from dataclasses import dataclass

INK = "#2b2a33"
PAPER = "#f8efdc"
ROSE = "#9d2449"
BLUSH = "#d88a93"
MOSS = "#86984f"
FERN = "#5a7a48"
PINE = "#365741"
STRAW = "#e3bd62"
AMBER = "#dc9132"
CLAY = "#bf6d47"
BRICK = "#a5533d"
BARK = "#6d4a36"
WOOD = "#b98656"
SAND = "#e9d6ae"
SOIL = "#5f4435"
STONE = "#a9a49b"
MIST = "#9dbbc6"
WATER = "#6b9bad"


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share (0 to 1) of the other one in it."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Light:
    """An hour of the day: the colours of its sky, and how it colours the land.

    `sky` runs from the top to the horizon; `sun` is empty when clouds hide it.
    """

    name: str
    sky: tuple[str, str, str, str]
    sun: str
    cloud: str
    haze: str
    tint: str
    strength: float
    window: str

    def on(self, colour: str, distance: float = 0) -> str:
        """The colour in this light; `distance` is 0 for what is near and 1 for the horizon."""
        return mixed(mixed(colour, self.tint, self.strength), self.haze, distance)


LIGHTS = (
    Light(
        name="dawn",
        sky=("#a9bcc6", "#d3c6c3", "#edd0bd", "#f8e3c6"),
        sun="#fdf3dc",
        cloud="#fbeadb",
        haze="#e6cfc4",
        tint="#e0a98c",
        strength=0.14,
        window="#f8e3c6",
    ),
    Light(
        name="noon",
        sky=("#8fb7c9", "#a6c7d2", "#c0d8da", "#dde8dd"),
        sun="#fbe7a8",
        cloud="#fcf6e8",
        haze="#c4d8d8",
        tint="#f4dc98",
        strength=0.06,
        window="#46606c",
    ),
    Light(
        name="evening",
        sky=("#6c7f97", "#b0929a", "#e0a07c", "#f4c583"),
        sun="#fbe3a6",
        cloud="#e9b7a0",
        haze="#d9a78b",
        tint="#b4553c",
        strength=0.17,
        window="#f9d77e",
    ),
    Light(
        name="overcast",
        sky=("#a9b7bd", "#bcc7ca", "#ced5d3", "#e0e2db"),
        sun="",
        cloud="#eef0ea",
        haze="#cfd6d5",
        tint="#b3c1c6",
        strength=0.17,
        window="#f3dc9d",
    ),
)
