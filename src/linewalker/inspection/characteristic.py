"""A characteristic of a car: what is inspected, how, and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from linewalker.inspection.cad.catalogue import Part
from linewalker.inspection.cad.seam import SeamPoint
from linewalker.inspection.title import Title


class Method(Enum):
    """How a characteristic is inspected."""

    GAP = "gap"
    FLUSH = "flush"
    PRESENCE = "presence"
    VARIANT = "variant"

    @property
    def is_measured(self) -> bool:
        """True for a value in mm, False for an attribute seen by the camera."""
        return self in (Method.GAP, Method.FLUSH)


class Severity(Enum):
    """Class of a characteristic."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, kw_only=True, eq=False)
class Characteristic:
    """One thing to inspect on one model.

    Attributes:
        id, title: what records call it, what people call it.
        method, severity: how it is inspected, how bad a deviation is.
        feature: name of the seam or part.
        place: the vehicle coordinates, mm, that pick the point of the seam; empty: the middle of its clear stretch.
        point: that point, resolved; None for parts.
        nominal: mm for gap and flush, a variant for parts (None: what the order says).
        lower, upper: limits, mm; None for parts.
        when: the options under which it applies: for each option the values that will do.
    """

    id: str
    title: Title
    method: Method
    severity: Severity
    feature: str
    place: Mapping[str, float]
    point: SeamPoint | None
    nominal: float | str | None
    lower: float | None
    upper: float | None
    when: Mapping[str, tuple[str, ...]]

    def applies_to(self, options: Mapping[str, str]) -> bool:
        """True for an order with these options (complete, defaults included)."""
        return all(options.get(name) in values for name, values in self.when.items())

    def expected_variant(self, part: Part, options: Mapping[str, str]) -> str:
        """The variant that must be seen on a car with these options (complete)."""
        return self.nominal if isinstance(self.nominal, str) else part.ordered_variant(options)
