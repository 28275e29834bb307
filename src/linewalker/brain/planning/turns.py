"""What several goals ask for, one after the other: each is a turn, and within a turn the order is free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall, find_plan
from linewalker.brain.planning.problem import (
    Case,
    Permit,
    Place,
    Placement,
    Precedence,
    Problem,
    Span,
    Task,
    Worth,
    travel_table,
)
from linewalker.brain.planning.search import DEFAULT_EFFORT
from linewalker.brain.route import Waypoint
from linewalker.inspection.title import Title

Walk = Callable[[Waypoint, Waypoint], Span | None]
"""How long the robot walks from one stance to another and settles; None: there is no way."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do.

    Attributes:
        id: its name, unlike that of any other step of the plan.
        title: what people call it.
        stances: where it can be done, and how long it takes there; the one to take without a planner first.
        worth: what it serves; counts where not everything can be done.
        zone: that its stances lie in; empty: none that needs a permit.
        deadline_s: it has ended by then, s from the plan's beginning.
    """

    id: str
    title: Title
    stances: tuple[tuple[Waypoint, Span], ...]
    worth: Worth
    zone: str = ""
    deadline_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What is done before the next turn begins.

    Attributes:
        steps: in the order to take without a planner; a plan is never worse than that.
        before: ids of two steps each: the first is done before the second, if both are.
        within_s: all of them have ended by then, s from the plan's beginning; None: whenever.
        all_of_it: there is no plan that leaves a step out; otherwise what is worth most is done, by class.
    """

    steps: tuple[Step, ...]
    before: tuple[tuple[str, str], ...] = ()
    within_s: float | None = None
    all_of_it: bool = True


def plan_turns(
    turns: Sequence[Turn],
    *,
    start: Waypoint,
    end: Waypoint,
    walk: Walk,
    within_s: float | None = None,
    permits: Sequence[Permit] = (),
    keeps: Case = Case.EXPECTED,
    effort: float = DEFAULT_EFFORT,
) -> Plan | Shortfall:
    """The best plan for what goals ask for, certified; or why there is none, with the best part of one.

    The stops of the plan's certificate name steps by their ids, and places by the id of a step that can be done there,
    ``start`` or ``end``.

    Args:
        turns: one after the other.
        start, end: where the robot stands now, and where it goes in the end; same axes as the steps' stances.
        walk: how long ways take.
        within_s: the robot is at its end by then.
        permits: for zones that steps lie in.
        keeps: the case in which time limits have to hold.
        effort: as in `find_plan`.
    """
    problem = turns_problem(turns, start=start, end=end, walk=walk, within_s=within_s, permits=permits, keeps=keeps)
    return find_plan(problem, hint=[step.id for turn in turns for step in turn.steps], effort=effort)


def turns_problem(
    turns: Sequence[Turn],
    *,
    start: Waypoint,
    end: Waypoint,
    walk: Walk,
    within_s: float | None = None,
    permits: Sequence[Permit] = (),
    keeps: Case = Case.EXPECTED,
) -> Problem:
    """The planning problem of `plan_turns`. Steps at one stance share a place: from one to the other nobody walks."""
    names: dict[tuple[Waypoint, str], str] = {(start, ""): "start"}
    names.setdefault((end, ""), "end")
    for step in (step for turn in turns for step in turn.steps):
        for i, (stance, _) in enumerate(step.stances):
            names.setdefault((stance, step.zone), f"{step.id}@{i}" if i else step.id)
    stances = {name: stance for (stance, _), name in names.items()}
    places = tuple(
        Place(id=name, x_m=stance.x, y_m=stance.y, yaw_rad=stance.yaw, zone=zone)
        for (stance, zone), name in names.items()
    )
    return Problem(
        places=places,
        travel=travel_table(places, lambda here, there: walk(stances[here.id], stances[there.id])),
        start="start",
        end=names[end, ""],
        tasks=tuple(_task(step, turn, names) for turn in turns for step in turn.steps),
        precedences=tuple(
            Precedence(first=first, then=then, needed=False) for first, then in _before(turns) if first != then
        ),
        permits=tuple(permits),
        limit_s=within_s,
        keeps=keeps,
    )


def _task(step: Step, turn: Turn, names: dict[tuple[Waypoint, str], str]) -> Task:
    deadlines = [deadline for deadline in (step.deadline_s, turn.within_s) if deadline is not None]
    return Task(
        id=step.id,
        title=step.title,
        placements=tuple(Placement(place=names[stance, step.zone], duration=span) for stance, span in step.stances),
        worth=step.worth,
        required=turn.all_of_it,
        deadline_s=min(deadlines, default=None),
    )


def _before(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """Within turns, and from each to the next that is left if those between it are left out."""
    pairs = [pair for turn in turns for pair in turn.before]
    for i, turn in enumerate(turns):
        for later in turns[i + 1 :]:
            pairs += [(one.id, other.id) for one in turn.steps for other in later.steps]
            if later.all_of_it and later.steps:
                break
    return pairs
