"""What a station offers: our goals and the packs', under the names its words stand for."""

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.goal_check import GoalCall, check_goals
from linewalker.brain.language.goal_offer import _ROLES, offer_of
from linewalker.brain.language.goal_slots import GOALS
from linewalker.brain.language.interpretation import Because
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.vocabulary import ROLES, NamedThing, Pack, SkillWords, SlotWords, Vocabulary
from linewalker.inspection.title import Title
from tests.brain.language.words_of_the_example import lexicon, reader


def test_what_the_grammar_reads_is_on_offer() -> None:
    offer = offer_of(lexicon())
    for order in (
        "量一下左前门和左后门的缝",
        "check the right side, but not the wheels",
        "去车尾等一分钟再回来",
        "look at the front badge",
        "check the closures on the right",
    ):
        goals = reader().read(order).goals
        calls = [GoalCall(goal.skill, goal.document()["slots"]) for goal in goals]
        assert check_goals(calls, offer) == goals


def test_a_name_that_the_cars_have_not_is_not() -> None:
    refused = check_goals([GoalCall("inspect", {"features": ["sunroof"]})], offer_of(lexicon()))
    assert isinstance(refused, Because)
    assert refused.code == "unknown_name"
    refused = check_goals([GoalCall("inspect", {"area": "roof"})], offer_of(lexicon()))
    assert isinstance(refused, Because)
    assert "closures" in refused.title.en


def test_a_pack_brings_goals_of_its_own() -> None:
    assert set(_ROLES) == set(ROLES)
    title = Title(zh="收拾", en="tidy up")
    words = SkillWords(
        name="tidy",
        title=title,
        verbs=("tidy up",),
        slots={"what": SlotWords(role="objects", required=True), "for_s": SlotWords(role="duration_s")},
    )
    cup = NamedThing(name="cup", title=Title(zh="杯子", en="cup"))
    offer = offer_of(Lexicon(Vocabulary(packs=(Pack(things=(cup,), skills=(words,)),))))
    assert set(GOALS) < set(offer.rules)
    assert check_goals([GoalCall("tidy", {"what": ["cup"]})], offer) == (Goal(skill="tidy", slots={"what": ("cup",)}),)
    assert isinstance(check_goals([GoalCall("tidy", {})], offer), Because)
