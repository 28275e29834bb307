"""The main job, small and whole: one car in physics, over a real socket, from files to results."""

import json
from pathlib import Path

import pytest

from linewalker.factory.records.results import CarResult, EventKind
from linewalker.inspection.verdict import Verdict
from linewalker.station.motion.motion_file import MotionReader
from linewalker.station.run_folder import clear_folder
from linewalker.station.run_shift import work_shift
from linewalker.station.simulated_station import build, read_simulated_shift
from tests.station.small_shift import PLAN, VIN, WORLD, written


class Watcher:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.visits, self.reports, self.cars = 0, 0, list[CarResult]()

    def car_begins(self, _order: object, visits: int) -> None:
        self.visits = visits

    def visit_done(self, _report: object) -> None:
        self.reports += 1

    def car_done(self, car: CarResult) -> None:
        self.cars.append(car)


def test_a_car_is_inspected_and_its_faults_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shift = read_simulated_shift(written(tmp_path))
    monkeypatch.chdir(tmp_path)
    out, watcher = Path("out"), Watcher()
    clear_folder(out)
    work_shift(shift, build(shift), out, watcher)
    assert (watcher.visits, watcher.reports) == (2, 2)
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    truth = json.loads((out / "truth.json").read_text(encoding="utf-8"))
    found = {entry["id"]: entry for entry in results["cars"][0]["characteristics"]}
    true = {entry["id"]: entry for entry in truth["cars"][0]["characteristics"]}
    assert {name: entry["verdict"] for name, entry in found.items()} == {"G": "NOK", "F": "OK", "W": "NOK"}
    assert found["W"]["value"] == "sport"
    for name in ("G", "F"):
        assert found[name]["value"] == pytest.approx(true[name]["value"], abs=0.1)
        assert abs(found[name]["value"] - true[name]["value"]) < 2 * found[name]["expanded_uncertainty"]
    assert all((out / entry["evidence"]).is_file() for entry in found.values())
    assert all(entry["evidence"].startswith(f"evidence/{VIN}/") for entry in found.values())
    assert results["cars"][0]["events"] == []


def test_a_robot_that_loses_its_way_stops_itself_and_the_car_is_done_after_the_reset(tmp_path: Path) -> None:
    head, tail = PLAN.index("      - {id: G"), PLAN.index("      - {id: W")
    texts = {"plan": PLAN[:head] + PLAN[tail:], "world": WORLD}
    files = written(tmp_path, **{name: text.replace("front_left", "rear_left") for name, text in texts.items()})
    shift = read_simulated_shift(files)
    station, watcher = build(shift), Watcher()
    robot, walking = station.plant.robot, station.operator.motion.controller.walking

    def blind_the_tracker() -> None:
        robot.localisation.lost = not watcher.cars and walking.steps > 0

    station.operator.on_tick.append(blind_the_tracker)
    work_shift(shift, station, tmp_path, watcher)
    broken_off, done = watcher.cars
    assert [event.kind for event in broken_off.events] == [EventKind.STOP]
    assert "localisation" in broken_off.events[0].text
    assert broken_off.interrupted is not None
    assert {c.verdict for c in broken_off.characteristics} == {Verdict.NOT_DECIDABLE}
    assert done.events == ()
    assert [c.verdict for c in done.characteristics] == [Verdict.NOK]


def test_the_motion_of_a_run_lies_in_its_folder(tmp_path: Path) -> None:
    shift = read_simulated_shift(written(tmp_path))
    clear_folder(tmp_path / "out")
    work_shift(shift, build(shift), tmp_path / "out", Watcher())
    reader = MotionReader(tmp_path / "out" / "motion" / "1.motion")
    (car,) = [moment for _, moment in reader.moments if moment["what"] == "car"]
    assert (car["sequence"], reader.header.run) == (1, 1)
    judged = {name: found for _, moment in reader.moments for name, found in moment.get("judged", {}).items()}
    assert {name: found["verdict"] for name, found in judged.items()} == {"G": "NOK", "F": "OK", "W": "NOK"}
    results = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    gap = next(entry for entry in results["cars"][0]["characteristics"] if entry["id"] == "G")
    combined = 2.0 * sum(u * u for u in judged["G"]["budget"].values()) ** 0.5
    assert combined == pytest.approx(gap["expanded_uncertainty"], abs=1e-3)
    assert VIN.encode() not in reader.path.read_bytes()
