"""Answers about what happened besides measuring: touches, falls, stops, faults, attempts broken off, decisions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from linewalker.brain.memory.recorded import RecordedAttempt, RecordedCar, RecordedDecision, RecordedEvent
from linewalker.brain.memory.selection import Selection
from linewalker.brain.memory.sentence import Sentence, told
from linewalker.brain.memory.statistic import Aggregate, Quantity
from linewalker.brain.memory.value_answers import MOST_SENTENCES
from linewalker.brain.memory.wording import EVENTS, STAGES, plural, seconds
from linewalker.inspection.title import Title


def events(asked: Selection) -> list[Sentence]:
    """How many events there were, in all attempts at all cars asked about, and each of them unless only counted."""
    kind = asked.statistic.quantity
    found = [
        (car, event)
        for car in asked.cars
        for event in car.events
        if kind in (None, Quantity.EVENT) or event.kind == (kind and kind.value)
        if not asked.narrowed or _concerns(event, car, asked)
    ]
    cited = [event.citation for _, event in found]
    zh, en = asked.opening()
    what = event_name(kind)
    cars = len({id(car) for car, _ in found})
    sentences = [
        told(
            f"{zh}{len(asked.cars)} 台车中 {cars} 台有记录，共 {len(found)} 次{what.zh}{_kinds(found, zh=True)}",
            f"{en}{plural(len(found), what.en, _plural(what.en))} on {cars} of {plural(len(asked.cars), 'car')}"
            f"{_kinds(found, zh=False)}",
            [*cited, *asked.shift_citations],
        )
    ]
    if asked.statistic.aggregate in (Aggregate.COUNT, Aggregate.SUM) and len(found) > MOST_SENTENCES:
        return sentences
    for car, event in found[:MOST_SENTENCES]:
        sentences.append(event_sentence(car, event))
    if rest := found[MOST_SENTENCES:]:
        sentences.append(
            told(
                f"另有 {len(rest)} 次，见来源",
                f"{len(rest)} more, named in the sources",
                (event.citation for _, event in rest),
            )
        )
    return sentences


def event_name(kind: Quantity | None) -> Title:
    """What people call a kind of event; ``event`` itself stands for all kinds."""
    return Title(zh="事件", en="event") if kind in (None, Quantity.EVENT) else EVENTS[kind.value]


def _plural(word: str) -> str:
    return f"{word}es" if word.endswith("ch") else f"{word}s"


def _kinds(found: list[tuple[RecordedCar, RecordedEvent]], *, zh: bool) -> str:
    """How many of each kind, if there are several."""
    counts = Counter(event.kind for _, event in found)
    if len(counts) < 2:
        return ""
    if zh:
        return "（" + "，".join(f"{EVENTS[kind].zh} {count}" for kind, count in counts.items()) + "）"
    named = (plural(count, EVENTS[kind].en, _plural(EVENTS[kind].en)) for kind, count in counts.items())
    return f" ({', '.join(named)})"


def _concerns(event: RecordedEvent, car: RecordedCar, asked: Selection) -> bool:
    """Whether an event names a characteristic that was asked about."""
    ids = (entry.id for owner, entry in asked.entries if owner is car)
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", event.text) for name in ids)


def event_sentence(car: RecordedCar, event: RecordedEvent) -> Sentence:
    """One event, in the words of the record."""
    kind = EVENTS[event.kind]
    return told(
        f"{seconds(event.time_s)} 时，VIN {car.vin}，{kind.zh}：{event.text}",
        f"at {seconds(event.time_s)}, VIN {car.vin}, {kind.en}: {event.text}",
        [event.citation],
    )


def attempts(asked: Selection) -> list[Sentence]:
    """How often cars were begun, and why attempts were broken off."""
    begun = [(car, attempt) for car in asked.cars for attempt in car.attempts if attempt.stage.came]
    zh, en = asked.opening()
    sentences = [
        told(
            f"{zh}{len(asked.cars)} 台车共 {len(begun)} 次检测",
            f"{en}{plural(len(begun), 'attempt')} at {plural(len(asked.cars), 'car')}",
            [*(attempt.citation for _, attempt in begun), *asked.shift_citations],
        )
    ]
    broken_off = [(car, attempt) for car, attempt in begun if attempt.interrupted is not None]
    return [*sentences, *(attempt_sentence(car, attempt) for car, attempt in broken_off[:MOST_SENTENCES])]


def attempt_sentence(car: RecordedCar, attempt: RecordedAttempt) -> Sentence:
    """One attempt: how it went."""
    stage, why = STAGES[attempt.stage], attempt.interrupted
    return told(
        f"VIN {car.vin} 第 {attempt.number} 次检测：{stage.zh}" + (f"，{why.zh}" if why else ""),
        f"VIN {car.vin}, attempt {attempt.number}: {stage.en}" + (f", {why.en}" if why else ""),
        [attempt.citation],
    )


def decisions(asked: Selection) -> list[Sentence]:
    """What was decided while the shifts were worked, and why; of single cars only what was about them."""
    whole = asked.title is None or len(asked.cars) == sum(len(shift.cars) for shift in asked.shifts)
    found = decisions_about(asked, None if whole else set(asked.vins))
    zh, en = asked.opening()
    sentences = [
        told(
            f"{zh}共 {len(found)} 条决定",
            f"{en}{plural(len(found), 'decision')}",
            [*asked.shift_citations, *(one.citation for one in found)],
        )
    ]
    return [*sentences, *(decision_sentence(one) for one in found[-MOST_SENTENCES:])]


def decisions_about(asked: Selection, vins: Collection[str] | None) -> list[RecordedDecision]:
    """The decisions in the shifts asked about; None for the VINs: all."""
    every = [decision for shift in asked.shifts for decision in shift.decisions]
    return [decision for decision in every if vins is None or decision.vin in vins]


def decision_sentence(decision: RecordedDecision) -> Sentence:
    """One decision, in the words of the journal."""
    about = f"VIN {decision.vin}" if decision.vin else ""
    at, text = seconds(decision.time_s), decision.text
    return told(
        f"{at} 时{'，' if about else ''}{about}：{text.zh.rstrip('。')}",
        f"at {at}{', ' if about else ''}{about}: {text.en.rstrip('.')}",
        [decision.citation],
    )
