"""The robot behind the wire: physics, drives that only do what a frame says, a hoist, warmth, and what it tells of it.

It boots as a real one does: it hangs, its drives are without torque, and a controller of the vendor's has it; frames
are heard once that has been released. What is not for it (another ``mode_machine``, a false checksum) is not heard.
"""

from __future__ import annotations

from collections.abc import Sequence

import mujoco
import numpy as np

from linewalker.geometry import Array
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, Readings
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.limbs.simulated.wear import Wear
from linewalker.limbs.unitree.frames import ENABLED
from linewalker.limbs.unitree.layout import IMU, STATE, Image, blank
from linewalker.limbs.unitree.messages import LowCommand
from linewalker.limbs.unitree.remote import Remote, remote_bytes
from linewalker.limbs.unitree.simulator.hoist import Hoist

HARDWARE = 5
"""What a G1 of 29 joints calls itself in ``mode_machine``."""
DRAWN_M = 0.15
VENDORS_OWN = "ai"
VOLT, IMU_C = 50.0, 40
FULL_PERCENT, LASTS_S = 100.0, 7200.0


class SimulatedG1:
    """See the module.

    Args:
        profile: the robot.
        seed: of its sensors.
        joint_friction_nm: dry friction in every joint.
        delay_s: age of a frame when the drives follow it.
        wear: what of it is worn.

    Attributes:
        hoist: it hangs from.
        mode: the vendor's controller that has it; empty once it is released.
        remote: the remote control.
        heard, unheard: frames for it, and others.
    """

    def __init__(
        self,
        profile: RobotProfile,
        seed: int = 0,
        *,
        joint_friction_nm: float = 0.2,
        delay_s: float = 0.0,
        wear: Sequence[Wear] = (),
    ):
        model = floor_model(profile, visual=False, joint_friction_nm=joint_friction_nm)
        data = mujoco.MjData(model)
        self._robot = SimulatedRobot(model, data, profile, seed, tracker=False, command_delay_s=delay_s, wear=wear)
        self._robot.place(0.0, 0.0, 0.0)
        torso = model.body(profile.torso).id
        self.hoist = Hoist(model, data, torso, DRAWN_M)
        data.qpos[model.joint("root").qposadr[0] + 2] += DRAWN_M
        mujoco.mj_forward(model, data)
        self._torso, self._base = torso, model.body(profile.base).id
        self._n = len(profile.joints)
        self.mode, self.remote = VENDORS_OWN, Remote()
        self.heard = self.unheard = 0
        self._enabled = np.zeros(self._n, bool)

    @property
    def time_s(self) -> float:
        """Robot time."""
        return self._robot.time_s

    @property
    def charge_percent(self) -> int:
        """Of its battery."""
        return int(max(0.0, FULL_PERCENT * (1.0 - self.time_s / LASTS_S)))

    @property
    def lies(self) -> bool:
        """Whether it lies on the floor."""
        return self._robot.body.lies

    @property
    def middle(self) -> Array:
        """Where it truly is: x and y of the pelvis, (2,), m."""
        return self._robot.data.xpos[self._base, :2].copy()

    def hear(self, command: LowCommand) -> bool:
        """Do what a frame says until the next one; returns whether it was one for this robot."""
        image = command.image
        if not command.sound or int(image["mode_machine"]) != HARDWARE or self.mode:
            self.unheard += 1
            return False
        self.heard += 1
        motors = image["motor"][: self._n]
        on = motors["mode"] == ENABLED
        q, dq, tau, kp, kd = (motors[name].astype(float) for name in ("q", "dq", "tau", "kp", "kd"))
        parts = (np.where(on & np.isfinite(part), part, 0.0) for part in (q, dq, tau, kp, kd))
        self._robot.act(JointCommand(**dict(zip(("q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad"), parts))))
        self._enabled = on
        return True

    def tick(self) -> Image:
        """Live through a control period; returns the state at its end."""
        self.hoist.pull(CONTROL_PERIOD_S)
        readings = self._robot.sense()
        return self._state(readings)

    def _state(self, readings: Readings) -> Image:
        image = blank(STATE)
        image["version"], image["mode_machine"] = (1, 0), HARDWARE
        image["tick"] = round(1e3 * readings.time_s)
        self._write_imu(image["imu"], self._base, readings.gyro_rad_s, readings.accel_m_s2)
        motors = image["motor"][: self._n]
        motors["mode"], motors["vol"] = self._enabled, VOLT
        motors["q"], motors["dq"], motors["tau_est"] = readings.q_rad, readings.dq_rad_s, readings.tau_nm
        motors["temperature"] = self._robot.temperatures_c
        image["wireless_remote"] = list(remote_bytes(self.remote))
        return image

    def torso_imu(self) -> Image:
        """What the IMU in the torso feels, without noise."""
        image, data, model = np.zeros((), IMU), self._robot.data, self._robot.model
        velocity, acceleration, body = np.zeros(6), np.zeros(6), mujoco.mjtObj.mjOBJ_BODY
        mujoco.mj_rnePostConstraint(model, data)
        mujoco.mj_objectVelocity(model, data, body, self._torso, velocity, 1)
        mujoco.mj_objectAcceleration(model, data, body, self._torso, acceleration, 1)
        self._write_imu(image, self._torso, velocity[:3], acceleration[3:])
        return image

    def _write_imu(self, image: Image, body: int, gyro_rad_s: Array, accel_m_s2: Array) -> None:
        w, x, y, z = quaternion = self._robot.data.xquat[body]
        image["quaternion"], image["gyroscope"], image["accelerometer"] = quaternion, gyro_rad_s, accel_m_s2
        roll = np.arctan2(2.0 * (w * x + y * z), 1.0 - 2.0 * (x * x + y * y))
        pitch = np.arcsin(np.clip(2.0 * (w * y - z * x), -1.0, 1.0))
        yaw = np.arctan2(2.0 * (w * z + x * y), 1.0 - 2.0 * (y * y + z * z))
        image["rpy"], image["temperature"] = (roll, pitch, yaw), IMU_C
