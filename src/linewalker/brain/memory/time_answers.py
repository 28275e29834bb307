"""Answers about times: how long cars took, how long the robot walked and inspected."""

from __future__ import annotations

from linewalker.brain.memory.recorded import RecordedCar, Stage
from linewalker.brain.memory.sample import aggregated
from linewalker.brain.memory.selection import Selection
from linewalker.brain.memory.sentence import Sentence, not_known, told
from linewalker.brain.memory.statistic import Aggregate, Quantity
from linewalker.brain.memory.value_answers import MOST_SENTENCES
from linewalker.brain.memory.wording import STAGES, listed, plain, plural, seconds
from linewalker.inspection.title import Title

TIME_NAMES = {
    Quantity.TAKT: Title(zh="节拍时间", en="takt time"),
    Quantity.WALKING: Title(zh="行走时间", en="walking time"),
    Quantity.INSPECTING: Title(zh="检测时间", en="inspecting time"),
}
_SPOKEN = {
    Aggregate.MEAN: Title(zh="平均", en="mean"),
    Aggregate.MEDIAN: Title(zh="中位数", en="median"),
    Aggregate.SPREAD: Title(zh="标准差", en="standard deviation of the"),
    Aggregate.MIN: Title(zh="最短", en="shortest"),
    Aggregate.MAX: Title(zh="最长", en="longest"),
    Aggregate.RANGE: Title(zh="极差", en="range of the"),
    Aggregate.SUM: Title(zh="总和", en="sum of the"),
}
_SAME = {Aggregate.WORST: Aggregate.MAX, Aggregate.BEST: Aggregate.MIN}


def time_of(car: RecordedCar, quantity: Quantity) -> float:
    """Of a car that was judged, in seconds of robot time."""
    return {Quantity.TAKT: car.takt_s, Quantity.WALKING: car.walking_s}.get(quantity, car.inspecting_s)


def times(asked: Selection) -> list[Sentence]:
    """How long the cars took that were asked about; statistics are of cars that were judged, others are told apart."""
    quantity = asked.statistic.quantity or Quantity.TAKT
    aggregate = asked.statistic.aggregate
    if asked.verdict is not None:
        asked = asked.of_cars(lambda car: car.stage is Stage.JUDGED and car.verdict is asked.verdict)
    came = [car for car in asked.cars if car.stage.came]
    if not came:
        zh, en = asked.opening()
        return [not_known(f"{zh}没有车的时间记录", f"{en}there is no car that took any time", asked.shift_citations)]
    if aggregate in (None, Aggregate.LIST, Aggregate.COUNT) and len(came) <= MOST_SENTENCES:
        single = [_of_car(car) for car in came]
        return single if len(came) == 1 else [*single, *_statistics(asked, quantity, Aggregate.MEAN)]
    if aggregate is Aggregate.SHARE:
        return late(asked)
    return _statistics(asked, quantity, _SAME.get(aggregate or Aggregate.MEAN, aggregate or Aggregate.MEAN))


def _of_car(car: RecordedCar) -> Sentence:
    shares_zh = f"其中行走 {seconds(car.walking_s)}，检测 {seconds(car.inspecting_s)}；限值 {seconds(car.takt_limit_s)}"
    shares_en = (
        f"walking {seconds(car.walking_s)} and inspecting {seconds(car.inspecting_s)} of it; "
        f"the limit is {seconds(car.takt_limit_s)}"
    )
    over = car.takt_s > car.takt_limit_s
    stage = STAGES[car.stage]
    began = seconds(car.began_s)
    zh = f"VIN {car.vin}（{stage.zh}）自 {began} 起用时 {seconds(car.takt_s)}，{shares_zh}" + (
        "，已超时" if over else ""
    )
    en = f"VIN {car.vin} ({stage.en}) took {seconds(car.takt_s)} from {began} on, {shares_en}" + (
        ", which it exceeded" if over else ""
    )
    return told(zh, en, car.citations)


def _statistics(asked: Selection, quantity: Quantity, aggregate: Aggregate) -> list[Sentence]:
    zh, en = asked.opening()
    judged = [car for car in asked.cars if car.stage is Stage.JUDGED]
    cited = [cited for car in judged for cited in car.citations]
    what = TIME_NAMES[quantity]
    if aggregate not in _SPOKEN:
        return [
            not_known(
                f"{zh}{what.zh}没有这种统计", f"{en}there is no such statistic of a {what.en}", asked.shift_citations
            )
        ]
    spoken = _SPOKEN[aggregate]
    values = [time_of(car, quantity) for car in judged]
    result = aggregated(values, aggregate)
    if result is None:
        count = plural(len(judged), "car that was judged", "cars that were judged")
        return [
            not_known(
                f"{zh}只有 {len(judged)} 台已判定的车，没有{what.zh}的{spoken.zh}",
                f"{en}there is no {spoken.en} {what.en} of {count}",
                cited or asked.shift_citations,
            )
        ]
    where = listed(plain(f"VIN {car.vin}" for car, value in zip(judged, values) if value == result))
    named = aggregate in (Aggregate.MIN, Aggregate.MAX)
    sentences = [
        told(
            f"{zh}{len(judged)} 台已判定车的{what.zh}，{spoken.zh} {seconds(result)}"
            + (f"（{where.zh}）" if named else ""),
            f"{en}{spoken.en} {what.en} of {plural(len(judged), 'car')} that "
            f"{'was' if len(judged) == 1 else 'were'} judged: {seconds(result)}" + (f" ({where.en})" if named else ""),
            cited,
        )
    ]
    others = [car for car in asked.cars if car.stage in (Stage.RUNNING, Stage.INTERRUPTED)]
    if others:
        names = listed(plain(f"VIN {car.vin}" for car in others))
        sentences.append(
            told(
                f"未计入没有检测完的 {len(others)} 台：{names.zh}",
                f"not counted: {plural(len(others), 'car')} not inspected to the end, {names.en}",
                (cited for car in others for cited in car.citations),
            )
        )
    return sentences if quantity is not Quantity.TAKT else [*sentences, *late(asked)]


def late(asked: Selection) -> list[Sentence]:
    """How many cars, of those that were judged, took longer than they may, and which."""
    judged = [car for car in asked.cars if car.stage is Stage.JUDGED]
    found = [car for car in judged if car.takt_s > car.takt_limit_s]
    names = listed(plain(f"VIN {car.vin}" for car in found))
    return [
        told(
            f"{len(judged)} 台已判定的车中 {len(found)} 台超过节拍限值" + (f"：{names.zh}" if found else ""),
            f"{len(found)} of {plural(len(judged), 'judged car')} exceeded the limit of the takt time"
            + (f": {names.en}" if found else ""),
            [cited for car in judged for cited in car.citations] or asked.shift_citations,
        )
    ]
