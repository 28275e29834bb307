"""Holds goals from outside to their slots: nothing is guessed, rounded or left out; it is right, or refused."""

from __future__ import annotations

import difflib
import itertools
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from linewalker.brain.language.goal import Goal, Slot
from linewalker.brain.language.goal_slots import GOALS, GoalRule, SlotKind, SlotRule
from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title

MOST_GOALS = 8
"""Of one order. Whoever says more says it in several."""
_MOST_NAMES, _SHOWN = 40, 60
_WORD = re.compile(r"[^\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]*", re.DOTALL)


class GoalCall(NamedTuple):
    """A goal as somebody outside writes it: a name and whatever stands for its slots."""

    skill: object
    slots: object


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What can be asked for here.

    Attributes:
        rules: the kinds of goals, by name.
        names: slot -> the names it may hold here; a slot that is not listed takes any.
    """

    rules: Mapping[str, GoalRule] = field(default_factory=lambda: GOALS)
    names: Mapping[str, Collection[str]] = field(default_factory=dict)


class _Wrong(Exception):
    """One reason suffices."""

    def __init__(self, code: str, zh: str, en: str):
        super().__init__(en)
        self.because = Because(code=code, title=Title(zh=zh, en=en))


def check_goals(calls: Sequence[GoalCall], offer: Offer) -> tuple[Goal, ...] | Because:
    """The goals, every slot of its kind, in its unit and bounds; or why they are not taken, none of them.

    A stop among them is all that remains: whoever says stop means it, whatever else is said.
    """
    try:
        if any(call.skill == "stop" for call in calls):
            return (Goal(skill="stop"),)
        if not calls:
            raise _Wrong("no_goal", "没有给出任何目标", "there is no goal in it")
        if len(calls) > MOST_GOALS:
            many = len(calls)
            raise _Wrong(
                "too_many_goals",
                f"一次给出 {many} 个目标，最多 {MOST_GOALS} 个",
                f"{many} goals at once; at most {MOST_GOALS}",
            )
        goals = tuple(_goal(call, offer) for call in calls)
        _expect_no_conflict(goals)
        return goals
    except _Wrong as wrong:
        return wrong.because


def _goal(call: GoalCall, offer: Offer) -> Goal:
    skill, slots = call
    if not isinstance(skill, str) or skill not in offer.rules:
        known = ", ".join(offer.rules)
        raise _Wrong(
            "unknown_skill",
            f"没有名为 {_shown(skill)} 的技能；可用：{known}",
            f"there is no skill {_shown(skill)}; there are {known}",
        )
    rule = offer.rules[skill]
    if not isinstance(slots, Mapping):
        raise _Wrong(
            "wrong_kind", f"{skill} 的参数不是键值对", f"the slots of {skill} are no object of names and values"
        )
    filled = {name: _slot(skill, name, value, offer) for name, value in slots.items()}
    for group in rule.needs:
        if not any(name in filled for name in group):
            wanted = " / ".join(group)
            raise _Wrong("missing_slot", f"{skill} 缺少 {wanted}", f"{skill} needs {wanted}")
    for one, other in rule.apart:
        both = [name for name in (*one, *other) if name in filled]
        if any(name in filled for name in one) and any(name in filled for name in other):
            listed = ", ".join(both)
            raise _Wrong(
                "conflicting_slots", f"{skill} 不能同时给出 {listed}", f"{skill} can not have {listed} at the same time"
            )
    return Goal(skill=skill, slots=filled)


def _slot(skill: str, name: object, value: object, offer: Offer) -> Slot:
    rules = offer.rules[skill].slots
    if not isinstance(name, str) or name not in rules:
        raise _unknown_slot(skill, name, rules)
    rule = rules[name]
    where = f"{skill}.{name}"
    return _READ[rule.kind](where, value, rule, rule.choices or offer.names.get(name, ()))


def _unknown_slot(skill: str, name: object, rules: Mapping[str, SlotRule]) -> _Wrong:
    stem = str(name).rpartition("_")[0] or str(name)
    known = ", ".join(rules) or "none"
    for right, rule in rules.items():
        if rule.unit and isinstance(name, str) and right != name and right.rpartition("_")[0] == stem:
            return _Wrong(
                "wrong_unit",
                f"{skill}.{_shown(name)} 的单位不对：请用 {right}（{rule.unit}）",
                f"{skill}.{_shown(name)} is in another unit; give {right}, in {rule.unit}",
            )
    return _Wrong(
        "unknown_slot",
        f"{skill} 没有参数 {_shown(name)}；可用：{known}",
        f"{skill} has no slot {_shown(name)}; it has {known}",
    )


def _number(where: str, value: object, rule: SlotRule, _names: Collection[str]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        code = "wrong_unit" if isinstance(value, str) and any(letter.isdigit() for letter in value) else "wrong_kind"
        raise _Wrong(
            code,
            f"{where} 应为数字，单位 {rule.unit}，收到 {_shown(value)}",
            f"{where} is a number in {rule.unit}, found {_shown(value)}",
        )
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    return _bounded(where, number, rule)


def _bounded(where: str, number: float, rule: SlotRule) -> float:
    if not math.isfinite(number):
        raise _Wrong("not_a_number", f"{where} 不是有限的数字", f"{where} is no finite number")
    if not rule.least <= number <= rule.most:
        span = f"{rule.least:g} .. {rule.most:g} {rule.unit}".rstrip()
        raise _Wrong(
            "out_of_range", f"{where} = {number:g} 超出范围 {span}", f"{where} = {number:g} is out of its range {span}"
        )
    return number


def _count(where: str, value: object, rule: SlotRule, names: Collection[str]) -> int:
    number = _number(where, value, rule, names)
    if not number.is_integer():
        raise _Wrong("wrong_kind", f"{where} 应为整数", f"{where} is a whole number, found {number:g}")
    return int(number)


def _text(where: str, value: object, rule: SlotRule, _names: Collection[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("wrong_kind", f"{where} 应为文字", f"{where} is a text, found {_shown(value)}")
    if len(value) > rule.most:
        raise _Wrong(
            "out_of_range",
            f"{where} 有 {len(value)} 个字符，最多 {rule.most:g} 个",
            f"{where} has {len(value)} letters; at most {rule.most:g}",
        )
    if not _WORD.fullmatch(value):
        raise _Wrong("wrong_kind", f"{where} 含有不可见字符", f"{where} has characters that can not be seen")
    return value


def _name(where: str, value: object, rule: SlotRule, names: Collection[str]) -> str:
    name = _text(where, value, rule, names)
    if names and name not in names:
        close = difflib.get_close_matches(name, list(names), n=3, cutoff=0.6)
        listed = ", ".join(close or sorted(names)[:12])
        raise _Wrong(
            "unknown_name",
            f"{where}：没有 {_shown(name)}；例如：{listed}",
            f"{where}: there is no {_shown(name)}; for example {listed}",
        )
    return name


def _name_list(where: str, value: object, rule: SlotRule, names: Collection[str]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise _Wrong("wrong_kind", f"{where} 应为非空列表", f"{where} is a list of names, found {_shown(value)}")
    if len(value) > _MOST_NAMES:
        raise _Wrong(
            "out_of_range",
            f"{where} 有 {len(value)} 项，最多 {_MOST_NAMES} 项",
            f"{where} lists {len(value)}; at most {_MOST_NAMES}",
        )
    return tuple(dict.fromkeys(_name(where, entry, rule, names) for entry in value))


_READ: Mapping[SlotKind, Callable[[str, object, SlotRule, Collection[str]], Slot]] = {
    SlotKind.NAME: _name,
    SlotKind.NAMES: _name_list,
    SlotKind.TEXT: _text,
    SlotKind.NUMBER: _number,
    SlotKind.COUNT: _count,
}


def _expect_no_conflict(goals: Sequence[Goal]) -> None:
    """Goals of which one takes back another are a slip, or worse."""
    skills = [goal.skill for goal in goals]
    if "pause" in skills and len(skills) > 1:
        raise _conflict("pause", next(skill for skill in (*skills, "pause") if skill != "pause"))
    for before, after in itertools.pairwise(goals):
        if _walks(before) and _walks(after):
            raise _conflict(before.skill, after.skill)
    for goal in goals:
        wanted: set[Any] = {entry for name in ("features", "ids") for entry in _listed(goal.slots.get(name, ()))}
        wanted |= {goal.slots[name] for name in ("side", "area") if name in goal.slots}
        if wanted and wanted <= set(_listed(goal.slots.get("except", ()))):
            raise _conflict(f"{goal.skill} {', '.join(sorted(wanted))}", "except")


def _walks(goal: Goal) -> bool:
    return goal.skill in ("go_to", "home")


def _listed(slot: Slot) -> tuple[Any, ...]:
    return slot if isinstance(slot, tuple) else (slot,)


def _conflict(one: str, other: str) -> _Wrong:
    return _Wrong(
        "conflicting_goals", f"目标互相矛盾：{one} 与 {other}", f"these contradict each other: {one} and {other}"
    )


def _shown(value: object) -> str:
    """A value that came from outside, so that it can be shown: short, one line, quoted."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"'{text[:_SHOWN]}{'...' if len(text) > _SHOWN else ''}'"
