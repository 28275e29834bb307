"""The inspection plan: what is read is what was written; every mistake is named with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.inspection.method import Limits
from linewalker.inspection.plan import InspectionPlan, read_plan
from linewalker.inspection.severity import Decision, Severity
from tests.inspection.nominal_car import catalogue

CAR = catalogue()

GOOD = """\
models:
  sedan:
    characteristics:
      - id: door_gap
        name: {zh: 门缝, en: door gap}
        method: gap
        feature: front_door/rear_door
        at: {z: 280}
        unit: mm
        nominal: 4.0
        tolerance: 0.7
        class: major
      - id: door_flush
        name: {zh: 门面差, en: door flush}
        method: flush
        feature: front_door/rear_door
        unit: mm
        nominal: 0.0
        tolerance: [-0.5, 0.8]
        class: critical
        when: {paint: red}
      - id: badge
        name: {zh: 尾标, en: badge}
        method: variant
        feature: badge_rear
        class: minor
        when: {paint: [red, silver], badge: rs}
      - id: handle
        name: {zh: 把手, en: handle}
        method: presence
        feature: handle
        nominal: present
        class: major
"""


def read(tmp_path: Path, text: str) -> InspectionPlan:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path, {"sedan": CAR})


def test_a_good_plan(tmp_path: Path) -> None:
    plan = read(tmp_path, GOOD)
    gap, flush, badge, handle = plan.models["sedan"]
    assert (gap.method, gap.severity, gap.title.zh) == ("gap", Severity.MAJOR, "门缝")
    assert gap.limits == Limits(unit="mm", nominal=4.0, lower=3.3, upper=4.7)
    assert (flush.limits.lower, flush.limits.upper) == (-0.5, 0.8)
    assert badge.limits == Limits()
    assert handle.limits == Limits(nominal="present")
    assert [c.feature for c in (gap, badge)] == ["front_door/rear_door", "badge_rear"]
    assert [c.question.need.skill for c in plan.models["sedan"]] == ["scan_seam"] * 2 + ["look_at_part"] * 2


def test_a_tolerance_on_one_side(tmp_path: Path) -> None:
    gap = read(tmp_path, GOOD.replace("tolerance: 0.7", "tolerance: {upper: 0.5}")).models["sedan"][0]
    assert gap.limits == Limits(unit="mm", nominal=4.0, upper=4.5)
    gap = read(tmp_path, GOOD.replace("tolerance: 0.7", "tolerance: {lower: -0.5}")).models["sedan"][0]
    assert gap.limits == Limits(unit="mm", nominal=4.0, lower=3.5)


@pytest.mark.parametrize(
    ("said", "critical", "major"),
    [
        ("", Decision.SIMPLE, Decision.SIMPLE),
        ("decision: guarded\n", Decision.GUARDED, Decision.GUARDED),
        ("decision: {critical: guarded}\n", Decision.GUARDED, Decision.SIMPLE),
    ],
)
def test_what_ok_takes_in_a_class(tmp_path: Path, said: str, critical: Decision, major: Decision) -> None:
    gap, flush, *_ = read(tmp_path, said + GOOD).models["sedan"]
    assert (flush.decision, gap.decision) == (critical, major)


@pytest.mark.parametrize(
    ("said", "key", "says"),
    [
        ("decision: guard\n", "decision", "did you mean 'guarded'"),
        ("decision: {critical: safe}\n", "decision.critical", "Allowed: guarded, simple"),
        ("decision: {critcal: guarded}\n", "decision.critcal", "did you mean 'critical'"),
    ],
)
def test_mistakes_in_decisions_are_named(tmp_path: Path, said: str, key: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, said + GOOD)
    assert (caught.value.line, caught.value.key) == (1, key)
    assert says in caught.value.problem


def test_when_selects(tmp_path: Path) -> None:
    plan = read(tmp_path, GOOD)

    def ids(**options: str) -> list[str]:
        return [c.id for c in plan.applicable("sedan", CAR.complete(options))]

    assert ids() == ["door_gap", "handle"]
    assert ids(paint="red") == ["door_gap", "door_flush", "handle"]
    assert ids(badge="rs") == ["door_gap", "badge", "handle"]
    with pytest.raises(InputError, match="the plan has no model 'suv'"):
        plan.applicable("suv", {})


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ("tolerance: 0.7", "tolerence: 0.7", 11, "[0].tolerence", "did you mean 'tolerance'"),
        ("at: {z: 280}", "at: {z: 880}", 8, "[0].at", "runs from z -100 to 500 mm"),
        ("at: {z: 280}", "at: {w: 280}", 8, "[0].at.w", "Allowed: x, y, z"),
        ("at: {z: 280}", "at: {}", 8, "[0].at", "expected x, y or z"),
        ("unit: mm\n        nominal: 4.0", "unit: um\n        nominal: 4.0", 9, "[0].unit", "Allowed: mm"),
        ("nominal: 4.0", "nominal: four", 10, "[0].nominal", "expected a number in mm"),
        ("nominal: 4.0", "nominal: 400", 10, "[0].nominal", "outside the range 0.5 to 30 mm"),
        ("tolerance: 0.7", "tolerance: -0.7", 11, "[0].tolerance", "larger than 0 mm"),
        ("tolerance: 0.7", "tolerance: 1000", 11, "[0].tolerance", "1000 mm is outside the range -20 to 20 mm"),
        ("tolerance: 0.7", "tolerance: 0_8", 11, "[0].tolerance", "expected a number in mm"),
        ("[-0.5, 0.8]", "[-0.5, 800]", 19, "[1].tolerance[1]", "outside the range -20 to 20 mm"),
        ("[-0.5, 0.8]", "[0.8, -0.5]", 19, "[1].tolerance", "write [lower, upper]"),
        ("[-0.5, 0.8]", "[0.8]", 19, "[1].tolerance", "found 1 numbers"),
        ("tolerance: 0.7", "tolerance: {}", 11, "[0].tolerance", "has lower or upper"),
        ("tolerance: 0.7", "tolerance: {lower: -1, upper: 1}", 11, "[0].tolerance", "write [lower, upper]"),
        ("tolerance: 0.7", "tolerance: {uper: 1}", 11, "[0].tolerance.uper", "did you mean 'upper'"),
        ("tolerance: 0.7", "tolerance: {upper: -1}", 11, "[0].tolerance.upper", "outside the range 0 to 20 mm"),
        ("class: major", "class: big", 12, "[0].class", "Allowed: critical, major, minor"),
        ("method: gap", "method: gaps", 6, "[0].method", "did you mean 'gap'"),
        ("feature: badge_rear", "feature: badge_raer", 25, "[2].feature", "did you mean 'badge_rear'"),
        ("feature: badge_rear", "feature: fender/arch", 25, "[2].feature", "is a seam"),
        ("feature: front_door/rear_door\n        at", "feature: handle\n        at", 7, "[0].feature", "is a part"),
        ("when: {paint: red}", "when: {pant: red}", 21, "[1].when.pant", "did you mean 'paint'"),
        ("when: {paint: red}", "when: {paint: reed}", 21, "[1].when.paint", "did you mean 'red'"),
        ("when: {paint: red}", "when: {paint: []}", 21, "[1].when.paint", "expected a value or a list"),
        ("id: door_flush", "id: door_gap", 13, "[1].id", "stands twice, first in line 4"),
        ("id: door_flush", "id: door_flush\n        id: x", 14, "[1].id", "first in line 13"),
        ("name: {zh: 门缝, en: door gap}", "name: door gap", 5, "[0].name", "expected keys with values"),
        ("name: {zh: 门缝, en: door gap}", "name: {en: door gap}", 5, "[0].name", "'zh' is missing"),
        ("        class: minor\n", "", 22, "[2]", "'class' is missing"),
        ("        class: minor\n", "        class: minor\n        unit: mm\n", 27, "[2].unit", "has no unit"),
        ("nominal: present", "nominal: rs", 32, "[3].nominal", "unknown variant of handle 'rs'"),
    ],
)
def test_every_mistake_is_named(tmp_path: Path, old: str, new: str, line: int, key: str, says: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line == line
    assert caught.value.key == f"models.sedan.characteristics{key}"
    assert says in caught.value.problem
    assert str(caught.value.file).endswith("plan.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("models:\n", "expected keys with values, found nothing"),
        ("models: {}\n", "no model is planned"),
        ("models: {suv: {characteristics: []}}\n", "unknown model 'suv'; Allowed: sedan"),
        ("models: {sedan: {characteristics: []}}\n", "no characteristic is planned"),
        ("models: {sedan: [1]}\n", "expected keys with values, found a list"),
        ("models: {sedan: {characteristics: [door]}}\n", "expected keys with values, found the text 'door'"),
        ("model: {}\n", "did you mean 'models'"),
    ],
)
def test_what_is_no_plan(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert says in str(caught.value)


AREAS = """\
areas:
  doors:
    name: {zh: 车门区, en: door area}
    words: [两门]
    contains: [front_door, badge]
"""


def test_areas_name_what_is_planned_or_built(tmp_path: Path) -> None:
    area = read(tmp_path, AREAS + GOOD).areas["doors"]
    assert (area.title.zh, area.words, area.contains) == ("车门区", ("两门",), ("front_door", "badge"))
    assert read(tmp_path, GOOD).areas == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("[front_door, badge]", "[front_dor, badge]", 5, "there is no 'front_dor'; did you mean 'front_door'"),
        ("[front_door, badge]", "[]", 5, "an area contains something"),
        ("doors:", "badge:", 2, "'badge' has a meaning already"),
        ("doors:", "left:", 2, "'left' has a meaning already"),
        ("words:", "word:", 4, "did you mean 'words'"),
    ],
)
def test_mistakes_in_areas_are_named(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, AREAS.replace(old, new, 1) + GOOD)
    assert caught.value.line == line
    assert says in str(caught.value)
