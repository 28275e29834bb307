"""Certificates: the times they promise, on a problem that can be worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from linewalker.brain.planning.certificate import Quality, Stop, certified
from linewalker.brain.planning.problem import Case, Permit, Place, Placement, Problem, Span, Task, Worth, travel_table

PLACES = (Place(id="home"), Place(id="left", zone="press"), Place(id="right"))
WAY = Span(low_s=3.0, expected_s=4.0, high_s=5.0)
WORK = Span(low_s=10.0, expected_s=10.0, high_s=12.0)
PERMIT = Permit(zone="press", opens_s=20.0, closes_s=60.0)
PROBLEM = Problem(
    places=PLACES,
    travel=travel_table(PLACES, lambda _a, _b: WAY),
    start="home",
    end="home",
    tasks=(
        Task(id="a", placements=(Placement(place="left", duration=WORK),), worth=Worth(critical=1), deadline_s=50.0),
        Task(id="b", placements=(Placement(place="right", duration=WORK),), worth=Worth(minor=2)),
        Task(id="c", placements=(Placement(place="right", duration=WORK),), required=False),
    ),
    permits=(PERMIT,),
    limit_s=70.0,
)
STOPS = (Stop(task="b", place="right"), Stop(task="a", place="left", permit=PERMIT))


def test_the_robot_is_where_it_should_be_as_early_as_it_may() -> None:
    certificate = certified(PROBLEM, STOPS)
    expected = [
        (t.leaves_s, t.arrives_s, t.ends_s)
        for t in (*(s.times[Case.EXPECTED] for s in certificate.stops), certificate.way_to_end[Case.EXPECTED])
    ]
    assert expected == [(0.0, 4.0, 14.0), (16.0, 20.0, 30.0), (30.0, 34.0, 34.0)]
    worst = certificate.stops[1].times[Case.WORST]
    assert (worst.leaves_s, worst.arrives_s, worst.ends_s) == (17.0, 22.0, 34.0)
    assert [stop.slack_s for stop in certificate.stops] == [None, 16.0]
    assert (certificate.slack_s, certificate.left_out) == (70.0 - 39.0, ("c",))
    early, late = 1.732, 3.316  # three ways by 1 s; two works by 2 s as well
    assert certificate.likely_end_s == pytest.approx((34.0 - early, 34.0 + late), abs=1e-9)


def test_it_is_as_good_as_what_is_done_and_has_a_bound_if_nothing_of_worth_is_left_out() -> None:
    assert certified(PROBLEM, STOPS).reached == Quality(worth=Worth(critical=1, minor=2), end_s=39.0)
    assert certified(PROBLEM, STOPS).bound_s is None
    worthless = replace(PROBLEM.tasks[2], worth=Worth())
    problem = replace(PROBLEM, tasks=(*PROBLEM.tasks[:2], worthless))
    assert certified(problem, STOPS).bound_s == 3 * 5.0 + 2 * 12.0  # nothing is known of the permit


def test_the_better_of_two_is_worth_more_and_then_ends_earlier() -> None:
    few, many = Quality(worth=Worth(minor=8), end_s=1.0), Quality(worth=Worth(major=1), end_s=9.0)
    assert many.rank < few.rank
    assert Quality(worth=Worth(major=1), end_s=8.0).rank < many.rank


def test_its_document_is_json_and_its_id_names_it_alone() -> None:
    one, other = certified(PROBLEM, STOPS), certified(PROBLEM, STOPS[::-1])
    assert json.loads(json.dumps(one.document())) == one.document()
    assert one.id == certified(PROBLEM, STOPS).id != other.id
    assert one.document()["id"] == one.id
