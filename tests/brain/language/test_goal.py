"""A goal as data."""

from __future__ import annotations

import json

from linewalker.brain.language.goal import Goal


def test_lists_are_lists_in_json() -> None:
    goal = Goal(skill="inspect", slots={"features": ("hood/front_bumper",), "times": 3})
    document = json.loads(json.dumps(goal.document()))
    assert document == {"skill": "inspect", "slots": {"features": ["hood/front_bumper"], "times": 3}}
