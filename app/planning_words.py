"""Why a place was given or not, in whole sentences: the planner's reasons for whoever reads them.

Sentences speak of a vendor and never to one, so the same ones stand in a letter, on a page of
the office and on paper. Only vendors who have a place are named: their name stands on its sign.
"""

from collections.abc import Callable, Mapping, Sequence

from app.languages import N_, ngettext, number, pgettext
from app.languages import gettext as _
from app.names import CATEGORIES
from app.planning_aims_said import before_said, class_said, harmed_said, ruled_out_said
from app.planning_faults_said import bad_data_said
from market.planning.answer import Placed, Reason, Refused, Why

Facts = Mapping[str, object]
Names = Mapping[str, str]

FEATURES = {
    "roof": N_("a roof"),
    "water": N_("water"),
    "cooling": N_("cooling"),
    "vehicle": N_("room for a vehicle"),
    "fire": N_("room for open fire"),
    "tent": N_("room for a tent"),
}


def sentences_of(one: Placed | Refused, names: Names, numbers: Names | None = None) -> list[str]:
    """What decided, and one sentence or two for each better wish, in the reader's language.

    `names` are vendors' names by identity, `numbers` the numbers of stalls by identity; what is
    missing there is said by its identity.
    """
    words = _Words(names, numbers or {})
    if isinstance(one, Placed):
        first = [_of_placement(one, words)]
    else:
        first = _of_refusal(one.reason, words)
    return [*first, *(_of_why(why, words) for why in one.reason.better)]


def sentence_of_why(why: Why, names: Names, numbers: Names | None = None) -> str:
    """Why one better wish was not granted."""
    return _of_why(why, _Words(names, numbers or {}))


class _Words:
    """Names of vendors and numbers of stalls."""

    def __init__(self, names: Names, numbers: Names) -> None:
        self.names = names
        self.numbers = numbers

    def vendor(self, facts: Facts, name: str = "vendor") -> str:
        """The name of the vendor of a fact."""
        known = str(facts.get(name, ""))
        return self.names.get(known, known)

    def stall(self, identity: str) -> str:
        """The number of a stall."""
        return self.numbers.get(identity, identity)


def listed(parts: Sequence[str]) -> str:
    """ "A1, A2 un A3" """
    if len(parts) < 2:
        return "".join(parts)
    first, last = ", ".join(parts[:-1]), parts[-1]
    return pgettext("a list", "%(first)s and %(last)s", first=first, last=last)


def _number(facts: Facts, name: str) -> str:
    value = facts.get(name, 0)
    return number(float(value)) if isinstance(value, int | float) else str(value)


def _count(facts: Facts, name: str) -> int:
    value = facts.get(name, 0)
    return value if isinstance(value, int) else 0


def _goods(facts: Facts) -> str:
    known = str(facts.get("category", ""))
    return _(CATEGORIES[known]).lower() if known in CATEGORIES else known


def _features(facts: Facts, name: str) -> str:
    found = facts.get(name, ())
    keys = [str(key) for key in found] if isinstance(found, list | tuple) else []
    return listed([_(FEATURES[key]) if key in FEATURES else key for key in keys])


# What somebody got.


def _of_placement(one: Placed, words: _Words) -> str:
    stalls = listed([words.stall(stall) for stall in one.stalls])
    code, wish = one.reason.code, _count(one.reason.facts, "wish")
    if code == "pin":
        return _("%(stalls)s: placed by the market office by hand.", stalls=stalls)
    if code == "own":
        return _("%(stalls)s: the vendor's own place.", stalls=stalls)
    if code == "wish" and wish == 1:
        return _("%(stalls)s: the first wish.", stalls=stalls)
    if code == "wish":
        return _("%(stalls)s: wish no. %(wish)s.", stalls=stalls, wish=wish)
    if one.reason.better:
        return _(
            "%(stalls)s: another place that will do, as no wish could be granted.", stalls=stalls
        )
    return _("%(stalls)s: a place that will do; none was wished.", stalls=stalls)


# Why somebody got nothing.


