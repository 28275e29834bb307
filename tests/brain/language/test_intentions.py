"""Laws: the orders of the contract; more exceptions never add a feature; impossible quantities are no goals."""

from __future__ import annotations

import pytest

from tests.brain.language.words_of_the_example import lexicon, read

CONTRACT = [
    ("量一下左前门和左后门的缝", [("inspect", {"features": ["front_door_left/rear_door_left"], "methods": ["gap"]})]),
    ("check the right side, but not the wheels", [("inspect", {"side": "right", "except": ["wheels"]})]),
    ("九十秒内只查关键项", [("inspect", {"classes": ["critical"], "within_s": 90.0})]),
    ("去车尾等一分钟再回来", [("go_to", {"place": "rear"}), ("wait", {"seconds": 60.0}), ("home", {})]),
    ("go to x 1.5 m, y -0.5 m, facing 90 degrees", [("go_to", {"x_m": 1.5, "y_m": -0.5, "yaw_deg": 90.0})]),
    ("dance for 30 seconds", [("dance", {"seconds": 30.0})]),
    ("带五位客人参观车头和车尾", [("guide", {"places": ["front", "rear"], "visitors": 5})]),
    ("只检查四门两盖", [("inspect", {"area": "closures"})]),
    ("gaps of the closures on the left", [("inspect", {"side": "left", "area": "closures", "methods": ["gap"]})]),
    ("除了外饰件都查", [("inspect", {"except": ["exterior_trim"]})]),
    ("check the closures but not the hood", [("inspect", {"area": "closures", "except": ["hood"]})]),
    (
        "测左前门和左后门的间隙，不对，右边的",
        [("inspect", {"features": ["front_door_right/rear_door_right"], "methods": ["gap"]})],
    ),
]


@pytest.mark.parametrize(("order", "goals"), CONTRACT)
def test_orders_of_the_contract(order: str, goals: list[tuple[str, dict[str, object]]]) -> None:
    assert read(order) == ("act", goals)


@pytest.mark.parametrize(
    "order", ["量一下车门", "measure the door", "wait", "等", "go", "say", "measure the gap for 10 m"]
)
def test_what_is_not_all_said_is_asked_about(order: str) -> None:
    assert read(order)[0] == "ask"


@pytest.mark.parametrize("order", ["measure the hood gap 1000 times", "wait 100 hours", "九万秒内检查右侧"])
def test_quantities_out_of_bounds_are_no_goals(order: str) -> None:
    assert read(order)[0] != "act"


@pytest.mark.parametrize("order", ["检查右侧", "inspect everything", "all gaps on the left"])
@pytest.mark.parametrize("but", ["the wheels", "the mirrors", "the charge flap", "the doors"])
def test_an_exception_adds_nothing(order: str, but: str) -> None:
    (_, plain), (_, less) = read(order)[1][0], read(f"{order}, except {but}")[1][0]
    assert {k: v for k, v in less.items() if k != "except"} == plain
    assert set(lexicon().selected(less["except"])) <= {*lexicon().seams, *lexicon().parts}  # type: ignore[arg-type]


def test_a_class_and_a_side_are_asked_about_and_a_class_on_a_side_is_one_goal() -> None:
    assert read("check the critical items and the rear")[0] == "ask"
    assert read("check the critical items on the left") == (
        "act",
        [("inspect", {"side": "left", "classes": ["critical"]})],
    )


def test_things_are_left_out_by_side() -> None:
    (goal,) = read("inspect all door seams except the right ones")[1]
    assert len(goal[1]["features"]) == 3
    assert not any("right" in name for name in goal[1]["features"])
