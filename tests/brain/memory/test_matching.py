"""Names fit exactly before they fit partly."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from linewalker.brain.memory.matching import alone, cars_named, characteristics_meant, characteristics_named, sides_of
from linewalker.inspection.title import Title
from tests.brain.memory.test_recorded import judged

CARS = [SimpleNamespace(vin=vin, sequence=i) for i, vin in enumerate(["LSV7371", "LSV7372", "737LSV9"], start=1)]
ENTRIES = [
    judged(None, id=name, feature=feature, method=method, title=Title(zh=zh, en=en))
    for name, feature, method, zh, en in [
        ("L2-gap", "front_door_left/rear_door_left", "gap", "左前门与左后门间隙", "left front door to rear door, gap"),
        (
            "L2-flush",
            "front_door_left/rear_door_left",
            "flush",
            "左前门与左后门面差",
            "left front door to rear door, flush",
        ),
        (
            "R3-gap",
            "front_door_right/rear_door_right",
            "gap",
            "右前门与右后门间隙",
            "right front door to rear door, gap",
        ),
        ("F1-gap", "hood/front_bumper", "gap", "发动机罩与前保险杠间隙", "hood to front bumper, gap"),
        ("H1-gap", "trunk/rear_bumper", "gap", "行李箱盖与后保险杠，左，间隙", "trunk to rear bumper, left, gap"),
        ("P3", "wheel_front_left", "variant", "左前轮", "front left wheel"),
        ("P6", "handle_front_left", "presence", "左前门把手", "front left door handle"),
        ("P8", "plate_rear", "presence", "后号牌", "rear plate"),
    ]
]


@pytest.mark.parametrize(
    ("name", "found"),
    [("lsv7371", [1]), ("7372", [2]), ("737", [1, 2, 3]), ("737L", [3]), ("#2", [2]), ("#9", []), ("8", []), (" ", [])],
)
def test_a_car_is_called_by_its_vin_or_the_end_of_it(name, found):
    assert [car.sequence for car in cars_named(name, CARS)] == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("l2-gap", ["L2-gap"]),
        ("front_door_left/rear_door_left", ["L2-flush", "L2-gap"]),
        ("rear_door_left/front_door_left", ["L2-flush", "L2-gap"]),
        ("front_door_right", ["R3-gap"]),
        ("gap", ["F1-gap", "H1-gap", "L2-gap", "R3-gap"]),
        ("hood", ["F1-gap"]),
        ("hood gap", ["F1-gap"]),
        ("doors", ["L2-flush", "L2-gap", "R3-gap"]),
        ("left doors", ["L2-flush", "L2-gap"]),
        ("door handle", ["P6"]),
        ("left door flush", ["L2-flush"]),
        ("wheels", ["P3"]),
        ("左前轮", ["P3"]),
        ("后门", ["L2-flush", "L2-gap", "R3-gap"]),
        ("rear plate", ["P8"]),
        ("sunroof", []),
        ("", []),
    ],
)
def test_a_characteristic_is_called_by_id_feature_name_or_words_of_them(name, found):
    assert sorted(identity for identity, _ in characteristics_named(name, ENTRIES)) == found


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("L2-gap", {"left"}),
        ("R3-gap", {"right"}),
        ("F1-gap", {"front"}),
        ("H1-gap", {"left", "rear"}),
        ("P3", {"left"}),
        ("P6", {"left"}),
        ("P8", {"rear"}),
    ],
)
def test_a_side_is_what_feature_or_name_say(name, sides):
    [entry] = [entry for entry in ENTRIES if entry.id == name]
    assert set(sides_of(entry)) == sides


def test_the_example_plan_is_told_apart_by_sides():
    text = (Path(__file__).parents[3] / "examples" / "plan.yaml").read_text(encoding="utf-8")
    features = {line.split(": ")[1] for line in text.splitlines() if line.strip().startswith("feature:")}
    for feature in features:
        assert sides_of(judged(None, feature=feature, title=Title(zh="间隙", en="gap"))), feature


def test_an_area_means_what_is_in_it() -> None:
    areas = {"trim": ("mirror_right", "plate_rear"), "nothing": ("sunroof",)}
    found = characteristics_meant("trim", ENTRIES, lambda name: areas.get(name, (name,)))
    one_by_one = frozenset().union(*(characteristics_named(name, ENTRIES) for name in areas["trim"]))
    assert found == one_by_one != frozenset()
    assert characteristics_meant("nothing", ENTRIES, lambda name: areas.get(name, (name,))) == frozenset()
    assert characteristics_meant("trim", ENTRIES, alone) == frozenset()
