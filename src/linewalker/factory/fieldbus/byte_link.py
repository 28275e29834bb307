"""A line's connection to a station that has the byte image, whatever its protocol; it comes back when it broke."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from linewalker.errors import InputError, StationFault
from linewalker.factory.fieldbus.byte_image import bytes_from, image_from, number_at
from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, LAYOUT_VERSION, VERSION, places_of, size_of
from linewalker.factory.fieldbus.packages import demand
from linewalker.factory.handshake.backoff import Backoff
from linewalker.factory.handshake.signals import LineImage, SignalType, StationImage
from linewalker.factory.listening import host_and_port

_ACTING_BYTES = 104
"""The byte from which on In has nothing that makes the station act, and no word that comes in one request with it."""
_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.2, 5.0
_READINGS = 5
"""Of one that is of one moment; Out changes rarely."""


class NotTaken(Exception):
    """The station does not take what is written: another connection speaks for the line."""


class ByteLink(ABC):
    """A `LineLink`. Calls of the protocol block, so they are made in a thread of their own.

    Attributes:
        name: of the protocol, in words.
        default_endpoint: where a station listens on this machine.
        package, extra: what it needs, and the extra of ours that installs it.
        broken: what the protocol's client raises when a connection is gone.
    """

    name: ClassVar[str]
    default_endpoint: ClassVar[str]
    package: ClassVar[str]
    extra: ClassVar[str]
    broken: tuple[type[Exception], ...]

    def __init__(self, endpoint: str | None = None, *, connect_timeout_s: float = 60.0):
        """
        Args:
            endpoint: of the station; None: where one listens on this machine.
            connect_timeout_s: how long to look for it before giving up.

        Raises:
            InputError: the endpoint is none.
            MissingPackage: what speaks the protocol is not installed.
        """
        demand(self.package, what=self.name, extra=self.extra)
        self.endpoint = endpoint or self.default_endpoint
        self.host, self.port = host_and_port(self.endpoint, self.default_endpoint)
        self._connect_timeout_s = connect_timeout_s
        self._open, self._retry_at_s = False, 0.0
        self._backoff = Backoff(_FIRST_RETRY_S, _LONGEST_RETRY_S)
        self._written = b""

    async def connect(self, give_up: Callable[[], bool]) -> None:
        """As `LineLink.connect`."""
        deadline_s = time.monotonic() + self._connect_timeout_s
        while not await asyncio.to_thread(self._opened):
            if time.monotonic() > deadline_s or give_up():
                raise StationFault(
                    f"no station answers at {self.endpoint}; start one with 'linewalker station --wire {self.extra}', "
                    "or give its address with --endpoint"
                )
            await asyncio.sleep(self._backoff.pause_s())

    async def read(self) -> StationImage | None:
        """As `LineLink.read`."""
        return await asyncio.to_thread(self._read)

    async def write(self, image: LineImage) -> None:
        """As `LineLink.write`; while another connection speaks for the line, the whole image is said again.

        Raises:
            InputError: a text is longer than its place.
        """
        _check(image)
        await asyncio.to_thread(self._write, bytes_from(image))

    async def close(self) -> None:
        """As `LineLink.close`."""
        await asyncio.to_thread(self._drop)

    def _read(self) -> StationImage | None:
        if not self._open and not self._reopened():
            return None
        try:
            for _ in range(_READINGS):
                data = self.read_out(0, size_of(StationImage))
                if number_at(data, CHANGE) == number_at(data, CHANGE_AGAIN):
                    return image_from(StationImage, data).image
        except self.broken:
            self._drop()
        return None

    def _write(self, data: bytes) -> None:
        if not self._open:
            return
        try:
            if data[_ACTING_BYTES:] != self._written[_ACTING_BYTES:]:
                self.write_in(_ACTING_BYTES, data[_ACTING_BYTES:])
            self.write_in(0, data[:_ACTING_BYTES])
        except NotTaken:
            self._written = b""
        except self.broken:
            self._drop()
        else:
            self._written = data

    def _reopened(self) -> bool:
        if time.monotonic() < self._retry_at_s:
            return False
        if self._opened():
            return True
        self._retry_at_s = time.monotonic() + self._backoff.pause_s()
        return False

    def _opened(self) -> bool:
        try:
            self.dial()
            version = int.from_bytes(self.read_out(VERSION.byte or 0, 2), "big")
        except self.broken:
            self._drop()
            return False
        if version != LAYOUT_VERSION:
            self._drop()
            raise StationFault(
                f"what answers at {self.endpoint} has layout {version} of the byte image, this line has "
                f"{LAYOUT_VERSION}: it is no Linewalker station, or one of another version"
            )
        self._open = True
        self._backoff.succeeded()
        return True

    def _drop(self) -> None:
        self._open, self._written = False, b""
        self.hang_up()

    @abstractmethod
    def dial(self) -> None:
        """Connect.

        Raises:
            broken: nobody answers.
        """

    @abstractmethod
    def hang_up(self) -> None:
        """Drop the connection, if there is one."""

    @abstractmethod
    def read_out(self, byte: int, count: int) -> bytes:
        """So many bytes of Out, both even.

        Raises:
            broken: the connection is gone.
        """

    @abstractmethod
    def write_in(self, byte: int, data: bytes) -> None:
        """Write into In, an even number of bytes from an even one on; at most 240 go in one request.

        Raises:
            NotTaken: another connection speaks for the line.
            broken: the connection is gone.
        """


def _check(image: LineImage) -> None:
    for name, signal in places_of(LineImage).items():
        if signal.type is SignalType.STRING and len(getattr(image, name).encode()) > signal.string_bytes:
            raise InputError(
                f"{signal.name} '{getattr(image, name)[:40]} ...' is longer than the {signal.string_bytes} bytes that "
                "the byte image has for it; a line over OPC UA can say it"
            )
