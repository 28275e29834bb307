"""The table beside the report has a row for everything that was judged, and nothing that a program would carry out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from linewalker.console.report_table import COLUMNS, report_table
from tests.factory.samples import bad_car, fallen_car, gap, good_car, missing_car


def rows(cars) -> list[dict[str, str]]:
    content = report_table(cars)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_every_characteristic_of_every_car_is_a_row() -> None:
    cars = [good_car(0), bad_car(1), fallen_car(), missing_car(2)]
    found = rows(cars)
    assert [row["id"] for row in found] == [entry.id for car in cars for entry in car.characteristics]
    assert found[0]["value"] == "4.1200"
    assert found[0]["rule"].startswith("rule 2: inside by 0.580 mm")
    assert {row["verdict"] for row in found} == {"OK", "NOK", "NOT_DECIDABLE", "NOT_INSPECTED"}
    assert tuple(found[0]) == COLUMNS


def test_no_cars_are_a_heading() -> None:
    assert rows([]) == []


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@sum", 'a",b', "a\nb"])
def test_a_text_is_a_text(text: str) -> None:
    [row] = rows([replace(good_car(), characteristics=(gap(text),))])
    assert row["id"].lstrip("'") == text
    assert not row["id"].startswith(("=", "+", "-", "@"))
