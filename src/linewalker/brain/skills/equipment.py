"""What skills are built from: the robot, and what they share of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from linewalker.brain.operator import Operator
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.cerebellum.reaching.reach import Reach, ReachTuning
from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile

_NEAR_ENOUGH = ReachTuning(settled_m=0.003, settled_rad=float(np.radians(1.0)), settled_s=0.03)
"""A profile is judged by where the scanner was, so it need not be exactly where it was sent."""


class Equipment:
    """One robot, with the scanner and the camera it inspects with.

    Args:
        profile: the robot.
        working: works it; None where skills are only planned, not done.

    Attributes:
        group: where those are who are led, as far as somebody sees them, each (2,), m, in W; whoever does puts it here.
        voice: tells people around it a text; whoever has a loudspeaker or a screen puts it here.

    Raises:
        InputError: the robot has no scanner or no camera.
    """

    def __init__(self, profile: RobotProfile, working: Operator | None = None):
        for kind, mounts in (("line scanner", profile.scanners), ("camera", profile.cameras)):
            if not mounts:
                raise InputError(f"the robot {profile.name} has no {kind}; choose another with --robot")
        self.profile, self._working = profile, working
        self.scanner, self.camera = next(iter(profile.scanners)), next(iter(profile.cameras))
        self.voice: Callable[[str], None] = lambda _: None
        self.group: Callable[[], Sequence[Array]] = tuple

    @property
    def operator(self) -> Operator:
        """Works the robot."""
        assert self._working is not None, "this robot is only planned with"
        return self._working

    @cached_property
    def ik(self) -> WholeBodyIK:
        """Whole-body inverse kinematics of the scanner; building it takes about a second, so all share it."""
        return WholeBodyIK(self.profile, self.scanner)

    @cached_property
    def reach(self) -> Reach:
        """Moves the scanner."""
        return Reach(self.operator.motion, self.scanner, ik=self.ik, tuning=_NEAR_ENOUGH)
