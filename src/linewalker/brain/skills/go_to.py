"""Go somewhere: to a place that has a name, or to coordinates of the station."""

from __future__ import annotations

import numpy as np

from linewalker.brain.operator import Routine
from linewalker.brain.places import Places, place_named
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Outcome, Parameter, Values
from linewalker.inspection.title import Title

_FARTHEST_M = 50.0


class GoTo(Act):
    """Stand there; whoever works it off walks the robot to its `goal`. The evidence is where it stands, x, y, yaw."""

    title = Title(zh="走到", en="go to a place")
    parameters = (
        Parameter(name="place", meaning="name of a place of the station; empty: the coordinates", kind=str, default=""),
        Parameter(name="x_m", meaning="in W", kind=float, unit="m", default=0.0, least=-_FARTHEST_M, most=_FARTHEST_M),
        Parameter(name="y_m", meaning="in W", kind=float, unit="m", default=0.0, least=-_FARTHEST_M, most=_FARTHEST_M),
        Parameter(
            name="yaw_deg", meaning="heading in W", kind=float, unit="deg", default=0.0, least=-360.0, most=360.0
        ),
    )

    @classmethod
    def goal(cls, values: Values, places: Places) -> Waypoint:
        """The place's stance, or the coordinates."""
        if values["place"]:
            return place_named(str(values["place"]), places).stance
        x, y, yaw_deg = (float(values[name]) for name in ("x_m", "y_m", "yaw_deg"))
        return Waypoint(x=x, y=y, yaw=float(np.radians(yaw_deg)))

    def cost_s(self, _values: Values) -> float:
        """Nothing but the way."""
        return 0.0

    def act(self, _values: Values) -> Routine[Outcome]:
        """It stands there already."""
        yield from ()
        return Outcome(evidence=self.equipment.operator.motion.middle_W.copy())
