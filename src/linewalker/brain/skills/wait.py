"""Wait: stand where one stands, for a while of robot time."""

from __future__ import annotations

from linewalker.brain.operator import Routine
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Outcome, Parameter, Values
from linewalker.inspection.title import Title

LONGEST_S = 3600.0


class Wait(Act):
    """The evidence is for how long it stood, s."""

    title = Title(zh="等待", en="wait")
    parameters = (
        Parameter(
            name="seconds",
            meaning="for how long",
            kind=float,
            unit="seconds",
            resolution=0.1,
            least=0.0,
            most=LONGEST_S,
        ),
    )

    def cost_s(self, values: Values) -> float:
        """As long as is asked."""
        return float(values["seconds"])

    def act(self, values: Values) -> Routine[Outcome]:
        """Stand."""
        operator = self.equipment.operator
        began_s = operator.now_s
        yield from operator.wait(float(values["seconds"]))
        return Outcome(evidence=operator.now_s - began_s)
