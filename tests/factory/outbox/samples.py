"""Records with some commits, and the other side of an outbox."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from linewalker.factory.records.records import Records
from linewalker.factory.records.results import CarResult
from tests.factory.samples import HEADER, build_order, good_car


def car(number: int) -> CarResult:
    return replace(good_car(), order=replace(build_order(), sequence=number, vin=f"LSVAA49J1320{number:05d}"))


def commit(folder: Path, *numbers: int) -> Path:
    """Put these cars on record, in this order; returns the file."""
    with Records(folder / "records.sqlite") as records:
        run = records.begin_run(HEADER, resume=True)
        for number in numbers:
            run.commit(car(number))
    return folder / "records.sqlite"


class PlantServer(ThreadingHTTPServer):
    """Takes results, and remembers what it got under which key.

    Attributes:
        answers: statuses it gives before it takes anything.
        got: (key, document) of all that came, also again.
    """

    def __init__(self, answers: list[int]):
        super().__init__(("127.0.0.1", 0), _Desk)
        self.answers = answers
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.tokens: set[str | None] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/results"


class _Desk(BaseHTTPRequestHandler):
    server: PlantServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if self.server.answers else 201
        self.server.tokens.add(self.headers.get("Authorization"))
        if status in (201, 409):
            self.server.got.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"so.")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def plant_server(*answers: int) -> Iterator[PlantServer]:
    with PlantServer(list(answers)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
