"""The words of a field of its own, as whoever knows the field writes them: names, verbs and slots of a pack, in YAML.

What else an entry of such a file says is its reader's business; here only what orders are read with is taken from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from linewalker.brain.language.lexicon import skills_with
from linewalker.brain.language.vocabulary import ROLES, NamedThing, Pack, SkillWords, SlotWords
from linewalker.inspection.title import Title
from linewalker.plantfile import Node

NAMED_KEYS = ("name", "words")
SKILL_KEYS = ("name", "verbs", "slots")
"""What `named_thing` and `skill_words` take from an entry; only what is called ``name`` is required of the former."""


def read_title(node: Node) -> Title:
    """``{zh: 门口, en: door}``."""
    node.expect_keys(["zh", "en"])
    return Title(zh=node["zh"].text(), en=node["en"].text())


def named_thing(name: str, node: Node) -> NamedThing:
    """A place or a thing: its ``name``, and other ``words`` for it in either language."""
    return NamedThing(name=name, title=read_title(node["name"]), words=_texts(node, "words"))


def skill_words(name: str, node: Node) -> SkillWords:
    """A skill: ``verbs`` that ask for it, and its ``slots``. One of ours needs no ``name``, and gets the verbs besides.

    Raises:
        InputError: it has no name and is none of ours, or no verb; a slot has a role there is none of.
    """
    ours = _ours().get(name)
    if ours is None and "name" not in node:
        raise node.error(
            "the key 'name' is missing: this skill is none of Linewalker's, so nobody knows what it is called"
        )
    title = read_title(node["name"]) if "name" in node else ours.title if ours is not None else None
    assert title is not None
    verbs = _texts(node, "verbs")
    if ours is None and not verbs:
        raise node.error("the key 'verbs' is missing: say in which words an order asks for it")
    slots = dict(node["slots"].items()) if "slots" in node else {}
    return SkillWords(name=name, title=title, verbs=verbs, slots={slot: _slot(entry) for slot, entry in slots.items()})


@cache
def _ours() -> Mapping[str, SkillWords]:
    return skills_with(())


def _slot(node: Node) -> SlotWords:
    node.expect_keys(["role"], ["required"])
    required = node["required"].flag() if "required" in node else False
    return SlotWords(role=node["role"].choice(ROLES, "role"), required=required)


def _texts(node: Node, key: str) -> tuple[str, ...]:
    return tuple(entry.text() for entry in node[key].one_or_more()) if key in node else ()


def check_words(pack: Pack, named: Iterable[tuple[str, Node]]) -> None:
    """No word may stand for two things.

    Args:
        pack: read of a file.
        named: its places and things by name, where they stand in the file.

    Raises:
        InputError: one does.
    """
    nodes, taken = dict(named), dict[str, str]()
    for thing in (*pack.places, *pack.things):
        for word in {thing.title.zh, thing.title.en, *thing.words}:
            other = taken.setdefault(word.casefold(), thing.name)
            if other != thing.name:
                raise nodes[thing.name].error(f"'{word}' means '{other}' already; a word stands for one of them alone")
