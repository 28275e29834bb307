"""Who may connect over HTTP: whoever knows the token. Nobody else gets an answer, and none learns it from the time."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from linewalker.errors import InputError
from linewalker.plantfile import read_text

_FEWEST_LETTERS = 16

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @classmethod
    def of_text(cls, text: str) -> Address:
        """``127.0.0.1:8765``, ``[::1]:8765``, ``:8765`` or ``8765``.

        Raises:
            InputError: it is none.
        """
        host, _, port = text.rpartition(":")
        if not port.isascii() or not port.isdigit() or int(port) > 65535:
            raise InputError(f"'{text}' is no address; expected HOST:PORT, such as 127.0.0.1:8765")
        return cls(host=host.strip("[]") or "127.0.0.1", port=int(port))

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, kw_only=True)
class Token:
    """What a client has to know.

    Attributes:
        secret: never printed, but by whoever made it up.
        made_up: nobody gave one, so it is new.
    """

    secret: str = field(repr=False)
    made_up: bool = False

    def __post_init__(self) -> None:
        if len(self.secret) < _FEWEST_LETTERS or not self.secret.isascii() or not self.secret.isprintable():
            problem = (
                f"a token has at least {_FEWEST_LETTERS} printable ASCII letters; make one with: openssl rand -hex 32"
            )
            raise InputError(problem)


def read_token(
    address: Address, file: Path | None, variable: str, environment: Mapping[str, str] | None = None
) -> Token:
    """The token that a file's first line or the environment gives; on this machine alone a new one will do.

    Args:
        variable: of the environment.

    Raises:
        InputError: others reach the address and no token was given, or it is too short.
    """
    given = (os.environ if environment is None else environment).get(variable, "")
    if file is not None:
        given = (read_text(file).splitlines() or [""])[0].strip()
    if given or file is not None:
        return Token(secret=given)
    if not address.loopback:
        raise InputError(
            f"{address.host} is reached by other machines: give a token with --token-file FILE or in {variable}"
        )
    return Token(secret=secrets.token_urlsafe(32), made_up=True)


class BearerGate:
    """An ASGI application in front of another one, which only requests with the token reach.

    Args:
        app: the other one.
        token: what they have to bring, as ``Authorization: Bearer TOKEN``.
    """

    def __init__(self, app: App, token: Token):
        self._app = app
        self._digest = _digest(token.secret.encode())

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        if scope["type"] == "lifespan" or (scope["type"] == "http" and self.accepts(scope["headers"])):
            await self._app(scope, receive, send)
            return
        body = b'{"error": "unauthorized: send Authorization: Bearer TOKEN, with the token of this station"}'
        headers = [(b"content-type", b"application/json"), (b"www-authenticate", b"Bearer")]
        await send({"type": "http.response.start", "status": 401, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def accepts(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether exactly one header brings the token; digests are compared, in the same time for any."""
        brought = [value for name, value in headers if name.lower() == b"authorization"]
        if len(brought) != 1:
            return False
        scheme, _, secret = brought[0].partition(b" ")
        return scheme.lower() == b"bearer" and hmac.compare_digest(_digest(secret.strip()), self._digest)


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()


def listening(address: Address, option: str) -> socket.socket:
    """A socket at an address; ``option`` is where another one is chosen.

    Raises:
        InputError: nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address.host, address.port))
    except (OSError, OverflowError) as error:
        found.close()
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"can not listen at {address.host}:{address.port}: {why}; choose another {option}", key=option
        ) from None
    return found
