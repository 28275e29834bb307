"""A plan in words, in Chinese and English: what, in which order, how long, what was left out and why, what binds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from linewalker.brain.planning.conflict import minimal_conflict
from linewalker.brain.planning.constraint import Constraint, Kind
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Case, Problem, Task
from linewalker.inspection.title import Title


def plan_document(found: Plan | Shortfall) -> dict[str, Any]:
    """What planning came to, in JSON: problem, certificate, conflict and summary; None for what there is not."""
    plan = found if isinstance(found, Plan) else found.partial
    conflict = None if isinstance(found, Plan) or found.conflict is None else found.conflict
    said = summary(found)
    return {
        "problem": found.problem.document() if plan is None else plan.problem.document(),
        "certificate": None if plan is None else plan.certificate.document(),
        "conflict": None if conflict is None else conflict.document(),
        "summary": {"zh": said.zh, "en": said.en},
    }


def summary(found: Plan | Shortfall) -> Title:
    """Some sentences for whoever approves a plan, or wants to know why there is none."""
    if isinstance(found, Plan):
        return _sentences([_course(found), *_left_out(found), *_tightest(found), _proof(found)])
    sentences = [_no_plan(found)]
    if found.partial is not None:
        best = summary(found.partial)
        sentences.append(Title(zh=f"可以做到的最好部分：{best.zh}", en=f"The best part of it: {best.en}"))
    return _sentences(sentences)


def _sentences(titles: Sequence[Title]) -> Title:
    return Title(zh="".join(title.zh for title in titles), en=" ".join(title.en for title in titles))


def _course(plan: Plan) -> Title:
    certificate, names = plan.certificate, {task.id: task.name for task in plan.problem.tasks}
    done = [names[stop.stop.task] for stop in certificate.stops]
    low, high = certificate.likely_end_s
    expected, worst = (certificate.way_to_end[case].ends_s for case in (Case.EXPECTED, Case.WORST))
    if not done:
        return Title(
            zh=f"什么也不做，{expected:.0f} 秒后到终点。", en=f"Nothing is done; at the end in {expected:.0f} s."
        )
    return Title(
        zh=f"{len(done)} 项，预计 {expected:.0f} 秒（多半 {low:.0f} 至 {high:.0f} 秒，最长 {worst:.0f} 秒）："
        f"{'、'.join(name.zh for name in done)}。",
        en=f"{len(done)} task{'s' * (len(done) > 1)} in {expected:.0f} s as expected ({low:.0f} to {high:.0f} s "
        f"likely, {worst:.0f} s at worst): {', '.join(name.en for name in done)}.",
    )


def _left_out(plan: Plan) -> list[Title]:
    tasks = {task.id: task for task in plan.problem.tasks}
    left = [(tasks[name].name, reason_for(plan, tasks[name])) for name in plan.certificate.left_out]
    if not left:
        return []
    return [
        Title(
            zh=f"略去：{'；'.join(f'{name.zh}（{why.zh}）' for name, why in left)}。",
            en=f"Left out: {'; '.join(f'{name.en} ({why.en})' for name, why in left)}.",
        )
    ]


def reason_for(plan: Plan, task: Task) -> Title:
    """Why a plan leaves a task out: what it can not keep by itself, or that other tasks need the time."""
    wanted = tuple(replace(other, required=other.id == task.id) for other in plan.problem.tasks)
    conflict = minimal_conflict(replace(plan.problem, tasks=wanted))
    if conflict is not None:
        names = [_demand(plan.problem, m) for m in conflict.members if m.kind is not Kind.REQUIRED]
        if not names:
            return Title(zh="没有路到那里", en="no way leads there")
        return Title(
            zh=f"单独做也不行：{'、'.join(name.zh for name in names)}",
            en=f"can not be done even alone: {', '.join(name.en for name in names)}",
        )
    if plan.problem.limit_s is not None:
        return Title(
            zh=f"{plan.problem.limit_s:g} 秒内来不及再做", en=f"no time left for it within {plan.problem.limit_s:g} s"
        )
    return Title(zh="时限内来不及再做", en="other tasks need the time before its deadline")


def _tightest(plan: Plan) -> list[Title]:
    """The time limit with the least room."""
    certificate, tasks = plan.certificate, {task.id: task.name for task in plan.problem.tasks}
    rooms: list[tuple[float, Title]] = []
    if certificate.slack_s is not None:
        rooms.append((certificate.slack_s, Title(zh="总时限", en="the limit of the whole")))
    for stop in certificate.stops:
        if stop.slack_s is not None:
            name = tasks[stop.stop.task]
            rooms.append((stop.slack_s, Title(zh=f"“{name.zh}”的时限", en=f"the deadline of '{name.en}'")))
    if not rooms:
        return []
    room_s, of = min(rooms, key=lambda room: room[0])
    return [
        Title(zh=f"最紧的是{of.zh}：还剩 {room_s:.1f} 秒。", en=f"What is tightest is {of.en}: {room_s:.1f} s left.")
    ]


def _proof(plan: Plan) -> Title:
    reached, bound = plan.certificate.reached, plan.bound
    if plan.optimal:
        return Title(zh="已证明没有更好的计划。", en="No plan is better: proved.")
    if bound is None or bound.worth != reached.worth or not reached.end_s:
        return Title(zh="不排除有能做更多的计划。", en="It is not proved that no more can be done.")
    gap = 100.0 * (1.0 - bound.end_s / reached.end_s)
    return Title(zh=f"任何计划最多再快 {gap:.0f} %。", en=f"No plan is quicker by more than {gap:.0f} %: proved.")


def _no_plan(found: Shortfall) -> Title:
    if found.conflict is None:
        return Title(
            zh="在给定的搜索量内既没有找到计划，也没有证明不存在。",
            en="Within its effort the search neither found a plan nor why there is none.",
        )
    demands = [_demand(found.problem, member) for member in found.conflict.members]
    return Title(
        zh=f"没有可行的计划，以下不能同时满足：{'；'.join(demand.zh for demand in demands)}。"
        "去掉其中任何一条，其余就能满足。",
        en=f"There is no plan; these can not all be kept: {'; '.join(demand.en for demand in demands)}. "
        "Without any one of them the others can.",
    )


def _demand(problem: Problem, constraint: Constraint) -> Title:
    """A constraint in words."""
    tasks = {task.id: task for task in problem.tasks}
    named = [tasks[name].name for name in constraint.of if name in tasks]
    if constraint.kind is Kind.LIMIT:
        return Title(zh=f"总共不超过 {problem.limit_s:g} 秒", en=f"at most {problem.limit_s:g} s in all")
    if constraint.kind is Kind.PERMIT:
        (zone,) = constraint.of
        times = ", ".join(f"{p.opens_s:g}-{p.closes_s:g} s" for p in problem.permits if p.zone == zone)
        return Title(zh=f"区域“{zone}”的许可（{times or '无'}）", en=f"the permits for '{zone}' ({times or 'none'})")
    if constraint.kind is Kind.PRECEDENCE:
        first, then = named
        return Title(zh=f"先“{first.zh}”再“{then.zh}”", en=f"'{first.en}' before '{then.en}'")
    (name,) = named
    if constraint.kind is Kind.DEADLINE:
        deadline_s = tasks[constraint.of[0]].deadline_s
        return Title(zh=f"“{name.zh}”在 {deadline_s:g} 秒内完成", en=f"'{name.en}' within {deadline_s:g} s")
    return Title(zh=f"必须做“{name.zh}”", en=f"'{name.en}' has to be done")
