"""``linewalker reach``: what it refuses, what it prints, how it ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.audience import Audience
from linewalker.console.motion_commands import Stage
from linewalker.console.reach_command import aimed, reach
from linewalker.errors import InputError

directions = st.tuples(*3 * [st.floats(-1.0, 1.0)]).filter(lambda d: np.linalg.norm(d) > 1e-3)

STAGE = Stage(robot="g1", seed=3, audience=Audience())


@given(directions, st.booleans())
def test_an_aimed_sensor_is_level_and_points_where_it_is_told(direction: tuple[float, ...], rightwards: bool) -> None:
    X_WF = aimed(np.array([0.1, 0.2, 0.3]), np.array(direction), rightwards=rightwards)
    np.testing.assert_allclose(X_WF.R @ X_WF.R.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(X_WF.R) == pytest.approx(1.0)
    np.testing.assert_allclose(X_WF.R[:, 2], np.array(direction) / np.linalg.norm(direction), atol=1e-9)
    if np.hypot(*direction[:2]) > 0.01 * np.linalg.norm(direction):
        assert X_WF.R[2, 0] == pytest.approx(0.0, abs=1e-9)
        assert (X_WF.R[2, 1] < 0.0) == rightwards  # y of a camera points down


def test_a_calibration_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: .*make it first"):
        reach(STAGE, None, "0.25,-0.15,0.75", "1,0,0", tmp_path / "nowhere" / "g1.yaml")


def test_an_unknown_sensor_is_bad_input_and_the_known_ones_are_named() -> None:
    with pytest.raises(InputError, match="right_wrist, head"):
        reach(STAGE, "nose", "0.3,0,1", "1,0,0")
    with pytest.raises(InputError, match="direction"):
        reach(STAGE, None, "0.3,0,1", "0,0,0")


def test_a_reach_prints_error_and_jitter_and_refuses_the_moon(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calibration = tmp_path / "g1.yaml"
    assert reach(STAGE, None, "0.25,-0.15,0.75", "1,0,0", calibration) == 0
    assert calibration.read_text().startswith("robot: g1")
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert row[0] == "right_wrist"
    assert float(row[1]) < 2.5
    calibration.write_text("robot: talos")
    with pytest.raises(InputError, match="offsets_rad"):
        reach(STAGE, None, "0.25,-0.15,0.75", "1,0,0", calibration)
    with pytest.raises(InputError, match=r"out of reach.*nearest place"):
        reach(STAGE, None, "0.25,-0.15,384e6", "1,0,0")
