"""Goals one after the other: turns stay in their order, what is in them does not."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import pytest

from linewalker.brain.planning.certificate import certified
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Permit, Span, Worth
from linewalker.brain.planning.turns import Step, Turn, plan_turns, turns_problem
from linewalker.brain.route import Waypoint
from linewalker.inspection.title import Title

HOME = Waypoint(x=0.0, y=0.0, yaw=0.0)
WORK = Span(low_s=3.0, expected_s=4.0, high_s=5.0)


def walk(a: Waypoint, b: Waypoint) -> Span | None:
    return Span.exactly(2.0 * math.hypot(a.x - b.x, a.y - b.y))


def step(name: str, x: float, y: float = 0.0, worth: Worth | None = None) -> Step:
    return Step(
        id=name,
        title=Title(zh=name, en=name),
        stances=((Waypoint(x=x, y=y, yaw=0.0), WORK),),
        worth=worth or Worth(major=1),
    )


def order(plan: Plan | Shortfall) -> list[str]:
    assert isinstance(plan, Plan)
    return [stop.stop.task for stop in plan.certificate.stops]


def test_within_a_turn_the_order_is_free_and_turns_follow_one_another() -> None:
    inspect = Turn(steps=(step("far", 9.0), step("near", 1.0), step("middle", 5.0)))
    rear, back = Turn(steps=(step("rear", 12.0),)), Turn(steps=(step("first", 0.5),))
    assert order(plan_turns([rear, inspect, back], start=HOME, end=HOME, walk=walk)) == [
        "rear",
        "far",
        "middle",
        "near",
        "first",
    ]


def test_in_time_what_is_worth_most_is_done_and_what_follows_is_not_forgotten() -> None:
    steps = (step("far", 9.0, worth=Worth(critical=1)), step("aside", 4.0, 7.0), step("on the way", 5.0))
    turn = Turn(steps=steps, within_s=28.0, all_of_it=False)
    plan = plan_turns([turn, Turn(steps=(step("bow", 0.0),))], start=HOME, end=HOME, walk=walk)
    assert order(plan) == ["on the way", "far", "bow"]
    assert isinstance(plan, Plan)
    assert plan.certificate.left_out == ("aside",)


def test_all_of_it_in_too_little_time_is_a_conflict_and_the_best_part_is_offered() -> None:
    turn = Turn(steps=(step("far", 9.0), step("near", 1.0)), within_s=24.0)
    found = plan_turns([turn], start=HOME, end=HOME, walk=walk)
    assert isinstance(found, Shortfall)
    assert found.conflict is not None
    assert {tuple(member.document()) for member in found.conflict.members} == {
        ("required", "far"),
        ("required", "near"),
        ("deadline", "far"),
        ("deadline", "near"),
    }
    assert found.partial is not None
    assert order(found.partial) == ["near"]  # as much worth as the far one, and earlier


@pytest.mark.parametrize("seed", range(8))
def test_a_plan_is_never_longer_than_the_order_it_was_given(seed: int) -> None:
    random = Random(seed)
    steps = tuple(step(f"s{i}", random.uniform(-6, 6), random.uniform(-3, 3)) for i in range(7))
    turns = [Turn(steps=steps[:4], before=(("s0", "s3"),)), Turn(steps=steps[4:])]
    problem = turns_problem(turns, start=HOME, end=HOME, walk=walk)
    plan = plan_turns(turns, start=HOME, end=HOME, walk=walk)
    assert isinstance(plan, Plan)
    given = certified(problem, [replace(plan.certificate.stops[0].stop, task=s.id, place=s.id) for s in steps])
    assert plan.certificate.reached.rank <= given.reached.rank
    done = order(plan)
    assert set(done[:4]) == {"s0", "s1", "s2", "s3"}
    assert done.index("s0") < done.index("s3")


def test_steps_at_one_stance_share_a_place_and_one_at_the_start_is_there() -> None:
    turns = [Turn(steps=(step("a", 3.0), step("b", 3.0), step("c", 0.0)))]
    problem = turns_problem(turns, start=HOME, end=HOME, walk=walk)
    assert [place.id for place in problem.places] == ["start", "a"]
    assert problem.end == "start"


def test_a_zone_is_entered_with_its_permit() -> None:
    inside = replace(step("inside", 3.0), zone="press")
    permit = Permit(zone="press", opens_s=50.0, closes_s=60.0)
    plan = plan_turns([Turn(steps=(inside,))], start=HOME, end=HOME, walk=walk, permits=[permit])
    assert isinstance(plan, Plan)
    assert plan.certificate.stops[0].stop.permit == permit
    assert isinstance(plan_turns([Turn(steps=(inside,))], start=HOME, end=HOME, walk=walk), Shortfall)
