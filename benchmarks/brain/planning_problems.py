"""Planning problems drawn at random: places in a hall, limits that may or may not be kept."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from random import Random

from shapely.geometry import LinearRing

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
from linewalker.brain.route import Waypoint, plan_route

HOME = "home"


def walk(a: Place, b: Place) -> Span:
    """Half a metre a second and two seconds to settle."""
    expected_s = 2.0 + 2.0 * math.hypot(a.x_m - b.x_m, a.y_m - b.y_m)
    return Span(low_s=0.9 * expected_s, expected_s=expected_s, high_s=1.2 * expected_s)


def span(random: Random) -> Span:
    expected_s = random.uniform(2.0, 12.0)
    return Span(low_s=0.8 * expected_s, expected_s=expected_s, high_s=random.uniform(1.0, 1.4) * expected_s)


def random_problem(seed: int, tasks: int = 5, *, tight: float = 1.0) -> Problem:
    """A problem with every kind of limit.

    Args:
        tight: 0: nothing is limited; 1: about every second problem can not be solved.
    """
    random = Random(seed)
    zones = ("", "", "", "press", "oven")
    places = [Place(id=HOME)] + [
        Place(id=f"p{i}", x_m=random.uniform(-6, 6), y_m=random.uniform(-4, 4), zone=random.choice(zones))
        for i in range(tasks)
    ]
    chance, horizon_s = min(0.3, tight / max(tasks, 1)), 14.0 * max(tasks, 1)
    drawn = []
    for i in range(tasks):
        at = random.sample(places[1:], k=min(random.choice((1, 1, 2)), len(places) - 1))
        drawn.append(
            Task(
                id=f"t{i}",
                placements=tuple(Placement(place=place.id, duration=span(random)) for place in at),
                worth=Worth(**{random.choice(("critical", "major", "minor")): random.choice((1, 1, 2))}),
                required=random.random() < 0.6,
                not_before_s=random.uniform(0, horizon_s) if random.random() < 0.15 else 0.0,
                deadline_s=random.uniform(0.3, 1.3) * horizon_s if random.random() < chance else None,
            )
        )
    pairs = [random.sample(range(tasks), k=2) for _ in range(tasks // 4)] if tasks > 1 else []
    return Problem(
        places=tuple(places),
        travel=_with_gaps(random, travel_table(places, walk)),
        start=HOME,
        end=HOME,
        tasks=tuple(drawn),
        precedences=tuple(
            Precedence(first=f"t{min(pair)}", then=f"t{max(pair)}", needed=random.random() < 0.5) for pair in pairs
        ),
        permits=tuple(_permits(random, horizon_s, tight)),
        limit_s=random.uniform(0.6, 1.6) * horizon_s if random.random() < 0.6 * tight else None,
        keeps=random.choice(tuple(Case)),
    )


def _permits(random: Random, horizon_s: float, tight: float) -> list[Permit]:
    if not tight:
        return [Permit(zone=zone, opens_s=0.0, closes_s=100.0 * horizon_s) for zone in ("press", "oven")]
    permits = []
    for zone in ("press", "oven"):
        opens_s = random.uniform(0.0, 0.4) * horizon_s
        permits.append(Permit(zone=zone, opens_s=opens_s, closes_s=opens_s + random.uniform(0.3, 1.0) * horizon_s))
        if random.random() < 0.5:
            opens_s += 1.1 * horizon_s
            permits.append(Permit(zone=zone, opens_s=opens_s, closes_s=opens_s + horizon_s))
    return permits


def _with_gaps(random: Random, table: tuple[tuple[Span | None, ...], ...]) -> tuple[tuple[Span | None, ...], ...]:
    """Some ways are blocked, never one from home or to it."""
    return tuple(
        tuple(None if i and j and i != j and random.random() < 0.05 else leg for j, leg in enumerate(row))
        for i, row in enumerate(table)
    )


CAR_M = ((-0.9, -0.95), (3.8, -0.95), (3.8, 0.95), (-0.9, 0.95))
"""Outline of a car, in the axes of V."""


def round_a_car(seed: int, visits: int, *, limits: bool = True) -> Problem:
    """Visits before the sides of a car, walked to on the shortest ways round it; some have deadlines, some come first.

    Its tasks stand in the order in which a robot comes by that goes once round the car.
    """
    random = Random(seed)
    outline = LinearRing(CAR_M)
    stances = [Waypoint(x=-1.0, y=-2.2, yaw=0.0)]
    for at in sorted(random.uniform(0.0, outline.length) for _ in range(visits)):
        here, ahead = outline.interpolate(at), outline.interpolate(at + 0.01)
        yaw = math.atan2(ahead.y - here.y, ahead.x - here.x)
        out_m = random.uniform(0.42, 0.6)
        stances.append(Waypoint(x=here.x + out_m * math.sin(yaw), y=here.y - out_m * math.cos(yaw), yaw=yaw))
    places = tuple(
        Place(id=f"v{i}" if i else HOME, x_m=stance.x, y_m=stance.y, yaw_rad=stance.yaw)
        for i, stance in enumerate(stances)
    )
    tasks = [
        Task(
            id=place.id,
            placements=(Placement(place=place.id, duration=span(random)),),
            worth=Worth(**{random.choice(("critical", "major", "minor")): 1}),
            deadline_s=random.uniform(0.5, 1.2) * 12.0 * visits if limits and random.random() < 0.15 else None,
        )
        for place in places[1:]
    ]
    pairs = [random.sample(range(visits), k=2) for _ in range(visits // 6 if limits else 0)]
    return Problem(
        places=places,
        travel=_walks(stances),
        start=HOME,
        end=HOME,
        tasks=tuple(tasks),
        precedences=tuple(Precedence(first=f"v{min(pair) + 1}", then=f"v{max(pair) + 1}") for pair in pairs),
        keeps=Case.EXPECTED,
    )


def _walks(stances: list[Waypoint]) -> tuple[tuple[Span, ...], ...]:
    def walked_s(a: Waypoint, b: Waypoint) -> float:
        path = [a, *plan_route(a, b, [CAR_M], clearance_m=0.45)]
        return 1.5 + sum(math.dist(p.pose[:2], q.pose[:2]) for p, q in pairwise(path)) / 0.5

    table = [[0.0] * len(stances) for _ in stances]
    for (i, a), (j, b) in combinations(enumerate(stances), 2):
        table[i][j] = table[j][i] = walked_s(a, b)
    return tuple(tuple(Span(low_s=0.9 * s, expected_s=s, high_s=1.2 * s) for s in row) for row in table)
