"""Good orders quickly: cheapest insertion, then ruin and recreate (Schrimpf et al. 2000), seeded, with a set effort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from linewalker.brain.planning.instance import Instance, Order

Rank = tuple[int, int, int, int]
_SEED = 1
_UNDONE: Rank = (1, 0, 0, 0)  # worse than any order that keeps the limits


def rank(instance: Instance, order: Sequence[int]) -> Rank:
    """The smaller the better: negative worths, then the end; `_UNDONE` where a limit is broken."""
    end = instance.end_of(order)
    if end is None:
        return _UNDONE
    critical, major, minor = instance.worth_of(order)
    return -critical, -major, -minor, end


def good_order(
    instance: Instance, hints: Iterable[Sequence[int]], *, rounds: int, any_will_do: bool = False
) -> Order | None:
    """The best order that was found and does all that is required, or None.

    It is never worse than a hint that keeps the limits with the first placement of every task.

    Args:
        instance: what to order.
        hints: tasks in an order to begin with; what can not be done in it is left out, and inserted elsewhere.
        rounds: how often a part is taken out and put in anew.
        any_will_do: the first order that does all that is required is taken.
    """
    starts = [_insert_all(instance, _keepable(instance, hint)) for hint in hints]
    starts.append(_insert_all(instance, ()))
    best = min(starts, key=lambda order: _graded(instance, order))
    random, now = Random(_SEED), _turned(instance, best)
    for _ in range(rounds):
        if not now or (any_will_do and instance.complete(now)):
            break
        tried = _recreate(instance, _ruined(instance, now, random), random)
        if _graded(instance, tried) <= _graded(instance, now):
            now = tried
    best = min(best, _turned(instance, now), key=lambda order: _graded(instance, order))
    return best if instance.complete(best) and instance.end_of(best) is not None else None


def completed(instance: Instance, tasks: Sequence[int]) -> Order | None:
    """A hint with what is missing inserted, if that does all that is required."""
    order = _insert_all(instance, _keepable(instance, tasks))
    return order if instance.complete(order) and instance.end_of(order) is not None else None


def _graded(instance: Instance, order: Order) -> tuple[int, Rank]:
    """What is required and missing counts before all else."""
    missing = len(instance.required - {instance.nodes[n].task for n in order})
    return missing, rank(instance, order)


def _keepable(instance: Instance, tasks: Sequence[int]) -> Order:
    """Tasks one after the other, each at the first of its nodes that breaks no limit; without those that always do."""
    kept: Order = ()
    for task in tasks:
        longer = ((*kept, n) for n in instance.of_task[task])
        kept = next((order for order in longer if instance.end_of(order) is not None), kept)
    return kept


def _urgency(instance: Instance, task: int) -> tuple[bool, list[int]]:
    return task not in instance.required, [-worth for worth in instance.worths[task]]


def _insert_all(instance: Instance, order: Order) -> Order:
    """Insert what is missing, the most urgent first, of equally urgent ones always the cheapest."""
    missing = set(range(len(instance.of_task))) - {instance.nodes[n].task for n in order}
    for urgency in sorted({str(_urgency(instance, task)): _urgency(instance, task) for task in missing}.values()):
        alike = {task for task in missing if _urgency(instance, task) == urgency}
        while alike:
            found = [(placed, task) for task in sorted(alike) if (placed := _inserted(instance, order, task))]
            if not found:
                break
            (_, order), task = min(found)
            alike.discard(task)
    return order


def _inserted(instance: Instance, order: Order, task: int) -> tuple[int, Order] | None:
    """The end, and the order with a task where it makes that earliest; None: it fits nowhere."""
    best = None
    for n in instance.of_task[task]:
        for i in range(len(order) + 1):
            tried = (*order[:i], n, *order[i:])
            end = instance.end_of(tried)
            if end is not None and (best is None or end < best[0]):
                best = end, tried
    return best


def _ruined(instance: Instance, order: Order, random: Random) -> Order:
    """Without some nodes: a run of them, or those nearest to one."""
    count = random.randint(1, max(1, min(10, len(order) // 3)))
    if random.random() < 0.5:
        at = random.randrange(len(order))
        return order[:at] + order[at + count :]
    middle = random.choice(order)
    near = sorted(order, key=lambda n: 0 if n == middle else instance.way[middle][n] or instance.horizon)[:count]
    return tuple(n for n in order if n not in near)


def _recreate(instance: Instance, order: Order, random: Random) -> Order:
    missing = list(set(range(len(instance.of_task))) - {instance.nodes[n].task for n in order})
    random.shuffle(missing)
    for task in sorted(missing, key=lambda task: _urgency(instance, task)):
        placed = _inserted(instance, order, task)
        order = order if placed is None else placed[1]
    return order


def _turned(instance: Instance, order: Order) -> Order:
    """Turn parts round as long as that helps (2-opt; Croes 1958)."""
    best, found = rank(instance, order), True
    while found:
        found = False
        for i in range(len(order) - 1):
            for j in range(i + 2, len(order) + 1):
                tried = order[:i] + order[i:j][::-1] + order[j:]
                if (graded := rank(instance, tried)) < best:
                    order, best, found = tried, graded, True
    return order
