"""One robot inside a MuJoCo scene: where its joints, drives and sensors are. The loop is its user's.

body = MujocoBody(model, data, profile)
body.place(0.0, 0.0, 0.0)
motion.walk(0.4, 0.0, 0.0)
while data.time < 5.0:
    body.act(motion.tick(body.sense()))
    body.step()  # the control period, 2 ms; more robots in a scene: once for all of them
"""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.errors import InputError, PhysicsDiverged, RobotFell
from linewalker.geometry import Array, Pose, quat_from_rotation, rotation_z
from linewalker.limbs.model.robot_model import SOLES
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, LocalisationFix, Readings
from linewalker.limbs.selection import selection
from linewalker.limbs.soundness import command_fault

IMU_SENSORS = ("gyro", "accelerometer")
FASTEST_FALL_M_S = 10.0
"""Who falls faster has fallen through more than 5 m of air: there is no floor."""
LYING = 0.6
"""Cosine of the tilt of the pelvis beyond which a robot lies, 53 degrees."""
COLLAPSED = 0.25
"""Share of its standing height, pelvis above soles, below which it has collapsed; robots that were lowered keep 0.3."""


class MujocoBody:
    """See the module. Joint vectors follow ``profile.joints``; n is their number.

    Args:
        model: a model that contains the robot of `linewalker.limbs.model.robot_model.robot_spec`.
        data: its state; the scene may share it.
        profile: the robot.
        prefix: what its names in the model begin with, see `linewalker.limbs.model.robot_model.attach`.

    Raises:
        InputError: the model has no such robot.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, profile: RobotProfile, prefix: str = ""):
        self.model, self.data, self.profile = model, data, profile
        _demand(model, profile, prefix)
        root = model.joint(f"{prefix}root").id
        self._base_q, self._base_v = int(model.jnt_qposadr[root]), int(model.jnt_dofadr[root])
        joints = [model.joint(f"{prefix}{name}").id for name in profile.joints]
        self._q, self._v = selection(model.jnt_qposadr[joints]), selection(model.jnt_dofadr[joints])
        self._motors = selection([model.actuator(f"{prefix}{name}").id for name in profile.joints])
        self._effort = model.actuator_forcerange[self._motors, 1].copy()
        self._torso, self._base = (int(model.body(f"{prefix}{name}").id) for name in (profile.torso, profile.base))
        gyro, accel = (model.sensor(f"{prefix}{name}").adr[0] for name in IMU_SENSORS)
        self._imu_at = selection([*range(gyro, gyro + 3), *range(accel, accel + 3)])
        self._soles_at = selection([model.sensor(f"{prefix}{sole}").adr[0] for sole in SOLES])
        self._none = np.zeros(len(joints))
        self._soles = [int(model.site(f"{prefix}{sole}").id) for sole in SOLES]
        self._height_m = 0.0
        self.let_go()

    def place(self, x: float, y: float, yaw: float) -> None:
        """Stand the robot still on the floor in its standing posture, mid-feet at (x, y), heading yaw; m, rad."""
        data, q = self.data, slice(self._base_q, self._base_q + 7)
        data.qpos[self._q] = self.profile.standing_q()
        data.qvel[self._base_v : self._base_v + 6] = 0.0
        data.qvel[self._v] = 0.0
        data.qpos[q] = [0.0, 0.0, 0.0, *quat_from_rotation(rotation_z(yaw))]
        mujoco.mj_kinematics(self.model, data)
        soles = data.site_xpos[self._soles]
        self._height_m = -float(soles[:, 2].mean())
        data.qpos[self._base_q : self._base_q + 3] = np.array([x, y, 0.0]) - soles.mean(axis=0)
        self.let_go()
        mujoco.mj_forward(self.model, data)

    def let_go(self) -> None:
        """Drives without torque until the next command."""
        self.data.ctrl[self._motors] = 0.0
        self._gains = (self._none, self._none)
        self.grip()

    # ---- time

    def substeps(self) -> int:
        """Physics steps in a control period.

        Raises:
            InputError: the period is no multiple of ``model.opt.timestep``.
        """
        timestep_s = float(self.model.opt.timestep)
        count = round(CONTROL_PERIOD_S / timestep_s) if 1e-6 < timestep_s < 1.0 else 0
        if count == 0 or abs(count * timestep_s - CONTROL_PERIOD_S) > 1e-9:
            raise InputError(
                f"model.opt.timestep is {1e3 * timestep_s:g} ms; expected a whole part of the control period of "
                f"{1e3 * CONTROL_PERIOD_S:g} ms: 2, 1, 0.5 ms ..."
            )
        return count

    def step(self) -> None:
        """Step the physics of the scene by one control period.

        Raises:
            InputError: the timestep of the model does not divide it.
            RobotFell: the robot lies on the floor, or falls where there is none. Who wants to see it lie steps the
                physics with `mujoco.mj_step` instead.
            PhysicsDiverged: MuJoCo gave up and began anew.
        """
        before_s = self.data.time
        self.grip()
        mujoco.mj_step(self.model, self.data, nstep=self.substeps())
        self.check(before_s)
        if self.lies:
            raise RobotFell(f"the robot {self.profile.name} fell and lies on the floor, {self._when}")

    def check(self, before_s: float) -> None:
        """Whether the physics still are of this world, after steps from a time on.

        Raises:
            RobotFell: the robot falls where there is no floor.
            PhysicsDiverged: MuJoCo gave up and began anew.
        """
        if not self.data.time > before_s:
            raise PhysicsDiverged(
                f"MuJoCo found no numbers any more at {before_s:.3f} s and began anew; take a smaller "
                "model.opt.timestep, or look for bodies that were put into one another"
            )
        self._check_floor()

    def _check_floor(self) -> None:
        if self.data.qvel[self._base_v + 2] < -FASTEST_FALL_M_S:
            raise RobotFell(
                f"the robot {self.profile.name} falls and meets no floor, {self._when}; give the scene a floor at "
                "z = 0, as linewalker.limbs.model.robot_model.add_floor does"
            )

    @property
    def lies(self) -> bool:
        """Whether the robot has overturned or collapsed, truly; one that was lowered sits."""
        data = self.data
        height_m = data.xpos[self._base, 2] - data.site_xpos[self._soles, 2].min()
        return bool(data.xmat[self._base, 8] < LYING or height_m < COLLAPSED * self._height_m)

    @property
    def _when(self) -> str:
        return f"at {self.data.time:.2f} s, its pelvis at z = {self.data.xpos[self._base, 2]:.2f} m"

    # ---- what it feels, without noise

    @property
    def p_WT(self) -> Array:
        """Where the torso is, (3,); a view, always up to date."""
        return self.data.xpos[self._torso]

    @property
    def R_WT(self) -> Array:
        """How the torso is turned, (3, 3); a view, always up to date."""
        return self.data.xmat[self._torso].reshape(3, 3)

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

    def sense(self, *, localised: bool = True) -> Readings:
        """What IMU, encoders and drives feel now; `SimulatedRobot` has the same with noise, latency and drop-outs.

        Args:
            localised: with a pose of the torso from a station's sensor; without it the robot trusts its own steps.

        Raises:
            RobotFell: the robot falls where there is no floor.
        """
        self._check_floor()
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

    def act(self, command: JointCommand, encoder_bias_rad: Array | float = 0.0) -> Array:
        """Hand a command to the drives: tau + kp (q_cmd - q) + kd (dq_cmd - dq), computed at every physics step.

        Args:
            command: stays in force until the next one.
            encoder_bias_rad: a drive closes its loop on its own encoder, bias and all; (n,).

        Returns:
            The feed-forward torques after clipping, (n,), N m.

        Raises:
            InputError: a part of the command is not finite; the drives keep to the last command.
        """
        if part := command_fault(command):
            raise InputError(f"{part} of a command is not finite; the drives keep to the last command")
        kp, kd = self._gains = (command.kp_nm_rad, command.kd_nm_s_rad)
        self.grip()
        tau = np.minimum(np.maximum(command.tau_nm, -self._effort), self._effort)
        self.data.ctrl[self._motors] = tau + kp * (command.q_rad - encoder_bias_rad) + kd * command.dq_rad_s
        return tau

    def grip(self) -> None:
        """Gains stand in the model: put this robot's there, for its next step, where another robot shares the model."""
        self.model.actuator_biasprm[self._motors, 1] = -self._gains[0]
        self.model.actuator_biasprm[self._motors, 2] = -self._gains[1]


