"""Records of postures, and what a miss says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.reaching.posture import Miss, Posture, PostureUnreachable, Tolerance
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, exp_so3


def posture() -> Posture:
    return Posture(
        q_rad=np.arange(3.0),
        X_WB=Pose(p=np.array([0.1, 0.2, 0.7])),
        X_WF=Pose(p=np.array([0.5, 0.0, 1.0]), R=exp_so3([0.1, 0.2, 0.3])),
        com_m=np.array([0.01, 0.0, 0.6]),
        clearance_m=0.02,
        limit_margin=0.3,
        torque_share=0.4,
        effort=1.1,
    )


def missed(position_m: float, rotation_rad: float, because: tuple[str, ...] = ()) -> str:
    miss = Miss(position_m=position_m, rotation_rad=rotation_rad, broken_m=0.0, because=because, nearest=posture())
    error = PostureUnreachable("right_wrist", miss)
    assert isinstance(error, UnreachableError)
    assert error.miss is miss
    return str(error)


def test_a_tolerance_is_of_six_axes_position_first() -> None:
    loose = Tolerance(position_m=(1e-3, 2e-3, 3e-3), rotation_rad=(0.1, 0.2, 0.3))
    np.testing.assert_array_equal(loose.per_axis, [1e-3, 2e-3, 3e-3, 0.1, 0.2, 0.3])
    np.testing.assert_array_equal(Tolerance().per_axis, np.zeros(6))


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-3, 3))
def test_a_posture_moves_with_the_floor_it_stands_on(x: float, y: float, yaw: float) -> None:
    X_WA, here = Pose.planar(x, y, yaw), posture()
    there = here.moved(X_WA)
    np.testing.assert_allclose((there.X_WB.inverse() @ there.X_WF).p, (here.X_WB.inverse() @ here.X_WF).p, atol=1e-9)
    np.testing.assert_allclose(there.X_WF.R, X_WA.R @ here.X_WF.R, atol=1e-12)
    assert there.q_rad is here.q_rad
    back = there.moved(X_WA.inverse())
    np.testing.assert_allclose(back.X_WB.p, here.X_WB.p, atol=1e-9)


@pytest.mark.parametrize(
    ("position_m", "rotation_rad", "said"),
    [
        (0.123, 0.0, "right_wrist stays 123 mm short of the target"),
        (0.0, np.radians(4.5), "right_wrist stays 4.5 deg short of the target"),
        (0.01, 0.1, "right_wrist stays 10 mm and 5.7 deg short of the target"),
        (0.0, 0.0, "right_wrist reaches only by breaking a limit the target"),
    ],
)
def test_a_miss_says_how_far(position_m: float, rotation_rad: float, said: str) -> None:
    assert missed(position_m, rotation_rad) == said


def test_a_miss_says_why_the_strongest_reason_first() -> None:
    assert missed(0.01, 0.0, ("balance", "torso close to an obstacle")).endswith(
        "; held back by balance, torso close to an obstacle"
    )
