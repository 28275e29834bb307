"""Gap and flush: what a plan asks about a point of a seam, judged from a scan of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial

from linewalker.errors import InputError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import AXES, Seam, SeamPoint
from linewalker.inspection.method import Feature, Limits, Method, Need, Picture, TrueAnswer, TrueCar
from linewalker.inspection.seam.profile_drawing import draw_measurement, draw_profile
from linewalker.inspection.seam.scan import SeamScan
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Undecided
from linewalker.plantfile import Node

_UNIT = "mm"
_WIDEST_MM = 20.0
"""A wider tolerance is a slip of the pen: no seam of a car can miss it."""
_TRUE_DIGITS = 5


class Quantity(Enum):
    """What of a seam is measured, with the range of nominal values, mm."""

    GAP = (0.5, 30.0)
    FLUSH = (-20.0, 20.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class SeamQuestion:
    """Gap or flush at one point.

    Attributes:
        quantity: which.
        seam, point: where.
        limits: in mm.
    """

    quantity: Quantity
    seam: str
    point: SeamPoint
    limits: Limits

    @property
    def need(self) -> Need:
        """A scan of the point; one scan gives gap and flush."""
        return Need(skill="scan_seam", parameters={"seam": self.seam, "arc_mm": self.point.arc_mm})

    def judge(self, characteristic: str, evidence: SeamScan, _options: Mapping[str, str]) -> Judgement:
        """The value against its limits."""
        found = evidence.measurement
        if isinstance(found, Undecided):
            return self.limits.undecided(characteristic, found.reason, found.detail, evidence.time_s)
        is_gap = self.quantity is Quantity.GAP
        budget = found.gap_budget if is_gap else found.flush_budget
        return self.limits.judge(
            characteristic,
            found.gap_mm if is_gap else found.flush_mm,
            budget.expanded_mm,
            detail=f"{found.used} of {found.taken} profiles",
            time_s=found.time_s,
            budget=budget.contributions,
        )

    def draw(self, evidence: SeamScan, judgement: Judgement, title: Title) -> Picture | None:
        """The section with its construction, or the profile in which nothing could be measured."""
        if not isinstance(evidence.measurement, Undecided):
            drawing = draw_measurement(evidence.measurement.shown, judgement, title)
        elif evidence.shots:
            drawing = draw_profile(evidence.shots[len(evidence.shots) // 2].profile, judgement, title)
        else:
            return None
        return Picture(suffix=".svg", content=drawing.encode())

    def true_answer(self, car: TrueCar) -> TrueAnswer:
        """The exact construction, at the point of the plan."""
        x, y, z = (float(c) for c in self.point.centre_V_mm)
        gap, flush = car.gap_flush(self.seam, (x, y, z))
        value = round(gap if self.quantity is Quantity.GAP else flush, _TRUE_DIGITS)
        return TrueAnswer(value=value, good=self.limits.allow(value))


def seam_named(node: Node, catalogue: VehicleCatalogue, who_need: str) -> Seam:
    """The seam that a plan's ``feature`` names; ``who_need``: the words before "a seam" in a message.

    Raises:
        InputError: there is none of that name.
    """
    return catalogue.seams[Feature.SEAM.named(node, catalogue, who_need)]


def seam_point(node: Node, seam: Seam) -> SeamPoint:
    """The point that an entry's ``at`` picks; without it the middle of the seam's clear stretch."""
    place = _place(node["at"]) if "at" in node else {}
    try:
        return seam.at(place) if place else seam.middle_clear()
    except InputError as error:
        raise (node["at"] if place else node["feature"]).error(error.problem) from None


def _place(node: Node) -> dict[str, float]:
    node.expect_keys([], AXES)
    place = {axis: value.number(unit="mm") for axis, value in node.items()}
    if not place:
        raise node.error("expected x, y or z with a value in mm, for example {z: 280}")
    return place


def _read(quantity: Quantity, node: Node, catalogue: VehicleCatalogue) -> SeamQuestion:
    seam = seam_named(node["feature"], catalogue, "gap and flush need")
    point = seam_point(node, seam)
    node["unit"].choice([_UNIT], "unit of a gap or flush")
    low, high = quantity.value
    nominal = node["nominal"].number(low=low, high=high, unit=_UNIT)
    lower, upper = _deviations(node["tolerance"])
    limits = Limits(
        unit=_UNIT,
        nominal=nominal,
        lower=None if lower is None else nominal + lower,
        upper=None if upper is None else nominal + upper,
    )
    return SeamQuestion(quantity=quantity, seam=seam.name, point=point, limits=limits)


def _deviations(tolerance: Node) -> tuple[float | None, float | None]:
    """Lower and upper deviation from nominal, mm; None on a side without limit."""
    if tolerance.is_mapping:
        return _one_sided(tolerance)
    if not tolerance.is_list:
        half = tolerance.number(low=-_WIDEST_MM, high=_WIDEST_MM, unit=_UNIT)
        if half <= 0:
            raise tolerance.error(f"a symmetric tolerance is larger than 0 mm, found {half:g}")
        return -half, half
    entries = tolerance.entries()
    if len(entries) != 2:
        raise tolerance.error(f"expected one number, or [lower, upper] deviation, found {len(entries)} numbers")
    lower, upper = (entry.number(low=-_WIDEST_MM, high=_WIDEST_MM, unit=_UNIT) for entry in entries)
    if lower >= upper:
        raise tolerance.error(
            f"the lower deviation {lower:g} mm is not below the upper one {upper:g} mm; write [lower, upper]"
        )
    return lower, upper


def _one_sided(tolerance: Node) -> tuple[float | None, float | None]:
    """``{lower: deviation}`` or ``{upper: deviation}``."""
    tolerance.expect_keys([], ["lower", "upper"])
    sides = dict(tolerance.items())
    if len(sides) != 1:
        raise tolerance.error("a one-sided tolerance has lower or upper; for both write [lower, upper]")
    ((side, node),) = sides.items()
    low, high = (-_WIDEST_MM, 0.0) if side == "lower" else (0.0, _WIDEST_MM)
    deviation = node.number(low=low, high=high, unit=_UNIT)
    return (deviation, None) if side == "lower" else (None, deviation)


_KEYS = ("unit", "nominal", "tolerance")

GAP = Method(
    title=Title(zh="间隙", en="gap"),
    feature=Feature.SEAM,
    required=_KEYS,
    optional=("at",),
    read=partial(_read, Quantity.GAP),
)
FLUSH = Method(
    title=Title(zh="面差", en="flush"),
    feature=Feature.SEAM,
    required=_KEYS,
    optional=("at",),
    read=partial(_read, Quantity.FLUSH),
    signed=True,
)
