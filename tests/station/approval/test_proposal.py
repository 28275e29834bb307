"""An id stands for the whole of a proposal: whatever is changed in it makes another id."""

import math

import pytest

from linewalker.errors import InputError
from linewalker.inspection.title import Title
from linewalker.station.approval.proposal import Filed, Proposal, ProposalState, canonical
from tests.station.approval.samples import HOME, INSPECT, PLAN, proposal

CHANGES = {
    "goals": (INSPECT.document(), HOME.document()),
    "plan": PLAN | {"visits": []},
    "plan_fingerprint": "cd" * 32,
    "robot": "walker",
    "nonce": "0002",
    "read_back": Title(zh="回原位", en="go home"),
    "order": "go home",
    "created_s": 1001.0,
    "expires_s": 9999.0,
}


def test_equal_proposals_have_one_id_and_it_reads_well() -> None:
    assert proposal().id == proposal().id
    assert len(proposal().id) == 19
    assert proposal().id.replace("-", "").isalnum()


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_makes_another_id(name: str) -> None:
    assert set(CHANGES) == set(proposal().document())
    assert proposal(**{name: CHANGES[name]}).id != proposal().id


def test_a_document_gives_the_proposal_back() -> None:
    again = Proposal.of_document(proposal().document())
    assert again == proposal()
    assert again.as_goals() == (INSPECT,)


def test_what_was_altered_where_it_is_kept_shows() -> None:
    kept = Filed(id=proposal().id, proposal=proposal(robot="walker"), state=ProposalState.APPROVED)
    assert kept.altered
    assert not Filed(id=proposal().id, proposal=proposal(), state=ProposalState.APPROVED).altered


@pytest.mark.parametrize("wrong", [{"goals": ()}, {"expires_s": 1000.0}])
def test_a_proposal_without_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        proposal(**wrong)


def test_equal_documents_are_the_same_bytes_and_no_number_is_none() -> None:
    assert canonical({"b": 1, "a": "缝"}) == canonical({"a": "缝", "b": 1}) == '{"a":"缝","b":1}'.encode()
    for bad in (math.nan, math.inf, object()):
        with pytest.raises(InputError):
            canonical({"a": bad})
