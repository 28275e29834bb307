"""The sheet of a study of detection."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.console.capability import studies
from linewalker.console.capability.choices import Scale
from tests.console.capability.desk import STUDIES


def test_hits_and_misses_have_both_bounds() -> None:
    sheet = STUDIES["pod"]()
    found = sheet.results
    assert found["a50"] < found["a90"] < found["a90_95_lr"] < found["a90_95_wald"]
    assert [row[0] for row in sheet.grids[0].rows] == ["a50", "a90", "a95"]
    assert "a90/95" in sheet.plots[0].svg()


def test_signals_that_are_not_censored_have_an_exact_bound() -> None:
    assert "a90_95_exact" not in STUDIES["signals"]().results
    file = Path(__file__).parents[3] / "examples" / "capability" / "signals.csv"
    found = studies.study_pod(file, Scale.LOG, 6.0, Scale.LOG, None, None).results
    assert found["a90"] < found["a90_95_wald"] < found["a90_95_exact"]


def test_data_without_a_bound_say_so(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    hits = "010010101101"
    rows = "\n".join(f"{1.0 + k / 11.0:.3f},{hit}" for k, hit in enumerate(hits))
    file.write_text(f"size,hit\n{rows}\n", encoding="utf-8")
    sheet = studies.study_pod(file, Scale.LINEAR, None, Scale.LOG, None, None)
    assert sheet.results["a90_95_lr"] is None
    assert "no such bound" in sheet.notes[0].en
    assert sheet.grids[0].rows[1][2:] == ("–", "–")
    assert "nan" not in sheet.plots[0].svg()


@pytest.mark.parametrize("name", ["pod", "signals"])
def test_the_curve_is_drawn(name: str) -> None:
    assert all('class="line s0"' in plot.svg() for plot in STUDIES[name]().plots)
