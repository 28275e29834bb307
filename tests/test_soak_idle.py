"""Slow: a station that idles at the line on its feet for most of a shift, and then has a car. ``make soak``.

Robot time passes as fast as it is computed: nothing here knows of the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.factory.handshake.job import Job, RobotReport
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.station.program import StationProgram
from linewalker.station.run_shift import crew_of, open_desk
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import build, read_simulated_shift
from tests.station.cheap_station import PLAN, VINS, Port, Watcher

pytestmark = pytest.mark.soak

IDLE_S = 1800.0


class LateLine(Port):
    """A line that has no car for a long while, and looks at the station meanwhile.

    Attributes:
        reports: what the station said of its robot while it idled.
    """

    def __init__(self, orders: Sequence[BuildOrder], now_s: Callable[[], float]):
        super().__init__(orders)
        self._now_s, self._opened_s = now_s, now_s()
        self.reports: list[RobotReport] = []

    def wait_for_job(self, report: RobotReport, timeout_s: float) -> Job | None:  # type: ignore[override]
        assert timeout_s == 0.0, "a robot that balances can not wait"
        self.reports.append(report)
        return None if self._now_s() - self._opened_s < IDLE_S else super().wait_for_job(report, timeout_s)


def test_a_station_idles_for_hours_and_then_works(tmp_path: Path) -> None:
    (tmp_path / "shift.csv").write_text(f"sequence,vin,model,options\n1,{VINS[0]},sedan,paint=red\n")
    (tmp_path / "plan.yaml").write_text("- {id:".join(PLAN.split("- {id:")[:3]), encoding="utf-8")
    files = ShiftFiles(shift=tmp_path / "shift.csv", plan=tmp_path / "plan.yaml", world=None, robot="g1", seed=5)
    shift = read_simulated_shift(files)
    station, watcher = build(shift), Watcher()
    motion, (x, y) = station.operator.motion, station.operator.motion.middle_W[:2]
    line = LateLine(shift.orders, lambda: station.operator.now_s)
    with open_desk(shift, station, tmp_path / "out", resume=False) as desk:
        crew = replace(crew_of(station, real_time=False), balances=True)
        program = StationProgram(line, crew, desk, watcher)  # type: ignore[arg-type]
        program.serve(line.done)
    assert len(line.reports) > 3 * IDLE_S  # four looks a second
    assert motion.estimate.finite
    assert line.faults == []
    assert not motion.stop_causes
    (car,) = watcher.cars
    assert all(characteristic.verdict.name == "OK" for characteristic in car.characteristics)
    assert np.hypot(*(motion.middle_W[:2] - [x, y])) < 0.05
