"""GRR: published answers, components that come back, and laws of the shares."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.gauge import gauge_by_ranges, gauge_crossed, gauge_nested, gauge_of_parts
from linewalker.inspection.capability.grade import Grade
from tests.inspection.capability.published import AIAG_GRR, ISO_GRR


def test_anova_of_aiag_to_the_printed_digit() -> None:
    """AIAG MSA 4th ed., table III-B 8 and the report below it."""
    gauge = gauge_crossed(AIAG_GRR)
    assert [round(gauge.parts[name] ** 2, 5) for name in ("repeatability", "operators", "grr", "part")] == [
        0.03997, 0.05146, 0.09143, 1.08645,
    ]  # fmt: skip
    assert [gauge.parts[name] for name in ("repeatability", "operators", "grr", "part")] == pytest.approx(
        [0.199933, 0.226838, 0.302373, 1.042327], abs=2e-6
    )
    names = ("repeatability", "operators", "grr", "part")
    assert [round(gauge.study_percent(gauge.parts[name]), 1) for name in names] == [18.4, 20.9, 27.9, 96.0]
    assert round(gauge.study_percent(gauge.grr), 2) == 27.86
    assert round(gauge.contribution_percent(gauge.grr), 2) == 7.76
    assert gauge.interaction == 0.0
    assert len(gauge.anova) == 2
    assert gauge.ndc == 4


def test_ranges_of_aiag_to_the_printed_digit() -> None:
    """AIAG MSA 4th ed., figure III-B 16, the report of the average-and-range method.

    The worksheet goes on with rounded numbers (mean range .3417, difference .4446, K3 .3146), which changes the fifth
    decimal of some of what it prints: .20188, .22963, .30575, 1.10456, 1.14610. Ours has all digits, so they agree to
    four; all percentages agree as printed.
    """
    gauge = gauge_by_ranges(AIAG_GRR)
    assert round(float(np.ptp(AIAG_GRR, axis=2).mean()), 4) == 0.3417
    assert round(0.3417 * 0.5908, 5) == 0.20188
    assert round(((0.4446 * 0.5231) ** 2 - 0.20188**2 / 30) ** 0.5, 5) == pytest.approx(0.22963, abs=1.1e-5)
    assert [gauge.repeatability, gauge.operators, gauge.grr, gauge.part, gauge.total] == pytest.approx(
        [0.20188, 0.22963, 0.30575, 1.10456, 1.14610], abs=1.1e-4
    )
    assert [round(gauge.study_percent(gauge.parts[name]), 1) for name in ("repeatability", "operators", "part")] == [
        17.6, 20.0, 96.4,
    ]  # fmt: skip
    assert round(gauge.study_percent(gauge.grr), 2) == 26.68
    assert gauge.ndc == 5


def test_iso_to_the_printed_digit() -> None:
    """ISO 22514-7:2012, A.2: u_AV and u_EVO, without the interaction; and with it, table B.2."""
    gauge = gauge_crossed(ISO_GRR)
    assert gauge.operators == pytest.approx(0.08683, abs=1e-4)
    assert round(gauge.repeatability, 4) == 0.1827
    assert round(gauge.part**2, 3) == pytest.approx(6.501, abs=2e-3)
    full = gauge_crossed(ISO_GRR, pool_above=0.4)
    assert full.interaction == pytest.approx(0.04528, abs=1e-4)
    assert full.operators == pytest.approx(0.08591, abs=1e-4)


def drawn(rng: np.random.Generator, parts: int, operators: int, trials: int) -> np.ndarray:
    """Of sigma 3 (part), 1 (operator), 0.8 (interaction), 0.5 (repeatability)."""
    return (
        rng.normal(0, 3.0, (parts, 1, 1))
        + rng.normal(0, 1.0, (1, operators, 1))
        + rng.normal(0, 0.8, (parts, operators, 1))
        + rng.normal(0, 0.5, (parts, operators, trials))
    )


def test_components_that_were_drawn_come_back() -> None:
    rng = np.random.default_rng(3)
    studies = [gauge_crossed(drawn(rng, 20, 10, 3)) for _ in range(60)]
    for name, sigma in (("part", 3.0), ("operators", 1.0), ("interaction", 0.8), ("repeatability", 0.5)):
        variance = np.mean([study.parts[name] ** 2 for study in studies])
        assert variance == pytest.approx(sigma**2, rel=0.12), name


def test_nested_components_that_were_drawn_come_back() -> None:
    rng = np.random.default_rng(4)
    studies = []
    for _ in range(80):
        values = rng.normal(0, 1.0, (10, 1, 1)) + rng.normal(0, 3.0, (10, 12, 1)) + rng.normal(0, 0.5, (10, 12, 3))
        studies.append(gauge_nested(values))
    assert np.mean([study.part**2 for study in studies]) == pytest.approx(9.0, rel=0.1)
    assert np.mean([study.repeatability**2 for study in studies]) == pytest.approx(0.25, rel=0.05)


def test_a_gauge_without_operators_is_a_crossed_one_whose_operators_agree() -> None:
    values = np.random.default_rng(5).normal(size=(10, 6)) * 0.1 + np.arange(10.0)[:, None]
    gauge = gauge_of_parts(values, tolerance=2.0)
    assert gauge.repeatability == pytest.approx(np.sqrt(values.var(axis=1, ddof=1).mean()))
    assert gauge.reproducibility == 0.0
    assert gauge.tolerance_percent(gauge.grr) == pytest.approx(300.0 * gauge.repeatability)


@pytest.mark.parametrize("study", [gauge_crossed, gauge_nested, gauge_by_ranges])
def test_shares_add_up_and_do_not_depend_on_unit_and_zero(study) -> None:
    gauge, other = study(AIAG_GRR), study(25.4 * AIAG_GRR + 1000.0)
    assert gauge.contribution_percent(gauge.grr) + gauge.contribution_percent(gauge.part) == pytest.approx(100.0)
    assert other.study_percent(other.grr) == pytest.approx(gauge.study_percent(gauge.grr))
    assert other.ndc == gauge.ndc
    assert other.grr == pytest.approx(25.4 * gauge.grr)


def test_grades_are_those_of_aiag() -> None:
    gauge = gauge_crossed(AIAG_GRR, tolerance=20.0)
    assert gauge.grades == {"study": Grade.MARGINAL, "tolerance": Grade.GOOD, "ndc": Grade.MARGINAL}


def test_a_gauge_that_never_errs_has_no_number_of_categories() -> None:
    gauge = gauge_of_parts(np.broadcast_to(np.arange(4.0)[:, None], (4, 3)))
    assert gauge.ndc is None
    assert gauge.grades == {"study": Grade.GOOD}


@pytest.mark.parametrize(
    ("values", "tolerance", "said"),
    [
        (np.ones((3, 3, 3)), None, "all values are the same"),
        (AIAG_GRR[:1], None, "1 part"),
        (AIAG_GRR[:, :1], None, "1 operator"),
        (AIAG_GRR[:, :, :1], None, "1 trial"),
        (AIAG_GRR, -1.0, "no tolerance"),
    ],
)
def test_what_is_no_study_is_refused(values: np.ndarray, tolerance: float | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        gauge_crossed(values, tolerance=tolerance)
