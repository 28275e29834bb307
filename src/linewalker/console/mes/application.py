"""The REST interface as an application: routes, answers and refusals, as openapi.json describes them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from linewalker.console.mes.documents import announced_document, notice_from, problem
from linewalker.errors import InputError, StorageFault
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.orders.order_notice import Fate, OrderConflict
from linewalker.factory.outbox.parcel import parcels
from linewalker.factory.records.archive import read_job
from linewalker.factory.records.car_lines import json_text
from linewalker.factory.records.database import are_there
from linewalker.modeloptions import ModelOptions

MOST_BYTES, MOST_ORDERS, MOST_RESULTS = 2**20, 5000, 100
_SOURCE = "REST"

Answer = tuple[int, Any]


@dataclass(frozen=True, kw_only=True)
class Counter:
    """What the interface hands over.

    Attributes:
        orders: where announced orders go.
        records: of the station; they need not be there yet.
        models: what can be ordered; None: anything.
    """

    orders: OrderBook
    records: Path
    models: Mapping[str, ModelOptions] | None = None

    def put_order(self, vin: str, body: bytes) -> Answer:
        """One order."""
        fate = self.orders.take([notice_from(_parsed(body), self.models, vin=vin)], _SOURCE)[0]
        return 201 if fate is Fate.NEW else 200, {"vin": vin, "fate": fate.value}

    def post_orders(self, body: bytes) -> Answer:
        """Many of them, or none."""
        listed = _parsed(body)
        if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_ORDERS:
            raise InputError(f"a list of 1 to {MOST_ORDERS} orders is expected")
        notices = []
        for number, document in enumerate(listed):
            try:
                notices.append(notice_from(document, self.models))
            except InputError as error:
                return 422, problem(422, error, number=number)
        fates = self.orders.take(notices, _SOURCE)
        told = [{"vin": notice.order.vin, "fate": fate.value} for notice, fate in zip(notices, fates)]
        return 200, {"orders": told}

    def get_order(self, vin: str) -> Answer:
        """One of them."""
        found = self.orders.find(vin)
        if found is None:
            return 404, problem(404, InputError(f"no order of {vin} was announced"))
        return 200, announced_document(found)

    def get_orders(self) -> Answer:
        """Those that wait."""
        return 200, {"orders": [announced_document(found) for found in self.orders.waiting()]}

    def get_results(self, after: int, limit: int) -> Answer:
        """What was committed, in that order."""
        if not are_there(self.records):
            return 200, {"results": [], "next": after}
        found = parcels(self.records, after=after, at_most=limit)
        following = found[-1].position if found else after
        return 200, {"results": [parcel.document for parcel in found], "next": following}

    def get_car(self, vin: str) -> Answer:
        """What is on record of one car."""
        runs = read_job(self.records, vin) if are_there(self.records) else ()
        cars = [job.result.document() for run in runs for job in run.jobs]
        if not cars:
            return 404, problem(404, InputError(f"nothing is on record of {vin}"))
        return 200, {"cars": cars}


def application(counter: Counter) -> Starlette:
    """The application; who may call it is asked in front of it."""
    description = files("linewalker.console.mes").joinpath("openapi.json").read_bytes()

    async def openapi(_request: Request) -> Response:
        return Response(description, media_type="application/json")

    routes = [
        Route("/openapi.json", openapi),
        Route("/orders", _answering(lambda _: counter.get_orders()), methods=["GET"]),
        Route("/orders", _answering(lambda asked: counter.post_orders(asked.body)), methods=["POST"]),
        Route("/orders/{vin}", _answering(lambda asked: counter.get_order(asked.vin)), methods=["GET"]),
        Route("/orders/{vin}", _answering(lambda asked: counter.put_order(asked.vin, asked.body)), methods=["PUT"]),
        Route("/results", _answering(lambda asked: counter.get_results(*asked.page)), methods=["GET"]),
        Route("/cars/{vin}", _answering(lambda asked: counter.get_car(asked.vin)), methods=["GET"]),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _http_problem, Exception: _our_fault})


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A request, as far as it matters."""

    vin: str
    body: bytes
    query: Mapping[str, str]

    @property
    def page(self) -> tuple[int, int]:
        """Behind which position, and how many."""
        for name in self.query:
            if name not in ("after", "limit"):
                raise InputError("no such parameter; after and limit there are", key=name)
        return self._number("after", 0, 0, 2**53), self._number("limit", MOST_RESULTS, 1, MOST_RESULTS)

    def _number(self, name: str, otherwise: int, least: int, most: int) -> int:
        text = self.query.get(name, str(otherwise))
        if not (text.isascii() and text.isdigit() and len(text) < 18 and least <= int(text) <= most):
            raise InputError(f"is a whole number from {least} to {most}", key=name)
        return int(text)


def _answering(call: Callable[[_Asked], Answer]) -> Callable[[Request], Awaitable[Response]]:
    """The call is made in a thread, for it waits for the disk; its errors become answers."""

    async def answer(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        asked = _Asked(vin=request.path_params.get("vin", ""), body=body, query=request.query_params)
        try:
            status, said = await run_in_threadpool(call, asked)
        except OrderConflict as conflict:
            number = None if conflict.line is None or request.method == "PUT" else conflict.line - 1
            status, said = 409, problem(409, conflict, number=number)
        except InputError as error:
            status, said = 422, problem(422, error)
        except StorageFault as fault:
            status, said = 503, {"status": 503, "detail": str(fault)}
        return _response(status, said)

    return answer


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"more than {MOST_BYTES} bytes; send several lists")
    return body


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:  # a UnicodeDecodeError is one, too
        raise InputError(f"not JSON: {error}") from None


def _response(status: int, said: object) -> Response:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Response(json_text(said).encode(), status, media_type=kind)


async def _http_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = _response(error.status_code, {"status": error.status_code, "detail": error.detail})
    said.headers.update(error.headers or {})
    return said


async def _our_fault(_request: Request, _error: Exception) -> Response:
    return _response(500, {"status": 500, "detail": "a fault of this program; its log says more"})
