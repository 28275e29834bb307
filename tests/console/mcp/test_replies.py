"""Replies are plain data, in both languages, with a reason wherever something is refused."""

import json

from linewalker.brain.language.interpretation import Because
from linewalker.console.mcp.replies import progress_document, proposal_document, refusal, stop_document
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import StopAnswer
from linewalker.station.approval.performer import Phase, Progress, Standing
from linewalker.station.approval.proposal import Filed, ProposalState
from tests.station.approval.samples import READ_BACK, proposal

BECAUSE = Because(code="busy", title=Title(zh="忙", en="busy"))


def test_a_proposal_says_what_comes_next_as_long_as_something_does() -> None:
    said = {
        state: proposal_document(Filed(id=proposal().id, proposal=proposal(), state=state)) for state in ProposalState
    }
    assert "linewalker approve" in said[ProposalState.PROPOSED]["next"]["en"]
    assert said[ProposalState.APPROVED]["next"]["zh"]
    assert said[ProposalState.DONE]["next"] is None
    assert all(json.loads(json.dumps(document)) == document for document in said.values())


def test_a_refusal_has_its_code_and_both_languages() -> None:
    reply = refusal(BECAUSE)
    assert reply.refused
    assert reply.document == {"refused": {"code": "busy", "zh": "忙", "en": "busy"}}


def test_what_runs_and_what_stands_are_told_as_measured() -> None:
    progress = Progress(proposal="k3ta", phase=Phase.WORKING, done=1, of=3, doing=READ_BACK, because=BECAUSE)
    assert progress_document(progress)["doing"] == {"zh": READ_BACK.zh, "en": READ_BACK.en}
    assert progress_document(Progress())["reason"] is None
    standing = Standing(time_s=1.0, speed_m_s=None)
    stopped = stop_document(StopAnswer(stopped=False, standing=standing, said=READ_BACK))
    assert stopped["measured"]["speed_m_s"] is None
    assert stopped["stopped"] is False
