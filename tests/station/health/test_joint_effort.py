"""Torques beyond the rigid body are what was put in; what stands on the floor is not looked at."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.station.health.joint_effort import evenly, joint_effort
from tests.station.health.motions import PROFILE, N, motion


def test_a_rigid_body_has_nothing_to_spare() -> None:
    effort = joint_effort(PROFILE, motion(np.zeros(N), np.zeros(N), seconds=1.5, noise=0.0))
    assert np.abs(effort.spare_nm[50:-50]).max() < 0.02


def test_what_is_spared_is_what_was_put_in_and_the_lower_leg_is_not_looked_at() -> None:
    bias = np.linspace(-1.0, 1.0, N)
    effort = joint_effort(PROFILE, motion(np.zeros(N), bias, seconds=1.5, noise=0.0))
    np.testing.assert_allclose(effort.spare_nm[100:-100].mean(axis=0), bias, atol=0.01)
    legs = [[PROFILE.joints.index(name) for name in leg.joints] for leg in PROFILE.legs]
    assert effort.seen[:, legs[0]].mean() > 0.8
    assert not effort.seen[:, legs[1]].any()
    assert effort.seen[:, 12:].mean() > 0.9


def test_missing_readings_are_put_on_a_line_and_not_used() -> None:
    rows = motion(np.zeros(N), np.zeros(N), seconds=1.2, noise=0.0)
    kept = np.delete(rows, [300, 301, 302])
    felt, there = evenly(kept, 0.002)
    assert len(there) == len(rows)
    np.testing.assert_allclose(felt["q_rad"], rows["q_rad"], atol=1e-4)
    assert not there[295:308].any()
    assert there[330:500].all()
    assert felt["q_rad"][400] == pytest.approx(rows["q_rad"][400])
