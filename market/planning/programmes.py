"""The programmes of a large day: those of the exact planner, on a model that is shared by many."""

from collections.abc import Sequence

import highspy

from market.planning.model import Numbers
from market.planning.solving import Solver


class Programmes(Solver):
    """A shared model in HiGHS with the best plan so far; aims narrow down what is possible."""

    def reach_all(self, aims: Sequence[Numbers]) -> bool:
        """Look for one whole plan that has the best whole value of every aim, as far as linear
        programmes know it; False when there is none, and nothing has changed then."""
        before = self.kept()
        if all(self.narrow(costs) is not None for costs in aims) and self.find_whole():
            return True
        self.back(before)
        return False

    @property
    def impossible(self) -> bool:
        """Whether the last linear programme has shown that no plan is left."""
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)
