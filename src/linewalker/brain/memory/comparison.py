"""Answers that set records against each other: sides, models, shifts, days, cars, characteristics, options."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.memory.event_answers import event_name
from linewalker.brain.memory.grouping import Group, groups_of
from linewalker.brain.memory.matching import sides_of
from linewalker.brain.memory.recorded import RecordedCar, Stage
from linewalker.brain.memory.sample import aggregated
from linewalker.brain.memory.selection import Entry, Selection, is_judged
from linewalker.brain.memory.sentence import Sentence, not_known, told
from linewalker.brain.memory.statistic import EVENTS, TIMES, Aggregate, Quantity
from linewalker.brain.memory.time_answers import TIME_NAMES, time_of
from linewalker.brain.memory.value_answers import AGGREGATES, VALUE_NAMES, quantity_of
from linewalker.brain.memory.wording import listed, number, plural, seconds, share
from linewalker.inspection.methods import is_signed, title_of
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Verdict

_NO_CARS = frozenset({"side", "sides", "characteristic", "id", "feature", "class", "method", "reason"})
"""Ways of grouping that put characteristics together, not cars."""


def compare(asked: Selection) -> list[Sentence]:
    """How the groups of a question came out: shares that are NOK, then every method's values, then takt times."""
    by = asked.by or _way(asked)
    grouped = groups_of(asked, by)
    if isinstance(grouped, Sentence):
        return [grouped]
    if not grouped:
        return [not_known("没有可比较的记录", "there is nothing on record to compare", asked.shift_citations)]
    sentences = []
    if len(grouped) == 1:
        only = grouped[0][0]
        sentences.append(
            not_known(
                f"只有一组记录（{only.zh}），没有可比较的",
                f"there is one group on record ({only.en}), and nothing to compare it with",
                (entry.citation for _, entry in grouped[0][1]),
            )
        )
    quantity, of_cars = asked.statistic.quantity, by.lower() not in _NO_CARS
    if quantity in EVENTS and of_cars:
        return [*sentences, _events(asked, grouped)]
    if quantity not in TIMES:
        sentences += [_verdicts(asked, grouped), *_values(asked, grouped)]
    if of_cars and not asked.narrowed:
        sentences += _times(asked, grouped)
    return sentences or [
        not_known("这样分组没有时间记录", "no times are on record in such groups", asked.shift_citations)
    ]


def _way(asked: Selection) -> str:
    """What to compare, where the question does not say: what there is more than one of."""
    sides = {side for _, entry in asked.entries for side in sides_of(entry)}
    if asked.narrowed and {"left", "right"} <= sides:
        return "side"
    if len(asked.shifts) > 1:
        return "shift"
    if len({car.model for car in asked.cars}) > 1:
        return "model"
    return "side" if {"left", "right"} <= sides else "vin"


def _verdicts(asked: Selection, grouped: Sequence[Group]) -> Sentence:
    zh, en = asked.opening()
    items, cited = [], []
    for title, group in grouped:
        judged = [entry for car, entry in group if is_judged(car, entry)]
        bad = sum(entry.verdict is Verdict.NOK for entry in judged)
        part = f" ({share(bad, len(judged))})" if judged else ""
        items.append(
            Title(
                zh=f"{title.zh} {len(judged)} 项中 {bad} 项{part}",
                en=f"{title.en} {bad} of {len(judged)}{part}",
            )
        )
        cited += [entry.citation for _, entry in group]
    every = listed(items)
    return told(f"{zh}不合格：{every.zh}", f"{en}NOK: {every.en}", cited)


