"""Whoever watches may fail; the work goes on, and it is said once."""

from __future__ import annotations

import logging

import pytest

from linewalker.station.observer import Audience, Gallery, HarmlessObserver
from tests.factory.samples import build_order, good_car


class Failing:
    """An observer that fails at whatever it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def car_begins(self, *_: object) -> None:
        self.told.append("begins")
        raise UnicodeEncodeError("gbk", "✓", 0, 1, "illegal multibyte sequence")

    def visit_done(self, *_: object) -> None:
        self.told.append("stop")
        raise BrokenPipeError

    def car_done(self, *_: object) -> None:
        self.told.append("done")
        raise RuntimeError


def test_an_observer_that_fails_is_heard_once_and_no_more_asked(caplog: pytest.LogCaptureFixture) -> None:
    failing = Failing()
    observer = HarmlessObserver(failing)
    with caplog.at_level(logging.ERROR):
        observer.car_begins(build_order(), 8)
        observer.car_done(good_car())
    assert failing.told == ["begins"]
    [record] = caplog.records
    assert "illegal multibyte sequence" in record.getMessage()
    assert "the work goes on" in record.getMessage()


def test_an_observer_that_does_not_fail_is_told_everything() -> None:
    told: list[object] = []
    harmless = Gallery("the film").harmless(told.append)
    for i in range(3):
        harmless(i)
    assert told == [0, 1, 2]


def test_whoever_ends_the_program_ends_it() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Gallery("the film").harmless(interrupted)()


class Content:
    """Fails at nothing."""

    def __init__(self) -> None:
        self.told = 0

    def _tell(self, *_: object) -> None:
        self.told += 1

    car_begins = visit_done = car_done = _tell


def test_an_audience_is_told_together_and_one_that_fails_leaves_the_others_alone() -> None:
    failing, content = Failing(), Content()
    audience = Audience(HarmlessObserver(failing), HarmlessObserver(content))
    audience.car_begins(build_order(), 8)
    audience.car_done(good_car())
    assert (failing.told, content.told) == (["begins"], 2)
