"""Layout and checksum of low-level messages, against the vendor's formats spelled out with `struct`."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from linewalker.limbs.unitree.layout import COMMAND, HEADER, STATE, Image, Layout, blank, opened, sealed
from tests.limbs.unitree.test_crc import crc32_mpeg2

# the C structures in memory, and the same on the wire, where octets of the first motor follow at once
IN_MEMORY = {COMMAND: "<2B2x" + 35 * "B3x5fI" + "5I", STATE: "<2I2B2xI13fh2x" + 35 * "B3x4f2hf7I" + "40B5I"}
ON_WIRE = {COMMAND: "<2BBx5fI" + 34 * "B3x5fI" + "5I", STATE: "<2I2B2xI13fhBx4f2hf7I" + 34 * "B3x4f2hf7I" + "40B5I"}
BOTH = pytest.mark.parametrize("layout", [COMMAND, STATE], ids=["command", "state"])


def filled(layout: Layout, seed: int) -> Image:
    """A message of finite numbers."""
    rng = np.random.default_rng(seed)
    image = blank(layout)

    def fill(part: Image) -> None:
        for name in part.dtype.names:
            kind = part[name].dtype
            if kind.names:
                fill(part[name])
            elif kind.kind == "f":
                part[name] = rng.normal(size=part[name].shape)
            else:
                part[name] = rng.integers(0, np.iinfo(kind).max, part[name].shape, kind, endpoint=True)

    fill(image)
    return image


@BOTH
def test_a_message_is_laid_out_as_the_vendor_does(layout: Layout) -> None:
    image = filled(layout, 1)
    message = sealed(image, layout.seam)
    values = struct.unpack(IN_MEMORY[layout], image.tobytes())
    assert message == HEADER + struct.pack(ON_WIRE[layout], *values)
    words = struct.unpack(f"<{layout.image.itemsize // 4}I", struct.pack(IN_MEMORY[layout], *values))
    assert values[-1] == crc32_mpeg2(struct.pack(f">{len(words) - 1}I", *words[:-1]))


def test_sizes_and_places_are_those_of_the_vendor() -> None:
    assert (COMMAND.image.itemsize, COMMAND.wire_size) == (1004, 1000)
    assert (STATE.image.itemsize, STATE.wire_size) == (2092, 2088)
    command, state = blank(COMMAND), blank(STATE)
    command["motor"]["q"], command["motor"]["mode"] = np.arange(35.0), 1
    state["motor"]["mode"], state["wireless_remote"] = 2, 3
    sent, told = (sealed(image, kind.seam)[4:] for image, kind in ((command, COMMAND), (state, STATE)))
    assert [struct.unpack_from("<f", sent, 28 * i + 4)[0] for i in range(35)] == list(range(35))
    assert sent[2] == 1
    assert all(sent[28 * i] == 1 for i in range(1, 35))
    assert told[70] == 2
    assert all(told[68 + 56 * i] == 2 for i in range(1, 35))
    assert told[2028:2068] == bytes([3] * 40)
    assert struct.unpack_from("<I", told, 2084) == (int(state["crc"]),)
    assert struct.unpack_from("<I", sent, 996) == (int(command["crc"]),)


@BOTH
def test_there_and_back(layout: Layout) -> None:
    for seed in range(5):
        image = filled(layout, seed)
        message = sealed(image, layout.seam)
        got, sound = opened(message, layout)
        assert sound
        assert got.tobytes() == image.tobytes()
        again = np.frombuffer(bytearray(got.tobytes()), layout.image).reshape(())
        assert sealed(again, layout.seam) == message


@BOTH
def test_what_is_damaged_is_seen(layout: Layout) -> None:
    message = sealed(filled(layout, 3), layout.seam)
    rng = np.random.default_rng(4)
    unread = len(HEADER) + layout.seam + 1  # the gap behind the first motor's mode
    for place in set(rng.integers(len(HEADER), len(message), 200).tolist()) - {unread}:
        wrong = bytearray(message)
        wrong[place] ^= 1 << int(rng.integers(8))
        assert not opened(bytes(wrong), layout)[1]
    for misshapen in (b"", message[:-1], message + bytes(4), b"\0\0" + message[2:], message[:3]):
        image, sound = opened(misshapen, layout)
        assert not sound
        assert not image.tobytes().strip(b"\0")
