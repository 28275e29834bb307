"""What there is to say of a car besides its verdict: what it was inspected for, and what a person made of it."""

from __future__ import annotations

from collections.abc import Iterator

from linewalker.console.verdict_style import SIGNS, WORDS
from linewalker.factory.handshake.signals import Purpose
from linewalker.factory.records.results import CarResult
from linewalker.inspection.title import Title

PURPOSE_WORDS = {
    Purpose.REINSPECTION: ("复检", "re-inspection"),
    Purpose.AFTER_REWORK: ("返修后检测", "inspection after rework"),
    Purpose.MASTER_PART: ("标准件", "master part"),
}
"""Purpose -> Chinese, English; a plain inspection says nothing."""


def car_remarks(car: CarResult) -> Iterator[Title]:
    """One after the other, in both languages."""
    if car.purpose in PURPOSE_WORDS:
        zh, en = PURPOSE_WORDS[car.purpose]
        follows = (f"，针对序号 {car.refers_to}", f" of no. {car.refers_to}") if car.refers_to else ("", "")
        yield Title(zh=zh + follows[0], en=en + follows[1])
    if car.override is not None:
        said = car.override
        (zh, en), sign = WORDS[said.verdict], SIGNS[said.verdict]
        yield Title(
            zh=f"人工改判：{sign} {zh}，{said.name}，{said.at}：{said.reason}",
            en=f"overridden: {sign} {en}, by {said.name}, {said.at}: {said.reason}",
        )
