"""The main job, small and whole: one car in physics, over a real socket, from files to results."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.factory.records.results import CarResult, EventKind
from linewalker.inspection.verdict import Verdict
from linewalker.station.run_folder import clear_folder, make_folder
from linewalker.station.run_shift import work_shift
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import build, read_simulated_shift

PLAN = """
models:
  sedan:
    characteristics:
      - {id: G, name: {zh: 间隙, en: gap}, method: gap, feature: fender_left/front_door_left, at: {z: 250},
         unit: mm, nominal: 4, tolerance: 1, class: major}
      - {id: F, name: {zh: 面差, en: flush}, method: flush, feature: fender_left/front_door_left, at: {z: 250},
         unit: mm, nominal: 0, tolerance: 1, class: major}
      - {id: W, name: {zh: 左前轮, en: front wheel}, method: variant, feature: wheel_front_left, class: minor}
"""
VIN = "LWKSD11A1T1000001"
SHIFT = f"sequence,vin,model,options\n1,{VIN},sedan,paint=red\n"
WORLD = f"""
cars:
  {VIN}:
    panels: {{front_door_left: {{dx_mm: 2.5}}}}
    parts: {{wheel_front_left: {{variant: sport}}}}
"""


class Watcher:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.stops, self.reports, self.cars = 0, 0, list[CarResult]()

    def car_begins(self, _order: object, stops: int) -> None:
        self.stops = stops

    def stop_done(self, _report: object) -> None:
        self.reports += 1

    def car_done(self, car: CarResult) -> None:
        self.cars.append(car)


def written(folder: Path, **texts: str) -> ShiftFiles:
    for name, text in {"shift": SHIFT, "plan": PLAN, "world": WORLD, **texts}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return ShiftFiles(shift=folder / "shift", plan=folder / "plan", world=folder / "world", robot="g1", seed=1)


def test_a_car_is_inspected_and_its_faults_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shift = read_simulated_shift(written(tmp_path))
    monkeypatch.chdir(tmp_path)
    out, watcher = Path("out"), Watcher()
    clear_folder(out)
    work_shift(shift, build(shift), out, watcher)
    assert (watcher.stops, watcher.reports) == (2, 2)
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


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes there")
def test_a_file_whose_name_is_no_text_has_a_name_in_the_records(tmp_path: Path) -> None:
    files = written(tmp_path)
    odd = files.shift.rename(tmp_path / os.fsdecode(b"Fr\xfch schicht.csv"))
    assert read_simulated_shift(replace(files, shift=odd)).header.shift == "Fr\ufffdh schicht.csv"


@pytest.mark.parametrize("name", ["a\0b", "file/below", "x" * 256])
def test_a_folder_that_can_not_be_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    for make in (clear_folder, make_folder):
        with pytest.raises(InputError, match="choose another folder"):
            make(tmp_path / name)


def test_a_robot_that_loses_its_way_stops_itself_and_the_car_is_done_after_the_reset(tmp_path: Path) -> None:
    head, tail = PLAN.index("      - {id: G"), PLAN.index("      - {id: W")
    texts = {"plan": PLAN[:head] + PLAN[tail:], "world": WORLD}
    files = written(tmp_path, **{name: text.replace("front_left", "rear_left") for name, text in texts.items()})
    shift = read_simulated_shift(files)
    station, watcher = build(shift), Watcher()
    robot, walking = station.plant.robot, station.operator.motion.walking

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


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("shift", "sedan", "coupe", "unknown model 'coupe'"),
        ("plan", "unit: mm", "unit: cm", "unknown unit"),
        ("plan", "at: {z: 250}", "at: {z: 9000}", "not on the seam"),
        ("plan", "wheel_front_left", "wheel_middle", "no part 'wheel_middle'"),
        ("world", VIN, "LWKSD11A1T1000002", "no car of the shift has this VIN"),
        ("world", "dx_mm", "dx_inch", "unknown key"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_before_anything_is_written(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    original = {"shift": SHIFT, "plan": PLAN, "world": WORLD}[file]
    with pytest.raises(InputError, match=says) as error:
        read_simulated_shift(written(tmp_path, **{file: original.replace(old, new)}))
    assert str(error.value).startswith(str(tmp_path / file))
    assert error.value.line is not None


def test_a_world_without_a_shift_is_refused(tmp_path: Path) -> None:
    files = written(tmp_path)
    with pytest.raises(InputError, match="--shift"):
        read_simulated_shift(
            ShiftFiles(shift=None, plan=files.plan, world=files.world, robot=files.robot, seed=files.seed)
        )


def test_a_new_run_takes_away_what_a_former_one_left_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    for name in ("results.json", "records.sqlite", "evidence/old.svg", "notes.txt"):
        (tmp_path / name).write_text("old")
    clear_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
