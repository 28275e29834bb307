"""What is painted is where it was painted, as wide, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.world.floor_paint import FloorPaint, station_floor

RED, BLUE = (200, 10, 20), (10, 20, 200)
PX = 500
PIXEL_M = 4.0 / PX
PLACE = st.floats(-1.8, 1.8)


def bare() -> FloorPaint:
    """4 m by 4 m about (1, -2), 8 mm a pixel."""
    return FloorPaint(middle_W=(1.0, -2.0), half_m=2.0, px=PX)


def colour_at(floor: FloorPaint, x: float, y: float) -> tuple[int, ...]:
    """Of the floor at a place in W, looked up as a renderer does."""
    u, v = floor.texcoords(np.array([[x, y, 0.0]]))[0]
    return tuple(floor.picture[int(v * floor.px), int(u * floor.px)])


def painted(floor: FloorPaint) -> np.ndarray:
    """Pixels that are not bare any more, (h, w)."""
    return (floor.picture != bare().picture).any(axis=2)


@given(x=PLACE, y=PLACE)
def test_places_and_the_picture_agree(x, y):
    floor = bare()
    floor.rectangle((0.9 + x, -2.1 + y), (1.1 + x, -1.9 + y), RED)
    assert colour_at(floor, 1.0 + x, -2.0 + y) == RED
    for dx, dy in ((0.13, 0.0), (-0.13, 0.0), (0.0, 0.13), (0.0, -0.13)):
        at = 1.0 + x + dx, -2.0 + y + dy
        if abs(at[0] - 1.0) < 1.95 and abs(at[1] + 2.0) < 1.95:
            assert colour_at(floor, *at) == colour_at(bare(), *at)


def test_the_middle_of_the_picture_is_the_middle():
    corners = np.array([[1.0, -2.0, 0.0], [-1.0, -4.0, 0.0], [3.0, 0.0, 0.0]])
    assert bare().texcoords(corners) == pytest.approx(np.array([[0.5, 0.5], [0.0, 0.0], [1.0, 1.0]]))


def test_a_rectangle_has_its_area():
    """To two pixels along its edges, which are blurred."""
    floor = bare()
    floor.rectangle((0.0, -3.0), (1.6, -2.0), RED)
    assert painted(floor).sum() * PIXEL_M**2 == pytest.approx(1.6, abs=2 * PIXEL_M * 5.2)
    assert (floor.picture == RED).all(axis=2).sum() * PIXEL_M**2 == pytest.approx(1.6, abs=2 * PIXEL_M * 5.2)


def test_an_outline_lies_inside_and_leaves_the_middle_free():
    frame, full = bare(), bare()
    frame.outline((0.0, -3.0), (2.0, -1.0), 0.1, RED)
    full.rectangle((0.0, -3.0), (2.0, -1.0), RED)
    assert not (painted(frame) & ~painted(full)).any()
    assert painted(frame).sum() * PIXEL_M**2 == pytest.approx(2.0**2 - 1.8**2, abs=2 * PIXEL_M * 15.2)
    assert colour_at(frame, 1.0, -2.0) == colour_at(bare(), 1.0, -2.0)
    for x, y in ((0.05, -2.0), (1.95, -2.0), (1.0, -2.95), (1.0, -1.05)):
        assert colour_at(frame, x, y) == RED


def test_a_hatch_keeps_to_its_rectangle_and_is_half_of_either_colour():
    hatch, full = bare(), bare()
    hatch.hatch((0.0, -3.0), (2.0, -2.4), (RED, BLUE))
    full.rectangle((0.0, -3.0), (2.0, -2.4), RED)
    assert not (painted(hatch) & ~painted(full)).any()
    red, blue = (np.abs(hatch.picture[painted(full)].astype(int) - colour).sum(axis=1) for colour in (RED, BLUE))
    assert (red < blue).mean() == pytest.approx(0.5, abs=0.08)


def test_a_word_runs_from_its_corner_to_the_right_of_whoever_looks_along_minus_y():
    """Their left is +x and their feet are at greater y: an L has its stem at great x, its foot at great y."""
    floor = bare()
    floor.text("L", (1.0, -2.0), 0.5, RED)
    rows, columns = np.nonzero(painted(floor))
    assert rows.max() <= PX // 2
    assert columns.max() <= PX // 2
    assert 0.3 < np.ptp(rows) * PIXEL_M < 0.6
    foot, stem = columns[rows > rows.max() - 4], columns[rows < rows.mean() - 4]
    assert np.ptp(foot) > 2 * np.ptp(stem)
    assert stem.min() > foot.mean()


def test_the_station_has_a_zone_for_the_robot_around_the_place_of_the_car():
    floor = station_floor()
    assert floor.picture.shape == (floor.px, floor.px, 3)
    lane = {colour_at(floor, x, y) for x, y in ((-1.0, -2.2), (-1.0, 2.2), (1.4, 2.0), (4.8, 0.3))}
    assert len(lane) == 1  # the robot's home among them
    under_car = colour_at(floor, 1.4, 0.3)
    assert under_car not in lane
    edge = {colour_at(floor, x, y) for x, y in ((-2.56, 0.3), (5.36, 0.3), (2.0, -2.31), (2.0, 2.31))}
    assert len(edge) == 1
    assert not edge & (lane | {under_car})
