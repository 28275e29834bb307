"""Orders put together by a grammar of its own, each with the goals it has by the way it was put together.

It shares no code with the reader: what is to be done is drawn first, then said in one of both languages. Skills, slots
and names are those of the example plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.brain.language.composed_words import (
    AREAS,
    CLASSES,
    COUNTS,
    ENDS,
    JOINS,
    LEFT_OUT,
    LIMITS,
    METHODS,
    PARTS,
    POLITE,
    SEAMS,
    SIDES,
    STEMS,
    WITHIN,
    WITHOUT,
    Plan,
)

Goal = tuple[str, dict[str, Any]]
Said = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True, kw_only=True)
class Composed:
    """An order, and what is right.

    Attributes:
        words: of the order.
        goals: that are to be done; several rows where it may be meant in several ways.
    """

    words: str
    goals: tuple[tuple[Goal, ...], ...]


@dataclass(frozen=True, kw_only=True)
class _Target:
    """What an inspection may be of.

    Attributes:
        said: names in both languages.
        slots: that say so.
        whole: whether it holds several things, of which some can be left out.
    """

    said: Said
    slots: Mapping[str, Any]
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class _Step:
    """A step: its words in the language, and its goal."""

    words: str
    goal: Goal


@dataclass(kw_only=True)
class _Words:
    """An inspection as far as it is said: what comes before its verb, and after its name."""

    before: str = ""
    only: str = ""
    verb: str
    name: str = ""
    after: str = ""


def _as_before(goal: Goal, before: Goal) -> bool:
    return goal == before or goal[0] == before[0] == "dance"


def _readings(steps: Sequence[_Step]) -> Iterator[tuple[Goal, ...]]:
    """The goals; and those of whoever takes what is inspected after a walk to be there."""
    goals = [step.goal for step in steps]
    yield tuple(goals)
    there = ""
    for i, (skill, slots) in enumerate(goals):
        there = str(slots.get("place", "")) if skill in ("go_to", "home") else there
        if skill == "inspect" and there and "classes" in slots and "side" not in slots:
            goals[i] = (skill, {**slots, "side": there})
    yield tuple(goals)


class Composer:
    """Puts orders together.

    Args:
        random: draws them.
        language: ``zh`` or ``en``.
    """

    def __init__(self, random: Random, language: str):
        self._random, self._zh = random, language == "zh"
        self._plan = Plan()

    def order(self) -> Composed:
        """The next order, of one to three steps."""
        steps = [self._step() for _ in range(self._random.choice((1, 1, 1, 2, 2, 3)))]
        steps = [step for i, step in enumerate(steps) if not i or not _as_before(step.goal, steps[i - 1].goal)]
        words = self._joined(steps)
        before, after = self._random.choice(POLITE), self._random.choice(ENDS)
        return Composed(words=self._in(before) + words + self._in(after), goals=tuple(_readings(steps)))

    # -------------------------------------------------------------------------------------------------------- inside
    def _in(self, said: Sequence[Any]) -> str:
        """In the language; of several ways to say it, one."""
        one = said[0] if self._zh else said[1]
        return one if isinstance(one, str) else self._random.choice(one)

    def _chance(self, of: float) -> bool:
        return self._random.random() < of

    def _joined(self, steps: Sequence[_Step]) -> str:
        if len(steps) == 1:
            return steps[0].words
        words = self._in(("先", "first ")) * self._chance(0.6) + steps[0].words
        for step in steps[1:]:
            words += self._in(self._random.choice(JOINS)) + step.words
        return words

    def _step(self) -> _Step:
        others = (self._go_to, self._home, self._wait, self._look, self._say, self._pose, self._dance, self._guide)
        return self._inspect() if self._chance(0.5) else self._random.choice(others)()

    def _target(self) -> _Target:
        kind = self._random.choice(("side", "side", "seam", "seam", "part", "id", "area", "class", "side_class", "all"))
        if kind == "side":
            side, *both = self._random.choice(SIDES)
            return _Target(said=(self._in(both),) * 2, slots={"side": side}, whole=True)
        if kind in ("seam", "part"):
            name, zh, en = self._random.choice(SEAMS if kind == "seam" else PARTS)
            return _Target(said=(zh, en), slots={"features": [name]})
        if kind == "id":
            stem = self._random.choice(STEMS)
            return _Target(said=(stem, stem), slots={"ids": [f"{stem}-gap", f"{stem}-flush"]})
        if kind == "area":
            name, zh, en = self._random.choice(AREAS)
            return _Target(said=(zh, en), slots={"area": name}, whole=True)
        if kind == "class":
            name = self._random.choice(list(CLASSES))
            return _Target(said=CLASSES[name], slots={"classes": [name]}, whole=True)
        if kind == "side_class":
            side, *said = self._random.choice(SIDES)
            name = self._random.choice(list(CLASSES))
            zh, en = f"{said[0][0]}的{CLASSES[name][0]}", f"{CLASSES[name][1]} on the {said[1][0]}"
            slots = {"side": side, "classes": [name]}
            return _Target(said=(zh, en), slots=slots, whole=True) if self._plan.selected(slots) else self._target()
        return _Target(said=("整台车", "whole car"), slots={}, whole=True)

    def _telling(self, target: _Target) -> list[tuple[tuple[str, ...], str, str]]:
        """What can be left out of a target so that something is left out, and something is left."""
        there = self._plan.selected(target.slots)
        return [entry for entry in LEFT_OUT if there & self._plan.named(entry[0]) not in (set(), there)]

    def _inspect(self) -> _Step:
        target = self._target()
        said = _Words(verb=self._in((("检查", "测", "查一下", "测量"), ("check", "inspect", "measure"))))
        said.name = self._in(target.said) if self._zh else re.sub("^the ([LRHF][0-9])", r"\1", f"the {target.said[1]}")
        slots = dict(target.slots)
        measured = {"side", "ids", "area"} & slots.keys() or "/" in "".join(slots.get("features", ()))
        if measured and "classes" not in slots and ("features" in slots or self._chance(0.5)):
            slots["methods"] = self._say_how(said, slots, target.whole)
        leaves_out = target.whole and "methods" not in slots and self._chance(0.5)
        if self._chance(0.3):
            slots["times"] = self._say_how_often(said)
        elif self._zh and self._chance(0.25):
            said.verb, said.name = f"把{said.name}", said.verb.removesuffix("一下") + "一下"
        said.only *= not said.verb.startswith("把")
        some = self._telling(target) if leaves_out else []
        if some:
            slots["except"] = self._say_without(said, some)
        if self._chance(0.25):
            slots["within_s"] = self._say_limit(said)
        words = (said.before, said.only, said.verb, said.name) if self._zh else (said.verb, " ", said.only, said.name)
        return _Step(words="".join(words) + said.after, goal=("inspect", slots))

    def _say_how(self, said: _Words, slots: Mapping[str, Any], whole: bool) -> list[str]:
        methods: list[str] = self._random.choice((["gap"], ["flush"], ["gap", "flush"]))
        how = ("和" if self._zh else " and ").join(self._in(METHODS[method]) for method in methods)
        if len(methods) == 1 and whole and self._chance(0.3):
            said.after += f"，只要{how}" if self._zh else f", {how.removesuffix('s')} only"
            return methods
        if len(methods) == 1 and self._chance(0.25):
            said.only = self._in(("只", "only "))
        join = "on" if "side" in slots else "of"
        said.name = f"{said.name}的{how}" if self._zh else f"{self._in(('', ('the ', '')))}{how} {join} {said.name}"
        return methods

    def _say_how_often(self, said: _Words) -> int:
        times, *counts = self._random.choice(COUNTS)
        count = self._in(counts)
        if self._zh:
            last = f"{said.name} {count}" if count[0].isdigit() else f"{said.name}{count}"
            first = said.verb.removesuffix("一下") + count
            ways = ((first, said.name), (said.verb, last), (f"把{said.name}", first))
            said.verb, said.name = self._random.choice(ways)
        else:
            said.name += f" {count}"
        return times

    def _say_without(self, said: _Words, some: Sequence[tuple[tuple[str, ...], str, str]]) -> list[str]:
        names, *both = self._random.choice(some)
        fronted = self._zh and not said.verb.startswith("把") and self._chance(0.2)
        if fronted:
            said.before += f"除了{both[0]}，"
        else:
            said.after += (
                self._in(WITHOUT)
                .format(self._in(both))
                .replace("the all", "all the")
                .replace("the L2", "L2")
                .replace("the R3", "R3")
            )
        return list(names)

    def _say_limit(self, said: _Words) -> int:
        seconds, *both = self._random.choice(LIMITS)
        limit = self._in(both)
        if self._zh and self._chance(0.5):
            said.before = f"{limit}之内" + "，" * bool(said.before) + said.before
        else:
            said.after += self._in(WITHIN).format(limit)
        return seconds

    def _go_to(self) -> _Step:
        name, *said = self._random.choice(SIDES)
        side = self._in((said[0][0], said[1][0]))
        words = self._in((("去", "走到", "到"), ("go to the ", "walk to the ", "move to the ")))
        return _Step(words=words + side, goal=("go_to", {"place": name}))

    def _pose(self) -> _Step:
        x, y, yaw = (
            self._random.randint(1, 40) / 10,
            self._random.randint(-20, 20) / 10,
            self._random.choice((0, 45, 90, 180)),
        )
        slots: dict[str, Any] = {"x_m": x, "y_m": y}
        words = self._in((f"走到x {x}米，y {y}米", f"go to x {x} m, y {y} m"))
        if self._chance(0.5) and yaw:
            slots["yaw_deg"] = yaw
            words += self._in((f"，朝向{yaw}度", f", heading {yaw} degrees"))
        return _Step(words=words, goal=("go_to", slots))

    def _home(self) -> _Step:
        return _Step(
            words=self._in((("回原位", "回到原位", "回去"), ("go home", "return home", "come back"))), goal=("home", {})
        )

    def _wait(self) -> _Step:
        seconds, *said = self._random.choice(LIMITS)
        words = self._in((f"等{said[0]}", self._random.choice((f"wait {said[1]}", f"wait for {said[1]}"))))
        return _Step(words=words, goal=("wait", {"seconds": seconds}))

    def _look(self) -> _Step:
        name, *said = self._random.choice(PARTS)
        return _Step(words=self._in((f"看一下{said[0]}", f"look at the {said[1]}")), goal=("look", {"part": name}))

    def _say(self) -> _Step:
        text = self._in((("请让一让", "测量完成", "大家好"), ("mind your step", "all done", "good morning")))
        return _Step(words=self._in((f"说“{text}”", f'say "{text}"')), goal=("say", {"text": text}))

    def _dance(self) -> _Step:
        seconds, *said = self._random.choice(LIMITS)
        if self._chance(0.5):
            return _Step(words=self._in(("跳个舞", "do a dance")), goal=("dance", {}))
        return _Step(words=self._in((f"跳{said[0]}的舞", f"dance for {said[1]}")), goal=("dance", {"seconds": seconds}))

    def _guide(self) -> _Step:
        name, *said = self._random.choice(SIDES)
        count, zh, en = self._random.choice(((2, "两", "two"), (5, "五", "five"), (12, "十二", "12")))
        side = self._in((said[0][0], said[1][0]))
        words = self._in((f"带{zh}位客人去{side}", f"take {en} guests to the {side}"))
        return _Step(words=words, goal=("guide", {"places": [name], "visitors": count}))
