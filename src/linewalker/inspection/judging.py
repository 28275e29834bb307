"""From what was measured or seen to a judgement about a characteristic of the plan."""

from __future__ import annotations

from collections.abc import Mapping

from linewalker.inspection.cad.catalogue import Part
from linewalker.inspection.characteristic import Characteristic, Method
from linewalker.inspection.part.presence import MISSING, NONE, PartSighting
from linewalker.inspection.seam.scan import SeamMeasurement
from linewalker.inspection.verdict import Judgement, Reason, Undecided, Verdict, judge_value

PRESENT = "present"


def part_hypotheses(part: Part) -> tuple[str, ...]:
    """What may be seen at a part's place: its variants, and `MISSING` unless ``none`` is one of them."""
    return part.variants if NONE in part.variants else (*part.variants, MISSING)


def judge_seam(characteristic: Characteristic, result: SeamMeasurement | Undecided, time_s: float) -> Judgement:
    """Judge a gap or flush; ``time_s`` is the robot time where nothing was measured."""
    if isinstance(result, Undecided):
        return undecided(characteristic, result.reason, result.detail, time_s)
    if characteristic.lower is None or characteristic.upper is None:
        raise ValueError(f"{characteristic.id} is no gap or flush")
    is_gap = characteristic.method is Method.GAP
    value = result.gap_mm if is_gap else result.flush_mm
    uncertainty = (result.gap_budget if is_gap else result.flush_budget).expanded_mm
    verdict, reason = judge_value(value, uncertainty, characteristic.lower, characteristic.upper)
    return Judgement(
        characteristic=characteristic.id,
        verdict=verdict,
        reason=reason,
        detail=f"{result.used} of {result.taken} profiles",
        value=value,
        unit="mm",
        expanded_uncertainty=uncertainty,
        lower=characteristic.lower,
        upper=characteristic.upper,
        time_s=result.time_s,
    )


def judge_part(
    characteristic: Characteristic,
    part: Part,
    options: Mapping[str, str],
    result: PartSighting | Undecided,
    time_s: float,
) -> Judgement:
    """Judge the presence or the variant of a part on a car with these options (complete).

    Presence asks whether something is mounted where the order wants something, and nothing where it wants nothing;
    variant asks for the right one as well. The value is ``present``, a variant, or ``missing``.
    """
    expected = characteristic.expected_variant(part, options)
    if isinstance(result, Undecided):
        return undecided(characteristic, result.reason, result.detail, time_s, expected)
    there, wanted = result.seen not in (MISSING, NONE), expected != NONE
    only_presence = characteristic.method is Method.PRESENCE
    if there == wanted and (only_presence or not wanted or result.seen == expected):
        verdict, reason = Verdict.OK, Reason.PART_AS_ORDERED
    elif not there:
        verdict, reason = Verdict.NOK, Reason.PART_MISSING
    else:
        verdict, reason = Verdict.NOK, Reason.WRONG_VARIANT if wanted else Reason.PART_NOT_ORDERED
    seen = MISSING if not there else PRESENT if only_presence else result.seen
    return Judgement(
        characteristic=characteristic.id,
        verdict=verdict,
        reason=reason,
        detail=", ".join(f"{name} {answer:.2f}" for name, answer in result.answers.items()),
        value=seen,
        expected=expected,
        time_s=result.time_s,
    )


def undecided(
    characteristic: Characteristic, reason: Reason, detail: str, time_s: float, expected: str = ""
) -> Judgement:
    """The judgement about a characteristic that gave no value, for whatever reason."""
    return Judgement(
        characteristic=characteristic.id,
        verdict=Verdict.NOT_DECIDABLE,
        reason=reason,
        detail=detail,
        unit="mm" if characteristic.method.is_measured else "",
        lower=characteristic.lower,
        upper=characteristic.upper,
        expected=expected,
        time_s=time_s,
    )
