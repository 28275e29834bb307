"""The sheet of a budget prints what ISO 22514-7 prints."""

from __future__ import annotations

import pytest

from linewalker.console.capability.budget_sheet import NAMES
from linewalker.inspection.capability.budget import PROCESS, SYSTEM
from tests.console.capability.desk import STUDIES


def test_the_example_of_iso() -> None:
    """ISO 22514-7:2012, A.4 and A.5: u_MS 0.0836, u_MP 0.2093, Q_MS 3.7 %, Q_MP 9.3 %."""
    sheet = STUDIES["budget"]()
    totals = sheet.results["totals"]
    assert totals["ms"]["u"] == pytest.approx(0.0836, abs=6e-5)
    assert totals["mp"]["u"] == pytest.approx(0.2093, abs=6e-5)
    assert [check.value for check in sheet.checks] == ["3.71 %", "9.30 %"]
    assert sheet.results["capable"]
    assert "resolution" in sheet.notes[0].en


def test_every_source_has_a_name() -> None:
    assert set(NAMES) == {*SYSTEM, *PROCESS}
