"""The sheet of a type-1 study says what the study found."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.console.capability.type_one_sheet import type_one_sheet
from linewalker.inspection.capability.grade import Grade
from linewalker.inspection.capability.table import VALUE, read_table
from linewalker.inspection.capability.type_one import type_one
from tests.console.capability.desk import FOLDER

TABLE = read_table(FOLDER / "type1.csv", (VALUE,))


def test_grades_follow_the_indices() -> None:
    values = TABLE.numbers("value")
    good = type_one_sheet(type_one(values, reference=4.0, tolerance=0.4, resolution=0.001), TABLE)
    assert good.grade is Grade.GOOD
    assert [check.title.en for check in good.checks] == ["Cg", "Cgk", "resolution / T"]
    coarse = type_one_sheet(type_one(values, reference=4.0, tolerance=0.1, resolution=0.01), TABLE)
    assert {check.grade for check in coarse.checks} == {Grade.POOR}


def test_results_are_those_of_the_study() -> None:
    study = type_one(TABLE.numbers("value"), reference=4.0, tolerance=0.2)
    results = type_one_sheet(study, TABLE).results
    assert results["cgk"] == pytest.approx(study.cgk)
    assert results["count"] == 50
    assert results["rows"] == 50


def test_values_that_do_not_scatter_are_told_and_drawn() -> None:
    sheet = type_one_sheet(type_one(np.full(12, 4.0), reference=4.0, tolerance=0.2), TABLE)
    assert sheet.checks == ()
    assert any("do not scatter" in note.en for note in sheet.notes)
    assert all("nan" not in plot.svg() for plot in sheet.plots)
