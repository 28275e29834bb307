"""A server of chat completions that says what a test scripts, right or wrong, and notes what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from linewalker.brain.language.model.model_settings import ModelSettings

Act = Callable[["Handler"], None]
KEY = "sk-never-to-be-seen"


class Handler(BaseHTTPRequestHandler):
    """Answers as scripted."""

    server: Script

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.requests.append((self.path, dict(self.headers), self.rfile.read(length)))
        acts = self.server.acts
        acts[min(len(self.server.requests), len(acts)) - 1](self)

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def send(
        self, body: bytes, *, status: int = 200, kind: str = "application/json", length: int | None = None
    ) -> None:
        """An answer with its length, or with another one."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def stall(self) -> None:
        """Say nothing more until the test ends."""
        self.server.ended.wait(30.0)


class Script(ThreadingHTTPServer):
    """The server; the last act is repeated."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, acts: tuple[Act, ...]):
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts, self.ended = acts, threading.Event()
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no error here."""

    def settings(self, **more: Any) -> ModelSettings:
        """To ask this server."""
        values = {"model": "scripted", "key": KEY, "time_s": 60.0} | more
        return ModelSettings(url=f"http://127.0.0.1:{self.server_port}/v1", **values)


@contextmanager
def scripted(*acts: Act) -> Iterator[Script]:
    """A server that plays these acts, one for each request."""
    with Script(acts) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


# -------------------------------------------------------------------- what it may say
def message(
    *calls: tuple[object, object], content: str | None = None, finish: str = "tool_calls", **more: Any
) -> bytes:
    """A completion that calls tools; arguments that are no text are written as JSON."""
    listed = [
        {
            "id": f"call_{number}",
            "type": "function",
            "function": {"name": name, "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments)},
        }
        for number, (name, arguments) in enumerate(calls)
    ]
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content} | more}
    if listed:
        choice["message"]["tool_calls"] = listed
    return json.dumps({"choices": [choice], "usage": {"total_tokens": 100}}).encode()


def calls(*listed: tuple[object, object], **more: Any) -> Act:
    """Answer with these calls."""
    return lambda handler: handler.send(message(*listed, **more))


def says(text: str) -> Act:
    """Answer with a text and no call."""
    return calls(content=text, finish="stop")


def events(*listed: tuple[str, dict[str, Any]], done: bool = True, finish: str | None = "tool_calls") -> bytes:
    """A stream of events that calls tools, arguments in pieces of three letters."""
    chunks: list[dict[str, Any]] = []
    for index, (name, arguments) in enumerate(listed):
        text = json.dumps(arguments, ensure_ascii=False)
        pieces = [{"index": index, "id": f"call_{index}", "function": {"name": name, "arguments": ""}}]
        pieces += [{"index": index, "function": {"arguments": text[at : at + 3]}} for at in range(0, len(text), 3)]
        chunks += [{"choices": [{"index": 0, "delta": {"tool_calls": [piece]}}]} for piece in pieces]
    if finish is not None:
        chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    lines = [f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n" for chunk in chunks]
    return "".join([*lines, *(["data: [DONE]\n\n"] if done else [])]).encode()


def streams(*listed: tuple[str, dict[str, Any]], **more: Any) -> Act:
    """Answer with a stream."""
    return lambda handler: handler.send(events(*listed, **more), kind="text/event-stream")
