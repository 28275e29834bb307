"""What is written comes back, each bit the same."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.errors import InputError
from linewalker.limbs.profiles import PROFILES
from linewalker.station.recording.plain_value import plain, restored


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if is_dataclass(a):
        return type(a) is type(b) and all(same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    return a == b


def through(value: Any) -> Any:
    return restored(json.loads(json.dumps(plain(value))))


@given(arrays(np.float64, array_shapes(max_dims=2), elements=st.floats(allow_nan=True)))
def test_arrays_come_back_to_the_bit(numbers: np.ndarray) -> None:
    assert same(through(numbers), numbers)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(), st.tuples))
def test_values_come_back(value: Any) -> None:
    assert same(through(value), value)


@pytest.mark.parametrize("name", PROFILES)
def test_a_robot_comes_back(name: str) -> None:
    assert same(through(PROFILES[name]), PROFILES[name])


def test_what_arms_are_told_comes_back() -> None:
    reference = UpperBodyReference.of(np.ones(17), np.zeros(17), np.full(17, 0.1), np.arange(6.0), still=True)
    assert same(through((reference, None)), (reference, None))


def test_what_nobody_knows_is_refused_both_ways() -> None:
    with pytest.raises(TypeError, match="Path is not recorded"):
        plain(Path("x"))
    with pytest.raises(InputError, match="holds a Wheel"):
        restored({"is": "Wheel", "spokes": 3})
