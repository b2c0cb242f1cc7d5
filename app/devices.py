"""Telephones and computers in words: "Android phone, Chrome"."""

from app.languages import N_
from app.languages import gettext as _

MACHINES = {
    "ipad": N_("iPad"),
    "iphone": N_("iPhone"),
    "android_phone": N_("Android phone"),
    "android_tablet": N_("Android tablet"),
    "windows": N_("Windows computer"),
    "mac": N_("Mac computer"),
    "chromebook": N_("Chromebook"),
    "linux": N_("Linux computer"),
}
BROWSERS = {
    "samsung": "Samsung Internet",
    "edge": "Edge",
    "opera": "Opera",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
}


def device_name(kept: str) -> str:
    """What `vendors.keys.devices` keeps, as people say it in the reader's language."""
    machine, _between, browser = kept.partition("/")
    name = _(MACHINES[machine]) if machine in MACHINES else _("A telephone or computer")
    return f"{name}, {BROWSERS[browser]}" if browser in BROWSERS else name
