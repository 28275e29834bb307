"""State estimation from IMU, encoders, feet and a late, noisy look at the torso from outside.

An error-state Kalman filter at the IMU after Bloesch et al. 2012 and Hartley et al. 2020: a foot that stands is a
landmark that neither moves nor turns.

The filter lives in the station frame W. The controller does not: a correction would jerk the body. It works in the
smooth frame O of the odometry, and corrections move only the planar transform X_WO; goals are mapped at every tick.

A fix from the localisation sensor is older than the readings it comes with. It is compared with where the torso stood
in O at that time, mapped by the present X_WO, and the difference corrects the present state: what the filter errs by
in place and attitude hardly changes within the latency.

Where scanners carry targets too, the filter learns the encoder offsets of the joints between IMU, torso and scanner: a
kinematic calibration that never ends. Offsets are constants, so what is learnt in one posture helps in the next, and
when the targets are out of sight.

What comes from outside the body may be anything. A fix without sense, or one that no clock of the robot can have
stamped, is dropped and counted by its reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.contact import ContactSense
from linewalker.cerebellum.estimation.ekf_kernel import SIZE, base_state, fuse_soles, joint_state, predict
from linewalker.cerebellum.estimation.encoder_offsets import Calibration
from linewalker.cerebellum.estimation.estimate import Estimate
from linewalker.cerebellum.estimation.imu_mount import ImuMount
from linewalker.cerebellum.estimation.pose_memory import RING, TORSO, Sighting, Sightings, offset_joints
from linewalker.cerebellum.estimation.pose_memory_kernel import fuse_sighting
from linewalker.geometry import Array, Pose, log_so3, rotation_z, wrap_angle, yaw_of
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import LocalisationFix, Readings, ToolFix
from linewalker.limbs.soundness import as_vector

SURER_THAN_ANY = 1e-12 * np.eye(6)
"""A micrometre and a microradian are added to what a fix claims: nobody measures better, and the filter stays sound."""

UNFIT_S = 1.0
"""Fixes that are of no use are said to keep coming while the last is no older than this."""


@dataclass(frozen=True, kw_only=True)
class FilterTuning:
    """What the filter believes about the sensors.

    Attributes:
        gyro_rad_s, accel_m_s2: noise of one sample.
        gyro_walk, accel_walk: random walk of the biases, per root second.
        fix_m, fix_rad: noise of a localisation fix of the torso that does not say how sure it is.
        tool_m, tool_rad: noise of one of a scanner.
        offset_rad: how large an encoder offset is, one standard deviation, before anything is known of it.
        speed_filter: share of a new joint speed in the filtered one.
    """

    gyro_rad_s: float = 0.015
    accel_m_s2: float = 0.15
    gyro_walk: float = 1e-5
    accel_walk: float = 1e-3
    fix_m: float = 0.005
    fix_rad: float = float(np.radians(0.3))
    tool_m: float = 0.005
    tool_rad: float = float(np.radians(0.3))
    offset_rad: float = 0.003
    speed_filter: float = 0.4


class Estimator(HoldsViews):
    """Where the robot is and how fast it moves.

    Attributes:
        q, v: state of the body in the odometry frame O before this tick's correction, as `Dynamics.update` takes it.
        contact: which feet press on the floor.
        mount: where the IMU is in the base frame.
        X_WO: planar pose of the odometry frame in the station.
        localised: True after the first fix; before it W and O are the same.
        fix_age_s: time since the last fix was taken.
        fix_off: how far the fix of this tick was from where the torso was thought to be, m and rad; None without one.
        dropped: how often something that came from outside was of no use, by reason.
        unused_s: for how long fixes have come of which none was of use.
        offset_joints: joints whose encoder offsets are learnt.
        offsets: what is to be taken off their readings, (k,), rad.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics, period_s: float, tuning: FilterTuning | None = None):
        self.dynamics, self.tuning, self._dt = dynamics, tuning if tuning is not None else FilterTuning(), period_s
        self.mount = ImuMount(profile, dynamics)
        self.q, self.v = dynamics.q, dynamics.v
        self.contact = ContactSense(dynamics.mass, period_s)
        self._noise = np.array(
            [getattr(self.tuning, k) for k in ("gyro_rad_s", "accel_m_s2", "gyro_walk", "accel_walk")]
        )
        t = self.tuning
        self._fix_covariance = np.diag(np.repeat([t.fix_m**2, t.fix_rad**2], 3))
        self._tool_covariance = np.diag(np.repeat([t.tool_m**2, t.tool_rad**2], 3))
        self.offset_joints = offset_joints(profile, dynamics)
        k = len(self.offset_joints)
        self._state = (np.eye(3), np.zeros(18 + k), np.zeros((SIZE + k, SIZE + k)), np.zeros((2, 3, 3)))
        self._take_views()
        self._offset_P[:] = self.tuning.offset_rad**2 * np.eye(k)
        self._offset_at = dynamics.joint_number(self.offset_joints)
        self._sightings = Sightings(profile, dynamics, self.offset_joints)
        self._mount = (self.mount.p, self.mount.R, self.mount.v, self.mount.w)
        self._map = np.zeros(4)
        self._soles_seen = (dynamics.foot_p, dynamics.foot_R)
        self._tick, self._started, self.localised = 0, False, False
        self._dq: Array = np.zeros(len(profile.joints))
        self.fix_age_s, self.unused_s, self._unfit_age_s = np.inf, 0.0, np.inf
        self.fix_off: tuple[float, float] | None = None
        self.dropped: Counter[str] = Counter()

    def _take_views(self) -> None:
        data, imu = self.dynamics.data, self.dynamics.site("imu")
        self._imu_seen = (data.site_xpos[imu], data.site_xmat[imu].reshape(3, 3))
        bodies = (self.dynamics.profile.base, self.dynamics.profile.torso)
        numbers = [self.dynamics.model.body(name).id for name in bodies]
        self._bodies = tuple(view for k in numbers for view in (data.xpos[k], data.xmat[k]))
        self.offsets, self._offset_P = self._state[1][18:], self._state[2][SIZE:, SIZE:]

    def estimate(self) -> Estimate:
        """What is known after this tick, for all who are not of the filter."""
        body, v = self.dynamics, self.v
        return Estimate(
            np.concatenate((self._map, *self._bodies, v[:6], self.q[body.joint_q], v[body.joint_v])),
            self._state[2].copy(),
            self.localised,
            self.fix_age_s,
            self.fix_off,
            self.unused_s,
            dict(self.dropped),
        )

    @property
    def finite(self) -> bool:
        """Whether the estimate is made of numbers."""
        return all(bool(np.isfinite(part).all()) for part in (*self._state, self._map, self.q, self.v))

    @property
    def X_WO(self) -> Pose:
        """Pose of the odometry frame in the station: a shift and a turn about the vertical."""
        return Pose(p=self._map[:3].copy(), R=rotation_z(self._map[3]))

    @property
    def calibration(self) -> Calibration:
        """What is known of the encoder offsets, to be kept in a file."""
        return Calibration(
            robot=self.dynamics.profile.name,
            joints=self.offset_joints,
            offsets_rad=self.offsets.copy(),
            covariance_rad2=self._offset_P.copy(),
        )

    def calibrate(self, known: Calibration) -> None:
        """Take over what was learnt before. To be called before the first reading.

        Raises:
            ValueError: it is of other joints, or readings have come.
        """
        if known.joints != self.offset_joints or self._started:
            raise ValueError(f"expected, before the first reading, offsets of {', '.join(self.offset_joints)}")
        self.offsets[:], self._offset_P[:] = known.offsets_rad, known.covariance_rad2

    def predict(self, readings: Readings) -> None:
        """Carry the state to this tick with the IMU, and fill ``q`` and ``v``."""
        if not self._started:
            self._start(readings)
        predict(self._state, readings.gyro_rad_s, readings.accel_m_s2, self._dt, self._noise)
        joints = (readings.q_rad, readings.dq_rad_s)
        joint_state(joints, self.dynamics.joints, self.tuning.speed_filter, self._dq, self.q, self.v)
        self.q[self._offset_at] -= self.offsets
        self.mount.update(self.q, self.v)
        base_state(self._state, readings.gyro_rad_s, self._map, self._mount, self.q, self.v)

    @property
    def accel_bias(self) -> Array:
        """Bias of the accelerometer, (3,), m/s^2."""
        return self._state[1][9:12]

    def correct(self, readings: Readings, load_n: Array, planned: NDArray[np.bool_]) -> None:
        """Fuse the feet and, if one came, the fix. `Dynamics.update` must have run on ``q`` and ``v``.

        Args:
            readings: of this tick.
            load_n: normal force of each foot, (2,).
            planned: which feet the gait means to stand, (2,) bool.
        """
        contact = self.contact
        contact.update(load_n, self.dynamics.foot_p, planned)
        self._sightings.note(self._tick, self.offsets)
        landmarks = (contact.stands, contact.fresh)
        fuse_soles(self._state, self._soles_seen, self._imu_seen, landmarks, contact.variances)
        self.fix_age_s += self._dt
        self.fix_off = None
        self._unfit_age_s += self._dt
        self.unused_s = self.unused_s + self._dt if self._unfit_age_s < UNFIT_S else 0.0
        if readings.fix is not None:
            self._take_fix(readings.fix, readings.time_s)
        tool_fixes = readings.tool_fixes
        for fix in tool_fixes if isinstance(tool_fixes, tuple | list) else (tool_fixes,):
            self._take_tool_fix(fix, readings.time_s)
        self._tick += 1

    def drop(self, reason: str) -> None:
        """Count something from outside that is of no use."""
        self.dropped[reason] += 1

    def _take_fix(self, fix: LocalisationFix, now_s: float) -> None:
        fault = fix.fault if isinstance(fix, LocalisationFix) else "is no LocalisationFix"
        if fault or (fault := self._stamp_of_another_clock(now_s - fix.taken_s)):
            self.drop(f"fix: {fault}")
            self._unfit_age_s = 0.0
            return
        age = round((now_s - fix.taken_s) / self._dt)
        self.fix_age_s, self.unused_s, self._unfit_age_s = age * self._dt, 0.0, np.inf
        then = self._sightings.recall(TORSO, self._tick - age, self.offsets)
        if not self.localised:
            self._align(fix.X_WT, then)
            return
        X_WT, stated = self.X_WO @ Pose(p=then.p, R=then.R), fix.covariance
        self.fix_off = (
            float(np.linalg.norm(fix.X_WT.p - X_WT.p)),
            float(np.linalg.norm(log_so3(fix.X_WT.R @ X_WT.R.T))),
        )
        self._fuse(fix.X_WT, then, self._fix_covariance if stated is None else stated + SURER_THAN_ANY)

    def _take_tool_fix(self, fix: ToolFix, now_s: float) -> None:
        fault = fix.fault if isinstance(fix, ToolFix) else "is no ToolFix"
        if not fault and fix.scanner not in self.dynamics.profile.scanners:
            fault = "no scanner of the robot has this name"
        if fault or (fault := self._stamp_of_another_clock(now_s - fix.taken_s)):
            self.drop(f"tool fix: {fault}")
        elif self.localised:
            age = round((now_s - fix.taken_s) / self._dt)
            self._fuse(
                fix.X_WS, self._sightings.recall(fix.scanner, self._tick - age, self.offsets), self._tool_covariance
            )

    def _stamp_of_another_clock(self, latency_s: float) -> str:
        """What is wrong with the stamp of something that came so late."""
        if latency_s < -0.5 * self._dt:
            return "stamped ahead of robot time; stamp fixes with the clock of Readings.time_s"
        if latency_s >= (min(RING, self._tick + 1) - 0.5) * self._dt:
            return "older than what is remembered; stamp fixes with the clock of Readings.time_s, and send them sooner"
        return ""

    def _fuse(self, X_WF: Pose, then: Sighting, covariance: Array) -> None:
        """Correct the filter by the pose of the torso or of a scanner as seen from outside a while ago."""
        thought = (then.p, then.R, then.lever, then.slopes)
        fuse_sighting(self._state, self._map, (as_vector(X_WF.p), as_vector(X_WF.R)), thought, as_vector(covariance))

    def _start(self, readings: Readings) -> None:
        """Begin upright on two flat feet, at the origin of O."""
        dynamics = self.dynamics
        self.q[dynamics.joint_q] = readings.q_rad
        self.q[self._offset_at] -= self.offsets
        dynamics.update(self.q, np.zeros(dynamics.nv))
        up = dynamics.foot_R[:, :, 2].mean(axis=0)
        up /= np.linalg.norm(up)
        ahead = np.array([1.0, 0.0, 0.0]) - up[0] * up
        ahead /= np.linalg.norm(ahead)
        R_OB = np.array([ahead, np.cross(up, ahead), up])
        soles = dynamics.foot_p @ R_OB.T
        p_OB = -soles.mean(axis=0)
        R, x, P, _ = self._state
        self.mount.update(self.q, self.v)
        R[:] = R_OB @ self.mount.R
        x[3:6] = p_OB + R_OB @ self.mount.p
        sigma = np.repeat([0.01, 0.01, 0.01, 0.002, 0.05, 1.0, 1.0, 1.0, 1.0], 3)
        P[:SIZE, :SIZE] = np.diag(sigma**2)
        self._dq[:] = readings.dq_rad_s
        self._started = True

    def _align(self, X_WT: Pose, then: Sighting) -> None:
        """Take the first fix as it is: turn and shift the whole map under the robot."""
        yaw = wrap_angle(X_WT.yaw - yaw_of(then.R))
        turn = rotation_z(yaw)
        shift = X_WT.p - turn @ then.p
        R, x, _, feet = self._state
        R[:], feet[:] = turn @ R, turn @ feet
        x[:3] = turn @ x[:3]
        for at in (3, 12, 15):
            x[at : at + 3] = turn @ x[at : at + 3] + shift
        self._map[:3], self._map[3] = shift, yaw
        self.localised = True
