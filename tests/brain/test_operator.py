"""Laws of the loop under the skills."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from linewalker.brain.operator import Operator
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
from linewalker.errors import RobotFell, RobotStopped, StationFault
from linewalker.limbs.robot import Readings


class FakeRobot:
    """Time goes on by 2 ms a tick; it falls or is touched when told to."""

    def __init__(self, touched_at: int = -1) -> None:
        self.ticks, self.commands, self._touched_at = 0, 0, touched_at

    def sense(self) -> Readings:
        self.ticks += 1
        nothing = np.zeros(0)
        return Readings(
            time_s=0.002 * self.ticks,
            gyro_rad_s=np.zeros(3),
            accel_m_s2=np.zeros(3),
            q_rad=nothing,
            dq_rad_s=nothing,
            tau_nm=nothing,
            touched=self.ticks == self._touched_at,
        )

    def act(self, _command: object) -> None:
        self.commands += 1


class FakeMotion:
    def __init__(self) -> None:
        self.state, self.stop_state = SimpleNamespace(mode=Mode.STANDING), StopState.RUNNING

    def tick(self, _readings: Readings) -> object:
        return object()


def operator(touched_at: int = -1) -> Operator:
    return Operator(FakeRobot(touched_at), FakeMotion())  # type: ignore[arg-type]


def test_one_yield_is_one_tick_and_the_result_comes_out() -> None:
    worker = operator()

    def skill() -> Iterator[None]:
        for _ in range(5):
            yield
        return "done"

    before = worker.robot.ticks
    assert worker.run(skill()) == "done"
    assert worker.robot.ticks - before == 5
    assert worker.robot.commands == worker.robot.ticks


def test_waiting_is_measured_in_robot_time() -> None:
    worker = operator()
    began = worker.now_s
    worker.run(worker.wait(0.1))
    assert worker.now_s - began == pytest.approx(0.1, abs=0.0021)


def test_a_condition_that_never_comes_is_a_fault_that_names_it() -> None:
    worker = operator()
    with pytest.raises(StationFault, match=r"arrive within 0\.05 s"):
        worker.run(worker.until(lambda: False, 0.05, "arrive"))


def test_a_fall_ends_every_skill() -> None:
    worker = operator()
    worker.motion.state = SimpleNamespace(mode=Mode.FALLEN)
    with pytest.raises(RobotFell):
        worker.run(worker.wait(1.0))


def test_a_robot_that_stops_itself_comes_to_hold_before_the_skill_ends() -> None:
    worker = operator()
    stop = SimpleNamespace(why=StopCause.LOCALISATION_LOST.value, began_s=0.01, stop_time_s=0.02, path_m=0.1)
    worker.motion.reports = [stop]

    def come_to_a_stand() -> None:
        ticks = worker.robot.ticks
        worker.motion.stop_state = StopState.STOPPING if ticks < 20 else StopState.HOLDING

    worker.on_tick.append(come_to_a_stand)
    with pytest.raises(RobotStopped, match=StopCause.LOCALISATION_LOST.value):
        worker.run(worker.wait(1.0))
    assert worker.robot.ticks == 20
    worker.run(worker.wait(0.02))  # it holds: whoever waits for it may go on


def test_a_touch_is_remembered_until_forgotten() -> None:
    worker = operator(touched_at=3)
    worker.run(worker.wait(0.02))
    assert worker.touched
    worker.forget_touch()
    worker.run(worker.wait(0.02))
    assert not worker.touched


def test_whoever_watches_can_end_a_skill() -> None:
    worker = operator()

    def stop() -> None:
        if worker.robot.ticks > 10:
            raise StationFault("the line stopped")

    worker.on_tick.append(stop)
    with pytest.raises(StationFault, match="the line stopped"):
        worker.run(worker.wait(10.0))
    assert worker.robot.ticks == 11
