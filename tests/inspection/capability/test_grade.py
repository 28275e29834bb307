"""Grades at their limits."""

from __future__ import annotations

from linewalker.inspection.capability.grade import Grade, at_least, at_most, met


def test_a_limit_belongs_to_the_better_grade() -> None:
    assert [at_most(value, 10, 30) for value in (10, 10.1, 30, 30.1)] == [
        Grade.GOOD, Grade.MARGINAL, Grade.MARGINAL, Grade.POOR,
    ]  # fmt: skip
    assert [at_least(value, 5, 2) for value in (5, 4, 2, 1)] == [
        Grade.GOOD, Grade.MARGINAL, Grade.MARGINAL, Grade.POOR,
    ]  # fmt: skip
    assert (met(True), met(False)) == (Grade.GOOD, Grade.POOR)
