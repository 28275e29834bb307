"""An instance says of an order what the checker says of its certificate."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.certificate import certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.instance import Instance
from linewalker.errors import PlanRefused


def accepted(instance: Instance, order: list[int]) -> float | None:
    """When the checker lets an order end that does all that is required, s; None: it refuses it."""
    problem, stops = instance.problem, instance.stops(order)
    places = [problem.start, *(stop.place for stop in stops), problem.end]
    if any(problem.way(here, there) is None for here, there in pairwise(places)):
        return None
    certificate = certified(problem, stops)
    try:
        verify(problem.document(), certificate.document())
    except PlanRefused:
        return None
    return certificate.reached.end_s


@pytest.mark.parametrize("seed", range(60))
def test_an_order_ends_when_the_checker_says_and_breaks_what_the_checker_refuses(seed: int) -> None:
    instance, random = Instance(random_problem(seed, 6, tight=0.6)), Random(seed)
    for _ in range(20):
        chosen = [random.choice(nodes) for nodes in instance.of_task if nodes]
        optional = [n for n in chosen if instance.nodes[n].task not in instance.required and random.random() < 0.3]
        order = [n for n in chosen if n not in optional]
        random.shuffle(order)
        if not instance.complete(order):
            continue
        end = instance.end_of(order)
        assert (None if end is None else end / 1000) == accepted(instance, order)


def test_both_happens() -> None:
    """The law above is about orders that keep the limits, and about others."""
    kept = 0
    for seed in range(60):
        instance = Instance(random_problem(seed, 6, tight=0.6))
        kept += instance.end_of([nodes[0] for nodes in instance.of_task if nodes]) is not None
    assert 3 < kept < 57


def test_the_horizon_holds_every_plan_that_nothing_limits() -> None:
    for seed in range(20):
        instance = Instance(random_problem(seed, 6, tight=0.0))
        order = [nodes[0] for nodes in instance.of_task]
        random = Random(seed)
        for _ in range(10):
            random.shuffle(order)
            ways = [instance.from_start[order[0]], *(instance.way[i][j] for i, j in pairwise(order))]
            if None not in ways and not instance.rules:
                assert instance.end_of(order) is not None
