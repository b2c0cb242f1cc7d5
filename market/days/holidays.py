"""Public holidays of Latvia, days moved for them, and what a market may do on them.

The days are those of the package `holidays`, which follows the law "Par svētku, atceres un
atzīmējamām dienām" with the government's orders on moved working days. What the market does is a
suggestion of ours, for the office to accept or not.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from market.days.hours import Open

LANGUAGES = {"lv": "lv", "en": "en_US"}
MOVED = ("pārcelta", "substituted")
CLOSED, SHORTER, AS_USUAL, FAIR = "closed", "shorter", "as_usual", "fair"

BY_DATE = {
    (1, 1): CLOSED,
    (6, 23): FAIR,
    (6, 24): CLOSED,
    (11, 18): SHORTER,
    (12, 24): SHORTER,
    (12, 25): CLOSED,
    (12, 26): CLOSED,
    (12, 31): SHORTER,
}
"""The holidays with a day of their own. Līgo is the day of the herb market (Zāļu diena)."""
EARLIER = timedelta(hours=2)
SHORTEST = timedelta(hours=2)
FAIR_HOURS = (time(9), time(15))


@dataclass(frozen=True)
class Holiday:
    """A public holiday, or a working day that is free because it was moved."""

    day: date
    name: dict[str, str]
    is_moved: bool = False

    @property
    def advice(self) -> str:
        """What a market may do: closed, shorter, fair or as_usual."""
        if self.is_moved:
            return AS_USUAL
        if "Lieldienas" in self.name["lv"] and "Pirm" in self.name["lv"]:
            return CLOSED
        return BY_DATE.get((self.day.month, self.day.day), AS_USUAL)


def public_holidays(first: date, last: date) -> tuple[Holiday, ...]:
    """The holidays from the first to the last day, in their order."""
    from holidays import country_holidays

    years = range(first.year, last.year + 1)
    named = {
        language: country_holidays("LV", years=years, language=of_package)
        for language, of_package in LANGUAGES.items()
    }
    return tuple(
        Holiday(
            day,
            {language: str(names.get(day, name)) for language, names in named.items()},
            any(mark in str(name) for mark in MOVED),
        )
        for day, name in sorted(named["lv"].items())
        if first <= day <= last
    )


def shorter(usual: Open) -> tuple[time, time]:
    """Opening hours that end two hours earlier, but last two hours at least."""
    opens = datetime.combine(usual.day, usual.opens)
    closes = datetime.combine(usual.day, usual.closes)
    ends = max(closes - EARLIER, min(opens + SHORTEST, closes))
    return usual.opens, ends.time()


def hours_for(advice: str, usual: Open | None) -> tuple[time, time] | None:
    """The hours of a day that follows some advice; None for closed."""
    if advice == CLOSED:
        return None
    if usual is None:
        return FAIR_HOURS
    return shorter(usual) if advice == SHORTER else (usual.opens, usual.closes)
