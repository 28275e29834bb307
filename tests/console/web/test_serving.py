"""The server: it answers where it was told to, and what comes to its port can not end it."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from linewalker.console.bearer import Address, listening
from linewalker.console.web.application import application
from linewalker.console.web.serving import serve
from linewalker.errors import InputError
from tests.console.web.runs import motion, whole_run
from tests.console.web.test_live_stream import grow


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    folder = whole_run(tmp_path_factory.mktemp("served") / "run")
    at = listening(Address(host="127.0.0.1", port=0), "--port")
    port, ready = at.getsockname()[1], threading.Event()
    app = application([folder], Address(host="127.0.0.1", port=port))
    threading.Thread(target=serve, args=(app, at, ready.set), daemon=True).start()
    assert ready.wait(30.0)
    return port, folder


def get(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30.0) as answer:
        content: bytes = answer.read()
        return content


GARBAGE = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" * 9,
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\n" + b"x: y\r\n" * 40_000,
    b"POST /api/runs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999\r\n\r\n" + b"z" * 500_000,
    b"",
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_at_the_port_and_huge_requests_end_nothing(served: tuple[int, Path], garbage: bytes) -> None:
    port, _ = served
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.settimeout(5.0)
        try:
            one.sendall(garbage)
            one.recv(65536)
        except (OSError, TimeoutError):
            pass
    assert b"run:1" in get(port, "/api/runs")


def test_two_hundred_viewers_that_do_not_read_hold_up_nobody(served: tuple[int, Path]) -> None:
    port, folder = served
    path = motion(folder, "2")
    asleep = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        for one in asleep:
            one.sendall(b"GET /api/live HTTP/1.1\r\nhost: localhost\r\n\r\n")
        end_s = time.monotonic() + 60.0
        while b"linewalker_viewers 200" not in get(port, "/metrics") and time.monotonic() < end_s:
            time.sleep(0.1)
        for i in range(50):
            grow(path, 20.0 + 0.2 * i)
        assert b"linewalker_viewers 200" in get(port, "/metrics")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/live", timeout=30.0) as stream:
            assert stream.readline().startswith(b"event: ")
    finally:
        for one in asleep:
            one.close()


def test_an_address_that_is_taken_is_told(served: tuple[int, Path]) -> None:
    port, _ = served
    with pytest.raises(InputError, match="can not listen at 127"):
        listening(Address(host="127.0.0.1", port=port), "--port")
    with pytest.raises(InputError, match="can not listen"):
        listening(Address(host="no.such.host.invalid", port=0), "--port")
