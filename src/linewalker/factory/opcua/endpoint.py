"""Where a station listens. Apart from what needs an OPC UA library, so that a command line can name it at once."""

from __future__ import annotations

from linewalker.factory.listening import host_and_port

DEFAULT_PORT = 4840
"""The one that is registered for OPC UA."""
DEFAULT_ENDPOINT = f"opc.tcp://127.0.0.1:{DEFAULT_PORT}/linewalker"
ANY_PORT = "opc.tcp://127.0.0.1:0/linewalker"
"""Any port of this machine that is free."""


def check_endpoint(url: str) -> tuple[str, int]:
    """Host and port of an endpoint URL.

    Raises:
        InputError: not of the form ``opc.tcp://HOST:PORT/NAME``.
    """
    return host_and_port(url, DEFAULT_ENDPOINT)
