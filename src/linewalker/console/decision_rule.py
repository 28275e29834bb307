"""Which rule decided on a characteristic, with its numbers: those of `linewalker.inspection.verdict.judge_value`."""

from __future__ import annotations

from linewalker.factory.records.results import CharacteristicResult
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import CAPABLE_RATIO, Reason, Verdict

_BY_VALUE = (
    Reason.INSIDE_TOLERANCE,
    Reason.OUTSIDE_TOLERANCE,
    Reason.NEAR_LIMIT,
    Reason.GUARD_BAND,
    Reason.UNCERTAIN,
)


def decision_rule(entry: CharacteristicResult) -> Title | None:
    """The rule in both languages; None where no number decided, but what the reason says."""
    value, spread = entry.value, entry.expanded_uncertainty
    if entry.reason not in _BY_VALUE or not isinstance(value, float | int) or spread is None:
        return None
    if entry.lower is None or entry.upper is None or not entry.upper > entry.lower:
        return None
    inside = min(entry.upper - value, value - entry.lower)
    share = 2.0 * spread / (entry.upper - entry.lower)
    number, sign = _number(entry.verdict, capable=share <= CAPABLE_RATIO), ">" if share > CAPABLE_RATIO else "≤"
    where_zh, where_en = ("公差内", "inside") if inside >= 0.0 else ("超出公差", "outside")
    compared = f"{'>' if abs(inside) > spread else '≤'} U = {spread:.3f}"
    capability = f"2U/T = {100 * share:.0f} % {sign} {100 * CAPABLE_RATIO:.0f} %"
    return Title(
        zh=f"规则 {number}：{where_zh} {abs(inside):.3f} {entry.unit} {compared}；{capability}",
        en=f"rule {number}: {where_en} by {abs(inside):.3f} {entry.unit} {compared}; {capability}",
    )


def _number(verdict: Verdict, *, capable: bool) -> int:
    """As the report lists them."""
    if verdict is Verdict.NOK:
        return 1
    if verdict is Verdict.OK:
        return 2 if capable else 3
    return 4
