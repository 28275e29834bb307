"""``linewalker walk``: what it refuses, what it prints, how it ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.console.audience import Audience
from linewalker.console.motion_commands import Stage
from linewalker.console.obstacles import read_obstacle
from linewalker.console.walk_command import walk
from linewalker.errors import InputError

STAGE = Stage(robot="g1", seed=3, audience=Audience())


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


def test_a_walk_prints_how_well_it_arrived(capsys: pytest.CaptureFixture[str]) -> None:
    assert walk(STAGE, ["0.3,0.1,10"], None, 6.0) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    error_mm, error_deg, time_s, steps = map(float, row[-4:])
    assert error_mm < 20.0
    assert error_deg < 2.0
    assert 0.5 < time_s < 10.0
    assert 1 <= steps < 20


def stage(*obstacles: str) -> Stage:
    return Stage(robot="g1", seed=3, audience=Audience(), obstacles=tuple(map(read_obstacle, obstacles)))


def test_it_walks_round_what_stands_in_its_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert walk(stage("0.9,0,0.1"), ["1.8,0,0"], None, 6.0) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert float(row[-5]) < 20.0
    assert row[-1] == "no"


def test_a_goal_that_can_not_be_reached_is_bad_input() -> None:
    with pytest.raises(InputError, match=r"--goal 1,0,0: .*inside an obstacle; g1 keeps 0\.\d\d m clear"):
        walk(stage("1,0,0.3"), ["1,0,0"], None, 6.0)
    ring = ["-2,-2 2,-2 2,-1.8 -2,-1.8", "-2,2 2,2 2,1.8 -2,1.8", "-2,-2 -1.8,-2 -1.8,2 -2,2", "2,-2 1.8,-2 1.8,2 2,2"]
    with pytest.raises(InputError, match="close every way"):
        walk(stage(*ring), ["4,0,0"], None, 6.0)


def test_a_velocity_looks_at_no_obstacle() -> None:
    with pytest.raises(InputError, match="--obstacle goes with --goal"):
        walk(stage("2,0,0.3"), [], "0.2,0,0", 1.0)
