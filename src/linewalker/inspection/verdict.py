"""The three verdicts, the reasons behind them, and the rule that turns a value and its uncertainty into one.

The rule (docs/measuring.md explains it to a plant), with y the measured value, U its expanded uncertainty (k = 2) and
T the width of the tolerance:

1. The measurement is *capable* for the characteristic if Q = 2 U / T <= 0.30 (VDA volume 5, capability of the process).
2. NOK only if non-conformity is proven: y lies outside a limit by more than U (ISO 14253-1, customer's side).
3. Capable: OK if y lies inside the limits (simple acceptance). Not capable: OK only if y lies inside by more than U.
4. Whatever is neither is NOT_DECIDABLE.

With a limit on one side only, T is twice its distance from the nominal value. Where a plan decides guarded (`guarded`),
OK has to be proven, too: y lies inside by 1.65 U / k at least, so that a value that is called OK conforms with a
probability of 95 % (ISO 14253-1, supplier's side: one limit is near, the guard is one-sided).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from linewalker.inspection.title import Title

CAPABLE_RATIO = 0.30
COVERAGE_FACTOR = 2.0
"""k of every expanded uncertainty: a coverage of about 95 % for a normal distribution."""
GUARD_FACTOR = 1.65
"""Standard uncertainties between a limit and what a guarded decision calls OK: 95 % on one side."""


class Verdict(Enum):
    """OK, NOK or NOT_DECIDABLE; the numbers are those of OPC 40001-101 ResultEvaluation."""

    OK = 1
    NOK = 2
    NOT_DECIDABLE = 3


class Reason(Enum):
    """Why a verdict is what it is. The member's value is what records carry; `title` is what people read."""

    INSIDE_TOLERANCE = "inside_tolerance"
    OUTSIDE_TOLERANCE = "outside_tolerance"
    PART_AS_ORDERED = "part_as_ordered"
    PART_MISSING = "part_missing"
    WRONG_VARIANT = "wrong_variant"
    PART_NOT_ORDERED = "part_not_ordered"
    WRONG_CODE = "wrong_code"
    CODE_UNREADABLE = "code_unreadable"
    NEAR_LIMIT = "near_limit"
    GUARD_BAND = "guard_band"
    UNCERTAIN = "uncertain"
    NO_SEAM = "no_seam"
    PANELS_TOUCH = "panels_touch"
    TOO_FEW_POINTS = "too_few_points"
    SKIN_NOT_SMOOTH = "skin_not_smooth"
    RADIUS_DISAGREES = "radius_disagrees"
    PROFILES_DISAGREE = "profiles_disagree"
    PART_HIDDEN = "part_hidden"
    TOO_DARK = "too_dark"
    BLURRED = "blurred"
    PICTURE_NOT_ALIGNED = "picture_not_aligned"
    AMBIGUOUS = "ambiguous"
    NOT_REACHED = "not_reached"
    NOT_LOCALISED = "not_localised"
    CAR_TOUCHED = "car_touched"
    TAKT_EXPIRED = "takt_expired"
    ROBOT_FELL = "robot_fell"
    ABORTED = "aborted"
    SENSOR_FAILED = "sensor_failed"
    SKILL_FAILED = "skill_failed"
    NOT_INSPECTED = "not_inspected"

    @property
    def title(self) -> Title:
        """The reason as a sentence."""
        zh, en = _SENTENCES[self]
        return Title(zh=zh, en=en)


