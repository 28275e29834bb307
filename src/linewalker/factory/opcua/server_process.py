"""The process of the OPC UA server: ``python -m linewalker.factory.opcua.server_process BORDER LISTENER PARENT``.

`StationServer` starts it and hands it two sockets. It says over the border what the line has written, at once, and
publishes what the control process answers. It ends with the control process, whatever that ended of: the line sees
Ready fall before the connection breaks. Signals it leaves to the control process, which needs it to the last word.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from asyncua import ua

from linewalker.errors import in_words
from linewalker.factory.handshake.faults import Fault, FaultCode
from linewalker.factory.handshake.image_document import changed, document_of, with_document
from linewalker.factory.handshake.signals import ZONES, LineImage, StationImage, signals_of
from linewalker.factory.handshake.write_lease import WriteLease
from linewalker.factory.opcua.border import LENGTH, BorderClosed, Frame, decoded, encoded, length_of
from linewalker.factory.opcua.image import ImageReader, node_ids, variant_of, writer_node
from linewalker.factory.opcua.limits import LimitedServer
from linewalker.factory.opcua.locked_server import build_server
from linewalker.factory.opcua.server_setup import ServerSetup

if TYPE_CHECKING:
    from linewalker.factory.opcua.standards.standards import Standards

BEAT_S = 0.25
"""So often at least it says what it hears."""
_LEAST_PAUSE_S = 0.004
_NICENESS = 5
"""The robot is controlled first."""
_LAST_WORDS_S = 0.5
_END_S = 2.0
_MOST_WARNINGS = 100

logging.getLogger("asyncua").addHandler(logging.NullHandler())


class Border:
    """The server process's end. Warnings that are logged go over it with the next frame."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self._reader, self._writer = reader, writer
        self._warnings: deque[str] = deque(maxlen=_MOST_WARNINGS)
        handler = logging.Handler(logging.WARNING)
        handler.emit = lambda record: self._warnings.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger("linewalker").addHandler(handler)

    async def put(self, frame: Mapping[str, Any]) -> None:
        warnings = [self._warnings.popleft() for _ in range(len(self._warnings))]
        self._writer.write(encoded({**frame, "warnings": warnings} if warnings else frame))
        await self._writer.drain()

    async def take(self) -> Frame:
        """The next frame.

        Raises:
            BorderClosed: the control process ended.
        """
        try:
            length = length_of(await self._reader.readexactly(LENGTH.size))
            return decoded(await self._reader.readexactly(length))
        except (asyncio.IncompleteReadError, OSError):
            raise BorderClosed("the control process ended") from None


class ServedImage:
    """What line and station say, in a server's address space.

    Attributes:
        said: what the station says there.
    """

    def __init__(self, server: LimitedServer, namespace: int, lease: WriteLease, standards: Standards | None = None):
        self._server, self._namespace, self._lease, self._standards = server, namespace, lease, standards
        self._nodes = dict(zip((name for name, _ in signals_of(StationImage)), node_ids(StationImage, namespace)))
        self._reader = ImageReader(server.iserver.read_attribute_value, namespace)
        self._shown = lease.holder
        self.said = StationImage()

    async def seed(self, line: LineImage) -> None:
        """Put there what the line said to the server before this one."""
        for (name, its), node in zip(signals_of(LineImage), node_ids(LineImage, self._namespace)):
            value = ua.DataValue(variant_of(its, getattr(line, name)), SourceTimestamp=datetime.now(UTC))
            await self._server.iserver.write_attribute_value(node, value)

    @property
    def heard(self) -> Frame:
        """What the line says, and whether anybody is there."""
        return {"line": document_of(self._reader.image()), "connected": bool(self._server.bserver.clients)}

    async def publish(self, now: StationImage) -> None:
        """Show what the station says now, and who speaks for the line."""
        for name, value in changes(self.said, now):
            await self._server.iserver.write_attribute_value(self._nodes[name], value)
        self.said = now
        self._lease.at_work = now.busy or now.done
        if self._standards is not None:
            await self._standards.follow(self._reader.image(), now)
        if self._lease.holder is not self._shown and self._lease.holder is not None:
            self._shown = self._lease.holder
            await self._server.get_node(writer_node(self._namespace)).write_value(self._shown.name)


