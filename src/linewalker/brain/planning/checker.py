"""The checker: verifies a plan's certificate against its problem, both JSON documents; no code of the search is in it.

It believes of a certificate which task is done after which, where, with which permit. All else is computed again out of
the problem, obeys every limit in it, and has to stand in the certificate to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import isqrt
from typing import Any

from linewalker.brain.planning.digest import canonical, digest
from linewalker.brain.planning.one_tree import earliest_end
from linewalker.errors import PlanRefused

Document = Mapping[str, Any]
Leg = tuple[int, int, int]
_LOW, _EXPECTED, _HIGH = range(3)
_CASES = {"expected": _EXPECTED, "worst": _HIGH}


def verify(problem: Document, certificate: Document) -> None:
    """Whether a certificate holds for a problem, which is trusted, while nothing of the certificate is.

    Raises:
        PlanRefused: it does not; says what is wrong.
    """
    _check(isinstance(certificate, Mapping), "the certificate is no JSON object")
    _check(certificate.get("problem") == digest(problem), "the certificate belongs to another problem; plan this one")
    said = {name: value for name, value in certificate.items() if name != "id"}
    _check(certificate.get("id") == digest(said), "its id is not the digest of what it says: it was altered")
    tasks = {task["id"]: task for task in problem["tasks"]}
    _check(isinstance(certificate.get("visits"), list), "the certificate has no list of visits")
    stops = [_stop(problem, tasks, visit) for visit in certificate["visits"]]
    _check_choice(problem, [stop["task"] for stop in stops])
    ways, works = _spans(problem, tasks, stops)
    walks = {case: _walk(tasks, stops, ways, works, index) for case, index in _CASES.items()}
    governing = walks[problem["keeps"]]
    visits = []
    for i, stop in enumerate(stops):
        times = {case: _times(walk[i]) for case, walk in walks.items()}
        slack_s = _slack(tasks[stop["task"]]["deadline_s"], governing[i][2], f"'{stop['task']}' ends")
        if stop["permit"] is not None:
            _slack(stop["permit"]["closes_s"], governing[i + 1][0], f"the robot leaves '{stop['place']}'")
        visits.append({**stop, **times, "slack_s": slack_s})
    end_ms, done = governing[-1][2], {stop["task"] for stop in stops}
    rebuilt = {
        "problem": digest(problem),
        "visits": visits,
        "left_out": [name for name in tasks if name not in done],
        "way_to_end": {case: _times(walk[-1]) for case, walk in walks.items()},
        "likely_end_s": _likely(walks["expected"][-1][2], ways + works),
        "slack_s": _slack(problem["limit_s"], end_ms, "the plan ends"),
        "worth": [sum(column) for column in zip([0, 0, 0], *(tasks[name]["worth"] for name in done))],
        "end_s": end_ms / 1000,
        "bound_s": _bound(problem, done, end_ms),
    }
    _check(rebuilt.keys() == said.keys(), f"beside its id a certificate has the keys {', '.join(rebuilt)}")
    for name, value in rebuilt.items():
        _check(canonical(value) == canonical(said[name]), f"'{name}' was altered; it has to be {value}")


def _stop(problem: Document, tasks: Document, visit: Any) -> dict[str, Any]:
    """What is believed of a visit: task, place, permit; all of them known to the problem."""
    _check(isinstance(visit, Mapping), "a visit is no JSON object")
    task, place, permit = visit.get("task"), visit.get("place"), visit.get("permit")
    _check(isinstance(task, str) and task in tasks, f"there is no task {task!r}")
    _check(place in [p["place"] for p in tasks[task]["placements"]], f"'{task}' is not done at {place!r}")
    zone = next(known["zone"] for known in problem["places"] if known["id"] == place)
    allowed = [known for known in problem["permits"] if known["zone"] == zone] if zone else [None]
    _check(permit in allowed, f"'{place}' can not be entered with the permit {permit!r}")
    return {"task": task, "place": place, "permit": allowed[allowed.index(permit)]}


def _check_choice(problem: Document, order: list[str]) -> None:
    """Every task at most once, what is required, what comes first."""
    at = {name: i for i, name in enumerate(order)}
    _check(len(at) == len(order), "a task is done twice")
    for task in problem["tasks"]:
        _check(task["id"] in at or not task["required"], f"'{task['id']}' is required and left out")
    for rule in problem["precedences"]:
        first, then = at.get(rule["first"]), at.get(rule["then"])
        _check(then is None or first is not None or not rule["needed"], f"'{rule['then']}' needs '{rule['first']}'")
        _check(first is None or then is None or first < then, f"'{rule['first']}' has to come before '{rule['then']}'")


def _spans(problem: Document, tasks: Document, stops: list[Any]) -> tuple[list[Any], list[Any]]:
    """How long the ways take (to each stop, to the end), and the works; each low, expected, high."""
    index = {place["id"]: i for i, place in enumerate(problem["places"])}
    path = [problem["start"], *(stop["place"] for stop in stops), problem["end"]]
    ways = [problem["travel_s"][index[here]][index[there]] for here, there in pairwise(path)]
    _check(None not in ways, "there is no way between two of its places")
    works = [p["duration_s"] for s in stops for p in tasks[s["task"]]["placements"] if p["place"] == s["place"]]
    return ways, works


def _walk(tasks: Document, stops: list[Any], ways: list[Any], works: list[Any], case: int) -> list[Leg]:
    """When the robot leaves for, arrives at and has done each stop and then the end, ms: as early as it may."""
    now, before, walk = 0, None, []
    for stop, way, work in zip(stops, ways, works):
        permit = stop["permit"]
        same_zone = permit is not None and before is not None and permit["zone"] == before["zone"]
        _check(not same_zone or permit == before, f"on the way to '{stop['place']}' a permit ends")
        opens = 0 if permit is None else _ms(permit["opens_s"])
        arrives = max(now + _ms(way[case]), _ms(tasks[stop["task"]]["not_before_s"]), opens)
        now, before = arrives + _ms(work[case]), permit
        walk.append((arrives - _ms(way[case]), arrives, now))
    end = now + _ms(ways[-1][case])
    return [*walk, (now, end, end)]


def _likely(end: int, spans: list[Any]) -> list[float]:
    """Within what the end lies, s: doubts about single durations add as independent ones do, by their squares."""
    early, late = (isqrt(sum((_ms(s[side]) - _ms(s[_EXPECTED])) ** 2 for s in spans)) for side in (_LOW, _HIGH))
    return [max(end - early, 0) / 1000, (end + late) / 1000]


def _bound(problem: Document, done: set[str], end_ms: int) -> float | None:
    """No plan that is worth as much ends earlier; None: not all is done that is worth something."""
    wanted = [task for task in problem["tasks"] if task["required"] or any(task["worth"])]
    return earliest_end(problem, wanted, end_ms) / 1000 if {task["id"] for task in wanted} <= done else None


def _slack(limit_s: float | None, at: int, what: str) -> float | None:
    _check(limit_s is None or at <= _ms(limit_s), f"{what} at {at / 1000} s, later than {limit_s} s")
    return None if limit_s is None else (_ms(limit_s) - at) / 1000


def _times(leg: Leg) -> dict[str, float]:
    return dict(zip(("leaves_s", "arrives_s", "ends_s"), (ms / 1000 for ms in leg)))


def _ms(seconds: float) -> int:
    return round(1000 * seconds)


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise PlanRefused(otherwise)
