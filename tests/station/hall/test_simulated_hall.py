"""In physics people are where the crowd says, and the robot can touch them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.simulated_hall import HallOptions, simulated_hall
from tests.station.hall.point_guide import FILE


def test_people_come_into_sight_when_they_arrive(tmp_path: Path) -> None:
    hall = read_hall(FILE)
    with simulated_hall(hall, tmp_path, HallOptions()) as there:
        operator, people = there.workplace.operator, range(len(hall.visitors))
        seen = {}
        for _ in range(3):
            operator.run(operator.wait(1.5))
            at = [there.data.xpos[there.model.body(f"visitor {i}").id].copy() for i in people]
            seen = {i: p[:2] for i, p in enumerate(at) if p[2] > -1.0}
            late_s = {i: operator.now_s - hall.visitors[i].arrives_s for i in people}
            assert {i for i in people if late_s[i] > 0.1} <= set(seen) <= {i for i in people if late_s[i] > -0.1}
        assert seen[0] == pytest.approx(hall.visitors[0].way[0], abs=1e-9)
        gap_m = there.gap_m()
        assert gap_m is not None
        nearest_m = min(float(np.linalg.norm(p - operator.motion.middle_W[:2])) for p in seen.values())
        assert 0.0 < nearest_m - gap_m - 0.25 < 0.45  # half the width of a robot
        assert not operator.touched
