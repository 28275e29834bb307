"""The wire: the bytes that came, or in time what went wrong; the key goes to one address and is seen nowhere."""

from __future__ import annotations

import socket

import pytest

from linewalker.brain.language.model.model_fault import ModelFault
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.language.model.wire import MOST_BYTES, HttpWire
from tests.brain.language.model.scripted_server import KEY, Act, Handler, scripted


def drip(handler: Handler) -> None:
    """A header that never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(1000):
        handler.wfile.write(b"X-Drip: 1\r\n")
        handler.wfile.flush()
        if handler.server.ended.wait(0.02):
            return


def stalled_stream(handler: Handler) -> None:
    """A stream that begins well."""
    handler.send(b'data: {"choices": []}\n\n', kind="text/event-stream", length=10_000)
    handler.stall()


def endless(handler: Handler) -> None:
    """More than anybody wants."""
    handler.send(b" " * (MOST_BYTES + 1))


BROKEN: dict[str, tuple[str, Act]] = {
    "silence": ("model_timed_out", Handler.stall),
    "a header that drips": ("model_timed_out", drip),
    "a stream that stalls": ("model_timed_out", stalled_stream),
    "a body that is cut off": ("model_broken_stream", lambda handler: handler.send(b"{", length=99)),
    "a body without end": ("model_too_long", endless),
    "a hang-up": ("model_unreachable", lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)),
    "no HTTP": ("model_unreachable", lambda handler: handler.wfile.write(b"SSH-2.0-hello\r\n")),
}


def fault_of(settings: ModelSettings, timeout_s: float = 60.0) -> ModelFault:
    """Of an exchange."""
    with pytest.raises(ModelFault) as caught:
        HttpWire(settings).exchange(b"{}", timeout_s)
    assert KEY not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told_for_what_it_is(case: str) -> None:
    code, act = BROKEN[case]
    with scripted(act) as server:
        timeout_s = 0.4 if code == "model_timed_out" else 60.0
        assert fault_of(server.settings(), timeout_s).because.code == code


def test_nobody_there_is_told_with_the_address_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    fault = fault_of(ModelSettings(url=f"http://127.0.0.1:{port}/v1", model="m", key=KEY))
    assert fault.because.code == "model_unreachable"
    assert f"127.0.0.1:{port}" in str(fault)


def test_a_right_answer_comes_whole_and_the_key_goes_in_its_header() -> None:
    with scripted(lambda handler: handler.send('{"a": "缝"}'.encode())) as server:
        answer = HttpWire(server.settings()).exchange(b'{"b": 1}', 60.0)
    assert (answer.status, answer.streamed, answer.body) == (200, False, '{"a": "缝"}'.encode())
    [(path, headers, body)] = server.requests
    assert (path, headers["Authorization"], body) == ("/v1/chat/completions", f"Bearer {KEY}", b'{"b": 1}')


def test_a_redirection_is_not_followed() -> None:
    def away(handler: Handler) -> None:
        handler.send_response(307)
        handler.send_header("Location", f"http://127.0.0.1:{handler.server.server_port}/elsewhere")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with scripted(away) as server:
        assert HttpWire(server.settings()).exchange(b"{}", 60.0).status == 307
        assert len(server.requests) == 1


def test_a_server_that_says_the_key_back_does_not_get_it_on_record() -> None:
    with scripted(lambda handler: handler.send(f'{{"echo": "{KEY}"}}'.encode())) as server:
        assert KEY.encode() not in HttpWire(server.settings()).exchange(b"{}", 60.0).body
