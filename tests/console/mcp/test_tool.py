"""Arguments are held to the schema, and a number that is none is refused wherever it stands."""

import math

import pytest

from linewalker.console.mcp.replies import Reply
from linewalker.console.mcp.tool import Tool, objection_to


async def nothing(_arguments: object, _report: object) -> Reply:
    """Does nothing."""
    return Reply(document={})


SCHEMA = Tool(
    title="Wait",
    meaning="wait",
    properties={"seconds": {"type": "number", "maximum": 9}, "goals": {"type": "array"}},
    required=("seconds",),
    do=nothing,
).schema

WRONG = {
    "wrong_arguments": [{}, {"seconds": "9"}, {"seconds": 10}, {"seconds": True}, {"seconds": 1, "goals": "home"}],
    "unknown_argument": [{"seconds": 1, "approved": True}, {"seconds": 1, "confirm": "yes"}],
    "not_a_number": [{"seconds": math.nan}, {"seconds": -math.inf}, {"seconds": 1, "goals": [{"a": [math.inf]}]}],
}


@pytest.mark.parametrize(("code", "arguments"), [(code, case) for code, cases in WRONG.items() for case in cases])
def test_what_is_wrong_is_refused_in_both_languages(code: str, arguments: dict) -> None:
    because = objection_to(arguments, SCHEMA)
    assert because is not None
    assert because.code == code
    assert because.title.zh != because.title.en


def test_what_is_right_passes() -> None:
    assert objection_to({"seconds": 9}, SCHEMA) is None
    assert objection_to({}, Tool(title="Stop", meaning="stop", do=nothing).schema) is None


@pytest.mark.parametrize("goals", [[{"slots": {}}], [{"skill": "home", "approved": True}], ["home"], [[]]])
def test_goals_without_the_shape_of_goals_are_refused(goals: list) -> None:
    because = objection_to({"seconds": 1, "goals": goals}, SCHEMA)
    assert because is not None
