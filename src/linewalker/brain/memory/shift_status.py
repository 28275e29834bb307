"""How far a shift is, as its records say."""

from __future__ import annotations

from collections import Counter

from linewalker.brain.memory.event_answers import decision_sentence, event_sentence
from linewalker.brain.memory.recorded import RecordedCar, RecordedShift, Stage
from linewalker.brain.memory.selection import Selection, is_judged
from linewalker.brain.memory.sentence import Sentence, told
from linewalker.brain.memory.wording import STAGES, plural, seconds
from linewalker.inspection.verdict import Verdict


def status(asked: Selection) -> list[Sentence]:
    """Of the newest shift: what it is, how many cars are how far, what runs, and what happened last."""
    shift = asked.shifts[-1]
    sentences = [_shift(shift, asked)]
    sentences += [_running(car) for car in shift.cars if car.stage is Stage.RUNNING]
    happened = [(event.time_s, car, event) for car in shift.cars for event in car.events]
    if happened:
        _, car, event = max(happened, key=lambda one: one[0])
        sentences.append(event_sentence(car, event))
    if shift.decisions:
        sentences.append(decision_sentence(shift.decisions[-1]))
    return sentences


def _shift(shift: RecordedShift, asked: Selection) -> Sentence:
    counts = Counter(car.stage for car in shift.cars)
    zh = "，".join(f"{count} 台{STAGES[stage].zh}" for stage, count in counts.items())
    en = ", ".join(f"{count} {STAGES[stage].en}" for stage, count in counts.items())
    opened = f"{shift.opened_at.astimezone(asked.now.tzinfo):%Y-%m-%d %H:%M}"
    seed_zh, seed_en = ("", "") if shift.seed is None else (f"，随机种子 {shift.seed}", f", seed {shift.seed}")
    return told(
        f"班次 {shift.citation}（{shift.shift}，{shift.plan}，{shift.station}，机器人 {shift.robot}，{shift.software}"
        f"{seed_zh}），{opened} 开始，"
        f"共 {len(shift.cars)} 台车" + (f"：{zh}" if zh else ""),
        f"shift {shift.citation} ({shift.shift}, {shift.plan}, {shift.station}, robot {shift.robot}, {shift.software}"
        f"{seed_en}), opened {opened}, "
        f"{plural(len(shift.cars), 'car')}" + (f": {en}" if en else ""),
        [shift.citation, *(cited for car in shift.cars for cited in car.citations)],
    )


def _running(car: RecordedCar) -> Sentence:
    judged = [entry for entry in car.characteristics if is_judged(car, entry)]
    bad = sum(entry.verdict is Verdict.NOK for entry in judged)
    whole, at = len(car.characteristics), seconds(car.finished_s)
    return told(
        f"VIN {car.vin} 正在检测：截至 {at}，{whole} 项特性中已判定 {len(judged)} 项，{bad} 项不合格",
        f"VIN {car.vin} is being inspected: by {at}, of {plural(whole, 'characteristic')} {len(judged)} are judged, "
        f"{bad} NOK",
        [*car.citations, *(entry.citation for entry in judged)],
    )
