"""Words of tables for keys that no page shows; every language has them in its catalogue."""

from app.languages import N_

VENDOR_STATES = {
    "applied": N_("has applied"),
    "approved": N_("approved"),
    "paused": N_("paused"),
    "archived": N_("archived"),
}

VENDOR_CLASSES = {
    "season": N_("holder for the season"),
    "regular": N_("regular vendor"),
    "guest": N_("guest"),
    "festival": N_("at festivals only"),
}

TENTS = {
    "none": N_("no tent"),
    "own": N_("a tent of their own"),
    "rented": N_("a rented tent"),
}

UNITS = {
    "g": N_("g"),
    "ml": N_("ml"),
    "piece": N_("piece"),
    "bunch": N_("bunch"),
    "pot": N_("pot"),
    "box": N_("box"),
    "jar": N_("jar"),
}

GOOD_STATES = {
    "available": N_("available"),
    "last": N_("last ones"),
    "sold_out": N_("sold out"),
}

PLACEMENT_SOURCES = {
    "season": N_("place for the season"),
    "weekly": N_("place of the week"),
    "hand": N_("by hand"),
    "plan": N_("by the plan"),
    "import": N_("from a list"),
}

EVENT_STATES = {
    "confirmed": N_("will take place"),
    "cancelled": N_("cancelled"),
    "postponed": N_("postponed"),
}

PRICES = {
    "free": N_("free of charge"),
    "paid": N_("with tickets"),
    "unknown": N_("price not known"),
}

DAY_KINDS = {
    "ordinary": N_("market day"),
    "fair": N_("fair"),
    "festival": N_("festival"),
}
