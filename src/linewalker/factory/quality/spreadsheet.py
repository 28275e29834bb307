"""Results as CSV for Excel, as it opens them with a double click in Germany and in China: one row a characteristic.

Excel reads a file by the region it runs in: in Germany cells are parted by semicolons and decimals by a comma, in China
by commas and a point. UTF-8 is known by its byte-order mark. A text that begins like a formula is not taken for one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from linewalker.factory.quality.inspected import InspectedCar
from linewalker.factory.records.results import NOT_INSPECTED, CharacteristicResult
from linewalker.inspection.verdict import Verdict

_DIGITS = 4
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Region:
    """How a spreadsheet of a region reads a file.

    Attributes:
        separator, decimal: of cells and of numbers.
        columns: their headings.
        verdicts: words for verdicts.
        chinese: names and reasons in Chinese; else in English.
    """

    separator: str
    decimal: str
    columns: tuple[str, ...]
    verdicts: dict[str, str]
    chinese: bool


GERMAN = Region(
    separator=";",
    decimal=",",
    columns=(
        "Zeitpunkt", "Uhr", "Schicht", "Reihenfolge", "FIN", "Modell", "Optionen", "Merkmal", "Bezeichnung", "Methode",
        "Klasse", "Wert", "Einheit", "Unsicherheit U (k=2)", "Nennwert", "UGW", "OGW", "Ergebnis", "Grund",
        "Ergebnis Fahrzeug", "Versuch", "Bild",
    ),
    verdicts={"OK": "i.O.", "NOK": "n.i.O.", "NOT_DECIDABLE": "nicht entscheidbar", NOT_INSPECTED: "nicht geprüft"},
    chinese=False,
)  # fmt: skip
CHINESE = Region(
    separator=",",
    decimal=".",
    columns=(
        "时间", "时钟", "班次", "序号", "车辆识别码", "车型", "选装", "特性", "名称", "方法", "等级", "测量值", "单位",
        "扩展不确定度 U (k=2)", "公称值", "下限", "上限", "判定", "原因", "整车判定", "第几次", "图片",
    ),
    verdicts={"OK": "合格", "NOK": "不合格", "NOT_DECIDABLE": "不可判定", NOT_INSPECTED: "未检测"},
    chinese=True,
)  # fmt: skip


def spreadsheet_head(region: Region) -> bytes:
    """What the file begins with."""
    return _written([region.columns], region).encode("utf-8-sig")


def spreadsheet_rows(car: InspectedCar, region: Region) -> bytes:
    """The rows of a car."""
    return _written([_row(car, entry, region) for entry in car.result.characteristics], region).encode()


def _written(rows: Iterable[Sequence[str]], region: Region) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=region.separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _row(car: InspectedCar, entry: CharacteristicResult, region: Region) -> list[str]:
    order = car.result.order
    name, reason = (title.zh if region.chinese else title.en for title in (entry.title, entry.reason.title))
    cells: list[Any] = [
        f"{car.at.astimezone():%Y-%m-%d %H:%M:%S}", car.clock.source.value, car.header.shift, order.sequence, order.vin,
        order.model, order.options_text, entry.id, name, entry.method, entry.severity, entry.value, entry.unit,
        entry.expanded_uncertainty, entry.nominal, entry.lower, entry.upper,
        region.verdicts[entry.verdict.name if entry.inspected else NOT_INSPECTED],
        reason if entry.verdict is not Verdict.OK else "",
        region.verdicts[car.result.verdict.name], car.attempt, entry.evidence,
    ]  # fmt: skip
    return [cell(value, region) for value in cells]


def cell(value: Any, region: Region) -> str:
    """One cell: a number as the region writes it, a text as it is, but never as a formula."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.{_DIGITS}f}".replace(".", region.decimal)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
