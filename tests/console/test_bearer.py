"""Who does not know the token gets nothing; where others can connect, nobody makes one up silently."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from linewalker.console.bearer import Address, BearerGate, Token, read_token
from linewalker.errors import InputError

TOKEN = Token(secret="0123456789abcdef")
HERE = Address(host="127.0.0.1", port=8765)
VARIABLE = "LINEWALKER_A_TOKEN"
EVERYWHERE = Address(host="0.0.0.0", port=8765)


@pytest.mark.parametrize(
    ("text", "host", "port", "loopback"),
    [
        ("127.0.0.1:8765", "127.0.0.1", 8765, True),
        (":0", "127.0.0.1", 0, True),
        ("8765", "127.0.0.1", 8765, True),
        ("[::1]:80", "::1", 80, True),
        ("localhost:80", "localhost", 80, True),
        ("0.0.0.0:80", "0.0.0.0", 80, False),
        ("10.0.0.7:80", "10.0.0.7", 80, False),
        ("localhost.evil.example:80", "localhost.evil.example", 80, False),
    ],
)
def test_an_address_says_whether_others_reach_it(text: str, host: str, port: int, loopback: bool) -> None:
    address = Address.of_text(text)
    assert (address.host, address.port, address.loopback) == (host, port, loopback)


@pytest.mark.parametrize("text", ["", "host", "host:", "host:a", "host:-1", "host:65536", "host:٣"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(InputError, match="is no address"):
        Address.of_text(text)


def test_a_token_is_read_or_on_this_machine_made_up(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN.secret + "\nmore\n", encoding="utf-8")
    assert read_token(EVERYWHERE, file, VARIABLE, {}) == TOKEN
    assert read_token(EVERYWHERE, None, VARIABLE, {VARIABLE: TOKEN.secret}) == TOKEN
    made = read_token(HERE, None, VARIABLE, {})
    assert made.made_up
    assert made != read_token(HERE, None, VARIABLE, {})
    assert TOKEN.secret not in repr(TOKEN)
    with pytest.raises(InputError, match="reached by other machines"):
        read_token(EVERYWHERE, None, VARIABLE, {})


@pytest.mark.parametrize("secret", ["", "short", "0123456789abcde", "0123456789abcdeö", "0123456789abcde\n"])
def test_a_token_that_is_none_is_refused(secret: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least 16"):
        Token(secret=secret)
    file = tmp_path / "token"
    file.write_text("short\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_token(HERE, file, VARIABLE, {})


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ([(b"authorization", b"Bearer 0123456789abcdef")], True),
        ([(b"Authorization", b"bearer 0123456789abcdef")], True),
        ([], False),
        ([(b"authorization", b"")], False),
        ([(b"authorization", b"Bearer")], False),
        ([(b"authorization", b"Bearer 0123456789abcdee")], False),
        ([(b"authorization", b"Bearer 0123456789abcdef0")], False),
        ([(b"authorization", b"Basic 0123456789abcdef")], False),
        ([(b"authorization", b"0123456789abcdef")], False),
        ([(b"x-token", b"Bearer 0123456789abcdef")], False),
        ([(b"authorization", b"Bearer 0123456789abcdef"), (b"authorization", b"Bearer x")], False),
    ],
)
def test_only_the_token_lets_a_request_through(headers: list[tuple[bytes, bytes]], accepted: bool) -> None:
    reached, sent = [], []

    async def app(scope: object, _receive: object, _send: object) -> None:
        reached.append(scope)

    async def send(message: dict) -> None:
        sent.append(message)

    gate = BearerGate(app, TOKEN)
    anyio.run(gate, {"type": "http", "headers": headers}, None, send)
    assert bool(reached) is accepted
    assert [message.get("status") for message in sent[:1]] == ([] if accepted else [401])
    anyio.run(gate, {"type": "websocket", "headers": headers}, None, send)
    assert len(reached) == accepted
