"""What a check of a robot profile finds: the trouble, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How bad it is."""

    ERROR = "error"
    """The robot can not work like this."""

    WARNING = "warning"
    """It works, but worse than it could, or something looks like a slip."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong with a profile.

    Attributes:
        rule: name of the rule, one word.
        level: how bad it is.
        problem: what is wrong, with names, values and units.
        fix: what to do.
    """

    rule: str
    level: Level
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.level.value}: {self.rule}: {self.problem}. {self.fix}."


def error(rule: str, problem: str, fix: str) -> Finding:
    """A finding that forbids the robot to work."""
    return Finding(rule=rule, level=Level.ERROR, problem=problem, fix=fix)


def warning(rule: str, problem: str, fix: str) -> Finding:
    """A finding to look at."""
    return Finding(rule=rule, level=Level.WARNING, problem=problem, fix=fix)
