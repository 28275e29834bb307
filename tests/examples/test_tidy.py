"""Household orders are planned and proved by a planner that knows no household; nothing moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples.tidy.household import answer, read_household

from linewalker.brain.language.interpretation import Course
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.plan import Plan
from linewalker.errors import InputError, PlanRefused

FILE = Path(__file__).parents[2] / "examples" / "tidy" / "household.yaml"
TEXT = FILE.read_text(encoding="utf-8")


def planned(order: str) -> list[str]:
    """The tasks of a certified plan in its order, without the numbers of their goals."""
    read, found = answer(read_household(FILE), order)
    assert isinstance(found, Plan), read
    assert read.course is Course.REFUSE
    assert read.because is not None
    assert read.because.code == "no_hands"
    assert read.plan is not None
    verify(read.plan["problem"], read.plan["certificate"])
    return [stop.stop.task.partition(".")[2] for stop in found.certificate.stops]


@pytest.mark.parametrize("order", [order for orders in read_household(FILE).orders.values() for order in orders])
def test_every_order_of_the_file_has_a_plan_that_the_checker_accepts(order: str) -> None:
    tasks = planned(order)
    assert tasks[-1] == "wipe table"
    assert [task.partition(" ")[0] for task in tasks].count("open") == 1


def test_hands_take_before_they_put_and_a_third_thing_only_when_one_is_free() -> None:
    tasks = planned("put away the cup and the plate and the book in the cupboard")
    held = 0
    for task in tasks:
        held += {"pick": 1, "put": -1}.get(task.partition(" ")[0], 0)
        assert 0 <= held <= 2, tasks
    for thing in ("cup", "plate", "book"):
        assert tasks.index(f"pick {thing}") < tasks.index(f"put {thing}")
        assert tasks.index("open cupboard") < tasks.index(f"put {thing}") < tasks.index("close cupboard")


def test_a_plan_that_puts_before_it_takes_is_refused() -> None:
    _, found = answer(read_household(FILE), "stow the cup in the dishwasher")
    assert isinstance(found, Plan)
    document = found.certificate.document()
    with pytest.raises(PlanRefused):
        verify(found.problem.document(), {**document, "visits": document["visits"][::-1]})


def test_what_the_household_has_not_is_not_planned() -> None:
    for order in ("put away the piano in the cupboard", "put away the cup", "go to the table", "measure the hood"):
        read, found = answer(read_household(FILE), order)
        assert found is None, order
        assert read.course in (Course.ASK, Course.REFUSE), order


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("takes_s: [20, 30, 45]", "takes_s: [20, 45, 30]", "actions.wipe.takes_s", "in this order"),
        ("after: [pick, open]", "after: [pick, opn]", "actions.put.after[1]", "did you mean 'open'"),
        ("at: dishwasher", "at: attic", "things.book.at", "unknown place 'attic'"),
        ("hands: 2", "hands: 3", "hands", "outside the range 1 to 2"),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path: Path, old: str, new: str, key: str, says: str) -> None:
    assert TEXT.count(old) == 1
    path = tmp_path / "household.yaml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_household(path)
    assert caught.value.key == key
    assert caught.value.line == TEXT[: TEXT.index(old)].count("\n") + 1
    assert says in caught.value.problem
