"""Laws: steps come in the order in which they are to be done; each keeps the things and the count that are its own."""

from __future__ import annotations

import pytest

from tests.brain.language.words_of_the_example import read, reader


def wishes(order: str) -> list[str]:
    return [wish.skill for wish in reader().wishes(order)]


@pytest.mark.parametrize(
    ("order", "skills"),
    [
        ("go home after checking the hood", ["inspect", "home"]),
        ("after checking the hood go home", ["inspect", "home"]),
        ("before going home check the hood", ["inspect", "home"]),
        ("after the right side wait 20 seconds", ["inspect", "wait"]),
        ("don't go to the front, go to the rear", ["go_to"]),
        ("检查完左侧后请前往车尾待命二十秒", ["inspect", "go_to", "wait"]),
        ("跳个舞，跳完回来", ["dance", "home"]),
        ("after R1 do R2", ["inspect", "inspect"]),
        ("带四位老师先看左侧，再看充电口", ["guide", "guide"]),
    ],
)
def test_steps_are_done_in_the_order_that_is_meant(order: str, skills: list[str]) -> None:
    assert wishes(order) == skills


HOOD = {"features": ["hood/front_bumper"]}
TWICE_THEN_ONCE = (
    "act",
    [
        ("inspect", {**HOOD, "methods": ["gap"], "times": 2}),
        ("inspect", {**HOOD, "methods": ["flush"], "times": 1}),
    ],
)


@pytest.mark.parametrize(
    "order",
    [
        "hood: gap twice, then flush once",
        "measure the hood gap twice, then the flush once",
        "测引擎盖间隙两次，然后测面差一次",
    ],
)
def test_the_next_step_is_on_the_same_thing_with_a_count_of_its_own(order: str) -> None:
    assert read(order) == TWICE_THEN_ONCE


@pytest.mark.parametrize(
    "order", ["gap on the right and flush on the left", "右侧间隙，左侧面差", "测右侧间隙和左侧面差"]
)
def test_what_is_said_of_two_sides_is_two_steps(order: str) -> None:
    assert read(order) == (
        "act",
        [
            ("inspect", {"side": "right", "methods": ["gap"]}),
            ("inspect", {"side": "left", "methods": ["flush"]}),
        ],
    )


@pytest.mark.parametrize("order", ["后备箱和后杠的缝，左右都量", "gap of trunk to rear bumper, both left and right"])
def test_both_ends_of_a_thing_are_all_of_it(order: str) -> None:
    assert read(order) == ("act", [("inspect", {"features": ["trunk/rear_bumper"], "methods": ["gap"]})])


def test_what_is_refused_of_one_side_is_done_on_the_other() -> None:
    assert read("别量左边的缝，量右边的") == ("act", [("inspect", {"side": "right", "methods": ["gap"]})])
