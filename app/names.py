"""Words for what the tables keep as keys: goods, parishes, units and the like.

They are listed here to be found by `make words`; every language has them in its catalogue.
"""

from collections.abc import Callable

from app.actions import ACTIONS
from app.languages import (
    MONTHS,
    MONTHS_SHORT,
    N_,
    WEEKDAYS,
    gettext,
    ngettext,
    number,
    pgettext,
)

CATEGORIES = {
    "vegetables": N_("Vegetables"),
    "fruit": N_("Fruit"),
    "berries": N_("Berries"),
    "greens": N_("Greens and herbs"),
    "mushrooms": N_("Mushrooms"),
    "dairy": N_("Dairy"),
    "cheese": N_("Cheese"),
    "meat": N_("Meat"),
    "fish": N_("Fish"),
    "eggs": N_("Eggs"),
    "honey": N_("Honey and bee products"),
    "bread": N_("Bread"),
    "pastry": N_("Pastry"),
    "preserves": N_("Preserves"),
    "drinks": N_("Drinks and teas"),
    "grain": N_("Flour and grain"),
    "seedlings": N_("Seedlings and plants"),
    "flowers": N_("Flowers"),
    "crafts": N_("Crafts"),
}

KIND_WORDS = {
    "potatoes": N_("Potatoes"),
    "new_potatoes": N_("New potatoes"),
    "carrots": N_("Carrots"),
    "beetroot": N_("Beetroot"),
    "cabbage": N_("Cabbage"),
    "onions": N_("Onions"),
    "garlic": N_("Garlic"),
    "pumpkins": N_("Pumpkins"),
    "courgettes": N_("Courgettes"),
    "cucumbers": N_("Cucumbers"),
    "tomatoes": N_("Tomatoes"),
    "peas": N_("Peas"),
    "broad_beans": N_("Broad beans"),
    "sweetcorn": N_("Sweetcorn"),
    "asparagus": N_("Asparagus"),
    "rhubarb": N_("Rhubarb"),
    "radishes": N_("Radishes"),
    "turnips": N_("Turnips"),
    "apples": N_("Apples"),
    "pears": N_("Pears"),
    "plums": N_("Plums"),
    "cherries": N_("Cherries"),
    "quinces": N_("Quinces"),
    "strawberries": N_("Strawberries"),
    "raspberries": N_("Raspberries"),
    "currants": N_("Currants"),
    "gooseberries": N_("Gooseberries"),
    "bilberries": N_("Bilberries"),
    "blueberries": N_("Blueberries"),
    "lingonberries": N_("Lingonberries"),
    "cranberries": N_("Cranberries"),
    "sea_buckthorn": N_("Sea buckthorn"),
    "sorrel": N_("Sorrel"),
    "lettuce": N_("Lettuce"),
    "spring_onions": N_("Spring onions"),
    "dill": N_("Dill"),
    "chives": N_("Chives"),
    "sprouts": N_("Sprouts"),
    "chanterelles": N_("Chanterelles"),
    "boletus": N_("Boletus mushrooms"),
    "dried_mushrooms": N_("Dried mushrooms"),
    "milk": N_("Milk"),
    "cottage_cheese": N_("Cottage cheese"),
    "sour_cream": N_("Sour cream"),
    "butter": N_("Butter"),
    "yoghurt": N_("Yoghurt"),
    "goat_cheese": N_("Goat cheese"),
    "cow_cheese": N_("Cow cheese"),
    "midsummer_cheese": N_("Midsummer (Jāņi) cheese"),
    "smoked_cheese": N_("Smoked cheese"),
    "lamb": N_("Lamb"),
    "pork": N_("Pork"),
    "rabbit": N_("Rabbit"),
    "goose": N_("Geese"),
    "smoked_meat": N_("Smoked meat"),
    "sausages": N_("Sausages"),
    "fresh_fish": N_("Fresh fish"),
    "smoked_fish": N_("Smoked fish"),
    "salted_fish": N_("Salted fish"),
    "hen_eggs": N_("Hen eggs"),
    "quail_eggs": N_("Quail eggs"),
    "flower_honey": N_("Flower honey"),
    "linden_honey": N_("Linden honey"),
    "heather_honey": N_("Heather honey"),
    "honeycomb": N_("Honeycomb"),
    "bee_pollen": N_("Bee pollen"),
    "rye_bread": N_("Rye bread"),
    "white_bread": N_("White bread"),
    "carrot_buns": N_("Carrot rye buns (sklandrauši)"),
    "pies": N_("Pies (pīrāgi)"),
    "cakes": N_("Cakes"),
    "gingerbread": N_("Gingerbread"),
    "sweets": N_("Sweets"),
    "sauerkraut": N_("Sauerkraut"),
    "pickled_cucumbers": N_("Pickled cucumbers"),
    "jam": N_("Jam"),
    "rose_jam": N_("Rose jam"),
    "dried_fruit": N_("Dried fruit"),
    "hemp_butter": N_("Hemp butter"),
    "apple_juice": N_("Apple juice"),
    "birch_sap": N_("Birch sap"),
    "fermented_birch_sap": N_("Fermented birch sap"),
    "syrup": N_("Syrup"),
    "herbal_tea": N_("Herbal tea"),
    "flour": N_("Flour"),
    "groats": N_("Groats"),
    "grey_peas": N_("Grey peas"),
    "oat_flakes": N_("Oat flakes"),
    "vegetable_seedlings": N_("Vegetable seedlings"),
    "bedding_plants": N_("Bedding plants"),
    "fruit_trees": N_("Fruit trees"),
    "berry_bushes": N_("Berry bushes"),
    "rose_bushes": N_("Rose bushes"),
    "seeds": N_("Seeds"),
    "roses": N_("Roses"),
    "peonies": N_("Peonies"),
    "tulips": N_("Tulips"),
    "gladioli": N_("Gladioli"),
    "asters": N_("Asters"),
    "dried_flowers": N_("Dried flowers"),
    "wreaths": N_("Wreaths"),
    "advent_wreaths": N_("Advent wreaths"),
    "baskets": N_("Baskets"),
    "pottery": N_("Pottery"),
    "woollens": N_("Woollens"),
    "linen": N_("Linen"),
    "woodwork": N_("Woodwork"),
    "candles": N_("Candles"),
    "ironwork": N_("Forged ironwork"),
    "amber": N_("Amber"),
    "felt": N_("Felt"),
    "soap": N_("Soap"),
    "brooms": N_("Brooms"),
}

