"""A problem as the search sees it: whole milliseconds, in the one case that the problem keeps.

A node is one way to do a task: a placement, and for a zone one of its permits. An order of nodes is worked off as early
as it may be, and that is never worse than waiting: arriving later never lets anything begin earlier, and a permit's end
looks at when the robot leaves, which waiting only delays. So a plan is an order of nodes, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linewalker.brain.planning.certificate import Quality, Stop, milliseconds, span_ms
from linewalker.brain.planning.problem import Problem, Worth

Order = tuple[int, ...]
"""Nodes, one after the other."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One way to do a task; times in ms.

    Attributes:
        task: its number.
        stop: the same in names.
        zone: that it lies in.
        work, begins: how long it takes, and when it may begin at the earliest.
        ends: when it has ended at the latest; `leaves`: when the robot has left at the latest.
    """

    task: int
    stop: Stop
    zone: str
    work: int
    begins: int
    ends: int
    leaves: int


class Instance:
    """Nodes, the ways between them, and what an order of them has to obey.

    Args:
        problem: to be planned.

    Attributes:
        nodes: all of them; `of_task`: their numbers for each task.
        way: from node to node, ms; None: the one is never done right after the other.
        from_start, to_end: ways from the start and to the end; None: there is none.
        rules: first, then, whether it is needed; numbers of tasks.
        not_after, needs: the same by task: what must not be done before it, and what must; sets of tasks as bits.
        horizon: when every plan worth a look has ended, ms.
    """

    def __init__(self, problem: Problem):
        self.problem = problem
        case, numbers = problem.keeps, {task.id: i for i, task in enumerate(problem.tasks)}
        self.horizon = _horizon(problem)
        self.nodes = tuple(_nodes(problem, self.horizon))
        self.of_task = [[n for n, node in enumerate(self.nodes) if node.task == t] for t in range(len(problem.tasks))]
        self.rules = [(numbers[p.first], numbers[p.then], p.needed) for p in problem.precedences]
        self.not_after = [_set(then for first, then, _ in self.rules if first == t) for t in numbers.values()]
        self.needs = [
            _set(first for first, then, needed in self.rules if needed and then == t) for t in numbers.values()
        ]
        self.worths = [task.worth.document() for task in problem.tasks]
        self.required = frozenset(i for i, task in enumerate(problem.tasks) if task.required)

        def way(here: str, there: str) -> int | None:
            span = problem.way(here, there)
            return None if span is None else span_ms(span, case)

        before = {(first, then) for first, then, _ in self.rules}
        places = [node.stop.place for node in self.nodes]
        known = {(a, b): way(a, b) for a in dict.fromkeys(places) for b in dict.fromkeys(places)}
        self.way = [
            [known[places[i], places[j]] if _follows(a, b, before) else None for j, b in enumerate(self.nodes)]
            for i, a in enumerate(self.nodes)
        ]
        self.from_start = [way(problem.start, place) for place in places]
        self.to_end = [way(place, problem.end) for place in places]
        self.straight = way(problem.start, problem.end) or 0

    def end_of(self, order: Sequence[int]) -> int | None:
        """When an order ends, ms; None: it breaks a limit. Whether it does all that is required is not asked."""
        nodes, ready, before, done = self.nodes, 0, -1, 0
        for n in order:
            node = nodes[n]
            if done & self.not_after[node.task] or ~done & self.needs[node.task]:
                return None
            done |= 1 << node.task
            way = self.way[before][n] if before >= 0 else self.from_start[n]
            if way is None:
                return None
            arrives = max(ready + way, node.begins)
            if before >= 0 and arrives - way > nodes[before].leaves:
                return None
            ready, before = arrives + node.work, n
            if ready > node.ends:
                return None
        way = self.to_end[before] if before >= 0 else self.straight
        return None if way is None or ready + way > self.horizon else ready + way

    def complete(self, order: Sequence[int]) -> bool:
        """Whether all is done that is required."""
        return self.required <= {self.nodes[n].task for n in order}

    def worth_of(self, order: Sequence[int]) -> tuple[int, int, int]:
        """Critical, major, minor."""
        worths = [self.worths[self.nodes[n].task] for n in order]
        critical, major, minor = (sum(worth[i] for worth in worths) for i in range(3))
        return critical, major, minor

    def quality(self, order: Sequence[int], end: int) -> Quality:
        """As certificates have it."""
        critical, major, minor = self.worth_of(order)
        return Quality(worth=Worth(critical=critical, major=major, minor=minor), end_s=end / 1000)

    def stops(self, order: Sequence[int]) -> tuple[Stop, ...]:
        """An order in names."""
        return tuple(self.nodes[n].stop for n in order)


def _set(tasks: Iterable[int]) -> int:
    return sum(1 << task for task in set(tasks))


def _nodes(problem: Problem, horizon: int) -> list[Node]:
    zones = {place.id: place.zone for place in problem.places}
    nodes = []
    for number, task in enumerate(problem.tasks):
        deadline = horizon if task.deadline_s is None else milliseconds(task.deadline_s)
        for placement in task.placements:
            zone = zones[placement.place]
            permits = [permit for permit in problem.permits if permit.zone == zone] if zone else [None]
            for permit in dict.fromkeys(permits):
                opens = milliseconds(permit.opens_s) if permit else 0
                leaves = milliseconds(permit.closes_s) if permit else horizon
                nodes.append(
                    Node(
                        task=number,
                        stop=Stop(task=task.id, place=placement.place, permit=permit),
                        zone=zone,
                        work=span_ms(placement.duration, problem.keeps),
                        begins=max(milliseconds(task.not_before_s), opens),
                        ends=min(deadline, leaves, horizon),
                        leaves=leaves,
                    )
                )
    return nodes


def _follows(a: Node, b: Node, before: set[tuple[int, int]]) -> bool:
    """Whether a node may be done right after another: within a zone a permit is not changed."""
    changes = a.zone == b.zone != "" and a.stop.permit != b.stop.permit
    return a.task != b.task and (b.task, a.task) not in before and not changes


def _horizon(problem: Problem) -> int:
    """The limit; without one, when all is over if everything is waited for and then done by the longest ways."""
    if problem.limit_s is not None:
        return milliseconds(problem.limit_s)
    longest = max((span_ms(leg, problem.keeps) for row in problem.travel for leg in row if leg is not None), default=0)
    works = (max(span_ms(p.duration, problem.keeps) for p in task.placements) for task in problem.tasks)
    waits = [milliseconds(task.not_before_s) for task in problem.tasks]
    waits += [milliseconds(permit.opens_s) for permit in problem.permits]
    return max(waits, default=0) + sum(works) + (len(problem.tasks) + 1) * longest
