"""What a vendor may become, and what follows for stalls and telephones."""

TRANSITIONS = {
    "applied": ("approved", "archived"),
    "approved": ("paused", "archived"),
    "paused": ("approved", "archived"),
    "archived": ("approved",),
}
"""By state what a vendor may become next, the usual way first."""

LEAVES_STALLS = frozenset({"paused", "archived"})
ENDS_TELEPHONES = frozenset({"archived"})


def may_become(state: str) -> tuple[str, ...]:
    """What a vendor in this state may become."""
    return TRANSITIONS.get(state, ())


def is_allowed(before: str, after: str) -> bool:
    """Whether a vendor may go from one state to another."""
    return after in may_become(before)


def leaves_stalls(state: str) -> bool:
    """Whether the stalls of the days to come become free for others."""
    return state in LEAVES_STALLS


def ends_telephones(state: str) -> bool:
    """Whether the vendor's telephones come in no more."""
    return state in ENDS_TELEPHONES
