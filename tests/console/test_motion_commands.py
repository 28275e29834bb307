"""How the commands of motion read numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.motion_commands import numbers
from linewalker.errors import InputError


@pytest.mark.parametrize("text", ["", "1", "1,2", "1,2,3,4", "1,2,x", "1,,3", "1,2,nan", "1,2,inf", "1,2,1e300"])
def test_what_is_not_three_numbers_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(InputError, match=r"--goal.*X,Y,YAW_DEG"):
        numbers(text, "--goal", "X,Y,YAW_DEG")


@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3))
def test_three_numbers_are_read_as_they_are_written(values: list[float]) -> None:
    assert numbers(",".join(map(repr, values)), "--goal", "X,Y,YAW_DEG").tolist() == values
