"""Gather: stand until everybody who is led has come near."""

from __future__ import annotations

import numpy as np

from linewalker.brain.operator import Routine
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Outcome, Parameter, Values
from linewalker.errors import UnreachableError
from linewalker.inspection.title import Title

_OFTEN_S = 3.0


class Gather(Act):
    """The evidence is how many are near."""

    title = Title(zh="等大家跟上", en="wait for the group")
    parameters = (
        Parameter(name="within_m", meaning="how near", kind=float, unit="m", default=3.0, least=1.0, most=10.0),
        Parameter(name="patience_s", meaning="for how long", kind=float, unit="s", default=60.0, least=0.0, most=600.0),
    )

    def cost_s(self, _values: Values) -> float:
        """Mostly they are there, or come at once."""
        return _OFTEN_S

    def act(self, values: Values) -> Routine[Outcome]:
        """
        Raises:
            UnreachableError: not all came in time; what follows is done for those who are there.
        """
        operator, within_m = self.equipment.operator, float(values["within_m"])
        deadline_s = operator.now_s + float(values["patience_s"])
        while far := [p for p in self.equipment.group() if np.hypot(*(p - operator.motion.middle_W[:2])) > within_m]:
            if operator.now_s > deadline_s:
                raise UnreachableError(f"{len(far)} of the group did not come within {values['patience_s']:g} s")
            yield
        return Outcome(evidence=len(self.equipment.group()))
