"""Linearity: published answers of AIAG and ISO, and laws."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.linearity import linearity
from tests.inspection.capability.published import (
    AIAG_LINEARITY,
    AIAG_LINEARITY_REFERENCES,
    ISO_LINEARITY,
    ISO_LINEARITY_REFERENCES,
)


def test_aiag_to_the_printed_digit() -> None:
    """AIAG MSA 4th ed., III.B, table of biases and the numbers below the linearity graph."""
    study = linearity(np.repeat(AIAG_LINEARITY_REFERENCES, 12), AIAG_LINEARITY.ravel())
    assert [round(level.bias, 6) for level in study.levels] == [0.491667, 0.125, 0.025, -0.291667, -0.616667]
    assert (round(study.line.intercept, 6), round(study.line.slope, 6)) == (0.736667, -0.131667)
    assert round(study.line.std, 5) == 0.23954
    assert round(100.0 * study.line.r_squared, 1) == 71.4
    (t_intercept, _), (t_slope, p_slope) = study.line.tests
    assert (round(t_slope, 3), round(t_intercept, 3)) == (-12.043, 10.158)
    assert p_slope < 1e-6
    assert study.line.df == 58
    assert round(study.mean_bias, 4) == -0.0533
    assert not study.zero_within_band
    assert study.greatest.reference == 10.0


def test_iso_to_the_printed_digit() -> None:
    """ISO 22514-7:2012, A.1 and table A.3."""
    study = linearity(np.repeat(ISO_LINEARITY_REFERENCES, 4), ISO_LINEARITY.ravel())
    assert (round(study.line.intercept, 4), round(1.0 + study.line.slope, 4)) == (0.2358, 0.9870)
    assert round(study.f, 4) == 0.6918
    assert study.linearity_std == pytest.approx(0.0533, abs=1e-4)
    assert round(study.repeatability, 4) == pytest.approx(0.0641, abs=1e-4)


def test_squares_are_conserved() -> None:
    """Residual = lack of fit + pure error."""
    rng = np.random.default_rng(1)
    references = np.repeat([1.0, 2.0, 4.0, 8.0], [3, 5, 2, 6])
    study = linearity(references, references + rng.normal(size=16))
    residual = study.line.std**2 * study.line.df
    assert residual == pytest.approx(study.repeatability**2 * 12 + study.linearity_std**2 * 2)


def test_a_constant_bias_is_linear_and_no_bias_is_within_the_band() -> None:
    rng = np.random.default_rng(2)
    references = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], 10)
    noise = rng.normal(0.0, 0.01, 50)
    assert linearity(references, references + noise).zero_within_band
    assert not linearity(references, references + noise + 0.5).zero_within_band


def test_without_repeats_there_is_no_lack_of_fit() -> None:
    study = linearity(np.arange(4.0), np.array([0.0, 1.1, 2.0, 3.0]))
    assert (study.f, study.linearity_std, study.repeatability) == (None, None, None)
    assert study.levels[0].std is None


def test_two_references_are_too_few() -> None:
    with pytest.raises(InputError, match=r"2 reference\(s\)"):
        linearity(np.array([1.0, 1.0, 2.0]), np.array([1.0, 1.1, 2.0]))
