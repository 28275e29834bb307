"""A skill of your own: a curtsy, the knees bent and straightened over feet that stay where they are.

Installed (``pip install examples/curtsy``), a hall can say ``does: [curtsy]``; docs/skills.md explains it.
"""

import numpy as np

from linewalker.brain.operator import Routine
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skill import Outcome, Parameter, Values
from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.body.minimum_jerk import MinimumJerk
from linewalker.errors import UnreachableError
from linewalker.inspection.title import Title

DOWN_S = 1.0


class Curtsy(Act):
    """The evidence is the depth, mm."""

    title = Title(zh="屈膝礼", en="curtsy")
    parameters = (
        Parameter(name="depth_mm", meaning="how deep", kind=float, unit="mm", default=40.0, least=10.0, most=60.0),
    )

    def __init__(self, equipment: Equipment):
        super().__init__(equipment)
        self._down = False

    def cost_s(self, _values: Values) -> float:
        """Down and up."""
        return 2.0 * DOWN_S

    def act(self, values: Values) -> Routine[Outcome]:
        """Lower the pelvis and raise it again, as smoothly as can be."""
        operator = self.equipment.operator
        motion, depth_mm = operator.motion, float(values["depth_mm"])
        if not motion.state.arrived:
            raise UnreachableError("the robot is still walking")
        q, rest = motion.upper_body.q.copy(), np.zeros(len(motion.upper_body.q))
        began_s, self._down = operator.now_s, True
        while (passed_s := operator.now_s - began_s) < self.cost_s(values):
            lower_m = 1e-3 * depth_mm * share_at(passed_s)
            motion.set_upper_body(UpperBodyReference.of(q, rest, rest, np.array([-lower_m, 0.0, 0.0, 0.0, 0.0, 0.0])))
            yield
        yield from self.withdraw()
        return Outcome(evidence=depth_mm)

    def withdraw(self) -> Routine[None]:
        """Stand as before, however far it got."""
        if self._down:
            self.equipment.operator.motion.set_upper_body(None)
            self._down = False
        yield from ()


def share_at(time_s: float) -> float:
    """Of the depth, after so long: 0 at the beginning and the end, 1 half way, with the least jerk."""
    way = MinimumJerk(start=np.zeros(1), goal=np.ones(1), duration_s=DOWN_S)
    return float(way.at(time_s if time_s < DOWN_S else 2.0 * DOWN_S - time_s)[0][0])