def _values(asked: Selection, grouped: Sequence[Group]) -> list[Sentence]:
    quantity = asked.statistic.quantity if asked.statistic.quantity in VALUE_NAMES else Quantity.VALUE
    assert quantity is not None
    aggregate = asked.statistic.aggregate
    aggregate = aggregate if aggregate in AGGREGATES else Aggregate.MEAN
    methods = dict.fromkeys((entry.method, entry.unit) for _, group in grouped for _, entry in group)
    sentences = []
    for method, unit in methods:
        items, results, cited = [], [], []
        for title, group in grouped:
            found = [entry for _, entry in group if (entry.method, entry.unit) == (method, unit)]
            values = [value for entry in found if (value := quantity_of(entry, quantity)) is not None]
            result = aggregated(values, aggregate)
            if result is None:
                continue
            signed = is_signed(method) and aggregate not in (Aggregate.SPREAD, Aggregate.RANGE)
            text = f"{number(result, signed=signed)} {unit}"
            count = Title(zh=f"{len(values)} 个值", en=plural(len(values), "value"))
            items.append(Title(zh=f"{title.zh} {text}（{count.zh}）", en=f"{title.en} {text} ({count.en})"))
            results.append((result, title))
            cited += [entry.citation for entry in found]
        if items:
            sentences.append(_compared(title_of(method), aggregate, quantity, items, results, unit, cited))
    return sentences


def _compared(
    method: Title,
    aggregate: Aggregate,
    quantity: Quantity,
    items: Sequence[Title],
    results: Sequence[tuple[float, Title]],
    unit: str,
    cited: Sequence[str],
) -> Sentence:
    every, spoken, what = listed(items), AGGREGATES[aggregate], VALUE_NAMES[quantity]
    zh = f"{method.zh}{what.zh}的{spoken.zh}：{every.zh}"
    en = f"{method.en}, {spoken.en} {what.en}: {every.en}"
    if len(results) > 1:
        (low, low_title), (high, high_title) = min(results, key=lambda r: r[0]), max(results, key=lambda r: r[0])
        apart = f"{number(high - low)} {unit}"
        if len(results) > 2:
            zh = f"{zh}；最大 {high_title.zh}，最小 {low_title.zh}"
            en = f"{en}; largest {high_title.en}, smallest {low_title.en}"
        zh, en = f"{zh}；相差 {apart}", f"{en}; {apart} apart"
    return told(zh, en, cited)


def _times(asked: Selection, grouped: Sequence[Group]) -> list[Sentence]:
    quantity = asked.statistic.quantity if asked.statistic.quantity in TIME_NAMES else Quantity.TAKT
    assert quantity is not None
    aggregate = asked.statistic.aggregate
    aggregate = aggregate if aggregate in AGGREGATES else Aggregate.MEAN
    items, cited = [], []
    for title, group in grouped:
        judged = [car for car in _cars(group) if car.stage is Stage.JUDGED]
        result = aggregated([time_of(car, quantity) for car in judged], aggregate)
        if result is not None:
            count = Title(zh=f"{len(judged)} 台", en=plural(len(judged), "car"))
            text = seconds(result)
            items.append(Title(zh=f"{title.zh} {text}（{count.zh}）", en=f"{title.en} {text} ({count.en})"))
            cited += [cited for car in judged for cited in car.citations]
    if not items:
        return []
    every, spoken, what = listed(items), AGGREGATES[aggregate], TIME_NAMES[quantity]
    return [told(f"{what.zh}的{spoken.zh}：{every.zh}", f"{spoken.en} {what.en}: {every.en}", cited)]


def _events(asked: Selection, grouped: Sequence[Group]) -> Sentence:
    kind = asked.statistic.quantity
    items, cited = [], []
    for title, group in grouped:
        cars = _cars(group)
        found = [e for car in cars for e in car.events if kind is Quantity.EVENT or e.kind == (kind and kind.value)]
        items.append(
            Title(
                zh=f"{title.zh} {len(found)} 次（{len(cars)} 台）",
                en=f"{title.en} {len(found)} ({plural(len(cars), 'car')})",
            )
        )
        cited += [*(event.citation for event in found), *(cited for car in cars for cited in car.citations)]
    every, what = listed(items), event_name(kind)
    return told(f"{what.zh}：{every.zh}", f"{what.en}, how often: {every.en}", cited)


def _cars(group: Sequence[Entry]) -> list[RecordedCar]:
    return list({id(car): car for car, _ in group}.values())
