"""Laws of gap and flush that need no fit: a panel that moves by a known amount changes them by a known amount."""

import numpy as np
import pytest

from linewalker.vehicle import Vehicle
from linewalker.vehicle.components import Array, SeamCurve
from linewalker.world.deviations import Displacement
from linewalker.world.truth import true_gap_flush

SEAMS = [
    "front_door_right/rear_door_right",
    "fender_left/front_door_left",
    "hood/fender_right",
    "hood/front_bumper",
    "trunk/body_side_left",
    "head_lamp_left/front_bumper",
]


def clear_point(seam: SeamCurve) -> int:
    clear = np.flatnonzero(seam.clear)
    return int(clear[len(clear) // 2])


def shifted(direction: Array, millimetres: float) -> Displacement:
    x, y, z = direction * millimetres
    return Displacement(dx_mm=x, dy_mm=y, dz_mm=z)


def change(vehicle: Vehicle, seam: SeamCurve, i: int, displacements: dict[str, Displacement]) -> Array:
    p = seam.point_m[i] * 1e3
    moved = true_gap_flush(vehicle, seam.name, p, displacements)
    return np.array(moved) - np.array(true_gap_flush(vehicle, seam.name, p))


@pytest.mark.parametrize("name", SEAMS)
def test_moving_the_slave_across_opens_the_gap_by_as_much(sedan, name):
    seam = sedan.seams[name]
    i = clear_point(seam)
    assert change(sedan, seam, i, {seam.slave: shifted(seam.across[i], 1.0)}) == pytest.approx([1.0, 0.0], abs=1e-3)


@pytest.mark.parametrize("name", SEAMS)
def test_moving_the_slave_outward_lets_it_stand_proud_by_as_much(sedan, name):
    seam = sedan.seams[name]
    i = clear_point(seam)
    assert change(sedan, seam, i, {seam.slave: shifted(seam.normal[i], 1.0)}) == pytest.approx([0.0, 1.0], abs=1e-3)


@pytest.mark.parametrize("name", SEAMS)
def test_moving_both_panels_together_changes_nothing(sedan, name):
    seam = sedan.seams[name]
    i = clear_point(seam)
    both = Displacement(dx_mm=0.7, dy_mm=-0.4, dz_mm=0.5)
    assert change(sedan, seam, i, {seam.master: both, seam.slave: both}) == pytest.approx([0, 0], abs=1e-6)


def test_moving_the_master_is_moving_the_slave_the_other_way(sedan):
    seam = sedan.seams["front_door_right/rear_door_right"]
    i = clear_point(seam)
    step = shifted(seam.across[i] + 0.5 * seam.normal[i], 0.8)
    back = shifted(seam.across[i] + 0.5 * seam.normal[i], -0.8)
    by_master = change(sedan, seam, i, {seam.master: back})
    assert by_master == pytest.approx(change(sedan, seam, i, {seam.slave: step}), abs=2e-3)


@pytest.mark.parametrize(("panel", "seam"), [("front_door_right", "front_door_right/rear_door_right"),
                                             ("hood", "hood/front_bumper")])  # fmt: skip
def test_rotation_about_the_hinge_acts_with_the_length_of_its_arm(sedan, panel, seam):
    record = sedan.seams[seam]
    i = clear_point(record)
    angle_deg = np.array([0.02, 0.03, 0.05])
    displacement = Displacement(rx_deg=angle_deg[0], ry_deg=angle_deg[1], rz_deg=angle_deg[2])
    arm_m = record.point_m[i] - sedan.bodies[panel].reference_m
    travel_mm = np.cross(np.radians(angle_deg), arm_m) * 1e3
    sign = -1 if panel == record.master else 1  # what moves the master by t moves the slave by -t, seen from the master
    expected = sign * np.array([travel_mm @ record.across[i], travel_mm @ record.normal[i]])
    assert change(sedan, record, i, {panel: displacement}) == pytest.approx(expected, abs=0.02)


def test_left_and_right_mirror_each_other(sedan):
    right, left = (sedan.seams[f"front_door_{side}/rear_door_{side}"] for side in ("right", "left"))
    i = clear_point(right)
    p = right.point_m[i] * 1e3
    q = p * [1, -1, 1]
    a = true_gap_flush(sedan, right.name, p, {right.slave: Displacement(dx_mm=0.6, dy_mm=0.3, dz_mm=-0.2, rx_deg=0.1)})
    b = true_gap_flush(sedan, left.name, q, {left.slave: Displacement(dx_mm=0.6, dy_mm=-0.3, dz_mm=-0.2, rx_deg=-0.1)})
    assert a == pytest.approx(b, abs=1e-6)


@pytest.mark.parametrize("overlap_mm", [4.0, 9.0, 60.0])
def test_panels_that_touch_or_overlap_have_no_gap_and_do_no_harm(sedan, overlap_mm):
    seam = sedan.seams["front_door_right/rear_door_right"]
    i = clear_point(seam)
    gap, flush = true_gap_flush(
        sedan, seam.name, seam.point_m[i] * 1e3, {seam.slave: shifted(seam.across[i], -overlap_mm)}
    )
    assert gap <= 0.01
    assert np.isfinite(flush)


def test_a_seam_that_is_not_there_is_named(sedan):
    with pytest.raises(KeyError, match="no seam 'hood/roof'; it has fender_right"):
        true_gap_flush(sedan, "hood/roof", [0, 0, 0])
