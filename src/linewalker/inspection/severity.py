"""How bad a deviation of a characteristic is, its class in a plan, and what OK takes in a class."""

from __future__ import annotations

from enum import Enum

from linewalker.inspection.title import Title


class Severity(Enum):
    """Class of a characteristic."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Decision(Enum):
    """What OK takes (`linewalker.inspection.verdict`): a value inside the limits, or proof that it is inside."""

    SIMPLE = "simple"
    GUARDED = "guarded"


SEVERITIES = {
    "critical": Title(zh="关键", en="critical"),
    "major": Title(zh="重要", en="major"),
    "minor": Title(zh="一般", en="minor"),
}
"""What people call them, by the word of a plan."""
