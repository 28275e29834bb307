"""Answers about what was measured: single values with limits and uncertainty, and statistics of many."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.memory.recorded import RecordedCar, RecordedCharacteristic
from linewalker.brain.memory.sample import aggregated, capability
from linewalker.brain.memory.selection import Entry, Selection
from linewalker.brain.memory.sentence import Sentence, capitalised, not_known, told
from linewalker.brain.memory.statistic import Aggregate, Quantity
from linewalker.brain.memory.wording import (
    VERDICTS,
    listed,
    measured_text,
    named,
    number,
    plural,
    required_text,
    value_text,
)
from linewalker.inspection.methods import is_signed, title_of
from linewalker.inspection.title import Title

MOST_SENTENCES = 12
"""About single records, in one answer."""
AGGREGATES = {
    Aggregate.MEAN: Title(zh="平均值", en="mean"),
    Aggregate.MEDIAN: Title(zh="中位数", en="median"),
    Aggregate.SPREAD: Title(zh="标准差", en="standard deviation"),
    Aggregate.MIN: Title(zh="最小值", en="smallest"),
    Aggregate.MAX: Title(zh="最大值", en="largest"),
    Aggregate.RANGE: Title(zh="极差", en="range"),
    Aggregate.SUM: Title(zh="总和", en="sum"),
}
VALUE_NAMES = {
    Quantity.VALUE: Title(zh="测量值", en="value"),
    Quantity.DEVIATION: Title(zh="与名义值的偏差", en="deviation from nominal"),
    Quantity.UNCERTAINTY: Title(zh="扩展不确定度（k = 2）", en="expanded uncertainty (k = 2)"),
}


def quantity_of(entry: RecordedCharacteristic, quantity: Quantity) -> float | None:
    """What a measured characteristic has of a quantity, in its unit."""
    if quantity is Quantity.UNCERTAINTY:
        return entry.expanded_uncertainty
    return entry.deviation if quantity is Quantity.DEVIATION else entry.number


def sentence_about(car: RecordedCar, entry: RecordedCharacteristic) -> Sentence:
    """One characteristic of one car: value, uncertainty, limits, verdict and reason."""
    name, value, required = named(entry), measured_text(entry), required_text(entry)
    verdict, reason = VERDICTS[entry.verdict], entry.reason.title
    zh = f"VIN {car.vin}，{name.zh}：{value.zh}" + (f"，{required.zh}" if required else "")
    en = f"VIN {car.vin}, {name.en}: {value.en}" + (f", {required.en}" if required else "")
    return told(f"{zh}；{verdict.zh}，{reason.zh}", f"{en}; {verdict.en}, {reason.en}", [entry.citation])


def values_listed(entries: Sequence[Entry]) -> list[Sentence]:
    """Every record for itself, as far as an answer goes; the rest is counted."""
    sentences = [sentence_about(car, entry) for car, entry in entries[:MOST_SENTENCES]]
    rest = entries[MOST_SENTENCES:]
    if rest:
        sentences.append(
            told(
                f"另有 {len(rest)} 条记录，见来源",
                f"{plural(len(rest), 'further record')}, named in the sources",
                (entry.citation for _, entry in rest),
            )
        )
    return sentences


def value_statistics(asked: Selection) -> list[Sentence]:
    """What the statistic of a question makes of the values; one sentence per method, for they do not mix."""
    entries = [pair for pair in asked.entries if asked.verdict in (None, pair[1].verdict)]
    quantity, aggregate = asked.statistic.quantity or Quantity.VALUE, asked.statistic.aggregate
    groups: dict[tuple[str, str], list[Entry]] = {}
    for car, entry in entries:
        if quantity_of(entry, quantity) is not None:
            groups.setdefault((entry.method, entry.unit), []).append((car, entry))
    if not groups:
        return [_no_values(asked, entries)]
    sentences = []
    for (method, _), group in groups.items():
        if aggregate in (Aggregate.WORST, Aggregate.BEST):
            sentences += _extremes(asked, method, group, worst=aggregate is Aggregate.WORST)
        elif aggregate in (Aggregate.CP, Aggregate.CPK):
            sentences += _capabilities(group)
        else:
            sentences.append(_statistic(asked, method, group, quantity, aggregate or Aggregate.MEAN))
    return sentences


def _no_values(asked: Selection, entries: Sequence[Entry]) -> Sentence:
    zh, en = asked.opening()
    without = [entry.citation for _, entry in entries]
    return not_known(
        f"{zh}{len(without)} 条记录中没有数值",
        f"{en}there is no number in {plural(len(without), 'record')}",
        without or asked.shift_citations,
    )


def _statistic(
    asked: Selection, method: str, group: Sequence[Entry], quantity: Quantity, aggregate: Aggregate
) -> Sentence:
    zh, en = _opening(asked, method)
    values = [quantity_of(entry, quantity) for _, entry in group]
    result = aggregated([value for value in values if value is not None], aggregate)
    cited = [entry.citation for _, entry in group]
    spoken, what = AGGREGATES[aggregate], VALUE_NAMES[quantity]
    if result is None:
        only = value_text(group[0][1])
        return not_known(
            f"{zh}只有一个值（{only.zh}），没有{spoken.zh}", f"{en}one value ({only.en}) has no {spoken.en}", cited
        )
    signed = quantity is Quantity.DEVIATION or (quantity is Quantity.VALUE and is_signed(method))
    signed = signed and aggregate not in (Aggregate.SPREAD, Aggregate.RANGE)
    text = f"{number(result, signed=signed)} {group[0][1].unit}".rstrip()
    where_zh, where_en = "", ""
    if aggregate in (Aggregate.MIN, Aggregate.MAX):
        there = listed([_place(car, entry) for (car, entry), value in zip(group, values) if value == result])
        where_zh, where_en = f"（{there.zh}）", f" ({there.en})"
    return told(
        f"{zh}{len(group)} 个{what.zh}的{spoken.zh}为 {text}{where_zh}",
        f"{en}{spoken.en} of {plural(len(group), what.en, _plural(what.en))}: {text}{where_en}",
        cited,
    )


def _plural(what: str) -> str:
    head, of, rest = what.partition(" from ")
    head = f"{head.removesuffix('y')}ies" if head.endswith("y") else f"{head}s"
    return "expanded uncertainties (k = 2)" if "uncertainty" in what else head + of + rest


def _opening(asked: Selection, method: str) -> tuple[str, str]:
    """Of a sentence about one method: what was asked about, and the method, if that does not say it already."""
    title = title_of(method)
    if asked.title is None:
        return f"{title.zh}：", f"{capitalised(title.en)}: "
    if title.en.casefold() in asked.title.en.casefold():
        return asked.opening()
    return f"{asked.title.zh}，{title.zh}：", f"{asked.title.en}, {title.en}: "


def _place(car: RecordedCar, entry: RecordedCharacteristic) -> Title:
    return Title(zh=f"VIN {car.vin} 的 {entry.id}", en=f"{entry.id} of VIN {car.vin}")


def _extremes(asked: Selection, method: str, group: Sequence[Entry], *, worst: bool) -> list[Sentence]:
    """The record that deviates most, or least, from its nominal; and the greatest and the smallest value."""
    zh, en = _opening(asked, method)
    deviations = [(abs(entry.deviation), car, entry) for car, entry in group if entry.deviation is not None]
    sentences = []
    if deviations:
        found = (max if worst else min)(deviations, key=lambda one: one[0])
        size, car, entry = found
        about = sentence_about(car, entry).title
        far = f"{number(size)} {entry.unit}"
        which_zh, which_en = ("最大", "largest") if worst else ("最小", "smallest")
        same = [other.citation for other_size, _, other in deviations if other_size == size]
        sentences.append(
            told(
                f"{zh}{len(deviations)} 个值中与名义值偏差{which_zh}的为 {far}：{about.zh.rstrip('。')}",
                f"{en}{which_en} deviation from nominal of {plural(len(deviations), 'value')}, {far}: "
                f"{about.en.rstrip('.')}",
                [*same, *(other.citation for _, _, other in deviations)],
            )
        )
    aggregate = Aggregate.MAX if worst else Aggregate.MIN
    return [*sentences, _statistic(asked, method, group, Quantity.VALUE, aggregate)]


def _capabilities(group: Sequence[Entry]) -> list[Sentence]:
    """Cp and Cpk of each characteristic that has limits of its own."""
    by_limits: dict[tuple[str, float, float], list[Entry]] = {}
    for car, entry in group:
        if entry.lower is not None and entry.upper is not None:
            by_limits.setdefault((entry.id, entry.lower, entry.upper), []).append((car, entry))
    return [_capability(entries, lower, upper) for (_, lower, upper), entries in by_limits.items()]


def _capability(entries: Sequence[Entry], lower: float, upper: float) -> Sentence:
    values = [entry.number for _, entry in entries if entry.number is not None]
    name, cited = named(entries[0][1]), [entry.citation for _, entry in entries]
    found = capability(values, lower, upper)
    if found is None:
        return not_known(
            f"{name.zh}只有 {len(values)} 个值，或各值相同，没有 Cp 和 Cpk",
            f"{name.en} has no Cp and no Cpk with {plural(len(values), 'value')}, or with values that are all the same",
            cited,
        )
    cp, cpk = (number(index) for index in found)
    return told(
        f"{name.zh}：Cp = {cp}，Cpk = {cpk}（{len(values)} 个值）",
        f"{name.en}: Cp = {cp}, Cpk = {cpk} ({plural(len(values), 'value')})",
        cited,
    )
