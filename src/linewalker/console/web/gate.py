"""Who gets an answer: this machine alone, or whoever brings the token; and what no answer goes without.

A browser brings the token once, in the address it was told, and in a cookie from then on. A page of another site that
has this machine's name resolved to itself (DNS rebinding) is told by the name it calls us.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from linewalker.console.bearer import Address, App, Message, Token

Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
COOKIE = "linewalker_console"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
_HEADERS = (
    (b"content-security-policy", b"default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; "
                                 b"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)  # fmt: skip


class Gate:
    """An ASGI application in front of another one.

    Args:
        app: the other one.
        address: where it listens.
        token: what has to be brought; None on an address that only this machine reaches.
        deeds: paths that something may be sent to; all else is read-only.
    """

    def __init__(self, app: App, address: Address, token: Token | None, deeds: frozenset[str] = frozenset()):
        self._app, self._token, self._deeds = app, token, deeds
        self._names = _LOOPBACK if address.loopback else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        brought = _query_token(scope) if self._token is not None else ""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", []))
                named = {name for name, _ in own}
                headers = [*own, *((name, value) for name, value in _HEADERS if name not in named)]
                if brought:
                    cookie = f"{COOKIE}={brought}; Path=/; HttpOnly; SameSite=Strict"
                    headers.append((b"set-cookie", cookie.encode()))
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_on)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        if self._names is not None and _host(scope["headers"]) not in self._names:
            return 421, "this console answers on this machine only, by the name localhost or 127.0.0.1"
        if self._token is not None and not self._known(scope):
            return 401, "open the address that the console printed when it was started; it has the token in it"
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST" or scope["path"] not in self._deeds:
            return 405, "this console is read-only"
        return None if _from_here(scope["headers"]) else (403, "this was sent by a page of another site")

    def _known(self, scope: Message) -> bool:
        assert self._token is not None
        secret = self._token.secret.encode()
        return any(hmac.compare_digest(brought.encode(), secret) for brought in _brought(scope))


def _brought(scope: Message) -> Iterable[str]:
    """Tokens in the address, the cookie and the header of a request."""
    yield _query_token(scope)
    for name, value in scope["headers"]:
        text = value.decode("latin-1")
        if name == b"authorization" and text.lower().startswith("bearer "):
            yield text[len("bearer ") :].strip()
        elif name == b"cookie":
            try:
                cookies = SimpleCookie(text)
            except CookieError:
                continue
            if COOKIE in cookies:
                yield cookies[COOKIE].value


def _query_token(scope: Message) -> str:
    return parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]


def _host(headers: Iterable[tuple[bytes, bytes]]) -> str:
    named = next((value.decode("latin-1") for name, value in headers if name == b"host"), "")
    name, colon, port = named.rpartition(":")
    return name if colon and port.isdigit() else named


def _from_here(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether our own page sends this, or no browser at all: JSON, which no form of another site can send."""
    given = {name: value.decode("latin-1") for name, value in headers}
    origin, kind = given.get(b"origin"), given.get(b"content-type", "").partition(";")[0].strip()
    return kind == "application/json" and (origin is None or origin.partition("://")[2] == given.get(b"host", ""))


async def _answer(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
