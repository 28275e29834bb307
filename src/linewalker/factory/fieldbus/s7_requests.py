"""What an S7 client asks of the two data blocks, and what it is answered (S7comm, jobs "read var" and "write var").

python-snap7 3.3's own server writes a whole byte where a bit is meant, and of several items of a request the first.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from linewalker.factory.fieldbus.process_image import NotTheLine, NotThere, Patch, ProcessImage
from linewalker.factory.handshake.write_lease import Writer

IN_BLOCK, OUT_BLOCK = 1, 2

READ, WRITE = 0x04, 0x05
GOOD, NOT_ALLOWED, NO_SUCH_PLACE, NO_SUCH_BLOCK = 0xFF, 0x03, 0x05, 0x0A
"""Of an item: done; another connection speaks for the line, or Out can not be written; outside of the block; none."""
MOST_BYTES = 480
"""Of a message."""

_HEAD, _ITEM, _ACK, _JOB = struct.Struct(">BBHHHH"), struct.Struct(">BBBBHHB3s"), 3, 1
_PROTOCOL, _ANY, _DATA_BLOCK, _BIT = 0x32, (0x12, 0x0A, 0x10), 0x84, 0x01
_SIZES = {0x01: 1, 0x02: 1, 0x03: 1, 0x04: 2, 0x05: 2, 0x06: 4, 0x07: 4, 0x08: 4}
"""Bytes of an element, by its transport size: bit, byte, char, word, int, dword, dint, real."""
_IN_BITS = (0x03, 0x04, 0x05)
"""Transport sizes of data whose length is told in bits."""
_BIT_DATA, _BYTE_DATA = 0x03, 0x04


class NoRequest(ValueError):
    """It is cut short, or something else than an S7 message."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One place that a request is about.

    Attributes:
        block: number of the data block; 0: another area.
        byte, bit: where it begins.
        count: bytes.
        is_bit: one bit is meant.
    """

    block: int
    byte: int
    bit: int
    count: int
    is_bit: bool


@dataclass(frozen=True, kw_only=True)
class Job:
    """A request.

    Attributes:
        reference: by which the client knows the answer again.
        function: what it asks.
        parameters, data: the rest.
    """

    reference: int
    function: int
    parameters: bytes
    data: bytes

    @staticmethod
    def of(message: bytes) -> Job | None:
        """The request of a message; None if it is something else that S7 knows.

        Raises:
            NoRequest: it is no S7 message.
        """
        if len(message) < _HEAD.size or message[0] != _PROTOCOL:
            raise NoRequest
        _, kind, _, reference, parameters, data = _HEAD.unpack_from(message)
        end = _HEAD.size + parameters
        if kind != _JOB:
            return None
        if parameters < 1 or end + data != len(message):
            raise NoRequest
        content = message[_HEAD.size : end]
        return Job(reference=reference, function=content[0], parameters=content, data=message[end:])

    def items(self) -> list[Item]:
        """The places it is about.

        Raises:
            NoRequest: there are fewer than it says.
        """
        if len(self.parameters) != 2 + _ITEM.size * (self.parameters[1] if len(self.parameters) > 1 else 0):
            raise NoRequest
        return [_item(self.parameters[i : i + _ITEM.size]) for i in range(2, len(self.parameters), _ITEM.size)]

    def contents(self, items: list[Item]) -> list[bytes]:
        """What is to be written at each place.

        Raises:
            NoRequest: there is less, or more, than places take.
        """
        found, rest = [], self.data
        for item in items:
            if len(rest) < 4:
                raise NoRequest
            size, length = rest[1], int.from_bytes(rest[2:4], "big")
            length = (length + 7) // 8 if size in _IN_BITS and not (size == _BIT_DATA and item.is_bit) else length
            content = rest[4 : 4 + length]
            if len(content) != item.count:
                raise NoRequest
            found.append(content)
            rest = rest[4 + length + length % 2 :]
        return found


def answer(job: Job, image: ProcessImage, writer: Writer) -> bytes:
    """What a client is answered that reads or writes.

    Raises:
        NoRequest: what it asks makes no sense.
    """
    items = job.items()
    if job.function == READ:
        parts = [_read(item, image) for item in items]
        data = b"".join(part + bytes(len(part) % 2) for part in parts[:-1]) + b"".join(parts[-1:])
        if len(data) + 14 > MOST_BYTES:
            data = b"".join(bytes((NO_SUCH_PLACE, 0, 0, 0)) for _ in items)
    else:
        data = _write(items, job.contents(items), image, writer)
    head = _HEAD.pack(_PROTOCOL, _ACK, 0, job.reference, 2, len(data)) + bytes(2)
    return head + bytes((job.function, len(items))) + data


def _item(spec: bytes) -> Item:
    *kind, size, count, block, area, address = _ITEM.unpack(spec)
    if tuple(kind) != _ANY or size not in _SIZES:
        raise NoRequest
    bits = int.from_bytes(address, "big")
    is_bit = size == _BIT and count == 1
    block = block if area == _DATA_BLOCK else 0
    return Item(block=block, byte=bits // 8, bit=bits % 8, count=count * _SIZES[size], is_bit=is_bit)


def _read(item: Item, image: ProcessImage) -> bytes:
    reads = {IN_BLOCK: image.read_in, OUT_BLOCK: image.read_out}
    if item.block not in reads:
        return bytes((NO_SUCH_BLOCK, 0, 0, 0))
    try:
        content = reads[item.block](item.byte, item.count)
    except NotThere:
        return bytes((NO_SUCH_PLACE, 0, 0, 0))
    if item.is_bit:
        return bytes((GOOD, _BIT_DATA, 0, 1, content[0] >> item.bit & 1))
    return bytes((GOOD, _BYTE_DATA)) + (8 * len(content)).to_bytes(2, "big") + content


def _write(items: list[Item], contents: list[bytes], image: ProcessImage, writer: Writer) -> bytes:
    """All of it is written at once, or nothing; a code for each item."""
    codes = [
        GOOD if item.block == IN_BLOCK else NOT_ALLOWED if item.block == OUT_BLOCK else NO_SUCH_BLOCK for item in items
    ]
    if any(code != GOOD for code in codes):
        return bytes(NOT_ALLOWED if code == GOOD else code for code in codes)
    try:
        image.write(writer, [_patch(item, content) for item, content in zip(items, contents)])
    except NotThere:
        return bytes([NO_SUCH_PLACE] * len(items))
    except NotTheLine:
        return bytes([NOT_ALLOWED] * len(items))
    return bytes(codes)


def _patch(item: Item, content: bytes) -> Patch:
    if item.is_bit:
        return Patch(byte=item.byte, content=bytes(((content[0] & 1) << item.bit,)), mask=1 << item.bit)
    return Patch(byte=item.byte, content=content)