def changes(before: StationImage, now: StationImage) -> list[tuple[str, ua.DataValue]]:
    """Signals that differ, with one time stamp, in the order in which they are published.

    Done rises after, and falls before, all that goes with it: whoever sees it reads what belongs to it.
    """
    signals, stamp = dict(signals_of(StationImage)), datetime.now(UTC)
    variants = [(name, variant_of(signals[name], getattr(now, name))) for name in changed(before, now)]
    found = [(name, ua.DataValue(it, SourceTimestamp=stamp, ServerTimestamp=stamp)) for name, it in variants]
    return sorted(found, key=lambda change: (change[0] == "done") == now.done)


def orphaned(said: StationImage) -> StationImage:
    """What the line is told when the control process is gone: nobody knows where the robot is."""
    fault = Fault(code=FaultCode.PROGRAM_SILENT, text="the station's control process ended")
    return replace(
        said,
        ready=False,
        busy=False,
        zone_clear=(False,) * ZONES,
        home_pos=False,
        fault_code=int(fault.code),
        fault_text=fault.in_both_languages,
    )


class Exchange:
    """The talk between the address space and the control process, from the first frame to the last."""

    def __init__(self, border: Border, image: ServedImage, news: asyncio.Event, parent: int):
        self._border, self._image, self._news, self._parent = border, image, news, parent
        self._answered = asyncio.Event()
        self._number = 0

    async def run(self) -> None:
        """Until the control process says goodbye, or is gone: then the line is told."""
        listening = asyncio.create_task(self._listen())
        others = [asyncio.create_task(self._speak()), asyncio.create_task(self._watch())]
        await asyncio.wait([listening, others[1]], return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        if not listening.done() or isinstance(listening.exception(), BorderClosed):
            listening.cancel()
            await self._image.publish(orphaned(self._image.said))
        else:
            listening.result()

    async def _speak(self) -> None:
        """Say what the line wrote; what it writes before that was answered is said with the next."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), BEAT_S)
            self._news.clear()
            self._answered.clear()
            self._number += 1
            await self._border.put({**self._image.heard, "number": self._number})
            await self._answered.wait()
            await asyncio.sleep(_LEAST_PAUSE_S)

    async def _listen(self) -> None:
        goodbye = False
        while not goodbye:
            frame = await self._border.take()
            await self._image.publish(with_document(self._image.said, frame["said"]))
            if frame["heard"] == self._number:
                self._answered.set()
            goodbye = frame["goodbye"]

    async def _watch(self) -> None:
        """The border stays open where a process that the parent forked has it, too."""
        while os.getppid() == self._parent:
            await asyncio.sleep(BEAT_S)


async def serve(end: socket.socket, listener: socket.socket, parent: int) -> None:
    """The life of the process."""
    border = Border(*await asyncio.open_unix_connection(sock=end))
    try:
        setup = ServerSetup.of(await border.take())
        lease = WriteLease(setup.life_timeout_s)
        server, namespace = await build_server(setup, lease)
        standards = None
        if setup.standards:
            from linewalker.factory.opcua.standards.standards import add_standards

            standards = await add_standards(server, namespace)
            server.iserver.calls = standards.calls
        image = ServedImage(server, namespace, lease, standards)
        await image.seed(setup.line)
        await server.start(listener)
        await border.put({"ready": True})
        await Exchange(border, image, server.iserver.written, parent).run()
        server.bserver.close_door()
        if server.bserver.clients:
            await asyncio.sleep(_LAST_WORDS_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(server.stop(), _END_S)
    except BorderClosed:
        return
    except Exception as error:  # whatever it is, the control process says it
        with suppress(OSError):
            await border.put({"broke": in_words(error)})
        raise


def main(words: list[str]) -> None:
    """Serve until the control process ends."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.nice(_NICENESS)
    border, listener, parent = (int(word) for word in words)
    asyncio.run(serve(socket.socket(fileno=border), socket.socket(fileno=listener), parent))


if __name__ == "__main__":
    main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)  # whatever of the library still waits for somebody
