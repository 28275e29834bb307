"""What simulated sensors make of the truth: biases, noise, latency and drop-outs, all drawn from one seed."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array, Pose, exp_so3
from linewalker.limbs.simulated.sensors_kernel import report


@dataclass(frozen=True, kw_only=True)
class SensorNoise:
    """Standard deviations of what is wrong with each sensor; biases are drawn once per seed.

    Attributes:
        gyro_rad_s, gyro_bias_rad_s: angular velocity, per sample and constant.
        accel_m_s2, accel_bias_m_s2: specific force, per sample and constant.
        encoder_rad, encoder_bias_rad: joint angle.
        speed_rad_s: joint speed.
        torque_ratio: motor torque, as a fraction of it.
        foot_force_n: normal force of a foot.
        fix_m, fix_rad: localisation of the torso, per axis.
        tool_fix_m, tool_fix_rad: localisation of a scanner that carries a target, per axis.
        fix_period_s, fix_latency_s, fix_dropout: of both, how often, how late and how often not.
    """

    gyro_rad_s: float = 0.01
    gyro_bias_rad_s: float = 0.002
    accel_m_s2: float = 0.1
    accel_bias_m_s2: float = 0.05
    encoder_rad: float = 0.0005
    encoder_bias_rad: float = 0.003
    speed_rad_s: float = 0.03
    torque_ratio: float = 0.02
    foot_force_n: float = 5.0
    fix_m: float = 0.005
    fix_rad: float = float(np.radians(0.3))
    tool_fix_m: float = 0.005
    tool_fix_rad: float = float(np.radians(0.3))
    fix_period_s: float = 0.02
    fix_latency_s: float = 0.04
    fix_dropout: float = 0.01


PERFECT = SensorNoise(**{name: 0.0 for name in SensorNoise.__dataclass_fields__ if name != "fix_period_s"})
"""Sensors that tell the truth, for tests."""


class BodySensors:
    """IMU, encoders, drives and foot sensors of one robot with n joints."""

    def __init__(self, n: int, noise: SensorNoise, rng: np.random.Generator):
        self._rng, self._n = rng, n
        self.encoder_bias_rad = rng.normal(0.0, 1.0, n) * noise.encoder_bias_rad
        self._offset = np.concatenate(
            (
                rng.normal(0.0, 1.0, 3) * noise.gyro_bias_rad_s,
                rng.normal(0.0, 1.0, 3) * noise.accel_bias_m_s2,
                self.encoder_bias_rad,
                np.zeros(2 * n + 2),
            )
        )
        self._sigma = np.concatenate(
            (
                np.full(3, noise.gyro_rad_s),
                np.full(3, noise.accel_m_s2),
                np.full(n, noise.encoder_rad),
                np.full(n, noise.speed_rad_s),
                np.full(n, noise.torque_ratio),
                np.full(2, noise.foot_force_n),
            )
        )

    def jump(self, joint: int, angle_rad: float) -> None:
        """From now on the encoder of a joint reads so much more."""
        self.encoder_bias_rad[joint] += angle_rad
        self._offset[6 + joint] += angle_rad

    def measure(self, imu: Array, q: Array, dq: Array, tau: Array, foot_force: Array) -> tuple[Array, ...]:
        """Gyro (3,), accelerometer (3,), q, dq, tau (n,) and foot force (2,) as the sensors report them.

        Args:
            imu: true angular velocity and specific force in the IMU frame, (6,).
            q, dq, tau: true joint angles, speeds and torques, (n,).
            foot_force: true normal forces, (2,).
        """
        n = self._n
        seen = self._rng.standard_normal(8 + 3 * n)
        report(imu, (q, dq, tau), foot_force, self._sigma, self._offset, seen)
        return seen[:3], seen[3:6], seen[6 : 6 + n], seen[6 + n : 6 + 2 * n], seen[6 + 2 * n : -2], seen[-2:]


class Localisation:
    """One target that the station's tracker follows: a pose now and then, late, sometimes not at all.

    Args:
        noise: how often, how late.
        sigma: standard deviations of place and attitude per axis, m and rad.
        rng: of the noise.
    """

    def __init__(self, noise: SensorNoise, sigma: tuple[float, float], rng: np.random.Generator):
        self._noise, self._sigma, self._rng = noise, sigma, rng
        self._under_way: deque[tuple[float, Pose]] = deque()
        self._next_s = -np.inf
        self.lost = False
        """Nothing is taken while it is True; see `Tracker.lost`."""

    def forget(self) -> None:
        """The target is put elsewhere: what is under way is lost, and it is looked at anew."""
        self._under_way.clear()
        self._next_s = -np.inf

    def observe(self, time_s: float, p_WF: Array, R_WF: Array) -> tuple[float, Pose] | None:
        """Look at the target if it is time to; return what arrives now: the time it was taken at, and X_WF."""
        noise, (sigma_m, sigma_rad) = self._noise, self._sigma
        if time_s < self._next_s - noise.fix_period_s - 1e-9:  # time began anew
            self.forget()
        if time_s >= self._next_s - 1e-9:
            self._next_s = time_s + noise.fix_period_s
            error = self._rng.standard_normal(6)
            seen = self._rng.random() >= noise.fix_dropout and not self.lost
            if seen:
                R = exp_so3(sigma_rad * error[3:]) @ R_WF
                self._under_way.append((time_s, Pose(p=p_WF + sigma_m * error[:3], R=R)))
        if self._under_way and time_s >= self._under_way[0][0] + noise.fix_latency_s - 1e-9:
            return self._under_way.popleft()
        return None


class Tracker:
    """The station's tracker and the targets it follows; whoever has no tracker has one without targets.

    Args:
        torso: the target on the torso, if there is one.
        scanners: those on scanners, by their names.
    """

    def __init__(self, torso: Localisation | None = None, scanners: Mapping[str, Localisation] | None = None):
        self.torso, self.scanners = torso, dict(scanners or {})
        self._lost = False

    def forget(self) -> None:
        """As `Localisation.forget`, of all targets."""
        for target in (self.torso, *self.scanners.values()):
            if target is not None:
                target.forget()

    @property
    def lost(self) -> bool:
        """Set it to see how the robot does without: no target at all is seen while it is True."""
        return self._lost

    @lost.setter
    def lost(self, lost: bool) -> None:
        self._lost = lost
        for target in (self.torso, *self.scanners.values()):
            if target is not None:
                target.lost = lost
