"""The decision rule: monotone, safe against false rejection, and every reason can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linewalker.inspection.verdict import GUARD_FACTOR, Judgement, Reason, Verdict, guarded, judge_value

VALUE, UNCERTAINTY = st.floats(-10, 10), st.floats(0.001, 2)


@given(VALUE, UNCERTAINTY, st.floats(-3, 0), st.floats(0.1, 3))
def test_nok_only_when_proven(value: float, uncertainty: float, lower: float, upper: float) -> None:
    verdict, _ = judge_value(value, uncertainty, lower, upper)
    overlaps = value + uncertainty >= lower and value - uncertainty <= upper
    assert (verdict is Verdict.NOK) == (not overlaps)


@given(VALUE, UNCERTAINTY, st.floats(-3, 0), st.floats(0.1, 3))
def test_ok_never_outside_the_limits(value: float, uncertainty: float, lower: float, upper: float) -> None:
    verdict, reason = judge_value(value, uncertainty, lower, upper)
    if verdict is Verdict.OK:
        assert lower <= value <= upper
        assert reason is Reason.INSIDE_TOLERANCE


@given(VALUE, UNCERTAINTY)
def test_mirrored_values_have_mirrored_verdicts(value: float, uncertainty: float) -> None:
    assert judge_value(value, uncertainty, -1, 2) == judge_value(-value, uncertainty, -2, 1)


def test_known_answers() -> None:
    assert judge_value(4.0, 0.07, 3.3, 4.7) == (Verdict.OK, Reason.INSIDE_TOLERANCE)
    assert judge_value(4.69, 0.07, 3.3, 4.7) == (Verdict.OK, Reason.INSIDE_TOLERANCE)
    assert judge_value(4.75, 0.07, 3.3, 4.7) == (Verdict.NOT_DECIDABLE, Reason.NEAR_LIMIT)
    assert judge_value(4.78, 0.07, 3.3, 4.7) == (Verdict.NOK, Reason.OUTSIDE_TOLERANCE)
    assert judge_value(4.5, 0.3, 3.3, 4.7) == (Verdict.NOT_DECIDABLE, Reason.UNCERTAIN)
    assert judge_value(4.0, 0.3, 3.3, 4.7) == (Verdict.OK, Reason.INSIDE_TOLERANCE)


@given(VALUE, UNCERTAINTY, st.floats(-3, 3))
def test_one_limit_is_the_rule_of_two_with_the_other_far_away(value: float, uncertainty: float, limit: float) -> None:
    def with_far(lower: float, upper: float) -> tuple[Verdict, Reason]:
        return judge_value(value, uncertainty, lower, upper, width=2.0)

    assert judge_value(value, uncertainty, limit, None, width=2.0) == with_far(limit, 1e6)
    assert judge_value(value, uncertainty, None, limit, width=2.0) == with_far(-1e6, limit)


def test_without_a_width_nothing_says_that_a_measurement_is_capable() -> None:
    assert judge_value(0.95, 0.1, None, 1.0) == (Verdict.NOT_DECIDABLE, Reason.UNCERTAIN)
    assert judge_value(0.85, 0.1, None, 1.0) == (Verdict.OK, Reason.INSIDE_TOLERANCE)


@given(VALUE, UNCERTAINTY, st.sampled_from([(-1.0, 2.0), (-1.0, None), (None, 2.0)]))
def test_guarded_takes_ok_away_where_it_is_not_proven_and_nothing_else(
    value: float, uncertainty: float, limits: tuple[float | None, float | None]
) -> None:
    lower, upper = limits
    verdict, reason = judge_value(value, uncertainty, lower, upper, width=3.0)
    simple = Judgement(
        characteristic="c",
        verdict=verdict,
        reason=reason,
        value=value,
        expanded_uncertainty=uncertainty,
        lower=lower,
        upper=upper,
    )
    judgement = guarded(simple)
    inside = min(value - (-1e9 if lower is None else lower), (1e9 if upper is None else upper) - value)
    if verdict is Verdict.OK and inside < 0.5 * GUARD_FACTOR * uncertainty:
        assert (judgement.verdict, judgement.reason) == (Verdict.NOT_DECIDABLE, Reason.GUARD_BAND)
    else:
        assert judgement == simple


def test_an_attribute_has_no_guard() -> None:
    seen = Judgement(characteristic="c", verdict=Verdict.OK, reason=Reason.PART_AS_ORDERED, value="rs")
    assert guarded(seen) == seen


def test_every_reason_reads_in_both_languages() -> None:
    sentences = [(reason.title.zh, reason.title.en) for reason in Reason]
    assert len(set(sentences)) == len(Reason)
