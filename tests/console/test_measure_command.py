"""What ``linewalker measure gap`` prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from linewalker.console.measure_command import measure_gap
from linewalker.errors import InputError
from linewalker.inspection.seam.bare_profiles import ProfileChoices
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, scan


@pytest.fixture
def file(tmp_path: Path) -> Path:
    profile, _ = scan(AnalyticSeam(gap=4.2, flush=-0.7), View(), np.random.default_rng(2))
    path = tmp_path / "a.csv"
    np.savetxt(path, np.column_stack((profile.x_mm, profile.z_mm)), delimiter=",")  # a range: z grows away
    return path


def test_for_machines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_gap(file, ProfileChoices(), upwards=(True, False), scale=1.0, as_json=True) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["gap_mm"] == pytest.approx(4.2, abs=said["gap_expanded_uncertainty_mm"])
    assert said["flush_mm"] == pytest.approx(-0.7, abs=said["flush_expanded_uncertainty_mm"])
    total = np.sqrt(sum(u * u for u in said["gap_budget_mm"].values()))
    assert said["gap_expanded_uncertainty_mm"] == pytest.approx(said["k"] * total, abs=1e-3)


def test_for_people(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measure_gap(file, ProfileChoices(), upwards=(True, False), scale=1.0)
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith("gap 4.")
    assert second.startswith("flush -0.")
    assert third.startswith("1 of 1 profiles")


def test_what_is_not_measured_says_why(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choices = ProfileChoices(least_depth_mm=50.0)
    assert measure_gap(file, choices, upwards=(True, False), scale=1.0) == 1
    assert "not measured: no seam" in capsys.readouterr().out


def test_metres_are_told(file: Path) -> None:
    with pytest.raises(InputError, match="--unit m"):
        measure_gap(file, ProfileChoices(), upwards=(True,), scale=1e-3)
