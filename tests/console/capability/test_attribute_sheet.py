"""The sheet of an attribute study."""

from __future__ import annotations

import numpy as np

from linewalker.console.capability.attribute_sheet import attribute_sheet
from linewalker.inspection.capability.attribute import attribute
from linewalker.inspection.capability.table import RESULT, read_table
from tests.console.capability.desk import FOLDER, STUDIES

TABLE = read_table(FOLDER / "attribute.csv", (RESULT,))


def test_every_operator_has_his_four_grades() -> None:
    sheet = STUDIES["attribute"]()
    assert len(sheet.checks) == 12
    assert [check.title.en for check in sheet.checks[:4]] == [
        "张: kappa", "张: effectiveness", "张: misses", "张: false alarms",
    ]  # fmt: skip
    assert sheet.results["bad"] == "不合格"
    assert len(sheet.grids[0].rows) == 4
    assert len(sheet.grids[1].rows) == 3


def test_what_can_not_be_told_is_said() -> None:
    ratings = np.array([[[0, 0]], [[1, 1]], [[1, 0]]])
    unknown = attribute_sheet(attribute(ratings, ["A"], ("x", "y")), TABLE)
    assert unknown.checks == ()
    assert "no column of references" in unknown.notes[0].en
    assert len(unknown.grids) == 1
    strange = attribute_sheet(attribute(ratings, ["A"], ("x", "y"), truth=np.array([0, 1, 1])), TABLE)
    assert "--bad" in strange.notes[0].en
    assert [check.title.en for check in strange.checks] == ["A: kappa", "A: effectiveness"]
