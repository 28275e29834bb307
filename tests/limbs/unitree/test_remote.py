"""The remote's bytes: each button has its bit, and what was written is read."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.limbs.unitree.remote import BUTTONS, Remote, read_remote, remote_bytes

STICK = st.floats(-1.0, 1.0, width=32)


@given(st.frozensets(st.sampled_from(BUTTONS)), STICK, STICK, STICK, STICK)
def test_there_and_back(pressed: frozenset[str], lx: float, rx: float, ry: float, ly: float) -> None:
    remote = Remote(pressed, lx, rx, ry, ly)
    assert read_remote(remote_bytes(remote)) == remote


@pytest.mark.parametrize(
    ("name", "byte", "bit"), [("R1", 2, 0), ("L2", 2, 5), ("F2", 2, 7), ("A", 3, 0), ("left", 3, 7)]
)
def test_buttons_are_where_the_vendor_has_them(name: str, byte: int, bit: int) -> None:
    data = remote_bytes(Remote(frozenset([name])))
    assert len(data) == 40
    assert data[byte] == 1 << bit
    assert data[5 - byte] == 0


def test_sticks_are_where_the_vendor_has_them() -> None:
    data = remote_bytes(Remote(lx=0.25, rx=0.5, ry=0.75, ly=1.0))
    assert [struct.unpack_from("<f", data, at)[0] for at in (4, 8, 12, 20)] == [0.25, 0.5, 0.75, 1.0]


def test_a_dead_remote_is_not_one_that_lies_still() -> None:
    assert not read_remote(remote_bytes(Remote(there=False))).there
    assert read_remote(remote_bytes(Remote())).there


def test_a_button_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no button 'Z'; it has R1, L1"):
        remote_bytes(Remote(frozenset(["Z"])))
