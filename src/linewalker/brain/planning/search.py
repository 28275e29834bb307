"""The search for an order: the same one for the same problem, however busy the machine is.

Few tasks are ordered by `exhaustive`, which proves its order best. More go to `local_search`, which is quick, and then
to CP-SAT (`satisfaction`), which improves what was found and proves how much better anything could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linewalker.brain.planning import exhaustive
from linewalker.brain.planning.certificate import Quality
from linewalker.brain.planning.instance import Instance, Order
from linewalker.brain.planning.local_search import completed, good_order, rank
from linewalker.brain.planning.one_tree import earliest_end
from linewalker.brain.planning.problem import Worth
from linewalker.brain.planning.relaxation import FEW, demanded, part_of, relaxed, too_much
from linewalker.brain.planning.satisfaction import Program, unweighed, weighed

DEFAULT_EFFORT = 1.0
_INSERTIONS_PER_EFFORT = 250_000
_DECIDING_ROUNDS, _DECIDING_EFFORT = 60, 0.7


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search came to.

    Attributes:
        order: the best one found; None: none.
        bound: how good any order can be at best; None: nothing was proved.
        impossible: it is proved that there is none.
    """

    order: Order | None = None
    bound: Quality | None = None
    impossible: bool = False


def search(instance: Instance, *, hint: Sequence[str] = (), effort: float = DEFAULT_EFFORT) -> Found:
    """The best order.

    Args:
        instance: what to order.
        hint: ids of tasks in an order to begin with; what is found is never worse.
        effort: about a second of one core for 20 tasks, three for 40; it is counted in steps, so that a busy machine
            finds the same.
    """
    numbers = {task.id: i for i, task in enumerate(instance.problem.tasks)}
    asked = [numbers[name] for name in hint]
    decided = decide(instance, asked)
    if decided.impossible:
        return decided
    if len(instance.of_task) <= exhaustive.MOST_TASKS:
        order = exhaustive.best_order(instance)
        end = None if order is None else instance.end_of(order)
        if order is None or end is None:
            return Found(impossible=True)
        return Found(order=order, bound=instance.quality(order, end))
    rounds = round(_INSERTIONS_PER_EFFORT * effort / len(instance.of_task) ** 2)
    order = good_order(instance, [asked] if hint else [], rounds=rounds)
    return proved(instance, _better(instance, order, decided.order), effort)


def decide(instance: Instance, hint: Sequence[int] = ()) -> Found:
    """Any order that does what is required, or that there is none, as quickly as may be; neither: it is undecided.

    First what every plan does is ordered by itself. Only where that has no order, although nothing says that there is
    none, other tasks are looked at: to go by them, or to wait at them.
    """
    tasks = demanded(instance)
    core, nodes = part_of(instance, tasks)
    numbers = {task: i for i, task in enumerate(sorted(tasks))}
    asked = [numbers[task] for task in hint if task in numbers]
    order = completed(core, asked)
    if order is None and hopeless(instance):
        return Found(impossible=True)
    if order is None and len(tasks) > FEW:
        order = good_order(core, [asked], rounds=_DECIDING_ROUNDS, any_will_do=True)
        if order is None and _settled(relaxed(instance, tasks)).impossible:
            return Found(impossible=True)
    if order is None:
        order = _settled(core).order
    if order is not None:
        return Found(order=tuple(nodes[n] for n in order))
    order = good_order(instance, [hint], rounds=_DECIDING_ROUNDS, any_will_do=True)
    return _settled(instance) if order is None else Found(order=order)


def _settled(instance: Instance) -> Found:
    """As `decide`, without looking at a part of it first."""
    if len(instance.of_task) <= exhaustive.MOST_TASKS:
        order = exhaustive.best_order(instance)
        return Found(order=order, impossible=order is None)
    answer = Program(instance).shortest(worth=0, hint=None, effort=_DECIDING_EFFORT)
    return Found(order=answer.order, impossible=answer.impossible)


def hopeless(instance: Instance) -> bool:
    """Whether it is seen at once that there is no plan."""
    if too_much(instance):
        return True
    return _earliest_end(instance, demanded(instance), instance.horizon) > instance.horizon


def proved(instance: Instance, order: Order | None, effort: float) -> Found:
    """CP-SAT's improvement of an order, and its bound: first of the worth, and then, if that is proved, of the end."""
    program = Program(instance)
    most = weighed(instance, [nodes[0] for nodes in instance.of_task if nodes])
    if order is None or weighed(instance, order) < most:
        answer = program.worthiest(hint=order, effort=effort / 2)
        if answer.impossible:
            return Found(impossible=True)
        order = _better(instance, order, answer.order)
        if answer.bound is not None:
            most = min(most, -answer.bound)
    if order is None:
        return Found()
    worth = weighed(instance, order)
    answer = program.shortest(worth=worth, hint=order, effort=effort / 2)
    order = _better(instance, order, answer.order)
    assert order is not None
    critical, major, minor = unweighed(instance, most)
    end = 0
    if most == worth:  # whoever is worth as much does the same tasks, but for those that are worth nothing
        needed = {task for task, of in enumerate(instance.worths) if any(of)} | instance.required
        all_done = needed <= {instance.nodes[n].task for n in order}
        reached = instance.end_of(order) or instance.horizon
        end = max(answer.bound or 0, _earliest_end(instance, needed, reached) if all_done else 0)
    best = Worth(critical=critical, major=major, minor=minor)
    return Found(order=order, bound=Quality(worth=best, end_s=end / 1000))


def _earliest_end(instance: Instance, tasks: Iterable[int], goal: int) -> int:
    """When all orders that do some tasks have ended at the earliest, ms."""
    document = instance.problem.document()
    return earliest_end(document, [document["tasks"][task] for task in sorted(tasks)], goal)


def _better(instance: Instance, one: Order | None, other: Order | None) -> Order | None:
    """The better of two orders; the first where they are alike."""
    found = [order for order in (one, other) if order is not None]
    return min(found, key=lambda order: rank(instance, order), default=None)