def _of_refusal(reason: Reason, words: _Words) -> list[str]:
    facts = reason.facts
    if reason.code == "needs":
        return [_of_needs(facts)]
    if reason.code == "cap":
        most = _number(facts, "max")
        return [
            _(
                "%(goods)s: at most %(most)s places, and all are given.",
                goods=_capital(_goods(facts)),
                most=most,
            )
        ]
    if reason.code == "only_wished":
        return [_("Only wished places would be taken, and none of them was to be had.")]
    if reason.code == "full":
        return _of_full(facts, words)
    return bad_data_said(facts, words.names, words.numbers)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_needs(facts: Facts) -> str:
    what = facts.get("what")
    need, have = _number(facts, "need"), _number(facts, "have")
    if what == "power":
        return _(
            "There is no place with %(need)s kW: the most is %(have)s kW.", need=need, have=have
        )
    if what == "width":
        return _(
            "There is no place %(need)s m wide: the widest has %(have)s m.", need=need, have=have
        )
    if what == "features":
        return _("There is no place that offers %(missing)s.", missing=_features(facts, "missing"))
    if what == "together":
        return _("There is no place that offers all of it: %(asked)s.", asked=_asked(facts))
    return ngettext(
        "There is no place with all that is needed.",
        "There are no %(num)s places side by side with all that is needed.",
        _count(facts, "need"),
    )


def _asked(facts: Facts) -> str:
    """ "3 kW, 4 m, jumts" """
    parts = []
    if "power_kw" in facts:
        parts.append(_("%(number)s kW", number=_number(facts, "power_kw")))
    if "width_m" in facts:
        parts.append(_("%(number)s m", number=_number(facts, "width_m")))
    if "features" in facts:
        parts.append(_features(facts, "features"))
    return ", ".join(parts)


def _of_full(facts: Facts, words: _Words) -> list[str]:
    """Nothing was free: how the places that would do are taken, and by whom last."""
    return [_nothing_free(facts), *_how_taken(facts), *_last_before(facts, words)]


def _nothing_free(facts: Facts) -> str:
    asked = _asked(facts)
    if set(facts) & {"need", "width_m", "features"} or not asked:
        said = ngettext(
            "No place was free.",
            "No %(num)s places side by side were free.",
            _count(facts, "need") or 1,
        )
        return _("%(said)s Needed: %(asked)s.", said=said, asked=asked) if asked else said
    return _("No place with %(kw)s kW was free.", kw=_number(facts, "power_kw"))


def _how_taken(facts: Facts) -> list[str]:
    places, taken = _count(facts, "places"), _count(facts, "taken")
    if not taken:
        return []
    if taken == places:
        said = ngettext(
            "The only place that will do is with a vendor who comes first by the order.",
            "All %(num)s places that will do are with vendors who come first by the order.",
            places,
        )
    else:
        said = ngettext(
            "Of the %(places)s places that will do %(num)s is with a vendor who comes first by the order.",  # noqa: E501
            "Of the %(places)s places that will do %(num)s are with vendors who come first by the order.",  # noqa: E501
            taken,
            places=places,
        )
    return [said]


def _last_before(facts: Facts, words: _Words) -> list[str]:
    if "least" not in facts:
        return []
    last = words.vendor(facts, "least")
    is_only = _count(facts, "earlier") + _count(facts, "senior") == 1
    if "theirs_visits" not in facts:
        said = N_("%(vendor)s has it.") if is_only else N_("The last of them is %(vendor)s.")
        return [_(said, vendor=last)]
    theirs, mine = _number(facts, "theirs_visits"), _number(facts, "mine_visits")
    if is_only:
        said = N_("%(vendor)s has it: %(theirs)s visits against %(mine)s.")
    else:
        said = N_("The last of them, %(vendor)s: %(theirs)s visits against %(mine)s.")
    return [_(said, vendor=last, theirs=theirs, mine=mine)]


# Why a better wish was not granted.


def _of_why(why: Why, words: _Words) -> str:
    at = str(why.facts.get("at", why.stall))
    stall = words.stall(at)
    said = WHYS.get(why.code, _best_found)
    sentence = said(why.facts, stall, words)
    if at == why.stall:
        return sentence
    more = _("%(stall)s: a place beside it is needed too.", stall=words.stall(why.stall))
    return f"{more} {sentence}"


def _blocked(_facts: Facts, stall: str, _words: _Words) -> str:
    return _("%(stall)s: closed on this day.", stall=stall)


def _power(facts: Facts, stall: str, _words: _Words) -> str:
    need, have = _number(facts, "need"), _number(facts, "have")
    if not facts.get("have"):
        return _("%(stall)s: no power there, %(need)s kW are needed.", stall=stall, need=need)
    return _(
        "%(stall)s: %(have)s kW there, %(need)s kW are needed.", stall=stall, have=have, need=need
    )


def _width(facts: Facts, stall: str, _words: _Words) -> str:
    need, have = _number(facts, "need"), _number(facts, "have")
    return _(
        "%(stall)s: %(have)s m wide, %(need)s m are needed.", stall=stall, have=have, need=need
    )


