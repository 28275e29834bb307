"""What the options of ``linewalker msa`` choose between."""

from __future__ import annotations

from enum import StrEnum


class Design(StrEnum):
    """Who measures which parts."""

    CROSSED = "crossed"
    NESTED = "nested"
    SINGLE = "single"


class Method(StrEnum):
    """How variation is taken apart."""

    ANOVA = "anova"
    RANGE = "range"


class Scale(StrEnum):
    """What a straight line is drawn over."""

    LOG = "log"
    LINEAR = "linear"
