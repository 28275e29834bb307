"""Laws of robust statistics: right for Gaussian noise, unmoved by outliers, the same in any unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.inspection.robust import BIWEIGHT, biweight, deviation_scale

NOISE = np.random.default_rng(3).normal(0.0, 1.0, 20000)


@given(st.floats(1e-3, 1e3))
def test_the_scale_of_gaussian_noise_is_its_standard_deviation(std):
    assert float(deviation_scale(std * NOISE)) == pytest.approx(std, rel=0.02)


def test_a_third_of_outliers_hardly_moves_the_scale():
    spoilt = NOISE.copy()
    spoilt[::3] = 1e6
    assert (
        float(deviation_scale(spoilt)) < 1.8
    )  # three quarters of |x| for Gaussian noise lie below 1.15, where half of it lies below 0.67
    assert np.std(spoilt) > 1e5


def test_the_scale_along_an_axis_is_that_of_every_column():
    columns = NOISE.reshape(-1, 4) * [1.0, 2.0, 3.0, 4.0]
    each = [float(deviation_scale(column)) for column in columns.T]
    assert deviation_scale(columns, axis=0).tolist() == each


@given(st.floats(0.01, 10.0), st.floats(0.0, 0.2))
def test_weights_fall_from_one_to_the_least(scale, least):
    residual = np.linspace(0.0, 6.0 * scale, 400)
    weight = biweight(residual, scale, least=least)
    assert weight[0] == 1.0
    assert (np.diff(weight) <= 0.0).all()
    assert weight[residual > BIWEIGHT * scale] == pytest.approx(least**2)
    np.testing.assert_array_equal(biweight(-residual, scale, least=least), weight)


def test_the_constant_gives_95_percent_efficiency():
    """The variance of the location it gives is 1 / 0.95 of that of the mean (Huber, Ronchetti 2009)."""
    samples = np.random.default_rng(5).normal(0.0, 1.0, (4000, 25))
    middle = np.median(samples, axis=1)
    for _ in range(15):
        weight = biweight(samples - middle[:, None], 1.0)
        middle = (weight * samples).sum(axis=1) / weight.sum(axis=1)
    assert middle.var() / samples.mean(axis=1).var() == pytest.approx(1 / 0.95, abs=0.03)
