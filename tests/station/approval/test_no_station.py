"""Without a station nothing is planned or begun, and nobody claims that something stands."""

from pathlib import Path

from linewalker.brain.language.interpretation import Because
from linewalker.station.approval.assistant import Assistant, Desk
from linewalker.station.approval.no_station import NoStation
from linewalker.station.approval.proposal_book import ProposalBook
from tests.station.approval.samples import INSPECT
from tests.station.approval.shop import Shop


def test_nothing_is_proposed_and_a_stop_claims_nothing(tmp_path: Path) -> None:
    book = ProposalBook(tmp_path / "proposals.sqlite", lambda: 0.0)
    desk = Desk(performer=NoStation(), book=book, clock=lambda: 0.0)
    assistant = Assistant(desk, Shop(tmp_path), lambda read: read)
    answer = assistant.propose([INSPECT])
    assert isinstance(answer, Because)
    assert answer.code == "no_station"
    assert NoStation().begin("k3ta", [INSPECT], {}) == answer
    assistant.stop()
    assistant.cancel("k3ta")
    assert not assistant.stop_report().stopped
    assert book.all() == ()
