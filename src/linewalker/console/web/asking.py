"""What requests ask for, and how answers are written."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from linewalker.console.web.library import Library, RunEntry, UnknownRun
from linewalker.errors import InputError


class Json(JSONResponse):
    """JSON without blanks; text stays as it is written."""

    def render(self, content: Any) -> bytes:
        """The bytes of it."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


class BadRequest(Exception):
    """A request that makes no sense; the message says what was expected."""


def library(request: Request) -> Library:
    """The runs that are shown."""
    found: Library = request.app.state.library
    return found


def asked_run(request: Request) -> RunEntry:
    """The run a request names with ``run``.

    Raises:
        UnknownRun: there is none of that name.
    """
    return library(request).run(request.query_params.get("run", ""))


def number(request: Request, name: str, default: float) -> float:
    """A number in a request.

    Raises:
        BadRequest: it is none.
    """
    text = request.query_params.get(name)
    try:
        value = default if text is None else float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise BadRequest(f"{name} is {text!r}; expected a number")
    return value


def unless_known(request: Request, state: object, make: Callable[[], Any]) -> Response:
    """What ``make`` gives, as JSON; but only that nothing is new, if whoever asks has what was so at this ``state``."""
    tag = f'"{hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Json(make(), headers=headers)


def refused(status: int) -> Callable[[Request, Exception], Response]:
    """Tells an error as JSON, with a status."""

    def answer(_request: Request, error: Exception) -> Response:
        return Json({"error": str(error)}, status_code=status)

    return answer


REFUSALS: Mapping[Any, Callable[[Request, Exception], Response]] = {
    UnknownRun: refused(404),
    BadRequest: refused(400),
    InputError: refused(409),
}
"""How errors are told."""
