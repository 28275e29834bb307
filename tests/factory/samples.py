"""A small shift with one of everything: good, bad, undecided, broken off."""

from __future__ import annotations

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult, CharacteristicResult, Event, EventKind, RunHeader
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict

VINS = ("LSVAA49J132047371", "LSVAA49J332047372", "LSVAA49J532047373")

HEADER = RunHeader(
    shift="shift.csv",
    shift_sha256="a" * 64,
    plan="plan.yaml",
    plan_sha256="b" * 64,
    station="simulated station",
    robot="g1",
    software="linewalker 0.1.0",
    seed=7,
)


def build_order(number: int = 0, options: dict[str, str] | None = None) -> BuildOrder:
    return BuildOrder(
        sequence=number + 1,
        vin=VINS[number],
        model="sedan",
        options=options or {"paint": "red", "wheels": "sport", "badge": "rs"},
    )


def gap(
    name: str = "gap_hood_fender_left",
    value: float | None = 4.12,
    verdict: Verdict = Verdict.OK,
    reason: Reason = Reason.INSIDE_TOLERANCE,
    **changes: object,
) -> CharacteristicResult:
    content: dict[str, object] = {
        "id": name,
        "title": Title(zh="左前翼子板与机盖间隙", en="Gap hood to left fender"),
        "method": "gap",
        "feature": "hood/front_fender_left",
        "severity": "major",
        "unit": "mm",
        "nominal": 4.0,
        "lower": 3.3,
        "upper": 4.7,
        "value": value,
        "expanded_uncertainty": None if value is None else 0.08,
        "verdict": verdict,
        "reason": reason,
        "time_s": 31.2,
    }
    return CharacteristicResult(**{**content, **changes})  # type: ignore[arg-type]


def badge(
    value: str | None = "rs", verdict: Verdict = Verdict.OK, reason: Reason = Reason.PART_AS_ORDERED, **changes: object
) -> CharacteristicResult:
    content: dict[str, object] = {
        "id": "variant_badge_rear",
        "title": Title(zh="尾部标识", en="Rear badge"),
        "method": "variant",
        "feature": "badge_rear",
        "severity": "minor",
        "nominal": "rs",
        "value": value,
        "verdict": verdict,
        "reason": reason,
        "time_s": 88.5,
    }
    return CharacteristicResult(**{**content, **changes})  # type: ignore[arg-type]


def good_car(number: int = 0) -> CarResult:
    return CarResult(
        order=build_order(number),
        characteristics=(gap(evidence="evidence/a.png"), badge()),
        began_s=10.0 + 200.0 * number,
        finished_s=160.0 + 200.0 * number,
        takt_limit_s=300.0,
        walking_s=90.0,
        inspecting_s=55.0,
    )


def bad_car(number: int = 1) -> CarResult:
    return CarResult(
        order=build_order(number),
        characteristics=(
            gap(value=5.43, verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE),
            gap("flush_door_left", None, Verdict.NOT_DECIDABLE, Reason.CAR_TOUCHED, method="flush", detail="left hand"),
            badge("missing", Verdict.NOK, Reason.PART_MISSING),
        ),
        events=(Event(time_s=233.25, kind=EventKind.CONTACT, text="left hand touched front_door_left"),),
        began_s=210.0,
        finished_s=390.5,
        takt_limit_s=300.0,
        walking_s=100.0,
        inspecting_s=60.0,
    )


def missing_car(number: int = 2) -> CarResult:
    """One that never came."""
    return CarResult(
        order=build_order(number),
        characteristics=(gap(value=None, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NOT_INSPECTED),),
        began_s=0.0,
        finished_s=0.0,
        takt_limit_s=300.0,
        interrupted=Title(zh="车辆未到工位：班次已结束", en="it never came: the shift ended before it"),
        inspected=False,
    )


def fallen_car(number: int = 2) -> CarResult:
    return CarResult(
        order=build_order(number),
        characteristics=(gap(), badge(None, Verdict.NOT_DECIDABLE, Reason.ROBOT_FELL)),
        events=(Event(time_s=480.0, kind=EventKind.FALL, text="the robot fell beside the trunk"),),
        began_s=420.0,
        finished_s=480.0,
        takt_limit_s=300.0,
        interrupted=Reason.ROBOT_FELL.title,
    )
