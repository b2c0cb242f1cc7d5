"""The words for how a sign was found."""

from app.languages import N_, gettext

SIGN_STATES = {
    "fine": N_("the sign is fine"),
    "worn": N_("worn"),
    "covered": N_("covered"),
    "missing": N_("missing"),
    "elsewhere": N_("hangs elsewhere"),
    "silent": N_("silent today"),
    "unchecked": N_("not checked yet"),
    "none": N_("no sign"),
}


def sign_state(state: str) -> str:
    """How a sign was found, in the reader's language."""
    return gettext(SIGN_STATES[state])
