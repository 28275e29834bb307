"""Laws of the journal: what was written is read, in its order, under its id, however hard a program ended."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.memory.journal import Entry, Journal, read_journal
from linewalker.errors import StorageFault
from linewalker.inspection.title import Title
from linewalker.wholefile import append

TEXT = Title(zh="已跳过", en="skipped")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    one = journal.write("visit_skipped", TEXT, 12.5, vin="V1", visit=3)
    other = journal.write("stopped", Title(zh="停", en="a\nb"), 13.0)
    assert read_journal(journal.path) == (one, other)
    assert (one.id, other.id, one.about) == ("J1", "J2", {"vin": "V1", "visit": 3})


def test_no_file_no_entries(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "journal.jsonl") == ()


def test_a_journal_that_is_opened_again_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    Journal(path).write("a", TEXT, 1.0)
    assert Journal(path).write("b", TEXT, 2.0).number == 2
    assert [entry.code for entry in read_journal(path)] == ["a", "b"]


@pytest.mark.parametrize("keep", [1, 17, 60, -2, -1])
def test_a_crash_in_the_middle_of_a_line_costs_that_line_alone(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.write("a", TEXT, 1.0)
    whole = path.read_bytes()
    journal.write("b", TEXT, 2.0)
    torn = path.read_bytes()[len(whole) :][:keep]
    path.write_bytes(whole + torn)
    written = Journal(path).write("c", TEXT, 3.0)
    entries = read_journal(path)
    assert entries[-1] == written
    survived = keep == -1  # only the end of the line is missing
    assert [entry.code for entry in entries] == (["a", "b", "c"] if survived else ["a", "c"])
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))


def test_a_line_that_was_not_taken_whole_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "journal.jsonl")

    def half(path: Path, data: bytes) -> None:
        append(path, data[: len(data) // 2])
        raise StorageFault("no room")

    with monkeypatch.context() as full:
        full.setattr("linewalker.brain.memory.journal.append", half)
        with pytest.raises(StorageFault):
            journal.write("a", TEXT, 1.0)
    written = journal.write("b", TEXT, 2.0)
    assert read_journal(journal.path) == (written,)


def test_threads_share_a_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")

    def work() -> None:
        for _ in range(20):
            journal.write("a", TEXT, 1.0)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [entry.number for entry in read_journal(journal.path)] == list(range(1, 81))


def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="can not be written"):
        Journal(tmp_path / "nowhere" / "journal.jsonl")


def test_an_entry_without_a_time_is_none() -> None:
    with pytest.raises(ValueError, match="a time"):
        Entry(number=1, time_s=float("nan"), at="", code="a", text=TEXT)


@given(
    st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=9), max_size=4),
    st.text(min_size=1, max_size=9),
)
def test_documents_give_their_entry_back(about: dict[str, str], said: str) -> None:
    entry = Entry(number=3, time_s=1.25, at="2026", code="c", text=Title(zh=said, en=said), about=about)
    assert Entry.of_document(entry.document()) == entry
