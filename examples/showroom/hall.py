"""A hall at a fair as its file has it: places, exhibits and what to say of them, questions, skills, visitors, orders.

All of it is data. What orders can speak of goes to the reader as a pack; what a goal comes to is spelt out of skills
that every station has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from shapely.geometry import Point, Polygon

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.vocabulary import NamedThing, Pack, SkillWords
from linewalker.brain.places import Place
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skills import SKILLS
from linewalker.geometry import Array
from linewalker.inspection.title import Title
from linewalker.plantfile import Node, PlantFile
from linewalker.station.pack_file import SKILL_KEYS, check_words, named_thing, read_title, skill_words

_FARTHEST_M, _LONGEST_TEXT = 20.0, 400
_STANCE_FROM_M = 0.5  # of the middle between the feet from an exhibit, at least
_ASKED = "asked/"  # before the name of a question it makes a skill: to be asked is an order to answer


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who comes.

    Attributes:
        name: what people call them.
        way: points of the floor, m, (k, 2); they walk from the first to the last, and stay there.
        arrives_s: robot time at which they are at the first.
        walks_m_s: how fast they walk.
    """

    name: Title
    way: Array
    arrives_s: float = 0.0
    walks_m_s: float = 0.8


@dataclass(frozen=True, kw_only=True)
class Hall:
    """See the module.

    Attributes:
        places: by name, exhibits and ``home`` among them.
        said: what is said of exhibits, and in answer to questions, by name.
        solids: outlines of what stands on the floor, each (k, 2), m.
        does: acts that a goal comes to at each of its places, by skill.
        pack: what orders can speak of.
        visitors: who comes.
        tour: orders, by language.
    """

    places: Mapping[str, Place]
    said: Mapping[str, Title]
    solids: tuple[Array, ...]
    does: Mapping[str, tuple[str, ...]]
    pack: Pack
    visitors: tuple[Visitor, ...]
    tour: Mapping[str, tuple[str, ...]]

    @property
    def home(self) -> Waypoint:
        """Where the robot waits."""
        return self.places["home"].stance

    def spelt_out(self, goal: Goal, language: str) -> tuple[Goal, ...]:
        """What a goal comes to: itself, or what its skill does at each place it names.

        Args:
            goal: as it was read.
            language: ``zh`` or ``en``, in which something is said.
        """
        if goal.skill not in self.does:
            return (goal,)
        named = [name for slot in goal.slots.values() if isinstance(slot, tuple) for name in slot]
        named += [slot for slot in goal.slots.values() if isinstance(slot, str)]
        if goal.skill.startswith(_ASKED):
            named = [goal.skill]
        steps = [self._step(act, name, language) for name in named or [""] for act in self.does[goal.skill]]
        return tuple(step for step in steps if step is not None)

    def _step(self, act: str, name: str, language: str) -> Goal | None:
        if act == "go_to":
            return Goal(skill="go_to", slots={"place": name})
        if act == "say":
            title = self.said.get(name)
            return None if title is None else Goal(skill="say", slots={"text": getattr(title, language)})
        return Goal(skill=act)


def read_hall(path: Path) -> Hall:
    """The hall of a file.

    Raises:
        InputError: names file, line and key of what is wrong.
    """
    top = PlantFile.read(path)
    top.expect_keys(["home", "places", "exhibits", "visitors", "tour"], ["questions", "skills"])
    exhibits, places = dict(top["exhibits"].items()), dict(top["places"].items())
    solids = {name: _solid(node) for name, node in exhibits.items()}
    stances = {"home": Place(title=Title(zh="原位", en="home"), stance=_stance(top["home"], solids))}
    said: dict[str, Title] = {}
    named: list[NamedThing] = []
    for name, node in (*places.items(), *exhibits.items()):
        if name in stances or (name in places and name in exhibits):
            raise node.error(f"there is a place '{name}' already; give this one another name")
        own = ["stands", "say"] if name in exhibits else []
        node.expect_keys(["name", "stance", *own], ["words"])
        named.append(named_thing(name, node))
        stances[name] = Place(title=named[-1].title, stance=_stance(node["stance"], solids))
        if name in exhibits:
            said[name] = _spoken(node["say"])
    skills, does = _skills(top)
    for name, node in top["questions"].items() if "questions" in top else ():
        node.expect_keys(["asked", "say"])
        key = _ASKED + name
        said[key], does[key] = _spoken(node["say"]), ("say",)
        verbs = tuple(entry.text() for entry in node["asked"].one_or_more())
        zh, en = (next((verb for verb in verbs if verb.isascii() == ascii), None) for ascii in (False, True))
        if zh is None or en is None:
            raise node["asked"].error("expected the question in Chinese and in English, once or more")
        skills.append(SkillWords(name=key, title=Title(zh=f"回答“{zh}”", en=f"answer '{en}'"), verbs=verbs))
    pack = Pack(places=tuple(named), skills=tuple(skills))
    check_words(pack, [*places.items(), *exhibits.items()])
    return Hall(
        places=stances,
        said=said,
        solids=tuple(solids.values()),
        does=does,
        pack=pack,
        visitors=tuple(_visitor(node) for node in top["visitors"].entries()),
        tour=_tour(top["tour"]),
    )


def _skills(top: Node) -> tuple[list[SkillWords], dict[str, tuple[str, ...]]]:
    """Words of skills, and what each of them does; to guide is to go and to tell unless the file says more."""
    acts = [name for name, kind in SKILLS.items() if issubclass(kind, Act)]
    words: list[SkillWords] = []
    does: dict[str, tuple[str, ...]] = {"guide": ("go_to", "say")}
    for name, node in top["skills"].items() if "skills" in top else ():
        node.expect_keys(["does"], SKILL_KEYS)
        skill = skill_words(name, node)
        does[name] = tuple(entry.choice(acts, "act") for entry in node["does"].one_or_more())
        somewhere = name == "guide" or any(slot.role in ("place", "places") for slot in skill.slots.values())
        if not somewhere and {"go_to", "say"} & set(does[name]):
            raise node.error("go_to and say need a place: give the skill a slot with the role place or places")
        words.append(skill)
    return words, does


def _spoken(node: Node) -> Title:
    title = read_title(node)
    for language in ("zh", "en"):
        if len(getattr(title, language)) > _LONGEST_TEXT:
            raise node[language].error(f"expected at most {_LONGEST_TEXT} letters; nobody listens longer")
    return title


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
    node.expect_keys(["name", "way"], ["arrives_s", "walks_m_s"])
    points = [_numbers(point, ("x", "y")) for point in node["way"].entries()]
    if not points:
        raise node["way"].error("expected one point or more, each [x, y]")
    found = Visitor(name=read_title(node["name"]), way=np.array(points))
    if "arrives_s" in node:
        found = replace(found, arrives_s=node["arrives_s"].number(low=0.0, high=3600.0, unit="s"))
    if "walks_m_s" in node:
        found = replace(found, walks_m_s=node["walks_m_s"].number(low=0.1, high=2.0, unit="m/s"))
    return found


def _tour(node: Node) -> dict[str, tuple[str, ...]]:
    node.expect_keys(["zh", "en"])
    return {language: tuple(entry.text() for entry in node[language].one_or_more()) for language in ("zh", "en")}
