"""Slow: the numbers of the main job on shifts that nobody has seen. ``make soak``."""

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.main_job import work_random_shift

pytestmark = pytest.mark.soak


def values(folder: Path) -> list[Any]:
    results = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    return [results["cars"], results["summary"]]


def test_ten_random_cars_keep_every_number(tmp_path: Path) -> None:
    score, _ = work_random_shift(tmp_path, cars=10, seed=100)
    overall = score["overall"]
    assert overall["p95_mm"] <= 0.10
    assert overall["worst_mm"] <= 0.25
    assert (overall["misses"], overall["false_alarms"]) == (0, 0)
    assert (score["falls"], score["contacts"]) == (0, 0)
    assert score["longest_takt_s"] <= 240.0


def test_the_same_seed_gives_the_same_results(tmp_path: Path) -> None:
    for name in ("one", "two"):
        work_random_shift(tmp_path / name, cars=1, seed=7)
    assert values(tmp_path / "one") == values(tmp_path / "two")
