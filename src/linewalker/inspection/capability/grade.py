"""What a study says of a measuring system, in three grades as AIAG has them."""

from __future__ import annotations

from enum import Enum


class Grade(Enum):
    """How good something is."""

    GOOD = "good"
    MARGINAL = "marginal"
    POOR = "poor"


def at_most(value: float, good: float, marginal: float) -> Grade:
    """Where less is better."""
    return Grade.GOOD if value <= good else Grade.MARGINAL if value <= marginal else Grade.POOR


def at_least(value: float, good: float, marginal: float) -> Grade:
    """Where more is better."""
    return at_most(-value, -good, -marginal)


def met(condition: bool) -> Grade:
    """Where there is nothing in between."""
    return Grade.GOOD if condition else Grade.POOR
