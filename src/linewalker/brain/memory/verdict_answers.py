"""Answers about verdicts: how many cars and characteristics came out how, which, how often, and for which reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from linewalker.brain.memory.grouping import groups_of
from linewalker.brain.memory.recorded import RecordedCar, RecordedCharacteristic, Stage
from linewalker.brain.memory.selection import Entry, Selection, is_judged
from linewalker.brain.memory.sentence import Sentence, not_known, told
from linewalker.brain.memory.statistic import Aggregate
from linewalker.brain.memory.value_answers import MOST_SENTENCES, values_listed
from linewalker.brain.memory.wording import (
    STAGES,
    VERDICTS,
    listed,
    plain,
    plural,
    share,
    tallied,
    value_text,
    verdict_of,
)
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Verdict

_FEW = 6
"""Records that are told one by one though only their verdicts were asked for."""


def inspected(asked: Selection) -> list[Entry]:
    """The characteristics asked about, of cars that came."""
    return [(car, entry) for car, entry in asked.entries if is_judged(car, entry)]


def citations_of(entries: Iterable[Entry]) -> list[str]:
    """Of the judgements."""
    return [entry.citation for _, entry in entries]


def verdict_counts(asked: Selection, verdict: Verdict) -> list[Sentence]:
    """How many characteristics, and how many cars, came out so; shares with them."""
    judged = inspected(asked)
    if not judged:
        return [_nothing_inspected(asked)]
    found = [pair for pair in judged if pair[1].verdict is verdict]
    zh, en = asked.opening()
    word = VERDICTS[verdict]
    cars, all_cars = len(_cars(found)), len(_cars(judged))
    sentences = [
        told(
            f"{zh}{len(judged)} 项特性中 {len(found)} 项{word.zh}（{share(len(found), len(judged))}），"
            f"分布在 {all_cars} 台车中的 {cars} 台",
            f"{en}{len(found)} of {plural(len(judged), 'characteristic')} {_are(len(found))} {word.en} "
            f"({share(len(found), len(judged))}), on {cars} of {plural(all_cars, 'car')}",
            [*citations_of(found), *asked.shift_citations],
        )
    ]
    return sentences if asked.narrowed else [_cars_with(asked, verdict), *sentences]


def _cars_with(asked: Selection, verdict: Verdict) -> Sentence:
    """How many whole cars have a verdict, of those that came."""
    came = [car for car in asked.cars if car.stage in (Stage.JUDGED, Stage.INTERRUPTED)]
    found = [car for car in came if car.verdict is verdict]
    zh, en = asked.opening()
    word = VERDICTS[verdict]
    named = listed(plain(car.vin for car in found))
    part = share(len(found), len(came))
    return told(
        f"{zh}已检测的 {len(came)} 台车中 {len(found)} 台{word.zh}（{part}）" + (f"：{named.zh}" if found else ""),
        f"{en}{len(found)} of {plural(len(came), 'inspected car')} {_are(len(found))} {word.en} ({part})"
        + (f": {named.en}" if found else ""),
        [*(cited for car in found for cited in car.citations), *asked.shift_citations],
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def verdicts_listed(asked: Selection, verdict: Verdict) -> list[Sentence]:
    """Which cars came out so, and with which characteristics."""
    found = [pair for pair in inspected(asked) if pair[1].verdict is verdict]
    if len(asked.vins) == 1 and asked.title is not None and not asked.narrowed:  # is it OK? what it is, and what is not
        findings = found if verdict is not Verdict.OK else _findings(asked)
        return [*(car_sentence(car) for car in asked.cars), *values_listed(findings)]
    sentences = verdict_counts(asked, verdict)
    cars = _cars(found)
    if verdict is Verdict.OK:
        names = listed(plain(dict.fromkeys(car.vin for car in cars)))
        return (
            [*sentences, told(f"涉及 {names.zh}", f"on {names.en}", citations_of(found))]
            if asked.narrowed
            else sentences
        )
    for car in cars[:MOST_SENTENCES]:
        of_car = [entry for owner, entry in found if owner is car]
        sentences.append(_on_car(car, of_car))
    if rest := cars[MOST_SENTENCES:]:
        names = listed(plain(car.vin for car in rest))
        left = [pair for pair in found if any(pair[0] is car for car in rest)]
        sentences.append(told(f"另有 {names.zh}", f"besides, {names.en}", citations_of(left)))
    if not asked.narrowed and verdict is Verdict.NOT_DECIDABLE:
        sentences += [car_sentence(car) for car in asked.cars if car.stage is Stage.INTERRUPTED][:MOST_SENTENCES]
    return sentences


def _on_car(car: RecordedCar, entries: Sequence[RecordedCharacteristic]) -> Sentence:
    told_values = listed([_brief(entry) for entry in entries])
    whole = verdict_of(car)
    return told(
        f"VIN {car.vin}（整车{whole.zh}）：{told_values.zh}",
        f"VIN {car.vin} (the car is {whole.en}): {told_values.en}",
        [entry.citation for entry in entries],
    )


def _brief(entry: RecordedCharacteristic) -> Title:
    """``L2-gap 5.4312 mm``, or why there is no value."""
    value = value_text(entry) if entry.value is not None else entry.reason.title
    return Title(zh=f"{entry.id} {value.zh}", en=f"{entry.id} {value.en}")


def tallies(asked: Selection) -> list[Sentence]:
    """How many came out how: cars, if whole ones were asked about, and characteristics."""
    zh, en = asked.opening()
    sentences = []
    if not asked.narrowed:
        tally = tallied(None if car.stage is Stage.RUNNING or not car.stage.came else car.verdict for car in asked.cars)
        sentences.append(
            told(
                f"{zh}{len(asked.cars)} 台车：{tally.zh}",
                f"{en}{plural(len(asked.cars), 'car')}: {tally.en}",
                [*asked.shift_citations, *(cited for car in asked.cars for cited in car.citations)],
            )
        )
    tally = tallied(entry.verdict if is_judged(car, entry) else None for car, entry in asked.entries)
    sentences.append(
        told(
            f"{zh}{len(asked.entries)} 项特性：{tally.zh}",
            f"{en}{plural(len(asked.entries), 'characteristic')}: {tally.en}",
            citations_of(asked.entries) if asked.narrowed else asked.shift_citations,
        )
    )
    return sentences


def overview(asked: Selection) -> list[Sentence]:
    """What came out, where no statistic and no verdict was asked for."""
    if asked.narrowed:
        if len(asked.entries) == 1:
            return values_listed(asked.entries)
        few = len(asked.entries) <= max(_FEW, 2 * len(asked.cars))
        return [*tallies(asked), *values_listed(asked.entries if few else _findings(asked))]
    if len(asked.vins) == 1:
        return [*(car_sentence(car) for car in asked.cars), *values_listed(_findings(asked))]
    return [*tallies(asked), *verdicts_listed(asked, Verdict.NOK)]


def _findings(asked: Selection) -> list[Entry]:
    return [pair for pair in inspected(asked) if pair[1].verdict is not Verdict.OK]


def cars_at(asked: Selection, stage: Stage) -> list[Sentence]:
    """How many cars got so far and no farther, and why each."""
    found = [car for car in asked.cars if car.stage is stage]
    zh, en = asked.opening()
    how = STAGES[stage]
    first = told(
        f"{zh}{len(asked.cars)} 台车中 {len(found)} 台{how.zh}",
        f"{en}{len(found)} of {plural(len(asked.cars), 'car')} {how.en}",
        [*asked.shift_citations, *(cited for car in found for cited in car.citations)],
    )
    return [first, *(car_sentence(car) for car in found[:MOST_SENTENCES])]


def car_sentence(car: RecordedCar) -> Sentence:
    """A car: its verdict and why, or how far it is."""
    whole, options = verdict_of(car), ", ".join(f"{name}={value}" for name, value in sorted(car.options.items()))
    built = f"{car.model}{', ' if options else ''}{options}"
    reason = car.why if car.verdict is not Verdict.OK or car.stage is not Stage.JUDGED else None
    stage = STAGES[car.stage]
    zh = f"VIN {car.vin}（序号 {car.sequence}，{built}），{stage.zh}：{whole.zh}"
    en = f"VIN {car.vin} (no. {car.sequence}, {built}), {stage.en}: {whole.en}"
    if reason is not None:
        zh, en = f"{zh}；{reason.zh}", f"{en}; {reason.en}"
    return told(zh, en, car.citations)


def ranking(asked: Selection) -> list[Sentence]:
    """What comes out so most often, by characteristic or by what the question says."""
    verdict = asked.verdict or Verdict.NOK
    grouped = groups_of(asked, asked.by or "characteristic")
    if isinstance(grouped, Sentence):
        return [grouped]
    counted = [
        (sum(entry.verdict is verdict for _, entry in judged), title, judged)
        for title, group in grouped
        if (judged := [pair for pair in group if is_judged(*pair)])
    ]
    least = asked.statistic.aggregate is Aggregate.LEAST
    counted = sorted(counted, key=lambda one: one[0], reverse=not least)
    if not counted:
        return [_nothing_inspected(asked)]
    word, (zh, en) = VERDICTS[verdict], asked.opening()
    if not least and counted[0][0] == 0:
        judged = [pair for _, _, group in counted for pair in group]
        return [
            told(
                f"{zh}{len(judged)} 项特性中 0 项{word.zh}",
                f"{en}0 of {plural(len(judged), 'characteristic')} are {word.en}",
                citations_of(judged),
            )
        ]
    best = counted[0][0]
    first = [one for one in counted if one[0] == best]
    sentences = [_ranked(zh, en, first, word, "最少" if least else "最多", "least" if least else "most")]
    following = [one for one in counted if one[0] != best and one[0] > 0][:_FEW]
    if following:
        sentences.append(_ranked("", "", following, word, "其次", "then"))
    return sentences


def _ranked(
    zh: str, en: str, ranked: Sequence[tuple[int, Title, Sequence[Entry]]], word: Title, which_zh: str, which_en: str
) -> Sentence:
    items = listed(
        [
            Title(zh=f"{title.zh}（{len(group)} 次中 {count} 次）", en=f"{title.en} ({count} of {len(group)})")
            for count, title, group in ranked
        ]
    )
    often = f"{which_en} often {word.en}" if which_en != "then" else "then"
    return told(
        f"{zh}{word.zh}{which_zh}：{items.zh}",
        f"{en}{often}: {items.en}",
        (entry.citation for _, _, group in ranked for _, entry in group),
    )


def reasons(asked: Selection) -> list[Sentence]:
    """Why characteristics came out as they did, how often each."""
    verdict = asked.verdict or Verdict.NOT_DECIDABLE
    found = [pair for pair in inspected(asked) if pair[1].verdict is verdict]
    sentences = verdict_counts(asked, verdict)
    for reason, count in Counter(entry.reason for _, entry in found).most_common():
        cited = [entry.citation for _, entry in found if entry.reason is reason]
        sentences.append(told(f"{count} 次：{reason.title.zh}", f"{plural(count, 'time')}: {reason.title.en}", cited))
    return sentences


def _nothing_inspected(asked: Selection) -> Sentence:
    zh, en = asked.opening()
    return not_known(f"{zh}还没有检测过任何车", f"{en}no car was inspected", asked.shift_citations)


def _cars(entries: Sequence[Entry]) -> list[RecordedCar]:
    return list({id(car): car for car, _ in entries}.values())
