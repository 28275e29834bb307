"""Checks a conflict: that its constraints can not all be kept, and that without any one of them they can.

The second is shown by a plan for each, which the checker of plans verifies. That there is no plan at all is shown by no
small document: whoever checks hands in what decides it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linewalker.brain.planning.checker import Document, verify
from linewalker.brain.planning.digest import canonical, digest
from linewalker.errors import PlanRefused


def verify_conflict(problem: Document, conflict: Document, solvable: Callable[[Document], bool]) -> None:
    """Whether a conflict of a problem is one, and none smaller is in it.

    Args:
        problem: its document.
        conflict: its document.
        solvable: whether there is a plan for a problem, from a document of it.

    Raises:
        PlanRefused: it is not; says why.
    """
    if set(conflict) != {"problem", "members", "without"} or conflict["problem"] != digest(problem):
        raise PlanRefused("the conflict belongs to another problem, or is none")
    members, plans = conflict["members"], conflict["without"]
    known = {canonical(constraint) for constraint in _constraints(problem)}
    names = [canonical(member) for member in members]
    if len(set(names)) < len(names) or not set(names) <= known or len(plans) != len(members):
        raise PlanRefused("the conflict has members that the problem does not have, or not a plan for each of them")
    for left_out, plan in zip(members, plans):
        verify(relaxed(problem, [member for member in members if member != left_out]), plan)
    if solvable(relaxed(problem, members)):
        raise PlanRefused("the members of the conflict can all be kept")


def relaxed(problem: Document, members: list[list[str]]) -> dict[str, Any]:
    """The document of a problem without all constraints but some, and without tasks that can not help to keep them."""
    rules = [p for p in problem["precedences"] if ["precedence", p["first"], p["then"]] in members]
    wanted = {task["id"] for task in problem["tasks"] if ["required", task["id"]] in members}
    if any(None in row for row in problem["travel_s"]) or any(kind == "permit" for kind, *_ in members):
        wanted = {task["id"] for task in problem["tasks"]}  # each could help: on the way, or to wait outside of a zone
    for _ in problem["tasks"]:
        wanted |= {rule["first"] for rule in rules if rule["needed"] and rule["then"] in wanted}
    tasks = [
        {
            **task,
            "required": ["required", task["id"]] in members,
            "deadline_s": task["deadline_s"] if ["deadline", task["id"]] in members else None,
        }
        for task in problem["tasks"]
        if task["id"] in wanted
    ]
    zones = [place["zone"] if ["permit", place["zone"]] in members else "" for place in problem["places"]]
    return {
        **problem,
        "places": [{**place, "zone": zone} for place, zone in zip(problem["places"], zones)],
        "tasks": tasks,
        "precedences": [rule for rule in rules if {rule["first"], rule["then"]} <= wanted],
        "permits": [permit for permit in problem["permits"] if ["permit", permit["zone"]] in members],
        "limit_s": problem["limit_s"] if ["limit"] in members else None,
    }


def _constraints(problem: Document) -> list[list[str]]:
    """Every constraint that a problem has."""
    found = [["limit"]] if problem["limit_s"] is not None else []
    found += [["permit", place["zone"]] for place in problem["places"] if place["zone"]]
    found += [["precedence", rule["first"], rule["then"]] for rule in problem["precedences"]]
    found += [["deadline", task["id"]] for task in problem["tasks"] if task["deadline_s"] is not None]
    return found + [["required", task["id"]] for task in problem["tasks"] if task["required"]]
