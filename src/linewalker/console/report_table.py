"""What the report of a shift says, as a table for spreadsheets: CSV, one row a characteristic."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from linewalker.console.decision_rule import decision_rule
from linewalker.factory.quality.spreadsheet import CHINESE, cell
from linewalker.factory.records.results import NOT_INSPECTED, CarResult, CharacteristicResult

COLUMNS = (
    "sequence", "vin", "model", "options", "id", "title_zh", "title_en", "method", "class", "value", "unit", "U",
    "nominal", "lower", "upper", "verdict", "reason", "rule", "car_verdict", "time_s", "evidence",
)  # fmt: skip


def report_table(cars: Iterable[CarResult]) -> bytes:
    """The file: UTF-8 with a byte-order mark, which spreadsheets want; no cell of it is taken for a formula."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for car in cars:
        rows.writerows([cell(value, CHINESE) for value in _row(car, entry)] for entry in car.characteristics)
    return text.getvalue().encode("utf-8-sig")


def _row(car: CarResult, entry: CharacteristicResult) -> tuple[Any, ...]:
    order, rule = car.order, decision_rule(entry)
    return (
        order.sequence, order.vin, order.model, order.options_text, entry.id, entry.title.zh, entry.title.en,
        entry.method, entry.severity, entry.value, entry.unit, entry.expanded_uncertainty, entry.nominal, entry.lower,
        entry.upper, entry.verdict.name if entry.inspected else NOT_INSPECTED, entry.reason.value,
        rule.en if rule else "", car.verdict.name if car.inspected else NOT_INSPECTED, entry.time_s, entry.evidence,
    )  # fmt: skip
