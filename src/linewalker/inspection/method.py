"""A way of inspecting, and what one entry of a plan asks with it.

A `Method` reads its own keys of a plan's entry into a `Question`. The question says which evidence it needs, judges it,
draws it, and says what would have been found without error. `methods.py` lists the methods there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol

from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict, judge_value
from linewalker.plantfile import Node, allowed_text

Value = float | int | str | bool
"""Of a skill's parameter."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What is wanted and what is allowed.

    Attributes:
        unit: of all numbers; empty for an attribute.
        nominal: the value wanted; for an attribute a word, or None: what the order says.
        lower, upper: limits of a value; None on a side without, and for an attribute.
    """

    unit: str = ""
    nominal: float | str | None = None
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and not self.lower < self.upper:
            raise ValueError(f"the lower limit {self.lower:g} is not below the upper one {self.upper:g}")

    def allow(self, value: float) -> bool:
        """Whether a value, known exactly, lies within the limits; they belong to it."""
        if self.lower is None and self.upper is None:
            raise ValueError("an attribute has no limits")
        return (self.lower is None or self.lower <= value) and (self.upper is None or value <= self.upper)

    @property
    def width(self) -> float | None:
        """Of the tolerance; with one limit, twice its distance from a nominal value, if there is one."""
        if self.lower is not None and self.upper is not None:
            return self.upper - self.lower
        limit = self.upper if self.lower is None else self.lower
        return None if limit is None or not isinstance(self.nominal, float) else 2 * abs(limit - self.nominal)

    def judge(
        self,
        characteristic: str,
        value: float,
        uncertainty: float,
        *,
        detail: str,
        time_s: float,
        budget: Mapping[str, float] = MappingProxyType({}),
    ) -> Judgement:
        """A value against the limits, by the rule of `linewalker.inspection.verdict`.

        Args:
            characteristic: its id in the plan.
            value, uncertainty: in ``unit``; the uncertainty is expanded with k = 2.
            detail, time_s, budget: as in `Judgement`.
        """
        if self.lower is None and self.upper is None:
            raise ValueError(f"{characteristic} has no limits")
        verdict, reason = judge_value(value, uncertainty, self.lower, self.upper, width=self.width)
        return Judgement(
            characteristic=characteristic,
            verdict=verdict,
            reason=reason,
            detail=detail,
            value=value,
            unit=self.unit,
            expanded_uncertainty=uncertainty,
            lower=self.lower,
            upper=self.upper,
            time_s=time_s,
            budget=dict(budget),
        )

    def undecided(
        self, characteristic: str, reason: Reason, detail: str, time_s: float, expected: str = ""
    ) -> Judgement:
        """The judgement where there is no value, for whatever reason."""
        return Judgement(
            characteristic=characteristic,
            verdict=Verdict.NOT_DECIDABLE,
            reason=reason,
            detail=detail,
            unit=self.unit,
            lower=self.lower,
            upper=self.upper,
            expected=expected,
            time_s=time_s,
        )


@dataclass(frozen=True, kw_only=True)
class Need:
    """Evidence that is needed.

    Attributes:
        skill: the name of the skill that collects it.
        parameters: of the skill; those that have a default may be left out.
    """

    skill: str
    parameters: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An evidence file: its suffix (``.svg``, ``.jpg``, ``.png``) and its content."""

    suffix: str
    content: bytes


class TrueCar(Protocol):
    """What is really so on a simulated car; only scoring has one."""

    @property
    def vin(self) -> str:
        """Of its order."""

    @property
    def options(self) -> Mapping[str, str]:
        """Of its order, complete."""

    def gap_flush(self, seam: str, p_V_mm: tuple[float, float, float]) -> tuple[float, float]:
        """Gap and flush, mm, where the section plane through a point (of the undisplaced car) cuts a seam."""

    def mounted(self, part: str) -> str:
        """The variant that is mounted where a part should be, or ``missing``."""

    def code(self, part: str) -> str:
        """What the code on a part says; empty where there is none."""


@dataclass(frozen=True, kw_only=True)
class TrueAnswer:
    """What an inspection without error would have found: the value, and whether it is in order."""

    value: float | str
    good: bool


class Question(Protocol):
    """What one entry of a plan asks. Has to be picklable: missions travel."""

    @property
    def limits(self) -> Limits:
        """What is wanted and allowed."""

    @property
    def need(self) -> Need:
        """The evidence it rests on; questions with the same need share it."""

    def judge(self, characteristic: str, evidence: Any, options: Mapping[str, str]) -> Judgement:
        """Judge the evidence of a car.

        Args:
            characteristic: its id in the plan.
            evidence: what the skill of `need` gave.
            options: of the car's order, complete.
        """

    def draw(self, evidence: Any, judgement: Judgement, title: Title) -> Picture | None:
        """Show what the judgement rests on; None if there is nothing to show."""

    def true_answer(self, car: TrueCar) -> TrueAnswer:
        """What is true; for scoring."""


class Feature(Enum):
    """What of a car a method inspects."""

    SEAM = "seam"
    PART = "part"

    def named(self, node: Node, catalogue: VehicleCatalogue, who_need: str) -> str:
        """The name of a feature of this kind that a plan's ``feature`` gives; ``who_need``: the words of a message.

        Raises:
            InputError: there is none of that name.
        """
        features = {Feature.SEAM: catalogue.seams, Feature.PART: catalogue.parts}
        name, known = node.text(), features.pop(self)
        ((other, others),) = features.items()
        if name in others:
            raise node.error(f"'{name}' is a {other.value}; {who_need} a {self.value}; {allowed_text(name, known)}")
        if name not in known:
            raise node.error(f"{catalogue.model} has no {self.value} '{name}'; {allowed_text(name, known)}")
        return name


@dataclass(frozen=True, kw_only=True)
class Method:
    """A way of inspecting.

    Attributes:
        title: what people call it.
        feature: what it inspects.
        required, optional: keys of a plan's entry that are its own.
        read: reads one entry, which has these keys; raises InputError.
        signed: whether its values are shown with their sign.
    """

    title: Title
    feature: Feature
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    read: Callable[[Node, VehicleCatalogue], Question]
    signed: bool = False
