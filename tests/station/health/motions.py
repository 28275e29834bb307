"""Made-up motions whose joints are known: readings that follow from them, with friction and bias as wanted."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.model.robot_model import build_control_model
from linewalker.limbs.profiles import load_profile
from linewalker.station.recording.rows import Rows, readings_type

PROFILE = mounted(load_profile("g1"))
N = len(PROFILE.joints)
LEFT_KNEE = PROFILE.joints.index("left_knee_joint")


def motion(
    friction_nm: np.ndarray, bias_nm: np.ndarray, *, seconds: float = 4.0, seed: int = 0, noise: float = 1.0
) -> Rows:
    """A robot on a stand, upright, its left leg drawn up: every joint swings at its own rate."""
    rng, model = np.random.default_rng(seed), build_control_model(PROFILE)
    data, time_s = mujoco.MjData(model), 0.002 * np.arange(1.0, round(seconds / 0.002) + 1.0)
    at = [int(model.joint(name).qposadr[0]) for name in PROFILE.joints]
    dof = [int(model.joint(name).dofadr[0]) for name in PROFILE.joints]
    omega, size = 2.0 * np.pi * np.linspace(0.6, 1.4, N), 0.15
    rows = np.zeros(len(time_s), readings_type(N))
    middle = PROFILE.standing_q()
    middle[LEFT_KNEE] += 0.3
    for row, t in zip(rows, time_s):
        q, dq, ddq = (
            middle + size * np.sin(omega * t), size * omega * np.cos(omega * t), -size * omega**2 * np.sin(omega * t)
        )  # fmt: skip
        data.qpos[:] = 0.0
        data.qpos[3], data.qpos[at] = 1.0, q
        data.qvel[dof], data.qacc[dof] = dq, ddq
        mujoco.mj_inverse(model, data)
        row["q_rad"], row["dq_rad_s"] = q, dq
        row["tau_nm"] = data.qfrc_inverse[dof] + friction_nm * np.tanh(dq / 0.01) + bias_nm
    rows["time_s"], rows["tick"] = time_s, np.arange(1, len(rows) + 1)
    rows["accel_m_s2"] = [0.0, 0.0, 9.81]
    for name, sigma in (("q_rad", 5e-4), ("dq_rad_s", 0.03), ("accel_m_s2", 0.1), ("gyro_rad_s", 0.01)):
        rows[name] += noise * sigma * rng.standard_normal(rows[name].shape)
    return rows
