"""The rules of places in the order in which they count, each with examples that run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.languages import N_, ngettext, number, pgettext
from app.languages import gettext as _
from app.names import category
from app.planning_aims_said import class_said
from app.planning_words import FEATURES, listed, sentences_of
from market.planning.answer import Placed
from market.planning.worked_examples import Example, examples


@dataclass(frozen=True)
class Rule:
    """A rule: its headline, what it says, and the names of its examples with their headlines."""

    title: str
    words: str
    examples: Mapping[str, str]


RULES = (
    Rule(
        N_("What a place must have"),
        N_(
            "A place is given only to somebody it will do for: it has the power, the "
            "width and all else that is needed, and it is not closed. Several places of "
            "one vendor stand side by side, with no passage between them. Of some goods "
            "only so many places are given. What the market office decides by hand "
            "stays."
        ),
        {
            "01-power": N_("If only one place has power"),
            "02-cap": N_("If goods have their full number of places"),
            "03-gap": N_("If there is a passage between places"),
            "04-by-hand": N_("If the office has placed somebody by hand"),
        },
    ),
    Rule(
        N_("Who holds a place keeps it"),
        N_("A season vendor keeps the own places, or moves to a wished one without losing any."),
        {"05-holder": N_("If a guest wishes a place that is held")},
    ),
    Rule(
        N_("Reserved places"),
        N_(
            "Some places are reserved for certain goods. Others get them only if nobody "
            "with these goods wants them."
        ),
        {
            "06-reserved": N_("If two wish a reserved place"),
            "07-reserved-open": N_("If nobody wants a reserved place"),
        },
    ),
    Rule(
        N_("As many vendors as possible"),
        N_(
            "First as many as possible have a place: season vendors, then regular ones, "
            "then guests, then those who come for a festival only. Within a group the "
            "senior come first: guests by their visits, and with equally many visits "
            "whoever had the poorer places so far."
        ),
        {
            "08-make-room": N_("If somebody would be left without a place"),
            "10-seniority": N_("If there is one place for two"),
        },
    ),
    Rule(
        N_("One place for each before a second one"),
        N_(
            "Everybody has as many places as they need at least, before anybody has "
            "more. Then one more each, in rounds."
        ),
        {"11-minimum-first": N_("If somebody would like two places")},
    ),
    Rule(
        N_("Wishes"),
        N_(
            "Wishes are granted by the same order: earlier groups first, within a group the senior."
        ),
        {
            "12-two-wish": N_("If two wish the same place"),
            "09-class": N_("If a guest has more visits than a regular vendor"),
            "13-only-wished": N_("If somebody takes nothing but the wished place"),
        },
    ),
    Rule(
        N_("The same goods apart"),
        N_(
            "Where nothing of the above is harmed, vendors of the same goods do not "
            "stand side by side."
        ),
        {"14-apart": N_("If two sell honey")},
    ),
    Rule(
        N_("As little change as possible"),
        N_(
            "Who had a place before keeps it where that harms nothing of the above. "
            "When a day has begun, and rain closes a row, this comes before wishes: as "
            "few as possible move."
        ),
        {"15-rain": N_("If rain closes a place")},
    ),
)


@dataclass(frozen=True)
class ToldVendor:
    """Who it is and wanted what; what they got (nothing: no place), and why."""

    name: str
    wanted: str
    got: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ToldExample:
    """An example in words: its places, and its vendors in their order."""

    key: str
    title: str
    places: tuple[str, ...]
    vendors: tuple[ToldVendor, ...]


def told_rules() -> Iterator[tuple[str, str, list[ToldExample]]]:
    """Yield the rules in the reader's language: headline, words, examples."""
    known = examples()
    for rule in RULES:
        told = [_told(known[key], _(title)) for key, title in rule.examples.items()]
        yield _(rule.title), _(rule.words), told


def _told(example: Example, title: str) -> ToldExample:
    problem = example.problem
    gaps = dict(problem["gaps"])
    vendors = {one["id"]: one for one in problem["vendors"]}
    hands = {pin["vendor"] for pin in problem["pins"]}
    before = {one["vendor"]: one["stalls"] for one in problem["previous"]}
    told = [
        ToldVendor(
            example.names[one.vendor],
            _wanted(vendors[one.vendor], one.vendor in hands, before.get(one.vendor, [])),
            listed(one.stalls) if isinstance(one, Placed) else "",
            tuple(sentences_of(one, example.names)),
        )
        for one in example.results
    ]
    places = [_place(one, gaps.get(one["id"])) for one in problem["stalls"]]
    places += [
        _("%(goods)s: at most %(most)s places", goods=category(one["id"]), most=one["max_stalls"])
        for one in problem["categories"]
        if one["max_stalls"] is not None
    ]
    return ToldExample(example.key, title, tuple(places), tuple(told))


def _place(stall: Mapping[str, Any], beyond: str | None) -> str:
    """A place with what matters of it: "S3: 3 kW"."""
    parts = [_(FEATURES[one]) for one in stall["features"] if one in FEATURES]
    if stall["power_kw"]:
        parts.append(_("%(number)s kW", number=number(stall["power_kw"])))
    if stall["blocked"]:
        parts.append(pgettext("a place", "closed"))
    if stall["reserved_for"]:
        goods = listed([category(one).lower() for one in stall["reserved_for"]])
        parts.append(_("reserved for: %(goods)s", goods=goods))
    if beyond:
        parts.append(_("a passage between it and %(stall)s", stall=beyond))
    return f"{stall['id']}: {', '.join(parts)}" if parts else str(stall["id"])


def _wanted(vendor: Mapping[str, Any], by_hand: bool, before: list[str]) -> str:
    """Who somebody is and what they wanted: "viesis, 31 apmeklējums; vēlas S3"."""
    who = [class_said(vendor["class"])]
    if vendor.get("visits") is not None:
        who.append(ngettext("%(num)s visit", "%(num)s visits", vendor["visits"]))
    who += [category(one).lower() for one in vendor["categories"]]
    wants = [", ".join(who)]
    if vendor["own_stalls"]:
        wants.append(_("holds %(stalls)s", stalls=listed(vendor["own_stalls"])))
    if vendor["needs"]["power_kw"]:
        wants.append(_("needs %(kw)s kW", kw=number(vendor["needs"]["power_kw"])))
    if vendor["min_stalls"] > 1:
        wants.append(
            ngettext(
                "needs %(num)s place", "needs %(num)s places side by side", vendor["min_stalls"]
            )
        )
    elif vendor["max_stalls"] > 1:
        wants.append(
            ngettext(
                "would take %(num)s place", "would take up to %(num)s places", vendor["max_stalls"]
            )
        )
    if before:
        wants.append(_("had %(stalls)s", stalls=listed(before)))
    if by_hand:
        wants.append(_("placed by hand"))
    wants += _wishes(vendor)
    return "; ".join(wants)


def _wishes(vendor: Mapping[str, Any]) -> list[str]:
    wishes = vendor["wishes"]
    if not vendor["anywhere"]:
        return [_("takes %(stalls)s only", stalls=listed([*vendor["own_stalls"], *wishes]))]
    if len(wishes) > 1:
        return [
            _("wishes first %(first)s, then %(then)s", first=wishes[0], then=listed(wishes[1:]))
        ]
    return [_("wishes %(stall)s", stall=wishes[0])] if wishes else []
