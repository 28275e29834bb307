"""The book: states only go forward, one of many starts a proposal, all of it survives the program."""

import sqlite3
import threading
from pathlib import Path

import pytest

from linewalker.brain.language.interpretation import Because
from linewalker.errors import StorageFault
from linewalker.inspection.title import Title
from linewalker.station.approval.proposal import ProposalState
from linewalker.station.approval.proposal_book import ProposalBook
from tests.station.approval.samples import proposal

ENDS = (ProposalState.DONE, ProposalState.FAILED, ProposalState.CANCELLED)


@pytest.fixture
def book(tmp_path: Path) -> ProposalBook:
    """An empty one."""
    return ProposalBook(tmp_path / "proposals.sqlite", lambda: 1234.5)


def test_a_proposal_goes_its_way_and_the_next_program_finds_it(book: ProposalBook) -> None:
    filed = book.file(proposal())
    assert book.advance(filed.id, ProposalState.APPROVED, by="ana", signature="5a")
    assert book.advance(filed.id, ProposalState.STARTED)
    assert book.advance(filed.id, ProposalState.DONE)
    again = ProposalBook(book.path, lambda: 0.0).find(filed.id)
    assert again is not None
    assert (again.state, again.by, again.signature) == (ProposalState.DONE, "ana", "5a")
    assert again.proposal == proposal()
    assert book.steps(filed.id) == (
        (1234.5, ProposalState.PROPOSED, ""),
        (1234.5, ProposalState.APPROVED, "ana"),
        (1234.5, ProposalState.STARTED, ""),
        (1234.5, ProposalState.DONE, ""),
    )


@pytest.mark.parametrize("end", ENDS)
def test_what_was_started_never_starts_again(book: ProposalBook, end: ProposalState) -> None:
    filed = book.file(proposal())
    assert not book.advance(filed.id, ProposalState.STARTED)  # nobody approved it
    assert book.advance(filed.id, ProposalState.APPROVED, by="ana")
    assert book.advance(filed.id, ProposalState.STARTED)
    assert not book.advance(filed.id, ProposalState.STARTED)
    assert book.advance(filed.id, end)
    for state in (ProposalState.APPROVED, ProposalState.STARTED):
        assert not book.advance(filed.id, state)


@pytest.mark.parametrize("state", [ProposalState.REJECTED, ProposalState.EXPIRED, ProposalState.CANCELLED])
def test_what_was_turned_down_is_not_approved_later(book: ProposalBook, state: ProposalState) -> None:
    filed = book.file(proposal())
    because = Because(code="operator_said_no", title=Title(zh="操作员拒绝", en="the operator said no"))
    assert book.advance(filed.id, state, because=because)
    assert not book.advance(filed.id, ProposalState.APPROVED, by="ana")
    found = book.find(filed.id)
    assert found is not None
    assert found.because == because


def test_one_of_many_starts_it(book: ProposalBook) -> None:
    filed = book.file(proposal())
    book.advance(filed.id, ProposalState.APPROVED, by="ana")
    gate, started = threading.Barrier(8), []

    def start() -> None:
        gate.wait()
        started.append(book.advance(filed.id, ProposalState.STARTED))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(started) == [False] * 7 + [True]


def test_what_nobody_proposed_is_not_there(book: ProposalBook) -> None:
    assert book.find("k3ta") is None
    assert not book.advance("k3ta", ProposalState.APPROVED)
    assert book.all() == ()


def test_what_is_altered_in_the_file_shows(book: ProposalBook) -> None:
    filed = book.file(proposal())
    with sqlite3.connect(book.path) as connection:
        connection.execute("UPDATE proposals SET document = REPLACE(document, 'hood', 'trunk')")
    found = book.find(filed.id)
    assert found is not None
    assert found.altered


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"goals": 1}', '{"colour": "red"}'])
def test_what_is_no_proposal_any_more_is_told(book: ProposalBook, text: str) -> None:
    filed = book.file(proposal())
    with sqlite3.connect(book.path) as connection:
        connection.execute("UPDATE proposals SET document = ?", (text,))
    with pytest.raises(StorageFault, match=filed.id):
        book.find(filed.id)


def test_a_file_that_is_no_book_is_told(tmp_path: Path) -> None:
    (tmp_path / "proposals.sqlite").write_text("no database at all, but long enough to look like one" * 9, "utf-8")
    with pytest.raises(StorageFault, match=r"proposals\.sqlite"):
        ProposalBook(tmp_path / "proposals.sqlite", lambda: 0.0)
