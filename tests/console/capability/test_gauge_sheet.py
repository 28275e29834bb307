"""The sheet of a GRR study prints what AIAG prints."""

from __future__ import annotations

from linewalker.console.capability.sheet import said
from linewalker.inspection.capability.grade import Grade
from tests.console.capability.desk import STUDIES


def table(name: str, title: str) -> dict[str, tuple[str, ...]]:
    [grid] = [grid for grid in STUDIES[name]().grids if grid.title.en == title]
    return {said(row[0], "en"): tuple(said(cell, "en") for cell in row[1:]) for row in grid.rows}


def test_the_table_of_aiag() -> None:
    """AIAG MSA 4th ed., III.B, with the file of the examples."""
    anova = table("crossed", "Analysis of variance")
    assert anova["operators"] == ("2", "3.16726", "1.58363", "79.406", "< 0.0001")
    assert anova["interaction"][-1] == "0.9741"
    components = table("crossed", "Components of variation")
    assert components["gauge R&R"] == ("0.30237", "1.81423", "7.76", "27.86", "22.68")
    sheet = STUDIES["crossed"]()
    assert [(check.value, check.grade) for check in sheet.checks] == [
        ("27.86 %", Grade.MARGINAL), ("22.68 %", Grade.MARGINAL), ("4", Grade.MARGINAL),
    ]  # fmt: skip
    assert sheet.results["ndc"] == 4


def test_ranges_have_no_analysis_of_variance_and_no_tolerance_no_column() -> None:
    sheet = STUDIES["range"]()
    assert [grid.title.en for grid in sheet.grids] == ["Components of variation"]
    assert len(sheet.grids[0].head) == 5
    assert sheet.checks[0].value == "26.68 %"
    assert sheet.results["ndc"] == 5


def test_every_design_has_its_plots() -> None:
    assert [len(STUDIES[name]().plots) for name in ("crossed", "range", "nested", "single")] == [6, 6, 5, 4]
