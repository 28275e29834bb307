"""Goals of several steps that are one thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.grounding import Step
from linewalker.brain.language.read_back import names_in

_NAMING = frozenset({"features", "ids"})


def one_list(taken: Sequence[Step]) -> list[Step]:
    """``the gap of L1 and the gap of L2`` is one thing to do."""
    out: list[Step] = []
    for step in taken:
        last = out[-1].goals if out else ()
        alike = len(last) == len(step.goals) == 1 and step.heard[:1] and step.heard[0].half
        if alike and last[0].skill == step.goals[0].skill == "inspect" and _apart(last[0], step.goals[0]):
            slots = dict(last[0].slots)
            for name in _NAMING & step.goals[0].slots.keys():
                slots[name] = tuple(
                    dict.fromkeys((*names_in(slots.get(name, ())), *names_in(step.goals[0].slots[name])))
                )
            goal = Goal(skill="inspect", slots=slots)
            out[-1] = replace(out[-1], goals=(goal,), heard=out[-1].heard + step.heard)
        else:
            out.append(step)
    return out


def _apart(one: Goal, other: Goal) -> bool:
    """Whether two inspections differ in what is named alone."""
    told = [{name: value for name, value in goal.slots.items() if name not in _NAMING} for goal in (one, other)]
    return told[0] == told[1] and all(_NAMING & goal.slots.keys() for goal in (one, other))


def one_tour(taken: Sequence[Step]) -> list[Step]:
    """``take three visitors to the hood and then the trunk`` is one thing to do."""
    out: list[Step] = []
    for step in taken:
        first, goal = (out[-1].goals[-1], step.goals[0]) if out else (None, step.goals[0])
        if first is not None and first.skill == goal.skill == "guide" and goal.slots.keys() == {"places"}:
            places = [place for part in (first, goal) for place in names_in(part.slots.get("places", ()))]
            tour = Goal(skill="guide", slots={**first.slots, "places": tuple(places)})
            out[-1] = Step(
                goals=(*out[-1].goals[:-1], tour, *step.goals[1:]),
                heard=out[-1].heard + step.heard,
                borrowed=out[-1].borrowed + step.borrowed,
            )
        else:
            out.append(step)
    return out
