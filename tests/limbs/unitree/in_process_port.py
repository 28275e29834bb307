"""A wire without a network: a simulated G1 lives one period whenever its states are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.frames import command_frame
from linewalker.limbs.unitree.messages import LowCommand, LowState
from linewalker.limbs.unitree.simulator.faults import EMPTY_PERCENT, Fault, FaultKind, active, spoil
from linewalker.limbs.unitree.simulator.machine import SimulatedG1


class InProcessPort:
    """See the module; what was sent is kept in ``sent``, with the robot time."""

    def __init__(self, machine: SimulatedG1, faults: Sequence[str] = ()):
        self.machine, self.faults = machine, [Fault.read(text) for text in faults]
        self.sent: list[tuple[float, JointCommand]] = []
        self.mode_machine: int | None = None
        self._tick, self.closed = 0, False

    @property
    def wrong(self) -> frozenset[FaultKind]:
        return active(self.faults, self.machine.time_s)

    @property
    def charge_percent(self) -> float | None:
        return EMPTY_PERCENT if FaultKind.BATTERY in self.wrong else self.machine.charge_percent

    def states(self, timeout_s: float) -> list[LowState]:  # noqa: ARG002  robot time alone counts
        wrong = self.wrong
        state = LowState(self.machine.tick())
        tick = int(state.image["tick"])
        if self.mode_machine is not None:
            state.image["mode_machine"] = self.mode_machine
        spoil(state, wrong, self._tick)
        self._tick = int(state.image["tick"]) if FaultKind.FROZEN in wrong else tick
        state.sound = FaultKind.CRC not in wrong
        return [] if FaultKind.CABLE in wrong else [state]

    def send(self, command: JointCommand, mode_machine: int) -> None:
        self.sent.append((self.machine.time_s, command))
        if FaultKind.CABLE not in self.wrong:
            self.machine.hear(LowCommand(command_frame(command, mode_machine)))

    def others(self) -> int:
        return int(FaultKind.PUBLISHER in self.wrong)

    def vendors_controller(self) -> str:
        return self.machine.mode

    def release(self) -> None:
        self.machine.mode = ""

    def close(self) -> None:
        self.closed = True
