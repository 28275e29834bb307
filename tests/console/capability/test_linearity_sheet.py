"""The sheet of a linearity study prints what AIAG prints."""

from __future__ import annotations

from linewalker.inspection.capability.grade import Grade
from tests.console.capability.desk import STUDIES


def test_the_numbers_of_aiag() -> None:
    """AIAG MSA 4th ed., III.B: 0.736667, -0.131667, t 10.158 and -12.043, 71.4 %, s 0.23954."""
    line, levels = STUDIES["linearity"]().grids
    assert line.rows[0][1:] == ("0.736667", "0.0725243", "10.158", "< 0.0001")
    assert (line.rows[1][1], line.rows[1][3]) == ("-0.131667", "-12.043")
    assert (line.rows[2][1], line.rows[3][1]) == ("0.23954", "71.4 %")
    assert [row[2] for row in levels.rows] == [
        "0.491667", "0.125", "0.025", "-0.291667", "-0.616667", "-0.053333",
    ]  # fmt: skip


def test_a_bias_that_changes_over_the_range_is_not_capable() -> None:
    sheet = STUDIES["linearity"]()
    assert sheet.grade is Grade.POOR
    assert sheet.results["slope"] < 0.0
    assert len(sheet.plots) == 2
