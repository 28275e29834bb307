"""The border between the control process of a station and the process of its OPC UA server.

Frames of JSON, each behind its length, over a pair of sockets that nobody else can reach. The control process never
waits for the other side: it has one frame under way at most, and what changed meanwhile goes into the next one.
"""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Mapping
from typing import Any, TypeAlias

LENGTH = struct.Struct("<I")
MOST_BYTES = 2**25
"""Of a frame: the longest result there is, in four bytes a character, and some more."""
_READ_BYTES = 2**16

Frame: TypeAlias = dict[str, Any]


class BorderClosed(Exception):
    """The process at the other side ended, or says what nobody can read."""


def encoded(frame: Mapping[str, Any]) -> bytes:
    """A frame as it crosses."""
    content = json.dumps(frame, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return LENGTH.pack(len(content)) + content


def decoded(content: bytes) -> Frame:
    """The frame out of what stood behind its length.

    Raises:
        BorderClosed: it is none.
    """
    try:
        frame = json.loads(content)
    except ValueError as error:  # of UTF-8, too
        raise BorderClosed(f"what came over the border is no JSON: {error}") from None
    if not isinstance(frame, dict):
        raise BorderClosed("what came over the border is no frame")
    return frame


def length_of(head: bytes) -> int:
    """How long the frame is.

    Raises:
        BorderClosed: longer than any.
    """
    length: int = LENGTH.unpack(head)[0]
    if length > MOST_BYTES:
        raise BorderClosed(f"a frame of {length} bytes; at most {MOST_BYTES} are read")
    return length


class Border:
    """The control process's end.

    Args:
        end: a stream socket, from now on this one's.
    """

    def __init__(self, end: socket.socket):
        end.setblocking(False)
        self._end = end
        self._in = bytearray()
        self._out = memoryview(b"")

    @property
    def free(self) -> bool:
        """Whether the last frame is over, so that another one can be put."""
        return not self._out

    def put(self, frame: Mapping[str, Any]) -> None:
        """Send a frame, now as much of it as goes; the border has to be free.

        Raises:
            BorderClosed: nobody is at the other side any more.
        """
        assert self.free
        self._out = memoryview(encoded(frame))
        self.push()

    def push(self) -> None:
        """Send more of what was put.

        Raises:
            BorderClosed: nobody is at the other side any more.
        """
        try:
            while self._out:
                self._out = self._out[self._end.send(self._out) :]
        except BlockingIOError:
            return
        except OSError as error:
            raise BorderClosed(str(error)) from None

    def wait(self, timeout_s: float) -> None:
        """Until something comes or goes, at most for so long."""
        poll = select.poll()
        poll.register(self._end, select.POLLIN | (select.POLLOUT if self._out else 0))
        poll.poll(1e3 * timeout_s)

    def take(self) -> list[Frame]:
        """What has come, in order.

        Raises:
            BorderClosed: the other side ended, and all that it said was taken; or what it says is no frame.
        """
        ended = self._read()
        frames = []
        while len(self._in) >= LENGTH.size:
            end = LENGTH.size + length_of(bytes(self._in[: LENGTH.size]))
            if len(self._in) < end:
                break
            frames.append(decoded(bytes(self._in[LENGTH.size : end])))
            del self._in[:end]
        if ended and not frames:
            raise BorderClosed("it ended")
        return frames

    def _read(self) -> bool:
        """Take what lies there; True if there will be no more."""
        try:
            data = self._end.recv(_READ_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            return True
        self._in += data
        return not data

    def close(self) -> None:
        """Leave; the other side notices."""
        self._end.close()
