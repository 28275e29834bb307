"""A dialogue with a station, whoever carries its words: what is said is understood, read back, confirmed and begun.

Nothing moves before a person has confirmed what was read back. A stop needs no confirmation, no grammar and no model,
and is on the controller before anything is printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.spelling import language_of
from linewalker.inspection.title import Title
from linewalker.station.acting.nobody import Nobody
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.approval.assistant import STILL_M_S, STILL_S, Reader
from linewalker.station.approval.performer import Draft, Phase

YES = frozenset(["y", "yes", "ok", "okay", "sure", "是", "是的", "好", "好的", "对", "确认", "可以", "行", "嗯"])
NO = frozenset(["n", "no", "nope", "否", "不", "不是", "不要", "不用", "算了", "不行"])
_AT_ONCE = ("stop", "pause", "resume", "status")
_MEASURE_S, _LOOK_S = 10.0, 0.02

CONFIRM = Title(zh="执行吗？(y/是)", en="Shall it be done? (y/n)")
_AFTER = Title(zh="正在执行别的任务；确认后排在其后。", en="Something runs already; this would follow it.")
_DROPPED = Title(zh="好的，不做。", en="Very well, it is not done.")
_NOT_YET = Title(zh="上一条没有确认，不做。", en="The order before was not confirmed and is not done.")
_ALONE = Title(zh="“{}”请单独说。", en="Please say '{}' by itself.")
_STOPPING = Title(zh="正在停止……", en="stopping ...")
_NOT_MEASURED = Title(
    zh="已要求停止，但尚未测得静止。", en="The stop was asked for, but it was not measured that it stands."
)
_PAUSED = Title(
    zh="好的，在下一个安全时刻站住；说“继续”再走。", en="It rests at the next safe instant; say 'resume' to go on."
)
_RESUMED = Title(zh="好的，继续。", en="It goes on.")
_STATES = {
    Phase.IDLE: Title(zh="待命", en="standing by"),
    Phase.WORKING: Title(zh="正在执行", en="at work"),
    Phase.DONE: Title(zh="已完成", en="done"),
    Phase.FAILED: Title(zh="未完成", en="not done"),
    Phase.CANCELLED: Title(zh="已取消", en="cancelled"),
    Phase.STOPPED: Title(zh="已停止", en="stopped"),
}


@dataclass(frozen=True, kw_only=True)
class _Offer:
    """What was read back and waits for a yes."""

    goals: tuple[Goal, ...]
    plan: Mapping[str, Any]
    language: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Ears:
    """Who understands and who answers.

    Attributes:
        reader: understands orders.
        answer: answers questions out of records.
        say: shows a text to the person.
        show: shows what was understood where nothing is done: a question, a refusal, an answer.
    """

    reader: Reader
    answer: Callable[[Interpretation], Interpretation]
    say: Callable[[str], None]
    show: Callable[[Interpretation], None]


class Conversation:
    """See the module.

    Args:
        performer: plans and moves.
        ears: understand and answer.
        at_once: what is read back is begun without asking.

    Attributes:
        waits: whether a yes or no is awaited.
        halts: how often somebody has said stop while something else was still being heard.
        language: of what was said last.
    """

    def __init__(self, performer: StationPerformer | Nobody, ears: Ears, *, at_once: bool = False):
        self._performer, self._ears, self._at_once = performer, ears, at_once
        self._history: list[str] = []
        self._offer: _Offer | None = None
        self._begun = 0
        self.halts = self._said_at = 0
        self.language = "zh"

    @property
    def waits(self) -> bool:
        """See the class."""
        return self._offer is not None

    def halt(self) -> None:
        """Stop the robot, whatever is just being heard; what was said before begins nothing any more."""
        self._performer.request_stop()
        self.halts += 1

    def hear(self, text: str, halts: int | None = None) -> None:
        """Take one line of a person.

        Args:
            text: the line.
            halts: as it was when it was said; None: it is said now.
        """
        if not (text := text.strip()):
            return
        self._said_at = self.halts if halts is None else halts
        if self._ears.reader.stops(text):
            self._performer.request_stop()  # before anything else is looked at
            self.language = language_of(text)
            self.stop()
            return
        word = text.lower().rstrip(".!。！")
        if self._offer is not None and word in YES and self._said_at == self.halts:
            self._begin(self._offer)
            return
        if self._offer is not None:
            self._offer = None
            self._say(_DROPPED if word in NO else _NOT_YET)
            if word in NO:
                return
        self._read(text)

    def stop(self) -> None:
        """Stop the robot, and say so when it was measured that it stands."""
        self._performer.request_stop()
        self._offer = None
        self._say(_STOPPING)
        deadline = time.monotonic() + _MEASURE_S
        while time.monotonic() < deadline:
            now = self._performer.standing()
            speed = now.speed_m_s
            if now.stop and speed is not None and speed <= STILL_M_S and now.still_s >= STILL_S:
                measured_zh = f"已停止：速度 {speed:.3f} m/s，静止 {now.still_s:.1f} 秒。"
                self._say(Title(zh=measured_zh, en=f"Stopped: {speed:.3f} m/s, still for {now.still_s:.1f} s."))
                return
            if self._performer.fault is not None or isinstance(self._performer, Nobody):
                break
            time.sleep(_LOOK_S)
        self._say(_NOT_MEASURED)

    def status(self) -> Title:
        """What the robot does now."""
        now, standing = self._performer.progress(), self._performer.standing()
        state = _STATES[now.phase]
        zh, en = state.zh, state.en
        if now.phase is Phase.WORKING and now.doing is not None:
            zh, en = f"{zh}（{now.done}/{now.of}）：{now.doing.zh}", f"{en} ({now.done}/{now.of}): {now.doing.en}"
        elif now.because is not None:
            zh, en = f"{zh}：{now.because.title.zh}", f"{en}: {now.because.title.en}"
        if self._performer.held:
            zh, en = f"{zh}；已暂停", f"{en}; held"
        if standing.stop:
            zh, en = f"{zh}；停止状态", f"{en}; {standing.stop}"
        return Title(zh=f"{zh}。", en=f"{en}.")

    # ------------------------------------------------------------------ one order
    def _read(self, text: str) -> None:
        read = self._ears.reader.read(text, tuple(self._history))
        self.language = read.language
        if read.course in (Course.ASK, Course.REFUSE):
            if read.course is Course.ASK:
                self._history.append(text)
            self._ears.show(read)
            return
        self._history.append(text)
        now = [goal.skill for goal in read.goals if goal.skill in _AT_ONCE]
        if now and len(read.goals) > 1:
            self._say(Title(zh=_ALONE.zh.format(now[0]), en=_ALONE.en.format(now[0])))
        elif now:
            self._at_once_goal(now[0])
        elif read.course is Course.ANSWER:
            self._ears.show(self._ears.answer(read))
        else:
            self._propose(read)

    def _at_once_goal(self, skill: str) -> None:
        if skill == "stop":
            self.stop()
        elif skill == "pause":
            self._performer.pause()
            self._say(_PAUSED)
        elif skill == "resume":
            self._performer.resume()
            self._say(_RESUMED)
        else:
            self._say(self.status())

    def _propose(self, read: Interpretation) -> None:
        draft = self._performer.prepare(read.goals)
        if isinstance(draft, Because):
            self._say(draft.title)
            return
        if self._said_at != self.halts:
            self._say(_DROPPED)
            return
        self._offered(read, draft)

    def _offered(self, read: Interpretation, draft: Draft) -> None:
        offer = _Offer(goals=read.goals, plan=draft.plan, language=read.language)
        said = read.read_back or (draft.read_back.zh if read.language == "zh" else draft.read_back.en)
        self._ears.say(said)
        self._say(draft.read_back)
        if self._at_once:
            self._begin(offer)
            return
        if self._performer.busy:
            self._say(_AFTER)
        self._say(CONFIRM)
        self._offer = offer

    def _begin(self, offer: _Offer) -> None:
        self._offer = None
        self._begun += 1
        against = self._performer.append(f"O{self._begun}", offer.goals, offer.plan)
        if against is not None:
            self._say(against.title)

    def _say(self, title: Title) -> None:
        self._ears.say(title.zh if self.language == "zh" else title.en)
