"""Plans goals and carries them out with the robot of a station, in a thread of its own (see `approval.performer`).

A stop waits for nobody: whoever asks for it puts it on the controller himself, and the controller takes it at its next
tick, whatever the thread is at.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import numpy as np

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.brain.planning.digest import digest
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import (
    LinewalkerError,
    MotionRefused,
    PlanRefused,
    RobotFell,
    RobotLost,
    RobotStopped,
    StationFault,
    StorageFault,
    in_words,
)
from linewalker.inspection.title import Title
from linewalker.station.acting.certified_errand import CertifiedErrand, check
from linewalker.station.acting.errand_maker import Errand, title_of
from linewalker.station.acting.errand_runner import OrderCancelled
from linewalker.station.acting.log_book import Happening
from linewalker.station.acting.standing_watch import StandingWatch
from linewalker.station.acting.task import CarTask, Task
from linewalker.station.acting.workplace import Workplace
from linewalker.station.approval.performer import Draft, Phase, Progress, Standing

_IDLE_S = 0.05
_AFTER_STOP_S = 1.0  # long enough to measure that it stands
_ELSEWHERE_M = 0.3
_MOST_PREPARED = 64


@dataclass(kw_only=True)
class _Work:
    """An errand that waits or runs."""

    proposal: str
    errand: Errand
    ends: Waypoint
    what: Title
    done: int = 0


@dataclass
class _Shared:
    """What threads tell one another; under the lock."""

    waiting: deque[_Work] = field(default_factory=deque)
    running: _Work | None = None
    progress: Progress = field(default_factory=Progress)
    prepared: dict[str, CertifiedErrand] = field(default_factory=dict)
    stopping: bool = False
    releasing: bool = False
    closing: bool = False
    fault: LinewalkerError | None = None


class StationPerformer:
    """See the module; a context manager, whose thread works as long as the block lasts.

    Attributes:
        fault: what ended its work for good: a fall, a lost robot, a full disk, a bug; None as long as it works.
    """

    def __init__(self, workplace: Workplace):
        self._place = workplace
        self._changed = threading.Condition()
        self._shared = _Shared()
        self._planning = threading.Lock()
        self._watch = StandingWatch(workplace.operator)
        self._thread = threading.Thread(target=self._serve, name="performer", daemon=True)
        workplace.operator.on_tick.append(self._watch.tick)
        workplace.runner.on_step = self._step_done

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._changed:
            self._shared.closing = True
            if kind is not None:
                self._shared.waiting.clear()
            self._changed.notify_all()
        if kind is not None:
            self.cancel()
        self._thread.join()

    # ------------------------------------------------------------------ what others ask for, from any thread
    @property
    def robot(self) -> str:
        """The name of the robot that would move."""
        return self._place.robot

    @property
    def plan_fingerprint(self) -> str:
        """Of the inspection plan that is in force."""
        return self._place.plan_fingerprint

    def prepare(self, goals: Sequence[Goal]) -> Draft | Because:
        """Plan and prove; nothing moves."""
        found = self._certified(goals, self._where())
        if isinstance(found, Because):
            return found
        low_s, high_s = found.likely_s
        what = title_of(found.errand)
        left_out = sum(len(task.mission.refused) for task in found.errand if isinstance(task, CarTask))
        zh, en = f"{what.zh}；约 {low_s:.0f}-{high_s:.0f} 秒", f"{what.en}; about {low_s:.0f} to {high_s:.0f} s"
        if left_out:
            zh, en = f"{zh}；其中 {left_out} 项做不到或来不及", f"{en}; {left_out} of them can not be done or in time"
        with self._changed:
            prepared = self._shared.prepared
            prepared[digest(found.document())] = found
            while len(prepared) > _MOST_PREPARED:
                del prepared[next(iter(prepared))]
        return Draft(plan=found.document(), read_back=Title(zh=zh, en=en))

    def begin(self, proposal: str, goals: Sequence[Goal], plan: Mapping[str, Any]) -> Because | None:
        """Carry this very plan out; see `Performer`."""
        if self.busy:
            return _because("busy", "机器人正在执行另一个任务", "the robot is at work already")
        return self.append(proposal, goals, plan)

    def append(self, proposal: str, goals: Sequence[Goal], plan: Mapping[str, Any]) -> Because | None:
        """As `begin`, after whatever runs and waits."""
        try:
            check(plan)
        except PlanRefused as refused:
            return _because("plan_refused", f"方案未通过核查：{refused}", f"the checker refuses this plan: {refused}")
        start = _start_of(plan)
        if np.hypot(*(start.p - self._where().p)) > _ELSEWHERE_M:
            return _because(
                "plan_changed", "机器人已不在原处，请重新提出", "the robot stands elsewhere now; propose it anew"
            )
        with self._changed:
            known = self._shared.prepared.get(_digest_of(plan))
        found = known or self._certified(goals, start)
        if isinstance(found, Because):
            return found
        if not found.is_what(plan) or found.goals != tuple(goal.document() for goal in goals):
            return _because(
                "plan_changed", "情况已变，请重新提出", "things have changed since it was proposed; propose it anew"
            )
        with self._changed:
            if self._shared.fault is not None:
                return _because("station_fault", f"工位故障：{self._shared.fault}", f"{self._shared.fault}")
            work = _Work(proposal=proposal, errand=found.errand, ends=found.ends, what=title_of(found.errand))
            if self._shared.running is None and not self._shared.waiting:
                self._shared.progress = Progress(proposal=proposal, phase=Phase.WORKING, of=len(work.errand))
            self._shared.waiting.append(work)
            self._changed.notify_all()
        return None

    def progress(self) -> Progress:
        """How far it has come."""
        with self._changed:
            return self._shared.progress

    @property
    def busy(self) -> bool:
        """Whether something runs or waits."""
        with self._changed:
            return self._shared.running is not None or bool(self._shared.waiting)

    @property
    def fault(self) -> LinewalkerError | None:
        """See the class."""
        with self._changed:
            return self._shared.fault

    def wait(self, timeout_s: float | None = None) -> bool:
        """Until nothing runs and nothing waits; real time. Returns whether that is so."""
        with self._changed:
            return self._changed.wait_for(
                lambda: (self._shared.running is None and not self._shared.waiting) or self._shared.fault is not None,
                timeout_s,
            )

    def cancel(self) -> None:
        """Break off what runs, and forget what waits: the robot draws in its arms and stands."""
        with self._changed:
            self._shared.waiting.clear()
            if self._shared.running is not None:
                self._place.runner.cancelled = True

    def pause(self) -> None:
        """Rest at the next instant at which that is safe: walking, at once; at work at a car, when a scan is done."""
        self._place.runner.held = True
        self._place.log.note(Happening.PAUSE_ASKED)

    def resume(self) -> None:
        """Go on; a robot that holds after a stop is released, and begins nothing by itself."""
        self._place.runner.held = False
        self._place.log.note(Happening.WENT_ON)
        with self._changed:
            self._shared.releasing = self._place.operator.motion.stop_state is StopState.HOLDING
            self._changed.notify_all()

    @property
    def held(self) -> bool:
        """Whether somebody has paused it."""
        return self._place.runner.held

    def request_stop(self) -> None:
        """Stop the robot; the controller takes it at its next tick."""
        self._place.operator.motion.request_stop()  # first of all, and without any lock
        with self._changed:
            self._shared.waiting.clear()
            self._shared.stopping = True
            self._changed.notify_all()

    def standing(self) -> Standing:
        """How the robot stands, as it was measured last."""
        return self._watch.standing

    # ------------------------------------------------------------------ planning
    def _certified(self, goals: Sequence[Goal], start: Waypoint) -> CertifiedErrand | Because:
        with self._planning:  # one at a time: planning has figures of its own, but only one set of them
            return self._place.certified(goals, start)

    def _where(self) -> Waypoint:
        """From where the next errand begins: where the last one ends that runs or waits, else where the robot is."""
        with self._changed:
            work = self._shared.waiting[-1] if self._shared.waiting else self._shared.running
        if work is not None:
            return work.ends
        return Waypoint.at(np.round(self._place.operator.motion.middle_W, 2))

    # ------------------------------------------------------------------ the thread
    def _serve(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._wanted, timeout=_IDLE_S if self._place.balances else None)
                shared, work = self._shared, None
                if not shared.stopping and not shared.releasing:
                    if shared.closing and not shared.waiting:
                        return
                    work = shared.waiting.popleft() if shared.waiting else None
                stopping, releasing = shared.stopping, shared.releasing
                shared.running, shared.releasing = work, False
            try:
                try:
                    self._take_up(work, stopping=stopping, releasing=releasing)
                except RobotStopped as stop:
                    self._stopped(work, stop)
            except LinewalkerError as error:
                self._break_off(work, error, _because("station_fault", f"工位故障：{error}", str(error)))
            except Exception as error:  # noqa: BLE001  a thread that dies of a bug tells whoever waits for it
                said = in_words(error)
                fault = StationFault(f"the program broke off: {said}; what was judged is kept")
                fault.__cause__ = error
                self._break_off(work, fault, _because("program_fault", f"程序出错：{said}", said))

    def _take_up(self, work: _Work | None, *, stopping: bool, releasing: bool) -> None:
        """What is most urgent."""
        if stopping:
            self._stand(_AFTER_STOP_S)
            with self._changed:
                self._shared.stopping = False  # it held already
        elif releasing:
            self._release()
        elif work is not None:
            self._carry_out(work)
        elif self._place.balances:
            self._stand(_IDLE_S)

    def _break_off(self, work: _Work | None, fault: LinewalkerError, because: Because) -> None:
        """Nothing goes on after this; a robot that still can comes to rest first."""
        if not isinstance(fault, RobotFell | RobotLost):
            with suppress(Exception):  # it is broken off already
                self._place.runner.draw_in()
        self._end(work, Phase.FAILED, because, fault)

    def _wanted(self) -> bool:
        shared = self._shared
        return bool(shared.waiting) or shared.stopping or shared.releasing or shared.closing

    def _carry_out(self, work: _Work) -> None:
        place = self._place
        place.log.context = {"order": work.proposal}
        self._tell(Progress(proposal=work.proposal, phase=Phase.WORKING, of=len(work.errand), doing=work.what))
        try:
            if place.operator.motion.stop_state is StopState.HOLDING:
                self._release()
            place.log.note(Happening.ORDER_BEGUN, what=work.what)
            place.runner.run(work.errand)
        except OrderCancelled as cancelled:
            place.log.note(Happening.ORDER_CANCELLED, what=work.what)
            place.runner.draw_in()
            self._end(work, Phase.CANCELLED, _because("cancelled", cancelled.in_chinese, str(cancelled)))
        except MotionRefused as refused:
            self._end(work, Phase.FAILED, _because("motion_refused", f"机器人拒绝运动：{refused}", str(refused)))
        else:
            place.log.note(Happening.ORDER_DONE, what=work.what)
            self._end(work, Phase.DONE)

    def _stand(self, duration_s: float) -> None:
        self._place.operator.run(self._place.operator.wait(duration_s))

    def _stopped(self, work: _Work | None, stop: RobotStopped) -> None:
        place = self._place
        with self._changed:
            asked, self._shared.stopping = self._shared.stopping, False
        if asked:
            place.log.note(Happening.STOP_ASKED)
        place.log.note(Happening.STOPPED, why=str(stop))
        with suppress(RobotStopped):  # it may have to step once more, and holds again
            self._stand(_AFTER_STOP_S)
        self._end(work, Phase.STOPPED, _because("stopped", f"已停止并站稳：{stop}", str(stop)))

    def _release(self) -> None:
        """Let a robot that holds after a stop run again; its arms come back, and it stands."""
        self._place.operator.motion.acknowledge()
        self._place.log.note(Happening.RELEASED)
        self._place.runner.draw_in()

    def _end(
        self, work: _Work | None, phase: Phase, because: Because | None = None, fault: LinewalkerError | None = None
    ) -> None:
        place = self._place
        if phase is Phase.FAILED and because is not None:
            what = work.what if work else Title(zh="待命", en="standing by")
            with suppress(StorageFault):  # it is told all the same, and nothing begins any more
                place.log.note(Happening.ORDER_FAILED, what=what, why=because.title)
        place.runner.cancelled = place.runner.held = False
        place.log.context = {}
        with self._changed:
            now = self._shared.progress
            if work is not None or phase is not Phase.DONE:
                name = work.proposal if work else now.proposal
                done, of = (work.done, len(work.errand)) if work else (now.done, now.of)
                self._shared.progress = Progress(proposal=name, phase=phase, done=done, of=of, because=because)
            self._shared.running = None
            self._shared.fault = fault
            if fault is not None:
                self._shared.waiting.clear()
                self._shared.closing = True
            self._changed.notify_all()

    def _tell(self, progress: Progress) -> None:
        with self._changed:
            self._shared.progress = progress
            self._changed.notify_all()

    def _step_done(self, task: Task) -> None:
        with self._changed:
            work, now = self._shared.running, self._shared.progress
            if work is None:
                return
            work.done += 1
            later = work.errand[work.done].title if work.done < len(work.errand) else task.title
            self._shared.progress = Progress(
                proposal=now.proposal, phase=now.phase, done=work.done, of=now.of, doing=later
            )


def _start_of(plan: Mapping[str, Any]) -> Waypoint:
    start = next(place for place in plan["problem"]["places"] if place["id"] == plan["problem"]["start"])
    return Waypoint(x=start["x_m"], y=start["y_m"], yaw=start["yaw_rad"])


def _digest_of(plan: Mapping[str, Any]) -> str:
    try:
        return digest(plan)
    except PlanRefused:
        return ""


def _because(code: str, zh: str, en: str) -> Because:
    return Because(code=code, title=Title(zh=zh, en=en))
