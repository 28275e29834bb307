"""Sends a request to a model and brings the bytes of its answer, whole and in time, or says what went wrong.

The exchange runs in a thread of its own: a name that is never resolved, a header that drips or a stream that stalls
holds nobody up beyond the deadline.
"""

from __future__ import annotations

import http.client
import queue
import ssl
import threading
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from linewalker.brain.language.model.model_fault import ModelFault, model_fault
from linewalker.brain.language.model.model_settings import ModelSettings

MOST_BYTES = 2 * 2**20
_PIECE = 65536


@dataclass(frozen=True, kw_only=True)
class Response:
    """What came back: the status, whether it is a stream of events, and all bytes of it."""

    status: int
    streamed: bool
    body: bytes


class Wire(Protocol):
    """Carries requests."""

    def exchange(self, request: bytes, timeout_s: float) -> Response:
        """The answer to a request.

        Raises:
            ModelFault: none came, or none in time.
        """


class HttpWire:
    """A wire to the address of the settings. It follows no redirection, so that the key goes nowhere else."""

    def __init__(self, settings: ModelSettings):
        self._settings = settings

    def exchange(self, request: bytes, timeout_s: float) -> Response:
        """See `Wire`."""
        outcome: queue.SimpleQueue[Response | ModelFault] = queue.SimpleQueue()
        deadline = monotonic() + timeout_s
        arguments = (request, timeout_s, deadline, outcome)
        threading.Thread(target=self._exchange, args=arguments, name="model", daemon=True).start()
        try:
            found = outcome.get(timeout=timeout_s)
        except queue.Empty:
            raise model_fault("model_timed_out", f"{timeout_s:.1f} s") from None
        if isinstance(found, ModelFault):
            raise found
        return found

    def _exchange(
        self, request: bytes, timeout_s: float, deadline: float, outcome: queue.SimpleQueue[Response | ModelFault]
    ) -> None:
        connection = self._connection(timeout_s)
        try:
            outcome.put(self._answer(connection, request, deadline))
        except ModelFault as fault:
            outcome.put(fault)
        except TimeoutError:
            outcome.put(model_fault("model_timed_out", f"{timeout_s:.1f} s"))
        except http.client.IncompleteRead:
            outcome.put(model_fault("model_broken_stream"))
        except (OSError, http.client.HTTPException, ValueError) as error:
            outcome.put(model_fault("model_unreachable", f"{self._settings.shown}: {type(error).__name__}"))
        finally:
            connection.close()

    def _answer(self, connection: http.client.HTTPConnection, request: bytes, deadline: float) -> Response:
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        connection.request("POST", self._settings.endpoint.path, body=request, headers=headers)
        response = connection.getresponse()
        body = bytearray()
        while piece := response.read1(_PIECE):
            body += piece
            if len(body) > MOST_BYTES:
                raise model_fault("model_too_long", f"{MOST_BYTES} bytes")
            if monotonic() > deadline:
                raise TimeoutError
        if response.length:
            raise model_fault("model_broken_stream")
        kind = response.headers.get_content_type()
        return Response(
            status=response.status, streamed=kind == "text/event-stream", body=self._without_key(bytes(body))
        )

    def _without_key(self, body: bytes) -> bytes:
        """A server that says the key back does not get it into records that way."""
        key = self._settings.key.encode()
        return body.replace(key, b"***") if key else body

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        parts = self._settings.endpoint
        host = parts.hostname or ""
        if parts.scheme == "https":
            return http.client.HTTPSConnection(
                host, parts.port, timeout=timeout_s, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(host, parts.port, timeout=timeout_s)
