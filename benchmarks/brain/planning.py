"""``python -m benchmarks.brain.planning``: how good plans are and how soon, and what the checker lets through."""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from benchmarks.brain.planning_problems import random_problem, round_a_car
from benchmarks.table import Row, Sheet, one, spread
from linewalker.brain.planning import exhaustive
from linewalker.brain.planning.certificate import Certificate, Stop, certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.conflict_checker import relaxed, verify_conflict
from linewalker.brain.planning.constraint import only
from linewalker.brain.planning.digest import digest
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall, find_plan
from linewalker.brain.planning.problem import Problem
from linewalker.brain.planning.relaxation import demanded
from linewalker.brain.planning.relaxation import relaxed as relaxed_to
from linewalker.brain.planning.satisfaction import Program
from linewalker.console.streams import steady_output
from linewalker.errors import PlanRefused

LONG_EFFORT = 8.0
"""Of the search whose plan is the best known."""
ALTERED_PER_PLAN = 6


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the CPU time it takes, s."""
    began_s = time.process_time()
    result = work()
    return result, time.process_time() - began_s


# ---------------------------------------------------------------- certificates
def certificates(missions: int) -> Iterator[Row]:
    """Plans for random missions, and alterations of them."""
    refused = 0
    accepted, tried = {"as it is": 0, "with its id made anew": 0}, 0
    for seed in range(missions):
        found = find_plan(random_problem(seed, 3 + seed % 14, tight=(0.0, 0.5, 1.0)[seed % 3]), effort=0.3)
        plan = found if isinstance(found, Plan) else found.partial
        if plan is None:
            continue
        problem, certificate = plan.problem.document(), json.loads(json.dumps(plan.certificate.document()))
        refused += not holds(problem, certificate)
        said = {name: value for name, value in certificate.items() if name != "id"}
        random = Random(seed)
        for _ in range(ALTERED_PER_PLAN):
            altered = alteration(said, random)
            accepted["as it is"] += holds(problem, {"id": plan.id, **altered})
            altered["id"] = digest(altered)
            accepted["with its id made anew"] += holds(problem, altered)
            tried += 1
    yield one(f"certified plans refused, of {missions} random missions", refused, must=0, digits=0)
    share = {name: 100.0 * count / tried for name, count in accepted.items()}
    yield Row(what=f"altered plans accepted, of {tried}", values=share, unit="%", must=dict.fromkeys(share, 1.0))


def holds(problem: dict[str, Any], certificate: dict[str, Any]) -> bool:
    """Whether the checker accepts it."""
    try:
        verify(problem, certificate)
    except PlanRefused:
        return False
    return True


def alteration(certificate: dict[str, Any], random: Random) -> dict[str, Any]:
    """A certificate in which something else stands in one place, or in which two visits are exchanged."""
    while True:
        altered = copy.deepcopy(certificate)
        visits = altered["visits"]
        if len(visits) > 1 and random.random() < 0.2:
            i, j = random.sample(range(len(visits)), k=2)
            visits[i], visits[j] = visits[j], visits[i]
        elif visits and random.random() < 0.1:
            visits.remove(random.choice(visits))
        else:
            _change(altered, random)
        if altered != certificate:
            return altered


def _change(value: Any, random: Random) -> None:
    """Walk down to a leaf and put something else there."""
    while True:
        key = random.choice(list(value)) if isinstance(value, dict) else random.randrange(len(value))
        inner = value[key]
        if not isinstance(inner, dict | list) or not inner:
            break
        value = inner
    if isinstance(inner, float):
        value[key] = random.choice((inner + 0.001, inner - 0.001, 1.01 * inner, -inner, round(inner), inner + 10.0))
    elif isinstance(inner, str):
        value[key] = random.choice((inner + "0", inner[:-1], "t0", "p1"))
    else:
        value[key] = random.choice((None, True, 1, 2.5, "t0"))


# ---------------------------------------------------------------- plans
@dataclass
class Sizes:
    """What plans of one size took, and how far they are off."""

    seconds: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    proved: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    optimal: int = 0


def plans(missions: int) -> Iterator[Row]:
    """Missions round a car, with deadlines and precedences."""
    for visits, must_s in ((12, 1.0), (20, 10.0), (40, 5.0)):
        measured = _planned(visits, missions)
        name = f"{visits} visits round a car"
        yield Row(what=f"{name}: plan", values=spread(measured.seconds), unit="s of CPU", must={"worst": must_s})
        if visits == 12:
            yield one(
                f"{name}: optimal, proved",
                100.0 * measured.optimal / len(measured.seconds),
                "%",
                must=100.0,
                at_least=True,
            )
        else:
            worst = {"worst": 10.0} if visits == 20 else {}
            yield Row(what=f"{name}: behind the best known", values=spread(measured.gaps), unit="%", must=worst)
        yield Row(what=f"{name}: behind the bound that the checker proves", values=spread(measured.proved), unit="%")
        yield Row(what=f"{name}: quicker than once round the car", values=spread(measured.saved), unit="%")


def _planned(visits: int, missions: int) -> Sizes:
    measured = Sizes()
    for seed in range(10 * missions):
        if len(measured.seconds) == missions:
            break
        problem = round_a_car(seed, visits)
        ring = [task.id for task in problem.tasks]
        found, took_s = timed(partial(find_plan, problem, hint=ring))
        if isinstance(found, Shortfall):
            continue
        measured.seconds.append(took_s)
        end_s = found.certificate.reached.end_s
        measured.optimal += found.optimal
        assert found.certificate.bound_s is not None
        measured.proved.append(100.0 * (1.0 - found.certificate.bound_s / end_s))
        if visits > exhaustive.MOST_TASKS:
            best = find_plan(problem, hint=[stop.stop.task for stop in found.certificate.stops], effort=LONG_EFFORT)
            assert isinstance(best, Plan)
            measured.gaps.append(100.0 * (end_s / best.certificate.reached.end_s - 1.0))
        once_round = certified(problem, [Stop(task=name, place=name) for name in ring])
        if kept(problem, once_round):
            measured.saved.append(100.0 * (1.0 - end_s / once_round.reached.end_s))
    return measured


def kept(problem: Problem, certificate: Certificate) -> bool:
    """Whether it keeps the limits."""
    return holds(problem.document(), certificate.document())


# ---------------------------------------------------------------- conflicts
def conflicts(missions: int) -> Iterator[Row]:
    """Missions that can not be done, all kinds of limits."""
    for what, sizes in (("4 to 16", range(4, 17)), ("17 to 40", range(17, 41))):
        seconds, wrong, seed = [], 0, 0
        while len(seconds) < missions:
            seed += 1
            problem = random_problem(seed, sizes[seed % len(sizes)], tight=1.2)
            found, took_s = timed(partial(find_plan, problem))
            if isinstance(found, Shortfall):
                seconds.append(took_s)
                wrong += not _is_minimal(found)
        name = f"{missions} missions of {what} tasks that can not be done"
        yield one(f"{name}: minimal conflicts wrong", wrong, must=0, digits=0)
        yield Row(what="... with the best part of a plan", values=spread(seconds), unit="s of CPU", must={"worst": 5.0})


def _impossible(problem: Problem) -> bool:
    """By CP-SAT, which the search asks last; where many tasks are not required, without them."""
    instance = Instance(problem)
    by_themselves = relaxed_to(instance, demanded(instance))
    return any(Program(one).shortest(worth=0, hint=None, effort=10.0).impossible for one in (by_themselves, instance))


def _is_minimal(found: Shortfall) -> bool:
    if found.conflict is None:
        return False
    rest = only(found.problem, found.conflict.members)
    document = found.problem.document()
    assert relaxed(document, [member.document() for member in found.conflict.members]) == rest.document()
    try:
        verify_conflict(document, found.conflict.document(), lambda _: not _impossible(rest))
    except PlanRefused:
        return False
    return True


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.brain.planning", description=__doc__)
    parser.add_argument("--certified", type=int, default=500, help="random missions whose plans are altered")
    parser.add_argument("--planned", type=int, default=10, help="missions of each size")
    parser.add_argument("--impossible", type=int, default=100, help="missions that can not be done")
    options = parser.parse_args()
    sheet = Sheet()
    for title, rows in (
        ("Certificates", certificates(options.certified)),
        ("Plans", plans(options.planned)),
        ("Conflicts", conflicts(options.impossible)),
    ):
        sheet.show(title, rows, "python -m benchmarks.brain.planning")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
