"""A simulated shift: what is wrong with its files is named first; what its station is made of follows from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.station.plant import HOME
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import build, read_simulated_shift
from tests.station.small_shift import PLAN, SHIFT, VIN, WORLD, written


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


def test_a_shift_without_a_world_has_cars_as_drawn(tmp_path: Path) -> None:
    shift = read_simulated_shift(replace(written(tmp_path), world=None))
    deviations = shift.world.car(VIN, seed=1)
    assert (deviations.panels, deviations.parts) == ({}, {})
    assert read_simulated_shift(written(tmp_path)).world.car(VIN, seed=1).parts == {"wheel_front_left": "sport"}


def test_only_models_that_may_come_are_in_the_scene_and_the_robot_stands_at_home(tmp_path: Path) -> None:
    shift = read_simulated_shift(written(tmp_path))
    station = build(shift)
    assert set(station.plant.scene.vehicles) == {"sedan"}  # no other is ordered, or stands in the plan
    assert set(station.models.vehicles) > {"sedan"}  # the line may ask for one: it is answered, not met
    pelvis = station.plant.scene.data.qpos[:2]
    assert pelvis == pytest.approx((HOME.x, HOME.y), abs=0.05)
    job = station.job_of(shift.orders[0])
    assert job.catalogue is shift.models.catalogues["sedan"]
    assert station.job_of(shift.orders[0]).mission is job.mission  # planned once
