"""What a check finds is one sentence with its fix."""

from __future__ import annotations

import pytest

from linewalker.limbs.checks.finding import Finding, Level, error, warning


@pytest.mark.parametrize(("make", "level"), [(error, Level.ERROR), (warning, Level.WARNING)])
def test_a_finding_reads_as_level_rule_problem_and_fix(make: object, level: Level) -> None:
    found = make("knees", "the left knee is straight", "Bend it")  # type: ignore[operator]
    assert found == Finding(rule="knees", level=level, problem="the left knee is straight", fix="Bend it")
    assert str(found) == f"{level.value}: knees: the left knee is straight. Bend it."
