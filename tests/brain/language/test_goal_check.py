"""Goals from outside: right ones pass unchanged, others are refused with a code and a sentence in both languages."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.goal_check import MOST_GOALS, GoalCall, Offer, check_goals
from linewalker.brain.language.goal_slots import GOALS, SlotKind
from linewalker.brain.language.interpretation import Because

OFFER = Offer(
    names={"features": ("hood/front_bumper", "roof"), "place": ("front", "rear"), "methods": ("gap", "flush")}
)

WRONG = {
    "unknown skill": ("unknown_skill", "open_door", {}),
    "a skill that is no name": ("unknown_skill", ["inspect"], {}),
    "slots that are a text": ("wrong_kind", "home", "now"),
    "a list for slots": ("wrong_kind", "home", []),
    "an unknown slot": ("unknown_slot", "home", {"approved": True}),
    "a slot of another goal": ("unknown_slot", "wait", {"seconds": 1, "place": "front"}),
    "minutes for seconds": ("wrong_unit", "inspect", {"within_min": 2}),
    "millimetres for metres": ("wrong_unit", "go_to", {"x_mm": 100, "y_m": 1}),
    "radians for degrees": ("wrong_unit", "go_to", {"x_m": 1, "y_m": 1, "yaw_rad": 1.5}),
    "a text with a unit": ("wrong_unit", "wait", {"seconds": "90 s"}),
    "NaN": ("not_a_number", "wait", {"seconds": math.nan}),
    "infinity": ("not_a_number", "go_to", {"x_m": math.inf, "y_m": 0}),
    "a number without end": ("not_a_number", "go_to", {"x_m": 10**400, "y_m": 0}),
    "a negative time": ("out_of_range", "wait", {"seconds": -5}),
    "no repetitions": ("out_of_range", "inspect", {"times": 0}),
    "a million repetitions": ("out_of_range", "inspect", {"times": 1_000_000}),
    "half a repetition": ("wrong_kind", "inspect", {"times": 1.5}),
    "true for a number": ("wrong_kind", "wait", {"seconds": True}),
    "nothing for a number": ("wrong_kind", "wait", {"seconds": None}),
    "too far": ("out_of_range", "go_to", {"x_m": 4000, "y_m": 0}),
    "an unknown feature": ("unknown_name", "inspect", {"features": ["sunroof"]}),
    "one name for a list": ("wrong_kind", "inspect", {"features": "roof"}),
    "an empty list": ("wrong_kind", "inspect", {"features": []}),
    "a list of lists": ("wrong_kind", "inspect", {"features": [["roof"]]}),
    "very many names": ("out_of_range", "inspect", {"features": ["roof"] * 100}),
    "an unknown side": ("unknown_name", "inspect", {"side": "top"}),
    "a long text": ("out_of_range", "say", {"text": "a" * 1000}),
    "an empty text": ("wrong_kind", "say", {"text": "  "}),
    "a text that hides something": ("wrong_kind", "say", {"text": "hello\u202eworld"}),
    "no place": ("missing_slot", "go_to", {}),
    "half a place": ("missing_slot", "go_to", {"x_m": 1.0}),
    "a place and coordinates": ("conflicting_slots", "go_to", {"place": "front", "x_m": 1.0, "y_m": 0.0}),
    "all of it left out": ("conflicting_goals", "inspect", {"features": ["roof"], "except": ["roof"]}),
}


def refused(*calls: GoalCall) -> str:
    """The code; both languages say why."""
    found = check_goals(calls, OFFER)
    assert isinstance(found, Because), found
    assert found.title.zh != found.title.en
    return found.code


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_for_what_is_wrong_with_it(case: str) -> None:
    code, skill, slots = WRONG[case]
    assert refused(GoalCall(skill, slots)) == code
    assert refused(GoalCall("home", {}), GoalCall(skill, slots)) == code  # nothing is done for what is right in it


def test_what_is_right_passes_unchanged() -> None:
    calls = [
        GoalCall("inspect", {"features": ["roof"], "methods": ["gap"], "times": 3, "within_s": 90}),
        GoalCall("go_to", {"place": "rear"}),
        GoalCall("wait", {"seconds": 60}),
        GoalCall("home", {}),
    ]
    assert check_goals(calls, OFFER) == (
        Goal(skill="inspect", slots={"features": ("roof",), "methods": ("gap",), "times": 3, "within_s": 90.0}),
        Goal(skill="go_to", slots={"place": "rear"}),
        Goal(skill="wait", slots={"seconds": 60.0}),
        Goal(skill="home"),
    )


def test_goals_that_contradict_one_another_are_refused() -> None:
    front, rear = GoalCall("go_to", {"place": "front"}), GoalCall("go_to", {"place": "rear"})
    assert refused(front, rear) == "conflicting_goals"
    assert refused(front, GoalCall("home", {})) == "conflicting_goals"
    assert refused(GoalCall("pause", {}), front) == "conflicting_goals"


def test_a_stop_prevails_over_everything_else() -> None:
    calls = [GoalCall("open_door", {}), GoalCall("stop", {"reason": "now"}), GoalCall("home", {})]
    assert check_goals(calls, OFFER) == (Goal(skill="stop"),)


def test_none_and_too_many_are_refused() -> None:
    assert refused() == "no_goal"
    assert refused(*[GoalCall("wait", {"seconds": 1})] * (MOST_GOALS + 1)) == "too_many_goals"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
SLOT_NAMES = sorted({name for rule in GOALS.values() for name in rule.slots})


@given(
    skill=st.sampled_from(sorted(GOALS)) | JSON,
    slots=st.dictionaries(st.sampled_from(SLOT_NAMES) | st.text(max_size=8), JSON, max_size=3) | JSON,
)
def test_whatever_is_written_is_taken_as_it_is_meant_or_refused(skill: object, slots: object) -> None:
    found = check_goals([GoalCall(skill, slots)], OFFER)
    if isinstance(found, Because):
        assert found.code.isidentifier()
        return
    [goal] = found
    json.dumps(goal.document(), allow_nan=False)
    rules = GOALS[goal.skill].slots
    for name, value in goal.slots.items():
        rule = rules[name]
        if rule.kind in (SlotKind.NUMBER, SlotKind.COUNT):
            assert rule.least <= value <= rule.most
        for entry in value if isinstance(value, tuple) else ():
            assert entry in (rule.choices or OFFER.names.get(name, (entry,)))
