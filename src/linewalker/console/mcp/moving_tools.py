"""The tools that lead to motion, or end it: propose, start, status, cancel, stop. None of them approves anything."""

from __future__ import annotations

from collections.abc import Mapping

import anyio
import anyio.to_thread

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.goal_check import GoalCall, Offer, check_goals
from linewalker.brain.language.goal_schema import goals_schema
from linewalker.brain.language.interpretation import Because, Course
from linewalker.console.mcp.replies import (
    Reply,
    progress_document,
    proposal_document,
    refusal,
    standing_document,
    stop_document,
)
from linewalker.console.mcp.tool import AFTER, ORDER, Arguments, Away, Report, Tool
from linewalker.errors import LinewalkerError
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import Assistant
from linewalker.station.approval.leave import NO_SUCH_PROPOSAL
from linewalker.station.approval.proposal import Filed, ProposalState

MOST_WAIT_S, STOP_WAIT_S = 600.0, 5.0
UNKNOWN_WAIT_S = 1.0
"""For the first measurement of a robot that was never asked how it stands."""
_POLL_S, _STOP_POLL_S = 0.2, 0.02
_PROPOSAL = {"type": "string", "maxLength": 40, "description": "id of a proposal"}
_WAIT = {"type": "number", "minimum": 0, "maximum": MOST_WAIT_S, "description": "wait so long for its end, s"}
_AT_ONCE = ("pause", "resume")
_ALONE = Because(
    code="conflicting_goals",
    title=Title(zh="暂停和继续须单独提出", en="to pause and to go on are asked for alone, with nothing else"),
)
_ONE_OF_BOTH = Because(
    code="wrong_arguments",
    title=Title(zh="order 与 goals 二者给出其一", en="give either an order in words or goals, not both and not none"),
)
_ONLY_TELLS = Because(
    code="only_tells",
    title=Title(
        zh="这些目标只作回答，不需要提案；请用 ask", en="these goals only tell something; use ask, why or results"
    ),
)