PARISHES = {
    "0051200": N_("Kandava"),
    "0051210": N_("Tukums"),
    "0051400": N_("Cēre Parish"),
    "0051410": N_("Degole Parish"),
    "0051420": N_("Džūkste Parish"),
    "0051430": N_("Engure Parish"),
    "0051440": N_("Irlava Parish"),
    "0051450": N_("Jaunpils Parish"),
    "0051460": N_("Jaunsāti Parish"),
    "0051470": N_("Kandava Parish"),
    "0051480": N_("Lapmežciems Parish"),
    "0051490": N_("Lestene Parish"),
    "0051500": N_("Matkule Parish"),
    "0051510": N_("Pūre Parish"),
    "0051520": N_("Sēme Parish"),
    "0051530": N_("Slampe Parish"),
    "0051540": N_("Smārde Parish"),
    "0051550": N_("Tume Parish"),
    "0051560": N_("Vāne Parish"),
    "0051570": N_("Viesatas Parish"),
    "0051580": N_("Zante Parish"),
    "0051590": N_("Zemīte Parish"),
    "0051600": N_("Zentene Parish"),
}

ORIGINS = {
    "grown": N_("own-grown"),
    "made": N_("made by the vendor"),
    "wild": N_("gathered in the wild"),
    "bought": N_("bought in"),
}

UNITS = {
    "piece": N_("piece"),
    "bunch": N_("bunch"),
    "pot": N_("pot"),
    "box": N_("box"),
    "jar": N_("jar"),
}

UNITS_COUNTED: dict[str, Callable[[int], str]] = {
    "piece": lambda count: ngettext("%(num)s piece", "%(num)s pieces", count),
    "bunch": lambda count: ngettext("%(num)s bunch", "%(num)s bunches", count),
    "pot": lambda count: ngettext("%(num)s pot", "%(num)s pots", count),
    "box": lambda count: ngettext("%(num)s box", "%(num)s boxes", count),
    "jar": lambda count: ngettext("%(num)s jar", "%(num)s jars", count),
}

