"""Stamps alone say how much time has passed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.control_clock import LONGEST_GAP_S, PROBATION, ControlClock
from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.robot import LocalisationFix, Readings

T = 0.002
NAMES = ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm")


def readings(time_s: float, value: float = 0.0, fix: LocalisationFix | None = None) -> Readings:
    felt = {name: np.full(3, value) for name in NAMES}
    return Readings(time_s=time_s, foot_force_n=np.full(2, value), fix=fix, **felt)


def ticks_of(clock: ControlClock, stamps: list[float]) -> list[int]:
    ticks = []
    for stamp in stamps:
        felt = readings(stamp)
        assert clock.hear(felt) is None
        ticks.append(len(list(clock.due(felt))))
    return ticks


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1e5), st.floats(0.0, 0.4))
def test_as_many_ticks_as_periods_whatever_is_lost_and_however_stamps_jitter(
    seed: int, begin_s: float, share: float
) -> None:
    rng, clock = np.random.default_rng(seed), ControlClock(T)
    came = np.flatnonzero(rng.random(300) >= share)
    came = came[np.diff(came, prepend=came[0]) * T < LONGEST_GAP_S]
    jitter = rng.uniform(-0.0003, 0.0003, len(came))
    ticks = ticks_of(clock, (begin_s + came * T + jitter).tolist())
    assert sum(ticks) == came[-1] - came[0] + 1
    assert min(ticks) == 1


def test_what_was_missed_lies_on_the_straight_line() -> None:
    clock, fix = ControlClock(T), LocalisationFix(taken_s=0.0, X_WT=Pose())
    list(clock.due(readings(1.0, 0.0)))
    last = readings(1.01, 5.0, fix)
    due = list(clock.due(last))
    assert due[-1] is last
    for at, made_up in enumerate(due, 1):
        assert made_up.time_s == pytest.approx(1.0 + at * T)
        for name in NAMES:
            np.testing.assert_allclose(getattr(made_up, name), at)
    assert [reading.fix for reading in due] == [None] * 4 + [fix]
    assert clock.passed_s == pytest.approx(0.01)


def test_a_long_silence_is_filled_in_part_and_told() -> None:
    clock = ControlClock(T)
    assert ticks_of(clock, [0.0, 0.002, 0.1]) == [1, 1, 49]
    assert clock.gap_s == 0.0
    assert ticks_of(clock, [60.0]) == [round(LONGEST_GAP_S / T)]
    assert clock.gap_s == pytest.approx(59.9)
    assert ticks_of(clock, [60.002]) == [1]
    assert clock.gap_s == 0.0


@pytest.mark.parametrize(("moved_rad", "ticks"), [(0.002, 1), (0.05, round(LONGEST_GAP_S / T))])
def test_a_clock_that_jumps_under_a_robot_that_moves_is_no_silence(moved_rad: float, ticks: int) -> None:
    """One of a robot that moves leaves it elsewhere."""
    clock = ControlClock(T)
    assert len(list(clock.due(readings(1.0, 1.0)))) == 1
    assert len(list(clock.due(readings(3.0, 1.0 + moved_rad)))) == ticks
    assert clock.gap_s == pytest.approx(2.0)


def test_the_same_reading_again_and_one_that_was_overtaken_are_no_new_ticks() -> None:
    assert ticks_of(ControlClock(T), [0.0, 0.002, 0.002, 0.006, 0.004, 0.008, 0.010]) == [1, 1, 0, 2, 0, 1, 1]


@pytest.mark.parametrize("period_s", [0.0, 0.0003, 0.001, 0.003, 0.004, 0.005, 0.02])
def test_another_period_is_refused_by_name(period_s: float) -> None:
    clock = ControlClock(T)
    with pytest.raises(InputError, match=rf"every {1e3 * period_s:.3g} ms .* period is 2 ms"):
        ticks_of(clock, [k * period_s for k in range(PROBATION + 1)])


def test_a_link_that_loses_every_other_reading_later_on_is_no_other_period() -> None:
    stamps = [k * T for k in range(30)] + [0.058 + 2 * k * T for k in range(1, 60)]
    assert sum(ticks_of(ControlClock(T), stamps)) == 30 + 2 * 59


def test_time_that_runs_back_is_named_and_followed_where_it_must() -> None:
    clock, back = ControlClock(T), readings(0.5)
    ticks_of(clock, [0.9, 0.95, 1.0])
    assert "ran back from 1.000 s to 0.500 s" in (clock.hear(back) or "")
    assert list(clock.due(clock.trust(back))) == [back]
    assert ticks_of(clock, [0.502]) == [1]


def test_time_that_stands_still_is_named() -> None:
    clock = ControlClock(T)
    ticks_of(clock, [k * T for k in range(PROBATION + 1)])
    told = [clock.hear(readings(0.04)) for _ in range(60)]
    assert told[:40] == [None] * 40
    assert told[-1] is not None
    assert "stands still at 0.040 s" in told[-1]
    for tick in range(1, 4):
        assert "stands still" in (clock.hear(readings(0.04)) or "")
        assert len(list(clock.due(clock.trust(readings(0.04))))) == 1
        assert clock.time_s == pytest.approx(0.04 + tick * T)
    assert ticks_of(clock, [0.042, 0.046]) == [1, 2]


def test_other_values_under_the_same_stamp_are_no_copy() -> None:
    clock = ControlClock(T)
    ticks_of(clock, [0.0, 0.002])
    assert clock.hear(readings(0.002)) is None
    assert "stands still" in (clock.hear(readings(0.002, value=0.1)) or "")


def test_where_robot_time_begins_anew() -> None:
    clock = ControlClock(T)
    ticks_of(clock, [3.0, 3.05, 3.1, 9.0])
    assert clock.begins_anew(0.0)
    assert clock.begins_anew(3.002)
    assert not clock.begins_anew(8.0)
