"""One life of the process of the OPC UA server, as the control process sees it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress

from linewalker.factory.handshake.image_document import changed, document_of, with_document
from linewalker.factory.handshake.life import AwakeClock
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.opcua.border import Border, BorderClosed, Frame
from linewalker.factory.opcua.server_setup import ServerSetup

START_S, SILENT_S = 60.0, 10.0
"""A server that takes longer to start, or says nothing for longer, is dead."""
_BEAT_S = 0.5
_GOODBYE_S, _END_S = 1.0, 4.0
_MODULE = "linewalker.factory.opcua.server_process"


class ServerChild:
    """See the module.

    Args:
        listener: the socket it serves, which outlives it.
        setup: what it is told at its start.

    Attributes:
        ready: whether a line can connect.
        line: what the line says.
        connected: whether anybody is there.
        broke: what it said it died of; empty where it said nothing.
        warnings: what it had to say to people, since they were taken.
    """

    def __init__(self, listener: socket.socket, setup: ServerSetup):
        ours, theirs = socket.socketpair()
        with theirs:
            ends = (theirs.fileno(), listener.fileno())
            words = [sys.executable, "-P", "-m", _MODULE, *map(str, ends), str(os.getpid())]
            path = os.pathsep.join(entry for entry in sys.path if entry)  # it is to find what we found
            environment = {**os.environ, "PYTHONPATH": path}
            self._process = subprocess.Popen(words, pass_fds=ends, env=environment, stdin=subprocess.DEVNULL)
        self._border = Border(ours)
        self._awake = AwakeClock()
        self._heard_s = self._told_s = 0.0
        self._owes: int | None = None
        self._said = StationImage()
        self.ready, self.connected, self.broke = False, False, ""
        self.line = setup.line
        self.warnings: list[str] = []
        self._border.put(setup.frame)

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def hear(self, timeout_s: float) -> None:
        """Take what it says, at most for so long.

        Raises:
            BorderClosed: it ended, or as good as that.
        """
        self._border.wait(timeout_s)
        now_s = self._awake.tick()
        for frame in self._border.take():
            self._heard_s = now_s
            try:
                self._take(frame)
            except (KeyError, TypeError, ValueError) as error:
                raise BorderClosed(f"what it says is no frame of a server: {error!r}") from None
        if now_s - self._heard_s > (SILENT_S if self.ready else START_S):
            raise BorderClosed("it is silent")

    def _take(self, frame: Frame) -> None:
        self.warnings += frame.get("warnings", ())
        if "broke" in frame:
            self.broke = str(frame["broke"])
        elif "ready" in frame:
            self.ready = True
        else:
            self.line = with_document(LineImage(), frame["line"])
            self.connected, self._owes = bool(frame["connected"]), int(frame["number"])

    def tell(self, now: StationImage, *, goodbye: bool = False) -> None:
        """Say what the station says now; while it has not taken in what it was told before, that waits.

        Raises:
            BorderClosed: it ended.
        """
        self._border.push()
        now_s = self._awake.now_s
        names = changed(self._said, now)
        due = names or self._owes is not None or goodbye or now_s - self._told_s > _BEAT_S
        if not (self.ready and self._border.free and due):
            return
        self._border.put({"said": document_of(now, names), "heard": self._owes, "goodbye": goodbye})
        self._said, self._owes, self._told_s = now, None, now_s

    def leave(self, last: StationImage) -> None:
        """Say a last word, and wait until the process has ended."""
        deadline_s = time.monotonic() + _GOODBYE_S
        with suppress(BorderClosed):
            while not self._border.free and time.monotonic() < deadline_s:
                self._border.wait(_GOODBYE_S)
                self._border.push()
            self.tell(last, goodbye=True)
            while not self._border.free and time.monotonic() < deadline_s:
                self._border.wait(_GOODBYE_S)
                self._border.push()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)
        self.end()

    def end(self) -> None:
        """Kill what is left of it."""
        self._border.close()
        self._process.kill()
        self._process.wait()
