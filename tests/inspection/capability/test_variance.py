"""Analysis of variance: published tables, certified digits, and sums of squares that add up."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from linewalker.inspection.capability.variance import anova_crossed, anova_nested, anova_of_parts, pooled
from tests.inspection.capability.published import AIAG_GRR, ISO_GRR, MONTGOMERY_NESTED, NIST_SIRSTV


def by_name(anova):
    return {source.name: source for source in anova}


def test_aiag_to_the_printed_digit() -> None:
    """AIAG MSA 4th ed., table III-B 7; F against the interaction as Minitab prints it of GAGEAIAG.MTW."""
    found = by_name(anova_crossed(AIAG_GRR))
    assert {name: source.df for name, source in found.items()} == {
        "part": 9, "operator": 2, "interaction": 18, "repeatability": 60, "total": 89,
    }  # fmt: skip
    assert [round(found[name].sum_sq, 4) for name in ("operator", "part", "interaction", "repeatability", "total")] == [
        3.1673, 88.3619, 0.3590, 2.7589, 94.6471,
    ]  # fmt: skip
    assert round(found["operator"].mean_sq, 5) == 1.58363
    assert round(found["part"].mean_sq, 5) == 9.81799
    assert round(found["interaction"].mean_sq, 5) == 0.01994
    assert round(found["repeatability"].mean_sq, 5) == 0.04598
    assert round(found["part"].f, 3) == 492.291
    assert round(found["operator"].f, 3) == 79.406
    assert (round(found["interaction"].f, 3), round(found["interaction"].p_value, 3)) == (0.434, 0.974)
    without = by_name(pooled(anova_crossed(AIAG_GRR)))
    assert (without["repeatability"].df, round(without["repeatability"].sum_sq, 4)) == (78, 3.1179)
    assert round(without["repeatability"].mean_sq, 5) == 0.03997
    assert (round(without["part"].f, 3), round(without["operator"].f, 3)) == (245.614, 39.617)


def test_iso_to_the_printed_digit() -> None:
    """ISO 22514-7:2012, tables A.5 and A.6."""
    found = by_name(anova_crossed(ISO_GRR))
    assert round(found["interaction"].f, 3) == 1.193
    assert found["operator"].sum_sq == pytest.approx(0.519, abs=5e-4)
    assert found["part"].sum_sq == pytest.approx(526.9, abs=0.05)
    assert found["interaction"].sum_sq == pytest.approx(0.686, abs=5e-4)
    assert found["repeatability"].sum_sq == pytest.approx(1.917, abs=5e-4)
    assert round(by_name(pooled(anova_crossed(ISO_GRR)))["operator"].f, 2) == 7.78


def test_nested_to_the_printed_digit() -> None:
    """Montgomery, DAE, ch. 14, table of the analysis of variance for the purity data."""
    found = by_name(anova_nested(MONTGOMERY_NESTED))
    assert [round(found[name].sum_sq, 2) for name in ("operator", "part", "repeatability", "total")] == [
        15.06, 69.92, 63.33, 148.31,
    ]  # fmt: skip
    assert [found[name].df for name in ("operator", "part", "repeatability", "total")] == [2, 9, 24, 35]
    assert (round(found["operator"].f, 2), round(found["part"].f, 2)) == (0.97, 2.94)
    assert (round(found["operator"].p_value, 2), round(found["part"].p_value, 2)) == (0.42, 0.02)


def test_one_way_to_the_certified_digits() -> None:
    """NIST StRD SiRstv; the certified values have 15 digits, the stiffness of the data costs three."""
    found = by_name(anova_of_parts(NIST_SIRSTV))
    assert found["part"].sum_sq == pytest.approx(5.11462616000000e-02, rel=1e-10)
    assert found["repeatability"].sum_sq == pytest.approx(2.16636560000000e-01, rel=1e-11)
    assert found["part"].f == pytest.approx(1.18046237440255, rel=1e-10)
    assert found["repeatability"].mean_sq ** 0.5 == pytest.approx(1.04076068334656e-01, rel=1e-11)


def test_one_way_equals_scipy() -> None:
    values = np.random.default_rng(1).normal(size=(6, 4))
    part = anova_of_parts(values)[0]
    f, p_value = stats.f_oneway(*values)
    assert (part.f, part.p_value) == pytest.approx((f, p_value))


@pytest.mark.parametrize("anova", [anova_crossed, anova_nested])
def test_squares_and_degrees_of_freedom_are_conserved(anova) -> None:
    rng = np.random.default_rng(2)
    for _ in range(20):
        values = rng.normal(rng.normal(), 10.0 ** rng.uniform(-3, 3), size=rng.integers(2, 7, size=3))
        *sources, total = anova(values)
        assert sum(source.sum_sq for source in sources) == pytest.approx(total.sum_sq)
        assert sum(source.df for source in sources) == total.df
        assert total.sum_sq == pytest.approx(values.size * values.var())


def test_pooling_keeps_the_sums() -> None:
    full = anova_crossed(AIAG_GRR)
    reduced = pooled(full)
    assert sum(source.sum_sq for source in reduced[:-1]) == pytest.approx(sum(source.sum_sq for source in full[:-1]))
    assert sum(source.df for source in reduced[:-1]) == reduced[-1].df


def test_without_scatter_nothing_is_tested() -> None:
    values = np.broadcast_to(np.arange(3.0)[:, None], (3, 4))
    assert anova_of_parts(values)[0].f is None
