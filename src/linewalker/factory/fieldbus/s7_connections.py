"""python-snap7's server, as far as it listens, connects and frames; what is asked of the image is answered here.

It is an S7 that can be read and written and no more: no block is loaded, no processor stopped, no clock set.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from snap7.s7protocol import S7Function
from snap7.server import CPUState, Server, ServerState

from linewalker.factory.fieldbus.callers import MOST_CALLERS, Callers
from linewalker.factory.fieldbus.process_image import ProcessImage
from linewalker.factory.fieldbus.s7_requests import READ, WRITE, Job, answer
from linewalker.factory.handshake.write_lease import Writer

_REFUSED = 0x8104
"""Error class and code: this S7 does not do that."""
_MOST_THREADS = 4 * MOST_CALLERS
"""Those of callers that were dropped and have not noticed yet among them."""


class BlockServer(Server):
    """Listens, and answers each caller in a thread of its own."""

    def __init__(self, image: ProcessImage, callers: Callers):
        super().__init__(log=False, max_clients=_MOST_THREADS)
        self._image, self._callers = image, callers
        self._writers: dict[tuple[str, int], Writer] = {}

    def listen(self, listener: socket.socket) -> None:
        """Answer whoever calls there; `start` of python-snap7 would share its port with others."""
        self.server_socket, self.running = listener, True
        self.state, self.cpu_state = ServerState.RUNNING, CPUState.RUN
        self.server_thread = threading.Thread(target=self._server_loop, name="s7", daemon=True)
        self.server_thread.start()

    def close(self) -> None:
        """Listen and answer no more."""
        self.running = False
        if self.server_thread is not None:
            self.server_thread.join()
        if self.server_socket is not None:
            self.server_socket.close()
        self._callers.hang_up()
        with self.client_lock:
            answering = list(self.clients)
        for thread in answering:
            thread.join()

    def _handle_client(self, client_socket: socket.socket, address: tuple[str, int]) -> None:
        address = address[:2]
        writer = self._callers.comes(*address, lambda: _hang_up(client_socket))
        self._writers[address] = writer
        try:
            super()._handle_client(client_socket, address)
        finally:
            del self._writers[address]
            self._callers.goes(writer.session)
            self._image.leaves(writer.session)

    @staticmethod
    def _event_sender(address: tuple[str, int]) -> int:  # noqa: ARG004  python-snap7's trips over IPv6
        return 0

    def _process_request(self, request_data: bytes, client_address: tuple[str, int]) -> bytes:
        """The answer to a message.

        Raises:
            NoRequest: it is none; the connection ends.
        """
        writer = self._writers[client_address]
        self._callers.heard(writer.session)
        job = Job.of(request_data)
        if job is not None and job.function in (READ, WRITE):
            return answer(job, self._image, writer)
        if job is not None and job.function == S7Function.SETUP_COMMUNICATION:
            return self._handle_setup_communication(self._parse_request(request_data))
        reference = int.from_bytes(request_data[4:6], "big")
        return self._build_error_response({"sequence": reference}, _REFUSED)


def _hang_up(client_socket: socket.socket) -> None:
    with suppress(OSError):
        client_socket.shutdown(socket.SHUT_RDWR)
