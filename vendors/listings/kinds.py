"""What is sold at a Latvian market, and in which months it is usually on the tables.

Goods name one of these kinds, so that every language has a word for them without anyone
translating. The words themselves stand in the catalogues (`app/names.py` lists them).
Months follow the seasonal calendar of Kurzeme and Zemgale; a vendor may state other months.
"""

from dataclasses import dataclass

CATEGORIES = (
    "vegetables",
    "fruit",
    "berries",
    "greens",
    "mushrooms",
    "dairy",
    "cheese",
    "meat",
    "fish",
    "eggs",
    "honey",
    "bread",
    "pastry",
    "preserves",
    "drinks",
    "grain",
    "seedlings",
    "flowers",
    "crafts",
)

ANIMAL_ORIGIN = frozenset({"dairy", "cheese", "meat", "fish", "eggs", "honey"})

ALL_YEAR = frozenset(range(1, 13))


@dataclass(frozen=True)
class Kind:
    """One kind of goods: its category and the months (1 to 12) in which it is usually sold."""

    key: str
    category: str
    months: frozenset[int]


def _months(first: int, last: int) -> frozenset[int]:
    """The months from first to last, both included, also across the new year."""
    span = (last - first) % 12 + 1
    return frozenset((first - 1 + step) % 12 + 1 for step in range(span))


