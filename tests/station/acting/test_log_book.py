"""What happens is told in both languages, with the order it belongs to, and heard after it is on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.brain.decision import Decision, What
from linewalker.brain.memory.journal import Entry, Journal, read_journal
from linewalker.inspection.title import Title
from linewalker.station.acting.log_book import Happening, LogBook

ABOUT = {"what": Title(zh="量缝", en="a seam"), "why": "because", "vin": "V", "sequence": 3, "verdict": "OK"}
MORE = {"waited_s": 5.0, "within_s": 60.0, "name": "J. Doe"}


@pytest.mark.parametrize("happening", Happening)
def test_every_happening_has_its_sentences(happening: Happening, tmp_path: Path) -> None:
    heard: list[Entry] = []

    def listen(entry: Entry) -> None:
        assert read_journal(tmp_path / "journal.jsonl")[-1] == entry
        heard.append(entry)

    log = LogBook(Journal(tmp_path / "journal.jsonl"), lambda: 7.0, listen)
    entry = log.note(happening, **ABOUT, **MORE)
    assert heard == [entry]
    assert (entry.code, entry.time_s) == (happening.value, 7.0)
    assert entry.text.zh != entry.text.en
    assert "a seam" not in entry.text.zh


def test_entries_name_their_order(tmp_path: Path) -> None:
    log = LogBook(Journal(tmp_path / "journal.jsonl"), lambda: 0.0)
    log.context = {"order": "P7"}
    decided = Decision(what=What.DETOUR, about={"goal": "(1, 2) m"})
    log.decide(decided)
    log.context = {}
    log.note(Happening.RELEASED)
    first, second = read_journal(tmp_path / "journal.jsonl")
    assert (first.code, first.text, first.about["order"]) == ("detour", decided.text, "P7")
    assert second.about == {}
