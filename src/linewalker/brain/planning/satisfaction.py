"""The problem as a constraint program for CP-SAT (Perron and Didier, OR-tools): it improves orders and proves bounds.

A circuit runs from the robot's start over the nodes that are used to its end and back; an arc that is used sets the
earliest arrival of the next. The end is at least all works and all ways together, which the arrivals alone do not say
to the linear relaxation: without that bound hardly anything is proved.

The program is written down as the protocol that CP-SAT reads (``cp_model.proto``). The Python layer above it loads a
table library for features that nobody needs here, which takes longer than most plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

from linewalker.brain.planning.instance import Instance, Order

_ENDLESS = 2**60
_SEED = 7


@dataclass(frozen=True, kw_only=True)
class Solution:
    """What CP-SAT says.

    Attributes:
        order: the best it found; None: none.
        bound: of the objective, at least; None: it proved nothing.
        impossible: no order keeps the limits and does what is required.
    """

    order: Order | None
    bound: int | None
    impossible: bool

    @property
    def undecided(self) -> bool:
        """It neither found an order nor proved that there is none."""
        return self.order is None and not self.impossible


class Program:
    """The constraint program of an instance.

    Args:
        instance: what to order.
    """

    def __init__(self, instance: Instance):
        from ortools.sat.python import cp_model_helper  # loads a library of 30 MB, so not before it is needed

        self._sat, self._instance = cp_model_helper, instance
        self._proto = cp_model_helper.CpModelProto()
        nodes, horizon = range(len(instance.nodes)), instance.horizon
        self._used = [self._variable(0, 1) for _ in nodes]
        self._arrives = [self._variable(0, horizon) for _ in instance.of_task]
        self._end = self._variable(0, horizon)
        self._arcs = dict(self._find_arcs())
        self._circuit()
        self._times()
        self._choices()

    def shortest(self, *, worth: int, hint: Order | None, effort: float) -> Solution:
        """The order that ends earliest among those worth so much (`weighed`); ``effort``: about seconds."""
        program = self._copy()
        weights = _weights(self._instance)
        _at_least(program.constraints.add(), ((n, weights[node.task]) for n, node in self._each_node()), worth)
        program.objective.vars.append(self._end)
        program.objective.coeffs.append(1)
        return self._solve(program, hint, effort)

    def worthiest(self, *, hint: Order | None, effort: float) -> Solution:
        """The order that is worth most; its bound is minus what no order surpasses."""
        program = self._copy()
        weights = _weights(self._instance)
        for n, node in self._each_node():
            program.objective.vars.append(n)
            program.objective.coeffs.append(-weights[node.task])
        return self._solve(program, hint, effort)

    def _each_node(self) -> Iterable[tuple[int, Any]]:
        return zip(self._used, self._instance.nodes)

    def _copy(self) -> Any:
        program = self._sat.CpModelProto()
        program.copy_from(self._proto)
        return program

    def _variable(self, low: int, high: int) -> int:
        self._proto.variables.add().domain.extend([low, high])
        return len(self._proto.variables) - 1

    def _find_arcs(self) -> Iterable[tuple[tuple[int, int], int]]:
        """A variable for each arc; -1 is start and end."""
        instance = self._instance
        nodes = range(len(instance.nodes))
        ways = {(i, j): way for i in nodes for j in nodes if (way := instance.way[i][j]) is not None}
        ways |= {(-1, j): way for j in nodes if (way := instance.from_start[j]) is not None}
        ways |= {(i, -1): way for i in nodes if (way := instance.to_end[i]) is not None}
        self._ways = ways
        for arc in ways:
            if self._fits(*arc):
                yield arc, self._variable(0, 1)

    def _fits(self, i: int, j: int) -> bool:
        """Whether what comes last can still end in time after what comes first."""
        nodes, way = self._instance.nodes, self._ways[i, j]
        leaves = nodes[i].begins + nodes[i].work if i >= 0 else 0
        if i >= 0 and leaves > nodes[i].ends:
            return False
        if j < 0:
            return leaves + way <= self._instance.horizon
        begins = max(leaves + way, nodes[j].begins)
        return begins + nodes[j].work <= nodes[j].ends and (i < 0 or nodes[j].begins - way <= nodes[i].leaves)

    def _circuit(self) -> None:
        circuit = self._proto.constraints.add().circuit
        nothing = self._variable(0, 1)
        loops = [(n, n, ~used) for n, used in enumerate(self._used)] + [(-1, -1, nothing)]
        for tail, head, literal in [*((i, j, v) for (i, j), v in self._arcs.items()), *loops]:
            circuit.tails.append(tail + 1)
            circuit.heads.append(head + 1)
            circuit.literals.append(literal)
        self._linear([(self._end, 1)], low=self._instance.straight, only_if=[nothing])
        for used in self._used:  # a circuit round nothing else leaves no node
            either = self._proto.constraints.add().bool_or.literals
            either.extend([~nothing, ~used])

    def _times(self) -> None:
        nodes, way = self._instance.nodes, self._ways
        for (i, j), literal in self._arcs.items():
            if i >= 0:
                leaves: list[tuple[int, int]] = [(self._arrives[nodes[i].task], -1)]
                takes = nodes[i].work + way[i, j]
            else:
                leaves, takes = [], way[i, j]
            arrives = self._end if j < 0 else self._arrives[nodes[j].task]
            self._linear([(arrives, 1), *leaves], low=takes, only_if=[literal])
            if i >= 0 and j >= 0 and nodes[i].leaves < self._instance.horizon:
                self._linear([(arrives, 1)], high=nodes[i].leaves + way[i, j], only_if=[literal])
        for used, node in self._each_node():
            latest = node.ends - node.work
            if node.begins <= latest:
                self._linear([(self._arrives[node.task], 1)], low=node.begins, high=latest, only_if=[used])
            else:
                self._linear([(used, 1)], high=0)
        together = [(literal, -way[arc]) for arc, literal in self._arcs.items()]
        together += [(used, -node.work) for used, node in self._each_node()]
        self._linear([(self._end, 1), *together], low=0)

    def _choices(self) -> None:
        """Each task once at most, what is required, what comes first."""
        instance = self._instance
        for task, nodes in enumerate(instance.of_task):
            least = int(task in instance.required)
            self._linear([(self._used[n], 1) for n in nodes], low=least, high=1)
        for first, then, needed in instance.rules:
            for n in instance.of_task[then]:
                if needed:
                    some = [(self._used[m], 1) for m in instance.of_task[first]]
                    self._linear([*some, (self._used[n], -1)], low=0)
                for m in instance.of_task[first]:
                    self._linear(
                        [(self._arrives[then], 1), (self._arrives[first], -1)],
                        low=instance.nodes[m].work,
                        only_if=[self._used[m], self._used[n]],
                    )

    def _linear(
        self,
        terms: Sequence[tuple[int, int]],
        *,
        low: int = -_ENDLESS,
        high: int = _ENDLESS,
        only_if: Sequence[int] = (),
    ) -> None:
        constraint = self._proto.constraints.add()
        constraint.enforcement_literal.extend(list(only_if))
        constraint.linear.vars.extend([variable for variable, _ in terms])
        constraint.linear.coeffs.extend([factor for _, factor in terms])
        constraint.linear.domain.extend([low, high])

    def _solve(self, program: Any, hint: Order | None, effort: float) -> Solution:
        if hint is not None:
            for variable, value in self._values(hint).items():
                program.solution_hint.vars.append(variable)
                program.solution_hint.values.append(value)
        parameters = self._sat.SatParameters()
        parameters.num_workers, parameters.random_seed, parameters.linearization_level = 1, _SEED, 2
        parameters.max_deterministic_time = effort  # and no clock, so that the same problem gets the same plan
        parameters.catch_sigint_signal = False  # it would keep Ctrl-C to itself for good, or end the program with it
        solver = self._sat.SolveWrapper()
        solver.set_parameters(parameters)
        found = solver.solve(program)
        status = self._sat.CpSolverStatus
        assert found.status != status.MODEL_INVALID
        if found.status == status.INFEASIBLE:
            return Solution(order=None, bound=None, impossible=True)
        if found.status == status.UNKNOWN:
            return Solution(order=None, bound=None, impossible=False)
        bound = ceil(found.best_objective_bound - 1e-6)
        return Solution(order=self._order(list(found.solution)), bound=bound, impossible=False)

    def _order(self, solution: Sequence[int]) -> Order:
        after = {i: j for (i, j), literal in self._arcs.items() if solution[literal]}
        order, n = list[int](), after.get(-1, -1)
        while n >= 0:
            order.append(n)
            n = after[n]
        return tuple(order)

    def _values(self, order: Order) -> dict[int, int]:
        """An order as values of the circuit's variables."""
        path = [-1, *order, -1]
        taken = set(pairwise(path)) if order else set()
        values = {literal: int(arc in taken) for arc, literal in self._arcs.items()}
        return values | {used: int(n in order) for n, used in enumerate(self._used)}


def weighed(instance: Instance, order: Sequence[int]) -> int:
    """What an order is worth as one number: compares as worths do."""
    weights = _weights(instance)
    return sum(weights[instance.nodes[n].task] for n in order)


def unweighed(instance: Instance, weight: int) -> tuple[int, int, int]:
    """Critical, major, minor."""
    most = [sum(worth[i] for worth in instance.worths) for i in range(3)]
    weight, minor = divmod(weight, most[2] + 1)
    critical, major = divmod(weight, most[1] + 1)
    return critical, major, minor


def _weights(instance: Instance) -> list[int]:
    _, major, minor = (sum(worth[i] for worth in instance.worths) + 1 for i in range(3))
    return [(worth[0] * major + worth[1]) * minor + worth[2] for worth in instance.worths]


def _at_least(constraint: Any, terms: Iterable[tuple[int, int]], low: int) -> None:
    for variable, factor in terms:
        constraint.linear.vars.append(variable)
        constraint.linear.coeffs.append(factor)
    constraint.linear.domain.extend([low, _ENDLESS])