_TABLE: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("potatoes", "vegetables", _months(7, 4)),
    ("new_potatoes", "vegetables", _months(6, 7)),
    ("carrots", "vegetables", _months(8, 4)),
    ("beetroot", "vegetables", _months(8, 4)),
    ("cabbage", "vegetables", _months(8, 3)),
    ("onions", "vegetables", _months(8, 4)),
    ("garlic", "vegetables", _months(7, 2)),
    ("pumpkins", "vegetables", _months(9, 1)),
    ("courgettes", "vegetables", _months(7, 9)),
    ("cucumbers", "vegetables", _months(5, 9)),
    ("tomatoes", "vegetables", _months(7, 9)),
    ("peas", "vegetables", _months(6, 7)),
    ("broad_beans", "vegetables", _months(7, 8)),
    ("sweetcorn", "vegetables", _months(8, 9)),
    ("asparagus", "vegetables", _months(5, 6)),
    ("rhubarb", "vegetables", _months(5, 6)),
    ("radishes", "vegetables", _months(4, 6)),
    ("turnips", "vegetables", _months(8, 3)),
    ("apples", "fruit", _months(8, 3)),
    ("pears", "fruit", _months(8, 10)),
    ("plums", "fruit", _months(8, 9)),
    ("cherries", "fruit", _months(7, 7)),
    ("quinces", "fruit", _months(9, 11)),
    ("strawberries", "berries", _months(6, 7)),
    ("raspberries", "berries", _months(7, 8)),
    ("currants", "berries", _months(7, 8)),
    ("gooseberries", "berries", _months(7, 8)),
    ("bilberries", "berries", _months(7, 8)),
    ("blueberries", "berries", _months(8, 9)),
    ("lingonberries", "berries", _months(8, 10)),
    ("cranberries", "berries", _months(9, 12)),
    ("sea_buckthorn", "berries", _months(8, 11)),
    ("sorrel", "greens", _months(4, 6)),
    ("lettuce", "greens", _months(5, 9)),
    ("spring_onions", "greens", _months(4, 7)),
    ("dill", "greens", _months(5, 9)),
    ("chives", "greens", _months(4, 9)),
    ("sprouts", "greens", _months(1, 4)),
    ("chanterelles", "mushrooms", _months(7, 9)),
    ("boletus", "mushrooms", _months(8, 10)),
    ("dried_mushrooms", "mushrooms", ALL_YEAR),
    ("milk", "dairy", ALL_YEAR),
    ("cottage_cheese", "dairy", ALL_YEAR),
    ("sour_cream", "dairy", ALL_YEAR),
    ("butter", "dairy", ALL_YEAR),
    ("yoghurt", "dairy", ALL_YEAR),
    ("goat_cheese", "cheese", _months(3, 11)),
    ("cow_cheese", "cheese", ALL_YEAR),
    ("midsummer_cheese", "cheese", _months(6, 6)),
    ("smoked_cheese", "cheese", ALL_YEAR),
    ("lamb", "meat", _months(8, 12)),
    ("pork", "meat", ALL_YEAR),
    ("rabbit", "meat", ALL_YEAR),
    ("goose", "meat", _months(10, 12)),
    ("smoked_meat", "meat", ALL_YEAR),
    ("sausages", "meat", ALL_YEAR),
    ("fresh_fish", "fish", ALL_YEAR),
    ("smoked_fish", "fish", ALL_YEAR),
    ("salted_fish", "fish", ALL_YEAR),
    ("hen_eggs", "eggs", ALL_YEAR),
    ("quail_eggs", "eggs", ALL_YEAR),
    ("flower_honey", "honey", ALL_YEAR),
    ("linden_honey", "honey", _months(8, 3)),
    ("heather_honey", "honey", _months(9, 3)),
    ("honeycomb", "honey", _months(7, 12)),
    ("bee_pollen", "honey", ALL_YEAR),
    ("rye_bread", "bread", ALL_YEAR),
    ("white_bread", "bread", ALL_YEAR),
    ("carrot_buns", "bread", ALL_YEAR),
    ("pies", "pastry", ALL_YEAR),
    ("cakes", "pastry", ALL_YEAR),
    ("gingerbread", "pastry", _months(11, 12)),
    ("sweets", "pastry", ALL_YEAR),
    ("sauerkraut", "preserves", _months(10, 4)),
    ("pickled_cucumbers", "preserves", ALL_YEAR),
    ("jam", "preserves", ALL_YEAR),
    ("rose_jam", "preserves", _months(7, 12)),
    ("dried_fruit", "preserves", ALL_YEAR),
    ("hemp_butter", "preserves", ALL_YEAR),
    ("apple_juice", "drinks", _months(9, 5)),
    ("birch_sap", "drinks", _months(3, 4)),
    ("fermented_birch_sap", "drinks", _months(5, 8)),
    ("syrup", "drinks", ALL_YEAR),
    ("herbal_tea", "drinks", ALL_YEAR),
    ("flour", "grain", ALL_YEAR),
    ("groats", "grain", ALL_YEAR),
    ("grey_peas", "grain", ALL_YEAR),
    ("oat_flakes", "grain", ALL_YEAR),
    ("vegetable_seedlings", "seedlings", _months(4, 6)),
    ("bedding_plants", "seedlings", _months(4, 6)),
    ("fruit_trees", "seedlings", frozenset({4, 5, 9, 10, 11})),
    ("berry_bushes", "seedlings", frozenset({4, 5, 9, 10, 11})),
    ("rose_bushes", "seedlings", frozenset({4, 5, 6, 9, 10})),
    ("seeds", "seedlings", _months(1, 5)),
    ("roses", "flowers", _months(6, 9)),
    ("peonies", "flowers", _months(6, 6)),
    ("tulips", "flowers", _months(3, 5)),
    ("gladioli", "flowers", _months(8, 9)),
    ("asters", "flowers", _months(8, 10)),
    ("dried_flowers", "flowers", _months(9, 3)),
    ("wreaths", "flowers", ALL_YEAR),
    ("advent_wreaths", "flowers", _months(11, 12)),
    ("baskets", "crafts", ALL_YEAR),
    ("pottery", "crafts", ALL_YEAR),
    ("woollens", "crafts", ALL_YEAR),
    ("linen", "crafts", ALL_YEAR),
    ("woodwork", "crafts", ALL_YEAR),
    ("candles", "crafts", ALL_YEAR),
    ("ironwork", "crafts", ALL_YEAR),
    ("amber", "crafts", ALL_YEAR),
    ("felt", "crafts", ALL_YEAR),
    ("soap", "crafts", ALL_YEAR),
    ("brooms", "crafts", ALL_YEAR),
)

KINDS: dict[str, Kind] = {key: Kind(key, category, months) for key, category, months in _TABLE}
