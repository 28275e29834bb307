"""Feet and the middle between them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.feet import LEFT, RIGHT, Stance, foot_beside, middle_of, turn
from linewalker.geometry import Pose, rotation_z

poses = st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(-3.1, 3.1)).map(np.array)


@given(poses)
def test_the_middle_of_the_feet_beside_a_pose_is_that_pose(pose: np.ndarray) -> None:
    feet = [foot_beside(pose, side, 0.1) for side in (LEFT, RIGHT)]
    np.testing.assert_allclose(middle_of(*feet), pose, atol=1e-9)
    assert turn(-pose[2], feet[LEFT][:2] - feet[RIGHT][:2]) == pytest.approx([0.0, 0.2])


def test_the_mean_heading_goes_the_short_way_round() -> None:
    assert abs(middle_of(np.array([0, 0.1, 3.1]), np.array([0, -0.1, -3.1]))[2]) == pytest.approx(np.pi)


def test_mid_feet_frame_of_a_turned_stance():
    stance = Stance.about(Pose.planar(1.0, 2.0, 3.1), 0.1)
    turned = Stance(X_WL=stance.X_WL @ Pose(R=rotation_z(0.2)), X_WR=stance.X_WR)
    assert stance.X_WM.p == pytest.approx([1, 2, 0])
    assert stance.X_WM.yaw == pytest.approx(3.1)
    assert turned.X_WM.yaw == pytest.approx(3.2 - 2 * np.pi)
