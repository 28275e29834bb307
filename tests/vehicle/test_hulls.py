import numpy as np
import pytest
from scipy.spatial import ConvexHull

from linewalker.vehicle.hulls import footprint, hull_corners


def outside_mm(points, hulls):
    """How far each point is outside the nearest of some convex hulls, mm; negative inside."""
    planes = [ConvexHull(hull.vertices_m).equations for hull in hulls]
    return 1e3 * np.min([(points @ p[:, :3].T + p[:, 3]).max(1) for p in planes], axis=0)


def test_the_hulls_hold_the_whole_vehicle(vehicle):
    points = np.vstack([mesh.vertices_m for mesh in vehicle.meshes if mesh.role == "camera"]).astype(float)[::7]
    depth = outside_mm(points, vehicle.colliders)
    assert np.percentile(depth, 99) < 5
    assert depth.max() < 30


def test_the_hulls_hug_the_skin_beside_the_robot(sedan, skin):
    """60 mm off the side of the car there is hardly a place where a hull is closer than 20 mm."""
    rng = np.random.default_rng(0)
    origins = np.column_stack((rng.uniform(-0.4, 3.4, 400), np.full(400, 2.0), rng.uniform(-0.1, 0.4, 400)))
    feet = skin.hits(origins, np.tile([0.0, -1.0, 0.0], (400, 1)), 3.0)
    off = feet + 0.06 * skin.normals(feet)
    body = [hull for hull in sedan.colliders if hull.body is None]
    assert np.percentile(outside_mm(off, body), 5) > 20


def test_mirrors_and_wheels_have_hulls_of_their_own(vehicle):
    own = {hull.body for hull in vehicle.colliders if hull.body}
    assert {"mirror_left", "mirror_right", "wheel_front_left", "wheel_rear_right"} <= own


def test_thinned_corners_still_hold_a_ball():
    rng = np.random.default_rng(1)
    ball = rng.normal(size=(5000, 3))
    ball *= 0.3 / np.linalg.norm(ball, axis=1, keepdims=True)
    corners = hull_corners(ball)
    assert len(corners) < 320
    assert ConvexHull(corners).volume == pytest.approx(4 / 3 * np.pi * 0.3**3, rel=0.06)


def test_a_footprint_is_the_convex_outline():
    square = np.array([[0, 0, 0], [1, 0, 2], [1, 1, 5], [0, 1, 0], [0.5, 0.5, 9]], float)
    corners = footprint(square)
    assert {tuple(corner) for corner in corners} == {(0, 0), (1, 0), (1, 1), (0, 1)}
