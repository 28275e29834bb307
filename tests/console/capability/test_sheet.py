"""Sheets: the worst grade, numbers as text, and a document for machines."""

from __future__ import annotations

import json

import pytest

from linewalker.console.capability.sheet import FORMAT, Check, Sheet, aligned, chance, figure, percent, said
from linewalker.inspection.capability.grade import Grade
from linewalker.inspection.title import Title

T = Title(zh="甲", en="a")


def sheet(*grades: Grade) -> Sheet:
    checks = tuple(Check(title=T, value="1", limit="2", grade=grade) for grade in grades)
    return Sheet(name="x", title=T, source="s", facts=(), checks=checks, grids=(), plots=(), results={"one": 1.5})


def test_the_worst_grade_counts() -> None:
    assert sheet(Grade.GOOD, Grade.MARGINAL).grade is Grade.MARGINAL
    assert sheet(Grade.POOR, Grade.GOOD).grade is Grade.POOR
    assert sheet().grade is None


def test_the_document_is_json() -> None:
    document = json.loads(json.dumps(sheet(Grade.GOOD).document(), allow_nan=False))
    assert (document["format"], document["study"], document["grade"], document["one"]) == (FORMAT, "x", "good", 1.5)
    assert document["checks"] == [{"check": "a", "value": "1", "limit": "2", "grade": "good"}]


def test_words_and_numbers() -> None:
    assert (said(T, "zh"), said(T, "en"), said("x", "zh")) == ("甲", "a", "x")
    assert (figure(None), figure(0.1234567), percent(12.345), percent(None)) == ("–", "0.12346", "12.35 %", "–")
    assert (chance(None), chance(1e-9), chance(0.97436)) == ("–", "< 0.0001", "0.9744")


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1.0853, 0.302372, 0.0], ["1.08530", "0.30237", "0.00000"]),
        ([12345678.0], ["12345678"]),
        ([0.0], ["0"]),
        ([], []),
        ([1.5e-12], ["1.50000e-12"]),
    ],
)
def test_a_column_has_the_same_decimals(values: list[float], texts: list[str]) -> None:
    assert aligned(values) == texts
