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
    reached = re.search(r"sensor is at (\S+), (\S+), (\S+)", out)
    assert arrived
    assert reached
    assert [float(v) for v in arrived.groups()] == pytest.approx([1.5, 0.5], abs=0.06)  # pelvis, not feet
    assert [float(v) for v in reached.groups()] == pytest.approx([1.65, 0.75, 0.75], abs=0.01)


def test_reach(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of("02_reach.py", capsys)
    found = re.search(r"is (\S+) mm from", out)
    assert found
    assert float(found[1]) < 8.0
    assert "stands still 0." in out


def test_every_numbered_example_is_run_here() -> None:
    run = set(re.findall(r'"(\d\d_\w+\.py)"', Path(__file__).read_text()))
    assert {path.name for path in EXAMPLES.glob("[0-9][0-9]_*.py")} == run
