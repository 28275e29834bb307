"""What keeps to the schema is what the check takes, as far as a schema can say it."""

import jsonschema
import pytest

from linewalker.brain.language.goal_check import GoalCall, Offer, check_goals
from linewalker.brain.language.goal_schema import goals_schema, slots_schema
from linewalker.brain.language.goal_slots import GOALS
from linewalker.brain.language.interpretation import Because

OFFER = Offer(names={"features": ("roof", "hood/front_bumper")})

RIGHT = [
    {"skill": "inspect", "slots": {"features": ["roof"], "times": 3, "within_s": 90}},
    {"skill": "go_to", "slots": {"place": "rear"}},
    {"skill": "wait", "slots": {"seconds": 60.0}},
    {"skill": "home"},
]
WRONG = [
    {"skill": "open_door"},
    {"skill": "home", "slots": {"approved": True}},
    {"skill": "wait", "slots": {}},
    {"skill": "wait", "slots": {"seconds": "60 s"}},
    {"skill": "wait", "slots": {"seconds": -1}},
    {"skill": "inspect", "slots": {"features": ["sunroof"]}},
    {"skill": "inspect", "slots": {"times": 1.5}},
    {"skill": "inspect", "slots": {"side": "top"}},
]


@pytest.mark.parametrize("skill", GOALS)
def test_the_schema_of_every_goal_is_one(skill: str) -> None:
    jsonschema.Draft202012Validator.check_schema(slots_schema(GOALS[skill], OFFER.names))


@pytest.mark.parametrize("goal", RIGHT, ids=str)
def test_what_the_schema_takes_the_check_takes(goal: dict) -> None:
    jsonschema.validate([goal], goals_schema(OFFER))
    assert not isinstance(check_goals([GoalCall(goal["skill"], goal.get("slots", {}))], OFFER), Because)


@pytest.mark.parametrize("goal", WRONG, ids=str)
def test_what_the_schema_refuses_the_check_refuses(goal: dict) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([goal], goals_schema(OFFER))
    assert isinstance(check_goals([GoalCall(goal["skill"], goal.get("slots", {}))], OFFER), Because)
