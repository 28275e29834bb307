"""A network cable between line and station that can be pulled and plugged in again."""

from __future__ import annotations

import selectors
import socket
import threading
from urllib.parse import urlsplit

from tests.factory.background import Background


class Cable(Background):
    """Forwards TCP between a port of its own and a station.

    Attributes:
        endpoint: what the line connects to.
    """

    def __init__(self, station_endpoint: str):
        super().__init__()
        parts = urlsplit(station_endpoint)
        self._far_end = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"{parts.scheme}://127.0.0.1:{self._listener.getsockname()[1]}{parts.path}"
        self._partner: dict[socket.socket, socket.socket] = {}
        self._plugged = threading.Event()
        self._plugged.set()

    def pull(self) -> None:
        self._plugged.clear()

    def plug_in(self) -> None:
        self._plugged.set()

    def work(self) -> None:
        with selectors.DefaultSelector() as selector, self._listener:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._stop.is_set():
                for key, _ in selector.select(0.02):
                    if key.fileobj is self._listener:
                        self._accept(selector)
                    elif key.fileobj in self._partner:
                        self._pass_on(selector, key.fileobj)
                if not self._plugged.is_set():
                    self._drop_all(selector)
            self._drop_all(selector)

    def _accept(self, selector: selectors.BaseSelector) -> None:
        near, _ = self._listener.accept()
        if not self._plugged.is_set():
            near.close()
            return
        far = socket.create_connection(self._far_end)
        for one, other in ((near, far), (far, near)):
            self._partner[one] = other
            selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, selector: selectors.BaseSelector, source: socket.socket) -> None:
        try:
            data = source.recv(65536)
            if data:
                self._partner[source].sendall(data)
                return
        except OSError:
            pass
        self._drop(selector, source)

    def _drop(self, selector: selectors.BaseSelector, one: socket.socket) -> None:
        other = self._partner.pop(one, None)
        for end in (one, other):
            if end is not None:
                self._partner.pop(end, None)
                selector.unregister(end)
                end.close()

    def _drop_all(self, selector: selectors.BaseSelector) -> None:
        while self._partner:
            self._drop(selector, next(iter(self._partner)))
