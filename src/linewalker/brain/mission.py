"""From the characteristics of a car to visits: where the robot stands or walks by, in which order, to do what."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from linewalker.brain.passing import Legs
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Placement, Skill
from linewalker.brain.tour import best_tour
from linewalker.brain.travel_time import Ways
from linewalker.brain.visit import SkillCall, Visit
from linewalker.errors import InputError, UnreachableError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.plantfile import allowed_text

_SHARED_M = 0.75
"""Stances further apart are not looked at for one between them."""


@dataclass(frozen=True, kw_only=True)
class Mission:
    """All visits of one car in the order they are worked off; plain data, which can be sent to another process.

    Attributes:
        visits: as above.
        refused: the reason for every characteristic the robot can not reach, by its id.
        duration_s: robot time it takes as planned, from home to home.
    """

    visits: tuple[Visit, ...]
    refused: Mapping[str, str]
    duration_s: float = 0.0

    @property
    def calls(self) -> int:
        """How many calls of skills there are."""
        return sum(len(visit.calls) for visit in self.visits)


def calls_for(characteristics: Iterable[Characteristic], skills: Mapping[str, type[Skill]]) -> list[SkillCall]:
    """The calls that collect what these characteristics need; those that need the same share one.

    Raises:
        InputError: a skill is needed that nobody offers, or with parameters that it does not have.
    """
    groups: dict[tuple[str, Hashable], SkillCall] = {}
    for characteristic in characteristics:
        need = characteristic.question.need
        if need.skill not in skills:
            known = allowed_text(need.skill, skills)
            raise InputError(f"{characteristic.id} needs the skill '{need.skill}', which nobody offers; {known}")
        skill = skills[need.skill]
        values = skill.complete(need.parameters)
        key = (need.skill, skill.cells(values))
        before = groups.setdefault(key, SkillCall(skill=need.skill, values=values))
        groups[key] = SkillCall(
            skill=before.skill, values=before.values, characteristics=(*before.characteristics, characteristic)
        )
    return list(groups.values())


class MissionMaker:
    """Makes missions for cars of one model.

    Args:
        skills: of the robot.
        catalogue: the model.
        ways: the walks round such a car, in the axes of V.
        home: where the robot comes from and goes to, in the axes of V.
    """

    def __init__(self, skills: Mapping[str, Skill], catalogue: VehicleCatalogue, ways: Ways, home: Waypoint):
        self._skills, self._catalogue, self._ways, self._home = skills, catalogue, ways, home

    def mission(self, calls: Sequence[SkillCall]) -> Mission:
        """Find where to do every call; stand in as few places as possible, in the order that takes the least time.

        What can be done while walking by, or where the robot stands for something else, needs no place of its own.
        """
        visits: list[Visit] = []
        refused: dict[str, str] = {}
        for call in calls:
            try:
                placement = self._skills[call.skill].place(call.values, self._catalogue)
                visits.append(self._visit([call], [placement]))
            except UnreachableError as error:
                refused.update({characteristic.id: str(error) for characteristic in call.characteristics})
        walked_by = [visit for visit in visits if self._views(visit)]
        stops = self._shared([visit for visit in visits if visit not in walked_by])
        legs = Legs(best_tour(stops, self._home, self._catalogue, self._ways.duration_s), self._home, self._ways)
        for visit in walked_by:
            if not self._done_at_a_stop(visit, legs):
                legs.insert(visit, self._views(visit), partial(self._seen_from, visit))
        working_s = sum(self._skills[call.skill].cost_s(call.values) for visit in legs.visits for call in visit.calls)
        return Mission(visits=tuple(legs.visits), refused=refused, duration_s=legs.walking_s + working_s)

    def _visit(self, calls: Sequence[SkillCall], placements: Sequence[Placement]) -> Visit:
        fixes = [self._skills[call.skill].fix(call.values, self._catalogue) for call in calls]
        placed = (
            SkillCall(skill=call.skill, values={**call.values, **at.chosen}, characteristics=call.characteristics)
            for call, at in zip(calls, placements)
        )
        return Visit(stance=placements[0].stance, calls=tuple(placed), fix=max(fixes, key=lambda fix: fix.value))

    def _views(self, visit: Visit) -> Sequence[Waypoint]:
        (call,) = visit.calls
        return self._skills[call.skill].views(call.values, self._catalogue)

    def _at(self, visit: Visit, stance: Waypoint) -> Placement | None:
        (call,) = visit.calls
        return self._skills[call.skill].at(call.values, self._catalogue, stance)

    def _seen_from(self, visit: Visit, stance: Waypoint) -> bool:
        return self._at(visit, stance) is not None

    def _shared(self, stops: list[Visit]) -> list[Visit]:
        """Two stops that are near each other become one where one stance serves both."""
        pairs = sorted(combinations(stops, 2), key=lambda pair: _apart_m(*pair))
        left = list(stops)
        for one, other in pairs:
            (call,), (too,) = one.calls, other.calls
            if _apart_m(one, other) > _SHARED_M or call.skill != too.skill or not {one, other} <= set(left):
                continue
            placements = self._skills[call.skill].together([call.values, too.values], self._catalogue)
            if placements:
                left[left.index(one)] = self._visit([call, too], placements)
                left.remove(other)
        return left

    def _done_at_a_stop(self, visit: Visit, legs: Legs) -> bool:
        for i, stop in enumerate(legs.stops):
            placement = self._at(visit, stop.stance)
            if placement is not None:
                legs.stops[i] = replace(stop, calls=(*visit.calls, *stop.calls))
                return True
        return False


def _apart_m(one: Visit, other: Visit) -> float:
    return float(np.linalg.norm(one.stance.p - other.stance.p))
