"""The console as an ASGI application: the page, and the interface it and others read by."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from linewalker.console.bearer import Address, Token
from linewalker.console.web import (
    act_routes,
    history_routes,
    line_routes,
    live_stream,
    motion_routes,
    record_routes,
    shape_routes,
)
from linewalker.console.web.asking import REFUSALS
from linewalker.console.web.gate import Gate
from linewalker.console.web.history_index import HistoryIndex
from linewalker.console.web.library import Library
from linewalker.console.web.openapi import openapi_route
from linewalker.console.web.operators import Operators

_HERE = Path(__file__).parent
_PAGE, _VENDOR = _HERE / "page", _HERE / "vendor"


def index(_request: Request) -> Response:
    """The page."""
    return FileResponse(_PAGE / "index.html", headers={"cache-control": "no-cache"})


def application(
    folders: Sequence[Path],
    address: Address,
    token: Token | None = None,
    operators: Operators | None = None,
    *,
    bridge: Path | None = None,
    ahead: bool = False,
) -> Gate:
    """What answers for these folders at an address.

    Args:
        folders: of runs, or with such in them.
        address: where it listens.
        token: without which nobody gets an answer; None: everybody who reaches it does.
        operators: who may act; None: nobody.
        bridge: folder of a recorded run that is shown until there is one in the others.
        ahead: read the history now, before anybody asks for it.
    """
    asked = [
        *motion_routes.ROUTES,
        *record_routes.ROUTES,
        *shape_routes.ROUTES,
        *history_routes.ROUTES,
        *line_routes.ROUTES,
        *live_stream.ROUTES,
        *act_routes.ROUTES,
    ]
    routes = [
        Route("/", index),
        *asked,
        openapi_route(asked),
        Mount("/page", StaticFiles(directory=_PAGE)),
        Mount("/vendor", StaticFiles(directory=_VENDOR)),
    ]
    app = Starlette(routes=routes, exception_handlers={**REFUSALS, **act_routes.REFUSALS, **history_routes.REFUSALS})
    library = Library(folders, bridge)
    app.state.library, app.state.history, app.state.followers = library, HistoryIndex(library), {}
    app.state.operators = operators or Operators()
    if ahead:
        threading.Thread(target=app.state.history.columns, name="history", daemon=True).start()
    return Gate(app, address, token, act_routes.DEEDS if operators else frozenset())
