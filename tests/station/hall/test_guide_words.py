"""Every exhibit can be asked about by each of its names, and by its number; every answer says where it stands."""

from __future__ import annotations

from linewalker.brain.language.vocabulary import NamedThing
from linewalker.brain.places import Place
from linewalker.brain.route import Waypoint
from linewalker.inspection.title import Title
from linewalker.station.hall.guide_words import counted, names_of, questions
from linewalker.station.hall.hall import ALL, Told

VASE = NamedThing(name="vase", title=Title(zh="花瓶", en="vase"), words=("瓶子", "urn"))
BELL = NamedThing(name="bell", title=Title(zh="钟", en="bell"), words=("hall",))
PLACES = {
    "home": Place(title=Title(zh="原位", en="home"), stance=Waypoint(x=1.0, y=0.0, yaw=1.5707963267948966)),
    "vase": Place(title=VASE.title, stance=Waypoint(x=3.0, y=4.0, yaw=0.0)),
    "bell": Place(title=BELL.title, stance=Waypoint(x=1.0, y=0.1, yaw=0.0)),
}
TOLD = {thing.name: Told(title=Title(zh="甲", en="a"), source=f"m.yaml:1 {thing.name}") for thing in (VASE, BELL)}
CITED = {"vase": "m.yaml:2 vase", "bell": "m.yaml:3 bell", ALL: "m.yaml:1 exhibits"}


def test_exhibits_have_numbers_and_keep_their_own_words() -> None:
    first, second, everything = counted((VASE, BELL))
    assert {"第一个展品", "first exhibit", "exhibit 1"} <= set(first.words)
    assert {"第二个", "2号展品", "second one", "exhibit two"} <= set(second.words)
    assert everything.name == ALL
    assert "everything" in everything.words
    assert "hall" not in everything.words  # here that is a bell
    words = [word.casefold() for thing in (first, second, everything) for word in names_of(thing)]
    assert len(words) == len(set(words))


def test_each_name_can_be_asked_about_in_its_language() -> None:
    asked = {words.name: (words.verbs, told) for words, told in questions((VASE, BELL), (), PLACES, TOLD, CITED)}
    verbs, told = asked["asked/what_vase"]
    assert {"花瓶是什么", "瓶子是什么", "what is the urn", "what is vase"} <= set(verbs)
    assert not [verb for verb in verbs if verb.isascii() and any(name in verb for name in ("花瓶", "瓶子"))]
    assert "{}" not in "".join(verbs)
    assert told is TOLD["vase"]


def test_where_it_is_is_counted_from_where_the_robot_waits_and_looks() -> None:
    asked = {words.name: told for words, told in questions((VASE, BELL), (), PLACES, TOLD, CITED)}
    vase, bell, which = (asked[f"asked/{name}"] for name in ("where_vase", "where_bell", "which"))
    assert vase.title.en == "Seen from where I wait, the vase is 4.0 m ahead and 2.0 m to the right."
    assert vase.title.zh == "从我等候处看，花瓶在前方 4.0 米、右侧 2.0 米。"
    assert vase.source == CITED["vase"]
    assert bell.title == Title(zh="钟就在我等候的地方。", en="The bell is where I wait.")
    assert which.title == Title(zh="有花瓶、钟。", en="There is the vase and the bell.")
    assert which.source == CITED[ALL]
