"""Every exchange with a model on record, a line each, and a wire that plays the record again, byte for byte."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from linewalker.brain.language.model.model_fault import ModelFault, model_fault
from linewalker.brain.language.model.wire import Response, Wire
from linewalker.errors import InputError, StorageFault
from linewalker.plantfile import read_text


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request, and what came of it: an answer, or the code of a fault."""

    request: bytes
    answer: Response | None = None
    fault: str = ""

    def line(self) -> str:
        """As it stands in the record."""
        answer = self.answer
        document = {
            "request": self.request.decode(),
            "fault": self.fault,
            "status": None if answer is None else answer.status,
            "streamed": None if answer is None else answer.streamed,
            "answer": None if answer is None else base64.b64encode(answer.body).decode(),
        }
        return json.dumps(document, ensure_ascii=False) + "\n"

    @classmethod
    def of_line(cls, line: str) -> Exchange:
        """What `line` gave."""
        document = json.loads(line)
        answer = None
        if document["answer"] is not None:
            body = base64.b64decode(document["answer"], validate=True)
            answer = Response(status=document["status"], streamed=document["streamed"], body=body)
        return cls(request=document["request"].encode(), answer=answer, fault=document["fault"])


class RecordingWire:
    """A wire whose exchanges go on record, before anybody acts on them.

    Args:
        wire: the one that carries.
        path: of the record; lines are added to it.
    """

    def __init__(self, wire: Wire, path: Path):
        self._wire, self._path = wire, path
        self._lock = threading.Lock()

    def exchange(self, request: bytes, timeout_s: float) -> Response:
        """See `Wire`.

        Raises:
            StorageFault: the record can not be written.
        """
        try:
            answer = self._wire.exchange(request, timeout_s)
        except ModelFault as fault:
            self._keep(Exchange(request=request, fault=fault.because.code))
            raise
        self._keep(Exchange(request=request, answer=answer))
        return answer

    def _keep(self, exchange: Exchange) -> None:
        try:
            with self._lock:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as record:
                    record.write(exchange.line())
        except OSError as error:
            raise StorageFault(f"{self._path} can not be written: {error.strerror}; free some space") from None


class ReplayingWire:
    """Plays a record: the answer to each request, if it is the very same that was sent then."""

    def __init__(self, exchanges: list[Exchange]):
        self._left = iter(exchanges)

    def exchange(self, request: bytes, _timeout_s: float) -> Response:
        """See `Wire`."""
        recorded = next(self._left, None)
        if recorded is None or recorded.request != request:
            raise model_fault("model_replay_mismatch")
        if recorded.answer is None:
            raise model_fault(recorded.fault)
        return recorded.answer


def read_record(path: Path) -> list[Exchange]:
    """The exchanges on record.

    Raises:
        InputError: it is none.
    """
    return list(_exchanges(path))


def _exchanges(path: Path) -> Iterator[Exchange]:
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line:
            continue
        try:
            yield Exchange.of_line(line)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise InputError("is no exchange with a model; take the line out", file=path, line=number) from None
