"""In and Out as bytes, shared by the port that is scanned and by all who read and write them over a wire.

Whatever one request reads is of one moment, and whatever it writes comes in at once, or not at all. One connection
speaks for the line while its LifeCounter goes on (`WriteLease`); what any other one writes is refused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linewalker.factory.fieldbus.byte_image import Reading, bytes_from, image_from
from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, INPUT_ERROR, LAYOUT_VERSION, VERSION, first_byte
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.handshake.write_lease import WriteLease, Writer

_NUMBERS = 2**16
_LIFE = slice(0, 4)
_MOVING: dict[str, Any] = {"life_counter": 0, "progress": 0.0}
"""What changes all the time and is no news."""


class NotThere(Exception):
    """Nothing stands at this place, or it can not be written."""


class NotTheLine(Exception):
    """Another connection speaks for the line."""


@dataclass(frozen=True, kw_only=True)
class Patch:
    """Something that is written into In.

    Attributes:
        byte: where it begins.
        content: what is to stand there.
        mask: the bits of it that count; None: all.
    """

    byte: int
    content: bytes
    mask: int | None = None


class ProcessImage:
    """See the module. Every method may be called from any thread.

    Args:
        station: whose port is scanned.
        clock: seconds that never go back.
    """

    def __init__(self, station: StationPort, clock: Callable[[], float] = time.monotonic):
        self._station = station
        self._lock = threading.Lock()
        self._lease = WriteLease(station.limits.life_timeout_s, clock)
        self._in = bytearray(bytes_from(LineImage()))
        self._reading: tuple[bytes, Reading[LineImage]] | None = None
        self._said, self._wrong, self._change = StationImage(), 0, 0
        self._out = self._published()

    def read_in(self, byte: int, count: int) -> bytes:
        """What the line has written.

        Raises:
            NotThere: some of these bytes do not exist.
        """
        with self._lock:
            return _part(self._in, byte, count)

    def read_out(self, byte: int, count: int) -> bytes:
        """What the station says.

        Raises:
            NotThere: some of these bytes do not exist.
        """
        with self._lock:
            return _part(self._out, byte, count)

    def write(self, writer: Writer, patches: Sequence[Patch]) -> None:
        """Write into In, all of it or nothing.

        Raises:
            NotThere: some of these bytes do not exist.
            NotTheLine: another connection speaks for the line.
        """
        with self._lock:
            for patch in patches:
                _part(self._in, patch.byte, len(patch.content))
            if not self._lease.admits(writer):
                raise NotTheLine
            for patch in patches:
                for i, new in enumerate(patch.content, start=patch.byte):
                    mask = 0xFF if patch.mask is None else patch.mask
                    self._in[i] = self._in[i] & ~mask | new & mask
            self._lease.beats(int.from_bytes(self._in[_LIFE], "big"))

    def leaves(self, session: int) -> None:
        """A connection ended."""
        with self._lock:
            self._lease.leaves(session)

    @property
    def speaker(self) -> int | None:
        """The connection that speaks for the line; None if there was none so far."""
        with self._lock:
            return None if self._lease.holder is None else self._lease.holder.session

    def scan(self, *, connected: bool) -> None:
        """One scan of the port: what the line wrote goes in, what comes out is published whole.

        To be called from one thread only.
        """
        with self._lock:
            written = bytes(self._in)
        if self._reading is None or self._reading[0] != written:
            self._reading = written, image_from(LineImage, written)
        reading = self._reading[1]
        wrong = 0 if reading.wrong is None else 1 + first_byte(reading.wrong)
        said = self._station.scan(reading.image, connected=connected)
        if (said, wrong) == (self._said, self._wrong):
            return
        if wrong != self._wrong or replace(said, **_MOVING) != replace(self._said, **_MOVING):
            self._change = (self._change + 1) % _NUMBERS
        self._said, self._wrong = said, wrong
        published = self._published()
        with self._lock:
            self._out = published
            self._lease.at_work = said.busy or said.done

    def _published(self) -> bytes:
        besides = {
            INPUT_ERROR.name: self._wrong,
            VERSION.name: LAYOUT_VERSION,
            CHANGE.name: self._change,
            CHANGE_AGAIN.name: self._change,
        }
        return bytes_from(self._said, besides)


def _part(whole: bytes | bytearray, byte: int, count: int) -> bytes:
    if byte < 0 or count < 1 or byte + count > len(whole):
        raise NotThere
    return bytes(whole[byte : byte + count])
