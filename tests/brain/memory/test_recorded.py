"""What follows from a record: deviations, limits, and the order of a history."""

from __future__ import annotations

import datetime

import pytest

from linewalker.brain.memory.recorded import History, RecordedCharacteristic, RecordedShift, Stage
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict


def judged(value: float | str | None, **changes: object) -> RecordedCharacteristic:
    content: dict[str, object] = {
        "citation": "a:1/V/1-1/G",
        "id": "G",
        "title": Title(zh="间隙", en="gap"),
        "method": "gap",
        "feature": "hood/front_bumper",
        "severity": "major",
        "unit": "mm",
        "nominal": 4.0,
        "lower": 3.0,
        "upper": 5.0,
        "value": value,
        "verdict": Verdict.OK,
        "reason": Reason.INSIDE_TOLERANCE,
    }
    return RecordedCharacteristic(**{**content, **changes})  # type: ignore[arg-type]


def shift(citation: str, day: int) -> RecordedShift:
    opened_at = datetime.datetime(2026, 11, day, tzinfo=datetime.UTC)
    return RecordedShift(
        citation=citation,
        opened_at=opened_at,
        shift="shift.csv",
        plan="plan.yaml",
        plan_sha256="",
        station="s",
        robot="g1",
        software="linewalker",
        seed=0,
        cars=(),
    )


@pytest.mark.parametrize(("value", "deviation", "beyond"), [(5.5, 1.5, 0.5), (2.25, -1.75, 0.75), (4.5, 0.5, -0.5)])
def test_a_measured_value_lies_somewhere_between_its_limits_or_beyond(value, deviation, beyond):
    assert (judged(value).deviation, judged(value).beyond) == (deviation, beyond)


def test_a_part_and_what_was_not_measured_have_no_number():
    part = judged("missing", nominal="rs", lower=None, upper=None)
    for entry in (part, judged(None)):
        assert (entry.number, entry.deviation, entry.beyond) == (None, None, None)


def test_a_car_that_never_came_was_not_inspected():
    assert not judged(None, reason=Reason.NOT_INSPECTED).inspected
    assert judged(None, reason=Reason.NO_SEAM).inspected
    assert {stage for stage in Stage if stage.came} == {Stage.RUNNING, Stage.JUDGED, Stage.INTERRUPTED}


def test_a_history_is_in_order_and_not_empty():
    assert History(shifts=(shift("a:1", 1), shift("a:2", 2))).shifts[1].citation == "a:2"
    with pytest.raises(ValueError, match="in the order"):
        History(shifts=(shift("a:2", 2), shift("a:1", 1)))
    with pytest.raises(ValueError, match="at least one"):
        History(shifts=())
