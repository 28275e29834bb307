"""Laws of the wall pace, on a clock made of numbers."""

import pytest

from linewalker.station.pace import WallPace


class Clocks:
    """A wall clock that only sleeping and `pass_by` move, and the robot's clock."""

    def __init__(self) -> None:
        self.wall_s, self.robot_s, self.slept_s = 100.0, 7.0, 0.0
        self.pace = WallPace(lambda: self.robot_s, clock=lambda: self.wall_s, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        self.wall_s += seconds
        self.slept_s += seconds

    def work(self, ticks: int, cost_s: float) -> None:
        for _ in range(ticks):
            self.wall_s += cost_s
            self.robot_s += 0.002
            self.pace()


def test_a_quick_simulation_keeps_wall_pace() -> None:
    clocks = Clocks()
    clocks.work(500, 0.0005)
    assert clocks.wall_s - 100.0 == pytest.approx(clocks.robot_s - 7.0, abs=1e-9)
    assert clocks.slept_s == pytest.approx(0.75)


def test_a_slow_simulation_never_sleeps() -> None:
    clocks = Clocks()
    clocks.work(500, 0.003)
    assert clocks.slept_s == 0.0


def test_a_pause_is_not_made_up_for() -> None:
    clocks = Clocks()
    clocks.work(100, 0.0005)
    clocks.wall_s += 60.0
    before_s = clocks.wall_s
    clocks.work(500, 0.0005)
    assert clocks.wall_s - before_s == pytest.approx(1.0, abs=0.3)


def test_late_ticks_are_counted() -> None:
    clocks = Clocks()
    clocks.work(100, 0.0005)
    assert clocks.pace.late == 0
    clocks.wall_s += 0.010
    clocks.work(100, 0.0005)
    assert 3 <= clocks.pace.late <= 7
    assert clocks.pace.worst_s == pytest.approx(0.0085, abs=0.002)
