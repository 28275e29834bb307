"""Robot time in control periods: how many ticks a reading is due, and which stamps can not be believed.

A controller counts in periods; its robot says when something was felt. Stamps jitter, links lose readings, a loop may
step its physics by another period than the controller's: what passed is told by the stamps alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from linewalker.errors import ClockError, InputError
from linewalker.limbs.robot import Readings

LONGEST_GAP_S = 0.1
"""Ticks that were missed in a longer silence are not made up any more."""
OVERTAKEN = 3
"""A reading may be older than the last by so many periods: packets overtake one another."""
PERIODS_AWAY, MOVES_RAD_S = 5, 0.3
"""A robot with a joint as fast as that is elsewhere after a silence than after so many periods."""
PROBATION = 20
"""So many readings at the beginning show whether they come once per period."""
OFF_PERIOD = 0.25
"""An interval that is off by more than this share of the period is not one of a jittering stamp."""


class ControlClock:
    """Counts the control periods of one robot.

    Args:
        period_s: of the control ticks.

    Attributes:
        ticks: periods between the last two readings; 0 where the last one was no new one.
        gap_s: time between them, where it was too long to be made up; else 0.
        lenient: stamps that can not be right are put right and told in ``doubt``; else `take` raises.
        doubt: what was wrong with the stamp of the last readings; empty if nothing was.
    """

    lenient, doubt = False, ""

    def __init__(self, period_s: float):
        self._period_s = period_s
        self._last: Readings | None = None
        self._first_s = self._heard_s = math.nan
        self._stamps_s: list[float] = []
        self._idle, self._adrift = 0, False
        self.ticks, self.gap_s = 0, 0.0

    @property
    def time_s(self) -> float:
        """Stamp of the last tick, put right where it was wrong."""
        return math.nan if self._last is None else self._last.time_s

    @property
    def passed_s(self) -> float:
        """Time the last tick stands for."""
        return self.ticks * self._period_s

    def take(self, readings: Readings) -> Readings:
        """Take in the stamp of readings; returns them with one that makes sense.

        Raises:
            ClockError: it can not be right, and this clock is not lenient, or robot time began anew.
        """
        self.doubt = self.hear(readings) or ""
        if not self.doubt:
            return readings
        if not self.lenient or self.begins_anew(readings.time_s):
            raise ClockError(self.doubt)
        return self.trust(readings)

    def hear(self, readings: Readings) -> str | None:
        """Take in the stamp of readings; returns what is wrong with it, or None where it can be believed."""
        time_s, last, heard_s = readings.time_s, self._last, self._heard_s
        if last is None:
            self._first_s = self._heard_s = time_s
            return None
        if heard_s - time_s > OVERTAKEN * self._period_s:
            return (
                f"robot time ran back from {heard_s:.3f} s to {time_s:.3f} s: after the robot has been placed anew, "
                "reset() its motion controller; where an earlier state is restored, restore the controller with it"
            )
        self._idle = 0 if time_s > heard_s else self._idle + 1
        self._heard_s = max(heard_s, time_s)
        if self._idle * self._period_s >= LONGEST_GAP_S or (time_s == heard_s and _differ(readings, last)):
            return (
                f"robot time stands still at {time_s:.3f} s; expected readings every {1e3 * self._period_s:g} ms, each "
                "stamped when it was taken: step the physics, or wait for the robot, between two ticks"
            )
        if self._adrift:
            self._last, self._adrift = replace(last, time_s=time_s - self._period_s), False
        return None

    def begins_anew(self, time_s: float) -> bool:
        """Whether a stamp that ran back lies where robot time began: another episode, another power-on."""
        return time_s < self._first_s + LONGEST_GAP_S

    def trust(self, readings: Readings) -> Readings:
        """Take what is wrongly stamped for one period later than the last; returns it with a stamp that makes sense.

        A clock that jumped is followed; one that stands still is gone without.
        """
        period_s, time_s = self._period_s, readings.time_s
        assert self._last is not None, "only what came later can be doubted"
        if time_s < self._heard_s:
            self._last, self._heard_s = replace(self._last, time_s=time_s - period_s), time_s
            return readings
        self._adrift = True
        return replace(readings, time_s=self._last.time_s + period_s)

    def due(self, readings: Readings) -> Iterator[Readings]:
        """Readings of the ticks that are due, in order: those that were missed, made up from their neighbours, and last
        the one that came. None where it is as old as the last, or older.

        A silence longer than `LONGEST_GAP_S` is filled with ticks of that time only; `gap_s` tells. Where a robot that
        moves has come no farther than in some periods there was none: its clock jumped ahead, and one tick is due.

        Raises:
            InputError: readings come in another period than the controller's.
        """
        last, period_s = self._last, self._period_s
        if last is None:
            self._last, self._stamps_s, self.ticks = readings, [readings.time_s], 1
            return iter((readings,))
        self._watch_period(readings.time_s)
        passed_s = readings.time_s - last.time_s
        self.gap_s = passed_s if passed_s > LONGEST_GAP_S + 0.5 * period_s else 0.0
        self.ticks = max(0, round(min(passed_s, LONGEST_GAP_S) / period_s))
        if self.gap_s > 0.0 and _goes_on(last, readings, PERIODS_AWAY * period_s):
            self.ticks = 1
        if self.ticks == 0:
            return iter(())
        self._last = readings
        return _filled(last, readings, self.ticks)

    def _watch_period(self, time_s: float) -> None:
        if len(self._stamps_s) > PROBATION:
            return
        self._stamps_s.append(time_s)
        passed_s, period_s = np.diff(self._stamps_s), self._period_s
        if len(passed_s) == PROBATION and (np.abs(passed_s - period_s) > OFF_PERIOD * period_s).all():
            raise InputError(
                f"readings come every {1e3 * passed_s.mean():.3g} ms of robot time; the control period is "
                f"{1e3 * period_s:g} ms: step the physics by that between two ticks, with MujocoBody.step() or by an "
                "nstep that fits model.opt.timestep"
            )


def _differ(a: Readings, b: Readings) -> bool:
    """Whether they are no two copies of the same packet."""
    return a is not b and not np.array_equal(a.gyro_rad_s, b.gyro_rad_s)


def _goes_on(a: Readings, b: Readings, time_s: float) -> bool:
    """Whether its joints moved, and no farther than they do in a time."""
    fastest_rad_s = np.abs(a.dq_rad_s).max(initial=0.0)
    return bool(fastest_rad_s > MOVES_RAD_S and np.abs(b.q_rad - a.q_rad).max() < time_s * fastest_rad_s)


def _filled(last: Readings, now: Readings, ticks: int) -> Iterator[Readings]:
    """What was missed, on a straight line from the last readings to the present ones, and these."""
    for tick in range(1, ticks):
        yield _between(last, now, tick / ticks)
    yield now


def _between(a: Readings, b: Readings, share: float) -> Readings:
    names = ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm")
    felt = {name: (1.0 - share) * getattr(a, name) + share * getattr(b, name) for name in names}
    return replace(b, time_s=(1.0 - share) * a.time_s + share * b.time_s, fix=None, tool_fixes=(), **felt)
