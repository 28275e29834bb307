"""A line's connection over S7, by python-snap7."""

from __future__ import annotations

from linewalker.factory.fieldbus.byte_link import ByteLink, NotTaken
from linewalker.factory.fieldbus.s7_requests import IN_BLOCK, OUT_BLOCK
from linewalker.factory.fieldbus.s7_server import DEFAULT_ENDPOINT

_RACK, _SLOT = 0, 1


class S7Link(ByteLink):
    """A line as an S7 client."""

    name, package, extra = "S7", "snap7", "s7"
    default_endpoint = DEFAULT_ENDPOINT

    def __init__(self, endpoint: str | None = None, *, connect_timeout_s: float = 60.0):
        super().__init__(endpoint, connect_timeout_s=connect_timeout_s)
        from snap7.client import Client
        from snap7.error import S7Error, S7ProtocolError

        self.broken, self._not_taken = (S7Error, OSError, RuntimeError), S7ProtocolError
        self._client = Client()

    def dial(self) -> None:
        """As `ByteLink.dial`."""
        self._client.connect(self.host, _RACK, _SLOT, tcp_port=self.port)

    def hang_up(self) -> None:
        """As `ByteLink.hang_up`."""
        self._client.disconnect()

    def read_out(self, byte: int, count: int) -> bytes:
        """As `ByteLink.read_out`."""
        return bytes(self._client.db_read(OUT_BLOCK, byte, count))

    def write_in(self, byte: int, data: bytes) -> None:
        """As `ByteLink.write_in`."""
        try:
            self._client.db_write(IN_BLOCK, byte, bytearray(data))
        except self._not_taken:
            raise NotTaken from None
