"""A simulated G1 at its end of the wire: it tells its state 500 times a second and does what frames say.

Loopback only: nobody mistakes it for a robot, and no frame of a test reaches one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand
from linewalker.limbs.unitree.dds import LOOPBACK, Participant
from linewalker.limbs.unitree.frames import command_frame
from linewalker.limbs.unitree.messages import (
    TOPICS,
    BatteryState,
    ImuState,
    LowCommand,
    LowState,
    Request,
    Response,
    torso_imu,
)
from linewalker.limbs.unitree.simulator.faults import EMPTY_PERCENT, Fault, FaultKind, active, spoil
from linewalker.limbs.unitree.simulator.machine import HARDWARE, VOLT, SimulatedG1

CHECK_MODE, SELECT_MODE, RELEASE_MODE = 1001, 1002, 1003
UNKNOWN_CALL = 3203
BATTERY_EVERY = 50
PATIENCE_S = 1.0
"""For the answer to a state, where answers are waited for."""
_QUEUE, JOINTS, DISTURBING_NM_S_RAD = 8, 29, 1.0


class G1Server:
    """See the module. Close it, or use it with ``with``.

    Args:
        machine: the robot.
        domain: of DDS.
        faults: what goes wrong, and when.
        answered: wait for the answer to each state, once there has been one: robot time stands still meanwhile, and a
            machine that has much to do still gives the same walk.

    Attributes:
        machine: the robot.
        late: periods that could not begin in time.
    """

    def __init__(self, machine: SimulatedG1, domain: int, faults: Sequence[Fault] = (), *, answered: bool = False):
        self.machine, self.late = machine, 0
        self._faults, self._answered, self._domain = tuple(faults), answered, domain
        self._participant = wire = Participant(LOOPBACK, domain)
        self._states = wire.writer(TOPICS["state"], LowState)
        self._imu = wire.writer(TOPICS["torso_imu"], ImuState)
        self._battery = wire.writer(TOPICS["battery"], BatteryState)
        self._responses = wire.writer(TOPICS["response"], Response)
        self._commands = wire.reader(TOPICS["command"], LowCommand, _QUEUE)
        self._requests = wire.reader(TOPICS["request"], Request, _QUEUE)
        self._second: tuple[Participant, Any] | None = None
        self._periods, self._tick, self._due_s = 0, 0, time.monotonic()

    def turn(self) -> None:
        """One control period: hear, live, tell, and wait until it is over."""
        wrong = active(self._faults, self.machine.time_s)
        cut = FaultKind.CABLE in wrong
        commands = self._commands.take(_QUEUE)
        if not cut:
            for command in commands:
                self.machine.hear(command)
            self._serve()
        state = LowState(self.machine.tick())
        tick = int(state.image["tick"])
        spoil(state, wrong, self._tick)
        self._tick = int(state.image["tick"]) if FaultKind.FROZEN in wrong else tick
        if not cut:
            self._states.write(state)
            self._tell_more(wrong)
        self._disturb(FaultKind.PUBLISHER in wrong)
        self._periods += 1
        if self._answered and self.machine.heard and not wrong & {FaultKind.CABLE, FaultKind.CRC, FaultKind.FROZEN}:
            self._await_answer()
        else:
            self._await_time()

    def _tell_more(self, wrong: frozenset[FaultKind]) -> None:
        self._imu.write(torso_imu(self.machine.torso_imu()))
        if self._periods % BATTERY_EVERY == 0:
            charge = EMPTY_PERCENT if FaultKind.BATTERY in wrong else self.machine.charge_percent
            self._battery.write(BatteryState.at(charge, round(1e3 * VOLT)))

    def _serve(self) -> None:
        """The vendor's motion switcher."""
        for request in self._requests.take(_QUEUE):
            code, answer = 0, ""
            call = request.header.identity.api_id
            if call == CHECK_MODE:
                answer = json.dumps({"form": "0", "name": self.machine.mode})
            elif call == RELEASE_MODE:
                self.machine.mode = ""
            elif call == SELECT_MODE:
                self.machine.mode = str(json.loads(request.parameter).get("name", ""))
            else:
                code = UNKNOWN_CALL
            self._responses.write(Response.to(request, code, answer))

    def _disturb(self, disturbed: bool) -> None:
        """Somebody else sends frames, too: that only damp."""
        if not disturbed:
            self._second = None
            return
        if self._second is None:
            other = Participant(LOOPBACK, self._domain)
            self._second = other, other.writer(TOPICS["command"], LowCommand)
        damped = JointCommand.damped(np.full(JOINTS, DISTURBING_NM_S_RAD))
        self._second[1].write(LowCommand(command_frame(damped, HARDWARE)))

    def _await_answer(self) -> None:
        for _ in self._moments(PATIENCE_S):
            if self._commands.read(1):
                break
        self._due_s = time.monotonic()

    def _await_time(self) -> None:
        self._due_s += CONTROL_PERIOD_S
        left_s = self._due_s - time.monotonic()
        if left_s < -PATIENCE_S:  # so far behind that it begins anew
            self._due_s = time.monotonic()
        self.late += left_s < 0.0
        if left_s > 0.0:
            time.sleep(left_s)

    @staticmethod
    def _moments(seconds: float) -> Iterator[None]:
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            yield
            time.sleep(1e-4)

    def close(self) -> None:
        """Switch it off."""
        self._second = None
        self._participant.close()

    def __enter__(self) -> G1Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
