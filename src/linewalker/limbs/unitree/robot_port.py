"""Our end of a robot's wire: states come, frames leave, and the vendor's controller is asked and released."""

from __future__ import annotations

import json
import time
from types import TracebackType
from typing import Any, Protocol, Self

from linewalker.errors import RobotLost
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.dds import ROBOT_DOMAIN, Participant
from linewalker.limbs.unitree.frames import command_frame
from linewalker.limbs.unitree.messages import TOPICS, BatteryState, LowCommand, LowState, Request, Response

CHECK_MODE, RELEASE_MODE = 1001, 1003
ANSWER_S, ASKED_EVERY_S = 5.0, 0.5
_QUEUE, _PAUSE_S = 64, 2e-4


class Port(Protocol):
    """What `G1Robot` needs of a wire; robot and tests have one each."""

    @property
    def charge_percent(self) -> float | None:
        """Of the battery; None where it has not said yet."""

    def states(self, timeout_s: float) -> list[LowState]:
        """What came since; waits until something has, or for so long, s."""

    def send(self, command: JointCommand, mode_machine: int) -> None:
        """A frame."""

    def others(self) -> int:
        """Other publishers of commands."""

    def vendors_controller(self) -> str:
        """Which of the vendor's controllers has the robot; empty where none."""

    def release(self) -> None:
        """Ask it to let go."""

    def close(self) -> None:
        """Leave; twice is fine."""


class RobotPort:
    """See the module. Close it, or use it with ``with``.

    Args:
        interface, domain: of the robot, see `Participant`.
    """

    def __init__(self, interface: str, domain: int = ROBOT_DOMAIN):
        self._wire = wire = Participant(interface, domain)
        self._states = wire.reader(TOPICS["state"], LowState, _QUEUE)
        self._battery = wire.reader(TOPICS["battery"], BatteryState)
        self._responses = wire.reader(TOPICS["response"], Response, 8)
        self._requests = wire.writer(TOPICS["request"], Request)
        self._frames: Any = None
        self._charge_percent: float | None = None
        self._calls = 0

    @property
    def charge_percent(self) -> float | None:
        """Of the battery; None where it has not said yet."""
        for told in self._battery.take(1):
            self._charge_percent = float(told.soc)
        return self._charge_percent

    def states(self, timeout_s: float) -> list[LowState]:
        """What came since; waits until something has, or for so long, s."""
        end_s = time.monotonic() + timeout_s
        while not (heard := self._states.take(_QUEUE)) and time.monotonic() < end_s:
            time.sleep(_PAUSE_S)
        return list(heard)

    def send(self, command: JointCommand, mode_machine: int) -> None:
        """A frame; the first one makes us a publisher."""
        if self._frames is None:
            self._frames = self._wire.writer(TOPICS["command"], LowCommand)
        self._frames.write(LowCommand(command_frame(command, mode_machine)))

    def others(self) -> int:
        """Other publishers of commands."""
        return self._wire.publishers(TOPICS["command"])

    def vendors_controller(self) -> str:
        """Which of the vendor's controllers has the robot; empty where none.

        Raises:
            RobotLost: its motion switcher does not answer.
        """
        return str(json.loads(self._call(CHECK_MODE)).get("name", ""))

    def release(self) -> None:
        """Ask it to let go.

        Raises:
            RobotLost: as `vendors_controller`.
        """
        self._call(RELEASE_MODE)

    def _call(self, function: int) -> str:
        end_s = time.monotonic() + ANSWER_S
        while time.monotonic() < end_s:
            self._calls += 1
            self._requests.write(Request.of(self._calls, function))
            again_s = time.monotonic() + ASKED_EVERY_S
            while time.monotonic() < again_s:
                for answer in self._responses.take(8):
                    if answer.header.identity.api_id == function and answer.header.status.code == 0:
                        return str(answer.data)
                time.sleep(10.0 * _PAUSE_S)
        raise RobotLost(
            f"the motion switcher of the robot does not answer within {ANSWER_S:g} s: is it the right --net?"
        )

    def close(self) -> None:
        """Leave; twice is fine."""
        self._frames = None
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
