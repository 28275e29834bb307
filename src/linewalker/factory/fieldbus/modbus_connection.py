"""pymodbus's server, as far as it listens, frames and decodes; each connection answers with its own view of the image.

pymodbus 3.16 answers only the last of several requests that come together, and forgets the beginning of the next one
when it answers: here each is answered, in its order. What is no request ends the connection it came over.
"""

from __future__ import annotations

from typing import Any

from pymodbus.constants import ExcCodes
from pymodbus.pdu import ExceptionResponse, ModbusPDU
from pymodbus.server import ModbusTcpServer
from pymodbus.server.requesthandler import ServerRequestHandler
from pymodbus.simulator import DataType, SimData, SimDevice

from linewalker.factory.fieldbus.callers import Callers
from linewalker.factory.fieldbus.modbus_registers import SERVED, Registers, at_once
from linewalker.factory.fieldbus.process_image import ProcessImage

_HEAD_BYTES, _MOST_BYTES = 8, 260
"""Of an ADU: as far as the function code, and at most (MODBUS Messaging on TCP/IP 1.0b)."""
_MOST_WAITING = 2**20
"""More than comes at once."""


class CallServer(ModbusTcpServer):
    """Listens, and makes a connection of every call."""

    def __init__(self, image: ProcessImage, callers: Callers):
        nothing = SimDevice(0, simdata=[SimData(0, datatype=DataType.REGISTERS)])  # pymodbus wants one
        super().__init__(nothing)
        self._image, self._callers = image, callers

    def callback_new_connection(self) -> ServerRequestHandler:
        """Somebody connected."""
        return _Connection(self, self._image, self._callers)


class _Connection(ServerRequestHandler):
    """One caller."""

    def __init__(self, owner: CallServer, image: ProcessImage, callers: Callers):
        super().__init__(owner, None, None, None)
        self._image, self._callers = image, callers
        self._session, self.max_buffer_size = 0, _MOST_WAITING

    def callback_connected(self) -> None:
        super().callback_connected()
        host, port = self.transport.get_extra_info("peername")[:2]
        writer = self._callers.comes(host, port, lambda: self.loop.call_soon_threadsafe(self.close))
        self._session, self._registers = writer.session, Registers(self._image, writer, ExcCodes)

    def callback_disconnected(self, exc: Exception | None) -> None:
        super().callback_disconnected(exc)
        self._callers.goes(self._session)
        self._image.leaves(self._session)

    def send(self, data: bytes, addr: Any = None) -> None:  # noqa: ARG002  pymodbus's signature
        """As pymodbus's, which would forget what came after the request."""
        if self.transport:
            self.transport.write(data)  # type: ignore[attr-defined]

    def callback_data(self, data: bytes, addr: Any = None) -> int:  # noqa: ARG002
        """Answer what is complete of what came; returns how many bytes of it that was."""
        self._callers.heard(self._session)
        used = 0
        while len(data) - used >= _HEAD_BYTES:
            length = 6 + int.from_bytes(data[used + 4 : used + 6], "big")
            if data[used + 2 : used + 4] != b"\0\0" or not _HEAD_BYTES <= length <= _MOST_BYTES:
                self.close()
                return len(data)
            if len(data) - used < length:
                break
            self.pdu_send(self._answer(data[used : used + length]))
            used += length
        return used

    def _answer(self, frame: bytes) -> ModbusPDU:
        function, transaction, device = frame[7], int.from_bytes(frame[:2], "big"), frame[6]
        answer: ModbusPDU
        if function not in SERVED:
            answer = ExceptionResponse(function & 0x7F, ExcCodes.ILLEGAL_FUNCTION)
        else:
            request = self.server.decoder.decode(frame[7:])
            if request is None:  # it is cut short, or counts wrongly
                answer = ExceptionResponse(function, ExcCodes.ILLEGAL_VALUE)
            else:
                answer = at_once(request.datastore_update(self._registers, device))
        answer.transaction_id, answer.dev_id = transaction, device
        return answer
