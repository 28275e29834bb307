"""``python -m benchmarks.wire``: what the driver of a G1 costs per tick.

A state as bytes is decoded, checked and judged; a command is guarded, framed, sealed and encoded. No network.
"""

from __future__ import annotations

import time

import numpy as np

from benchmarks.table import Row, Sheet
from linewalker.console.streams import steady_output
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.frames import command_frame
from linewalker.limbs.unitree.g1_robot import G1Robot
from linewalker.limbs.unitree.layout import STATE, blank
from linewalker.limbs.unitree.messages import LowCommand, LowState

TICKS = 5000


class BytesPort:
    """A wire that ends in this process: states are decoded from bytes, frames are encoded into bytes."""

    charge_percent: float | None = 90.0

    def __init__(self, messages: list[bytes]):
        self._messages = iter(messages)

    def states(self, timeout_s: float) -> list[LowState]:  # noqa: ARG002  the next one is there
        """The next one."""
        return [LowState.deserialize(next(self._messages))]

    def send(self, command: JointCommand, mode_machine: int) -> None:
        """Encode it."""
        LowCommand(command_frame(command, mode_machine)).serialize()

    def others(self) -> int:
        """Nobody."""
        return 0

    def vendors_controller(self) -> str:
        """None."""
        return ""

    def release(self) -> None:
        """None has it."""

    def close(self) -> None:
        """Nothing is open."""


def state_message(tick_ms: int) -> bytes:
    """Of a robot that stands upright and warm, as it goes over the wire."""
    image = blank(STATE)
    image["mode_machine"], image["tick"] = 5, tick_ms
    image["imu"]["quaternion"], image["wireless_remote"] = (1.0, 0.0, 0.0, 0.0), 1
    image["wireless_remote"][2:4] = 0
    image["motor"]["temperature"] = 40
    return bytes(LowState(image).serialize())


def main() -> None:
    """Measure, and print the table."""
    profile = load_profile("g1")
    robot = G1Robot(profile, BytesPort([state_message(2 * tick) for tick in range(1, TICKS + 10)]))
    robot.connect()
    robot.drive()
    zero = np.zeros(len(profile.joints))
    command = JointCommand(q_rad=zero, dq_rad_s=zero, tau_nm=zero + 1.0, kp_nm_rad=zero + 50.0, kd_nm_s_rad=zero + 1.0)
    took_s = np.zeros(TICKS)
    for tick in range(TICKS):
        began_s = time.perf_counter()
        robot.sense()
        robot.act(command)
        took_s[tick] = time.perf_counter() - began_s
    median, p99 = 1e6 * np.percentile(took_s, [50, 99])
    row = Row(what="per tick", values={"median": median, "p99": p99}, unit="us", must={"median": 100.0}, digits=0)
    sheet = Sheet()
    sheet.show("The driver of a G1", [row], "python -m benchmarks.wire")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
