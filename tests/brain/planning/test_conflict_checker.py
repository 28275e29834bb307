"""The checker of conflicts accepts minimal ones alone."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from linewalker.brain.planning.conflict import minimal_conflict
from linewalker.brain.planning.conflict_checker import verify_conflict
from linewalker.errors import PlanRefused
from tests.brain.planning.test_certificate import PROBLEM

TIGHT = replace(PROBLEM, limit_s=37.5)
PLAN = TIGHT.document()
_FOUND = minimal_conflict(TIGHT)
assert _FOUND is not None
GOOD = _FOUND.document()


def changed(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(GOOD), **fields}


def test_what_is_minimal_is_accepted() -> None:
    asked = []

    def solvable(document: Any) -> bool:
        asked.append(document)
        return False

    verify_conflict(PLAN, GOOD, solvable)
    assert [task["id"] for task in asked[0]["tasks"]] == ["a", "b"]


def test_what_can_be_solved_is_none() -> None:
    with pytest.raises(PlanRefused, match="can all be kept"):
        verify_conflict(PLAN, GOOD, lambda _: True)


@pytest.mark.parametrize(
    "wrong",
    [
        changed(problem="0" * 64),
        changed(more=1),
        changed(members=GOOD["members"][1:]),
        changed(without=GOOD["without"][1:]),
        changed(members=GOOD["members"][1:], without=GOOD["without"][1:]),  # the plans were made for other constraints
        changed(members=GOOD["members"][::-1]),
        changed(members=[*GOOD["members"][1:], GOOD["members"][1]]),
        changed(members=[["required", "x"], *GOOD["members"][1:]]),
        changed(members=[["required", "c"], *GOOD["members"][1:]]),  # is optional
        changed(without=[{}, *GOOD["without"][1:]]),
        changed(members=[*GOOD["members"], ["deadline", "a"]], without=[*GOOD["without"], GOOD["without"][0]]),
    ],
)
def test_what_was_altered_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(PlanRefused):
        verify_conflict(PLAN, wrong, lambda _: False)
