"""Whether a walk is over: decided at every touchdown, by where both feet stand and where the body is about to go."""

from __future__ import annotations

from linewalker.cerebellum.body.feet import turn
from linewalker.cerebellum.walking.course import Course, PathCourse, VelocityCourse
from linewalker.cerebellum.walking.walk import Walk
from linewalker.geometry import Array

ARRIVED_M, ARRIVED_RAD = 0.010, 0.020
NEARLY_M, NEARLY_RAD = 0.06, 0.1
"""Steps that end so near to a goal only correct; after `PATIENCE` of them each makes the goal larger by `WIDER`."""
PATIENCE, WIDER = 4, 0.1
AHEAD_M = 0.06
"""How far ahead of the middle of the feet the capture point may be when standing begins."""
ASTRIDE_M, HALT_ASTRIDE_M = 0.06, 0.12
"""A walk may end with one foot so far ahead of the other; a halt with more."""
WIDTH_M = 0.08
"""And with feet so much closer or wider than they stand as a rule."""
CALM_STEPS = 2


class Arrival:
    """Of one robot.

    Args:
        walking: its walk.
        velocity: the course it takes without a goal.
    """

    def __init__(self, walking: Walk, velocity: VelocityCourse):
        self._walking, self._velocity = walking, velocity
        self._calm_steps = self._corrections = 0
        self._hurried = False

    def begin(self) -> None:
        """Another command."""
        self._calm_steps = self._corrections = 0
        self._hurried = False

    def hurry(self) -> None:
        """Half of the steps that bring it to a stand need not be taken."""
        self._calm_steps, self._hurried = 1, True

    def is_over(self, course: Course) -> bool:
        """A foot has touched down on its way along a course: whether the robot may stand from here on."""
        walking = self._walking
        if walking.recovery.active and not self._hurried:
            return False
        if isinstance(course, PathCourse):
            return self._at(course.goal)
        if self._velocity.wanted.any():
            self._calm_steps = 0
            return False
        self._calm_steps += 1
        return self._calm_steps >= CALM_STEPS and self._stands_well()

    def _at(self, goal: Array) -> bool:
        walking = self._walking
        if walking.feet_near(goal, NEARLY_M, NEARLY_RAD):
            self._corrections += 1
        widen = 1.0 + WIDER * max(0, self._corrections - PATIENCE)
        return walking.feet_near(goal, widen * ARRIVED_M, widen * ARRIVED_RAD)

    def _stands_well(self) -> bool:
        walking = self._walking
        foot, other = walking.foot_pose(1 - walking.stance), walking.foot_pose(walking.stance)
        spread = turn(-foot[2], foot[:2] - other[:2])
        ahead, aside = turn(-foot[2], walking.capture_point() - 0.5 * (foot[:2] + other[:2]))
        within = abs(ahead) < AHEAD_M and abs(aside) < 0.5 * abs(spread[1])
        width = abs(abs(spread[1]) - 2 * walking.gait.half_width_m)
        astride_m = HALT_ASTRIDE_M if self._hurried else ASTRIDE_M
        return bool(within and abs(spread[0]) < astride_m and width < WIDTH_M)
