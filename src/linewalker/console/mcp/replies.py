"""What tools answer, as plain data: the document, and whether something was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import StopAnswer
from linewalker.station.approval.performer import Progress, Standing
from linewalker.station.approval.proposal import Filed, ProposalState

_NEXT = {
    ProposalState.PROPOSED: Title(
        zh="等待操作员批准（不在本客户端内）：linewalker approve",
        en="it waits for an operator, who approves outside of this client: linewalker approve",
    ),
    ProposalState.APPROVED: Title(zh="已批准；可以启动", en="it is approved and may be started"),
}


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer.

    Attributes:
        document: plain data.
        refused: something that was asked for was not done.
    """

    document: dict[str, Any]
    refused: bool = False


def refusal(because: Because) -> Reply:
    """Why something is not done."""
    return Reply(document={"refused": because_document(because)}, refused=True)


def because_document(because: Because | None) -> dict[str, str] | None:
    """Code and both sentences."""
    return None if because is None else {"code": because.code, **title_document(because.title)}


def title_document(title: Title) -> dict[str, str]:
    """Both languages."""
    return {"zh": title.zh, "en": title.en}


def proposal_document(filed: Filed) -> dict[str, Any]:
    """A proposal as it stands, with what comes next."""
    proposal, following = filed.proposal, _NEXT.get(filed.state)
    return {
        "id": filed.id,
        "state": filed.state.value,
        "next": None if following is None else title_document(following),
        "reason": because_document(filed.because),
        "by": filed.by,
        "read_back": title_document(proposal.read_back),
        "goals": [dict(goal) for goal in proposal.goals],
        "plan": dict(proposal.plan),
        "robot": proposal.robot,
        "order": proposal.order,
        "expires_s": proposal.expires_s,
    }


def progress_document(progress: Progress) -> dict[str, Any]:
    """How far what is carried out has come."""
    return {
        "proposal": progress.proposal,
        "phase": progress.phase.value,
        "done": progress.done,
        "of": progress.of,
        "doing": None if progress.doing is None else title_document(progress.doing),
        "reason": because_document(progress.because),
    }


def standing_document(standing: Standing) -> dict[str, Any]:
    """What was measured of how the robot stands."""
    return {
        "robot_time_s": standing.time_s,
        "speed_m_s": standing.speed_m_s,
        "still_s": standing.still_s,
        "stop": standing.stop,
    }


def stop_document(report: StopAnswer) -> dict[str, Any]:
    """What is known of a stop."""
    return {
        "stopped": report.stopped,
        "said": title_document(report.said),
        "measured": standing_document(report.standing),
    }
