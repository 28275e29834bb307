"""The world file: what it may say, and how it complains."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.vehicle.components import MISSING
from linewalker.world.deviations import DEFAULT_SCATTER, Displacement, Parking, World, read_world
from tests.vehicle.box_car import box_car

VIN = "LLWBX00010A000001"


@dataclass(frozen=True)
class Car:
    vin: str = VIN
    model: str = "box"
    options: dict[str, str] = field(default_factory=lambda: {"paint": "silver", "badge": "rs"})


def read(tmp_path: Path, text: str) -> World:
    path = tmp_path / "world.yaml"
    path.write_text(text, encoding="utf-8")
    return read_world(path, [Car()], {"box": box_car()})


def test_a_full_file(tmp_path: Path) -> None:
    world = read(
        tmp_path,
        f"""
        parking_scatter: {{x_mm: 10, y_mm: 5}}
        cars:
          {VIN}:
            parked: {{x_mm: 12, y_mm: -7.5, yaw_deg: 0.25}}
            panels:
              rear_plate: {{dx_mm: 1.5, rz_deg: -0.2}}
            parts:
              cap: missing
              badge: {{variant: gt}}
        """,
    )
    assert world.scatter == Parking(x_mm=10, y_mm=5, yaw_deg=0.5)
    car = world.car(VIN, seed=0)
    assert car.parked == Parking(x_mm=12, y_mm=-7.5, yaw_deg=0.25)
    assert car.panels == {"rear_plate": Displacement(dx_mm=1.5, rz_deg=-0.2)}
    assert car.parts == {"cap": MISSING, "badge": "gt"}


def test_cars_that_are_not_listed_are_as_drawn_and_parked_at_random(tmp_path: Path) -> None:
    world = read(tmp_path, "name: nothing special\n")
    assert world.scatter == DEFAULT_SCATTER
    first, again, other = world.car(VIN, 1), world.car(VIN, 1), world.car(VIN, 2)
    assert first == again != other
    assert not first.panels
    assert not first.parts


def test_scatter_fills_its_range_and_depends_on_the_car_not_on_the_order() -> None:
    drawn = [DEFAULT_SCATTER.drawn(3, f"VIN{i}") for i in range(400)]
    for axis, limit in (("x_mm", 20.0), ("y_mm", 20.0), ("yaw_deg", 0.5)):
        values = np.array([getattr(parking, axis) for parking in drawn])
        assert np.abs(values).max() <= limit
        assert values.std() == pytest.approx(limit / np.sqrt(3), rel=0.1)  # uniform
    assert DEFAULT_SCATTER.drawn(3, "VIN7") == drawn[7]


def test_parking_is_a_pose_about_the_origin_of_v() -> None:
    X_WV = Parking(x_mm=20, y_mm=-10, yaw_deg=0.5).pose(0.34)
    np.testing.assert_allclose(X_WV.p, [0.02, -0.01, 0.34])
    assert X_WV.yaw == pytest.approx(np.radians(0.5))


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("car: {}\n", 1, "car", "cars"),
        ("cars:\n  NOVIN: {}\n", 2, "cars.NOVIN", VIN),
        (f"cars:\n  {VIN}:\n    pannels: {{}}\n", 3, f"cars.{VIN}.pannels", "panels"),
        (f"cars:\n  {VIN}:\n    panels:\n      bonnet: {{dx_mm: 1}}\n", 4, f"cars.{VIN}.panels.bonnet", "rear_plate"),
        (
            f"cars:\n  {VIN}:\n    panels:\n      rear_plate: {{dx_cm: 1}}\n",
            4,
            f"cars.{VIN}.panels.rear_plate.dx_cm",
            "dx_mm",
        ),
        (
            f"cars:\n  {VIN}:\n    panels:\n      rear_plate: {{dx_mm: 300}}\n",
            4,
            f"cars.{VIN}.panels.rear_plate.dx_mm",
            "-30 to 30 mm",
        ),
        (f"cars:\n  {VIN}:\n    panels:\n      rear_plate: {{dx_mm: 1 mm}}\n", 4, None, "number in mm"),
        (f"cars:\n  {VIN}:\n    parts:\n      lid: missing\n", 4, f"cars.{VIN}.parts.lid", "badge, cap"),
        (f"cars:\n  {VIN}:\n    parts:\n      cap: gone\n", 4, f"cars.{VIN}.parts.cap", "missing"),
        (
            f"cars:\n  {VIN}:\n    parts:\n      cap: {{variant: x}}\n",
            4,
            f"cars.{VIN}.parts.cap.variant",
            "no variants",
        ),
        (f"cars:\n  {VIN}:\n    parts:\n      badge: {{variant: xs}}\n", 4, None, "gt, none, rs"),
        ("parking_scatter: {x_mm: -1}\n", 1, "parking_scatter.x_mm", "0 to 150 mm"),
    ],
)
def test_mistakes_are_named_with_file_line_key_and_what_is_allowed(
    tmp_path: Path, text: str, line: int, key: str | None, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert key is None or caught.value.key == key
    assert str(caught.value.file).endswith("world.yaml")
    assert says in str(caught.value)


def test_a_label_may_say_something_else(tmp_path: Path) -> None:
    other = "LLWBX00010A000002"
    car = read(tmp_path, f"cars: {{{VIN}: {{label: {other}}}}}").car(VIN, 0)
    assert car.printed(VIN) == other
    assert World().car(VIN, 0).printed(VIN) == VIN


@pytest.mark.parametrize("label", ["车", "X" * 41, '""'])
def test_a_label_that_can_not_be_printed_is_refused(tmp_path: Path, label: str) -> None:
    with pytest.raises(InputError, match=rf"cars\.{VIN}\.label"):
        read(tmp_path, f"cars: {{{VIN}: {{label: {label}}}}}")
