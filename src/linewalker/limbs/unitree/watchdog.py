"""A process of its own that damps the robot when the one that controls it dies or hangs.

It is told over a pipe that all is well. When it hears nothing for too long, or the pipe breaks because the controller
was killed, it sends frames that only damp, for longer than any robot takes to sink down. A controller that has let go
of its robot in good order tells it so, and it ends without a word.

    with Watchdog(interface, domain, mode_machine, damped) as watchdog:
        while True:
            ...
            watchdog.beat()
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any, Self

import numpy as np

from linewalker.errors import RobotLost
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.frames import command_frame

SILENCE_S = 0.06
"""Of a controller, after which it is taken to hang."""
DAMPING_S, PERIOD_S = 10.0, 0.002
_BEAT, _DONE, _READY = b".", b"x", "ready"
_COMMAND = [sys.executable, "-m", "linewalker.limbs.unitree.watchdog"]


class Watchdog:
    """See the module; this is the end of the controller.

    Args:
        interface, domain: of the robot.
        mode_machine: of the robot.
        damped: what is sent.
        silence_s: see `SILENCE_S`.

    Raises:
        RobotLost: the process does not start.
    """

    def __init__(
        self, interface: str, domain: int, mode_machine: int, damped: JointCommand, silence_s: float = SILENCE_S
    ):
        order = {
            "interface": interface,
            "domain": domain,
            "mode_machine": mode_machine,
            "kd": damped.kd_nm_s_rad.tolist(),
            "silence_s": silence_s,
        }
        self._process = subprocess.Popen(
            [*_COMMAND, json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # whoever ends the controller with Ctrl-C does not end this
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        said = self._process.stdout.readline().decode("utf-8", "replace").strip()
        if said != _READY:
            self._process.kill()
            self._process.wait()
            raise RobotLost(f"the watchdog of the robot did not start: {said or 'it ended'}")
        self._pipe, self._told = self._process.stdin.fileno(), self._process.stdout
        os.set_blocking(self._pipe, False)

    def beat(self) -> None:
        """All is well. From the first one on they have to come.

        Raises:
            RobotLost: the watchdog is gone.
        """
        try:
            os.write(self._pipe, _BEAT)
        except BlockingIOError:  # it has heard enough
            pass
        except OSError as error:
            raise RobotLost("the watchdog of the robot is gone; it is to be let down") from error

    @property
    def damping(self) -> bool:
        """Whether it took over, or is gone."""
        return (
            self._told.closed or self._process.poll() is not None or bool(select.select([self._told], [], [], 0.0)[0])
        )

    def close(self) -> None:
        """The robot has been let go of in good order; twice is fine."""
        if self._process.stdin is None or self._process.stdin.closed:
            return
        with suppress(OSError):
            os.set_blocking(self._pipe, True)
            os.write(self._pipe, _DONE)
            self._process.stdin.close()
        self._process.wait()
        self._told.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def watch(pipe: int, silence_s: float) -> bool:
    """Listen until it is over; returns whether the robot is to be damped.

    The first beat is waited for as long as it takes; a pipe that breaks before it has let nobody down.
    """
    timeout_s = None
    while True:
        if not select.select([pipe], [], [], timeout_s)[0]:
            return True
        heard = os.read(pipe, 4096)
        if _DONE in heard:
            return False
        if not heard:
            return timeout_s is not None
        timeout_s = silence_s


def _run(order: dict[str, Any]) -> None:
    from linewalker.limbs.unitree.messages import TOPICS, LowCommand

    damped = JointCommand.damped(np.array(order["kd"]))
    frame = LowCommand(command_frame(damped, order["mode_machine"]))
    with Participant(order["interface"], order["domain"]) as participant:
        writer = participant.writer(TOPICS["command"], LowCommand)
        frame.serialize()
        print(_READY, flush=True)
        if not watch(sys.stdin.fileno(), order["silence_s"]):
            return
        with suppress(OSError):  # the controller may be there to hear it, or not
            print("damping", flush=True)
        for _ in range(round(DAMPING_S / PERIOD_S)):
            writer.write(frame)
            time.sleep(PERIOD_S)


if __name__ == "__main__":
    _run(json.loads(sys.argv[1]))
