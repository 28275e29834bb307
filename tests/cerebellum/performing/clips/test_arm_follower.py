"""Hands and elbows of a robot go where those of a dancer are, if its joints let them."""

import mujoco
import numpy as np

from linewalker.cerebellum.performing.clips.arm_follower import ArmFollower
from tests.cerebellum.performing.short_dance import staging


def test_hands_that_a_robot_can_hold_are_held() -> None:
    body, arms = staging().body, staging().arms
    data, model = mujoco.MjData(body.model), body.model
    rest = arms.home + np.linspace(0.0, 0.4, 20)[:, None] * np.sin(np.arange(len(arms.home)))
    waist = [k for k, j in enumerate(body.rest) if model.joint(int(j) - 5).name in body.profile.waist]
    rest[:, waist] = 0.0
    torso = model.body(body.profile.torso).id

    def seen(angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        out = np.zeros((2, len(angles), 2, 3))
        for i, row in enumerate(angles):
            data.qpos[:] = 0.0
            data.qpos[3] = 1.0
            data.qpos[body.rest + 1] = row
            mujoco.mj_kinematics(model, data)
            for side, arm in enumerate(body.profile.arms):
                R, at = data.xmat[torso].reshape(3, 3), data.xanchor[model.joint(arm.joints[1]).id]
                hand = data.site_xpos[model.site(("left_hand", "right_hand")[side]).id]
                elbow = data.xanchor[model.joint(arm.joints[3]).id]
                out[0, i, side], out[1, i, side] = R.T @ (hand - at), R.T @ (elbow - at)
        return out[0] / arms.arm_m, out[1] / arms.arm_m

    hands, elbows = seen(rest)
    found, joints = seen(ArmFollower(body, arms).follow(hands, elbows))
    assert np.abs(found - hands).max() < 0.06
    assert np.abs(joints - elbows).max() < 0.1
