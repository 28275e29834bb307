"""What operators may do at the page: stop the robot, say that they have seen a fault, give leave to a proposal.

Everybody who reaches the console looks; only whoever brings an operator's token acts. Every act is on disk with who
did it from where; a station hears of a stop from there.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linewalker.brain.language.interpretation import Because
from linewalker.console.web.asking import BadRequest, Json, asked_run, library
from linewalker.console.web.library import RunEntry, UnknownRun
from linewalker.console.web.operators import COOKIE, ROLE, Operators
from linewalker.errors import InputError
from linewalker.station.acts import Act, read_acts, write_act
from linewalker.station.approval.leave import approve, reject
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.proposal import Filed, ProposalState
from linewalker.station.approval.proposal_book import ProposalBook
from linewalker.station.run_folder import PROPOSALS_FILE

_LONGEST_BODY, _MOST_ACTS, _MOST_PROPOSALS = 4096, 200, 50
_WRONG_TOKEN_S = 1.0


class NotAllowed(Exception):
    """Whoever asks is no operator."""


def operators(request: Request) -> Operators:
    """Who may act."""
    known: Operators = request.app.state.operators
    return known


def operator(request: Request) -> str:
    """Name of the operator who asks.

    Raises:
        NotAllowed: it is none.
    """
    kind, _, brought = request.headers.get("authorization", "").partition(" ")
    secret = brought.strip() if kind.lower() == "bearer" else request.cookies.get(COOKIE, "")
    name = operators(request).named(secret)
    if name is None:
        raise NotAllowed("this needs an operator: sign in with an operator's token")
    return name


def me(request: Request) -> Response:
    """Who asks: ``role``, viewer or operator, ``name``, and whether anybody can act here at all."""
    try:
        name = operator(request)
    except NotAllowed:
        return Json({"role": "viewer", "name": "", "acts": bool(operators(request))})
    return Json({"role": ROLE, "name": name, "acts": True})


async def sign_in(request: Request) -> Response:
    """Take an operator's ``token`` for this browser, as a cookie that no script reads; an empty one signs out."""
    secret = str((await _body(request)).get("token", ""))
    name = operators(request).named(secret) if secret else ""
    if name is None:
        await asyncio.sleep(_WRONG_TOKEN_S)
        raise NotAllowed("this is no operator's token")
    answer = Json({"role": ROLE if name else "viewer", "name": name, "acts": bool(operators(request))})
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", max_age=None if name else 0)
    return answer


def acts(request: Request) -> Response:
    """What operators did at the run's folder, the newest last, and what waits for their leave."""
    entry = asked_run(request)
    found, _ = read_acts(entry.folder)
    return Json({"acts": found[-_MOST_ACTS:], "proposals": [_proposal(one) for one in _proposals(entry)]})


async def act(request: Request) -> Response:
    """Do something: ``what`` is stop, acknowledge, approve or reject; of a ``run``, with ``why``.

    An acknowledgement names what it is ``about``. Leave names the proposal by its ``id``, with the operator's
    ``passphrase`` where the folder has a key.
    """
    name, body = operator(request), await _body(request)
    try:
        what = Act(body.get("what", ""))
    except ValueError:
        raise BadRequest(f"what is {body.get('what')!r}; expected {', '.join(Act)}") from None
    entry = library(request).run(str(body.get("run", "")))
    host = request.client.host if request.client is not None else ""
    return await run_in_threadpool(_done, entry, what, body, name, host)


def _done(entry: RunEntry, what: Act, body: Mapping[str, Any], who: str, host: str) -> Response:
    more = {key: str(body[key]) for key in ("why", "about", "id") if body.get(key)}
    if what in (Act.APPROVE, Act.REJECT) and (because := _decided(entry, what, body, who)) is not None:
        return Json({"error": because.title.en, "zh": because.title.zh}, status_code=409)
    return Json(write_act(entry.folder, what, who=who, role=ROLE, host=host, **more))


def _decided(entry: RunEntry, what: Act, body: Mapping[str, Any], who: str) -> Because | None:
    book, wanted, by = _book(entry), str(body.get("id", "")), f"{who} at the console"
    if book is None or book.find(wanted) is None:
        raise UnknownRun("there is no such proposal here")
    if what is Act.REJECT:
        return reject(book, wanted, by=by)
    key, passphrase = OperatorKey.read(entry.folder), str(body.get("passphrase", ""))
    if key is not None and not passphrase:
        raise InputError("the operator's passphrase is needed")
    return approve(book, wanted, by=by, now_s=time.time(), key=key, passphrase=passphrase)


def _book(entry: RunEntry) -> ProposalBook | None:
    path = entry.folder / PROPOSALS_FILE
    return ProposalBook(path, time.time) if path.is_file() else None


def _proposals(entry: RunEntry) -> tuple[Filed, ...]:
    book = _book(entry)
    return () if book is None else book.all()[-_MOST_PROPOSALS:]


def _proposal(filed: Filed) -> dict[str, Any]:
    proposal = filed.proposal
    waits = filed.state is ProposalState.PROPOSED and time.time() < proposal.expires_s and not filed.altered
    return {
        "id": filed.id,
        "robot": proposal.robot,
        "read_back": {"zh": proposal.read_back.zh, "en": proposal.read_back.en},
        "order": proposal.order,
        "goals": [dict(goal) for goal in proposal.goals],
        "state": filed.state.value,
        "waits": waits,
        "by": filed.by,
        "expires_s": proposal.expires_s,
    }


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object of a request.

    Raises:
        BadRequest: it is none, or too long.
    """
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > _LONGEST_BODY:
            raise BadRequest(f"expected at most {_LONGEST_BODY} bytes")
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadRequest("expected a JSON object")
    return found


def not_allowed(_request: Request, error: Exception) -> Response:
    """Tells that it is none."""
    return Json({"error": str(error)}, status_code=403)


REFUSALS: Mapping[Any, Callable[[Request, Exception], Response]] = {NotAllowed: not_allowed}
_DEEDS = [Route("/api/sign-in", sign_in, methods=["POST"]), Route("/api/act", act, methods=["POST"])]
ROUTES = [Route("/api/me", me), Route("/api/acts", acts), *_DEEDS]
DEEDS = frozenset(route.path for route in _DEEDS)
"""What changes something; nothing else of the console does."""
