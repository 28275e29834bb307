"""The checksum of Unitree's low-level messages: CRC-32/MPEG-2 over 32-bit words, each from its highest bit down.

zlib's CRC-32 has the same polynomial 0x04C11DB7 and the same start, but takes bits from the lowest up and inverts the
result (Williams, A painless guide to CRC error detection algorithms, 1993). So bytes are brought into the order in
which words are read, their bits are turned round, and so are those of the result.
"""

from __future__ import annotations

import zlib

import numpy as np

_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ALL = 0xFFFFFFFF


def crc32_of_words(words: bytes) -> int:
    """Checksum of little-endian words of 32 bits; whatever is left over at the end is none and not counted."""
    ordered = np.frombuffer(words, "<u4", len(words) // 4).byteswap().tobytes()
    plain = zlib.crc32(ordered.translate(_TURNED)) ^ _ALL
    return int.from_bytes(plain.to_bytes(4, "little").translate(_TURNED), "big")
