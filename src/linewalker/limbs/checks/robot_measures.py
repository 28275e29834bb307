"""What a robot measures and weighs, computed from its model."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.limbs.checks.robot_facts import RobotFacts
from linewalker.limbs.checks.standing_body import StandingBody, arm_reach_m, seen_points
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.simulated.mujoco_body import MujocoBody


def measure_robot(profile: RobotProfile) -> RobotFacts:
    """Build the robot and measure it; a robot without visual meshes is as high as its highest link."""
    body = StandingBody(profile)
    model = robot_spec(profile).compile()
    tops = [float(body.data.xpos[1:, 2].max())]
    for link in range(1, model.nbody):
        name = model.body(link).name
        points = seen_points(model, name)
        if len(points):
            frame = body.data.body(name)
            tops.append(float((points @ frame.xmat.reshape(3, 3)[2]).max() + frame.xpos[2]))
    return RobotFacts(
        joints=len(profile.joints),
        mass_kg=body.mass_kg,
        height_m=float(np.max(tops) - body.ground[2]),
        reach_m=arm_reach_m(body, 1),
    )


def girth_m(profile: RobotProfile) -> float:
    """How far the standing robot's capsules come from the vertical through the middle between its feet."""
    model = robot_spec(profile, visual=False).compile()
    data = mujoco.MjData(model)
    MujocoBody(model, data, profile).place(0.0, 0.0, 0.0)
    capsules = np.flatnonzero(model.geom_type == mujoco.mjtGeom.mjGEOM_CAPSULE)
    half = model.geom_size[capsules, 1:2] * data.geom_xmat[capsules].reshape(-1, 3, 3)[:, :2, 2]
    middle, radius_m = data.geom_xpos[capsules, :2], model.geom_size[capsules, 0]
    return float(max((np.linalg.norm(middle + sign * half, axis=1) + radius_m).max() for sign in (1.0, -1.0)))
