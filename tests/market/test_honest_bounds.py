"""What is said of a plan that was found in another way than the proofs."""

from market.planning.answer import Aim
from market.planning.proposal import _honest


def test_a_bound_holds_as_long_as_all_aims_before_are_the_same():
    proven = (
        Aim("placed.season", 5, 5, True),
        Aim("placed.guest", 2, 2, True),
        Aim("seniority.guest", 9, 9, True, "less"),
    )
    reached = (
        Aim("placed.season", 5, 12, False),
        Aim("placed.guest", 7, 6, False),
        Aim("seniority.guest", 30, 40, False, "less"),
    )
    assert _honest(proven, reached) == (
        Aim("placed.season", 5, 5, True),
        Aim("placed.guest", 7, 7, False),
        Aim("seniority.guest", 30, 30, False, "less"),
    )


def test_a_bound_that_is_not_proven_is_not_taken_over():
    proven = (Aim("placed.guest", 181, 3, False),)
    reached = (Aim("placed.guest", 181, 190, False),)
    assert _honest(proven, reached) == reached
