"""Gap and flush as a plan asks for them: each its own value and limits, one scan for both, true to the scan."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Picture
from linewalker.inspection.plan import read_plan
from linewalker.inspection.seam.question import SeamQuestion
from linewalker.inspection.seam.scan import SeamMeasurement, SeamScan, measure_seam
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Undecided, Verdict
from tests.inspection.nominal_car import catalogue
from tests.inspection.seam.seam_shots import Door
from tests.inspection.seam.test_scan import OFFSETS, PARKED, POINT, SEAM
from tests.inspection.test_plan import GOOD

TITLE = Title(zh="门缝 <左>", en="door gap & flush")
SHOTS = tuple(Door(gap=5.8, flush=0.1).shots(POINT, PARKED, np.random.default_rng(0), offsets=OFFSETS))
FAILED = SeamScan(measurement=Undecided(reason=Reason.PANELS_TOUCH, detail="gap 0.1 mm"), shots=SHOTS, time_s=7.0)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Characteristic]:
    path: Path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return {c.id: c for c in read_plan(path, {"sedan": catalogue()}).models["sedan"]}


@pytest.fixture(scope="module")
def scan() -> SeamScan:
    return SeamScan(measurement=measure_seam(SHOTS, SEAM, POINT, PARKED), shots=SHOTS, time_s=9.0)


def test_gap_and_flush_take_their_own_value_and_uncertainty(asked: dict[str, Characteristic], scan: SeamScan) -> None:
    result = scan.measurement
    assert isinstance(result, SeamMeasurement)
    gap, flush = (asked[name].judge(scan, {}) for name in ("door_gap", "door_flush"))
    assert (gap.verdict, gap.reason) == (Verdict.NOK, Reason.OUTSIDE_TOLERANCE)
    assert gap.value == pytest.approx(5.8, abs=0.05)
    assert gap.expanded_uncertainty == result.gap_budget.expanded_mm
    assert (flush.verdict, flush.value) == (Verdict.OK, result.flush_mm)
    assert (flush.lower, flush.upper, flush.unit) == (-0.5, 0.8, "mm")
    assert gap.time_s == result.time_s


@pytest.mark.parametrize("gap_mm", [0.0, 0.2])
def test_a_gap_that_is_closed_is_no_good(asked: dict[str, Characteristic], gap_mm: float) -> None:
    shots = tuple(Door(gap=gap_mm).shots(POINT, PARKED, np.random.default_rng(3), offsets=OFFSETS))
    scan = SeamScan(measurement=measure_seam(shots, SEAM, POINT, PARKED), shots=shots, time_s=9.0)
    judgement = asked["door_gap"].judge(scan, {})
    assert (judgement.verdict, judgement.reason) == (Verdict.NOK, Reason.OUTSIDE_TOLERANCE)
    assert judgement.value == pytest.approx(gap_mm, abs=0.06)


def test_a_scan_without_a_value_keeps_its_reason(asked: dict[str, Characteristic]) -> None:
    judgement = asked["door_gap"].judge(FAILED, {})
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_DECIDABLE, Reason.PANELS_TOUCH)
    assert (judgement.value, judgement.detail, judgement.time_s, judgement.unit) == (None, "gap 0.1 mm", 7.0, "mm")


def test_it_needs_a_scan_of_its_point(asked: dict[str, Characteristic]) -> None:
    question = asked["door_gap"].question
    assert isinstance(question, SeamQuestion)
    assert question.point.centre_V_mm[2] == pytest.approx(280)
    need = question.need
    seam = catalogue().seams[str(need.parameters["seam"])]
    again = seam.at_arc(float(need.parameters["arc_mm"]))
    assert again.centre_V_mm.tolist() == question.point.centre_V_mm.tolist()  # to the last bit: the values are the same
    middle = asked["door_flush"].question
    assert isinstance(middle, SeamQuestion)
    assert middle.point.centre_V_mm[2] == pytest.approx(200)  # no place was given


def text_of(picture: Picture | None) -> str:
    assert picture is not None
    assert picture.suffix == ".svg"
    assert len(picture.content) < 60_000
    return " ".join(ElementTree.fromstring(picture.content).itertext())


def test_the_drawing_says_what_was_measured(asked: dict[str, Characteristic], scan: SeamScan) -> None:
    judgement = asked["door_gap"].judge(scan, {})
    text = text_of(asked["door_gap"].question.draw(scan, judgement, TITLE))
    for part in (TITLE.zh, TITLE.en, "NOK", f"{judgement.value:.3f} ± ", "3.3 … 4.7"):
        assert part in text


def test_an_unmeasured_seam_shows_its_profile_if_there_is_one(asked: dict[str, Characteristic]) -> None:
    question, judgement = asked["door_gap"].question, asked["door_gap"].judge(FAILED, {})
    assert "profile" in text_of(question.draw(FAILED, judgement, TITLE))
    nothing = SeamScan(measurement=FAILED.measurement, shots=(), time_s=0.0)
    assert question.draw(nothing, judgement, TITLE) is None


@dataclass
class Car:
    """Knows one gap and one flush."""

    gap: float
    flush: float
    options: dict[str, str] = field(default_factory=dict)

    def gap_flush(self, seam: str, p_V_mm: tuple[float, float, float]) -> tuple[float, float]:
        assert (seam, p_V_mm[0]) == ("front_door/rear_door", 1700.0)
        return self.gap, self.flush

    def mounted(self, part: str) -> str:
        raise AssertionError(part)


@pytest.mark.parametrize(("gap", "good"), [(3.29, False), (3.31, True), (4.69, True), (4.71, False)])
def test_what_is_true_follows_from_the_limits_alone(asked: dict[str, Characteristic], gap: float, good: bool) -> None:
    answer = asked["door_gap"].question.true_answer(Car(gap, 9.0))
    assert (answer.value, answer.good) == (gap, good)
    assert asked["door_flush"].question.true_answer(Car(gap, 0.8)).value == 0.8


def test_a_question_travels(asked: dict[str, Characteristic], scan: SeamScan) -> None:
    def judged(characteristic: Characteristic) -> Judgement:
        return characteristic.judge(scan, {})

    for characteristic in (asked["door_gap"], asked["door_flush"]):
        copy = pickle.loads(pickle.dumps(characteristic))
        assert (judged(copy), copy.question.need) == (judged(characteristic), characteristic.question.need)
