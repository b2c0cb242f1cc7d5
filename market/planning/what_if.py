"""What granting a wish would cost: the aim that has ruled it out, read off the planning itself.

After each aim everything is ruled out that no best plan has. So if all columns that would grant
a wish are gone after an aim, granting it makes this aim worse, by one at least, or one before it.
Nothing is solved anew for that.
"""

import numpy as np

from market.planning.aims import WISHES
from market.planning.planning import Planning

INFEASIBLE = "infeasible"
FIRST_WISHES = "wishes.first"

Cost = tuple[str, float, float]
"""An aim, its value now, and the best that it could be then."""


def cost_of_wish(planning: Planning, day: int, vendor: str, stall: str) -> Cost | None:
    """Return the aim that gets worse if a vendor has a stall, its value now and then at best.

    None when nothing is proven, or no aim rules it out. The aim is "infeasible" when hard limits
    forbid it. For wishes the values are how many vendors before this one in the order would
    have a lesser wish: none now, at least one then.
    """
    if not planning.steps or not all(step.reached.proven for step in planning.steps):
        return None
    model = planning.model
    granting = np.array(
        [one for one in model.on(day, vendor) if stall in (model.columns[one].run or ())],
        dtype=np.int64,
    )
    after = [*(step.before for step in planning.steps), planning.solver.limits]
    gone = [not np.any(limits.upper[granting] > 0.5) for limits in after]
    if True not in gone:
        return None
    place = gone.index(True)
    if place == 0:
        return INFEASIBLE, 0.0, 1.0
    step = planning.steps[place - 1]
    if step.aim.name == WISHES:
        return FIRST_WISHES, 0.0, 1.0
    now = abs(step.reached.value)
    return step.aim.name, now, now - 1.0 if step.aim.better == "more" else now + 1.0
