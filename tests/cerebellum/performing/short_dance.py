"""A short dance of the G1, planned once for all tests."""

from functools import cache

import numpy as np

from linewalker.cerebellum.balance.standing import standing_height
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.choreography_file import library
from linewalker.cerebellum.performing.movement import Choreography
from linewalker.cerebellum.performing.plan import DancePlan, make_plan
from linewalker.cerebellum.performing.staging import Staging
from linewalker.limbs.profiles import load_profile

BEATS_S = 0.3 + 0.5 * np.arange(60)


@cache
def staging(robot: str = "g1") -> Staging:
    profile = load_profile(robot)
    body = Dynamics(profile)
    return Staging(body, standing_height(profile, body))


def dance(*names: str, lead: float = 2.0) -> Choreography:
    phrases = tuple(library()[name] for name in names)
    return Choreography(meter=phrases[0].meter, phrases=phrases, lead=lead)


@cache
def short_plan(*names: str) -> DancePlan:
    """Without names, side touches and a punch: four steps in 6 s."""
    timeline, _ = staging().stage(dance(*(names or ("side_touch", "punch"))), BEATS_S)
    return make_plan(timeline, staging().body)
