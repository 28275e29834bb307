"""Shifts as a station may leave them, drawn with a seed and put on record through the records themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.records import NOT_YET, UNDER_WAY, Records, RunRecords
from linewalker.factory.records.results import CarResult, CharacteristicResult, Event, EventKind, RunHeader
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict, judge_value
from tests.factory.samples import HEADER

SEAMS = (
    ("L2", "front_door_left/rear_door_left", "左前门与左后门", "left front door to rear door", "critical", 0.8),
    ("R3", "front_door_right/rear_door_right", "右前门与右后门", "right front door to rear door", "critical", 0.8),
    ("L1", "fender_left/front_door_left", "左前翼子板与左前门", "left fender to front door", "major", 1.0),
    ("R4", "fender_right/front_door_right", "右前翼子板与右前门", "right fender to front door", "major", 1.0),
    ("F1", "hood/front_bumper", "发动机罩与前保险杠", "hood to front bumper", "major", 1.2),
)
"""Id, feature, names, class, tolerance in mm."""
PARTS = (
    ("P3", "wheel_front_left", "左前轮", "front left wheel", "major"),
    ("P8", "plate_rear", "后号牌", "rear plate", "minor"),
)
_FAILURES = (Reason.CAR_TOUCHED, Reason.NO_SEAM, Reason.TOO_DARK, Reason.PROFILES_DISAGREE)
_TAKT_LIMIT_S = 240.0
_SUDDEN = Title(zh="任务被中止：按了停止", en="the line stopped the job")


def record_shift(
    folder: Path, random: np.random.Generator, *, cars: int, header: RunHeader = HEADER, under_way: bool = False
) -> None:
    """Put one shift on record in a folder: most cars are judged, some broken off, repeated, or never came.

    Args:
        under_way: the shift goes on: its last but one car runs, its last is awaited.
    """
    orders = [_order(number, random) for number in range(1, cars + 1)]
    with Records(folder / "records.sqlite") as records:
        run = records.begin_run(header, expected=[_awaited(order) for order in orders])
        begin_s = 0.0
        for position, order in enumerate(orders):
            if under_way and position == cars - 1:
                return
            car = _car(order, random, begin_s + float(random.uniform(2.0, 9.0)))
            begin_s = car.finished_s
            if under_way and position == cars - 2:
                run.keep(replace(_broken_off(car, random), interrupted=UNDER_WAY))
                continue
            _work_off(run, car, random)
        run.end(Title(zh="班次已结束", en="the shift is over"))
        run.write_results(folder / "results.json")


def _work_off(run: RunRecords, car: CarResult, random: np.random.Generator) -> None:
    fate = random.choice(["judged", "repeated", "broken off", "never came"], p=[0.7, 0.12, 0.1, 0.08])
    if fate == "never came":
        return
    if fate in ("repeated", "broken off"):
        run.keep(_broken_off(car, random))
        run.interrupt(_broken_off(car, random))
    if fate != "broken off":
        run.keep(car)
        run.commit(car)


def _order(number: int, random: np.random.Generator) -> BuildOrder:
    vin = f"LSVAA49J{random.integers(10**5):05d}{number + 7370:04d}"
    options = {"paint": str(random.choice(["red", "silver"])), "wheels": "sport"}
    return BuildOrder(sequence=number, vin=vin, model=str(random.choice(["sedan", "suv"])), options=options)


def _awaited(order: BuildOrder) -> CarResult:
    nothing = [_undecided(entry, Reason.NOT_INSPECTED, 0.0) for entry in planned()]
    return CarResult(
        order=order,
        characteristics=tuple(nothing),
        began_s=0.0,
        finished_s=0.0,
        takt_limit_s=_TAKT_LIMIT_S,
        interrupted=NOT_YET,
        inspected=False,
    )


def planned() -> Sequence[CharacteristicResult]:
    """What is inspected on every car, not inspected yet."""
    blank = {"verdict": Verdict.NOT_DECIDABLE, "reason": Reason.NOT_INSPECTED}
    entries = []
    for name, feature, zh, en, severity, tolerance in SEAMS:
        for method, zh_method, nominal in (("gap", "间隙", 4.0), ("flush", "面差", 0.0)):
            entries.append(
                CharacteristicResult(
                    id=f"{name}-{method}",
                    title=Title(zh=f"{zh}{zh_method}", en=f"{en}, {method}"),
                    method=method,
                    feature=feature,
                    severity=severity,
                    unit="mm",
                    nominal=nominal,
                    lower=nominal - tolerance,
                    upper=nominal + tolerance,
                    **blank,
                )
            )
    for name, feature, zh, en, severity in PARTS:
        title = Title(zh=zh, en=en)
        entries.append(
            CharacteristicResult(
                id=name, title=title, method="variant", feature=feature, severity=severity, nominal="sport", **blank
            )
        )
    return entries


def _car(order: BuildOrder, random: np.random.Generator, began_s: float) -> CarResult:
    takt_s = float(random.uniform(100.0, 250.0))  # now and then more than the limit
    judged = tuple(_judged(entry, order, random, began_s) for entry in planned())
    touches = [entry.id for entry in judged if entry.reason is Reason.CAR_TOUCHED]
    return CarResult(
        order=order,
        characteristics=judged,
        events=tuple(
            Event(time_s=began_s + 10.0 + i, kind=EventKind.CONTACT, text=f"the robot touched the car at {name}")
            for i, name in enumerate(touches)
        ),
        began_s=began_s,
        finished_s=began_s + takt_s,
        takt_limit_s=_TAKT_LIMIT_S,
        walking_s=0.4 * takt_s,
        inspecting_s=0.35 * takt_s,
    )


def _judged(
    entry: CharacteristicResult, order: BuildOrder, random: np.random.Generator, began_s: float
) -> CharacteristicResult:
    time_s = began_s + float(random.uniform(5.0, 90.0))
    if random.random() < 0.06:
        return _undecided(entry, _FAILURES[random.integers(len(_FAILURES))], time_s)
    evidence = f"evidence/{order.vin}/{order.sequence}-1/{entry.id}.svg"
    if entry.method == "variant":
        seen = "missing" if random.random() < 0.1 else "sport"
        verdict, reason = (
            (Verdict.OK, Reason.PART_AS_ORDERED) if seen == "sport" else (Verdict.NOK, Reason.PART_MISSING)
        )
        return replace(entry, value=seen, verdict=verdict, reason=reason, time_s=time_s, evidence=evidence)
    assert isinstance(entry.nominal, float)
    assert entry.lower is not None
    assert entry.upper is not None
    value = entry.nominal + float(random.normal(0.0, 0.5))
    uncertainty = float(random.uniform(0.04, 0.12))
    verdict, reason = judge_value(value, uncertainty, entry.lower, entry.upper)
    return replace(
        entry,
        value=value,
        expanded_uncertainty=uncertainty,
        verdict=verdict,
        reason=reason,
        time_s=time_s,
        evidence=evidence,
    )


def _undecided(entry: CharacteristicResult, reason: Reason, time_s: float) -> CharacteristicResult:
    return replace(entry, verdict=Verdict.NOT_DECIDABLE, reason=reason, time_s=time_s)


def _broken_off(car: CarResult, random: np.random.Generator) -> CarResult:
    reached = int(random.integers(0, len(car.characteristics)))
    left_over = [_undecided(entry, Reason.ABORTED, car.finished_s) for entry in planned()[reached:]]
    return replace(
        car,
        characteristics=(*car.characteristics[:reached], *left_over),
        events=(Event(time_s=car.began_s + 50.0, kind=EventKind.STOP, text="the line stopped the job"),),
        finished_s=car.began_s + 50.0,
        walking_s=20.0,
        inspecting_s=20.0,
        interrupted=_SUDDEN,
    )
