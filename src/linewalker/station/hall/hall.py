"""A hall that a robot guides visitors through: where things stand, what is told of them, and what skills come to there.

All of it is data. What orders can speak of goes to the reader as a pack; what a goal comes to is spelt out of acts that
every robot can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.vocabulary import Pack
from linewalker.brain.places import Place
from linewalker.brain.route import Waypoint
from linewalker.geometry import Array
from linewalker.inspection.title import Title

ALL = "all_exhibits"
"""What a slot calls all of them."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told in either language, and where in the hall's file it stands: ``hall.yaml:14 exhibits.hand.say``."""

    title: Title
    source: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Visitor:
    """Somebody who comes.

    Attributes:
        name: what people call them.
        way: points of the floor, m, (k, 2); they walk from the first to the last, and stay there.
        arrives_s: robot time at which they are at the first.
        walks_m_s: how fast they walk.
        follows_m: from the end of their way on they follow the robot, so far behind; None: they look round alone.
    """

    name: Title
    way: Array
    arrives_s: float = 0.0
    walks_m_s: float = 0.8
    follows_m: float | None = None

    @property
    def joins_s(self) -> float:
        """Robot time at the end of their way, if nobody is in it."""
        legs_m = np.linalg.norm(np.diff(self.way, axis=0), axis=1)
        return self.arrives_s + float(legs_m.sum()) / self.walks_m_s


@dataclass(frozen=True, kw_only=True, eq=False)
class Hall:
    """See the module.

    Attributes:
        places: by name, exhibits and ``home`` among them.
        exhibits: their names, in the order of a round.
        told: by name of an exhibit or of a skill that answers a question.
        solids: outlines of what stands on the floor, each (k, 2), m.
        does: acts that a goal comes to at each of its places, by skill.
        pack: what orders can speak of.
        visitors: who comes.
        tour: orders for those who only want to see it, by language.
    """

    places: Mapping[str, Place]
    exhibits: tuple[str, ...]
    told: Mapping[str, Told]
    solids: tuple[Array, ...]
    does: Mapping[str, tuple[str, ...]]
    pack: Pack
    visitors: tuple[Visitor, ...]
    tour: Mapping[str, tuple[str, ...]]

    @property
    def home(self) -> Waypoint:
        """Where the robot waits."""
        return self.places["home"].stance

    @property
    def marks(self) -> tuple[Array, ...]:
        """Where the robot stands at its places, each (2,), m."""
        return tuple(place.stance.p for place in self.places.values())

    def spelt_out(self, goal: Goal, language: str) -> tuple[Goal, ...]:
        """What a goal comes to: itself, or what its skill does at each place it names, or at all exhibits.

        Args:
            goal: as it was read.
            language: ``zh`` or ``en``, in which something is said.
        """
        if goal.skill not in self.does:
            if goal.slots.get("place") == ALL:
                return tuple(Goal(skill=goal.skill, slots={"place": name}) for name in self.exhibits)
            return (goal,)
        return tuple(
            step
            for name in self._named(goal)
            for act in self.does[goal.skill]
            if (step := self._step(act, name, language)) is not None
        )

    def answer(self, goal: Goal) -> tuple[Told, ...]:
        """What is told, if a goal asks for nothing else; empty if it asks for more, or nothing is known."""
        if set(self.does.get(goal.skill, ())) != {"say"}:
            return ()
        return tuple(self.told[name] for name in self._named(goal) if name in self.told)

    def _named(self, goal: Goal) -> tuple[str, ...]:
        """Of what a goal is; where it says nothing, of everything."""
        if goal.skill in self.told:
            return (goal.skill,)
        if not {"go_to", "say"} & set(self.does[goal.skill]):
            return ("",)
        return tuple(dict.fromkeys(self._places(goal))) or self.exhibits

    def _places(self, goal: Goal) -> Iterator[str]:
        for slot in goal.slots.values():
            for name in slot if isinstance(slot, tuple) else (slot,):
                if name == ALL:
                    yield from self.exhibits
                elif isinstance(name, str) and name in self.places:
                    yield name

    def _step(self, act: str, name: str, language: str) -> Goal | None:
        if act == "go_to":
            return Goal(skill="go_to", slots={"place": name})
        if act == "say":
            told = self.told.get(name)
            return None if told is None else Goal(skill="say", slots={"text": getattr(told.title, language)})
        return Goal(skill=act)
