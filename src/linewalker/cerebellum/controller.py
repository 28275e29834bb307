"""What every controller of motion has in common: its period, what it does, and how it reports that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from linewalker.limbs.robot import CONTROL_PERIOD_S

PERIOD_S = CONTROL_PERIOD_S


class Mode(Enum):
    """What the robot does.

    >>> import linewalker as lw
    >>> motion = lw.MotionController(lw.load_profile("g1"))
    >>> motion.state.mode is lw.Mode.STANDING
    True
    """

    STANDING = "standing"
    WALKING = "walking"
    FALLEN = "fallen"


@dataclass(frozen=True, kw_only=True)
class MotionState:
    """What the controller reports after a tick.

    Attributes:
        mode: what it does.
        arrived: the last walking command is fulfilled and the robot stands.
        settled: it stands and hardly moves.
        steps: touchdowns since the beginning.
    """

    mode: Mode
    arrived: bool
    settled: bool
    steps: int
