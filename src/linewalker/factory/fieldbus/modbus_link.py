"""A line's connection over Modbus TCP, by pymodbus."""

from __future__ import annotations

import logging

from linewalker.factory.fieldbus.byte_link import ByteLink, NotTaken
from linewalker.factory.fieldbus.modbus_server import DEFAULT_ENDPOINT

_ANSWER_S = 5.0
_MOST_READ, _MOST_WRITTEN = 125, 123
"""Registers of a request."""

logging.getLogger("pymodbus").addHandler(logging.NullHandler())  # an application that wants its log adds its own

logging.getLogger("pymodbus").addHandler(logging.NullHandler())  # an application that wants its log adds its own


class ModbusLink(ByteLink):
    """A line as a Modbus TCP client."""

    name, package, extra = "Modbus TCP", "pymodbus", "modbus"
    default_endpoint = DEFAULT_ENDPOINT

    def __init__(self, endpoint: str | None = None, *, connect_timeout_s: float = 60.0):
        super().__init__(endpoint, connect_timeout_s=connect_timeout_s)
        from pymodbus.client import ModbusTcpClient
        from pymodbus.constants import ExcCodes
        from pymodbus.exceptions import ModbusException

        self.broken = (ModbusException, OSError)
        self._client = ModbusTcpClient(self.host, port=self.port, timeout=_ANSWER_S, retries=0)
        self._busy = ExcCodes.DEVICE_BUSY

    def dial(self) -> None:
        """As `ByteLink.dial`."""
        if not self._client.connect():
            raise ConnectionError(f"nobody answers at {self.endpoint}")

    def hang_up(self) -> None:
        """As `ByteLink.hang_up`."""
        self._client.close()

    def read_out(self, byte: int, count: int) -> bytes:
        """As `ByteLink.read_out`."""
        registers: list[int] = []
        first, end = byte // 2, (byte + count) // 2
        for at in range(first, end, _MOST_READ):
            answer = self._client.read_input_registers(at, count=min(_MOST_READ, end - at))
            if answer.isError():
                raise ConnectionError(f"the station does not let registers be read: {answer}")
            registers += answer.registers
        return b"".join(register.to_bytes(2, "big") for register in registers)

    def write_in(self, byte: int, data: bytes) -> None:
        """As `ByteLink.write_in`."""
        registers = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
        for at in range(0, len(registers), _MOST_WRITTEN):
            answer = self._client.write_registers(byte // 2 + at, registers[at : at + _MOST_WRITTEN])
            if answer.isError():
                if answer.exception_code == self._busy:
                    raise NotTaken
                raise ConnectionError(f"the station does not let registers be written: {answer}")
