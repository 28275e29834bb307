"""The hull of the soles is the convex hull, and the nearest point in it is the nearest."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPoint, Point
from shapely.ops import nearest_points

from linewalker.cerebellum.performing.support_kernel import MOST, hull_of, nearest_inside, sole_corners, support_rows
from linewalker.kernel import make_ready

SOLE = np.array([0.1, 0.04])
number = st.floats(-0.4, 0.4)


def hull(feet: np.ndarray, carries: np.ndarray) -> MultiPoint:
    corners = []
    for (x, y, yaw), on in zip(feet, carries):
        c, s = np.cos(yaw), np.sin(yaw)
        if on:
            local = SOLE * np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])
            corners += (np.array([x, y]) + local @ np.array([[c, s], [-s, c]])).tolist()
    return MultiPoint(corners).convex_hull


@given(
    number, number, st.floats(-1.0, 1.0), number, number, st.sampled_from([(True, True), (True, False), (False, True)])
)
def test_against_shapely(x: float, y: float, yaw: float, px: float, py: float, on: tuple[bool, bool]) -> None:
    make_ready()
    feet, carries = np.array([[0.0, 0.15, 0.0], [x, y, yaw]]), np.array(on)
    out, area = np.zeros(2), hull(feet, carries)
    corners, ring, number = np.zeros((MOST, 2)), np.zeros((MOST, 2)), 0
    for foot, carried in zip(feet, carries):
        if carried:
            sole_corners(*foot, *SOLE, corners, number)
            number += 4
    out[:] = nearest_inside(ring, hull_of(corners, number, ring), px, py)
    wanted = nearest_points(area, Point(px, py))[0]
    assert np.allclose(out, [wanted.x, wanted.y], atol=1e-7)
    A, b = np.zeros((MOST, 2)), np.zeros(MOST)
    count = support_rows(feet, carries, SOLE, A, b)
    assert np.allclose(np.linalg.norm(A[:count], axis=1), 1.0)
    inside = bool((A[:count] @ [px, py] < b[:count] - 1e-7).all())
    assert inside == (area.contains(Point(px, py)) and area.boundary.distance(Point(px, py)) > 1e-7)
