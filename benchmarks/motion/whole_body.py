"""The whole-body tick, dynamics and QP, beside TSID on the very same states and tasks of a walking robot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.peers.pinocchio_body import PeerMissing
from benchmarks.peers.tsid_body import SPIN_PRICE, TsidWholeBody
from benchmarks.rig import Rig
from benchmarks.table import Row
from linewalker.cerebellum.balance.whole_body import Tasks, WholeBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.robot import CONTROL_PERIOD_S

WARM_S, STATES = 1.0, 2000
SAME_ACCELERATION, SAME_TORQUE_NM = 0.1, 0.5
"""Largest difference of any acceleration (m/s2, rad/s2; they reach 100) and of any joint torque at which two solutions
count as the same."""
AT_LIMIT = 0.999
"""Share of its limit at which a torque is clipped here and bounded there, which is not the same problem any more."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One tick of a walk: the estimated state as `Dynamics.update` takes it, and what was asked of the body."""

    q: np.ndarray
    v: np.ndarray
    tasks: Tasks


def wholebody(setting: Setting) -> Iterator[Row]:
    """Dynamics and QP of one tick beside TSID and bare dynamics, same states and tasks."""
    rig = setting.rig(setting.seed, setting.floor())
    moments = walk(rig)
    body = Dynamics(setting.profile)
    control = WholeBody(setting.profile, body, effort_limits(setting.profile))

    def update(i: int) -> None:
        body.update(moments[i].q, moments[i].v)

    def tick(i: int) -> None:
        update(i)
        control.solve(moments[i].tasks)

    yield cost_row("whole-body tick: dynamics and QP", clock(STATES, tick))
    yield from peer_rows(setting, moments, control)
    yield cost_row("bare dynamics: ours, on MuJoCo", clock(STATES, update))


def walk(rig: Rig) -> list[Moment]:
    """Walk a curve and keep every tick of it."""
    rig.motion.walk(0.5, 0.0, 0.2)
    rig.run(WARM_S)
    moments = []
    for _ in range(STATES):
        rig.run(CONTROL_PERIOD_S)
        body, asked = rig.motion.dynamics, rig.motion.tasks
        tasks = Tasks(len(body.rest))
        for name in ("com_acc", "spin_acc", "foot_acc", "contact", "max_force_n", "rest_acc"):
            getattr(tasks, name)[:] = getattr(asked, name)
        tasks.spin_price[:] = SPIN_PRICE
        tasks.foot_acc[tasks.contact > 0.0] = 0.0  # a foot that stands does not move, in TSID
        moments.append(Moment(q=body.data.qpos.copy(), v=body.data.qvel.copy(), tasks=tasks))
    return moments


def peer_rows(setting: Setting, moments: list[Moment], control: WholeBody) -> Iterator[Row]:
    """TSID, how far its solutions are from ours, and bare Pinocchio; or how to get them."""
    try:
        peer = TsidWholeBody(setting.profile, control.dynamics)
    except PeerMissing as missing:
        yield Row(what="the same in TSID", values={}, note=f"not measured: {missing}")
        return
    asked = [peer.state(moment.q, moment.v) for moment in moments]

    def ask(i: int) -> None:
        peer.ask(moments[i].q, moments[i].tasks)

    times_us = clock(len(moments), lambda i: peer.solve(*asked[i]), before=ask)
    yield cost_row("the same in TSID: computeProblemData, solve", times_us)
    yield agreement(setting, moments, control, peer)
    yield cost_row("bare dynamics: Pinocchio", clock(len(moments), lambda i: peer.body.bare_dynamics(*asked[i])))


def agreement(setting: Setting, moments: list[Moment], control: WholeBody, peer: TsidWholeBody) -> Row:
    """How far TSID's solutions are from ours, wherever no torque is at its limit."""
    effort_nm, differences = effort_limits(setting.profile), []
    for moment in moments:
        control.dynamics.update(moment.q, moment.v)
        torques = control.solve(moment.tasks)
        if (np.abs(torques) > AT_LIMIT * effort_nm).any():
            continue
        peer.ask(moment.q, moment.tasks)
        peer.solve(*peer.state(moment.q, moment.v))
        acceleration = np.abs(peer.acceleration(moment.q, moment.v) - control.acceleration)
        differences.append((float(acceleration.max()), float(np.abs(peer.torques() - torques).max())))
    worst = dict(zip(("m/s2 or rad/s2", "N m"), np.max(differences, axis=0).tolist()))
    must = dict(zip(worst, (SAME_ACCELERATION, SAME_TORQUE_NM)))
    name = f"TSID's solutions against ours, worst of {len(differences)}, no torque at its limit"
    return Row(what=name, values=worst, must=must, digits=3)


def clock(
    count: int,
    work: Callable[[int], None],
    before: Callable[[int], None] = lambda i: None,  # noqa: ARG005
) -> list[float]:
    """Thread CPU time of each of so many pieces of work, us; ``before`` is not counted."""
    times_us = []
    for i in range(count):
        before(i)
        begin_s = time.thread_time()
        work(i)
        times_us.append(1e6 * (time.thread_time() - begin_s))
    return times_us


def cost_row(what: str, times_us: list[float]) -> Row:
    """Median and 99th percentile."""
    p50, p99 = np.percentile(times_us, [50, 99]).tolist()
    return Row(what=f"{what}, thread CPU", values={"p50": p50, "p99": p99}, unit="us", digits=0)
