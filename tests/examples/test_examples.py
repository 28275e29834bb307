"""Every example runs as a user runs it, and ends where it says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def output_of(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    return capsys.readouterr().out


def test_walk_in_your_own_loop(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of("01_walk_in_your_own_loop.py", capsys)
    arrived = re.search(r"arrived at (\S+), (\S+) after", out)
    assert arrived
    assert [float(v) for v in arrived.groups()] == pytest.approx([1.5, 0.5], abs=0.06)  # pelvis, not feet


def test_it_takes_fifteen_lines_and_the_loop_is_the_users() -> None:
    lines = (EXAMPLES / "01_walk_in_your_own_loop.py").read_text().rpartition('"""')[2].splitlines()
    code = [line for line in lines if line.strip()]
    assert len(code) <= 15 + 1  # the line that prints where it is
    assert any("body.step()" in line for line in code)


def test_reach_in_your_own_loop(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of("02_reach_in_your_own_loop.py", capsys)
    reached = re.search(r"sensor is at (\S+), (\S+), (\S+)", out)
    assert reached
    assert [float(v) for v in reached.groups()] == pytest.approx([0.25, -0.15, 0.75], abs=0.003)


def test_stop_safely(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of("03_stop_safely.py", capsys)
    found = re.search(r"is (\S+) mm from", out)
    assert found
    assert float(found[1]) < 8.0
    assert re.search(r"stands still on two loaded feet 0\.\d+ s after", out)


def test_round_a_post(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of("04_round_a_post.py", capsys)
    found = re.search(r"arrived at (\S+), (\S+); never nearer than (\S+) m", out)
    assert found
    *place, nearest_m = (float(v) for v in found.groups())
    assert place == pytest.approx([2.4, 0.0], abs=0.1)  # pelvis, not feet
    assert nearest_m > 0.5  # 0.15 m of the post and 0.45 m clear of it, less the sway of the pelvis


def test_your_own_controller(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of("05_your_own_controller.py", capsys)
    assert re.search(r"stands still on two loaded feet 0\.\d+ s after", out)
    bent = re.search(r"half way down: (\S+) of", out)
    assert bent
    assert 0.1 < float(bent[1]) < 0.2
    code = (EXAMPLES / "05_your_own_controller.py").read_text().splitlines()
    assert len(code) < 80


def test_an_example_of_motion_needs_one_import_of_ours() -> None:
    for path in EXAMPLES.glob("[0-9][0-9]_*.py"):
        ours = [line for line in path.read_text().splitlines() if re.match(r"(from|import) linewalker", line)]
        assert ours == ["import linewalker as lw"], path.name


def test_every_numbered_example_is_run_here() -> None:
    run = set(re.findall(r'"(\d\d_\w+\.py)"', Path(__file__).read_text()))
    assert {path.name for path in EXAMPLES.glob("[0-9][0-9]_*.py")} == run