class MovingTools:
    """See the module.

    Args:
        assistant: the gate in front of the station.
        offer: what can be asked for.
        away: does slow things in threads.
    """

    def __init__(self, assistant: Assistant, offer: Offer, away: Away):
        self._assistant, self._offer, self._away = assistant, offer, away

    def table(self) -> Mapping[str, Tool]:
        """By name."""
        return {
            "propose": Tool(
                title="Propose",
                meaning="Plan and prove what an order in words, or goals, ask for. Nothing moves. An operator has to "
                "approve the proposal outside of this client before it can be started.",
                properties={"order": ORDER, "after": AFTER, "goals": goals_schema(self._offer)},
                reads=False,
                do=self._propose,
            ),
            "start": Tool(
                title="Start",
                meaning="Carry an approved proposal out, once. With wait_s it reports progress until the end.",
                properties={"proposal": _PROPOSAL, "wait_s": _WAIT},
                required=("proposal",),
                reads=False,
                do=self._start,
            ),
            "status": Tool(
                title="Status",
                meaning="What the robot does, how it stands, and what became of proposals.",
                properties={"proposal": _PROPOSAL},
                do=self._status,
            ),
            "cancel": Tool(
                title="Cancel",
                meaning="Take a proposal back, or break off what is carried out of it: the robot draws in and stands.",
                properties={"proposal": _PROPOSAL},
                required=("proposal",),
                reads=False,
                do=self._cancel,
            ),
            "stop": Tool(
                title="Stop",
                meaning="Stop the robot now. Needs no approval. Says stopped only when it was measured.",
                reads=False,
                do=self.stop,
            ),
        }

    async def _propose(self, arguments: Arguments, _report: Report) -> Reply:
        if ("order" in arguments) == ("goals" in arguments):
            return refusal(_ONE_OF_BOTH)
        if "order" in arguments:
            return await self._propose_words(arguments)
        calls = [GoalCall(goal["skill"], goal.get("slots", {})) for goal in arguments["goals"]]
        goals = check_goals(calls, self._offer)
        return refusal(goals) if isinstance(goals, Because) else await self._propose_goals(goals)

    async def _propose_words(self, arguments: Arguments) -> Reply:
        order = arguments["order"]
        read = await self._away(self._assistant.ask, order, tuple(arguments.get("after", ())))
        if stops(read.goals):
            return await self.stop({}, unheard)
        if read.course is not Course.ACT:
            return Reply(document={"interpretation": read.document()}, refused=read.course is Course.REFUSE)
        reply = await self._propose_goals(read.goals, order)
        return Reply(document={"interpretation": read.document(), **reply.document}, refused=reply.refused)

    async def _propose_goals(self, goals: tuple[Goal, ...], order: str = "") -> Reply:
        if stops(goals):
            return await self.stop({}, unheard)
        if (reply := await self._at_once(goals)) is not None:
            return reply
        if not any(goal.skill == "say" or self._offer.rules[goal.skill].moves for goal in goals):
            return refusal(_ONLY_TELLS)
        filed = await self._away(self._assistant.propose, goals, order)
        return refusal(filed) if isinstance(filed, Because) else Reply(document={"proposal": proposal_document(filed)})

    async def _at_once(self, goals: tuple[Goal, ...]) -> Reply | None:
        """Pause or go on, which needs no plan; None where neither is asked for."""
        skills = [goal.skill for goal in goals]
        if len(skills) > 1 and set(skills) & set(_AT_ONCE):
            return refusal(_ALONE)
        if skills == ["pause"]:
            await self._away(self._assistant.pause)
            return Reply(document={"paused": True, "robot": progress_document(self._assistant.progress())})
        if skills == ["resume"]:
            against = await self._away(self._assistant.resume)
            return Reply(document={"paused": False}) if against is None else refusal(against)
        return None

    async def _start(self, arguments: Arguments, report: Report) -> Reply:
        with anyio.CancelScope(shield=True):  # whoever hangs up now is heard when it is known what was begun
            started = await anyio.to_thread.run_sync(self._assistant.start, arguments["proposal"])
        if isinstance(started, Because):
            return refusal(started)
        try:
            filed = await self._followed(started, arguments.get("wait_s", 0.0), report)
        except anyio.get_cancelled_exc_class():  # whoever started it takes it back
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._assistant.cancel, started.id)
            raise
        failed = filed.state in (ProposalState.FAILED, ProposalState.CANCELLED)
        return Reply(document={"proposal": proposal_document(filed)}, refused=failed)

    async def _followed(self, started: Filed, wait_s: float, report: Report) -> Filed:
        """Until it has ended, or for so long."""
        deadline = anyio.current_time() + wait_s
        filed, told = started, -1
        while filed.state is ProposalState.STARTED and anyio.current_time() < deadline:
            progress = self._assistant.progress()
            if progress.done != told:
                told = progress.done
                await report(progress.done, progress.of, "" if progress.doing is None else progress.doing.en)
            await anyio.sleep(_POLL_S)
            filed = await self._away(self._assistant.find, started.id) or filed
        return filed

    async def _status(self, arguments: Arguments, _report: Report) -> Reply:
        now = {
            "robot": progress_document(self._assistant.progress()),
            "standing": standing_document(self._assistant.standing()),
        }
        if "proposal" not in arguments:
            proposals = await self._away(self._assistant.proposals)
            return Reply(document=now | {"proposals": [proposal_document(filed) for filed in proposals[-20:]]})
        filed = await self._away(self._assistant.find, arguments["proposal"])
        return (
            refusal(NO_SUCH_PROPOSAL) if filed is None else Reply(document=now | {"proposal": proposal_document(filed)})
        )

    async def _cancel(self, arguments: Arguments, _report: Report) -> Reply:
        filed = await self._away(self._assistant.cancel, arguments["proposal"])
        return refusal(filed) if isinstance(filed, Because) else Reply(document={"proposal": proposal_document(filed)})

    async def stop(self, _arguments: Arguments, _report: Report) -> Reply:
        """Stop first, take leave back, then wait until the robot says that it stands, or that it does not know."""
        self._assistant.halt()
        with anyio.CancelScope(shield=True):  # nobody who hangs up takes a stop back
            note = await anyio.to_thread.run_sync(self._withdraw_leave)
        deadline = anyio.current_time() + STOP_WAIT_S
        report = self._assistant.stop_report()
        unknown = anyio.current_time() + UNKNOWN_WAIT_S
        while not report.stopped and anyio.current_time() < deadline:
            if report.standing.speed_m_s is None and anyio.current_time() > unknown:
                break
            await anyio.sleep(_STOP_POLL_S)
            report = self._assistant.stop_report()
        return Reply(document=stop_document(report) | ({"besides": note} if note else {}), refused=not report.stopped)

    def _withdraw_leave(self) -> str:
        try:
            self._assistant.stop()
        except LinewalkerError as error:  # the robot brakes already; that the book failed is told beside it
            return str(error)
        return ""


def stops(goals: tuple[Goal, ...]) -> bool:
    """Whether there is a stop among them."""
    return any(goal.skill == "stop" for goal in goals)


async def unheard(_done: float, _of: float, _doing: str) -> None:
    """Nobody listens."""