VENDOR_KINDS = {
    "own_grown": N_("grows on own land"),
    "wild": N_("gathers in the wild"),
    "home_producer": N_("home producer"),
    "farm": N_("farm"),
    "sole_trader": N_("sole trader"),
    "company": N_("company"),
    "cooperative": N_("cooperative"),
    "association": N_("association"),
    "craftsperson": N_("craftsperson"),
    "caterer": N_("caterer"),
}

ALLERGENS = {
    "gluten": N_("cereals with gluten"),
    "crustaceans": N_("crustaceans"),
    "eggs": N_("eggs"),
    "fish": N_("fish"),
    "peanuts": N_("peanuts"),
    "soya": N_("soya"),
    "milk": N_("milk"),
    "nuts": N_("nuts"),
    "celery": N_("celery"),
    "mustard": N_("mustard"),
    "sesame": N_("sesame"),
    "sulphites": N_("sulphites"),
    "lupin": N_("lupin"),
    "molluscs": N_("molluscs"),
}

STALL_KINDS = {
    "table": N_("table"),
    "pavilion": N_("pavilion counter"),
    "kiosk": N_("kiosk"),
    "car": N_("selling from a car"),
    "tent": N_("tent"),
    "ground": N_("open ground"),
}

AMENITIES = {
    "entrance": N_("Entrance"),
    "toilet": N_("Toilet"),
    "water": N_("Drinking water"),
    "bins": N_("Bins"),
    "first_aid": N_("First aid"),
    "parking": N_("Car park"),
    "information": N_("Information"),
    "stage": N_("Stage"),
    "step_free_way": N_("Step-free way"),
    "passage": N_("Passage"),
    "building": N_("Building"),
    "tree": N_("Tree"),
    "lamp_post": N_("Lamp post"),
}

HOURS_SAID = {
    "morning": N_("in the morning"),
    "afternoon": N_("in the afternoon"),
    "evening": N_("in the evening"),
    "all_day": N_("all day"),
    "to_be_announced": N_("time to be announced"),
}


def category(key: str) -> str:
    """ "Dārzeņi" """
    return gettext(CATEGORIES[key])


def kind(key: str) -> str:
    """ "Zemenes" """
    return gettext(KIND_WORDS[key])


def origin(key: str) -> str:
    """ "pašu audzēts" """
    return gettext(ORIGINS[key])


def unit(key: str, amount: float = 1) -> str:
    """What a price is for: "kg", "100 g", "saišķis", "10 gab." """
    if key in ("g", "kg", "ml", "l"):
        return key if amount == 1 else f"{number(amount)} {key}"
    if amount == 1:
        return gettext(UNITS[key])
    return UNITS_COUNTED[key](int(amount))


def vendor_kind(key: str) -> str:
    """ "mājražotājs" """
    return gettext(VENDOR_KINDS[key])


def allergen(key: str) -> str:
    """ "piens" """
    return gettext(ALLERGENS[key])


def stall_kind(key: str) -> str:
    """ "galds" """
    return gettext(STALL_KINDS[key])


def amenity(key: str) -> str:
    """ "Ieeja" """
    return gettext(AMENITIES[key])


def hour_said(key: str) -> str:
    """ "vakarā" """
    return gettext(HOURS_SAID[key])


def parish(code: str) -> str:
    """ "Irlavas pagasts" """
    return gettext(PARISHES[code])


def of_parish(code: str) -> str:
    """Where a vendor is from: "no Irlavas pagasta" """
    return pgettext("from a parish", PARISHES[code])


def in_parish(code: str) -> str:
    """Where something is: "Irlavas pagastā" """
    return pgettext("in a parish", PARISHES[code])


CONTEXTS = {
    "weekday": WEEKDAYS,
    "on a weekday": WEEKDAYS,
    "month": MONTHS,
    "in a month": MONTHS,
    "month, short": MONTHS_SHORT,
    "from a parish": tuple(PARISHES.values()),
    "in a parish": tuple(PARISHES.values()),
}
"""Words that stand in several forms: `make words` asks every catalogue for each of them."""


def action(key: str) -> str:
    """What somebody did, in the reader's words."""
    return gettext(ACTIONS[key]) if key in ACTIONS else gettext("Something changed")
