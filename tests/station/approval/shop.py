"""An assistant over a performer that only notes what it is told, for whatever stands in front of the gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import Assistant, Desk
from linewalker.station.approval.leave import approve
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.proposal import Filed
from linewalker.station.approval.proposal_book import ProposalBook
from tests.station.approval.samples import INSPECT, NotingPerformer

STOPS = ("stop", "停", "立即停止")


class Shop:
    """An assistant with a noting performer, and a clock that somebody has to turn."""

    def __init__(self, folder: Path, key: OperatorKey | None = None):
        self.now_s = 1000.0
        self.performer = NotingPerformer()
        self.book = ProposalBook(folder / "proposals.sqlite", lambda: self.now_s)
        self.said: list[str] = []
        desk = Desk(performer=self.performer, book=self.book, clock=lambda: self.now_s, key=key)
        self.assistant = Assistant(desk, self, lambda read: replace(read, answer="42"))

    def read(self, order: str, _after: object = ()) -> Interpretation:
        self.said.append(order)
        if order in STOPS:
            return Interpretation(language="en", course=Course.ACT, goals=(Goal(skill="stop"),))
        if "door" in order:
            because = Because(code="out_of_scope", title=Title(zh="做不到", en="can not be done"))
            return Interpretation(language="en", course=Course.REFUSE, because=because)
        if order.endswith("?"):
            return Interpretation(language="en", course=Course.ANSWER, goals=(Goal(skill="results"),))
        return Interpretation(language="en", course=Course.ACT, goals=(INSPECT,))

    def stops(self, order: str) -> bool:
        return order in STOPS

    def proposed(self) -> Filed:
        filed = self.assistant.propose([INSPECT], "measure the hood gap")
        assert isinstance(filed, Filed)
        return filed

    def approved(self) -> Filed:
        filed = self.proposed()
        assert approve(self.book, filed.id, by="ana", now_s=self.now_s, key=None) is None
        return filed

    def code(self, proposal_id: str) -> str:
        """Why it is not started."""
        because = self.assistant.start(proposal_id)
        assert isinstance(because, Because)
        return because.code
