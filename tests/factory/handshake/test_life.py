"""Only change is life, and only time in which we looked counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.life import AwakeClock, LifeWatch


def test_the_first_value_proves_nothing_and_change_proves_life_until_the_timeout():
    watch = LifeWatch(5.0)
    watch.saw(7, 0.0)
    assert not watch.alive(0.0)
    watch.saw(8, 1.0)
    assert watch.alive(6.0)
    assert not watch.alive(6.01)
    watch.saw(8, 7.0)
    assert not watch.alive(7.0)
    watch.saw(0, 8.0)  # a counter may wrap, or its owner restart
    assert watch.alive(8.0)


def test_a_timeout_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="timeout_s"):
        LifeWatch(0.0)


class Time:
    def __init__(self):
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s


@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=20))
def test_awake_time_never_goes_back_and_never_outruns_the_clock(steps):
    clock = Time()
    awake = AwakeClock(clock)
    for step in steps:
        before = awake.now_s
        clock.s += step
        assert 0.0 <= awake.tick() - before <= min(step, 0.5) + 1e-9


def test_a_program_that_was_held_up_does_not_take_the_other_side_for_dead():
    clock = Time()
    awake, watch = AwakeClock(clock), LifeWatch(5.0)
    for count in range(3):
        clock.s += 0.1
        watch.saw(count, awake.tick())
    clock.s += 60.0  # held up
    watch.saw(2, awake.tick())
    assert watch.alive(awake.now_s)
    for _ in range(60):  # awake, and the other side is silent
        clock.s += 0.1
        watch.saw(2, awake.tick())
    assert not watch.alive(awake.now_s)
