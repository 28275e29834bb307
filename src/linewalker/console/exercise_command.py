"""``linewalker exercise``: a round that moves every joint, to be recorded and compared with other days."""

from __future__ import annotations

from linewalker.console.audience import watched
from linewalker.console.motion_commands import DONE, Stage
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.messages.catalogue import say
from linewalker.station.exercise import exercise


def exercise_robot(stage: Stage) -> int:
    """Do the round; returns the exit code.

    Raises:
        InputError: before anything is built.
        RobotFell: it fell.
    """
    console = terminal()
    with waiting("building the robot", console):
        floor = stage.build()
    with watched(floor, stage.audience), waiting("moving every joint", console):
        exercise(floor)
    console.print(say(f"moved {len(floor.motion.profile.joints)} joints for {floor.now_s:.0f} s"))
    return DONE