def _demand(model: mujoco.MjModel, profile: RobotProfile, prefix: str) -> None:
    """Raise InputError unless the model holds the joints, drives and sensors of `robot_spec`."""
    kinds = mujoco.mjtObj
    wanted = [(kinds.mjOBJ_JOINT, "joint", name) for name in ("root", *profile.joints)]
    wanted += [(kinds.mjOBJ_BODY, "body", name) for name in (profile.base, profile.torso)]
    wanted += [(kinds.mjOBJ_ACTUATOR, "actuator", name) for name in profile.joints]
    wanted += [(kinds.mjOBJ_SENSOR, "sensor", name) for name in (*IMU_SENSORS, *SOLES)]
    wanted += [(kinds.mjOBJ_SITE, "site", name) for name in SOLES]
    missing = [
        f"{word} {prefix}{name}" for kind, word, name in wanted if mujoco.mj_name2id(model, kind, prefix + name) < 0
    ]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        names = [model.joint(joint).name for joint in range(model.njnt)]
        there = ", ".join(repr(name.removesuffix("root")) for name in names if name.endswith("root")) or "none"
        raise InputError(
            f"the MuJoCo model has no {missing[0]}{more}: expected the robot {profile.name}, prefix {prefix!r}; "
            f"prefixes of robots in it: {there}; build it with linewalker.attach, or take floor_model"
        )
