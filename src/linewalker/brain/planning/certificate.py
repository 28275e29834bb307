"""A plan's certificate: when the robot is where, how much room every limit leaves, and how good the plan is.

The planner makes it with `certified`; the checker, which shares no code with this, verifies its document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import isqrt
from typing import Any

from linewalker.brain.planning.digest import digest
from linewalker.brain.planning.one_tree import earliest_end
from linewalker.brain.planning.problem import Case, Permit, Problem, Span, Worth


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A task at the place that was chosen for it, with the permit for its zone."""

    task: str
    place: str
    permit: Permit | None = None


@dataclass(frozen=True, kw_only=True)
class Times:
    """When the robot leaves for somewhere, arrives and begins, and has ended there; s from the plan's beginning."""

    leaves_s: float
    arrives_s: float
    ends_s: float

    def document(self) -> dict[str, float]:
        """As it stands in JSON."""
        return {"leaves_s": self.leaves_s, "arrives_s": self.arrives_s, "ends_s": self.ends_s}


@dataclass(frozen=True, kw_only=True)
class CertifiedStop:
    """A stop of a plan.

    Attributes:
        stop: what is done where.
        times: in each case.
        slack_s: how long before its deadline it has ended, in the case that the problem keeps; None: it has none.
    """

    stop: Stop
    times: Mapping[Case, Times]
    slack_s: float | None

    def document(self) -> dict[str, Any]:
        """As it stands in JSON."""
        permit = self.stop.permit
        allowed = permit and {"zone": permit.zone, "opens_s": permit.opens_s, "closes_s": permit.closes_s}
        times = {case.value: times.document() for case, times in self.times.items()}
        return {
            "task": self.stop.task,
            "place": self.stop.place,
            "permit": allowed,
            **times,
            "slack_s": self.slack_s,
        }


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How good a plan is, or at best could be: what it is worth, and after that when it ends."""

    worth: Worth
    end_s: float

    @property
    def rank(self) -> tuple[int, int, int, float]:
        """The smaller the better."""
        return -self.worth.critical, -self.worth.major, -self.worth.minor, self.end_s


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a plan promises; plain data.

    Attributes:
        problem: the digest of the problem it solves.
        stops: in order.
        left_out: ids of the tasks that are not done.
        way_to_end: from the last stop.
        likely_end_s: within what the end lies; doubts about single durations add as independent ones do.
        slack_s: how long before its limit the plan ends, in the case that the problem keeps; None: it has none.
        reached: how good it is.
        bound_s: no plan that is worth as much ends earlier; None: not all is done that is worth something.
    """

    problem: str
    stops: tuple[CertifiedStop, ...]
    left_out: tuple[str, ...]
    way_to_end: Mapping[Case, Times]
    likely_end_s: tuple[float, float]
    slack_s: float | None
    reached: Quality
    bound_s: float | None

    @cached_property
    def id(self) -> str:
        """Names this plan and no other: the digest of what it says."""
        return digest(self._content())

    def document(self) -> dict[str, Any]:
        """As it stands in JSON, and as the checker reads it."""
        return {"id": self.id, **self._content()}

    def _content(self) -> dict[str, Any]:
        return {
            "problem": self.problem,
            "visits": [stop.document() for stop in self.stops],
            "left_out": list(self.left_out),
            "way_to_end": {case.value: times.document() for case, times in self.way_to_end.items()},
            "likely_end_s": list(self.likely_end_s),
            "slack_s": self.slack_s,
            "worth": self.reached.worth.document(),
            "end_s": self.reached.end_s,
            "bound_s": self.bound_s,
        }


def certified(problem: Problem, stops: Sequence[Stop]) -> Certificate:
    """What doing tasks in an order promises; whether it keeps the limits is for the checker to say.

    Args:
        problem: what is to be done.
        stops: in order; between their places there are ways.
    """
    tasks = {task.id: task for task in problem.tasks}
    done = {stop.task for stop in stops}
    ways, works = _spans(problem, stops)
    times = {case: _walk(problem, stops, ways, works, case) for case in Case}
    kept, expected = times[problem.keeps], times[Case.EXPECTED]
    reached = Quality(worth=sum((tasks[name].worth for name in done), Worth()), end_s=kept[-1].ends_s)
    wanted = [task for task in problem.tasks if task.required or task.worth != Worth()]
    bound = earliest_end(problem.document(), [task.document() for task in wanted], milliseconds(reached.end_s))
    return Certificate(
        problem=problem.digest,
        stops=tuple(
            CertifiedStop(
                stop=stop,
                times={case: times[case][i] for case in Case},
                slack_s=_slack_s(tasks[stop.task].deadline_s, kept[i].ends_s),
            )
            for i, stop in enumerate(stops)
        ),
        left_out=tuple(name for name in tasks if name not in done),
        way_to_end={case: times[case][-1] for case in Case},
        likely_end_s=_likely_end_s(expected[-1].ends_s, [*ways, *works]),
        slack_s=_slack_s(problem.limit_s, kept[-1].ends_s),
        reached=reached,
        bound_s=bound / 1000 if {task.id for task in wanted} <= done else None,
    )


def milliseconds(seconds: float) -> int:
    """Times as whole numbers, which add without rounding."""
    return round(1000 * seconds)


def span_ms(span: Span, case: Case) -> int:
    """How long something takes in a case."""
    return milliseconds(span.expected_s if case is Case.EXPECTED else span.high_s)


def _spans(problem: Problem, stops: Sequence[Stop]) -> tuple[list[Span], list[Span]]:
    """How long ways and works take."""
    path = [problem.start, *(stop.place for stop in stops), problem.end]
    ways = [way for here, there in pairwise(path) if (way := problem.way(here, there)) is not None]
    tasks = {task.id: task for task in problem.tasks}
    return ways, [tasks[stop.task].duration_at(stop.place) for stop in stops]


def _walk(
    problem: Problem, stops: Sequence[Stop], ways: Sequence[Span], works: Sequence[Span], case: Case
) -> list[Times]:
    """As early as tasks and permits let it: the robot waits where it is, and leaves so that it need not wait there."""
    begins = {task.id: milliseconds(task.not_before_s) for task in problem.tasks}
    ready, walk = 0, list[Times]()
    for i, stop in enumerate(stops):
        opens = milliseconds(stop.permit.opens_s) if stop.permit else 0
        way = span_ms(ways[i], case)
        arrives = max(ready + way, begins[stop.task], opens)
        ready = arrives + span_ms(works[i], case)
        walk.append(_times(arrives - way, arrives, ready))
    home = ready + span_ms(ways[-1], case)
    return [*walk, _times(ready, home, home)]


def _times(leaves: int, arrives: int, ends: int) -> Times:
    return Times(leaves_s=leaves / 1000, arrives_s=arrives / 1000, ends_s=ends / 1000)


def _slack_s(limit_s: float | None, ends_s: float) -> float | None:
    return None if limit_s is None else (milliseconds(limit_s) - milliseconds(ends_s)) / 1000


def _likely_end_s(end_s: float, spans: Sequence[Span]) -> tuple[float, float]:
    early = isqrt(sum((milliseconds(s.expected_s) - milliseconds(s.low_s)) ** 2 for s in spans))
    late = isqrt(sum((milliseconds(s.high_s) - milliseconds(s.expected_s)) ** 2 for s in spans))
    end = milliseconds(end_s)
    return max(end - early, 0) / 1000, (end + late) / 1000
