"""A Unitree G1 behind the seam of every robot. No command leaves but through the guards.

`sense` gives the newest state that is sound and new; what was missed shows in its tick. It looks for dangers first:
where there is one the robot is damped, and an error says which. Until `drive` has been called nothing is sent at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from linewalker.errors import RobotLost, RobotStopped, SensorFailed
from linewalker.geometry import Array, rotation_from_quat
from linewalker.limbs.guards.command_guard import CommandGuard
from linewalker.limbs.guards.danger import Danger, Felt, danger, torque_share
from linewalker.limbs.guards.limits import StateLimits, command_limits
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, LineProfile, Readings, RgbdImage, Robot
from linewalker.limbs.unitree.hardware import hardware_fault
from linewalker.limbs.unitree.layout import Image
from linewalker.limbs.unitree.remote import DEAD_S, Remote, read_remote
from linewalker.limbs.unitree.robot_port import Port
from linewalker.limbs.unitree.watchdog import Watchdog

FIRST_S = 5.0
"""The first state is waited for so long."""
DAMPING_FRAMES = 50
"""Are sent when it is let go of; drives keep to the last one."""
FAST_S = 0.05
"""A joint of a walking robot is beyond its speed for a moment at the end of a swing; for so long it is a danger."""


class G1Robot(Robot):
    """See the module.

    Args:
        profile: of the G1.
        port: its wire.
        watchdog: makes one for a ``mode_machine``, when commands begin to leave; None: none.
        limits: of what is felt.

    Attributes:
        missed: states that never came, by their ticks, since it is driven.
        unsound: states that came damaged since then.
        guard: of the commands.
    """

    def __init__(
        self,
        profile: RobotProfile,
        port: Port,
        watchdog: Callable[[int], Watchdog] | None = None,
        limits: StateLimits | None = None,
    ):
        self.profile, self.missed, self.unsound = profile, 0, 0
        self.guard, self._limits = CommandGuard(command_limits(profile)), limits or StateLimits()
        self._port, self._make_watchdog = port, watchdog
        self._watchdog: Watchdog | None = None
        self._state: Image | None = None
        self._driving, self._closed = False, False
        self._remote_s, self._slow_s = 0.0, 0.0
        self._share: Array | float = 1.0

    # ---- life

    def connect(self) -> None:
        """Hear it.

        Raises:
            RobotLost: nothing came, or nothing sound.
            RobotStopped: its hardware is none that we walk, or somebody else publishes commands.
        """
        if self._state is not None:
            return
        image = self._next(FIRST_S)
        self._remote_s = self._slow_s = self.time_s
        if fault := hardware_fault(int(image["mode_machine"])):
            raise RobotStopped(f"{fault}; only a G1 of 29 joints with a free waist is walked")
        if others := self._port.others():
            raise RobotStopped(f"{others} other publisher(s) of commands: end the other program first")

    def drive(self) -> None:
        """Take it over from the vendor's controller, damped, with a watchdog beside us.

        Raises:
            RobotLost: the vendor's controller does not let go.
        """
        if self._make_watchdog is not None:
            self._watchdog = self._make_watchdog(int(self.state["mode_machine"]))
        for _ in range(3):
            if not self._port.vendors_controller():
                break
            self._port.release()
        else:
            raise RobotLost("the vendor's controller does not let go of the robot; end it with the vendor's app")
        self._next(FIRST_S)
        self.missed = self.unsound = 0  # states that nobody waited for are not missed
        self._driving = True
        self.damp()

    def close(self) -> None:
        """Damp it and leave; twice is fine."""
        if self._closed:
            return
        self._closed = True
        try:
            for _ in range(DAMPING_FRAMES if self._driving else 0):
                self.damp()
                self._port.states(CONTROL_PERIOD_S)  # paced by the robot, where it is still there
        finally:
            self._driving = False
            if self._watchdog is not None:
                self._watchdog.close()
            self._port.close()

    # ---- the seam

    def sense(self) -> Readings:
        """The newest state.

        Raises:
            RobotLost: none came for `StateLimits.link_s`; it has been damped.
            RobotStopped: a danger, or a remote that is pressed or dead; it has been damped.
        """
        try:
            if self._watchdog is not None and self._watchdog.damping:
                raise RobotStopped("its controller was silent for too long, and the watchdog lets the robot down")
            return self._felt(self._next(self._limits.link_s))
        except (RobotLost, RobotStopped):
            if self._driving:
                self.damp()
            raise

    def act(self, command: JointCommand) -> Array:
        """Send a command, as the guards let it pass; returns its feed-forward torques, (n,), N m."""
        if not self._driving:
            raise RobotStopped("nobody has taken the robot over yet: start_up comes before commands")
        motors = self._motors
        passed = self.guard.passed(command, motors["q"].astype(float), motors["dq"].astype(float), self._share)
        self._send(passed)
        return passed.tau_nm

    def damp(self) -> None:
        """Let it down; the next command begins from no torque."""
        self.guard.begin()
        self._send(self.guard.damped)

    def look(self, camera: str) -> RgbdImage:
        """Its cameras are not on this wire."""
        raise SensorFailed(f"camera {camera!r} of the G1 is not on its control wire")

    def scan(self, scanner: str) -> LineProfile:
        """Nor are scanners."""
        raise SensorFailed(f"scanner {scanner!r} of the G1 is not on its control wire")

    # ---- what it knows

    @property
    def state(self) -> Image:
        """The newest state.

        Raises:
            RobotLost: it has not been connected to.
        """
        if self._state is None:
            raise RobotLost("the robot has not been connected to: use it with `with robot:`")
        return self._state

    @property
    def time_s(self) -> float:
        """Robot time."""
        return 1e-3 * int(self.state["tick"])

    @property
    def remote(self) -> Remote:
        """Of the newest state."""
        return read_remote(self.state["wireless_remote"].tobytes())

    @property
    def _motors(self) -> Any:
        return self.state["motor"][: len(self.profile.joints)]

    def _send(self, command: JointCommand) -> None:
        self._port.send(command, int(self.state["mode_machine"]))
        if self._watchdog is not None and not self._closed:
            self._watchdog.beat()

    def _next(self, patience_s: float) -> Image:
        """Wait for one that is sound and new; one that stands still is none."""
        left = max(1, round(patience_s / CONTROL_PERIOD_S))
        for _ in range(left):
            newest = None
            for state in self._port.states(CONTROL_PERIOD_S):
                self.unsound += not state.sound
                if state.sound and (self._state is None or int(state.image["tick"]) > int(self._state["tick"])):
                    newest, periods = state.image, self._periods(state.image)
                    self.missed += periods - 1
                    self._state = newest
            if newest is not None:
                return newest
        raise RobotLost(f"no state came for {patience_s:g} s: is the robot on, and its cable in?")

    def _periods(self, image: Image) -> int:
        if self._state is None:
            return 1
        return max(1, round(1e-3 * (int(image["tick"]) - int(self._state["tick"])) / CONTROL_PERIOD_S))

    def _felt(self, image: Image) -> Readings:
        motors, imu, now_s = self._motors, image["imu"], self.time_s
        case_c, winding_c = motors["temperature"].T.astype(float)
        q, dq = motors["q"].astype(float), motors["dq"].astype(float)
        up = rotation_from_quat(np.asarray(imu["quaternion"], float))[2, 2]
        felt = Felt(
            q_rad=q,
            dq_rad_s=dq,
            gyro_rad_s=imu["gyroscope"].astype(float),
            tilt_rad=float(np.arccos(np.clip(up, -1.0, 1.0))),
            winding_c=winding_c,
            case_c=case_c,
            errors=motors["motorstate"],
            charge_percent=self._port.charge_percent,
        )
        self._judge(danger(felt, self._limits), now_s)
        self._heed_remote(now_s)
        self._share = torque_share(winding_c, case_c, self._limits)
        return Readings(
            time_s=now_s,
            gyro_rad_s=felt.gyro_rad_s,
            accel_m_s2=imu["accelerometer"].astype(float),
            q_rad=q,
            dq_rad_s=dq,
            tau_nm=motors["tau_est"].astype(float),
            winding_c=winding_c,
        )

    def _judge(self, found: tuple[Danger, str] | None, now_s: float) -> None:
        if found is None:
            self._slow_s = now_s
        elif found[0] is not Danger.JOINT or now_s - self._slow_s >= FAST_S:
            raise RobotStopped(f"{found[0].value} ({found[1]}); the robot was let down")

    def _heed_remote(self, now_s: float) -> None:
        remote = self.remote
        if remote.there:
            self._remote_s = now_s
        elif now_s - self._remote_s >= DEAD_S:
            raise RobotStopped(f"the remote has said nothing for {DEAD_S:g} s; the robot was let down")
        if self._driving and "B" in remote.pressed:
            raise RobotStopped("B was pressed on the remote; the robot was let down")
