"""The whole-body QP of every robot, a little off its standing posture and in motion."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.balance.whole_body import WholeBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.fixture(params=sorted(PROFILES), scope="session")
def control(request: pytest.FixtureRequest) -> WholeBody:
    profile = load_profile(request.param)
    body = Dynamics(profile)
    q = np.zeros(body.model.nq)
    q[3] = 1.0
    q[body.joints + 1] = profile.standing_q()
    rng = np.random.default_rng(1)
    q[7:] += 0.02 * rng.normal(size=len(q) - 7)
    body.update(q, 0.1 * rng.normal(size=body.nv))
    return WholeBody(profile, body, effort_limits(profile))
