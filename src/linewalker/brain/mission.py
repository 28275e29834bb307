"""From the characteristics of a car to visits: where the robot stands, in which order, and what it does there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import LinearRing, Point

from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix, Skill, Values
from linewalker.errors import InputError, UnreachableError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.plantfile import allowed_text


@dataclass(frozen=True, kw_only=True)
class SkillCall:
    """A skill to be done.

    Attributes:
        skill: its name.
        values: of all its parameters.
        characteristics: that its outcome serves.
    """

    skill: str
    values: Values
    characteristics: tuple[Characteristic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One place to stand.

    Attributes:
        stance: mid-feet pose on the floor, m and rad, in the axes of V (from the front axle's centre, seen from above).
        call: what to do there.
        fix: what that will tell about where the car stands.
    """

    stance: Waypoint
    call: SkillCall
    fix: Fix = Fix.NOTHING


@dataclass(frozen=True, kw_only=True)
class Mission:
    """All visits of one car in the order they are worked off; plain data, which can be sent to another process.

    Attributes:
        visits: as above.
        refused: the reason for every characteristic the robot can not reach, by its id.
    """

    visits: tuple[Visit, ...]
    refused: Mapping[str, str]


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


def visits_by(skills: Mapping[str, Skill], catalogue: VehicleCatalogue) -> Callable[[SkillCall], Visit]:
    """Finds the visit for a call at a car of this model; raises UnreachableError where there is none."""

    def visit_for(call: SkillCall) -> Visit:
        skill = skills[call.skill]
        placement = skill.place(call.values, catalogue)
        placed = SkillCall(
            skill=call.skill, values={**call.values, **placement.chosen}, characteristics=call.characteristics
        )
        return Visit(stance=placement.stance, call=placed, fix=skill.fix(call.values, catalogue))

    return visit_for


def plan_mission(
    calls: Sequence[SkillCall],
    catalogue: VehicleCatalogue,
    visit_for: Callable[[SkillCall], Visit],
    home: Waypoint,
) -> Mission:
    """Find a visit for every call and order the visits once around the car.

    The robot walks the way round on which it first meets what tells where the car stands along and across (an upright
    seam), before what tells only a part of it (a level seam, along which that can not be seen) has to be met.

    Args:
        calls: what to do.
        catalogue: the model, for its outline.
        visit_for: finds where to stand (`visits_by`); raises UnreachableError with the reason.
        home: where the robot comes from, in the axes of V.
    """
    visits: list[Visit] = []
    refused: dict[str, str] = {}
    for call in calls:
        try:
            visits.append(visit_for(call))
        except UnreachableError as error:
            refused.update({characteristic.id: str(error) for characteristic in call.characteristics})
    outline = LinearRing(catalogue.footprint_mm * 1e-3)
    start = outline.project(Point(home.x, home.y))

    def way_round(visit: Visit) -> float:
        return (outline.project(Point(visit.stance.x, visit.stance.y)) - start) % outline.length

    ahead = sorted(visits, key=way_round)
    back = sorted(visits, key=lambda visit: -way_round(visit) % outline.length)
    return Mission(visits=tuple(min(ahead, back, key=_before_a_full_fix)), refused=refused)


def _before_a_full_fix(visits: Iterable[Visit]) -> int:
    """How many visits that tell a part of where the car stands come before the first that tells all."""
    fixes = [visit.fix for visit in visits if visit.fix is not Fix.NOTHING]
    return next((i for i, fix in enumerate(fixes) if fix is Fix.ALONG_AND_ACROSS), len(fixes))
