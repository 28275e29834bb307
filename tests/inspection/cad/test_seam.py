"""Laws of a nominal seam: places pick points, frames are frames, arcs are lengths; every complaint names the range."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.inspection.cad.seam import vector
from tests.inspection.nominal_car import catalogue

CAR = catalogue()
DOOR, ARCH = CAR.seams["front_door/rear_door"], CAR.seams["fender/arch"]


@given(st.floats(-100, 500))
def test_one_coordinate_picks_the_point_that_has_it(z: float) -> None:
    np.testing.assert_allclose(DOOR.at({"z": z}).centre_V_mm, [1700, 900, z], atol=1e-9)


@given(st.floats(0.05, np.pi - 0.05))
def test_two_coordinates_pick_a_point_of_a_bent_seam(angle: float) -> None:
    x, z = 300 * np.cos(angle), 300 * np.sin(angle)
    point = ARCH.at({"x": x, "z": z})
    assert np.linalg.norm(point.centre_V_mm - [x, 900, z]) < 0.1


@given(st.floats(0, 942))
def test_frames_between_the_points_are_orthonormal_and_right_handed(arc: float) -> None:
    point = ARCH.at_arc(arc)
    R = np.stack((point.across, point.along, point.normal))
    np.testing.assert_allclose(R @ R.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(np.cross(point.normal, point.across), point.along, atol=1e-12)


@given(st.floats(1, 940))
def test_projection_of_a_seam_point_is_its_own_arc(arc: float) -> None:
    assert ARCH.project(ARCH.at_arc(arc).centre_V_mm) == pytest.approx(arc, abs=1e-6)


def test_off_the_seam_the_message_gives_the_range() -> None:
    with pytest.raises(
        InputError, match=r"z 900 mm is not on the seam; front_door/rear_door runs from z -100 to 500 mm"
    ):
        DOOR.at({"z": 900})
    with pytest.raises(InputError, match="beside the seam"):
        DOOR.at({"z": 100, "x": 1800})
    with pytest.raises(InputError, match="x, y or z"):
        DOOR.at({"q": 1})


def test_an_ambiguous_coordinate_asks_for_a_second_one() -> None:
    with pytest.raises(InputError, match="is 2 places of the seam") as caught:
        ARCH.at({"z": 200})
    assert "give a second coordinate" in str(caught.value)
    assert ARCH.at({"z": 200, "x": 230}).centre_V_mm[0] > 0


def test_middle_of_the_clear_stretch() -> None:
    assert DOOR.middle_clear().centre_V_mm[2] == pytest.approx(200)
    assert DOOR.middle_clear().clear
    assert not DOOR.at({"z": -50}).clear
    np.testing.assert_allclose(DOOR.at({"z": 0}).centre_V_mm, [1700, 900, 0])
    np.testing.assert_allclose(DOOR.at({"z": 0}).middle_V_mm, [1700, 898, 0])


@given(st.floats(-50, 1000), st.floats(0, 50))
def test_an_arc_is_a_length_clipped_to_the_seam(arc: float, step: float) -> None:
    here, there = ARCH.at_arc(arc), ARCH.at_arc(arc + step)
    assert 0.0 <= here.arc_mm <= there.arc_mm <= ARCH.length_mm
    assert np.linalg.norm(there.centre_V_mm - here.centre_V_mm) <= there.arc_mm - here.arc_mm + 1e-9
    assert ARCH.at_arc(here.arc_mm).centre_V_mm.tolist() == here.centre_V_mm.tolist()


def test_half_a_circle_is_as_long_as_it_should_be() -> None:
    assert ARCH.length_mm == pytest.approx(np.pi * 300, rel=1e-4)


@pytest.mark.parametrize("values", [[1.0, 2.0], [[1.0, 2.0, 3.0]], [1.0, 2.0, np.nan], [1.0, 2.0, np.inf]])
def test_only_finite_numbers_of_the_right_shape_are_a_vector(values: list[float]) -> None:
    with pytest.raises(ValueError, match=r"expected finite numbers of shape \(3,\)"):
        vector(values, (3,))


def test_a_vector_is_a_copy_that_stays_as_it_is() -> None:
    values = np.array([1.0, 2.0, 3.0])
    kept = vector(values, (-1,))
    values[0] = 9.0
    assert kept.tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 9.0
