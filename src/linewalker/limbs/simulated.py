"""A robot in MuJoCo physics behind the same seam as a real one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import quat_from_rotation, rotation_z
from linewalker.limbs.model import SOLES
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, LineProfile, Readings, RgbdImage, Robot
from linewalker.limbs.selection import selection
from linewalker.limbs.sensors import BodySensors, Localisation, SensorNoise

Array = NDArray[np.float64]
CONTROL_PERIOD_S = 0.002


class Optics(Protocol):
    """What takes pictures and laser-line profiles of the simulated scene."""

    def look(self, data: mujoco.MjData, camera: str) -> RgbdImage:
        """Picture from the named camera."""

    def scan(self, data: mujoco.MjData, scanner: str) -> LineProfile:
        """Profile from the named scanner."""


class SimulatedRobot(Robot):
    """Physics, drives and sensors of one robot in a scene.

    Args:
        model: a model that contains the robot of `linewalker.limbs.model.robot_spec`.
        data: its state; the scene may share it.
        profile: the robot.
        seed: of everything random in the sensors.
        noise: how bad the sensors are.
        foot_sensors: whether the feet report their normal force.
        optics: takes pictures and profiles; without it `look` and `scan` raise.
        watched_geoms: geoms whose touching is reported as ``Readings.touched`` (the car's colliders).
        command_delay_s: age of a command when the drives follow it.
    """

    def __init__(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        profile: RobotProfile,
        seed: int = 0,
        *,
        noise: SensorNoise | None = None,
        foot_sensors: bool = False,
        optics: Optics | None = None,
        watched_geoms: Iterable[int] = (),
        command_delay_s: float = 0.0,
    ):
        self.model, self.data, self.profile, self.optics = model, data, profile, optics
        self.noise = noise if noise is not None else SensorNoise()
        self.foot_sensors = foot_sensors
        self.on_tick: Callable[[SimulatedRobot], None] | None = None
        """Called after every control tick, for instance to draw a picture of a video."""
        self._substeps = round(CONTROL_PERIOD_S / model.opt.timestep)
        root = model.joint("root").id
        self._base_q, self._base_v = int(model.jnt_qposadr[root]), int(model.jnt_dofadr[root])
        joints = [model.joint(name).id for name in profile.joints]
        self._q, self._v = selection(model.jnt_qposadr[joints]), selection(model.jnt_dofadr[joints])
        self._motors = selection([model.actuator(name).id for name in profile.joints])
        self._effort = model.actuator_forcerange[self._motors, 1].copy()
        self._torso = model.body(profile.torso).id
        gyro, accel = model.sensor("gyro").adr[0], model.sensor("accelerometer").adr[0]
        self._imu_at = selection([*range(gyro, gyro + 3), *range(accel, accel + 3)])
        self._soles_at = selection([model.sensor(sole).adr[0] for sole in SOLES])
        self._watched = np.zeros(model.ngeom, bool)
        self.watch(watched_geoms)
        self._delay = round(command_delay_s / CONTROL_PERIOD_S)
        self._commands: deque[JointCommand] = deque()
        self._none = np.zeros(len(joints))
        self._gains = (self._none, self._none)
        self._write_gains()
        self.reseed(seed)

    @property
    def time_s(self) -> float:
        """Robot time."""
        return float(self.data.time)

    def reseed(self, seed: int) -> None:
        """Draw new biases and start all noise afresh; what is under way from the localisation sensor is lost."""
        body, localisation = np.random.SeedSequence(seed).spawn(2)
        self.sensors = BodySensors(len(self.profile.joints), self.noise, np.random.default_rng(body))
        self.localisation = Localisation(self.noise, np.random.default_rng(localisation))

    def watch(self, geoms: Iterable[int]) -> None:
        """Report touching any of these geoms, and no others, from now on."""
        self._watched[:] = False
        self._watched[list(geoms)] = True

    def place(self, x: float, y: float, yaw: float) -> None:
        """Stand the robot still on the floor in its standing posture, mid-feet at (x, y), heading yaw."""
        data, q = self.data, slice(self._base_q, self._base_q + 7)
        data.qpos[self._q] = self.profile.standing_q()
        data.qvel[self._base_v : self._base_v + 6] = 0.0
        data.qvel[self._v] = 0.0
        data.qpos[q] = [0.0, 0.0, 0.0, *quat_from_rotation(rotation_z(yaw))]
        mujoco.mj_kinematics(self.model, data)
        soles = np.array([data.site(sole).xpos for sole in SOLES])
        data.qpos[self._base_q : self._base_q + 3] = np.array([x, y, 0.0]) - soles.mean(axis=0)
        data.ctrl[self._motors] = 0.0
        self._gains = (self._none, self._none)
        self._write_gains()
        self._commands.clear()
        mujoco.mj_forward(self.model, data)

    def sense(self) -> Readings:
        """Step the physics to the next control tick and read the sensors."""
        data = self.data
        imu = np.zeros(6)
        for _ in range(self._substeps):
            mujoco.mj_step(self.model, data)
            imu += data.sensordata[self._imu_at]
        if self.on_tick is not None:
            self.on_tick(self)
        gyro, accel, q, dq, tau, force = self.sensors.measure(
            imu / self._substeps,
            data.qpos[self._q],
            data.qvel[self._v],
            data.actuator_force[self._motors],
            data.sensordata[self._soles_at],
        )
        time_s, torso = float(data.time), self._torso
        return Readings(
            time_s=time_s,
            gyro_rad_s=gyro,
            accel_m_s2=accel,
            q_rad=q,
            dq_rad_s=dq,
            tau_nm=tau,
            foot_force_n=force if self.foot_sensors else None,
            fix=self.localisation.observe(time_s, data.xpos[torso], data.xmat[torso].reshape(3, 3)),
            touched=bool(data.ncon and self._watched[data.contact.geom].any()),
        )

    def act(self, command: JointCommand) -> Array:
        """Hand a command to the drives: tau + kp (q_cmd - q) + kd (dq_cmd - dq), computed at every physics step."""
        self._commands.append(command)
        if len(self._commands) <= self._delay:
            return self._none.copy()
        command = self._commands.popleft()
        kp, kd = command.kp_nm_rad, command.kd_nm_s_rad
        if kp is not self._gains[0] or kd is not self._gains[1]:
            self._gains = (kp, kd)
            self._write_gains()
        tau = np.minimum(np.maximum(command.tau_nm, -self._effort), self._effort)
        q = command.q_rad - self.sensors.encoder_bias_rad  # a drive closes its loop on its own encoder, bias and all
        self.data.ctrl[self._motors] = tau + kp * q + kd * command.dq_rad_s
        return tau

    def _write_gains(self) -> None:
        """Gains stand in the model, which outlives this robot and may have served another."""
        self.model.actuator_biasprm[self._motors, 1] = -self._gains[0]
        self.model.actuator_biasprm[self._motors, 2] = -self._gains[1]

    def look(self, camera: str) -> RgbdImage:
        """Take a picture now with the named camera of the profile."""
        return self._optics().look(self.data, camera)

    def scan(self, scanner: str) -> LineProfile:
        """Take a laser-line profile now with the named scanner of the profile."""
        return self._optics().scan(self.data, scanner)

    def _optics(self) -> Optics:
        if self.optics is None:
            raise RuntimeError("this simulated robot was built without optics")
        return self.optics
