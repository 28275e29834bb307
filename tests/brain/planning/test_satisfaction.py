"""The constraint program: worths as one number, and what it says where it can not finish."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from itertools import combinations
from pathlib import Path

from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.local_search import good_order
from linewalker.brain.planning.satisfaction import Program, unweighed, weighed

ROOT = Path(__file__).parents[3]


def test_one_number_compares_as_worths_do() -> None:
    instance = Instance(random_problem(2, 5, tight=0.0))
    nodes = [nodes[0] for nodes in instance.of_task]
    orders = [order for count in range(6) for order in combinations(nodes, count)]
    for order in orders:
        assert unweighed(instance, weighed(instance, order)) == instance.worth_of(order)
    ranked = sorted(orders, key=lambda order: weighed(instance, order))
    assert ranked == sorted(orders, key=lambda order: (instance.worth_of(order), ranked.index(order)))


def test_without_effort_it_decides_nothing_and_claims_nothing() -> None:
    instance = Instance(random_problem(0, 20, tight=0.3))
    answer = Program(instance).shortest(worth=0, hint=None, effort=0.0)
    assert answer.order is None
    assert not answer.impossible
    assert answer.bound is None


def test_a_hint_is_never_made_worse() -> None:
    instance = Instance(random_problem(3, 18, tight=0.3))
    hint = good_order(instance, [], rounds=20)
    assert hint is not None
    answer = Program(instance).shortest(worth=weighed(instance, hint), hint=hint, effort=0.3)
    end, before = instance.end_of(answer.order or hint), instance.end_of(hint)
    assert end is not None
    assert before is not None
    assert answer.bound is not None
    assert answer.bound <= end <= before


def test_ctrl_c_is_left_to_python() -> None:
    handler = ctypes.pythonapi.PyOS_getsig
    handler.restype = ctypes.c_void_p
    signal.signal(signal.SIGINT, signal.default_int_handler)
    before = handler(signal.SIGINT)
    assert before is not None
    instance = Instance(random_problem(3, 18, tight=0.3))
    Program(instance).shortest(worth=0, hint=None, effort=0.1)
    assert handler(signal.SIGINT) == before


def test_it_loads_no_table_library_and_planning_few_tasks_no_solver() -> None:
    program = (
        "import sys\n"
        "from benchmarks.brain.planning_problems import random_problem\n"
        "from linewalker.brain.planning.instance import Instance\n"
        "from linewalker.brain.planning.planner import find_plan\n"
        "from linewalker.brain.planning.satisfaction import Program\n"
        "problem = random_problem(0, 3)\n"
        "find_plan(problem)\n"
        "print('ortools' in sys.modules)\n"
        "Program(Instance(problem)).shortest(worth=0, hint=None, effort=1.0)\n"
        "print('ortools' in sys.modules, 'pandas' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True", "False"]
