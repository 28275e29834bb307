"""Words and numbers of answers. Every text is made in both languages, with the same numbers in both.

Numbers are rounded as results.json rounds them: values to 4 digits, times to 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from linewalker.brain.memory.recorded import RecordedCar, RecordedCharacteristic, Stage
from linewalker.inspection.methods import is_signed
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import COVERAGE_FACTOR, Verdict

DIGITS_OF_VALUES, DIGITS_OF_TIMES, DIGITS_OF_SHARES = 4, 3, 2
MOST_NAMED = 8
"""Of a list in a text; the citations name all."""

VERDICTS = {
    Verdict.OK: Title(zh="合格", en="OK"),
    Verdict.NOK: Title(zh="不合格", en="NOK"),
    Verdict.NOT_DECIDABLE: Title(zh="不可判定", en="not decidable"),
}
STAGES = {
    Stage.EXPECTED: Title(zh="尚未到工位", en="still to come"),
    Stage.RUNNING: Title(zh="正在检测", en="being inspected"),
    Stage.JUDGED: Title(zh="已判定", en="judged"),
    Stage.INTERRUPTED: Title(zh="检测中断", en="broken off"),
    Stage.NEVER_CAME: Title(zh="未到工位", en="never came"),
}
EVENTS = {
    "contact": Title(zh="碰触", en="touch"),
    "fall": Title(zh="跌倒", en="fall"),
    "stop": Title(zh="停止", en="stop"),
    "fault": Title(zh="故障", en="fault"),
}


def number(value: float, digits: int = DIGITS_OF_VALUES, *, signed: bool = False) -> str:
    """``5.4312``, ``+0.12``; no zeros at the end, and never a minus before nothing."""
    rounded = round(value, digits) + 0.0
    text = f"{rounded:{'+' if signed and rounded else ''}.{digits}f}"
    return text.rstrip("0").rstrip(".")


def seconds(value: float) -> str:
    """``193.2 s``."""
    return f"{number(value, DIGITS_OF_TIMES)} s"


def share(part: int, whole: int) -> str:
    """``33.33 %``; of nothing ``0 %``."""
    return "0 %" if not whole else f"{number(100 * part / whole, DIGITS_OF_SHARES)} %"


def value_text(entry: RecordedCharacteristic) -> Title:
    """``5.4312 mm``; of a part the variant that was seen; that there is none."""
    if entry.number is not None:
        text = f"{number(entry.number, signed=is_signed(entry.method))} {entry.unit}".rstrip()
        return Title(zh=text, en=text)
    if entry.value is None:
        return Title(zh="无测量值", en="no value")
    if entry.value == "missing":
        return Title(zh="缺失", en="missing")
    return Title(zh=str(entry.value), en=str(entry.value))


def measured_text(entry: RecordedCharacteristic) -> Title:
    """The value with its uncertainty: ``5.4312 mm, U = 0.0634 mm (k = 2)``."""
    value = value_text(entry)
    if entry.number is None or entry.expanded_uncertainty is None:
        return value
    spread = f"U = {number(entry.expanded_uncertainty)} {entry.unit} (k = {COVERAGE_FACTOR:g})"
    return Title(zh=f"{value.zh}，{spread}", en=f"{value.en}, {spread}")


def required_text(entry: RecordedCharacteristic) -> Title | None:
    """``allowed 3.3 to 4.7 mm``, ``allowed at most 4.7 mm``, ``ordered rs``; None if nothing is on record."""
    if entry.lower is not None and entry.upper is not None:
        signed = is_signed(entry.method)
        lower, upper = (f"{number(limit, signed=signed)} {entry.unit}" for limit in (entry.lower, entry.upper))
        return Title(zh=f"允许 {lower} 至 {upper}", en=f"allowed {lower} to {upper}")
    for limit, zh, en in ((entry.lower, "最小", "at least"), (entry.upper, "最大", "at most")):
        if limit is not None:
            only = f"{number(limit, signed=is_signed(entry.method))} {entry.unit}"
            return Title(zh=f"允许{zh} {only}", en=f"allowed {en} {only}")
    if entry.nominal is None:
        return None
    return Title(zh=f"订单要求 {entry.nominal}", en=f"ordered {entry.nominal}")


def named(entry: RecordedCharacteristic) -> Title:
    """``L2-gap (left front door to rear door, gap)``."""
    return Title(zh=f"{entry.id}（{entry.title.zh}）", en=f"{entry.id} ({entry.title.en})")


def verdict_of(car: RecordedCar) -> Title:
    """Of a whole car: its verdict, or how far it is as long as it has none."""
    return VERDICTS[car.verdict] if car.stage in (Stage.JUDGED, Stage.INTERRUPTED) else STAGES[car.stage]


def listed(items: Sequence[Title], most: int = MOST_NAMED) -> Title:
    """``a, b, c``; a long list is cut, and says of how many."""
    if not items:
        return Title(zh="无", en="none")
    shown, more = items[:most], len(items) > most
    en = ", ".join(item.en for item in shown) + (f", ... ({len(items)} in all)" if more else "")
    zh = "、".join(item.zh for item in shown) + (f" 等（共 {len(items)} 个）" if more else "")
    return Title(zh=zh, en=en)


def plain(texts: Iterable[str]) -> list[Title]:
    """Names that are the same in both languages."""
    return [Title(zh=text, en=text) for text in texts]


def tallied(verdicts: Iterable[Verdict | None]) -> Title:
    """``3 OK, 1 NOK, 0 not decidable, 0 not inspected`` of verdicts; None is what was not inspected, or not yet."""
    counts = Counter(verdicts)
    en = ", ".join([f"{counts[verdict]} {title.en}" for verdict, title in VERDICTS.items()])
    zh = "，".join([f"{counts[verdict]} {title.zh}" for verdict, title in VERDICTS.items()])
    return Title(zh=f"{zh}，{counts[None]} 未检测", en=f"{en}, {counts[None]} not inspected")


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 car``, ``3 cars``."""
    return f"{count} {one if count == 1 else many or one + 's'}"
