"""A characteristic of a car: what is inspected, how, and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linewalker.inspection.method import Limits, Question
from linewalker.inspection.severity import Decision, Severity
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, guarded


@dataclass(frozen=True, kw_only=True, eq=False)
class Characteristic:
    """One thing to inspect on one model.

    Attributes:
        id, title: what records call it, what people call it.
        method: the name of the method that inspects it.
        severity: how bad a deviation is.
        feature: name of the seam or part.
        question: what the method made of its keys.
        when: the options under which it applies: for each option the values that will do.
        decision: what OK takes.
    """

    id: str
    title: Title
    method: str
    severity: Severity
    feature: str
    question: Question
    when: Mapping[str, tuple[str, ...]]
    decision: Decision = Decision.SIMPLE

    @property
    def limits(self) -> Limits:
        """What is wanted and allowed."""
        return self.question.limits

    def applies_to(self, options: Mapping[str, str]) -> bool:
        """True for an order with these options (complete, defaults included)."""
        return all(options.get(name) in values for name, values in self.when.items())

    def judge(self, evidence: Any, options: Mapping[str, str]) -> Judgement:
        """Judge what the skill it needs has found on a car with these options (complete)."""
        judgement = self.question.judge(self.id, evidence, options)
        return guarded(judgement) if self.decision is Decision.GUARDED else judgement

    def undecided(self, reason: Reason, detail: str, time_s: float) -> Judgement:
        """The judgement where there is no evidence, for whatever reason."""
        return self.limits.undecided(self.id, reason, detail, time_s)
