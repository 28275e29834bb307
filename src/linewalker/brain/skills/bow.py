"""Bow: lean the trunk forward over feet that stay, and come up again."""

from __future__ import annotations

import numpy as np

from linewalker.brain.operator import Routine
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skill import Outcome, Parameter, Values
from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.body.minimum_jerk import MinimumJerk
from linewalker.inspection.title import Title

_DOWN_S, _HELD_S = 1.4, 0.6
_PITCH = 2  # of the six offsets of an `UpperBody`


class Bow(Act):
    """The evidence is how far the pelvis leant, rad."""

    title = Title(zh="鞠躬", en="bow")
    parameters = (
        Parameter(name="lean_deg", meaning="how deep", kind=float, unit="deg", default=20.0, least=5.0, most=25.0),
    )

    def __init__(self, equipment: Equipment):
        super().__init__(equipment)
        self._leaning = False

    def cost_s(self, _values: Values) -> float:
        """Down, a moment there, and up."""
        return 2.0 * _DOWN_S + _HELD_S

    def act(self, values: Values) -> Routine[Outcome]:
        """Lean the pelvis, with all that is above it, as smoothly as can be."""
        operator = self.equipment.operator
        motion = operator.motion
        lean_rad = float(np.radians(float(values["lean_deg"])))
        q, rest = motion.upper_body.q.copy(), np.zeros(len(motion.upper_body.q))
        began_s, self._leaning = operator.now_s, True
        while (passed_s := operator.now_s - began_s) < self.cost_s(values):
            offsets = np.zeros(6)
            offsets[_PITCH] = lean_at(passed_s, lean_rad)
            motion.set_upper_body(UpperBodyReference.of(q, rest, rest, offsets))
            yield
        yield from self.withdraw()
        return Outcome(evidence=lean_rad)

    def withdraw(self) -> Routine[None]:
        """Let arms and trunk go back to how they are carried."""
        if self._leaning:
            self.equipment.operator.motion.set_upper_body(None)
            self._leaning = False
        yield from ()


def lean_at(time_s: float, lean_rad: float) -> float:
    """How far it leans after so long: down with the least jerk, held, and up the same way."""
    way = MinimumJerk(start=np.zeros(1), goal=np.array([lean_rad]), duration_s=_DOWN_S)
    down_s = time_s if time_s < _DOWN_S + _HELD_S else 2.0 * _DOWN_S + _HELD_S - time_s
    return float(way.at(down_s)[0][0])