def _features_missing(facts: Facts, stall: str, _words: _Words) -> str:
    missing = _features(facts, "missing")
    return _("%(stall)s: it does not have %(missing)s.", stall=stall, missing=missing)


def _no_run(facts: Facts, stall: str, _words: _Words) -> str:
    return ngettext(
        "%(stall)s: it does not offer all that is needed.",
        "%(stall)s: no %(num)s places side by side there offer all that is needed.",
        _count(facts, "need"),
        stall=stall,
    )


def _not_all_wished(_facts: Facts, stall: str, _words: _Words) -> str:
    return _("%(stall)s: the places beside it that are needed too were not wished.", stall=stall)


def _own_pin(_facts: Facts, stall: str, _words: _Words) -> str:
    return _("%(stall)s: the market office chose another place by hand.", stall=stall)


def _pin(facts: Facts, stall: str, words: _Words) -> str:
    vendor = words.vendor(facts)
    return _(
        "%(stall)s: the market office placed %(vendor)s there by hand.", stall=stall, vendor=vendor
    )


def _holder(facts: Facts, stall: str, words: _Words) -> str:
    vendor = words.vendor(facts)
    return _("%(stall)s is held by the season's holder, %(vendor)s.", stall=stall, vendor=vendor)


def _keeps(facts: Facts, stall: str, _words: _Words) -> str:
    return ngettext(
        "%(stall)s: moving there would cost the own place.",
        "%(stall)s: moving there would cost one of the %(num)s own places.",
        _count(facts, "own"),
        stall=stall,
    )


def _class(facts: Facts, stall: str, words: _Words) -> str:
    theirs, mine = class_said(str(facts.get("theirs"))), before_said(str(facts.get("mine")))
    return _(
        "%(stall)s: %(vendor)s comes first, %(theirs)s before %(mine)s.",
        stall=stall,
        vendor=words.vendor(facts),
        theirs=theirs,
        mine=mine,
    )


def _senior(facts: Facts, stall: str, words: _Words) -> str:
    vendor = words.vendor(facts)
    if "theirs_visits" not in facts:
        return _(
            "%(stall)s: %(vendor)s is there, earlier in the written order.",
            stall=stall,
            vendor=vendor,
        )
    if facts["theirs_visits"] == facts["mine_visits"]:
        return _(
            "%(stall)s: %(vendor)s has as many visits and was here earlier.",
            stall=stall,
            vendor=vendor,
        )
    theirs, mine = _number(facts, "theirs_visits"), _number(facts, "mine_visits")
    return _(
        "%(stall)s: %(vendor)s has more visits, %(theirs)s against %(mine)s.",
        stall=stall,
        vendor=vendor,
        theirs=theirs,
        mine=mine,
    )


def _reserved(facts: Facts, stall: str, words: _Words) -> str:
    return _(
        "%(stall)s is reserved (%(goods)s), and %(vendor)s wants it.",
        stall=stall,
        goods=_goods(facts),
        vendor=words.vendor(facts),
    )


def _cap(facts: Facts, stall: str, _words: _Words) -> str:
    return _(
        "%(stall)s: %(goods)s already have all their %(most)s places.",
        stall=stall,
        goods=_goods(facts),
        most=_number(facts, "max"),
    )


def _with_whom(facts: Facts, stall: str, words: _Words, said: str) -> str:
    """What is said of a stall, and before it who is there, if anybody."""
    if "vendor" not in facts:
        return _("%(stall)s: %(said)s.", stall=stall, said=said)
    vendor = words.vendor(facts)
    return _("%(stall)s: %(vendor)s is there; %(said)s.", stall=stall, vendor=vendor, said=said)


def _best_found(facts: Facts, stall: str, words: _Words) -> str:
    return _with_whom(facts, stall, words, _("no better plan was found in the time given"))


def _aim(facts: Facts, stall: str, words: _Words) -> str:
    return _with_whom(facts, stall, words, harmed_said(str(facts.get("aim"))))


def _not_proven(facts: Facts, stall: str, words: _Words) -> str:
    return _with_whom(facts, stall, words, ruled_out_said(str(facts.get("aim"))))


WHYS: Mapping[str, Callable[[Facts, str, _Words], str]] = {
    "blocked": _blocked,
    "power": _power,
    "width": _width,
    "features": _features_missing,
    "no_run": _no_run,
    "not_all_wished": _not_all_wished,
    "pin": _pin,
    "own_pin": _own_pin,
    "holder": _holder,
    "keeps": _keeps,
    "class": _class,
    "senior": _senior,
    "reserved": _reserved,
    "cap": _cap,
    "aim": _aim,
    "not_proven": _not_proven,
    "best_found": _best_found,
}
