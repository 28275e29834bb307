"""Household orders: read with the words of a file, planned by the planner, certified, and refused: there are no hands.

Nothing of the brain knows a household. Skills are declared: what they do, how long that takes, and after what; so an
order becomes a planning problem, and its plan a certificate that the checker verifies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.language.vocabulary import Pack, Vocabulary
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Span, Worth
from linewalker.brain.planning.summary import plan_document, summary
from linewalker.brain.planning.turns import Step, Turn, plan_turns
from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import TravelTime
from linewalker.inspection.title import Title
from linewalker.limbs.profile import Gait
from linewalker.plantfile import Node, PlantFile
from linewalker.station.pack_file import SKILL_KEYS, check_words, named_thing, read_title, skill_words

NO_HANDS = Title(zh="计划已证明可行，但还没有手，什么也不动。", en="The plan is proved, but there are no hands yet.")
_FARTHEST = 360.0


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that hands would do.

    Attributes:
        title: what people call it.
        of_thing: there is one for each thing of an order; otherwise one for its place.
        where_thing_is: it is done where the thing is; otherwise at the order's place.
        takes: how long.
        after: names of actions with the same thing, or the same place, that come first.
    """

    title: Title
    of_thing: bool
    where_thing_is: bool
    takes: Span
    after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Household:
    """All that a file says; see the example."""

    home: Waypoint
    hands: int
    stances: Mapping[str, Waypoint]
    at: Mapping[str, str]
    actions: Mapping[str, Action]
    does: Mapping[str, tuple[str, ...]]
    pack: Pack
    orders: Mapping[str, tuple[str, ...]]

    def turn(self, goal: Goal, number: int) -> Turn:
        """The steps of a goal, and which of them come before which; a hand carries one thing at a time."""
        things = goal.slots.get("things", ())
        named = things if isinstance(things, tuple) else (str(things),)
        place, before = str(goal.slots["place"]), list[tuple[str, str]]()
        steps = {(act, of): self._step(act, of, place, number) for act, of in self._acts(goal.skill, named, place)}
        for (act, of), step in steps.items():
            for first in self.actions[act].after:
                same = [key for key in steps if key[0] == first and (key[1] in (of, place) or of == place)]
                before += [(steps[key].id, step.id) for key in same]
        for earlier, later in zip(named, named[self.hands :]):
            if ("put", earlier) in steps and ("pick", later) in steps:
                before.append((steps["put", earlier].id, steps["pick", later].id))
        return Turn(steps=tuple(steps.values()), before=tuple(before))

    def _acts(self, skill: str, things: tuple[str, ...], place: str) -> Iterator[tuple[str, str]]:
        for act in self.does[skill]:
            for of in things if self.actions[act].of_thing else (place,):
                yield act, of

    def _step(self, act: str, of: str, place: str, number: int) -> Step:
        action, titles = self.actions[act], {t.name: t.title for t in (*self.pack.things, *self.pack.places)}
        where = self.at[of] if action.where_thing_is else place
        title = Title(zh=f"{action.title.zh}{titles[of].zh}", en=f"{action.title.en} {titles[of].en}")
        stances = ((self.stances[where], action.takes),)
        return Step(id=f"{number}.{act} {of}", title=title, stances=stances, worth=Worth(major=1))


def read_household(path: Path) -> Household:
    """
    Raises:
        InputError: names file, line and key of what is wrong.
    """
    top = PlantFile.read(path)
    top.expect_keys(["home", "hands", "places", "things", "actions", "skills", "orders"])
    places, things = dict(top["places"].items()), dict(top["things"].items())
    for node in places.values():
        node.expect_keys(["name", "stance"], ["words"])
    for node in things.values():
        node.expect_keys(["name", "at"], ["words"])
    actions = {name: _action(node, list(top["actions"].mapping())) for name, node in top["actions"].items()}
    skills = dict(top["skills"].items())
    for node in skills.values():
        node.expect_keys([*SKILL_KEYS, "does"])
    pack = Pack(
        places=tuple(named_thing(name, node) for name, node in places.items()),
        things=tuple(named_thing(name, node) for name, node in things.items()),
        skills=tuple(skill_words(name, node) for name, node in skills.items()),
    )
    check_words(pack, [*places.items(), *things.items()])
    return Household(
        home=_stance(top["home"]),
        hands=top["hands"].integer(low=1, high=2),
        stances={name: _stance(node["stance"]) for name, node in places.items()},
        at={name: node["at"].choice(places, "place") for name, node in things.items()},
        actions=actions,
        does={n: tuple(e.choice(actions, "action") for e in node["does"].one_or_more()) for n, node in skills.items()},
        pack=pack,
        orders={key: tuple(entry.text() for entry in node.one_or_more()) for key, node in top["orders"].items()},
    )


def answer(household: Household, order: str) -> tuple[Interpretation, Plan | Shortfall | None]:
    """What an order means, and its plan: always refused, for nothing can move yet; None: there is nothing to plan."""
    read = OrderReader(Lexicon(Vocabulary(packs=(household.pack,)))).read(order)
    if read.course is not Course.ACT:
        return read, None
    others = [goal.skill for goal in read.goals if goal.skill not in household.does]
    if others:
        title = Title(zh=f"这里没有“{others[0]}”。", en=f"There is no '{others[0]}' here.")
        return replace(read, course=Course.REFUSE, because=Because(code="not_available_here", title=title)), None
    lost = [goal.slots["place"] for goal in read.goals if goal.slots["place"] not in household.stances]
    if lost:
        title = Title(zh=f"“{lost[0]}”不是放东西的地方。", en=f"'{lost[0]}' is no place to put something.")
        return replace(read, course=Course.REFUSE, because=Because(code="no_such_place", title=title)), None
    turns = [household.turn(goal, number) for number, goal in enumerate(read.goals, 1)]
    found = plan_turns(turns, start=household.home, end=household.home, walk=_walk)
    said = summary(found)
    proved = isinstance(found, Plan)
    because = Because(code="no_hands", title=NO_HANDS) if proved else Because(code="infeasible", title=said)
    return replace(read, course=Course.REFUSE, because=because, plan=plan_document(found)), found


def _walk(here: Waypoint, there: Waypoint) -> Span:
    about_s = TravelTime(Gait()).duration_s(here, [there])
    return Span(low_s=0.85 * about_s, expected_s=about_s, high_s=1.3 * about_s)


def _action(node: Node, names: list[str]) -> Action:
    node.expect_keys(["name", "of", "where", "takes_s"], ["after"])
    times = [entry.number(low=0.0, high=3600.0, unit="s") for entry in node["takes_s"].entries()]
    if len(times) != 3 or times != sorted(times):
        raise node["takes_s"].error("expected [least, expected, most] in s, in this order")
    of, where = (node[key].choice(["thing", "place"]) for key in ("of", "where"))
    if where == "thing" and of == "place":
        raise node["where"].error("what is done once for the place is done at the place; write place")
    return Action(
        title=read_title(node["name"]),
        of_thing=of == "thing",
        where_thing_is=where == "thing",
        takes=Span(low_s=times[0], expected_s=times[1], high_s=times[2]),
        after=tuple(e.choice(names, "action") for e in node["after"].one_or_more()) if "after" in node else (),
    )


def _stance(node: Node) -> Waypoint:
    numbers = [entry.number(low=-_FARTHEST, high=_FARTHEST) for entry in node.entries()]
    if len(numbers) != 3:
        raise node.error(f"expected x, y, heading; found {len(numbers)} numbers")
    return Waypoint(x=numbers[0], y=numbers[1], yaw=float(np.radians(numbers[2])))
