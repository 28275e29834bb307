"""Laws: names of catalogue and plan are phrases of both languages; packs and a plant add words, nothing is lost."""

from __future__ import annotations

import pytest

from linewalker.brain.language.lexicon import Lexicon, NounWord, where_is
from linewalker.brain.language.vocabulary import NamedThing, Pack, SkillWords, SlotWords, Vocabulary
from linewalker.inspection.title import Title
from tests.brain.language.words_of_the_example import lexicon


def test_ids_and_what_they_begin_with_are_phrases() -> None:
    for name in lexicon().planned:
        assert name in lexicon().meanings(name)["ids"] or lexicon().meanings(name)["ids"] == (name,)
    assert lexicon().meanings("L2")["ids"] == ("L2-gap", "L2-flush")


def test_groups_stand_for_their_members() -> None:
    assert set(lexicon().members("wheels")) == {n for n in lexicon().parts if n.startswith("wheel")}
    assert lexicon().members("hood/front_bumper") == ("hood/front_bumper",)


def test_an_area_stands_for_what_the_plan_says() -> None:
    assert {"hood", "trunk", "tailgate"} <= set(lexicon().members("closures"))
    assert "hood/front_bumper" in lexicon().selected(["closures"])
    for words in ("四门两盖", "开闭件", "Closures"):
        assert lexicon().meanings(words)["area"] == "closures"


def test_names_select_what_lies_at_them() -> None:
    assert "hood/front_bumper" in lexicon().selected(["hood"]) & lexicon().selected(["gap"])
    assert lexicon().selected(["wheels"]) <= lexicon().selected(["left"]) | lexicon().selected(["right"])
    assert lexicon().selected(["L2-gap"]) == {"front_door_left/rear_door_left"}


def test_the_seams_of_a_panel_are_those_the_plan_measures() -> None:
    assert lexicon().seams_at("hood") == ("hood/front_bumper",)
    assert len(lexicon().seams_at("head_lamp_left")) == 2
    assert lexicon().seam_of("rear_door_left", "front_door_left") == "front_door_left/rear_door_left"
    assert lexicon().seam_of("hood", "trunk") is None


def test_everything_that_is_named_has_a_title() -> None:
    names = {*lexicon().parts, *lexicon().seams, *lexicon().planned, "wheels", "doors", "closures"}
    assert names <= lexicon().titles.keys()


def test_where_a_seam_is_stands_in_its_name() -> None:
    assert where_is("fender_left/front_bumper") == {"left", "front"}


PACK = Pack(
    places=(NamedThing(name="stand_7", title=Title(zh="七号展台", en="stand seven"), words=("robot stand",)),),
    things=(NamedThing(name="cup", title=Title(zh="杯子", en="cup")),),
    skills=(
        SkillWords(
            name="tidy",
            title=Title(zh="收拾", en="tidy up"),
            verbs=("tidy up", "put away", "收拾"),
            slots={"things": SlotWords(role="objects", required=True), "place": SlotWords(role="place")},
        ),
        SkillWords(name="dance", title=Title(zh="跳", en="dance"), verbs=("boogie",)),
    ),
)


def test_a_pack_adds_words_and_takes_none_away() -> None:
    packed = Lexicon(Vocabulary(packs=(PACK,)))
    assert packed.meanings("七号展台") == {"place": "stand_7"}
    assert packed.meanings("cups")["thing"] == "cup"
    assert packed.meanings("收拾")["verb"] == "tidy"
    assert packed.meanings("boogie")["verb"] == packed.meanings("跳舞")["verb"] == "dance"
    assert packed.skills["dance"].slots.keys() == {"music", "seconds"}


def test_a_plant_adds_words_of_its_own() -> None:
    assert not lexicon().meanings("schlitz")
    assert Lexicon(lexicon().vocabulary, {"method": {"gap": ["Schlitz"]}}).meanings("schlitz") == {"method": "gap"}


def test_what_no_car_has_is_known_to_be_a_part() -> None:
    assert "absent" in lexicon().meanings("天窗")
    assert "absent" in Lexicon(Vocabulary()).meanings("tailgate")
    assert lexicon().meanings("tailgate")["noun"] == NounWord("tailgate", "one")


@pytest.mark.parametrize(("zh", "en"), [("引擎盖", "bonnet"), ("尾灯", "tail light"), ("门把手", "door handle")])
def test_both_languages_call_the_same_group(zh: str, en: str) -> None:
    assert lexicon().meanings(zh)["noun"].key == lexicon().meanings(en)["noun"].key


def test_a_verb_of_a_pack_goes_before_ours() -> None:
    greet = SkillWords(name="greet", title=Title(zh="欢迎", en="greet"), verbs=("welcome everybody",))
    found = Lexicon(Vocabulary(packs=(Pack(skills=(greet,)),))).meanings("welcome everybody")
    assert (found["verb"], lexicon().meanings("welcome everybody")["verb"]) == ("greet", "say")
