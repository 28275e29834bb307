"""One robot inside a MuJoCo scene: where its joints, drives and sensors are. It steps nothing; the loop is its user's.

body = MujocoBody(model, data, profile)
body.place(0.0, 0.0, 0.0)
motion.walk(0.4, 0.0, 0.0)
while data.time < 5.0:
    body.drive(motion.tick(body.read()))
    mujoco.mj_step(model, data, nstep=2)  # the control period is 2 ms
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError
from linewalker.geometry import Pose, quat_from_rotation, rotation_z
from linewalker.limbs.model import SOLES
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, LocalisationFix, Readings
from linewalker.limbs.selection import selection

Array = NDArray[np.float64]


class MujocoBody:
    """See the module. Joint vectors follow ``profile.joints``; n is their number.

    Args:
        model: a model that contains the robot of `linewalker.limbs.model.robot_spec`.
        data: its state; the scene may share it.
        profile: the robot.

    Attributes:
        p_WT, R_WT: where the torso is, (3,) and (3, 3), always up to date.

    Raises:
        InputError: the model has no such robot.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, profile: RobotProfile):
        self.model, self.data, self.profile = model, data, profile
        _demand(model, profile)
        root = model.joint("root").id
        self._base_q, self._base_v = int(model.jnt_qposadr[root]), int(model.jnt_dofadr[root])
        joints = [model.joint(name).id for name in profile.joints]
        self._q, self._v = selection(model.jnt_qposadr[joints]), selection(model.jnt_dofadr[joints])
        self._motors = selection([model.actuator(name).id for name in profile.joints])
        self._effort = model.actuator_forcerange[self._motors, 1].copy()
        torso = model.body(profile.torso).id
        self.p_WT, self.R_WT = data.xpos[torso], data.xmat[torso].reshape(3, 3)
        gyro, accel = model.sensor("gyro").adr[0], model.sensor("accelerometer").adr[0]
        self._imu_at = selection([*range(gyro, gyro + 3), *range(accel, accel + 3)])
        self._soles_at = selection([model.sensor(sole).adr[0] for sole in SOLES])
        self._none = np.zeros(len(joints))
        self.let_go()

    def place(self, x: float, y: float, yaw: float) -> None:
        """Stand the robot still on the floor in its standing posture, mid-feet at (x, y), heading yaw; m, rad."""
        data, q = self.data, slice(self._base_q, self._base_q + 7)
        data.qpos[self._q] = self.profile.standing_q()
        data.qvel[self._base_v : self._base_v + 6] = 0.0
        data.qvel[self._v] = 0.0
        data.qpos[q] = [0.0, 0.0, 0.0, *quat_from_rotation(rotation_z(yaw))]
        mujoco.mj_kinematics(self.model, data)
        soles = np.array([data.site(sole).xpos for sole in SOLES])
        data.qpos[self._base_q : self._base_q + 3] = np.array([x, y, 0.0]) - soles.mean(axis=0)
        self.let_go()
        mujoco.mj_forward(self.model, data)

    def let_go(self) -> None:
        """Drives without torque until the next command."""
        self.data.ctrl[self._motors] = 0.0
        self._gains = (self._none, self._none)
        self._write_gains()

    # ---- what it feels, without noise

    @property
    def imu(self) -> Array:
        """Angular velocity (rad/s) above specific force (m/s2), in the IMU frame, (6,)."""
        return self.data.sensordata[self._imu_at]

    @property
    def q_rad(self) -> Array:
        """Joint angles, (n,)."""
        return self.data.qpos[self._q]

    @property
    def dq_rad_s(self) -> Array:
        """Joint speeds, (n,)."""
        return self.data.qvel[self._v]

    @property
    def tau_nm(self) -> Array:
        """Torques of the drives, (n,)."""
        return self.data.actuator_force[self._motors]

    @property
    def foot_force_n(self) -> Array:
        """Normal forces of the left and right foot, (2,)."""
        return self.data.sensordata[self._soles_at]

    def read(self, *, localised: bool = True) -> Readings:
        """What IMU, encoders and drives feel now; `SimulatedRobot` has the same with noise, latency and drop-outs.

        Args:
            localised: with a pose of the torso from a station's sensor; without it the robot trusts its own steps.
        """
        imu, time_s = self.imu.copy(), float(self.data.time)
        X_WT = Pose(p=self.p_WT.copy(), R=self.R_WT.copy())
        return Readings(
            time_s=time_s,
            gyro_rad_s=imu[:3],
            accel_m_s2=imu[3:],
            q_rad=self.q_rad.copy(),
            dq_rad_s=self.dq_rad_s.copy(),
            tau_nm=self.tau_nm.copy(),
            fix=LocalisationFix(taken_s=time_s, X_WT=X_WT) if localised else None,
        )

    # ---- what it does

    def drive(self, command: JointCommand, encoder_bias_rad: Array | float = 0.0) -> Array:
        """Hand a command to the drives: tau + kp (q_cmd - q) + kd (dq_cmd - dq), computed at every physics step.

        Args:
            command: stays in force until the next one.
            encoder_bias_rad: a drive closes its loop on its own encoder, bias and all; (n,).

        Returns:
            The feed-forward torques after clipping, (n,), N m.
        """
        kp, kd = command.kp_nm_rad, command.kd_nm_s_rad
        if kp is not self._gains[0] or kd is not self._gains[1]:
            self._gains = (kp, kd)
            self._write_gains()
        tau = np.minimum(np.maximum(command.tau_nm, -self._effort), self._effort)
        self.data.ctrl[self._motors] = tau + kp * (command.q_rad - encoder_bias_rad) + kd * command.dq_rad_s
        return tau

    def _write_gains(self) -> None:
        """Gains stand in the model, which outlives this robot and may have served another."""
        self.model.actuator_biasprm[self._motors, 1] = -self._gains[0]
        self.model.actuator_biasprm[self._motors, 2] = -self._gains[1]


def _demand(model: mujoco.MjModel, profile: RobotProfile) -> None:
    """Raise InputError unless the model holds the joints, drives and sensors of `robot_spec`."""
    kinds = mujoco.mjtObj
    wanted = [(kinds.mjOBJ_JOINT, "joint", name) for name in ("root", *profile.joints)]
    wanted += [(kinds.mjOBJ_ACTUATOR, "actuator", name) for name in profile.joints]
    wanted += [(kinds.mjOBJ_SENSOR, "sensor", name) for name in ("gyro", "accelerometer", *SOLES)]
    missing = [f"{word} {name}" for kind, word, name in wanted if mujoco.mj_name2id(model, kind, name) < 0]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError(
            f"the MuJoCo model has no {missing[0]}{more}: expected the robot {profile.name}; "
            "build the scene on linewalker.limbs.model.robot_spec, or take floor_model"
        )
