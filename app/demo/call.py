"""The demonstration's calls: of the rose festival, and of a Christmas fair that is close.

The rose festival's window is still to come, so its page shows a call before it opens; the fair's
window is over, so that there is something to review and to plan. Prices and criteria are invented.
"""

from datetime import date, time, timedelta

from sqlmodel import Session

from app.demo.occasions import days_of
from market.days.models import Festival, FestivalFields
from market.festivals.models import (
    Call,
    CallCategory,
    CallCategoryFields,
    CallDocument,
    CallFields,
    CallPrice,
    CallPriceFields,
    CallQuestion,
    CallZone,
)
from market.places.models import Zone
from vendors.fields import Words, identity

THIRD_ADVENT = {"advent": 14}
CLOSED_BEFORE = timedelta(days=9)
CRITERIA: Words = {
    "lv": """1. Vispirms vietu saņem tie, kas savu preci gatavo vai audzē paši.
2. No viņiem vispirms tie, kam ir visi prasītie dokumenti.
3. Tad tie, kas biežāk bijuši Tukuma svētkos.
4. Tad tie, kas tajos retāk nav ieradušies nepaziņojot.
5. Ja viss ir vienāds, izlozē pēc zemāk publicētā vārda, un izlozi katrs var atkārtot.
Vienas preču grupas vietu skaits ir ierobežots, lai katrs atrastu savu pircēju.""",
    "en": """1. Those who make or grow their goods themselves come first.
2. Of them, those who have all the documents that are wanted.
3. Then those who were at more festivals in Tukums.
4. Then those who missed fewer days there without saying so.
5. If all is equal, lots are drawn from the word published below, and anybody can draw again.
The places for one group of goods are limited, so that everybody finds their buyers.""",
}
PRACTICAL: Words = {
    "lv": "Iebraukt drīkst no plkst. 6.00, auto aizved līdz plkst. 9.00. Vietas ar elektrību ir "
    "tikai daļa, tāpēc rakstiet, cik kilovatu tiešām vajag. Demonstrācija: viss izdomāts.",
    "en": "You may drive in from 6:00 and take the car away by 9:00. Only some places have power, "
    "so write how many kilowatts you really need. Demonstration: all of this is invented.",
}
ROSE_CATEGORIES = (
    ("crafts", 24, False),
    ("flowers", 8, True),
    ("seedlings", 4, True),
    ("honey", 3, True),
    ("bread", 3, True),
    ("cheese", 3, True),
    ("pastry", 4, True),
    ("preserves", 4, False),
    ("drinks", 4, True),
    ("meat", 3, True),
    ("fish", 2, True),
)
FAIR_CATEGORIES = (
    ("crafts", 10, False),
    ("honey", 2, True),
    ("bread", 2, True),
    ("cheese", 2, True),
    ("pastry", 3, True),
    ("preserves", 2, False),
    ("drinks", 3, True),
    ("meat", 2, True),
    ("fish", 2, True),
    ("flowers", 2, False),
)

Line = tuple[str, str, str, str | None, float | None, float | None, int, int | None, int | None]
"""Latvian and English name, unit, goods, more than and up to kW; full, own-made, social price."""

PRICES: tuple[Line, ...] = (
    ("Vieta", "Place", "place_day", None, None, None, 1500, 800, 500),
    (
        "Karsto dzērienu vieta",
        "Place for hot drinks",
        "place_day",
        "drinks",
        None,
        None,
        2000,
        None,
        None,
    ),
    ("Elektrība līdz 3 kW", "Power up to 3 kW", "kw_day", None, None, 3, 360, None, None),
    ("Elektrība 3–7 kW", "Power of 3 to 7 kW", "kw_day", None, 3, 7, 840, None, None),
    ("Auto pie vietas", "Vehicle at the place", "vehicle_day", None, None, None, 1000, None, 500),
)
DOCUMENTS: tuple[tuple[str, str, bool, str | None], ...] = (
    ("Saimnieciskās darbības reģistrācija", "Registration of economic activity", True, None),
    ("PVD reģistrācijas numurs", "Register number of PVD (food authority)", True, "pastry"),
    ("Ugunsdzēšamā aparāta pārbaude", "Check of the fire extinguisher", False, None),
)
QUESTIONS: tuple[tuple[str, str, str, bool], ...] = (
    ("Ko rādīsiet vai ļausiet izmēģināt pie savas vietas?", "What will you show or let people try "
     "at your place?", "text", False),
    ("Vai varat palikt līdz programmas beigām?", "Can you stay until the end of the programme?",
     "yes_no", True),
)  # fmt: skip


