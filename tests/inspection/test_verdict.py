"""The decision rule: monotone, safe against false rejection, and every reason can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linewalker.inspection.verdict import Reason, Verdict, judge_value

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


def test_every_reason_reads_in_both_languages() -> None:
    sentences = [(reason.title.zh, reason.title.en) for reason in Reason]
    assert len(set(sentences)) == len(Reason)
