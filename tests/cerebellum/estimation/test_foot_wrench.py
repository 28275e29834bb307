"""Foot wrenches from motor torques, over a robot that stands and walks."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.rig import Rig


def test_standing_and_walking_without_foot_sensors() -> None:
    rig = Rig(seed=2, foot_sensors=False)
    rig.run(0.5)
    errors = []

    def compare() -> bool:
        true = rig.robot.body.foot_force_n
        errors.append(rig.motion.wrench.wrench[:, 2] - true)
        return rig.state.arrived and len(errors) > 250

    rig.run(0.5, until=compare)
    assert np.std(errors) < 12.0
    assert np.mean(errors) == pytest.approx(0.0, abs=5.0)
    errors.clear()
    rig.motion.walk_to(0.5, 0.3, 0.5)
    rig.run(12.0, until=compare)
    assert rig.state.arrived
    assert np.std(errors) < 35.0
    rig.run(0.5)
    np.testing.assert_allclose(rig.middle()[:2], [0.5, 0.3], atol=0.02)
