"""Reads a hall from its file: YAML that names file, line and key of whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from shapely.geometry import Point, Polygon

from linewalker.brain.language.vocabulary import NamedThing, Pack, SkillWords
from linewalker.brain.places import Place
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.act_names import ACT_NAMES
from linewalker.geometry import Array
from linewalker.inspection.title import Title
from linewalker.plantfile import Node, PlantFile
from linewalker.station.hall.guide_words import ASKED, counted, guide_words, questions
from linewalker.station.hall.hall import ALL, Hall, Told, Visitor
from linewalker.station.pack_file import SKILL_KEYS, check_words, named_thing, read_title, skill_words

_FARTHEST_M, _LONGEST_TEXT = 20.0, 400
_STANCE_FROM_M = 0.5  # of the middle between the feet from an exhibit, at least
_HOME = Title(zh="原位", en="home")


def read_hall(path: Path) -> Hall:
    """The hall of a file.

    Raises:
        InputError: names file, line and key of what is wrong.
    """
    top = PlantFile.read(path)
    top.expect_keys(["home", "exhibits"], ["places", "questions", "skills", "visitors", "tour"])
    exhibits, places = dict(top["exhibits"].items()), _members(top, "places")
    if not exhibits:
        raise top["exhibits"].error("expected one exhibit or more")
    solids = {name: _solid(node) for name, node in exhibits.items() if "stands" in node}
    stances = {"home": Place(title=_HOME, stance=_stance(top["home"], solids))}
    for name, node in (*places.items(), *exhibits.items()):
        if name in stances or name == ALL:
            raise node.error(f"there is a place '{name}' already; give this one another name")
        node.expect_keys(["name", "stance", *(["say"] if name in exhibits else [])], ["words", "stands"])
        stances[name] = Place(title=read_title(node["name"]), stance=_stance(node["stance"], solids))
    check_words(Pack(places=_things(places | exhibits)), [*places.items(), *exhibits.items()])
    told = {name: _told(node["say"]) for name, node in exhibits.items()}
    shown, others = _things(exhibits), _things(places)
    skills, does = _skills(top)
    cited = {name: _cited(node) for name, node in (*places.items(), *exhibits.items(), (ALL, top["exhibits"]))}
    for words, answer in (*_own_questions(top), *questions(counted(shown)[:-1], others, stances, told, cited)):
        skills.append(words)
        told[words.name], does[words.name] = answer, ("say",)
    return Hall(
        places=stances,
        exhibits=tuple(exhibits),
        told=told,
        solids=tuple(solids.values()),
        does=does,
        pack=Pack(places=(*others, *counted(shown)), skills=tuple(skills)),
        visitors=tuple(_visitor(node) for node in top["visitors"].entries()) if "visitors" in top else (),
        tour=_tour(top["tour"]) if "tour" in top else {"zh": (), "en": ()},
    )


def _members(top: Node, key: str) -> dict[str, Node]:
    return dict(top[key].items()) if key in top else {}


def _things(nodes: Mapping[str, Node]) -> tuple[NamedThing, ...]:
    return tuple(named_thing(name, node) for name, node in nodes.items())


def _cited(node: Node) -> str:
    return f"{node.file.name}:{node.line} {node.key}"


def _own_questions(top: Node) -> list[tuple[SkillWords, Told]]:
    """Questions of the file, with their answers."""
    found = []
    for name, node in _members(top, "questions").items():
        node.expect_keys(["asked", "say"])
        verbs = tuple(entry.text() for entry in node["asked"].one_or_more())
        zh, en = (next((verb for verb in verbs if verb.isascii() == ascii), None) for ascii in (False, True))
        if zh is None or en is None:
            raise node["asked"].error("expected the question in Chinese and in English, once or more")
        title = Title(zh=f"回答“{zh}”", en=f"answer '{en}'")
        found.append((SkillWords(name=ASKED + name, title=title, verbs=verbs), _told(node["say"])))
    return found


def _skills(top: Node) -> tuple[list[SkillWords], dict[str, tuple[str, ...]]]:
    """Words of skills, and what each of them does: ours of every guide, and those of the file, which come first."""
    words: list[SkillWords] = []
    does: dict[str, tuple[str, ...]] = {}
    for name, node in (*_members(top, "skills").items(), *guide_words()["skills"].items()):
        node.expect_keys(["does"], SKILL_KEYS)
        skill, own = skill_words(name, node), tuple(_act(entry) for entry in node["does"].one_or_more())
        somewhere = name in ("guide", *does) or any(slot.role in ("place", "places") for slot in skill.slots.values())
        if not somewhere and {"go_to", "say"} & set(own):
            raise node.error("go_to and say need a place: give the skill a slot with the role place or places")
        words.append(skill)
        does.setdefault(name, own)
    return words, does


def _act(node: Node) -> str:
    """The name of an act: of ours, or of a package that is installed."""
    if (name := node.text()) in ACT_NAMES:
        return name
    from linewalker.brain.skills.act import Act  # they load what an answer can do without
    from linewalker.brain.skills.skills import SKILLS

    return node.choice([known for known, kind in SKILLS.items() if issubclass(kind, Act)], "act")


def _told(node: Node) -> Told:
    title = read_title(node)
    for language in ("zh", "en"):
        if len(getattr(title, language)) > _LONGEST_TEXT:
            raise node[language].error(f"expected at most {_LONGEST_TEXT} letters; nobody listens longer")
    return Told(title=title, source=_cited(node))


def _numbers(node: Node, names: tuple[str, ...], most: float = _FARTHEST_M) -> list[float]:
    entries = node.entries()
    if len(entries) != len(names):
        raise node.error(f"expected {len(names)} numbers, {', '.join(names)}; found {len(entries)}")
    return [entry.number(low=-most, high=most, unit=_unit(name)) for entry, name in zip(entries, names)]


def _unit(name: str) -> str:
    return "deg" if name == "heading" else "m"


def _stance(node: Node, solids: Mapping[str, Array]) -> Waypoint:
    x, y, heading_deg = _numbers(node, ("x", "y", "heading"), most=360.0)
    for name, outline in solids.items():
        far_m = Polygon(outline).distance(Point(x, y))
        if far_m < _STANCE_FROM_M:
            raise node.error(f"stands {far_m:.2f} m from '{name}'; expected {_STANCE_FROM_M:g} m or more")
    return Waypoint(x=x, y=y, yaw=float(np.radians(heading_deg)))


def _solid(node: Node) -> Array:
    x0, y0, x1, y1 = _numbers(node["stands"], ("x", "y", "x", "y"))
    if x1 - x0 < 0.05 or y1 - y0 < 0.05:
        raise node["stands"].error("expected x and y of one corner, then the larger x and y of the opposite one")
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def _visitor(node: Node) -> Visitor:
    node.expect_keys(["name", "way"], ["arrives_s", "walks_m_s", "follows_m"])
    points = [_numbers(point, ("x", "y")) for point in node["way"].entries()]
    if not points:
        raise node["way"].error("expected one point or more, each [x, y]")
    found = Visitor(name=read_title(node["name"]), way=np.array(points))
    if "arrives_s" in node:
        found = replace(found, arrives_s=node["arrives_s"].number(low=0.0, high=3600.0, unit="s"))
    if "walks_m_s" in node:
        found = replace(found, walks_m_s=node["walks_m_s"].number(low=0.1, high=2.0, unit="m/s"))
    if "follows_m" in node:
        found = replace(found, follows_m=node["follows_m"].number(low=0.8, high=2.0, unit="m"))
    return found


def _tour(node: Node) -> dict[str, tuple[str, ...]]:
    node.expect_keys(["zh", "en"])
    return {language: tuple(entry.text() for entry in node[language].one_or_more()) for language in ("zh", "en")}
