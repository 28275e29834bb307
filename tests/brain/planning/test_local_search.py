"""Local search: quick, steady, and never worse than what it is given."""

from __future__ import annotations

from random import Random

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.exhaustive import best_order
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.local_search import completed, good_order, rank


@pytest.mark.parametrize("seed", range(30))
def test_it_is_never_worse_than_a_hint_that_keeps_the_limits(seed: int) -> None:
    instance = Instance(random_problem(seed, 8, tight=0.2))
    hint = [task for task, nodes in enumerate(instance.of_task) if nodes]
    Random(seed).shuffle(hint)
    plain = [instance.of_task[task][0] for task in hint]
    found = good_order(instance, [hint], rounds=5)
    if instance.end_of(plain) is not None:
        assert found is not None
        assert rank(instance, found) <= rank(instance, plain)


@pytest.mark.parametrize("seed", range(20))
def test_what_it_finds_keeps_the_limits_and_is_at_most_as_good_as_the_best(seed: int) -> None:
    instance = Instance(random_problem(seed, 7, tight=0.8))
    found, best = good_order(instance, [], rounds=30), best_order(instance)
    if found is not None:
        assert best is not None
        assert instance.complete(found)
        assert rank(instance, best) <= rank(instance, found)
        assert len({instance.nodes[n].task for n in found}) == len(found)


def test_the_same_seed_finds_the_same() -> None:
    instance = Instance(random_problem(4, 10, tight=0.3))
    assert good_order(instance, [], rounds=40) == good_order(instance, [], rounds=40)


def test_most_small_problems_are_solved_as_well_as_can_be() -> None:
    gaps = []
    for seed in range(20):
        instance = Instance(random_problem(seed, 8, tight=0.0))
        found, best = good_order(instance, [], rounds=60), best_order(instance)
        assert found is not None
        assert best is not None
        gaps.append(rank(instance, found) != rank(instance, best))
    assert sum(gaps) <= 5


def test_a_hint_is_completed_where_that_is_possible() -> None:
    instance = Instance(random_problem(1, 6, tight=0.0))
    order = completed(instance, [3, 0])
    assert order is not None
    assert instance.complete(order)