def write_rose_call(session: Session, festival: Festival, zones: list[Zone]) -> Call:
    """Write the call of the rose festival, open for two weeks in spring; the caller commits."""
    year = festival.first_day.year
    fields = CallFields(
        opens_on=date(year, 3, 29),
        opens_at=time(9),
        closes_on=date(year, 4, 11),
        closes_at=time(18),
        intro={
            "lv": "Aicinām amatniekus, mājražotājus un audzētājus uz Rožu svētkiem. Visi "
            "noteikumi ir šeit jau pirms pieteikšanās sākuma; pirmais nebūs labāks par pēdējo.",
            "en": "We invite craftspeople, home producers and growers to the Rose Festival. All "
            "the rules stand here before applications begin; the first is no better than the last.",
        },
        criteria=CRITERIA,
        practical=PRACTICAL,
        lot=f"Rožu vainags {year}",
        answer_by=date(year, 5, 15),
    )
    return _write(session, festival, fields, zones, ROSE_CATEGORIES)


def write_fair(session: Session, today: date) -> Festival:
    """Write the Christmas fair that is on or comes next; the caller commits."""
    sundays = days_of(THIRD_ADVENT, today, today + timedelta(days=400))
    last_day = sundays[0]
    fields = FestivalFields(
        slug=f"ziemassvetku-tirdzins-{last_day.year}",
        name={
            "lv": f"Ziemassvētku tirdziņš {last_day.year}",
            "en": f"Christmas Fair {last_day.year}",
        },
        first_day=last_day - timedelta(days=2),
        last_day=last_day,
        intro={
            "lv": "Trīs dienas Katrīnas laukumā: piparkūkas, vilnas zeķes, medus, sveces un egle.",
            "en": "Three days in Katrīnas laukums: gingerbread, woollen socks, honey, candles and "
            "a Christmas tree.",
        },
    )
    fair = Festival(**fields.model_dump())
    session.add(fair)
    session.flush()
    return fair


def write_fair_call(session: Session, fair: Festival, zone: Zone, today: date) -> Call:
    """Write the call of the fair; its window was over some days ago. The caller commits."""
    closes = min(fair.first_day - timedelta(days=26), today - CLOSED_BEFORE)
    fields = CallFields(
        opens_on=closes - timedelta(days=13),
        opens_at=time(9),
        closes_on=closes,
        closes_at=time(18),
        intro={
            "lv": "Divdesmit namiņi ap egli. Namiņu dodam mēs, gaismu un siltumu – Jūs.",
            "en": "Twenty huts around the tree. We give the hut, you bring light and warmth.",
        },
        criteria=CRITERIA,
        practical=PRACTICAL,
        lot=f"Katrīnas egle {fair.first_day.year}",
        answer_by=closes + timedelta(days=14),
    )
    return _write(session, fair, fields, [zone], FAIR_CATEGORIES)


def _write(
    session: Session,
    festival: Festival,
    fields: CallFields,
    zones: list[Zone],
    categories: tuple[tuple[str, int, bool], ...],
) -> Call:
    call = Call(festival_id=identity(festival), published=True, **fields.model_dump())
    session.add(call)
    session.flush()
    call_id = identity(call)
    session.add_all(CallZone(call_id=call_id, zone_id=identity(zone)) for zone in zones)
    for category, most, apart in categories:
        limits = CallCategoryFields(category=category, max_stalls=most, keep_apart=apart)
        session.add(CallCategory(call_id=call_id, **limits.model_dump()))
    for latvian, english, unit, goods, more_than, up_to, full, own_made, social in PRICES:
        line = CallPriceFields(
            name={"lv": latvian, "en": english},
            unit=unit,
            category=goods,
            from_kw=more_than,
            up_to_kw=up_to,
            cents=full,
            own_made_cents=own_made,
            social_cents=social,
        )
        session.add(CallPrice(call_id=call_id, **line.model_dump()))
    for latvian, english, required, goods in DOCUMENTS:
        name = {"lv": latvian, "en": english}
        session.add(CallDocument(call_id=call_id, name=name, required=required, category=goods))
    for place, (latvian, english, kind, required) in enumerate(QUESTIONS, start=1):
        words = {"lv": latvian, "en": english}
        session.add(
            CallQuestion(call_id=call_id, words=words, kind=kind, required=required, position=place)
        )
    session.flush()
    return call
