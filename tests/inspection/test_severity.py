"""Classes and their names."""

from __future__ import annotations

from linewalker.inspection.severity import SEVERITIES, Severity


def test_every_class_has_a_name_in_both_languages() -> None:
    assert list(SEVERITIES) == [severity.value for severity in Severity]
