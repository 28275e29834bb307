"""Judgements: what was seen against what was ordered, what was measured against the limits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.judging import judge_part, judge_seam, part_hypotheses, undecided
from linewalker.inspection.part.presence import PartSighting
from linewalker.inspection.part.region import Region
from linewalker.inspection.plan import read_plan
from linewalker.inspection.seam.scan import SeamMeasurement, measure_seam
from linewalker.inspection.verdict import Reason, Undecided, Verdict
from tests.inspection.nominal_car import catalogue
from tests.inspection.seam.seam_shots import Door
from tests.inspection.seam.test_scan import OFFSETS, PARKED, POINT, SEAM
from tests.inspection.test_plan import GOOD

CAR = catalogue()
BADGE, HANDLE = CAR.parts["badge_rear"], CAR.parts["handle"]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Characteristic]:
    path: Path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(GOOD.replace("nominal: present\n        ", ""), encoding="utf-8")
    return {c.id: c for c in read_plan(path, {"sedan": CAR}).models["sedan"]}


def seen(what: str) -> PartSighting:
    crop = np.zeros((4, 4, 3), np.uint8)
    box = Region(left=0, top=0, right=4, bottom=4)
    return PartSighting(
        time_s=3.0, seen=what, answers={what: 1.0}, shift_px=(0.0, 0.0), real=crop, rendered=crop, box=box
    )


@pytest.mark.parametrize(
    ("ordered", "what", "verdict", "reason", "value"),
    [
        ("rs", "rs", Verdict.OK, Reason.PART_AS_ORDERED, "rs"),
        ("rs", "none", Verdict.NOK, Reason.PART_MISSING, "missing"),
        ("none", "none", Verdict.OK, Reason.PART_AS_ORDERED, "missing"),
        ("none", "rs", Verdict.NOK, Reason.PART_NOT_ORDERED, "rs"),
    ],
)
def test_variant_against_order(
    plan: dict[str, Characteristic], ordered: str, what: str, verdict: Verdict, reason: Reason, value: str
) -> None:
    judgement = judge_part(plan["badge"], BADGE, CAR.complete({"badge": ordered}), seen(what), 0.0)
    assert (judgement.verdict, judgement.reason, judgement.value) == (verdict, reason, value)
    assert judgement.expected == ordered
    assert judgement.time_s == 3.0


def test_presence(plan: dict[str, Characteristic]) -> None:
    there = judge_part(plan["handle"], HANDLE, CAR.complete({}), seen("present"), 0.0)
    gone = judge_part(plan["handle"], HANDLE, CAR.complete({}), seen("missing"), 0.0)
    assert (there.verdict, there.value) == (Verdict.OK, "present")
    assert (gone.verdict, gone.reason, gone.value) == (Verdict.NOK, Reason.PART_MISSING, "missing")
    assert part_hypotheses(HANDLE) == ("present", "missing")
    assert part_hypotheses(BADGE) == ("none", "rs")


def test_gap_and_flush_take_their_own_value_and_uncertainty(plan: dict[str, Characteristic]) -> None:
    door = Door(gap=5.8, flush=0.1)
    result = measure_seam(door.shots(POINT, PARKED, np.random.default_rng(0), offsets=OFFSETS), SEAM, POINT, PARKED)
    assert isinstance(result, SeamMeasurement)
    gap, flush = (judge_seam(plan[name], result, 0.0) for name in ("door_gap", "door_flush"))
    assert (gap.verdict, gap.reason) == (Verdict.NOK, Reason.OUTSIDE_TOLERANCE)
    assert gap.value == pytest.approx(5.8, abs=0.05)
    assert gap.expanded_uncertainty == result.gap_budget.expanded_mm
    assert (flush.verdict, flush.value) == (Verdict.OK, result.flush_mm)
    assert (flush.lower, flush.upper, flush.unit) == (-0.5, 0.8, "mm")


def test_undecided_keeps_the_reason(plan: dict[str, Characteristic]) -> None:
    none = Undecided(reason=Reason.PANELS_TOUCH, detail="gap 0.1 mm")
    judgement = judge_seam(plan["door_gap"], none, 7.0)
    assert (judgement.verdict, judgement.reason, judgement.detail) == (
        Verdict.NOT_DECIDABLE,
        Reason.PANELS_TOUCH,
        "gap 0.1 mm",
    )
    assert (judgement.value, judgement.time_s, judgement.unit) == (None, 7.0, "mm")
    hidden = judge_part(plan["badge"], BADGE, CAR.complete({}), Undecided(reason=Reason.PART_HIDDEN), 1.0)
    assert hidden.reason is Reason.PART_HIDDEN
    assert undecided(plan["badge"], Reason.CAR_TOUCHED, "", 1.0).unit == ""
