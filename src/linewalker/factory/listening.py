"""Where a station listens, and what to say when it can not."""

from __future__ import annotations

import errno
import socket
from urllib.parse import urlsplit

from linewalker.errors import InputError, LinewalkerError, StationFault

_BACKLOG = 64


def host_and_port(url: str, example: str) -> tuple[str, int]:
    """Host and port of an endpoint URL.

    Args:
        url: what somebody wrote.
        example: an endpoint of the scheme that is wanted.

    Raises:
        InputError: not of the form of the example.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None or parts.scheme != urlsplit(example).scheme:
        raise InputError(f"'{url}' is not an endpoint; write {example}", key="endpoint")
    return host, port


def listen_at(url: str, host: str, port: int) -> socket.socket:
    """A socket that listens at an endpoint.

    Raises:
        InputError: the port is taken or may not be used; says what to do.
        StationFault: whatever else is in the way.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG, dualstack_ipv6=both)
    except OSError as error:
        raise _can_not_listen(error, url, host, port) from None


def with_port(url: str, port: int) -> str:
    """An endpoint at another port."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return parts._replace(netloc=f"{host}:{port}").geturl()


def _can_not_listen(error: OSError, url: str, host: str, port: int) -> LinewalkerError:
    place = f"port {port} of {host}"
    if error.errno == errno.EADDRINUSE:
        free = with_port(url, port + 1)
        return InputError(
            f"{place} is in use; stop the program that uses it or choose another port with --endpoint {free}",
            key="endpoint",
        )
    if error.errno == errno.EACCES:
        return InputError(f"{place} is not allowed to this user; choose a port above 1023", key="endpoint")
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return InputError(
            f"{host} is no address of this machine; write 127.0.0.1, or 0.0.0.0 for every network", key="endpoint"
        )
    return StationFault(f"can not listen at {place}: {error.strerror}")
