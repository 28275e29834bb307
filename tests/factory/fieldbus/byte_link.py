"""A line that has the byte image: a `LineLink` over pymodbus's and python-snap7's clients."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from urllib.parse import urlsplit

from pymodbus.client import ModbusTcpClient
from pymodbus.exceptions import ModbusException
from snap7.client import Client
from snap7.error import S7Error

from linewalker.errors import StationFault
from linewalker.factory.fieldbus.byte_image import bytes_from, image_from, number_at
from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, size_of
from linewalker.factory.handshake.signals import LineImage, StationImage

_ORDER_TEXTS = 104
"""The byte from which on In has nothing that makes the station act."""
_ATTEMPTS = 5


class Refused(Exception):
    """The station did not take what was written."""


class ByteLink(ABC):
    """A connection that is opened again when it broke."""

    broken: tuple[type[Exception], ...]

    def __init__(self, endpoint: str):
        parts = urlsplit(endpoint)
        self.host, self.port = parts.hostname, parts.port
        self._open = False

    async def connect(self, give_up: Callable[[], bool]) -> None:
        for _ in range(_ATTEMPTS):
            if self._opened():
                return
            if give_up():
                break
            await asyncio.sleep(0.1)
        raise StationFault("no station answers")

    async def read(self) -> StationImage | None:
        for _ in range(_ATTEMPTS):
            try:
                if not self._opened():
                    return None
                data = self.read_out(0, size_of(StationImage))
            except self.broken:
                self._drop()
                return None
            if number_at(data, CHANGE) == number_at(data, CHANGE_AGAIN):
                return image_from(StationImage, data).image
        return None

    async def write(self, image: LineImage) -> None:
        data = bytes_from(image)
        try:
            if self._opened():
                self.write_in(_ORDER_TEXTS, data[_ORDER_TEXTS:])
                self.write_in(0, data[:_ORDER_TEXTS])
        except Refused:
            return
        except self.broken:
            self._drop()

    async def close(self) -> None:
        self._drop()

    def _opened(self) -> bool:
        if not self._open:
            try:
                self._open = self.open()
            except self.broken:
                self._open = False
        return self._open

    def _drop(self) -> None:
        self._open = False
        self.shut()

    @abstractmethod
    def open(self) -> bool: ...

    @abstractmethod
    def shut(self) -> None: ...

    @abstractmethod
    def read_out(self, byte: int, count: int) -> bytes: ...

    @abstractmethod
    def write_in(self, byte: int, data: bytes) -> None: ...


class ModbusLink(ByteLink):
    broken = (ModbusException, OSError)

    def __init__(self, endpoint: str):
        super().__init__(endpoint)
        self.client = ModbusTcpClient(self.host, port=self.port, timeout=2, retries=0)

    def open(self) -> bool:
        return self.client.connect()

    def shut(self) -> None:
        self.client.close()

    def read_out(self, byte: int, count: int) -> bytes:
        registers = []
        for first in range(byte // 2, (byte + count) // 2, 125):
            answer = self.client.read_input_registers(first, count=min(125, (byte + count) // 2 - first))
            if answer.isError():
                raise Refused(answer)
            registers += answer.registers
        return b"".join(register.to_bytes(2, "big") for register in registers)

    def write_in(self, byte: int, data: bytes) -> None:
        registers = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
        for first in range(0, len(registers), 123):
            answer = self.client.write_registers(byte // 2 + first, registers[first : first + 123])
            if answer.isError():
                raise Refused(answer)


class S7Link(ByteLink):
    broken = (S7Error, OSError, RuntimeError)

    def __init__(self, endpoint: str):
        super().__init__(endpoint)
        self.client = Client()
        logging.getLogger("snap7").setLevel(logging.CRITICAL)

    def open(self) -> bool:
        self.client.connect(self.host, 0, 1, tcp_port=self.port)
        return True

    def shut(self) -> None:
        self.client.disconnect()

    def read_out(self, byte: int, count: int) -> bytes:
        return bytes(self.client.db_read(2, byte, count))

    def write_in(self, byte: int, data: bytes) -> None:
        try:
            self.client.db_write(1, byte, bytearray(data))
        except S7Error as error:
            if "ccess" in str(error):
                raise Refused(error) from None
            raise
