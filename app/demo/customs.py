"""The demonstration's special days: customs of the Latvian year, and a weather note ahead."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from app.demo.days import market_days
from app.demo.places import CLOSES, OPENS
from market.days.holidays import public_holidays
from market.days.models import MarketDay, SpecialDay

FIXED = (
    (6, 22, "fair", "Zāļu tirgus pirms Līgo", "Herb market before Midsummer"),
    (7, 25, "as_usual", "Jēkabi: jaunā maize", "St James: the new bread"),
    (9, 1, "as_usual", "Zinību diena: ziedi", "First day of school: flowers"),
    (9, 29, "fair", "Miķeļdienas tirgus", "Michaelmas fair"),
    (11, 10, "fair", "Mārtiņdienas tirgus", "Martinmas fair"),
    (11, 11, "shorter", "Lāčplēša diena", "Lāčplēsis Day"),
    (11, 25, "as_usual", "Katrīnas", "St Catherine"),
    (12, 19, "fair", "Ziemassvētku tirdziņš", "Christmas fair"),
)
"""Customs with a day of their own; what the market does then is invented. Source: domain.md 6.3."""

BY_EASTER = (
    (-48, "as_usual", "Meteņi", "Shrovetide"),
    (-7, "as_usual", "Pūpolsvētdiena", "Palm Sunday"),
    (-1, "fair", "Lieldienu tirgus", "Easter market"),
)
YEARS = 2
WEATHER = {
    "lv": "Gaidāms sals: dārzeņus un ziedus sedziet, zivju galdi stāv paviljonā.",
    "en": "Frost is coming: cover vegetables and flowers; the fish is in the pavilion.",
}


def write_customs(session: Session, today: date) -> None:
    """Write the special days of this year and the next."""
    for year in range(today.year, today.year + YEARS):
        for month, number, advice, latvian, english in FIXED:
            _write(session, date(year, month, number), advice, latvian, english)
        for days, advice, latvian, english in BY_EASTER:
            _write(session, easter(year) + timedelta(days=days), advice, latvian, english)
    session.flush()


def _write(session: Session, day: date, advice: str, latvian: str, english: str) -> None:
    session.add(SpecialDay(day=day, advice=advice, name={"lv": latvian, "en": english}))


def easter(year: int) -> date:
    """Easter Sunday, as the law's holidays have it."""
    spring = public_holidays(date(year, 3, 1), date(year, 5, 1))
    return next(one.day for one in spring if one.name["lv"].startswith("Pirmās Lieldienas"))


def write_weather(session: Session, site_id: int, today: date) -> None:
    """Write a weather note for the third market day ahead that nothing else is known of."""
    known = set(session.exec(select(col(MarketDay.day)).where(MarketDay.site_id == site_id)))
    ahead = market_days(today + timedelta(days=1), 8)[2:]
    day = next((day for day in ahead if day not in known), None)
    if day is not None:
        row = MarketDay(site_id=site_id, day=day, opens=OPENS, closes=CLOSES, weather=WEATHER)
        session.add(row)
        session.flush()
