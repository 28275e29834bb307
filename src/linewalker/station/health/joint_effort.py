"""What drives spend beyond what moves the body: the torques of a recording less those of rigid-body dynamics.

Joint torques of an open chain follow from the motion alone: with the angular velocity of the base and its specific
force, as its IMU feels them, neither place nor attitude of the robot need be known (Featherstone, Rigid Body Dynamics
Algorithms, 2008, section 9.5: a fictitious acceleration of the base in place of gravity). What stands on the floor
is no open chain, so of a leg only what it does in the air is used.

Accelerations are slopes of parabolas fitted to speeds (Savitzky and Golay, Analytical Chemistry 36, 1964).
"""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import savgol_filter

from linewalker.geometry import Array
from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.model.robot_model import SOLES, build_control_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.station.recording.rows import FELT, Rows

SLOPE, SMOOTHED = 9, 25
"""Ticks over which speeds are fitted, and torques averaged."""
_UP = 251
LEAST_READINGS = 2 * _UP
"""Of a recording that says something."""
LIFTED_M = 0.02
"""A sole that is so much higher than the other is in the air."""


@dataclass(frozen=True, kw_only=True, eq=False)
class JointEffort:
    """Of one recording, at m ticks of one distance.

    Attributes:
        dq_rad_s, ddq_rad_s2: speeds and accelerations, (m, n).
        needed_nm: torques that move the rigid body, (m, n); averaged, as all torques here.
        spare_nm: torques beyond those, (m, n).
        seen: where they say something about the joint, (m, n) bool.
    """

    dq_rad_s: Array
    ddq_rad_s2: Array
    needed_nm: Array
    spare_nm: Array
    seen: NDArray[np.bool_]


def joint_effort(profile: RobotProfile, readings: Rows, period_s: float = CONTROL_PERIOD_S) -> JointEffort:
    """Of the readings of a recording; what is missing in them is put on a straight line, and not used.

    Args:
        profile: the robot.
        readings: rows of `rows.readings_type`, at least `LEAST_READINGS` of them.
        period_s: between two of them.
    """
    profile = mounted(profile)
    felt, there = evenly(readings, period_s)
    R_BI, p_BI = profile.imu.X_BF.R, profile.imu.X_BF.p
    gyro, dq = (_slope(felt[name], 0, period_s) for name in ("gyro_rad_s", "dq_rad_s"))
    turn, ddq = (_slope(felt[name], 1, period_s) for name in ("gyro_rad_s", "dq_rad_s"))
    w, turn, force = gyro @ R_BI.T, turn @ R_BI.T, felt["accel_m_s2"] @ R_BI.T
    force = force - np.cross(turn, p_BI) - np.cross(w, np.cross(w, p_BI))
    needed, higher = _inverse(profile, (felt["q_rad"], dq, ddq), (w, turn, force))
    needed, spent = (uniform_filter1d(torque, SMOOTHED, axis=0) for torque in (needed, felt["tau_nm"]))
    seen = np.repeat(there[:, None], len(profile.joints), axis=1)
    for side, leg in zip((1.0, -1.0), profile.legs):
        lifted = uniform_filter1d((side * higher > LIFTED_M).astype(float), SMOOTHED) > 0.99
        seen[:, [profile.joints.index(name) for name in leg.joints]] &= lifted[:, None]
    return JointEffort(dq_rad_s=dq, ddq_rad_s2=ddq, needed_nm=needed, spare_nm=spent - needed, seen=seen)


def evenly(readings: Rows, period_s: float) -> tuple[dict[str, Array], NDArray[np.bool_]]:
    """What was felt at times of one distance, by name, and which of these are far from the ends and from gaps."""
    time_s = readings["time_s"]
    times_s = np.arange(time_s[0], time_s[-1] + 0.5 * period_s, period_s)
    felt = {name: np.column_stack([np.interp(times_s, time_s, column) for column in readings[name].T]) for name in FELT}
    after = np.searchsorted(time_s, times_s - 1e-9).clip(1, len(time_s) - 1)
    near = np.minimum(np.abs(times_s - time_s[after - 1]), np.abs(times_s - time_s[after]))
    gone = uniform_filter1d((near > 0.6 * period_s).astype(float), SMOOTHED) > 0.5 / SMOOTHED
    there = ~gone
    there[:SMOOTHED] = there[-SMOOTHED:] = False
    return felt, there


def _slope(values: Array, order: int, period_s: float) -> Array:
    fitted: Array = savgol_filter(values, SLOPE, 2, deriv=order, delta=period_s, axis=0)
    return fitted


def _inverse(
    profile: RobotProfile, joints: tuple[Array, Array, Array], base: tuple[Array, Array, Array]
) -> tuple[Array, Array]:
    """Torques of the joints, (m, n), and by how much the left sole is higher than the right one, (m,)."""
    model = build_control_model(profile)
    data = mujoco.MjData(model)
    at = [int(model.joint(name).qposadr[0]) for name in profile.joints]
    dof = [int(model.joint(name).dofadr[0]) for name in profile.joints]
    left, right = (int(model.site(sole).id) for sole in SOLES)
    (q, dq, ddq), (w, turn, force) = joints, base
    up = savgol_filter(force, _UP, 1, axis=0)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    needed, higher = np.zeros_like(q), np.zeros(len(q))
    data.qpos[3] = 1.0
    for k in range(len(q)):
        data.qpos[at], data.qvel[dof], data.qacc[dof] = q[k], dq[k], ddq[k]
        data.qvel[3:6], data.qacc[:3], data.qacc[3:6] = w[k], force[k] + model.opt.gravity, turn[k]
        mujoco.mj_inverse(model, data)
        needed[k] = data.qfrc_inverse[dof]
        higher[k] = (data.site_xpos[left] - data.site_xpos[right]) @ up[k]
    return needed, higher
