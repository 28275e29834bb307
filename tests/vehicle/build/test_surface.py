"""The kernel against a plain reading of the same formulas, and the laws of its services."""

import numpy as np
import pytest

from linewalker.vehicle.build.curves import table_values


def soft_ramp(s, width):
    return width * np.logaddexp(0, s / width)


def soft_max(a, b, width):
    return width * np.logaddexp(a / width, b / width)


def soft_step(s, width):
    return 1 / (1 + np.exp(-np.clip(s / width, -60, 60)))


def bell(s, width):
    return np.exp(-((s / width) ** 2))


def reference(k, p):
    """f at points (n, 3), written as a drawing reads."""
    x, y, z = p[:, 0], np.abs(p[:, 1]), p[:, 2]
    y2 = np.minimum(y, 1) ** 2
    crease = table_values(k.shoulder, x)
    width = table_values(k.plan, x) - k.shoulder_slope * soft_ramp(z - crease, k.shoulder_width)
    width -= k.sill_slope * soft_ramp(k.sill_z - z, k.sill_width)
    for offset, depth, across, slope, start, end, fade in k.swages:
        width += (
            depth
            * soft_step(x - start, fade)
            * soft_step(end - x, fade)
            * bell(z - crease - offset - slope * x, across)
        )
    for wheel_x in k.wheel_x:
        r = np.hypot(x - wheel_x, z - k.wheel_z)
        width += k.arch_flare * bell(np.maximum(r - k.arch_radius, 0), k.arch_fade)
    dome = soft_step(k.dome_half_width + k.dome_widening * x - y, k.dome_edge) * soft_step(k.dome_end_x - x, 0.1)
    top = table_values(k.deck, x) - k.deck_crown2 * y2 - k.deck_crown4 * y2**2 + k.dome_height * dome
    front = k.front_x + k.front_round2 * y2 + k.front_round4 * y2**2 + table_values(k.nose, z)
    rear = k.rear_x - k.rear_round2 * y2 - k.rear_round4 * y2**2 - table_values(k.tail, z)
    floor = k.floor_z + k.floor_rise_front * soft_ramp(k.floor_front_x - x, 0.1)
    floor += k.floor_rise_rear * soft_ramp(x - k.floor_rear_x, 0.1)
    body = soft_max(soft_max(y - width, z - top, k.blend_shoulder), front - x, k.blend_front)
    body = soft_max(body, soft_max(x - rear, floor - z, k.blend_rear), k.blend_body)
    swept = x + k.screen_sweep * y2 * np.tanh((x - k.screen_middle_x) / 0.45)
    roof = z - (table_values(k.roof, swept) - k.roof_crown2 * y2 - k.roof_crown4 * y2**2)
    rise = np.maximum(z, k.glass_z - 0.2) - k.glass_z
    half = k.glass_half_width - k.glass_lean * rise - k.glass_lean2 * rise**2
    half -= k.glass_taper * ((x - k.glass_middle_x) / k.glass_half_length) ** 2
    cabin = soft_max(soft_max(roof, y - half, k.blend_roof), k.glass_z - 0.15 - z, 0.01)
    return -soft_max(-body, -cabin, k.blend_cabin)


@pytest.fixture(scope="module")
def points():
    rng = np.random.default_rng(1)
    return rng.uniform([-1.2, -1.1, -0.3], [4.2, 1.1, 1.3], (4000, 3))


@pytest.fixture(scope="module")
def on_skin(skin):
    rng = np.random.default_rng(2)
    origins = np.column_stack((rng.uniform(-0.3, 3.3, 300), np.full(300, 2.0), rng.uniform(-0.05, 0.42, 300)))
    return skin.hits(origins, np.tile([0.0, -1.0, 0.0], (300, 1)), 3.0)


def test_kernel_equals_the_plain_formula(skin, points):
    assert skin.values(points) == pytest.approx(reference(skin.shape, points), abs=2e-8)


def test_skin_is_symmetric(skin, points):
    assert skin.values(points * [1, -1, 1]) == pytest.approx(skin.values(points), abs=1e-15)


def test_normals_are_the_gradient_of_the_plain_formula(skin, on_skin):
    step = 1e-6
    gradient = np.column_stack(
        [reference(skin.shape, on_skin + step * e) - reference(skin.shape, on_skin - step * e) for e in np.eye(3)]
    )
    gradient /= np.linalg.norm(gradient, axis=1, keepdims=True)
    assert np.abs(skin.normals(on_skin) - gradient).max() < 1e-4


def test_projected_points_lie_on_the_skin_and_close_by(skin, on_skin):
    rng = np.random.default_rng(3)
    off = on_skin + 0.004 * rng.normal(size=on_skin.shape)
    back = skin.project(off)
    assert np.abs(skin.values(back)).max() < 1e-9
    assert np.linalg.norm(back - off, axis=1).max() < 0.02


def test_a_hit_is_the_first_point_of_the_body_on_its_ray(skin):
    rng = np.random.default_rng(4)
    aim = rng.uniform([0, -0.7, 0.0], [3, 0.7, 0.9], (200, 3))
    origins = np.tile([1.4, 4.5, 2.5], (200, 1))
    directions = aim - origins
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    hits = skin.hits(origins, directions, 8.0)
    there = ~np.isnan(hits[:, 0])
    assert there.mean() > 0.9
    assert np.abs(skin.values(hits[there])).max() < 1e-9
    reach = np.linalg.norm(hits - origins, axis=1)[there]
    before = (
        origins[there][:, None] + (reach[:, None] * np.linspace(0, 0.995, 300))[..., None] * directions[there][:, None]
    )
    assert (skin.values(before.reshape(-1, 3)) > 0).all()


def test_a_ray_that_misses_says_so(skin):
    assert np.isnan(skin.hits(np.array([[1.0, 3.0, 3.0]]), np.array([[0.0, -1.0, 0.0]]), 6.0)).all()
