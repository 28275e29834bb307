"""The checker accepts what holds and nothing else."""

from __future__ import annotations

import contextlib
import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from linewalker.brain.planning.certificate import Stop, certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.digest import digest
from linewalker.brain.planning.problem import Precedence, Problem
from linewalker.errors import PlanRefused
from tests.brain.planning.test_certificate import PERMIT, PROBLEM, STOPS

PLAN = PROBLEM.document()
GOOD = certified(PROBLEM, STOPS).document()


def refused(problem: Problem, stops: tuple[Stop, ...]) -> str:
    """Why an honest certificate of these stops is refused."""
    with pytest.raises(PlanRefused) as caught:
        verify(problem.document(), certified(problem, stops).document())
    return str(caught.value)


def paths(value: Any, here: tuple = ()) -> Iterator[tuple]:
    """Where in a document there is something, leaves and branches."""
    yield here
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from paths(value[key], (*here, key))


def corruptions(value: Any) -> Iterator[Any]:
    """What may stand there instead."""
    yield from (None, "x", 7, -1.0, True, [], {}, float("nan"))
    if isinstance(value, str):
        yield from (value + "x", value[:-1], value.upper())
    elif isinstance(value, float):
        yield from (value + 0.001, value - 0.001, value + 1e-9, -value, 2 * value, value * 1.1)
    elif isinstance(value, list):
        yield from (value[1:], value[:-1], value[::-1], value * 2, [*value, None])
    elif isinstance(value, dict):
        yield {**value, "more": 1}
        yield from ({k: v for k, v in value.items() if k != left} for left in value)


def altered(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every field of a document, changed in every way; what is left the same is left out."""
    for path in paths(document):
        if not path:
            yield from (c for c in corruptions(document) if isinstance(c, dict))
            continue
        changed = copy.deepcopy(document)
        parent = changed
        for key in path[:-1]:
            parent = parent[key]
        for corruption in corruptions(parent[path[-1]]):
            again = copy.deepcopy(changed)
            inner = again
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = corruption
            if json.dumps(again, sort_keys=True) != json.dumps(document, sort_keys=True):
                yield again


def test_what_holds_is_accepted_also_out_of_a_file() -> None:
    verify(PLAN, GOOD)
    verify(json.loads(json.dumps(PLAN)), json.loads(json.dumps(GOOD, indent=2)))


def test_no_field_can_be_altered() -> None:
    tried = 0
    for corrupted in altered(GOOD):
        with pytest.raises(PlanRefused):
            verify(PLAN, corrupted)
        tried += 1
    assert tried > 500


def test_nor_with_the_id_made_anew() -> None:
    """Whoever writes the id again could choose another order alone, and then everything else is another."""
    for corrupted in altered(GOOD):
        if {**corrupted, "id": None} == {**GOOD, "id": None}:
            continue
        with contextlib.suppress(PlanRefused):  # what is no JSON has none
            corrupted["id"] = digest({name: value for name, value in corrupted.items() if name != "id"})
        with pytest.raises(PlanRefused):
            verify(PLAN, corrupted)


def test_a_plan_of_another_problem_is_refused() -> None:
    """Even if it holds for this one as well."""
    other = certified(replace(PROBLEM, limit_s=80.0), STOPS).document()
    with pytest.raises(PlanRefused, match="belongs to another problem"):
        verify(PLAN, other)


@pytest.mark.parametrize("nothing", [None, [], "plan", 7, {}, {"problem": digest(PLAN), "visits": [None]}])
def test_what_is_no_certificate_is_refused(nothing: Any) -> None:
    with pytest.raises(PlanRefused):
        verify(PLAN, nothing)


@pytest.mark.parametrize(
    ("problem", "stops", "says"),
    [
        (PROBLEM, STOPS[:1], "'a' is required and left out"),
        (PROBLEM, (*STOPS, STOPS[0]), "a task is done twice"),
        (PROBLEM, (Stop(task="b", place="right"), Stop(task="a", place="left")), "can not be entered with the permit"),
        (replace(PROBLEM, limit_s=38.999), STOPS, "the plan ends at 39.0 s, later than 38.999 s"),
        (replace(PROBLEM, precedences=(Precedence(first="a", then="b"),)), STOPS, "'a' has to come before 'b'"),
        (replace(PROBLEM, precedences=(Precedence(first="c", then="b"),)), STOPS, "'b' needs 'c'"),
        (
            replace(PROBLEM, tasks=(replace(PROBLEM.tasks[0], deadline_s=33.0), *PROBLEM.tasks[1:])),
            STOPS,
            "'a' ends at 34.0 s, later than 33.0 s",
        ),
    ],
)
def test_what_breaks_a_limit_is_refused(problem: Problem, stops: tuple[Stop, ...], says: str) -> None:
    assert says in refused(problem, stops)


def test_limits_that_are_just_kept_are_kept() -> None:
    exact = replace(PROBLEM, limit_s=39.0, precedences=(Precedence(first="c", then="b", needed=False),))
    verify(exact.document(), certified(exact, STOPS).document())


def test_the_robot_does_not_wait_in_a_zone_longer_than_its_permit() -> None:
    """What comes next begins late, so that the robot would stand in the press until then."""
    late = replace(PROBLEM.tasks[1], not_before_s=100.0)
    problem = replace(PROBLEM, tasks=(PROBLEM.tasks[0], late, PROBLEM.tasks[2]), limit_s=None)
    assert "the robot leaves 'left' at 95.0 s, later than 60.0 s" in refused(problem, STOPS[::-1])


def test_two_permits_do_not_make_one() -> None:
    """From one stop in a zone to the next the robot does not leave it."""
    second = replace(PERMIT, opens_s=60.0, closes_s=200.0)
    places = tuple(replace(place, zone="press") if place.id == "right" else place for place in PROBLEM.places)
    problem = replace(PROBLEM, places=places, permits=(PERMIT, second), limit_s=None)
    stops = (replace(STOPS[1], permit=PERMIT), replace(STOPS[0], permit=second))
    assert "a permit ends" in refused(problem, stops)
    same = (replace(STOPS[1], permit=second), replace(STOPS[0], permit=second))
    problem = replace(problem, tasks=(replace(PROBLEM.tasks[0], deadline_s=None), *PROBLEM.tasks[1:]))
    verify(problem.document(), certified(problem, same).document())


def test_where_there_is_no_way_there_is_no_plan() -> None:
    table = [list(row) for row in PROBLEM.travel]
    honest = certified(PROBLEM, STOPS).document()
    table[2][1] = None
    blocked = replace(PROBLEM, travel=tuple(map(tuple, table)))
    honest["problem"] = blocked.digest
    honest["id"] = digest({name: value for name, value in honest.items() if name != "id"})
    with pytest.raises(PlanRefused, match="there is no way"):
        verify(blocked.document(), honest)


def test_what_is_expected_counts_where_the_problem_says_so() -> None:
    hopeful = replace(PROBLEM, limit_s=34.0, keeps=type(PROBLEM.keeps).EXPECTED)
    verify(hopeful.document(), certified(hopeful, STOPS).document())


def test_it_needs_nothing_of_the_planner() -> None:
    program = "import sys, linewalker.brain.planning.checker\nprint(*(m for m in sys.modules if 'planning.' in m))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) == {
        f"linewalker.brain.planning.{name}" for name in ("checker", "digest", "one_tree")
    }
