"""What is heard of a robot when one only listens: no command, no request, no answer leaves.

Rates and losses come from the ticks of the states, which count milliseconds; a robot sends one every second tick.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from linewalker.errors import RobotLost
from linewalker.geometry import Array, rotation_from_quat
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.layout import Image
from linewalker.limbs.unitree.messages import TOPICS, BatteryState, LowState
from linewalker.limbs.unitree.remote import Remote, read_remote

FIRST_S = 5.0
"""The first state is waited for so long."""
_QUEUE = 256
_TICKS = round(1e3 * CONTROL_PERIOD_S)


class Observation:
    """See the module.

    Args:
        joints: how many of the motors are joints.

    Attributes:
        states: that were sound.
        unsound: states whose checksum or size is wrong.
        missed: states that the ticks say never came.
        stalls: states whose tick was none after the last.
        charge_percent: of the battery; None where it said nothing.
        publishers: of commands.
    """

    def __init__(self, joints: int):
        self._n = joints
        self.states = self.unsound = self.missed = self.stalls = self.publishers = 0
        self.charge_percent: float | None = None
        self._first_tick = self._tick = -1
        self._last: Image | None = None
        self._sum = np.zeros((3, joints))
        self._fastest_rad_s = np.zeros(joints)
        self._up = np.zeros(3)

    def hear(self, state: LowState) -> None:
        """Take in one state."""
        if not state.sound:
            self.unsound += 1
            return
        image, tick = state.image, int(state.image["tick"])
        if self._last is None:
            self._first_tick = tick
        elif tick <= self._tick:
            self.stalls += 1
            return
        else:
            self.missed += max(0, round((tick - self._tick) / _TICKS) - 1)
        self._tick, self._last = tick, image
        self.states += 1
        motors = image["motor"][: self._n]
        self._sum += [motors["q"], motors["tau_est"], motors["dq"]]
        self._fastest_rad_s = np.fmax(self._fastest_rad_s, np.abs(motors["dq"]))
        self._up += image["imu"]["accelerometer"]

    @property
    def last(self) -> Image:
        """The newest sound state.

        Raises:
            RobotLost: there was none.
        """
        if self._last is None:
            raise RobotLost("of a robot nothing came that has a right checksum; is it a G1 of 29 joints?")
        return self._last

    @property
    def heard_s(self) -> float:
        """Robot time from the first state to the last."""
        return 1e-3 * (self._tick - self._first_tick)

    @property
    def rate_hz(self) -> float:
        """Of states."""
        return (self.states - 1) / self.heard_s if self.heard_s > 0.0 else 0.0

    @property
    def q_rad(self) -> Array:
        """Mean angles, (n,)."""
        return self._sum[0] / max(1, self.states)

    @property
    def tau_nm(self) -> Array:
        """Mean torques, (n,)."""
        return self._sum[1] / max(1, self.states)

    @property
    def fastest_rad_s(self) -> Array:
        """Greatest speeds, (n,)."""
        return self._fastest_rad_s

    @property
    def gravity_m_s2(self) -> Array:
        """Mean specific force in the IMU's axes, (3,); of a robot at rest it points up."""
        return self._up / max(1, self.states)

    @property
    def attitude_up(self) -> Array:
        """Up in the IMU's axes, as its quaternion says, (3,)."""
        return rotation_from_quat(np.asarray(self.last["imu"]["quaternion"], float))[2]

    @property
    def remote(self) -> Remote:
        """Of the newest state."""
        return read_remote(self.last["wireless_remote"].tobytes())


def observe(wire: Participant, joints: int, seconds: float, turn: Callable[[], None] = lambda: None) -> Observation:
    """Listen to a robot for a while.

    Args:
        wire: where it is.
        joints: how many of its motors are joints.
        seconds: from the first state on.
        turn: called between, for instance by tests to let their robot live.

    Raises:
        RobotLost: nothing came at all.
    """
    states = wire.reader(TOPICS["state"], LowState, _QUEUE)
    battery = wire.reader(TOPICS["battery"], BatteryState)
    found = Observation(joints)
    began_s = time.monotonic()
    end_s: float | None = None
    while end_s is None or time.monotonic() < end_s:
        turn()
        heard = states.take(_QUEUE)
        for state in heard:
            found.hear(state)
        for told in battery.take(1):
            found.charge_percent = float(told.soc)
        now_s = time.monotonic()
        if heard and end_s is None:
            end_s = now_s + seconds
        elif end_s is None and now_s > began_s + FIRST_S:
            raise RobotLost(f"no state came on {TOPICS['state']} within {FIRST_S:g} s: is it on, and wired to --net?")
        time.sleep(5e-4)
    found.publishers = wire.publishers(TOPICS["command"])
    return found
