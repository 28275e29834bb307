"""A hoist a robot hangs from: a rope to its torso that pulls and never pushes, let down and drawn up at one speed."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.geometry import Array

SPEED_M_S = 0.1
STIFFNESS_N_M, DAMPING_NS_M = 2e4, 1.5e3
SWAY_N_M, SWAY_NS_M, TURN_NM_RAD, TURN_NMS_RAD = 400.0, 120.0, 150.0, 15.0
"""What the hands of two people at the robot's sides do while it hangs."""


class Hoist:
    """Hangs a body of a scene from where it is.

    Args:
        model, data: the scene.
        body: what hangs.
        drawn_m: by how much it is drawn up at once.

    Attributes:
        target_m: height of the hook that is asked for, as one of the body.
        force_n: with which the rope pulls.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, body: int, drawn_m: float):
        self._model, self._data, self._body = model, data, body
        self._place, self._ground_m = data.xpos[body].copy(), float(data.xpos[body, 2])
        weight_n = 9.81 * float(model.body_subtreemass[model.body_rootid[body]])
        self._up_m = self._hook_m = self.target_m = self._ground_m + drawn_m + weight_n / STIFFNESS_N_M
        self.force_n = 0.0
        self._velocity = np.zeros(6)

    def let_down(self) -> None:
        """Until the rope is slack and the robot stands or sits on its own."""
        self.target_m = self._ground_m - self._up_m

    def draw_up(self) -> None:
        """Off the floor again, from wherever it is now."""
        self._place = self._data.xpos[self._body].copy()
        self.target_m = self._up_m

    @property
    def slack(self) -> bool:
        """Whether the rope pulls at nothing."""
        return self.force_n == 0.0

    def pull(self, seconds: float) -> None:
        """What it does to the body during the next so many seconds."""
        way_m = SPEED_M_S * seconds
        self._hook_m += float(np.clip(self.target_m - self._hook_m, -way_m, way_m))
        mujoco.mj_objectVelocity(self._model, self._data, mujoco.mjtObj.mjOBJ_BODY, self._body, self._velocity, 0)
        w, v, p = self._velocity[:3], self._velocity[3:], self._data.xpos[self._body]
        stretch_m = self._hook_m - float(p[2])
        self.force_n = max(0.0, STIFFNESS_N_M * stretch_m - DAMPING_NS_M * float(v[2])) if stretch_m > 0.0 else 0.0
        pull: Array = self._data.xfrc_applied[self._body]
        pull[:] = 0.0
        if self.force_n > 0.0:
            pull[:2] = SWAY_N_M * (self._place - p)[:2] - SWAY_NS_M * v[:2]
            pull[2] = self.force_n
            up = self._data.xmat[self._body].reshape(3, 3)[:, 2]
            pull[3:] = TURN_NM_RAD * np.cross(up, [0.0, 0.0, 1.0]) - TURN_NMS_RAD * w
