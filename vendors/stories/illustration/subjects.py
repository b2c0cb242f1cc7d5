"""Every subject of a picture by its key, drawn in the middle of the sheet in dark outlines."""

from collections.abc import Callable
from random import Random

from . import animals, beds, blossoms, crafts, tables, yards
from .palette import INK
from .sheet import group, numbers

SUBJECTS: dict[str, Callable[[Random], str]] = {
    "smokehouse": yards.smokehouse,
    "boat": yards.boat,
    "hives": yards.hives,
    "goats": animals.goats,
    "sheep": animals.sheep,
    "cows": animals.cows,
    "hens": animals.hens,
    "geese": animals.geese,
    "rabbits": animals.rabbits,
    "greenhouse": yards.greenhouse,
    "potato_field": beds.potato_field,
    "cabbage_field": beds.cabbage_field,
    "apple_trees": blossoms.apple_trees,
    "berry_bushes": blossoms.berry_bushes,
    "rose_garden": blossoms.rose_garden,
    "flower_field": blossoms.flower_field,
    "herbs": blossoms.herbs,
    "mushrooms": blossoms.mushrooms,
    "bread_oven": yards.bread_oven,
    "cake_table": tables.cake_table,
    "loom": crafts.loom,
    "spinning_wheel": crafts.spinning_wheel,
    "baskets": crafts.baskets,
    "pottery_wheel": crafts.pottery_wheel,
    "anvil": crafts.anvil,
    "amber": tables.amber,
    "candles": tables.candles,
    "woodwork": crafts.woodwork,
    "birch_sap": blossoms.birch_sap,
    "mill": yards.mill,
    "jars": tables.jars,
    "seedlings": beds.seedlings,
    "carrots": beds.carrots,
    "pumpkins": beds.pumpkins,
    "asparagus": beds.asparagus,
}


def figure(subject: str, random: Random) -> str:
    """The subject large in the foreground, a little shifted and at times mirrored.

    With `paint-order` the outline lies beneath the fill, so shapes of one path grow together.
    """
    size = random.uniform(0.95, 1.03)
    across = -size if random.random() < 0.5 else size
    x = 240 - 240 * across + random.uniform(-14, 14)
    return group(
        SUBJECTS[subject](random),
        transform=f"matrix({across:.2f} 0 0 {size:.2f} {numbers(x, 300 - 300 * size)})",
        stroke=INK,
        stroke_width=4.4,
        paint_order="stroke",
    )
