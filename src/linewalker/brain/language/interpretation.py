"""How an order was understood: the goals in it, and whether they are done, answered, asked about or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.inspection.title import Title


class Course(Enum):
    """What follows from an order."""

    ACT = "act"
    ANSWER = "answer"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class Because:
    """Why an order is refused, or asked about: a code for machines, a sentence for people."""

    code: str
    title: Title


@dataclass(frozen=True, kw_only=True)
class Interpretation:
    """One order as it was understood.

    Attributes:
        language: ``zh`` or ``en``: what the order is in, and what is answered in.
        course: what follows.
        goals: in the order in which they are to be done; what is asked about or refused has none that is acted on.
        read_back: what will be done, in the order's language, for a person to confirm.
        question: what is asked, with the choices there are.
        because: of a refusal, and of a question.
        answer: what is told; None as long as nobody who has records was asked.
        plan: certificate and visits as a document; None as long as nothing was planned.
        citations: ids of the records an answer rests on.
        sentences: those of the answer, each with the ids it rests on.
        aside: what else came to pass, such as a language model that was of no use.
    """

    language: str
    course: Course
    goals: tuple[Goal, ...] = ()
    read_back: str = ""
    question: str | None = None
    choices: tuple[str, ...] = ()
    because: Because | None = None
    answer: str | None = None
    plan: Mapping[str, Any] | None = None
    citations: tuple[str, ...] = ()
    sentences: tuple[tuple[str, tuple[str, ...]], ...] = ()
    aside: Because | None = None

    def document(self) -> dict[str, Any]:
        """As ``linewalker ask --json`` prints it."""
        return {
            "language": self.language,
            "goals": [goal.document() for goal in self.goals],
            "read_back": self.read_back,
            "outcome": self.course.value,
            "question": self.question,
            "choices": list(self.choices),
            "reason": _document(self.because),
            "answer": self.answer,
            "plan": None if self.plan is None else dict(self.plan),
            "citations": list(self.citations),
            "sentences": [{"text": text, "citations": list(cited)} for text, cited in self.sentences],
            "aside": _document(self.aside),
        }


def _document(because: Because | None) -> dict[str, str] | None:
    return None if because is None else {"code": because.code, "zh": because.title.zh, "en": because.title.en}
