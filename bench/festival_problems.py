"""Festival days as they could be: streets of stalls and sellers from all Latvia."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from market.planning.problem import (
    Category,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)

GOODS = (
    "honey", "cheese", "meat", "bread", "vegetables", "fruit", "plants", "crafts", "linen",
    "wood", "jewellery", "catering", "sweets", "drinks",
)  # fmt: skip
RESERVED = {"crafts": ("crafts", "linen", "wood"), "kitchen": ("catering", "drinks")}
SHARES = (("season", 0.12), ("regular", 0.26), ("guest", 0.30), ("festival", 0.32))
NEEDING_POWER = {"catering": 0.9, "cheese": 0.6, "meat": 0.6, "drinks": 0.4}


@dataclass(frozen=True)
class Size:
    """How many stalls there are, who applies for them, and how many places they want in all.

    `most` is the largest number of neighbouring stalls that anybody asks for.
    """

    stalls: int
    vendors: int
    wanted: int
    most: int = 3


SIZES = {
    60: Size(60, 80, 110),
    250: Size(250, 144, 650, most=8),
    500: Size(500, 700, 1000),
    2000: Size(2000, 2600, 3900),
}


def festival_problem(size: Size, seed: int = 1) -> Problem:
    """A festival day of this size with wishes, caps, gaps, reserved and closed stalls."""
    random = Random(seed)
    stalls = _stalls(random, size.stalls)
    gaps = frozenset(
        frozenset((one.id, two.id))
        for one, two in pairwise(stalls)
        if one.row == two.row and two.position % 9 == 0
    )
    vendors = _vendors(random, size, stalls, gaps)
    caps = {"honey": 0.06, "jewellery": 0.07, "sweets": 0.05, "catering": 0.10}
    categories = tuple(
        Category(
            name,
            max_stalls=round(size.stalls * caps[name]) + 1 if name in caps else None,
            keep_apart=name in ("honey", "cheese", "jewellery"),
        )
        for name in GOODS
    )
    return Problem("2027-07-17", stalls, vendors, gaps, categories)


def _stalls(random: Random, number: int) -> tuple[PlanningStall, ...]:
    """Rows of 20 to 40; a whole row has power or has not, its corner stalls may have more."""
    stalls: list[PlanningStall] = []
    row = 0
    while len(stalls) < number:
        row += 1
        name = f"R{row:02}"
        length = min(random.randint(20, 40), number - len(stalls))
        power = random.choice((0.0, 0.0, 3.0, 3.0, 9.0))
        width = random.choice((2.5, 3.0, 3.0, 4.0))
        reserved = frozenset(RESERVED["crafts"] if row % 6 == 4 else ())
        reserved = frozenset(RESERVED["kitchen"]) if row % 10 == 7 else reserved
        for position in range(1, length + 1):
            stalls.append(
                PlanningStall(
                    f"{name}-{position:02}",
                    name,
                    position,
                    width_m=width,
                    power_kw=9.0 if position == 1 and power else power,
                    features=frozenset(["roof"] if row % 5 == 0 else []),
                    reserved_for=reserved,
                    blocked=random.random() < 0.015,
                )
            )
    return tuple(stalls)


def _vendors(
    random: Random,
    size: Size,
    stalls: tuple[PlanningStall, ...],
    gaps: frozenset[frozenset[str]],
) -> tuple[PlanningVendor, ...]:
    """So many sellers; those of a season hold stalls, the rest wish for what lies well."""
    popular = [random.random() ** 3 for _ in stalls]
    standings = [name for name, share in SHARES for _ in range(round(size.vendors * share))]
    standings = (standings + ["festival"] * size.vendors)[: size.vendors]
    holdings = _holdings(random, stalls, gaps, standings.count("season"))
    wanted = _numbers_of_places(random, size)
    return tuple(
        _vendor(random, number, standing, wanted[number], stalls, popular, holdings)
        for number, standing in enumerate(standings)
    )


def _numbers_of_places(random: Random, size: Size) -> list[int]:
    """The most places each seller asks for; together as many as are wanted."""
    numbers = [1] * size.vendors
    while sum(numbers) < size.wanted:
        one = random.randrange(size.vendors)
        if numbers[one] < size.most:
            numbers[one] += 1
    return numbers


def _holdings(
    random: Random,
    stalls: tuple[PlanningStall, ...],
    gaps: frozenset[frozenset[str]],
    number: int,
) -> list[tuple[PlanningStall, ...]]:
    """Runs of one or two neighbouring open stalls, no stall in two of them."""
    held: set[str] = set()
    found: list[tuple[PlanningStall, ...]] = []
    while len(found) < number:
        start, length = random.randrange(len(stalls)), random.choice((1, 1, 2))
        run = stalls[start : start + length]
        parted = any(
            one.row != two.row or frozenset((one.id, two.id)) in gaps for one, two in pairwise(run)
        )
        if parted or any(stall.id in held or stall.blocked for stall in run):
            continue
        held.update(stall.id for stall in run)
        found.append(run)
    return found


def _vendor(
    random: Random,
    number: int,
    standing: str,
    most: int,
    stalls: tuple[PlanningStall, ...],
    popular: list[float],
    holdings: list[tuple[PlanningStall, ...]],
) -> PlanningVendor:
    """One seller with goods, needs and wishes."""
    goods = random.choice(GOODS)
    power = (
        random.choice((3.0, 3.0, 9.0)) if random.random() < NEEDING_POWER.get(goods, 0.1) else 0.0
    )
    needs = Needs(
        power_kw=power,
        width_m=random.choice((0.0, 0.0, 2.5, 3.0, 3.0, 4.0)) if random.random() < 0.6 else 0.0,
        features=frozenset(["roof"] if random.random() < 0.03 else []),
    )
    own: tuple[PlanningStall, ...] = ()
    if standing == "season":
        own = holdings.pop()
        least_power = min(stall.power_kw for stall in own)
        needs = Needs(power_kw=min(power, least_power))
        most = max(most, len(own))
    wishes = random.choices(range(len(stalls)), weights=popular, k=random.choice((0, 1, 2, 3, 3)))
    anywhere = random.random() < 0.9
    visits = random.randint(0, 40)
    return PlanningVendor(
        f"v{number:04}",
        standing,
        seniority=number,
        categories=frozenset([goods, random.choice(GOODS)] if random.random() < 0.1 else [goods]),
        own_stalls=tuple(stall.id for stall in own),
        min_stalls=random.choice((1, 1, 1, min(2, most))) if not own else 1,
        max_stalls=most,
        wishes=tuple(dict.fromkeys(stalls[one].id for one in wishes)),
        anywhere=anywhere,
        needs=needs,
        visits=visits,
    )
