"""Answers to goals that ask: ``results``, ``why``, ``compare`` and ``status``, out of what is on record alone.

Every sentence cites the records it rests on. What is not on record is said to be not known, never guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.brain.memory.comparison import compare
from linewalker.brain.memory.event_answers import attempts, decisions, events
from linewalker.brain.memory.explanation import explain
from linewalker.brain.memory.matching import Members, alone
from linewalker.brain.memory.recorded import History, Stage
from linewalker.brain.memory.selection import Selection, select
from linewalker.brain.memory.sentence import Answer, Sentence
from linewalker.brain.memory.shift_status import status
from linewalker.brain.memory.statistic import EVENTS, TIMES, Aggregate, Quantity
from linewalker.brain.memory.time_answers import late, times
from linewalker.brain.memory.value_answers import AGGREGATES, value_statistics, values_listed
from linewalker.brain.memory.verdict_answers import (
    cars_at,
    overview,
    ranking,
    reasons,
    tallies,
    verdict_counts,
    verdicts_listed,
)
from linewalker.inspection.verdict import Verdict

ANSWERED = ("results", "why", "compare", "status")
"""Goals that records answer."""


def answer(goal: Goal, history: History, language: str, now: datetime.datetime, members: Members = alone) -> Answer:
    """What the records say.

    Args:
        goal: one of `ANSWERED`.
        history: the shifts there are records of.
        language: ``zh`` or ``en``.
        now: with a time zone, which says what day today is.
        members: what the names of areas and of groups of parts stand for.

    Raises:
        ValueError: the goal is no question, or ``now`` has no time zone.
    """
    if goal.skill not in ANSWERED or now.tzinfo is None:
        raise ValueError(f"'{goal.skill}' at {now} is no question to records")
    asked = select(goal.slots, history, now, members)
    if isinstance(asked, Sentence):
        sentences = [asked]
    else:
        sentences = {"results": _results, "why": explain, "compare": compare, "status": status}[goal.skill](asked)
    return Answer(language=language, sentences=tuple(sentences))


def answered(
    understood: Interpretation, history: History, now: datetime.datetime, members: Members = alone
) -> Interpretation:
    """A question with its answer; what is no question to records comes back as it is. See `answer`."""
    goals = [goal for goal in understood.goals if goal.skill in ANSWERED]
    if understood.course is not Course.ANSWER or not goals:
        return understood
    given = [answer(goal, history, understood.language, now, members) for goal in goals]
    whole = Answer(language=understood.language, sentences=tuple(s for one in given for s in one.sentences))
    return replace(
        understood,
        answer=whole.text,
        citations=whole.citations,
        sentences=tuple((sentence.text(whole.language), sentence.citations) for sentence in whole.sentences),
    )


_OF_ONE_KIND: dict[Quantity | None, Callable[[Selection], list[Sentence]]] = {
    **dict.fromkeys(EVENTS, events),
    Quantity.ATTEMPT: attempts,
    Quantity.DECISION: decisions,
    Quantity.LATE: late,
    Quantity.INTERRUPTED: lambda asked: cars_at(asked, Stage.INTERRUPTED),
    Quantity.MISSING: lambda asked: cars_at(asked, Stage.NEVER_CAME),
    Quantity.WHEN: lambda asked: explain(asked) if asked.narrowed else times(asked),
    Quantity.REASON: reasons,
}
"""Quantities about which there is one thing to tell, whatever is made of them."""


def _results(asked: Selection) -> list[Sentence]:
    quantity, aggregate = asked.statistic.quantity, asked.statistic.aggregate
    if quantity in _OF_ONE_KIND:
        return _OF_ONE_KIND[quantity](asked)
    if _asks_for_ranking(asked):
        return ranking(asked)
    if asked.by is not None:
        return compare(asked)
    if quantity in TIMES:
        return times(asked)
    if aggregate is Aggregate.COUNT and asked.verdict is Verdict.NOT_DECIDABLE:
        return reasons(asked)
    if aggregate is Aggregate.COUNT and asked.verdict is None:
        return tallies(asked)
    if aggregate in (Aggregate.COUNT, Aggregate.SHARE):
        return verdict_counts(asked, asked.verdict or Verdict.NOK)
    if aggregate in AGGREGATES or aggregate in (Aggregate.WORST, Aggregate.BEST, Aggregate.CP, Aggregate.CPK):
        return value_statistics(asked)
    if quantity is Quantity.VALUE and asked.verdict is None:
        return values_listed(asked.entries)
    if quantity is not None:
        return value_statistics(asked)
    return overview(asked) if asked.verdict is None else verdicts_listed(asked, asked.verdict)


def _asks_for_ranking(asked: Selection) -> bool:
    """``most`` always; the worst of what has a verdict or is put into groups, unless it is about values."""
    aggregate, quantity = asked.statistic.aggregate, asked.statistic.quantity
    if aggregate in (Aggregate.MOST, Aggregate.LEAST):
        return True
    return aggregate is Aggregate.WORST and quantity is None and (asked.by is not None or asked.verdict is not None)
