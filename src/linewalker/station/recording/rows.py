"""What is recorded at every tick, as rows of a table, and blocks of such rows as they stand in a file.

A block has its bytes by their place in a row: first the first byte of every row, then the second. Signs, exponents and
whatever hardly changes come together so, which is what makes a block small when it is compressed.

Readings are kept as the controller got them, in double precision. Commands are kept in single precision, which is what
drives take, with a digest of each in full: so it can be told of any other command whether it is the same to the bit.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linewalker.limbs.robot import JointCommand, Readings

Rows = NDArray[Any]
"""A structured array, one row a tick."""
FELT = ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm")
COMMANDED = ("q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad")
TOUCHED, FOOT_SENSORS, THERMOMETERS = 1, 2, 4
"""Flags of readings."""
_DIGEST_BYTES = 8


def readings_type(joints: int) -> np.dtype[Any]:
    """A row of readings: number of the tick from 1 on, flags, and the fields of `Readings` in double precision."""
    sizes = (3, 3, joints, joints, joints)
    felt = [(name, "<f8", (size,)) for name, size in zip(FELT, sizes)]
    more = [("foot_force_n", "<f8", (2,)), ("winding_c", "<f8", (joints,))]
    return np.dtype([("tick", "<u4"), ("flags", "<u4"), ("time_s", "<f8"), *felt, *more])


def command_type(joints: int, precision: str = "<f4") -> np.dtype[Any]:
    """A row of commands: number of the tick it answers, digest, and the fields of `JointCommand`."""
    commanded = [(name, precision, (joints,)) for name in COMMANDED]
    return np.dtype([("tick", "<u4"), ("digest", f"S{_DIGEST_BYTES}"), *commanded])


def put_readings(row: Any, tick: int, readings: Readings) -> None:
    """Fill a row of `readings_type`."""
    row["tick"], row["time_s"] = tick, readings.time_s
    for name in FELT:
        row[name] = getattr(readings, name)
    force, winding = readings.foot_force_n, readings.winding_c
    row["flags"] = (
        TOUCHED * readings.touched + FOOT_SENSORS * (force is not None) + THERMOMETERS * (winding is not None)
    )
    row["foot_force_n"] = 0.0 if force is None else force
    row["winding_c"] = 0.0 if winding is None else winding


def readings_of(row: Any) -> Readings:
    """The readings of a row, without fixes."""
    flags = int(row["flags"])
    return Readings(
        time_s=float(row["time_s"]),
        **{name: row[name].copy() for name in FELT},
        foot_force_n=row["foot_force_n"].copy() if flags & FOOT_SENSORS else None,
        winding_c=row["winding_c"].copy() if flags & THERMOMETERS else None,
        touched=bool(flags & TOUCHED),
    )


def put_command(row: Any, tick: int, command: JointCommand) -> None:
    """Fill a row of `command_type`, without its digest."""
    row["tick"] = tick
    for name in COMMANDED:
        row[name] = getattr(command, name)


def digest_of(command: JointCommand) -> bytes:
    """Of the numbers of a command in double precision, eight bytes."""
    return _digest(b"".join(np.ascontiguousarray(getattr(command, name), "<f8").tobytes() for name in COMMANDED))


def _digest(numbers: bytes) -> bytes:
    return hashlib.blake2b(numbers, digest_size=_DIGEST_BYTES).digest()


def to_keep(commands: Rows) -> Rows:
    """Rows of commands in double precision as they are kept: in single precision, with their digests."""
    joints = commands.dtype["q_rad"].shape[0]
    kept = np.zeros(len(commands), command_type(joints))
    start = commands.dtype.fields["q_rad"][1]  # type: ignore[index]
    for row, full in zip(kept, commands):
        row["tick"], row["digest"] = full["tick"], _digest(full.tobytes()[start:])
    for name in COMMANDED:
        kept[name] = commands[name]
    return kept


def packed(rows: Rows) -> bytes:
    """A block."""
    return np.ascontiguousarray(rows).view(np.uint8).reshape(len(rows), -1).T.tobytes()


def unpacked(block: bytes, row: np.dtype[Any]) -> Rows:
    """The rows of a block."""
    planes = np.frombuffer(block, np.uint8).reshape(row.itemsize, -1)
    return np.ascontiguousarray(planes.T).view(row).reshape(-1)
