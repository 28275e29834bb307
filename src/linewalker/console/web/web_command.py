"""``linewalker console``: says where the page is, and serves it."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linewalker.console.bearer import Address, Token, listening, read_token
from linewalker.console.web.application import application
from linewalker.console.web.beside import HOST, PORT, end_with_parent
from linewalker.console.web.operators import Operators
from linewalker.console.web.serving import serve
from linewalker.errors import InputError
from linewalker.messages.catalogue import say

TOKEN_VARIABLE, OPERATORS_VARIABLE = "LINEWALKER_CONSOLE_TOKEN", "LINEWALKER_CONSOLE_OPERATORS"
DONE = 0


@dataclass(frozen=True, kw_only=True)
class ConsoleOptions:
    """Options of ``linewalker console``.

    Attributes:
        folders: of runs, or with such in them.
        host, port: where to listen; port 0: any that is free.
        opens: open the page in a browser.
        beside: it serves a command that started it, and ends with that.
        bridge: folder of a recorded run that is shown until there is one of these.
        token_file: whose first line is the token; needed where other machines reach the address.
        operators: file of who may act; None: the one that `OPERATORS_VARIABLE` names, else nobody.
    """

    folders: Sequence[Path]
    host: str = HOST
    port: int = PORT
    token_file: Path | None = None
    operators: Path | None = None
    opens: bool = False
    beside: bool = False
    bridge: Path | None = None


def serve_console(options: ConsoleOptions) -> int:
    """Serve until somebody ends it; returns the exit code.

    Raises:
        InputError: nobody can listen there, or a token is missing.
    """
    if options.beside:
        end_with_parent()
    address = Address(host=options.host, port=options.port)
    token, operators = _token(address, options.token_file), _operators(options.operators)
    with listening(address, "--port") as at:
        port = at.getsockname()[1]
        app = application(
            options.folders, Address(host=options.host, port=port), token, operators, bridge=options.bridge, ahead=True
        )
        serve(app, at, lambda: _say(options, port, token, acts=operators is not None))
    return DONE


def _token(address: Address, file: Path | None) -> Token | None:
    """On this machine alone none is needed."""
    if address.loopback and file is None:
        return None
    try:
        return read_token(address, file, TOKEN_VARIABLE)
    except InputError as error:
        raise InputError(error.problem, key="--host") from None


def _operators(file: Path | None) -> Operators | None:
    named = os.environ.get(OPERATORS_VARIABLE, "")
    if file is None and not named:
        return None
    return Operators.read(file if file is not None else Path(named))


def _say(options: ConsoleOptions, port: int, token: Token | None, *, acts: bool) -> None:
    host = f"[{options.host}]" if ":" in options.host else options.host
    url = f"http://{host}:{port}/" + (f"?token={token.secret}" if token is not None and token.made_up else "")
    kind = "operators may act" if acts else "read-only"
    told = f"console: {url}" if options.beside else f"console: {url}   ({kind}; end with Ctrl-C)"
    print(say(told), flush=True)
    if token is not None and not token.made_up:
        print(say("add ?token=... to the address, with the token of your file"), file=sys.stderr, flush=True)
    if options.opens:
        webbrowser.open(url)
