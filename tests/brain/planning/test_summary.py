"""Plans in words: every number and name in them is the certificate's."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall, find_plan
from linewalker.brain.planning.problem import Case
from linewalker.brain.planning.summary import plan_document, reason_for, summary
from linewalker.inspection.title import Title
from tests.brain.planning.test_certificate import PROBLEM

NAMED = replace(
    PROBLEM,
    tasks=tuple(replace(t, title=Title(zh=f"任务{t.id}", en=f"task {t.id}")) for t in PROBLEM.tasks),
    keeps=Case.EXPECTED,
)


def test_a_plan_says_what_in_which_order_and_how_long() -> None:
    plan = find_plan(NAMED)
    assert isinstance(plan, Plan)
    said = summary(plan)
    end_s = plan.certificate.way_to_end[Case.EXPECTED].ends_s
    order = [NAMED.tasks["abc".index(stop.stop.task)].name for stop in plan.certificate.stops]
    assert f"in {end_s:.0f} s as expected" in said.en
    assert f"预计 {end_s:.0f} 秒" in said.zh
    assert ", ".join(name.en for name in order) in said.en
    assert "、".join(name.zh for name in order) in said.zh
    assert "What is tightest is the deadline of 'task a'" in said.en
    assert "No plan is better: proved." in said.en


def test_what_is_left_out_has_a_reason() -> None:
    optional = tuple(replace(task, required=False) for task in NAMED.tasks)
    plan = find_plan(replace(NAMED, tasks=optional, limit_s=35.0))
    assert isinstance(plan, Plan)
    assert plan.certificate.left_out == ("b",)  # minor
    assert "Left out: task b (no time left for it within 35 s)." in summary(plan).en
    early = replace(optional[0], deadline_s=25.0)
    plan = find_plan(replace(NAMED, tasks=(early, *optional[1:])))
    assert isinstance(plan, Plan)
    why = reason_for(plan, early)
    assert why.en == "can not be done even alone: the permits for 'press' (20-60 s), 'task a' within 25 s"
    assert "区域“press”的许可" in why.zh


def test_where_there_is_no_plan_the_conflict_is_told_and_what_can_be_done() -> None:
    found = find_plan(replace(NAMED, limit_s=31.0))
    assert isinstance(found, Shortfall)
    said = summary(found)
    assert "these can not all be kept: at most 31 s in all; 'task " in said.en
    assert "The best part of it: " in said.en
    assert "总共不超过 31 秒" in said.zh
    assert "没有可行的计划" in said.zh


@pytest.mark.parametrize("seed", range(20))
def test_what_planning_came_to_is_a_document_that_can_be_verified(seed: int) -> None:
    found = find_plan(random_problem(seed, 4, tight=1.5))
    document = json.loads(json.dumps(plan_document(found), allow_nan=False))
    assert document["summary"]["zh"]
    assert document["summary"]["en"]
    assert (document["conflict"] is None) == isinstance(found, Plan)
    if document["certificate"] is not None:
        verify(document["problem"], document["certificate"])
