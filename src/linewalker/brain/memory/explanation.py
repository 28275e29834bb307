"""Answers to why: a verdict with the value, the limits, the uncertainty, the reason and the picture it rests on."""

from __future__ import annotations

from dataclasses import replace

from linewalker.brain.memory.event_answers import (
    attempt_sentence,
    decision_sentence,
    decisions_about,
    event_sentence,
    events,
)
from linewalker.brain.memory.recorded import RecordedCar, RecordedCharacteristic, Stage
from linewalker.brain.memory.selection import Selection, is_judged
from linewalker.brain.memory.sentence import Sentence, told
from linewalker.brain.memory.statistic import Quantity, Statistic
from linewalker.brain.memory.value_answers import MOST_SENTENCES
from linewalker.brain.memory.verdict_answers import car_sentence, tallies
from linewalker.brain.memory.wording import VERDICTS, measured_text, named, number, plural, required_text, seconds
from linewalker.inspection.verdict import Verdict

_MOST_CARS = 6


def explain(asked: Selection) -> list[Sentence]:
    """Why cars or characteristics came out as they did, of many only what is not OK; of all there is also the stops."""
    if asked.narrowed:
        return _explain_characteristics(asked)
    cars = [car for car in asked.cars if len(asked.vins) == 1 or not _is_good(car)]
    if not cars and asked.title is not None:
        return tallies(asked)
    several = len(asked.vins) > 1
    stops = replace(asked, statistic=Statistic(quantity=Quantity.STOP))
    sentences = [*(events(stops) if asked.title is None else ()), *(tallies(asked) if several else ())]
    sentences += [sentence for car in cars[:_MOST_CARS] for sentence in _explain_car(car, asked)]
    if rest := cars[_MOST_CARS:]:
        sentences.append(
            told(
                f"另有 {len(rest)} 台车不是合格，见来源；问单台车可得原因",
                f"{plural(len(rest), 'further car')} not OK, named in the sources; ask about one of them",
                (cited for car in rest for cited in car.citations),
            )
        )
    return sentences


def _is_good(car: RecordedCar) -> bool:
    return car.stage is Stage.JUDGED and car.verdict is Verdict.OK


def _explain_characteristics(asked: Selection) -> list[Sentence]:
    single = len({(car.vin, entry.id) for car, entry in asked.entries}) <= MOST_SENTENCES and len(asked.vins) == 1
    chosen = [pair for pair in asked.entries if single or pair[1].verdict is not Verdict.OK]
    chosen = [(car, entry) for car, entry in chosen if entry.inspected or len(asked.vins) == 1]
    if not chosen:
        return tallies(asked)
    sentences = [explain_characteristic(car, entry) for car, entry in chosen[:MOST_SENTENCES]]
    if rest := chosen[MOST_SENTENCES:]:
        sentences.append(
            told(
                f"另有 {len(rest)} 项，见来源",
                f"{len(rest)} more, named in the sources",
                (entry.citation for _, entry in rest),
            )
        )
    return sentences


def _explain_car(car: RecordedCar, asked: Selection) -> list[Sentence]:
    sentences = [car_sentence(car)]
    judged = [entry for entry in car.characteristics if is_judged(car, entry)]
    for verdict in (Verdict.NOK, Verdict.NOT_DECIDABLE):
        found = [entry for entry in judged if entry.verdict is verdict]
        sentences += [explain_characteristic(car, entry) for entry in found[:MOST_SENTENCES]]
        if rest := found[MOST_SENTENCES:]:
            word = VERDICTS[verdict]
            sentences.append(
                told(f"另有 {len(rest)} 项{word.zh}", f"{len(rest)} more are {word.en}", (e.citation for e in rest))
            )
    if _is_good(car):
        cited = [entry.citation for entry in judged]
        sentences.append(
            told(f"全部 {len(judged)} 项特性合格", f"all of its {plural(len(judged), 'characteristic')} are OK", cited)
        )
    sentences += [event_sentence(car, event) for event in car.events[:MOST_SENTENCES]]
    sentences += [decision_sentence(one) for one in decisions_about(asked, {car.vin})[:MOST_SENTENCES]]
    sentences += [attempt_sentence(car, a) for a in car.attempts if len(car.attempts) > 1 and a.interrupted is not None]
    return sentences


def explain_characteristic(car: RecordedCar, entry: RecordedCharacteristic) -> Sentence:
    """One judgement, with everything that is on record of it."""
    name, value, required, beyond = named(entry), measured_text(entry), required_text(entry), entry.beyond
    zh, en = [f"VIN {car.vin}，{name.zh}：{value.zh}"], [f"VIN {car.vin}, {name.en}: {value.en}"]
    if required is not None:
        zh.append(required.zh)
        en.append(required.en)
    if beyond is not None and beyond > 0:
        zh.append(f"超出 {number(beyond)} {entry.unit}")
        en.append(f"{number(beyond)} {entry.unit} outside")
    zh_parts = ["，".join(zh), f"{VERDICTS[entry.verdict].zh}，{entry.reason.title.zh}"]
    en_parts = [", ".join(en), f"{VERDICTS[entry.verdict].en}, {entry.reason.title.en}"]
    if entry.detail:
        zh_parts.append(f"细节：{entry.detail}")
        en_parts.append(f"in detail: {entry.detail}")
    zh_parts.append(f"{seconds(entry.time_s)} 时测得" if entry.value is not None else f"{seconds(entry.time_s)} 时判定")
    en_parts.append(f"{'measured' if entry.value is not None else 'decided'} at {seconds(entry.time_s)}")
    zh_parts.append(f"证据 {entry.evidence}" if entry.evidence else "没有图片")
    en_parts.append(f"evidence {entry.evidence}" if entry.evidence else "no picture is on record")
    return told("；".join(zh_parts), "; ".join(en_parts), [entry.citation])
