"""Goals come to a plan from wherever the robot stands, or to the reason why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.brain.route import Waypoint
from linewalker.limbs.profile import Gait
from linewalker.station.acting.certified_errand import CertifiedErrand
from linewalker.station.acting.workplace import walks_round
from tests.station.acting.plane_station import HOME, plane_station

CAR = np.array([[-0.9, -0.9], [3.8, -0.9], [3.8, 0.9], [-0.9, 0.9]])


def test_the_farther_it_stands_the_longer_it_takes(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        ends = []
        for away in (0.0, 2.0, 4.0):
            start = Waypoint(x=HOME.x - away, y=HOME.y, yaw=0.0)
            found = station.workplace.certified([Goal(skill="home"), Goal(skill="dance")], start)
            assert isinstance(found, CertifiedErrand)
            assert found.ends == HOME
            ends.append(found.likely_s[1])
        assert ends == sorted(set(ends))
        refused = station.workplace.certified([Goal(skill="guide")], HOME)
        assert isinstance(refused, Because)


@pytest.mark.parametrize("there", [(3.0, -2.2), (-1.0, 2.2), (4.5, 0.0)])
def test_walks_take_longer_the_further_they_are_and_none_leads_into_the_car(there: tuple[float, float]) -> None:
    walk, home = walks_round([CAR], Gait()), Waypoint(x=-1.0, y=-2.2, yaw=0.0)
    goal = Waypoint(x=there[0], y=there[1], yaw=0.0)
    span, back = walk(home, goal), walk(goal, home)
    assert span is not None
    assert back is not None
    assert 0.0 < span.low_s < span.expected_s < span.high_s
    assert span.expected_s >= float(np.hypot(*(goal.p - home.p))) / 0.8
    assert walk(home, home).expected_s == 0.0  # type: ignore[union-attr]
    assert walk(home, Waypoint(x=1.0, y=0.0, yaw=0.0)) is None
