"""The byte image as Modbus registers.

In are the holding registers from 0 on, Out the input registers from 0 on, and once more holding registers from
`OUT_REGISTER` on, for clients that read these only. A register is two bytes, the first one the high one.
"""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from linewalker.factory.fieldbus.layout import size_of
from linewalker.factory.fieldbus.process_image import NotTheLine, NotThere, Patch, ProcessImage
from linewalker.factory.handshake.signals import StationImage
from linewalker.factory.handshake.write_lease import Writer

OUT_REGISTER = 1000

_READ_HOLDING, _READ_INPUT, _WRITE_ONE, _WRITE, _MASK, _READ_AND_WRITE = 3, 4, 6, 16, 22, 23
SERVED = (_READ_HOLDING, _READ_INPUT, _WRITE_ONE, _WRITE, _MASK, _READ_AND_WRITE)
"""Function codes that are answered with more than an exception."""

Answer = TypeVar("Answer")


class Registers:
    """The byte image as registers, to one caller; pymodbus's interface of a data store."""

    def __init__(self, image: ProcessImage, writer: Writer, codes: Any):
        self._image, self._writer, self._codes = image, writer, codes

    async def async_getValues(self, _device: int, function: int, address: int, count: int = 1) -> Any:
        """Registers of a request that reads, or an exception code."""
        try:
            return _registers(self._read(function, address, count))
        except NotThere:
            return self._codes.ILLEGAL_ADDRESS

    def _read(self, function: int, address: int, count: int) -> bytes:
        if function == _READ_INPUT:
            return self._image.read_out(2 * address, 2 * count)
        if function != _MASK and OUT_REGISTER <= address < OUT_REGISTER + size_of(StationImage) // 2:
            return self._image.read_out(2 * (address - OUT_REGISTER), 2 * count)
        return self._image.read_in(2 * address, 2 * count)

    async def async_setValues(self, _device: int, _function: int, address: int, values: Sequence[int]) -> Any:
        """Take a request that writes; an exception code if it is refused."""
        content = b"".join(value.to_bytes(2, "big") for value in values)
        try:
            self._image.write(self._writer, [Patch(byte=2 * address, content=content)])
        except NotThere:
            return self._codes.ILLEGAL_ADDRESS
        except NotTheLine:
            return self._codes.DEVICE_BUSY
        return None


def _registers(content: bytes) -> list[int]:
    return [int.from_bytes(content[i : i + 2], "big") for i in range(0, len(content), 2)]


def at_once(answer: Coroutine[Any, Any, Answer]) -> Answer:
    """The result of a coroutine that waits for nothing."""
    try:
        answer.send(None)
    except StopIteration as end:
        result: Answer = end.value
        return result
    answer.close()
    raise AssertionError("it waits")
