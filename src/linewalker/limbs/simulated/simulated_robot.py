"""A robot in MuJoCo physics behind the same seam as a real one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import mujoco
import numpy as np

from linewalker.errors import RobotLost
from linewalker.geometry import Array
from linewalker.kernel import make_ready
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import (
    CONTROL_PERIOD_S,
    JointCommand,
    LineProfile,
    LocalisationFix,
    Readings,
    RgbdImage,
    Robot,
    ToolFix,
)
from linewalker.limbs.simulated.mujoco_body import MujocoBody
from linewalker.limbs.simulated.sensors import BodySensors, Localisation, SensorNoise, Tracker
from linewalker.limbs.simulated.warmth import Warmth
from linewalker.limbs.simulated.wear import FRICTION_TIMES, HOTTER_K, JUMP_RAD, LOST_SHARE, Wear, WearKind

WARMED_EVERY = 50
"""Ticks."""


class Optics(Protocol):
    """What takes pictures and laser-line profiles of the simulated scene."""

    def look(self, data: mujoco.MjData, camera: str) -> RgbdImage:
        """Picture from the named camera."""

    def scan(self, data: mujoco.MjData, scanner: str) -> LineProfile:
        """Profile from the named scanner."""


class SimulatedRobot(Robot):
    """One robot in a scene: steps the physics, and gives its sensors what is wrong with them.

    It steps all of the scene whenever it senses, so a scene has one of them at most: further robots are driven through
    a `MujocoBody` each, between its `act` and its next `sense`.

    Args:
        model: a model that contains the robot of `linewalker.limbs.model.robot_model.robot_spec`.
        data: its state; the scene may share it.
        profile: the robot.
        seed: of everything random in the sensors.
        noise: how bad the sensors are.
        foot_sensors: whether the feet report their normal force.
        tracker: whether a tracker of the station follows the torso; without one no fix comes from anywhere.
        tool_targets: whether the scanners carry targets for that tracker too.
        optics: takes pictures and profiles; without it `look` and `scan` raise.
        command_delay_s: age of a command when the drives follow it.
        wear: what is worn.
        prefix: what the names of the robot in the model begin with, see `linewalker.limbs.model.robot_model.attach`.

    Attributes:
        localisation: the tracker, the one place that poses from outside the body come from.
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
        tracker: bool = True,
        tool_targets: bool = True,
        optics: Optics | None = None,
        command_delay_s: float = 0.0,
        wear: Sequence[Wear] = (),
        prefix: str = "",
    ):
        make_ready()
        self.model, self.data, self.profile, self.optics = model, data, profile, optics
        self.noise = noise if noise is not None else SensorNoise()
        self.foot_sensors = foot_sensors
        self._tracked = tracker
        self.on_tick: Callable[[SimulatedRobot], None] | None = None
        """Called after every control tick, for instance to draw a picture of a video."""
        self.body = MujocoBody(model, data, profile, prefix)
        scanners = profile.scanners if tracker and tool_targets else ()
        self._tools = {name: int(model.site(f"{prefix}{name}").id) for name in scanners}
        self.body.substeps()
        self._watched = np.zeros(model.ngeom, bool)
        self.watch(())
        self._delay = round(command_delay_s / CONTROL_PERIOD_S)
        self._closed_s: float | None = None
        self._commands: deque[JointCommand] = deque()
        self._warmth, self._ticks = Warmth(model.actuator_forcerange[self._drives(prefix), 1].copy()), 0
        self._hotter_c, self._winding_c = np.zeros(len(profile.joints)), np.zeros(0)
        self._jumps: list[Wear] = []
        self._lost_share = 0.0
        self.reseed(seed)
        self._wear_out(wear, prefix)

    def _drives(self, prefix: str) -> list[int]:
        return [int(self.model.actuator(f"{prefix}{name}").id) for name in self.profile.joints]

    def _wear_out(self, wear: Sequence[Wear], prefix: str) -> None:
        for one in wear:
            if one.kind is WearKind.LOSSES:
                self._lost_share = LOST_SHARE
            elif one.kind is WearKind.FRICTION:
                self.model.dof_frictionloss[self.model.joint(f"{prefix}{one.joint}").dofadr[0]] *= FRICTION_TIMES
            elif one.kind is WearKind.HOT:
                self._hotter_c[self.profile.joints.index(one.joint)] = HOTTER_K
            else:
                self._jumps.append(one)

    @property
    def time_s(self) -> float:
        """Robot time."""
        return float(self.data.time)

    @property
    def temperatures_c(self) -> Array:
        """Of the cases of its drives and of their windings, as they are told, (n, 2)."""
        return np.column_stack((np.rint(self._warmth.case_c), self._winding_c))

    def reseed(self, seed: int) -> None:
        """Draw new biases and start all noise afresh; what is under way from the localisation sensor is lost."""
        noise, n = self.noise, len(self.profile.joints)
        sequence = np.random.SeedSequence(seed)
        body, torso, *tools = map(np.random.default_rng, sequence.spawn(2 + len(self._tools)))
        self._link = np.random.default_rng(sequence.spawn(1)[0])
        self.sensors = BodySensors(n, noise, body)
        sigma = (noise.tool_fix_m, noise.tool_fix_rad)
        self.localisation = Tracker(
            Localisation(noise, (noise.fix_m, noise.fix_rad), torso) if self._tracked else None,
            {name: Localisation(noise, sigma, rng) for name, rng in zip(self._tools, tools)},
        )

    def watch(self, geoms: Iterable[int]) -> None:
        """Report touching any of these geoms, and no others, from now on."""
        self._watched[:] = False
        self._watched[list(geoms)] = True
        self._watches = bool(self._watched.any())

    def place(self, x: float, y: float, yaw: float) -> None:
        """Stand the robot still on the floor in its standing posture, mid-feet at (x, y), heading yaw.

        Commands and fixes under way are lost; biases and the noise to come stay as they are, see `reseed`.
        """
        self.body.place(x, y, yaw)
        self._commands.clear()
        self.localisation.forget()

    def connect(self) -> None:
        """Answer again after `close`."""
        self._closed_s = None

    def close(self) -> None:
        """Answer no more."""
        if self._closed_s is None:
            self._closed_s = self.time_s

    def _demand(self) -> None:
        if self._closed_s is not None:
            raise RobotLost(
                f"the robot {self.profile.name} was closed at {self._closed_s:.2f} s of robot time; connect() to it "
                "again, or work with it inside its with block"
            )

    def sense(self) -> Readings:
        """Step the physics to the next control tick and read the sensors; to one later where readings are lost.

        Raises:
            RobotLost: it was closed; so do `act`, `look` and `scan`.
            RobotFell: it falls where there is no floor. One that lies goes on feeling.
            PhysicsDiverged: MuJoCo gave up and began anew.
        """
        readings = self._feel()
        while self._lost_share and self._link.random() < self._lost_share:
            readings = self._feel()
        return readings

    def _feel(self) -> Readings:
        self._demand()
        data, body = self.data, self.body
        imu, substeps, before_s = np.zeros(6), body.substeps(), data.time
        body.grip()
        for _ in range(substeps):
            mujoco.mj_step(self.model, data)
            imu += body.imu
        body.check(before_s)
        if self.on_tick is not None:
            self.on_tick(self)
        self._age()
        gyro, accel, q, dq, tau, force = self.sensors.measure(
            imu / substeps, body.q_rad, body.dq_rad_s, body.tau_nm, body.foot_force_n
        )
        time_s = float(data.time)
        return Readings(
            time_s=time_s,
            gyro_rad_s=gyro,
            accel_m_s2=accel,
            q_rad=q,
            dq_rad_s=dq,
            tau_nm=tau,
            foot_force_n=force if self.foot_sensors else None,
            fix=self._torso_fix(time_s),
            tool_fixes=tuple(self._tool_fixes(time_s)),
            winding_c=self._winding_c,
            touched=bool(self._watches and data.ncon and self._watched[data.contact.geom].any()),
        )

    def _age(self) -> None:
        """Drives warm up, worn encoders jump."""
        if self._ticks % WARMED_EVERY == 0:
            self._warmth.pass_time(WARMED_EVERY * CONTROL_PERIOD_S, self.body.tau_nm)
            self._winding_c = np.rint(self._warmth.winding_c + self._hotter_c)
        self._ticks += 1
        for jump in self._jumps:
            if self.time_s >= jump.at_s:
                self.sensors.jump(self.profile.joints.index(jump.joint), JUMP_RAD)
                self._jumps = [one for one in self._jumps if one is not jump]

    def _torso_fix(self, time_s: float) -> LocalisationFix | None:
        target = self.localisation.torso
        seen = None if target is None else target.observe(time_s, self.body.p_WT, self.body.R_WT)
        return None if seen is None else LocalisationFix(taken_s=seen[0], X_WT=seen[1])

    def _tool_fixes(self, time_s: float) -> Iterator[ToolFix]:
        data = self.data
        for name, site in self._tools.items():
            target = self.localisation.scanners[name]
            seen = target.observe(time_s, data.site_xpos[site], data.site_xmat[site].reshape(3, 3))
            if seen is not None:
                yield ToolFix(taken_s=seen[0], scanner=name, X_WS=seen[1])

    def act(self, command: JointCommand) -> Array:
        """Hand a command to the drives, which follow it when it is as old as the delay; see `MujocoBody.act`."""
        self._demand()
        self._commands.append(command)
        if len(self._commands) <= self._delay:
            return np.zeros(len(command.tau_nm))
        return self.body.act(self._commands.popleft(), self.sensors.encoder_bias_rad)

    def look(self, camera: str) -> RgbdImage:
        """Take a picture now with the named camera of the profile."""
        return self._optics().look(self.data, camera)

    def scan(self, scanner: str) -> LineProfile:
        """Take a laser-line profile now with the named scanner of the profile."""
        return self._optics().scan(self.data, scanner)

    def _optics(self) -> Optics:
        self._demand()
        if self.optics is None:
            raise RuntimeError("this simulated robot was built without optics")
        return self.optics
