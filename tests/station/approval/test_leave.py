"""Leave counts for one proposal, unaltered, in time, for this robot and plan, signed where the operator has a key."""

from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.station.approval.leave import Circumstances, approve, objection, reject
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.proposal import ProposalState
from linewalker.station.approval.proposal_book import ProposalBook
from tests.station.approval.samples import proposal

NOW = Circumstances(robot="g1", plan_fingerprint="ab" * 32, now_s=1100.0)
PASSPHRASE = "correct horse"


@pytest.fixture
def book(tmp_path: Path) -> ProposalBook:
    """With one proposal."""
    book = ProposalBook(tmp_path / "proposals.sqlite", lambda: 1100.0)
    book.file(proposal())
    return book


@pytest.fixture(scope="module")
def key() -> OperatorKey:
    """An operator's."""
    return OperatorKey.made_of(PASSPHRASE)


def code(book: ProposalBook, now: Circumstances = NOW) -> str | None:
    """Of the objection to starting the proposal."""
    filed = book.find(proposal().id)
    assert filed is not None
    because = objection(filed, now)
    return None if because is None else because.code


def test_only_after_leave_was_given_it_may_be_started(book: ProposalBook) -> None:
    assert code(book) == "not_approved"
    assert approve(book, proposal().id, by="ana", now_s=1100.0, key=None) is None
    assert code(book) is None


def test_leave_counts_under_the_same_circumstances_alone(book: ProposalBook) -> None:
    approve(book, proposal().id, by="ana", now_s=1100.0, key=None)
    assert code(book, replace(NOW, robot="walker")) == "other_robot"
    assert code(book, replace(NOW, plan_fingerprint="cd" * 32)) == "plan_changed"
    assert code(book, replace(NOW, now_s=1600.0)) == "expired"


def test_with_a_key_leave_has_to_be_signed_with_it(book: ProposalBook, key: OperatorKey) -> None:
    signed = replace(NOW, key=key)
    with pytest.raises(InputError):
        approve(book, proposal().id, by="mallory", now_s=1100.0, key=key, passphrase="guess guess")
    assert code(book, signed) == "not_approved"
    assert approve(book, proposal().id, by="ana", now_s=1100.0, key=key, passphrase=PASSPHRASE) is None
    assert code(book, signed) is None


def test_a_row_that_somebody_wrote_is_no_signature(book: ProposalBook, key: OperatorKey) -> None:
    book.advance(proposal().id, ProposalState.APPROVED, by="mallory", signature="00" * 64)
    assert code(book, replace(NOW, key=key)) == "not_signed"


def test_a_signature_is_of_one_proposal(book: ProposalBook, key: OperatorKey) -> None:
    approve(book, proposal().id, by="ana", now_s=1100.0, key=key, passphrase=PASSPHRASE)
    taken = book.find(proposal().id)
    assert taken is not None
    other = book.file(proposal(nonce="0002"))
    book.advance(other.id, ProposalState.APPROVED, by="ana", signature=taken.signature)
    found = book.find(other.id)
    assert found is not None
    against = objection(found, replace(NOW, key=key))
    assert against is not None
    assert against.code == "not_signed"


def test_leave_given_too_late_twice_or_for_nothing_is_none(book: ProposalBook) -> None:
    def tried(proposal_id: str, now_s: float) -> str | None:
        because = approve(book, proposal_id, by="ana", now_s=now_s, key=None)
        return None if because is None else because.code

    late = book.file(proposal(nonce="late"))
    assert tried(late.id, 1600.0) == "expired"
    assert tried(late.id, 1100.0) == "expired"
    assert tried("k3ta", 1100.0) == "no_such_proposal"
    assert tried(proposal().id, 1100.0) is None
    assert tried(proposal().id, 1100.0) == "already_approved"
    book.advance(proposal().id, ProposalState.STARTED)
    assert tried(proposal().id, 1100.0) == "already_started"


def test_an_operator_may_say_no_and_even_take_leave_back(book: ProposalBook) -> None:
    approve(book, proposal().id, by="ana", now_s=1100.0, key=None)
    assert reject(book, proposal().id, by="ben") is None
    assert code(book) == "rejected"
    again = reject(book, proposal().id, by="ben")
    assert again is not None
    nothing = reject(book, "k3ta", by="ben")
    assert nothing is not None
    assert nothing.code == "no_such_proposal"
