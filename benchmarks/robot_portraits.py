"""Draw every robot in its standing posture for docs/robots.md: ``python -m benchmarks.robot_portraits [NAME ...]``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import cv2
import mujoco
import numpy as np

from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import PROFILES
from linewalker.physics.contacts import add_floor
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.light import Lamp, Lighting
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole

IMAGES = Path(__file__).parents[1] / "docs" / "images"
VIEWS_DEG = (0.0, 90.0, 35.0)
"""Where the camera stands: in front of the robot, at its left, and in between."""
GLOSS = {"shell": (0.28, 0.0, 0.0), "graphite": (0.45, 0.0, 0.0), "joint": (0.4, 0.0, 0.0), "metal": (0.35, 0.9, 0.0)}
GLOSS |= {"glass": (0.08, 0.0, 0.0), "light": (0.5, 0.0, 0.9)}
"""Roughness, metallic, emission of the finishes in mesh names of our own robots."""
LAMPS = tuple(
    Lamp(p_W=(x, y, 4.2), half_length_m=1.6, half_width_m=0.25, radiance=9.0)
    for x, y in ((1.6, 1.4), (1.2, -2.0), (-2.2, 0.4))
)


def portrait(profile: RobotProfile) -> np.ndarray:
    """The views side by side, BGR."""
    spec = robot_spec(profile)
    polish(spec)
    add_floor(spec)
    spec.geom("floor").rgba = [0.80, 0.81, 0.83, 1.0]
    model = spec.compile()
    data = mujoco.MjData(model)
    for joint, angle in profile.standing.items():
        data.qpos[model.joint(joint).qposadr[0]] = angle
    mujoco.mj_kinematics(model, data)
    data.qpos[2] -= min(data.site(sole).xpos[2] for sole in ("left_sole", "right_sole"))
    mujoco.mj_forward(model, data)
    lighting = Lighting(lamps=LAMPS, middle_W=(0.0, 0.0), reach_m=2.5, softness_m=0.08, exposure=0.62)
    view = ModelView(model, (GeomGroup.HALL, GeomGroup.VISUAL), lighting)
    height = robot_facts(profile).height_m
    return np.hstack([_picture(view, data, np.radians(angle), height) for angle in VIEWS_DEG])[:, :, ::-1]


def polish(spec: mujoco.MjSpec) -> None:
    """Give the meshes of our own robots the finish in their names."""
    for finish, (roughness, metallic, emission) in GLOSS.items():
        material = spec.add_material(name=finish)
        material.roughness, material.metallic, material.emission = roughness, metallic, emission
    for geom in (geom for body in spec.bodies for geom in body.geoms if geom.meshname):
        finish = re.sub(r"\d+$", "", geom.meshname).rpartition("_")[2]
        if finish in GLOSS:
            spec.material(finish).rgba, geom.material = geom.rgba, finish


def _picture(view: ModelView, data: mujoco.MjData, angle: float, height: float) -> np.ndarray:
    eye = np.array([2.6 * height * np.cos(angle), 2.6 * height * np.sin(angle), 0.72 * height])
    camera = Pinhole.looking_at(eye, (0.0, 0.0, 0.5 * height), width_px=500, height_px=800, fov_y_rad=0.46)
    return view.take(data, camera, fine=3).rgb


def main(names: list[str]) -> None:
    """Write one JPEG per robot."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name in names or sorted(PROFILES):
        cv2.imwrite(str(IMAGES / f"{name}.jpg"), portrait(PROFILES[name]), [cv2.IMWRITE_JPEG_QUALITY, 90])


if __name__ == "__main__":
    main(sys.argv[1:])
