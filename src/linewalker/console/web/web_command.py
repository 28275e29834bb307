"""``linewalker console``: says where the page is, and serves it."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linewalker.console.bearer import Address, Token, listening, read_token
from linewalker.console.web.application import application
from linewalker.console.web.beside import HOST, PORT, end_with_parent
from linewalker.console.web.serving import serve
from linewalker.errors import InputError

TOKEN_VARIABLE = "LINEWALKER_CONSOLE_TOKEN"
DONE = 0


@dataclass(frozen=True, kw_only=True)
class ConsoleOptions:
    """Options of ``linewalker console``.

    Attributes:
        folders: of runs, or with such in them.
        host, port: where to listen; port 0: any that is free.
        opens: open the page in a browser.
        beside: it serves a command that started it, and ends with that.
        token_file: whose first line is the token; needed where other machines reach the address.
    """

    folders: Sequence[Path]
    host: str = HOST
    port: int = PORT
    token_file: Path | None = None
    opens: bool = False
    beside: bool = False


def serve_console(options: ConsoleOptions) -> int:
    """Serve until somebody ends it; returns the exit code.

    Raises:
        InputError: nobody can listen there, or a token is missing.
    """
    if options.beside:
        end_with_parent()
    address = Address(host=options.host, port=options.port)
    token = _token(address, options.token_file)
    with listening(address, "--port") as at:
        port = at.getsockname()[1]
        app = application(options.folders, Address(host=options.host, port=port), token, ahead=True)
        serve(app, at, lambda: _say(options, port, token))
    return DONE


def _token(address: Address, file: Path | None) -> Token | None:
    """On this machine alone none is needed."""
    if address.loopback and file is None:
        return None
    try:
        return read_token(address, file, TOKEN_VARIABLE)
    except InputError as error:
        raise InputError(error.problem, key="--host") from None


def _say(options: ConsoleOptions, port: int, token: Token | None) -> None:
    host = f"[{options.host}]" if ":" in options.host else options.host
    url = f"http://{host}:{port}/" + (f"?token={token.secret}" if token is not None and token.made_up else "")
    end = "" if options.beside else "   (read-only; end with Ctrl-C)   控制台（只读，按 Ctrl-C 结束）"
    print(f"console: {url}{end}", flush=True)
    if token is not None and not token.made_up:
        print("add ?token=... to the address, with the token of your file", file=sys.stderr, flush=True)
    if options.opens:
        webbrowser.open(url)
