"""Which telephone or computer it is, as people would tell it from another one.

Only what helps to recognise an own telephone in a list is kept, such as "android_phone/chrome":
neither its model nor its version.
"""

MACHINES = (
    ("ipad", "ipad"),
    ("iphone", "iphone"),
    ("android_phone", "android mobile"),
    ("android_tablet", "android"),
    ("windows", "windows"),
    ("mac", "macintosh"),
    ("chromebook", "cros"),
    ("linux", "linux"),
)
"""Kinds of machines with the words by which a browser names them, the telling ones first."""

BROWSERS = (
    ("samsung", "samsungbrowser"),
    ("edge", "edg"),
    ("opera", "opr/"),
    ("firefox", "firefox"),
    ("firefox", "fxios"),
    ("chrome", "chrome"),
    ("chrome", "crios"),
    ("safari", "safari"),
)
OTHER = "other"


def device_of(user_agent: str) -> str:
    """The machine and the browser, "android_phone/chrome"; "other" for each that is unknown."""
    said = user_agent.casefold()
    machine = next((kind for kind, words in MACHINES if _all_in(words, said)), OTHER)
    browser = next((kind for kind, word in BROWSERS if word in said), OTHER)
    return f"{machine}/{browser}"


def _all_in(words: str, said: str) -> bool:
    return all(word in said for word in words.split())
