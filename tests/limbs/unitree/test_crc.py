"""The checksum, against the bit-by-bit definition and its published check value."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.unitree.crc import crc32_of_words


def crc32_mpeg2(data: bytes) -> int:
    """The definition: polynomial 0x04C11DB7, start 0xFFFFFFFF, highest bit first, result as it is."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def test_the_reference_has_the_published_check_value() -> None:
    assert crc32_mpeg2(b"123456789") == 0x0376E6E7


@given(st.lists(st.integers(0, 2**32 - 1), max_size=64))
def test_words_are_read_from_their_highest_bit_down(words: list[int]) -> None:
    assert crc32_of_words(struct.pack(f"<{len(words)}I", *words)) == crc32_mpeg2(struct.pack(f">{len(words)}I", *words))


@given(st.binary(min_size=8, max_size=64), st.integers(0, 63))
def test_any_single_bit_shows(data: bytes, bit: int) -> None:
    wrong = bytearray(data)
    wrong[bit // 8] ^= 1 << bit % 8
    assert crc32_of_words(bytes(wrong)) != crc32_of_words(data)
