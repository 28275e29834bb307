"""What a face outside (a client over MCP, a page) may ask of a station, and the gate in front of every motion.

Proposing costs nothing and moves nothing. Starting needs the leave of an operator, see `leave`. Stopping needs nothing
and waits for nobody.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.inspection.title import Title
from linewalker.station.approval.leave import NO_SUCH_PROPOSAL, Circumstances, objection
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.performer import Performer, Phase, Progress, Standing
from linewalker.station.approval.proposal import Filed, Proposal, ProposalState
from linewalker.station.approval.proposal_book import ProposalBook

GOOD_FOR_S = 600.0
"""How long a proposal may be approved and started."""
MOST_OPEN = 20
"""Proposals that may wait at once: an operator can not look at more."""
STILL_M_S, STILL_S = 0.03, 0.3
"""A robot is called stopped when its speed has been below the one for the other, as it measured itself."""

_BUSY = Because(code="busy", title=Title(zh="机器人正在执行另一个提案", en="the robot carries another proposal out"))
_TOO_MANY = Because(
    code="too_many_proposals",
    title=Title(
        zh=f"已有 {MOST_OPEN} 个提案等待批准；请等待或取消",
        en=f"{MOST_OPEN} proposals wait for approval already; wait, or cancel some",
    ),
)
_STOPPED = Because(code="stopped", title=Title(zh="已要求停止", en="a stop was asked for"))
_CANCELLED = Because(code="cancelled", title=Title(zh="按要求取消", en="it was cancelled on request"))
_NOT_PAUSED = Because(code="not_paused", title=Title(zh="没有暂停中的任务", en="nothing is paused that could go on"))
_DIED = Because(
    code="program_ended", title=Title(zh="执行时程序已结束", en="the program ended while it was carried out")
)
_ENDS = {
    Phase.DONE: ProposalState.DONE,
    Phase.FAILED: ProposalState.FAILED,
    Phase.CANCELLED: ProposalState.CANCELLED,
    Phase.STOPPED: ProposalState.CANCELLED,
}
_WITHOUT_WORDS = {Phase.CANCELLED: _CANCELLED, Phase.STOPPED: _STOPPED}


class Reader(Protocol):
    """Understands orders."""

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """What an order means after the earlier ones of its dialogue, the latest last."""

    def stops(self, order: str) -> bool:
        """Whether an order is to stop, by its words alone: no network, no model, some milliseconds at most."""


@dataclass(frozen=True, kw_only=True)
class StopAnswer:
    """What a client is told of a stop.

    Attributes:
        stopped: True only if it was measured.
        standing: what was measured.
        said: in words.
    """

    stopped: bool
    standing: Standing
    said: Title


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """What an assistant works with.

    Attributes:
        performer: plans and moves.
        book: of proposals.
        clock: seconds since 1970.
        key: the operator's, read once, when the station starts; None: an approval needs no signature.
        nonce: something never said before.
    """

    performer: Performer
    book: ProposalBook
    clock: Callable[[], float]
    key: OperatorKey | None = None
    nonce: Callable[[], str] = field(default=lambda: secrets.token_hex(8))


class Assistant:
    """See the module. It may be asked from any thread."""

    def __init__(self, desk: Desk, reader: Reader, answer: Callable[[Interpretation], Interpretation]):
        self._desk, self._reader, self._answer = desk, reader, answer
        self._stops = 0
        self._gate = threading.Lock()

    # ------------------------------------------------------------------ words
    def stops(self, order: str) -> bool:
        """Whether an order is to stop; at once."""
        return self._reader.stops(order)

    def ask(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """Understand and, where it is a question, answer. An order to stop stops; nothing else is done."""
        if self._reader.stops(order):
            self.halt()
        read = self._reader.read(order, after)
        if any(goal.skill == "stop" for goal in read.goals):
            self.stop()
        return self._answer(read) if read.course is Course.ANSWER else read

    def tell(self, goal: Goal, language: str) -> Interpretation:
        """Answer a goal that only tells."""
        return self._answer(Interpretation(language=language, course=Course.ANSWER, goals=(goal,)))

    # ------------------------------------------------------------------ proposals
    def propose(self, goals: Sequence[Goal], order: str = "") -> Filed | Because:
        """Plan, prove and file, under an id that stands for all of it; nothing moves.

        Args:
            goals: held to their slots already.
            order: the words they were asked for in, for the operator to see.
        """
        if any(goal.skill == "stop" for goal in goals):
            self.stop()
            return _STOPPED
        desk = self._desk
        self.refresh()
        waiting = sum(filed.state is ProposalState.PROPOSED for filed in desk.book.pending())
        if waiting >= MOST_OPEN:
            return _TOO_MANY
        draft = desk.performer.prepare(goals)
        if isinstance(draft, Because):
            return draft
        now_s = desk.clock()
        proposal = Proposal(
            goals=tuple(goal.document() for goal in goals),
            plan=draft.plan,
            plan_fingerprint=desk.performer.plan_fingerprint,
            robot=desk.performer.robot,
            nonce=desk.nonce(),
            read_back=draft.read_back,
            order=order,
            created_s=now_s,
            expires_s=now_s + GOOD_FOR_S,
        )
        return desk.book.file(proposal)

    def start(self, proposal_id: str) -> Filed | Because:
        """Carry a proposal out, if an operator has given leave for exactly that; once."""
        desk, stops = self._desk, self._stops
        with self._gate:
            self.refresh()
            filed = desk.book.find(proposal_id)
            if filed is None:
                return NO_SUCH_PROPOSAL
            against = objection(filed, self._circumstances())
            if against is not None:
                return against
            if desk.performer.progress().phase is Phase.WORKING:
                return _BUSY
            if not desk.book.advance(filed.id, ProposalState.STARTED):  # another program was faster
                return objection(desk.book.find(filed.id) or filed, self._circumstances()) or _BUSY
            against = _STOPPED
            if self._stops == stops:
                against = desk.performer.begin(filed.id, filed.proposal.as_goals(), filed.proposal.plan)
            if against is not None:
                desk.book.advance(filed.id, ProposalState.FAILED, because=against)
                return against
        return desk.book.find(filed.id) or filed

    def cancel(self, proposal_id: str) -> Filed | Because:
        """Take a proposal back, or break off what is carried out of it."""
        desk = self._desk
        filed = desk.book.find(proposal_id)
        if filed is None:
            return NO_SUCH_PROPOSAL
        if filed.state is ProposalState.STARTED:
            if desk.performer.progress().proposal == filed.id:
                desk.performer.cancel()
        else:
            desk.book.advance(filed.id, ProposalState.CANCELLED, because=_CANCELLED)
        return desk.book.find(filed.id) or filed

    def find(self, proposal_id: str) -> Filed | None:
        """What became of a proposal."""
        self.refresh()
        return self._desk.book.find(proposal_id)

    def proposals(self) -> tuple[Filed, ...]:
        """All there are, the oldest first."""
        self.refresh()
        return self._desk.book.all()

    def progress(self) -> Progress:
        """How far what is carried out has come."""
        return self._desk.performer.progress()

    def standing(self) -> Standing:
        """How the robot stands."""
        return self._desk.performer.standing()

    def refresh(self) -> None:
        """Bring the book up to what has happened since."""
        desk, now = self._desk, self._desk.performer.progress()
        for filed in desk.book.pending():
            if filed.state is not ProposalState.STARTED:
                if desk.clock() >= filed.proposal.expires_s:
                    desk.book.advance(filed.id, ProposalState.EXPIRED)
            elif filed.id == now.proposal and now.phase in _ENDS:
                desk.book.advance(filed.id, _ENDS[now.phase], because=now.because or _WITHOUT_WORDS.get(now.phase))

    def bury(self) -> None:
        """What ran when the last program here died has ended; to be called once, before anything is begun."""
        for filed in self._desk.book.pending():
            if filed.state is ProposalState.STARTED:
                self._desk.book.advance(filed.id, ProposalState.FAILED, because=_DIED)

    def _circumstances(self) -> Circumstances:
        desk = self._desk
        return Circumstances(
            robot=desk.performer.robot,
            plan_fingerprint=desk.performer.plan_fingerprint,
            now_s=desk.clock(),
            key=desk.key,
        )

    # ------------------------------------------------------------------ stop
    def pause(self) -> None:
        """Rest at the next safe instant. It needs no leave."""
        self._desk.performer.pause()

    def resume(self) -> Because | None:
        """Go on with what was paused, which is what leave was given for; nothing else goes on by it."""
        performer = self._desk.performer
        with self._gate:
            if not performer.held or performer.progress().phase is not Phase.WORKING or performer.standing().stop:
                return _NOT_PAUSED
            performer.resume()
        return None

    def halt(self) -> None:
        """The first half of a stop: the robot brakes. It waits for nobody, not even for the disk."""
        self._stops += 1
        self._desk.performer.request_stop()

    def stop(self) -> None:
        """Stop the robot, whoever asks; nothing is waited for before. Leave that was given so far counts no more."""
        self.halt()
        with self._gate:
            self._desk.performer.request_stop()  # once more, to whatever was just being started
            for filed in self._desk.book.pending():
                if filed.state is not ProposalState.STARTED:
                    self._desk.book.advance(filed.id, ProposalState.CANCELLED, because=_STOPPED)

    def stop_report(self) -> StopAnswer:
        """Whether the robot stands, as far as that was measured."""
        standing = self._desk.performer.standing()
        speed = standing.speed_m_s
        if speed is None:
            said = Title(
                zh="已要求停止；机器人速度未知，不能确认它已停下",
                en="the stop was asked for; the robot's speed is not known, so nobody can say that it stands",
            )
            return StopAnswer(stopped=False, standing=standing, said=said)
        measured = Title(
            zh=f"速度 {speed:.3f} m/s，静止 {standing.still_s:.1f} s",
            en=f"speed {speed:.3f} m/s, still for {standing.still_s:.1f} s",
        )
        if standing.stop and speed <= STILL_M_S and standing.still_s >= STILL_S:
            said = Title(zh=f"已停止：{measured.zh}", en=f"stopped: {measured.en}")
            return StopAnswer(stopped=True, standing=standing, said=said)
        taken = standing.stop or "not taken by the controller so far"
        said = Title(
            zh=f"已要求停止，尚未测得静止：{measured.zh}（{taken}）",
            en=f"the stop was asked for, but the robot does not stand so far: {measured.en} ({taken})",
        )
        return StopAnswer(stopped=False, standing=standing, said=said)
