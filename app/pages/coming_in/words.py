"""What the door says when a key does not open: what is wrong, and what to do now."""

from datetime import datetime, timedelta

from app.clock import local
from app.languages import at_time, ngettext, on_day_from
from app.languages import gettext as _
from app.pages.coming_in.opening import Refusal


def no_email() -> str:
    """An address that cannot be one."""
    return _("Please type your whole e-mail address, such as anna@example.lv.")


def sentence_of(refusal: Refusal, at: datetime) -> str:
    """Why it does not open, and what to do."""
    if refusal.field == "card":
        return _about_card(refusal.reason)
    if refusal.field == "pin":
        return _about_pin(refusal, at)
    return _about_code(refusal.reason)


def _about_card(reason: str) -> str:
    sentences = {
        "length": _("The number on the card has 24 characters in six groups. Please look again."),
        "characters": _(
            "A card's number has no 0, O, 1, I and L. Please compare it with the card once more."
        ),
        "check": _(
            "One character is not right, or two are swapped. Please compare it with the card."
        ),
        "revoked": _(
            "This card opens no more: a newer one was made, or it was given up. Take the newest"
            " card, or ask the market's office."
        ),
        "closed": _("This stall is closed in our books. Please speak to the market's office."),
    }
    return sentences.get(
        reason,
        _("We do not know this card. Please compare the number, or ask the market's office."),
    )


def _about_pin(refusal: Refusal, at: datetime) -> str:
    if refusal.reason == "no_pin":
        return _("The PIN has six digits. It is on the slip that came with the card.")
    if refusal.reason == "over":
        return _(
            "Too many wrong PINs were tried with this card. Please ask the market's office for a"
            " new one; a telephone that is already in stays in."
        )
    if refusal.chance.until is not None:
        return _(
            "The PIN was wrong too often. Please try again %(when)s.",
            when=when_again(refusal.chance.until, at),
        )
    return ngettext(
        "The PIN is not right. You have %(num)s attempt left.",
        "The PIN is not right. You have %(num)s attempts left.",
        refusal.chance.left,
    )


def when_again(until: datetime, at: datetime) -> str:
    """From when one may try again, in minutes that are over then: "šodien plkst. 10.06"."""
    rounded = local(until + timedelta(seconds=59)).replace(second=0, microsecond=0)
    return f"{on_day_from(rounded.date(), local(at).date())} {at_time(rounded.time())}"


def _about_code(reason: str) -> str:
    sentences = {
        "length": _(
            "A code of the office has 8 characters, one from a letter has 12. Please look again."
        ),
        "characters": _("A code has no 0, O, 1, I and L. Please compare it once more."),
        "used": _("This code or link was used already. Ask for a new one."),
        "expired": _("The time of this code or link is over. Ask for a new one."),
        "closed": _("This stall is closed in our books. Please speak to the market's office."),
        "busy": _("Too many wrong codes are being tried just now. Please try again in a minute."),
    }
    return sentences.get(reason, _("We do not know this code. Please compare it once more."))
