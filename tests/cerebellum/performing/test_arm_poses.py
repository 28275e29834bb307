"""Hands come where a pose has them, on every robot, within the limits of its joints."""

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.performing.movement import Pose
from linewalker.limbs.profiles import PROFILES
from tests.cerebellum.performing.short_dance import staging


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_hands_come_where_they_are_to_be(robot: str) -> None:
    arms, body = staging(robot).arms, staging(robot).body
    places = ((0.55, 0.2, -0.2), (0.3, 0.5, 0.3))
    rest = arms.of(Pose(at=0.0, left=places[0], right=places[1]))
    assert (rest >= arms.low - 1e-9).all()
    assert (rest <= arms.high + 1e-9).all()
    q = np.zeros(body.model.nq)
    q[3], q[body.joint_q] = 1.0, body.profile.standing_q()
    q[body.rest + 1] = rest
    data = mujoco.MjData(body.model)
    data.qpos[:] = q
    mujoco.mj_kinematics(body.model, data)
    for side, (ahead, out, up) in enumerate(places):
        shoulder = data.xanchor[body.model.joint(body.profile.arms[side].joints[1]).id]
        hand = data.site_xpos[body.model.site(("left_hand", "right_hand")[side]).id]
        wanted = arms.arm_m * np.array([ahead, out if side == 0 else -out, up])
        assert np.linalg.norm(hand - shoulder - wanted) < 0.2 * arms.arm_m


def test_no_hands_are_carried_as_ever_and_a_twist_turns_the_waist_alone() -> None:
    arms = staging().arms
    assert np.array_equal(arms.of(Pose(at=0.0)), arms.home)
    turned = arms.of(Pose(at=0.0, twist_deg=20.0)) - arms.home
    assert np.count_nonzero(turned) == 1
    assert turned.max() == pytest.approx(np.radians(20.0))


def test_both_arms_are_lifted_alike() -> None:
    arms = staging().arms
    lifted = arms.lifted(arms.home.copy(), 0.1) - arms.home
    assert np.count_nonzero(lifted) == 2
    assert lifted.min() == pytest.approx(-0.1)
