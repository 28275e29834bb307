"""Goals come to a plan from wherever the robot stands, or to the reason why not."""

from __future__ import annotations

from pathlib import Path

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.brain.route import Waypoint
from linewalker.station.acting.certified_errand import CertifiedErrand
from tests.station.acting.plane_station import HOME, plane_station


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
