"""The wireless remote control, as forty bytes of every state carry it.

Bytes 2 and 3 hold the buttons, lowest bit first, in the order of `BUTTONS`; four floats hold the sticks. A remote that
is switched off or out of reach leaves zeros, and one that lies still gives zeros too, but for its first two bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

from linewalker.errors import InputError

SIZE = 40
BUTTONS = ("R1", "L1", "start", "select", "R2", "L2", "F1", "F2", "A", "B", "X", "Y", "up", "right", "down", "left")
DEAD_S = 3.0
"""A remote of which nothing but zeros came for so long is dead."""
_HEAD = b"\x55\x51"
_STICKS = {"lx": 4, "rx": 8, "ry": 12, "ly": 20}


class Remote(NamedTuple):
    """What is pressed, and how the sticks are held, -1 to 1.

    Attributes:
        pressed: names of buttons.
        lx, rx, ry, ly: left and right stick, to the right and ahead.
        there: whether it says anything at all.
    """

    pressed: frozenset[str] = frozenset()
    lx: float = 0.0
    rx: float = 0.0
    ry: float = 0.0
    ly: float = 0.0
    there: bool = True


def read_remote(data: bytes) -> Remote:
    """From the bytes of a state."""
    bits = int.from_bytes(data[2:4], "little")
    sticks = {name: struct.unpack_from("<f", data, at)[0] for name, at in _STICKS.items()}
    pressed = frozenset(name for bit, name in enumerate(BUTTONS) if bits >> bit & 1)
    return Remote(pressed=pressed, there=any(data), **sticks)


def remote_bytes(remote: Remote) -> bytes:
    """As a robot sends it.

    Raises:
        InputError: there is no such button.
    """
    if not remote.there:
        return bytes(SIZE)
    data = bytearray(SIZE)
    data[:2] = _HEAD
    data[2:4] = _bits(remote.pressed).to_bytes(2, "little")
    for name, at in _STICKS.items():
        struct.pack_into("<f", data, at, getattr(remote, name))
    return bytes(data)


def _bits(pressed: Iterable[str]) -> int:
    bits = 0
    for name in pressed:
        if name not in BUTTONS:
            raise InputError(f"the remote has no button {name!r}; it has {', '.join(BUTTONS)}")
        bits |= 1 << BUTTONS.index(name)
    return bits
