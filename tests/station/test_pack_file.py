"""Laws: what a field's file calls things is what orders are read with; a mistake is named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.language.vocabulary import Pack, SlotWords, Vocabulary
from linewalker.errors import InputError
from linewalker.inspection.title import Title
from linewalker.plantfile import Node, PlantFile
from linewalker.station.pack_file import check_words, named_thing, skill_words

FILE = """\
places:
  shelf: {name: {zh: 书架, en: shelf}, words: [bookcase]}
  sink: {name: {zh: 水槽, en: sink}}
skills:
  water:
    name: {zh: 浇水, en: water}
    verbs: [water, 浇]
    slots: {where: {role: place, required: true}}
  dance:
    verbs: [boogie]
"""


def read(text: str = FILE) -> Node:
    return PlantFile.parse(text, Path("home.yaml"))


def pack_of(top: Node) -> Pack:
    places = dict(top["places"].items())
    pack = Pack(
        places=tuple(named_thing(name, node) for name, node in places.items()),
        skills=tuple(skill_words(name, node) for name, node in top["skills"].items()),
    )
    check_words(pack, places.items())
    return pack


def test_what_is_written_is_what_is_read_with() -> None:
    pack = pack_of(read())
    assert pack.places[0].title == Title(zh="书架", en="shelf")
    assert pack.skills[0].slots == {"where": SlotWords(role="place", required=True)}
    reader = OrderReader(Lexicon(Vocabulary(packs=(pack,))))
    for order, place in (("water the bookcase", "shelf"), ("浇水槽", "sink")):
        assert reader.read(order).document()["goals"] == [{"skill": "water", "slots": {"where": place}}]
    assert [goal.skill for goal in reader.read("boogie").goals] == ["dance"]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ("name: {zh: 浇水, en: water}\n    ", "", 6, "skills.water", "nobody knows what it is called"),
        ("    verbs: [water, 浇]\n", "", 6, "skills.water", "in which words an order asks for it"),
        ("role: place,", "role: plase,", 8, "skills.water.slots.where.role", "did you mean 'place'"),
        ("required: true", "required: maybe", 8, "skills.water.slots.where.required", "expected true or false"),
        ("zh: 水槽, en", "de: Spüle, en", 3, "places.sink.name.de", "unknown key"),
        ("en: sink", "en: Bookcase", 3, "places.sink", "'Bookcase' means 'shelf' already"),
    ],
)
def test_a_mistake_is_named_where_it_stands(old: str, new: str, line: int, key: str, says: str) -> None:
    assert old in FILE
    with pytest.raises(InputError) as caught:
        pack_of(read(FILE.replace(old, new)))
    assert (caught.value.line, caught.value.key) == (line, key)
    assert says in caught.value.problem