_SENTENCES = {
    Reason.INSIDE_TOLERANCE: ("在公差内", "inside the tolerance"),
    Reason.OUTSIDE_TOLERANCE: (
        "超出公差，且超出量大于测量不确定度",
        "outside the tolerance by more than the uncertainty",
    ),
    Reason.PART_AS_ORDERED: ("与订单一致", "as ordered"),
    Reason.PART_MISSING: ("零件缺失", "the part is missing"),
    Reason.WRONG_VARIANT: ("零件型号错误", "the part is of the wrong variant"),
    Reason.PART_NOT_ORDERED: ("装了订单中没有的零件", "a part is mounted that was not ordered"),
    Reason.WRONG_CODE: ("码的内容与订单不符", "the code says something else than the order"),
    Reason.CODE_UNREADABLE: ("读不出码", "no code could be read"),
    Reason.NEAR_LIMIT: (
        "超出公差，但超出量不大于测量不确定度",
        "outside the tolerance, but by no more than the uncertainty",
    ),
    Reason.GUARD_BAND: (
        "在公差内，但距公差限过近，合格未得到证明",
        "inside the tolerance, but too near to a limit to prove it",
    ),
    Reason.UNCERTAIN: ("测量不确定度相对公差过大", "the uncertainty is too large for this tolerance"),
    Reason.NO_SEAM: ("轮廓仪视野内没有缝隙", "no seam in the window of the scanner"),
    Reason.PANELS_TOUCH: (
        "两板相碰或缝隙被填塞，看不到缝底",
        "the panels touch or the gap is filled: no open gap seen",
    ),
    Reason.TOO_FEW_POINTS: ("板面或翻边上的轮廓点过少", "too few profile points on skin or edge"),
    Reason.SKIN_NOT_SMOOTH: ("缝隙旁的板面不平顺", "the skin beside the seam is not smooth"),
    Reason.RADIUS_DISAGREES: ("翻边圆角半径与 CAD 不符", "the edge radius disagrees with the CAD radius"),
    Reason.PROFILES_DISAGREE: ("各条轮廓互不一致", "the profiles disagree with one another"),
    Reason.PART_HIDDEN: ("零件被遮挡或不在画面内", "the part is hidden or outside the picture"),
    Reason.TOO_DARK: ("画面过暗", "the picture is too dark"),
    Reason.BLURRED: ("画面模糊", "the picture is blurred"),
    Reason.PICTURE_NOT_ALIGNED: ("画面无法与预期对齐", "the picture could not be aligned with what was expected"),
    Reason.AMBIGUOUS: ("多种可能同样符合画面", "several possibilities fit the picture equally well"),
    Reason.NOT_REACHED: ("机器人够不到", "the robot can not bring the sensor there"),
    Reason.NOT_LOCALISED: ("车辆定位不够准确", "the vehicle could not be located well enough"),
    Reason.CAR_TOUCHED: ("机器人碰到了车辆", "the robot touched the car"),
    Reason.TAKT_EXPIRED: ("节拍超时", "the takt time was over"),
    Reason.ROBOT_FELL: ("机器人跌倒", "the robot fell"),
    Reason.ABORTED: ("任务被中止", "the job was aborted"),
    Reason.SENSOR_FAILED: ("传感器没有数据", "the sensor gave no data"),
    Reason.SKILL_FAILED: ("技能或方法的程序出错", "the skill or the method broke off"),
    Reason.NOT_INSPECTED: ("车辆未检测", "the car was not inspected"),
}


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """A measurement that gave no value.

    Attributes:
        reason: what people are told.
        detail: numbers for whoever looks into it, in English.
    """

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One characteristic of one car, judged.

    Attributes:
        characteristic: its id in the plan.
        verdict, reason: the decision and why.
        detail: numbers behind the reason, in English; may be empty.
        value: a number in ``unit``, or a word for an attribute (a variant, ``missing``); None without a value.
        unit: of all numbers; empty for an attribute.
        expanded_uncertainty: U with k = `COVERAGE_FACTOR`; None for an attribute.
        lower, upper: limits; None where there is none.
        expected: the word expected of an attribute; empty for a value.
        time_s: robot time of the measurement.
        evidence: the picture that shows it, or None.
        budget: standard uncertainties by source, in ``unit``, that the expanded one is made of; may be empty.
    """

    characteristic: str
    verdict: Verdict
    reason: Reason
    detail: str = ""
    value: float | str | None = None
    unit: str = ""
    expanded_uncertainty: float | None = None
    lower: float | None = None
    upper: float | None = None
    expected: str = ""
    time_s: float = 0.0
    evidence: Path | None = None
    budget: Mapping[str, float] = field(default_factory=dict)


def judge_value(
    value: float, uncertainty: float, lower: float | None, upper: float | None, *, width: float | None = None
) -> tuple[Verdict, Reason]:
    """The rule at the top of this file; all in the same unit.

    Args:
        value: as measured.
        uncertainty: expanded with k = 2.
        lower, upper: limits; one may be None.
        width: of the tolerance; by default from limit to limit, and none at all where one is missing.
    """
    beyond = -_inside(value, lower, upper)
    if width is None and lower is not None and upper is not None:
        width = upper - lower
    capable = width is not None and 2 * uncertainty <= CAPABLE_RATIO * width
    if beyond > uncertainty:
        return Verdict.NOK, Reason.OUTSIDE_TOLERANCE
    if beyond <= (0.0 if capable else -uncertainty):
        return Verdict.OK, Reason.INSIDE_TOLERANCE
    return Verdict.NOT_DECIDABLE, Reason.NEAR_LIMIT if capable else Reason.UNCERTAIN


def guarded(judgement: Judgement) -> Judgement:
    """The judgement where OK has to be proven; attributes and whatever is not OK stay."""
    value, uncertainty = judgement.value, judgement.expanded_uncertainty
    if judgement.verdict is not Verdict.OK or uncertainty is None or not isinstance(value, float | int):
        return judgement
    if _inside(value, judgement.lower, judgement.upper) >= GUARD_FACTOR / COVERAGE_FACTOR * uncertainty:
        return judgement
    return replace(judgement, verdict=Verdict.NOT_DECIDABLE, reason=Reason.GUARD_BAND)


def _inside(value: float, lower: float | None, upper: float | None) -> float:
    """How far a value lies inside its nearest limit; negative outside."""
    above = math.inf if lower is None else value - lower
    return min(above, math.inf if upper is None else upper - value)
