"""Words for the kinds of incidents."""

from app.languages import N_
from app.languages import gettext as _

INCIDENT_KINDS = {
    "damage": N_("damage"),
    "power": N_("power"),
    "water": N_("water"),
    "injury": N_("somebody is hurt"),
    "dispute": N_("quarrel"),
    "cleanliness": N_("cleanliness"),
    "other": N_("something else"),
}


def incident_kind(key: str) -> str:
    """ "elektrība" """
    return _(INCIDENT_KINDS[key])
