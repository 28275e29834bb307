"""Type-1 study: a published answer, and laws of the indices."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from linewalker.errors import InputError
from linewalker.inspection.capability.type_one import CAPABLE_INDEX, type_one
from tests.inspection.capability.published import RING


def test_a_bearing_ring_to_the_printed_digit() -> None:
    """What jaspQualityControl's tests expect of these data: s, bias, t, p, its interval, Cg and Cgk."""
    study = type_one(RING, reference=-4.0, tolerance=15.0)
    assert study.mean == pytest.approx(-3.946)
    assert study.std == pytest.approx(0.420014577006512, rel=1e-12)
    assert study.t == pytest.approx(0.909105737620188, rel=1e-10)
    assert study.p_value == pytest.approx(0.367744349288335, rel=1e-10)
    assert (study.bias_low, study.bias_high) == pytest.approx((-0.0653668220476197, 0.17336682204762))
    assert (round(study.cg, 2), round(study.cgk, 2)) == (1.19, 1.15)


def test_the_test_of_no_bias_is_students() -> None:
    values = np.random.default_rng(1).normal(5.02, 0.1, 30)
    study = type_one(values, reference=5.0, tolerance=2.0)
    assert (study.t, study.p_value) == pytest.approx(tuple(stats.ttest_1samp(values, 5.0)))


def test_without_bias_both_indices_are_the_same_and_a_bias_lowers_one() -> None:
    values = np.random.default_rng(2).normal(0.0, 0.1, 50)
    centred = type_one(values, reference=float(values.mean()), tolerance=10.0)
    assert centred.cgk == pytest.approx(centred.cg)
    shifted = type_one(values + 0.3, reference=float(values.mean()), tolerance=10.0)
    assert shifted.cg == pytest.approx(centred.cg)
    assert shifted.cgk < shifted.cg


def test_at_the_least_tolerance_the_smaller_index_is_just_enough() -> None:
    study = type_one(RING, reference=-4.2, tolerance=15.0, resolution=0.1, share=0.15, spread=4.0)
    again = type_one(RING, reference=-4.2, tolerance=study.least_tolerance, share=0.15, spread=4.0)
    assert min(again.cg, again.cgk) == pytest.approx(CAPABLE_INDEX)
    assert study.fine_enough
    assert again.fine_enough is None


def test_values_that_do_not_scatter_have_no_indices() -> None:
    study = type_one(np.full(50, 0.1 + 0.2), reference=0.3, tolerance=1.0)
    assert (study.cg, study.cgk, study.t, study.p_value) == (None, None, None, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"values": RING[:9]}, "9 values"),
        ({"tolerance": 0.0}, "no tolerance"),
        ({"tolerance": float("nan")}, "no tolerance"),
        ({"share": -0.2}, "no share"),
        ({"reference": float("nan")}, "no reference"),
        ({"resolution": -1.0}, "no resolution"),
    ],
)
def test_what_is_no_study_is_refused(given: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        type_one(**{"values": RING, "reference": -4.0, "tolerance": 15.0, **given})
