"""The skin for callers with arrays: kernels behind it, curves by name, and the rail where window and roof meet."""

import numpy as np
import pytest

from linewalker.vehicle.build import surface
from linewalker.vehicle.build.curves import table_values


@pytest.fixture(scope="module")
def points():
    return np.random.default_rng(3).uniform([-0.5, -0.9, -0.1], [3.5, 0.9, 1.0], (50, 3))


def test_it_is_the_kernels_for_any_array_of_points(skin, points):
    as_list, strided = points.tolist(), np.repeat(points, 2, axis=0)[::2]
    for given in (as_list, strided):
        assert np.array_equal(skin.values(given), surface.values(skin.shape, points))
        assert np.array_equal(skin.normals(given), surface.normals(skin.shape, points))


def test_inside_is_negative_and_outside_positive(skin):
    assert skin.values([[1.4, 0.0, 0.3]])[0] < 0
    assert (skin.values([[1.4, 2.0, 0.3], [1.4, 0.0, 2.0], [-3.0, 0.0, 0.3], [1.4, 0.0, -1.0]]) > 0).all()


def test_curves_go_by_their_names(skin):
    x = [0.5, 1.0, 1.5]
    for name in ("plan", "shoulder", "deck", "roof"):
        assert np.array_equal(skin.curve(name, x), table_values(getattr(skin.shape, name), np.array(x)))


def test_at_the_cant_rail_window_and_roof_have_the_same_height(skin):
    """The window leans in until it meets the roof, which is curved over y and swept over x."""
    s, x = skin.shape, np.linspace(1.2, 2.2, 9)
    z = skin.curve("cant", x)
    rise, along = z - s.glass_z, (x - s.glass_middle_x) / s.glass_half_length
    y = s.glass_half_width - s.glass_lean * rise - s.glass_lean2 * rise**2 - s.glass_taper * along**2
    swept = x + s.screen_sweep * y**2 * np.tanh((x - s.screen_middle_x) / 0.45)
    roof = skin.curve("roof", swept) - s.roof_crown2 * y**2 - s.roof_crown4 * y**4
    assert z == pytest.approx(roof, abs=1e-9)
    assert (z > s.glass_z + 0.1).all()
    on_rail = np.column_stack((x, y, z))
    assert np.abs(skin.values(on_rail)).max() < 0.02 + s.blend_roof  # a fillet's width off the skin


def test_a_design_curve_that_is_not_there_is_an_attribute_error(skin):
    with pytest.raises(AttributeError, match="bonnet"):
        skin.curve("bonnet", np.array([1.0]))
