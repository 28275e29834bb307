"""Rows come back as they were, and a digest tells a command from any other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.robot import JointCommand, Readings
from linewalker.station.recording.rows import (
    COMMANDED,
    FELT,
    command_type,
    digest_of,
    packed,
    put_command,
    put_readings,
    readings_of,
    readings_type,
    to_keep,
    unpacked,
)

N = 5
RNG = np.random.default_rng(0)


def felt(**more: object) -> Readings:
    sizes = {"gyro_rad_s": 3, "accel_m_s2": 3, "q_rad": N, "dq_rad_s": N, "tau_nm": N}
    return Readings(time_s=1.25, **{name: RNG.normal(size=size) for name, size in sizes.items()}, **more)  # type: ignore[arg-type]


def commanded() -> JointCommand:
    return JointCommand(**{name: RNG.normal(size=N) for name in COMMANDED})


@given(st.integers(1, 12), st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_a_block_comes_back(count: int, joints: int, seed: int) -> None:
    row = readings_type(joints)
    rows = np.frombuffer(np.random.default_rng(seed).bytes(count * row.itemsize), row)
    assert unpacked(packed(rows), row).tobytes() == rows.tobytes()


@pytest.mark.parametrize("more", [{}, {"touched": True}, {"foot_force_n": np.array([np.nan, 3.0])}])
def test_readings_come_back_to_the_bit(more: dict[str, object]) -> None:
    rows, given_ = np.zeros(2, readings_type(N)), felt(**more)
    put_readings(rows[1], 7, given_)
    came = readings_of(rows[1])
    assert rows["tick"].tolist() == [0, 7]
    assert all(getattr(came, name).tobytes() == getattr(given_, name).tobytes() for name in FELT)
    assert (came.time_s, came.touched) == (given_.time_s, given_.touched)
    assert (came.foot_force_n is None) == (given_.foot_force_n is None)
    if came.foot_force_n is not None and given_.foot_force_n is not None:
        assert came.foot_force_n.tobytes() == given_.foot_force_n.tobytes()


def test_a_command_is_kept_in_single_precision_with_a_digest_of_it_in_full() -> None:
    rows, command = np.zeros(1, command_type(N, "<f8")), commanded()
    put_command(rows[0], 4, command)
    (kept,) = to_keep(rows)
    assert kept["tick"] == 4
    for name in COMMANDED:
        np.testing.assert_array_equal(kept[name], getattr(command, name).astype(np.float32))
    assert kept["digest"].ljust(8, b"\0") == digest_of(command)


@pytest.mark.parametrize("name", COMMANDED)
def test_one_bit_makes_another_command(name: str) -> None:
    command = commanded()
    values = getattr(command, name).copy()
    values[2] = np.nextafter(values[2], np.inf)
    assert digest_of(replace(command, **{name: values})) != digest_of(command)
