"""From the goals of an order to the tasks of an errand: which car, which characteristics, which act, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.brain.mission import Mission
from linewalker.brain.places import Places
from linewalker.brain.scope import Members, in_scope, just_itself
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Parameter, Skill
from linewalker.brain.skills.skills import SKILLS
from linewalker.brain.visit import SkillCall
from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Value
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.title import Title
from linewalker.station.acting.task import ActTask, CarTask, Task

Errand = tuple[Task, ...]
INSTEAD: Mapping[str, str] = {"dance": "bow"}
"""What is done where nobody offers a skill."""
_UNITS = {
    "seconds": Title(zh="秒", en="s"),
    "s": Title(zh="秒", en="s"),
    "m": Title(zh="米", en="m"),
    "deg": Title(zh="度", en="deg"),
}
_MOST_LISTED, _MOST_TASKS, _MOST_LETTERS = 8, 6, 32


class Planner(Protocol):
    """Finds where to stand; see `MissionPlanner`."""

    def mission_for(self, model: str, wanted: Sequence[Characteristic]) -> Mission:
        """Visits and refusals for some characteristics of a model."""

    def mission_of(self, model: str, calls: Sequence[SkillCall]) -> Mission:
        """Visits and refusals for some calls of skills at a car of a model."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Premises:
    """What an errand is made of: what there is at a station.

    Attributes:
        skills: of its robot.
        places: that have a name.
        plan, orders, catalogues: what is inspected, on which cars; none where no cars come.
        planner: finds where to stand at a car.
        present: the car that is in place now, if one is.
        members: what groups of parts are made of.
    """

    skills: Mapping[str, Skill]
    places: Places
    plan: InspectionPlan | None = None
    orders: tuple[BuildOrder, ...] = ()
    catalogues: Mapping[str, VehicleCatalogue]
    planner: Planner | None = None
    present: Callable[[], BuildOrder | None] = lambda: None
    members: Members = just_itself


class NotHere(Exception):  # caught where an errand is made
    """A goal that can not be done at this station; one reason suffices."""

    def __init__(self, code: str, zh: str, en: str):
        super().__init__(en)
        self.because = Because(code=code, title=Title(zh=zh, en=en))


