"""Reads orders with a language model beside the offline reading, which always comes first and always has an answer.

| the offline reading | the model | what comes of it |
|---|---|---|
| says stop, or refuses | is not asked | the offline reading |
| is sure | agrees, or is of no use | the offline reading; what was wrong with the model is said beside it |
| is sure | has another reading that the words of the order allow as well | a question |
| asks what is meant of several things | is not asked | the question |
| has not understood a word | has goals that rest on the words of the order | these goals |
| has not understood a word | is of no use | the question, and why the model is none |
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Protocol

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.goal_check import Offer, check_goals
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.model.completion import read_completion
from linewalker.brain.language.model.model_fault import ModelFault, goals_not_taken, model_fault
from linewalker.brain.language.model.model_settings import ModelSettings, Use
from linewalker.brain.language.model.prompt import correction, opening, request, tools_of
from linewalker.brain.language.model.wire import Response, Wire
from linewalker.errors import StorageFault
from linewalker.inspection.title import Title

NOT_UNDERSTOOD = "not_understood"
"""The only question of the offline reading that somebody else than the operator may answer."""
_LEAST_S = 0.05
_TWO_READINGS = Title(
    zh="这句话有两种理解：{one}；或：{other}。要哪一种？",
    en="This can be read in two ways: {one}; or: {other}. Which one?",
)


class OfflineReading(Protocol):
    """What the grammar and its lexicon know; no network is in it."""

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """What an order means after the earlier ones of its dialogue."""

    def stops(self, order: str) -> bool:
        """Whether it is to stop."""

    def interpretation(self, language: str, goals: Sequence[Goal]) -> Interpretation:
        """Goals that are clear, and how they are said back."""

    def objection(self, order: str, after: Sequence[str], goals: Sequence[Goal]) -> Because | None:
        """Which word of the order the goals pass over, or which of their slots no word of it says; None: neither."""

    def same(self, one: Sequence[Goal], other: Sequence[Goal]) -> bool:
        """Whether two readings come to the same."""


@dataclass
class Ledger:
    """What a program has spent on its model."""

    tokens: int = 0


class ModelReader:
    """See the module. It may be asked from several threads.

    Args:
        settings: which model, and what it may cost.
        wire: to it.
        offline: the offline reading.
        offer: the goals it may call for.
        clock: of budgets of time, in s.
    """

    def __init__(
        self,
        settings: ModelSettings,
        wire: Wire,
        offline: OfflineReading,
        offer: Offer,
        clock: Callable[[], float] = monotonic,
    ):
        self._settings, self._wire, self._offline, self._offer = settings, wire, offline, offer
        self._clock, self._tools = clock, tools_of(offer)
        self.spent = Ledger()
        self._counting = threading.Lock()

    def stops(self, order: str) -> bool:
        """Whether it is to stop; nobody else is asked."""
        return self._offline.stops(order)

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """What an order means; see the module."""
        offline = self._offline.read(order, after)
        if self._settled(order, offline):
            return offline
        try:
            goals = self._goals(order, after, offline.goals)
        except ModelFault as fault:
            return replace(offline, aside=fault.because)
        if _stops(goals):
            return self._offline.interpretation(offline.language, [Goal(skill="stop")])
        if offline.course is Course.ASK:
            return self._offline.interpretation(offline.language, goals)
        if self._offline.same(offline.goals, goals):
            return offline
        return self._two_readings(offline, self._offline.interpretation(offline.language, goals))

    def _settled(self, order: str, offline: Interpretation) -> bool:
        """Whether no model can change what follows."""
        if self.stops(order) or _stops(offline.goals):
            return True
        if offline.course in (Course.ACT, Course.ANSWER):
            return self._settings.use is Use.UNSURE
        code = "" if offline.because is None else offline.because.code
        return offline.course is Course.REFUSE or code != NOT_UNDERSTOOD

    def _two_readings(self, one: Interpretation, other: Interpretation) -> Interpretation:
        read = {"one": one.read_back, "other": other.read_back}
        title = Title(zh=_TWO_READINGS.zh.format(**read), en=_TWO_READINGS.en.format(**read))
        question = title.zh if one.language == "zh" else title.en
        return Interpretation(
            language=one.language,
            course=Course.ASK,
            question=question,
            choices=(one.read_back, other.read_back),
            because=Because(code="two_readings", title=title),
        )

    # ------------------------------------------------------------------ the model
    def _goals(self, order: str, after: Sequence[str], sure: Sequence[Goal]) -> tuple[Goal, ...]:
        """Goals of the model's that keep to their slots and rest on the order.

        Args:
            order, after: as above.
            sure: what the offline reading has; to agree needs no other grounds.

        Raises:
            ModelFault: it has none within its budget.
        """
        deadline, spent = self._clock() + self._settings.time_s, 0
        messages = opening(order, after)
        because: Because | None = None
        for _ in range(self._settings.calls):
            if spent >= self._settings.tokens or self.spent.tokens >= self._settings.total_tokens:
                raise model_fault("model_over_budget")
            body = request(self._settings, messages, self._tools)
            answer = self._exchange(body, deadline - self._clock())
            completion = read_completion(answer, len(body))
            spent += completion.tokens
            with self._counting:
                self.spent.tokens += completion.tokens
            if completion.declined or not completion.calls:
                raise model_fault("model_declined" if completion.declined else "model_no_tool_call")
            found = check_goals(completion.calls, self._offer)
            if isinstance(found, Because):
                because = found
            else:
                agrees = bool(sure) and self._offline.same(sure, found)
                because = None if agrees or _stops(found) else self._offline.objection(order, after, found)
                if because is None:
                    return found
            messages = [*messages, *correction(completion.calls, because)]
        assert because is not None
        raise goals_not_taken(because)

    def _exchange(self, body: bytes, left_s: float) -> Response:
        if left_s < _LEAST_S:
            raise model_fault("model_timed_out", f"{self._settings.time_s:.1f} s")
        try:
            return self._wire.exchange(body, left_s)
        except StorageFault as fault:
            raise model_fault("model_not_recorded", str(fault)) from None


def _stops(goals: Sequence[Goal]) -> bool:
    """Whether there is a stop among them; whoever says so may."""
    return any(goal.skill == "stop" for goal in goals)
