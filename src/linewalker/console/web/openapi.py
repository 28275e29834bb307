"""The interface in OpenAPI 3.1, made of the routes themselves: none can be forgotten."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import linewalker
from linewalker.console.web.asking import Json

_ASKED: dict[str, tuple[str, str]] = {
    "run": ("string", "Id of a run, as /api/runs lists them."),
    "motion": ("string", "Name of a motion of the run, as /api/motions lists them."),
    "from": ("number", "Time, s since the shift began; of /api/history and /api/series a date."),
    "to": ("number", "As from, and not included; of dates the whole day."),
    "at": ("number", "Time, s since the shift began."),
    "file": ("string", "Path of a picture as a verdict names it."),
    "model": ("string", "Model of cars."),
    "side": ("string", "left, right or middle."),
    "id": ("string", "Of a characteristic."),
    "most": ("number", "So many points at most, the newest."),
}
PARAMETERS: dict[str, tuple[str, ...]] = {
    "/api/cars": ("run",),
    "/api/evidence": ("run", "file"),
    "/api/report": ("run",),
    "/api/journal": ("run",),
    "/api/line": ("run",),
    "/api/acts": ("run",),
    "/api/motions": ("run",),
    "/api/frames": ("run", "motion", "from", "to"),
    "/api/balance": ("run", "motion", "from", "to"),
    "/api/lasers": ("run", "motion", "from", "to"),
    "/api/picture": ("run", "motion", "at"),
    "/api/live": ("run",),
    "/api/shapes/robot": ("run",),
    "/api/shapes/car": ("model",),
    "/api/history": ("model", "side", "from", "to"),
    "/api/series": ("model", "id", "from", "to", "most"),
    "/api/series.csv": ("model", "id", "from", "to"),
}
_TYPES = {
    "/api/evidence": "image/*",
    "/api/report": "text/html",
    "/api/frames": "application/octet-stream",
    "/api/balance": "application/octet-stream",
    "/api/picture": "image/jpeg",
    "/api/live": "text/event-stream",
    "/api/shapes/robot": "application/octet-stream",
    "/api/shapes/car": "application/octet-stream",
    "/api/series.csv": "text/csv",
    "/metrics": "text/plain",
}


def openapi_document(routes: Sequence[Route]) -> dict[str, Any]:
    """The document of some routes."""
    told = [route for route in routes if route.path.startswith("/api/") or route.path == "/metrics"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Linewalker console",
            "version": linewalker.__version__,
            "description": "Read-only, but for operators. Times are robot times, s since the shift began, where "
            "nothing else is said.",
        },
        "paths": {route.path: {_verb(route): _operation(route)} for route in told},
    }


def _verb(route: Route) -> str:
    return "post" if "POST" in (route.methods or ()) else "get"


def _operation(route: Route) -> dict[str, Any]:
    text = inspect.getdoc(route.endpoint) or ""
    parameters = [
        {"name": name, "in": "query", "description": _ASKED[name][1], "schema": {"type": _ASKED[name][0]}}
        for name in PARAMETERS.get(route.path, ())
    ]
    content: dict[str, Any] = {_TYPES.get(route.path, "application/json"): {}}
    sent = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}
    return (sent if _verb(route) == "post" else {}) | {
        "summary": text.splitlines()[0] if text else route.path,
        "description": text,
        "parameters": parameters,
        "responses": {
            "200": {"description": "found", "content": content},
            "400": {"description": "the request makes no sense"},
            "403": {"description": "this needs an operator"},
            "404": {"description": "there is no such thing"},
        },
    }


def openapi_route(routes: Sequence[Route]) -> Route:
    """Where the document is asked for."""

    def openapi(_request: Request) -> Response:
        """This document."""
        return Json(openapi_document([*routes, found]))

    found = Route("/api/openapi.json", openapi)
    return found
