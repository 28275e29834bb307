"""Shapes of what a run's motion is of."""

from __future__ import annotations

from pathlib import Path

from tests.console.web.runs import Console, records, whole_run
from tests.station.shapes.reading import read_shape


def test_robot_and_car_of_a_run(tmp_path: Path) -> None:
    console = Console(whole_run(tmp_path / "run"), records(tmp_path / "bare"))
    text, _ = read_shape(console.ask("/api/shapes/robot", run="run:1").body)
    assert text["base"] == "pelvis"
    text, _ = read_shape(console.ask("/api/shapes/car", model="sedan").body)
    assert "red" in text["paints"]
    assert console.ask("/api/shapes/robot", run="bare:1").status == 404
    refused = console.ask("/api/shapes/car", model="../../etc/passwd")
    assert (refused.status, "no vehicle model" in refused.json["error"]) == (409, True)
