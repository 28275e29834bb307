"""A round that moves every joint of a robot: what does not move says nothing about its health."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.geometry import Array
from linewalker.limbs.model.mounting import profile_tree
from linewalker.limbs.profile import RobotProfile, upper_body_joints
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.station.bench import FIRST_STAND_S, Floor

SWING_S, AHEAD_S, BEND_S, END_S = 8.0, 10.0, 4.0, 1.5
LARGEST_RAD, LARGEST_WAIST_RAD, OF_THE_ROOM = 0.25, 0.12, 0.5
"""How far a joint swings at most: an arm's, a waist's, and of what its limits leave."""
SLOWEST_HZ, FASTEST_HZ = 0.5, 0.9
OF_THE_FASTEST = 0.4


class Swing:
    """Sines of different frequencies for waist, arms and head, which come and go softly.

    Args:
        profile: the robot.
        duration_s: of all of it.
    """

    def __init__(self, profile: RobotProfile, duration_s: float = SWING_S):
        names, tree, self._duration_s = upper_body_joints(profile), profile_tree(profile).joints, duration_s
        self._middle = np.array([profile.standing.get(name, 0.0) for name in names])
        low, high = (np.array([getattr(tree[name], side) for name in names]) for side in ("lower_rad", "upper_rad"))
        room = np.nan_to_num(np.minimum(high - self._middle, self._middle - low), nan=np.inf)
        largest = [LARGEST_WAIST_RAD if name in profile.waist else LARGEST_RAD for name in names]
        self._size = np.minimum(largest, OF_THE_ROOM * np.maximum(room, 0.0))
        self._omega = 2.0 * np.pi * np.linspace(SLOWEST_HZ, FASTEST_HZ, len(names))

    def at(self, time_s: float) -> UpperBodyReference:
        """Where everything is to be."""
        omega, turn = self._omega, np.pi / self._duration_s
        share, rate = np.sin(turn * time_s) ** 2, turn * np.sin(2.0 * turn * time_s)
        change = 2.0 * turn**2 * np.cos(2.0 * turn * time_s)
        sine, cosine = np.sin(omega * time_s), np.cos(omega * time_s)
        q: Array = self._middle + self._size * share * sine
        dq: Array = self._size * (rate * sine + share * omega * cosine)
        ddq: Array = self._size * (change * sine + 2.0 * rate * omega * cosine - share * omega**2 * sine)
        return UpperBodyReference(q_rad=q, dq_rad_s=dq, ddq_rad_s2=ddq)


def exercise(floor: Floor) -> None:
    """Stand and swing all above the legs, walk straight ahead and in a bend, and stand again; some 24 s.

    Raises:
        RobotFell: it fell.
    """
    motion, swing = floor.motion, Swing(floor.motion.profile)
    floor.run(FIRST_STAND_S)
    for k in range(round(SWING_S / CONTROL_PERIOD_S)):
        motion.set_upper_body(swing.at(k * CONTROL_PERIOD_S))
        floor.tick()
    motion.set_upper_body(None)
    gait = motion.profile.gait
    ahead, turning = OF_THE_FASTEST * gait.fastest_ahead_m_s, OF_THE_FASTEST * gait.fastest_turn_rad_s
    for bend, seconds in ((0.0, AHEAD_S), (-turning, BEND_S)):
        motion.walk(ahead, 0.0, bend)
        floor.run(seconds)
    motion.stop()
    floor.run(END_S)
