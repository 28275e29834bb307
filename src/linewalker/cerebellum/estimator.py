"""State estimation from IMU, encoders, feet and a late, noisy look at the torso from outside.

An error-state Kalman filter at the IMU after Bloesch et al. 2012 and Hartley et al. 2020: a foot that stands is a
landmark that neither moves nor turns.

The filter lives in the station frame W. The controller does not: a correction would jerk the body. It works in the
smooth frame O of the odometry, and corrections move only the planar transform X_WO; goals are mapped at every tick.

A fix from the localisation sensor is older than the readings it comes with. It is compared with where the torso stood
in O at that time, mapped by the present X_WO, and the difference corrects the present state: what the filter errs by
in place and attitude hardly changes within the latency.
"""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.ekf_kernel import SIZE, cross, fuse_feet, fuse_pose, predict, small_turn, turned
from linewalker.geometry import Pose, rotation_z, wrap_angle, yaw_of
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import LocalisationFix, Readings

Array = NDArray[np.float64]
RING = 64


@dataclass(frozen=True, kw_only=True)
class FilterTuning:
    """What the filter believes about the sensors.

    Attributes:
        gyro_rad_s, accel_m_s2: noise of one sample.
        gyro_walk, accel_walk: random walk of the biases, per root second.
        foot_m, foot_rad: noise of the leg kinematics.
        creep_m, creep_rad: random walk of a fully loaded foot, per root second; grows as the load falls.
        calm_m, calm_rad: what it falls to while a foot goes on standing; trust_s is the time constant.
        floor_m: how flat the floor is.
        fix_m, fix_rad: noise of a localisation fix.
        settle_ticks: how long a foot must have stood before it is believed to stand still.
        speed_filter: share of a new joint speed in the filtered one.
    """

    gyro_rad_s: float = 0.015
    accel_m_s2: float = 0.15
    gyro_walk: float = 1e-5
    accel_walk: float = 1e-3
    foot_m: float = 0.0007
    foot_rad: float = 0.0007
    creep_m: float = 0.004
    creep_rad: float = 0.1
    calm_m: float = 1e-4
    calm_rad: float = 1e-4
    trust_s: float = 0.3
    floor_m: float = 0.01
    fix_m: float = 0.005
    fix_rad: float = float(np.radians(0.3))
    settle_ticks: int = 10
    speed_filter: float = 0.4


class ContactSense:
    """Which feet press on the floor: normal force with hysteresis, and not while the other foot is much lower."""

    def __init__(self, mass: float):
        self.weight_n = mass * GRAVITY
        self.down = np.array([True, True])
        self.load_n = np.full(2, 0.5 * self.weight_n)

    def update(self, load_n: Array, height_m: Array) -> None:
        """Take the normal forces (2,) and the heights of the soles (2,) of this tick."""
        self.load_n[:] = load_n
        threshold = np.where(self.down, 0.07, 0.14) * self.weight_n
        self.down = (load_n > threshold) & (height_m < height_m[::-1] + 0.02)