class ErrandMaker:
    """Makes errands; nothing moves.

    Args:
        premises: what there is.
    """

    def __init__(self, premises: Premises):
        self._premises = premises

    def errand(self, goals: Sequence[Goal]) -> Errand | Because:
        """The tasks of goals, in their order, or why one of them can not be done here."""
        try:
            return tuple(task for goal in goals for task in self._tasks(goal))
        except NotHere as reason:
            return reason.because
        except InputError as error:
            return Because(code="wrong_slot", title=Title(zh=f"参数不对：{error.problem}", en=error.problem))

    def _tasks(self, goal: Goal) -> Iterator[Task]:
        if goal.skill == "inspect":
            yield from self._inspections(goal)
        elif goal.skill == "look":
            yield self._look(goal)
        elif goal.skill == "home":
            yield self._act(goal, "go_to", {"place": "home"})
        else:
            yield self._act(goal, goal.skill, goal.slots)

    # ------------------------------------------------------------------ acts
    def _act(self, goal: Goal, name: str, slots: Mapping[str, object]) -> ActTask:
        skill = SKILLS.get(name)
        if skill is None and name in INSTEAD:
            return self._act(goal, INSTEAD[name], {})
        if skill is None or not issubclass(skill, Act):
            acts = [known for known, kind in SKILLS.items() if issubclass(kind, Act)]
            raise NotHere(
                "not_available_here",
                f"本工位不会“{name}”；会：inspect、look、home、{'、'.join(acts)}",
                f"'{name}' is not available here; there are inspect, look, home, {', '.join(acts)}",
            )
        values = skill.complete({key: value for key, value in slots.items() if isinstance(value, str | int | float)})
        place = skill.goal(values, self._premises.places)
        cost_s = self._premises.skills[name].cost_s(values)
        call = SkillCall(skill=name, values=values)
        return ActTask(goal=goal, title=self._title_of(call), call=call, place=place, cost_s=cost_s)

    def _title_of(self, call: SkillCall) -> Title:
        """Such as "wait 60 s"."""
        skill, places = SKILLS[call.skill], self._premises.places
        if (name := call.values.get("place")) in places:
            title = places[str(name)].title
            return Title(zh=f"走到{title.zh}", en=f"go to {title.en}")
        given = [p for p in skill.parameters if call.values[p.name] != p.default]
        if len(skill.parameters) == 1 and given and given[0].kind in (float, int):
            only = _told(given[0], call.values[given[0].name])
            return Title(zh=f"{skill.title.zh} {only.zh}", en=f"{skill.title.en} {only.en}")
        told = [_told(p, call.values[p.name], "" if p.kind is str else f"{p.name} ") for p in given]
        zh, en = (f" ({', '.join(words)})" if words else "" for words in ([t.zh for t in told], [t.en for t in told]))
        return Title(zh=f"{skill.title.zh}{zh}", en=f"{skill.title.en}{en}")

    # ------------------------------------------------------------------ at a car
    def _inspections(self, goal: Goal) -> Iterator[CarTask]:
        order, planner, plan = self._order(goal)
        catalogue = self._premises.catalogues[order.model]
        planned = plan.applicable(order.model, order.options)
        wanted = in_scope(goal.slots, planned, catalogue, self._premises.members)
        if not wanted:
            listed = ", ".join(characteristic.id for characteristic in planned[:_MOST_LISTED])
            raise NotHere(
                "nothing_in_scope",
                f"计划里没有这样的检测项（{order.model}）；例如有：{listed}",
                f"the plan has nothing like that for this {order.model}; it has {listed} ...",
            )
        mission = planner.mission_for(order.model, wanted)
        times = int(str(goal.slots.get("times", 1)))
        within_s = goal.slots.get("within_s")
        named = ", ".join(characteristic.id for characteristic in wanted)
        task = CarTask(
            goal=goal,
            title=Title(zh=f"检测 {order.vin}：{named}", en=f"inspect {order.vin}: {named}"),
            order=order,
            mission=mission,
            characteristics=wanted,
            times=times,
            within_s=None if within_s is None else float(str(within_s)),
        )
        for time in range(1, times + 1):
            which = f" ({time}/{times})" if times > 1 else ""
            title = Title(zh=f"{task.title.zh}{which}", en=f"{task.title.en}{which}")
            yield replace(task, time=time, title=title)

    def _look(self, goal: Goal) -> CarTask:
        order, planner, _ = self._order(goal)
        parts, part = self._premises.catalogues[order.model].parts, str(goal.slots.get("part", ""))
        name = next((member for member in self._premises.members(part) if member in parts), part)
        if name not in parts:
            listed = ", ".join(sorted(parts)[:_MOST_LISTED])
            raise NotHere(
                "no_such_part",
                f"{order.model} 没有零件“{part}”；例如有：{listed}",
                f"this {order.model} has no part '{part}'; it has {listed} ...",
            )
        values = SKILLS["look_at_part"].complete({"part": name})
        mission = planner.mission_of(order.model, [SkillCall(skill="look_at_part", values=values)])
        if not mission.visits:
            raise NotHere("not_reached", f"没有位置能看到 {name}", f"there is no place from which {name} can be seen")
        titles = parts[name].title
        title = Title(zh=f"看 {order.vin} 的{titles.zh}", en=f"look at the {titles.en} of {order.vin}")
        return CarTask(goal=goal, title=title, order=order, mission=mission)

    def _order(self, goal: Goal) -> tuple[BuildOrder, Planner, InspectionPlan]:
        """The car that is meant: the one with this VIN, else the one in place, else the first of the shift."""
        there = self._premises
        if not there.orders or there.planner is None or there.plan is None:
            raise NotHere("no_car", "本工位没有车辆", "no car comes to this station; give a shift, with --shift")
        vin = str(goal.slots.get("vin", "")).upper()
        if not vin:
            return there.present() or there.orders[0], there.planner, there.plan
        found = [order for order in there.orders if order.vin.endswith(vin)]
        if len(found) != 1:
            listed = ", ".join(order.vin for order in there.orders[:_MOST_LISTED])
            which = ("没有", "no car") if not found else ("不止一台车", "more than one car")
            raise NotHere(
                "no_such_vin",
                f"班次里{which[0]} VIN 以 {vin} 结尾；有：{listed}",
                f"{which[1]} of the shift has a VIN that ends in {vin}; there are {listed}",
            )
        return found[0], there.planner, there.plan


def _told(parameter: Parameter, value: Value, name: str = "") -> Title:
    """Its value as people read it, with its unit: "60 s"."""
    if isinstance(value, str):
        return Title(zh=f"“{_beginning(value)}”", en=f"“{_beginning(value)}”")
    number = f"{name}{value:g}" if isinstance(value, float) else f"{name}{value}"
    if not parameter.unit:
        return Title(zh=number, en=number)
    unit = _UNITS.get(parameter.unit, Title(zh=parameter.unit, en=parameter.unit))
    return Title(zh=f"{number} {unit.zh}", en=f"{number} {unit.en}")


def _beginning(text: str) -> str:
    """Enough of a text to know it by."""
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]} ..."


def title_of(errand: Errand) -> Title:
    """What will be done, one task after the other; the first ones of many."""
    titles = [task.title for task in errand]
    more_zh = f"等 {len(titles)} 项" if len(titles) > _MOST_TASKS else ""
    more_en = f" and {len(titles) - _MOST_TASKS} more" if len(titles) > _MOST_TASKS else ""
    shown = titles[:_MOST_TASKS]
    return Title(
        zh="；".join(title.zh for title in shown) + more_zh or "什么也不做",
        en="; ".join(title.en for title in shown) + more_en or "nothing",
    )
