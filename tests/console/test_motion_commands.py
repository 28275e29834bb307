"""``linewalker walk`` and ``linewalker reach``: what they refuse, what they print, how they end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.floor import Audience
from linewalker.console.motion_commands import Stage, aimed, numbers, reach, walk
from linewalker.console.video import film_path
from linewalker.errors import InputError

STAGE = Stage(robot="g1", seed=3, audience=Audience())


@pytest.mark.parametrize("text", ["", "1", "1,2", "1,2,3,4", "1,2,x", "1,,3", "1,2,nan", "1,2,inf", "1,2,1e300"])
def test_what_is_not_three_numbers_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(InputError, match=r"--goal.*X,Y,YAW_DEG"):
        numbers(text, "--goal", "X,Y,YAW_DEG")


@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3))
def test_three_numbers_are_read_as_they_are_written(values: list[float]) -> None:
    assert numbers(",".join(map(repr, values)), "--goal", "X,Y,YAW_DEG").tolist() == values


directions = st.tuples(*3 * [st.floats(-1.0, 1.0)]).filter(lambda d: np.linalg.norm(d) > 1e-3)


@given(directions, st.booleans())
def test_an_aimed_sensor_is_level_and_points_where_it_is_told(direction: tuple[float, ...], rightwards: bool) -> None:
    X_WF = aimed(np.array([0.1, 0.2, 0.3]), np.array(direction), rightwards=rightwards)
    np.testing.assert_allclose(X_WF.R @ X_WF.R.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(X_WF.R) == pytest.approx(1.0)
    np.testing.assert_allclose(X_WF.R[:, 2], np.array(direction) / np.linalg.norm(direction), atol=1e-9)
    if np.hypot(*direction[:2]) > 0.01 * np.linalg.norm(direction):
        assert X_WF.R[2, 0] == pytest.approx(0.0, abs=1e-9)
        assert (X_WF.R[2, 1] < 0.0) == rightwards  # y of a camera points down


@pytest.mark.parametrize(
    ("goals", "velocity", "duration_s"),
    [
        ([], None, 1.0),
        (["1,0,0"], "0.1,0,0", 1.0),
        ([], "9,0,0", 1.0),
        ([], "0.1,0,0", 0.0),
        ([], "0.1,0,0", np.nan),
        (["1e9,0,0"], None, 1.0),
    ],
)
def test_a_walk_to_nowhere_is_bad_input(goals: list[str], velocity: str | None, duration_s: float) -> None:
    with pytest.raises(InputError):
        walk(STAGE, goals, velocity, duration_s)


def test_a_robot_that_sees_no_board_does_not_walk_off(tmp_path: Path) -> None:
    behind = tmp_path / "boards.yaml"
    behind.write_text("boards: [{number: 1, x_m: -3, y_m: 0, z_m: 0.7, faces_deg: 0, size_mm: 300}]")
    with pytest.raises(InputError, match=r"boards\.yaml: .*fewer than two"):
        walk(replace(STAGE, boards=behind), ["0.3,0,0"], None, 6.0)


def test_a_board_that_hangs_elsewhere_is_named_and_the_robot_arrives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    boards, hung = Path(__file__).parents[2] / "examples" / "boards.yaml", tmp_path / "hung.yaml"
    hung.write_text(boards.read_text(encoding="utf-8").replace("y_m: 0.000, z_m: 1.05", "y_m: 0.030, z_m: 1.05", 1))
    assert walk(replace(STAGE, boards=boards, hung=hung), ["0.2,0,0"], None, 6.0) == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("board")]
    assert told.startswith("board 1 hangs 30 mm off (x ")
    assert "y +30," in told
    assert "boards.yaml" in told


def test_boards_that_hang_elsewhere_need_a_file_that_says_where_they_should() -> None:
    with pytest.raises(InputError, match="--hung"):
        walk(replace(STAGE, hung=Path("boards.yaml")), ["0.3,0,0"], None, 6.0)


@pytest.mark.parametrize("name", ["film.txt", "film", "", "folder.mp4", "file.mp4/film.mp4"])
def test_what_can_not_become_a_film_is_refused_before_the_robot_moves(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "file.mp4").touch()
    with pytest.raises(InputError):
        film_path(tmp_path / name)


def test_a_calibration_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: .*make it first"):
        reach(STAGE, None, "0.25,-0.15,0.75", "1,0,0", tmp_path / "nowhere" / "g1.yaml")


def test_an_unknown_sensor_is_bad_input_and_the_known_ones_are_named() -> None:
    with pytest.raises(InputError, match="right_wrist, head"):
        reach(STAGE, "nose", "0.3,0,1", "1,0,0")
    with pytest.raises(InputError, match="direction"):
        reach(STAGE, None, "0.3,0,1", "0,0,0")


def test_a_window_needs_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputError, match="--video"):
        Audience(view=True)


def test_a_walk_prints_how_well_it_arrived(capsys: pytest.CaptureFixture[str]) -> None:
    assert walk(STAGE, ["0.3,0.1,10"], None, 6.0) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    error_mm, error_deg, time_s, steps = map(float, row[-4:])
    assert error_mm < 20.0
    assert error_deg < 2.0
    assert 0.5 < time_s < 10.0
    assert 1 <= steps < 20


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