class Estimator:
    """Where the robot is and how fast it moves.

    Attributes:
        q, v: state of the body in the odometry frame O before this tick's correction, as `Dynamics.update` takes it.
        contact: which feet press on the floor.
        X_WO: planar pose of the odometry frame in the station.
        localised: True after the first fix; before it W and O are the same.
        fix_age_s: time since the last fix was taken.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics, period_s: float, tuning: FilterTuning | None = None):
        self.dynamics, self.tuning, self._dt = dynamics, tuning if tuning is not None else FilterTuning(), period_s
        self._X_BI, self._imu = profile.imu.X_BF, dynamics.site("imu")
        self._torso = int(dynamics.model.body(profile.torso).id)
        self.q, self.v = dynamics.q, dynamics.v
        self.contact = ContactSense(dynamics.mass)
        self._noise = np.array(
            [getattr(self.tuning, k) for k in ("gyro_rad_s", "accel_m_s2", "gyro_walk", "accel_walk")]
        )
        self._state = (np.eye(3), np.zeros(18), np.zeros((SIZE, SIZE)), np.zeros((2, 3, 3)))
        self._stands, self._fresh, self._variances = np.zeros(2), np.zeros(2), np.zeros((2, 5))
        self._torso_p, self._torso_R = np.zeros((RING, 3)), np.zeros((RING, 3, 3))
        self._lever = np.zeros((RING, 3))
        self._tick, self._started, self.localised = 0, False, False
        self._yaw_WO, self._p_WO = 0.0, np.zeros(3)
        self._stood, self._used = np.zeros(2, np.int64), np.zeros(2, bool)
        self._dq: Array = np.zeros(len(profile.joints))
        self.fix_age_s = np.inf

    @property
    def X_WO(self) -> Pose:
        """Pose of the odometry frame in the station: a shift and a turn about the vertical."""
        return Pose(p=self._p_WO.copy(), R=rotation_z(self._yaw_WO))

    def predict(self, readings: Readings) -> None:
        """Carry the state to this tick with the IMU, and fill ``q`` and ``v``."""
        joints = self.dynamics.joints
        if not self._started:
            self._start(readings)
        predict(self._state, readings.gyro_rad_s, readings.accel_m_s2, self._dt, self._noise)
        self._dq += self.tuning.speed_filter * (readings.dq_rad_s - self._dq)
        self.q[joints + 1], self.v[joints] = readings.q_rad, self._dq
        R, x, _, _ = self._state
        turn = rotation_z(-self._yaw_WO)
        R_OB = turn @ R @ self._X_BI.R.T
        lever = R_OB @ self._X_BI.p
        w_B = self._X_BI.R @ (readings.gyro_rad_s - x[6:9])
        self.q[:3] = turn @ (x[3:6] - self._p_WO) - lever
        mujoco.mju_mat2Quat(self.q[3:7], R_OB.ravel())
        self.v[:3] = turned(turn, x[:3]) - turned(R_OB, cross(w_B, self._X_BI.p))
        self.v[3:6] = w_B

    def correct(self, readings: Readings, load_n: Array, planned: Array) -> None:
        """Fuse the feet and, if one came, the fix. `Dynamics.update` must have run on ``q`` and ``v``.

        Args:
            readings: of this tick.
            load_n: normal force of each foot, (2,).
            planned: which feet the gait means to stand, (2,) bool.
        """
        data, slot = self.dynamics.data, self._tick % RING
        R_IO, p_OI = data.site_xmat[self._imu].reshape(3, 3).T, data.site_xpos[self._imu]
        self.contact.update(load_n, self.dynamics.foot_p[:, 2])
        self._torso_p[slot], self._torso_R[slot] = data.xpos[self._torso], data.xmat[self._torso].reshape(3, 3)
        self._lever[slot] = self._torso_p[slot] - p_OI
        self._choose_feet(planned)
        feet, feet_R = (self.dynamics.foot_p - p_OI) @ R_IO.T, R_IO @ self.dynamics.foot_R
        fuse_feet(self._state, feet, feet_R, self._stands, self._fresh, self._variances)
        self.fix_age_s += self._dt
        if readings.fix is not None:
            self._fuse_fix(readings.fix, readings.time_s)
        self._tick += 1

    def _choose_feet(self, planned: Array) -> None:
        """Decide which feet are landmarks at this tick, and how much each is to be believed."""
        tuning, load = self.tuning, self.contact.load_n
        good = self.contact.down & planned
        self._stood = np.where(good, self._stood + 1, 0)
        stands = self._stood > (tuning.settle_ticks if self._tick > 50 else 0)
        if not stands.any():
            stands[int(np.argmax(np.where(planned, load, -np.inf)))] = True
        share = np.clip(load / (0.45 * self.contact.weight_n), 0.05, 1.0)
        self._stands[:], self._fresh[:] = stands, stands & ~self._used
        variances = self._variances
        restless = np.exp(-2.0 * self._stood * self._dt / tuning.trust_s)
        per_tick = self._dt / share**2
        variances[:, 0] = (tuning.creep_m**2 * restless + tuning.calm_m**2) * per_tick
        variances[:, 1] = (tuning.creep_rad**2 * restless + tuning.calm_rad**2) * per_tick
        variances[:, 2] = tuning.foot_m**2 / share
        variances[:, 3] = tuning.foot_rad**2 / share
        variances[:, 4] = tuning.floor_m**2
        self._used = stands

    def _fuse_fix(self, fix: LocalisationFix, now_s: float) -> None:
        age = round((now_s - fix.taken_s) / self._dt)
        if not 0 <= age < min(RING, self._tick + 1):
            return
        self.fix_age_s = age * self._dt
        slot = (self._tick - age) % RING
        turn = rotation_z(self._yaw_WO)
        if not self.localised:
            self._align(fix, slot)
            return
        R, x, _, _ = self._state
        yaw_before, p_O = yaw_of(R), turn.T @ (x[3:6] - self._p_WO)
        shift = fix.X_WT.p - (turn @ self._torso_p[slot] + self._p_WO)
        twist = small_turn(fix.X_WT.R, turn @ self._torso_R[slot])
        variances = np.array([self.tuning.fix_m**2, self.tuning.fix_rad**2])
        fuse_pose(self._state, turn @ self._lever[slot], shift, twist, variances)
        self._yaw_WO = wrap_angle(self._yaw_WO + wrap_angle(yaw_of(R) - yaw_before))
        self._p_WO = x[3:6] - rotation_z(self._yaw_WO) @ p_O

    def _start(self, readings: Readings) -> None:
        """Begin upright on two flat feet, at the origin of O."""
        joints, dynamics = self.dynamics.joints, self.dynamics
        self.q[joints + 1] = readings.q_rad
        dynamics.update(self.q, np.zeros(dynamics.nv))
        up = dynamics.foot_R[:, :, 2].mean(axis=0)
        up /= np.linalg.norm(up)
        ahead = np.array([1.0, 0.0, 0.0]) - up[0] * up
        ahead /= np.linalg.norm(ahead)
        R_OB = np.array([ahead, np.cross(up, ahead), up])
        soles = dynamics.foot_p @ R_OB.T
        p_OB = -soles.mean(axis=0)
        R, x, P, _ = self._state
        R[:] = R_OB @ self._X_BI.R
        x[3:6] = p_OB + R_OB @ self._X_BI.p
        sigma = np.repeat([0.01, 0.01, 0.01, 0.002, 0.05, 1.0, 1.0, 1.0, 1.0], 3)
        P[:] = np.diag(sigma**2)
        self._dq[:] = readings.dq_rad_s
        self._started = True

    def _align(self, fix: LocalisationFix, slot: int) -> None:
        """Take the first fix as it is: turn and shift the whole map under the robot."""
        yaw = wrap_angle(fix.X_WT.yaw - yaw_of(self._torso_R[slot]))
        turn = rotation_z(yaw)
        shift = fix.X_WT.p - turn @ self._torso_p[slot]
        R, x, _, feet = self._state
        R[:], feet[:] = turn @ R, turn @ feet
        x[:3] = turn @ x[:3]
        for at in (3, 12, 15):
            x[at : at + 3] = turn @ x[at : at + 3] + shift
        self._yaw_WO, self._p_WO = yaw, shift
        self.localised = True
