"""A planning problem as data."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from benchmarks.brain.planning_problems import random_problem, walk

from linewalker.brain.planning.problem import (
    Permit,
    Place,
    Placement,
    Precedence,
    Problem,
    Span,
    Task,
    Worth,
    travel_table,
)
from linewalker.errors import InputError

SECOND = Span.exactly(1.0)
HOME, DESK = Place(id="home"), Place(id="desk", x_m=1.0, zone="office")


def problem(**changes: object) -> Problem:
    fields: dict = {
        "places": (HOME, DESK),
        "travel": travel_table((HOME, DESK), walk),
        "start": "home",
        "end": "home",
        "tasks": (Task(id="tidy", placements=(Placement(place="desk", duration=SECOND),)),),
    }
    return Problem(**{**fields, **changes})


@pytest.mark.parametrize("seed", range(20))
def test_its_document_is_json_and_its_digest_tells_problems_apart(seed: int) -> None:
    drawn = random_problem(seed)
    assert json.loads(json.dumps(drawn.document(), allow_nan=False)) == drawn.document()
    assert random_problem(seed).digest == drawn.digest != random_problem(seed + 1).digest
    assert replace(drawn, limit_s=1234.567).digest != drawn.digest


def test_times_are_kept_to_the_millisecond() -> None:
    assert Span(low_s=1 / 3, expected_s=2 / 3, high_s=1).document() == [0.333, 0.667, 1.0]


def test_staying_where_one_is_takes_no_time_and_the_ways_are_those_handed_in() -> None:
    there = problem()
    assert there.way("desk", "desk") == Span.exactly(0.0)
    assert there.way("home", "desk") == walk(HOME, DESK)


def test_worths_add_and_compare_by_class() -> None:
    assert (Worth(critical=1) + Worth(major=2)).document() == [1, 2, 0]
    assert Worth(critical=1).document() > Worth(major=9, minor=9).document()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Span(low_s=2.0, expected_s=1.0, high_s=3.0), "lies outside its interval 2.0 to 3.0 s"),
        (lambda: Span.exactly(-1.0), "low_s is -1.0; give a time from 0"),
        (lambda: Span.exactly(float("nan")), "low_s is nan"),
        (lambda: Span.exactly(True), "low_s is True"),
        (lambda: Place(id="moon", x_m=float("inf")), "the place 'moon' is nowhere"),
        (lambda: Worth(minor=-1), "0 or more of each class"),
        (lambda: Task(id="rest", placements=()), "'rest' has no placement"),
        (
            lambda: Task(id="rest", placements=(Placement(place="desk", duration=SECOND),) * 2),
            "two placements at one place",
        ),
        (lambda: Permit(zone="office", opens_s=5.0, closes_s=5.0), "closes at 5.0 s, not after 5.0 s"),
        (lambda: problem(places=(HOME, HOME)), "two places are called 'home'"),
        (lambda: problem(travel=()), "a row and a column for each of the 2 places"),
        (lambda: problem(start="hmoe"), "there is no place 'hmoe'; did you mean 'home'"),
        (lambda: problem(end="desk"), "the end 'desk' lies in the zone 'office'"),
        (lambda: problem(precedences=(Precedence(first="tidy", then="sweep"),)), "there is no task 'sweep'"),
        (lambda: problem(limit_s=-1.0), "limit_s is -1.0"),
        (
            lambda: problem(start="desk", travel=((SECOND, None), (None, SECOND))),
            "no way from the start 'desk' to the end 'home'",
        ),
    ],
)
def test_what_is_no_problem_is_refused(wrong: object, says: str) -> None:
    with pytest.raises(InputError, match=says):
        wrong()  # type: ignore[operator]
