"""The tree of a robot's shape moves as the robot does."""

from __future__ import annotations

from typing import Any

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3, rotation_from_quat
from linewalker.limbs.model.robot_model import build_control_model
from linewalker.limbs.profiles import load_profile
from linewalker.station.shapes.robot_shape import robot_shape
from tests.station.shapes.reading import read_shape


def placed(text: dict[str, Any], X_WB: Pose, q: dict[str, float]) -> dict[str, Pose]:
    """Where the bodies are: what a screen reckons."""
    poses = {"world": Pose()}
    for body in text["bodies"]:
        own = X_WB if body["name"] == text["base"] else Pose(p=np.array(body["p"]), R=rotation_from_quat(body["q"]))
        X = poses[body["parent"]] @ own
        if joint := body["joint"]:
            at, turn = np.array(joint["at"]), exp_so3(np.array(joint["axis"]) * q[joint["name"]])
            X = X @ Pose(p=at - turn @ at, R=turn)
        poses[body["name"]] = X
    return poses


@pytest.mark.parametrize("robot", ["g1", "walker"])
def test_its_links_are_where_mujoco_has_them(robot: str) -> None:
    profile = load_profile(robot)
    text, meshes = read_shape(robot_shape(profile, robot.encode()))
    model = build_control_model(profile)
    data = mujoco.MjData(model)
    rng = np.random.default_rng(3)
    data.qpos[:] = [
        0.4,
        -0.2,
        0.8,
        *(q := rng.normal(size=4)) / np.linalg.norm(q),
        *rng.uniform(-0.4, 0.4, model.nq - 7),
    ]
    mujoco.mj_kinematics(model, data)
    angles = {model.joint(i).name: float(data.qpos[model.jnt_qposadr[i]]) for i in range(1, model.njnt)}
    X_WB = Pose(p=data.qpos[:3].copy(), R=rotation_from_quat(data.qpos[3:7]))
    found = placed(text, X_WB, angles)
    for name in {model.body(i).name for i in range(1, model.nbody)} & found.keys():
        assert np.abs(found[name].p - data.body(name).xpos).max() < 1e-9
        assert np.abs(found[name].R - data.body(name).xmat.reshape(3, 3)).max() < 1e-9
    assert set(angles) == set(profile.joints)
    assert {joint["name"] for body in text["bodies"] if (joint := body["joint"])} == set(profile.joints)
    assert 10_000 < sum(len(mesh["faces"]) for mesh in meshes) < 120_000
