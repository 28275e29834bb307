"""A plant's files, checked against one another."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.station.inputs import (
    KnownModels,
    fingerprint,
    known_models,
    load_models,
    read_inspection_plan,
    read_orders,
)
from tests.station.small_shift import PLAN, SHIFT, VIN


@pytest.fixture(scope="module")
def models() -> KnownModels:
    return load_models()


def write(folder: Path, shift: str = SHIFT, plan: str = PLAN) -> tuple[Path, Path]:
    for name, text in (("shift.csv", shift), ("plan.yaml", plan)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "shift.csv", folder / "plan.yaml"


def test_every_model_is_loaded_with_what_the_robot_knows_of_it(models: KnownModels) -> None:
    assert tuple(models.vehicles) == tuple(models.catalogues) == known_models()
    for name, vehicle in models.vehicles.items():
        catalogue = models.catalogues[name]
        assert set(catalogue.seams) == set(vehicle.seams)
        assert set(catalogue.parts) == set(vehicle.parts)
        assert models.options[name].defaults == vehicle.options.defaults()


def test_only_what_is_asked_for_is_loaded() -> None:
    assert tuple(load_models(["suv"]).vehicles) == ("suv",)
    with pytest.raises(InputError, match="no vehicle model 'truck'"):
        load_models(["truck"])


def test_an_order_is_completed_with_what_its_model_comes_with(tmp_path: Path, models: KnownModels) -> None:
    shift, plan = write(tmp_path)
    [order] = read_orders(shift, read_inspection_plan(plan, models), models)
    assert order.options == {**models.options["sedan"].defaults, "paint": "red"}


def test_a_model_the_plan_says_nothing_of_is_refused(tmp_path: Path, models: KnownModels) -> None:
    shift, plan = write(tmp_path, shift=SHIFT.replace("sedan", "suv"))
    with pytest.raises(InputError, match="the plan has no model 'suv'"):
        read_orders(shift, read_inspection_plan(plan, models), models)


def test_a_car_no_characteristic_applies_to_is_refused_where_one_is_missing(
    tmp_path: Path, models: KnownModels
) -> None:
    shift, plan = write(tmp_path, plan=PLAN.replace("class:", "when: {paint: [blue]}, class:"))
    with pytest.raises(InputError, match=f"no characteristic applies to {VIN}") as error:
        read_orders(shift, read_inspection_plan(plan, models), models)
    assert (error.value.file, error.value.key) == (plan, "models.sedan")
    assert "add one to the plan or take the car out of the shift" in str(error.value)


def test_a_plan_of_seams_that_no_model_has_is_refused(tmp_path: Path, models: KnownModels) -> None:
    _, plan = write(tmp_path, plan=PLAN.replace("fender_left/front_door_left", "fender_left/moon_roof"))
    with pytest.raises(InputError, match="moon_roof"):
        read_inspection_plan(plan, models)


def test_a_fingerprint_is_that_of_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "file"
    prints = set()
    for content in (b"", b"a", b"a\n", b"a\r\n"):
        path.write_bytes(content)
        assert fingerprint(path) == hashlib.sha256(content).hexdigest()
        prints.add(fingerprint(path))
    assert len(prints) == 4
