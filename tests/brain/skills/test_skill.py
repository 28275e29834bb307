"""Laws of calling a skill: complete, checked, and the same where nobody can tell them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.skills.skill import Parameter, Skill
from linewalker.errors import InputError
from linewalker.inspection.title import Title


class Paint(Skill):
    """Has a parameter of every kind."""

    title = Title(zh="涂", en="paint")
    parameters = (
        Parameter(name="where", meaning="which panel", kind=str),
        Parameter(name="arc_mm", meaning="how far along", kind=float, unit="mm", resolution=1.0),
        Parameter(name="coats", meaning="how many", kind=int, default=1),
        Parameter(name="gently", meaning="take care", kind=bool, default=False),
    )


def test_defaults_fill_in_what_is_not_given() -> None:
    full = Paint.complete({"where": "door", "arc_mm": 3})
    assert full == {"where": "door", "arc_mm": 3.0, "coats": 1, "gently": False}
    assert type(full["arc_mm"]) is float
    assert Paint.complete(full) == full


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"where": "door"}, "'paint' needs the parameter arc_mm: how far along"),
        ({"where": "door", "arc_mm": 1.0, "cotas": 2}, "'paint' has no parameter 'cotas'; did you mean 'coats'"),
        ({"where": "door", "arc_mm": "1"}, "arc_mm is a float in mm, found '1'"),
        ({"where": "door", "arc_mm": True}, "arc_mm is a float in mm, found True"),
        ({"where": 3, "arc_mm": 1.0}, "where is a str, found 3"),
        ({"where": "door", "arc_mm": 1.0, "coats": 1.5}, "coats is a int, found 1.5"),
        ({"where": "door", "arc_mm": 1.0, "gently": 1}, "gently is a bool, found 1"),
    ],
)
def test_what_is_wrong_with_a_call_is_named(values: dict[str, float | int | str | bool], says: str) -> None:
    with pytest.raises(InputError) as caught:
        Paint.complete(values)
    assert says in str(caught.value)


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_numbers_nearer_than_the_resolution_may_be_one_and_those_beyond_never_are(a: float, b: float) -> None:
    one, other = (Paint.cells(Paint.complete({"where": "door", "arc_mm": arc})) for arc in (a, b))
    if one == other:
        assert abs(a - b) <= 1.0
    assert (a != b) or one == other


def test_calls_that_differ_in_anything_else_are_two() -> None:
    calls = [{"where": "door"}, {"where": "hood"}, {"where": "door", "coats": 2}, {"where": "door", "gently": True}]
    cells = {Paint.cells(Paint.complete({"arc_mm": 1.0, **call})) for call in calls}
    assert len(cells) == len(calls)
