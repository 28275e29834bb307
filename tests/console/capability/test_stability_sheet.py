"""The sheet of a stability study names the points that are no chance."""

from __future__ import annotations

from linewalker.inspection.capability.grade import Grade
from tests.console.capability.desk import STUDIES


def test_a_drift_is_found_and_its_days_are_named() -> None:
    """The example's master part is 6 um larger from the 21st day on."""
    sheet = STUDIES["stability"]()
    assert sheet.grade is Grade.POOR
    assert sheet.results["location"]["outside"] == ["22", "24"]
    assert any(note.en == "points outside the limits: 22, 24" for note in sheet.notes)
    assert not sheet.results["stable"]
    assert 'class="s3 bad"' in sheet.plots[0].svg()
