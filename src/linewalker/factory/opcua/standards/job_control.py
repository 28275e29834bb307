"""The job orders of `job_orders` in a server: the list, its methods, its events, and the answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from asyncua import ua

from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.opcua.standards.calls import Caller, Calls
from linewalker.factory.opcua.standards.instances import Instance
from linewalker.factory.opcua.standards.job_orders import (
    MOST_ORDERS,
    JobOrder,
    NoOrder,
    OrderState,
    Status,
    read_order,
)
from linewalker.factory.opcua.standards.line_driver import LineDriver
from linewalker.factory.opcua.standards.model_server import Happening, ModelServer, structure
from linewalker.factory.opcua.standards.state_machine import StateMachine
from linewalker.factory.opcua.standards.told import ToldResult
from linewalker.factory.opcua.standards.vision_results import TakeOver

_RECEIVER, _PROVIDER, _STATUS_EVENT = 1002, 1003, 1006
_T, _S = ua.VariantType, OrderState
_WAITING = (_S.NOT_ALLOWED_TO_START, _S.ALLOWED_TO_START)
_METHODS = ("Store", "StoreAndStart", "Start", "RevokeStart", "Update", "Cancel", "Abort", "Clear")
_CLOSED = ("Stop", "Pause", "Resume")
_OPTIONAL = frozenset((*_METHODS, *_CLOSED, "CurrentState.Number"))


class JobControl:
    """See the module.

    Args:
        server: where it is shown.
        calls: where its methods are served.
        index: of the namespace of Job Control.
        parent: whose component it becomes.
        driver: through which its methods speak.
        take_over: see `TakeOver`.
    """

    def __init__(
        self,
        server: ModelServer,
        calls: Calls,
        *,
        index: int,
        parent: ua.NodeId,
        driver: LineDriver,
        take_over: TakeOver,
    ):
        self._server, self._index, self._driver, self._take_over = server, index, driver, take_over
        receiver = ua.NodeId(_RECEIVER, index)
        name = {"parent": parent, "index": server.own}
        self._receiver = Instance(server.space, receiver, name="Linewalker.JobOrders", optional=_OPTIONAL, **name)
        self._provider = Instance(
            server.space,
            ua.NodeId(_PROVIDER, index),
            name="Linewalker.JobResponses",
            optional=frozenset({"JobOrderResponseList"}),
            **name,
        )
        self._machine = StateMachine(server.space, receiver, self._receiver)
        self._changed = server.own_event_type("CarOrderStatusEventType", ua.NodeId(_STATUS_EVENT, index))
        server.promise(self._receiver, [self._changed])
        answers: dict[str, Callable[..., Awaitable[int]]] = {
            "Store": self._store,
            "StoreAndStart": self._store_and_start,
            "Start": self._start,
            "RevokeStart": self._revoke,
            "Update": self._update,
            "Cancel": self._cancel,
            "Abort": self._abort,
            "Clear": self._clear,
        }
        for method, answer in answers.items():
            calls.serve(self._receiver, method, self._answering(answer), acts=True)
        for method in _CLOSED:
            calls.close(self._receiver, method)
        calls.serve(self._provider, "RequestJobResponseByJobOrderID", self._response, acts=False)
        calls.serve(self._provider, "RequestJobResponseByJobOrderState", self._responses, acts=False)
        self._orders: dict[str, JobOrder] = {}

    @staticmethod
    def _answering(answer: Callable[..., Awaitable[int]]) -> Callable[..., Any]:
        async def call(caller: Caller, what: Any, _comment: Any) -> Sequence[Any]:
            return (int(await answer(caller, what)),)

        return call

    # ------------------------------------------------------------------ what it shows
    async def begin(self) -> None:
        """As it begins: with an empty list."""
        await self._show(self._receiver["MaxDownloadableJobOrders"], MOST_ORDERS, _T.UInt16)
        await self._machine.enter(None, self._server.show)
        await self._show_lists()

    async def follow(self, line: LineImage, now: StationImage, told: ToldResult | None) -> None:
        """Bring the orders to where the station is, and start the next one if it can."""
        for order in list(self._orders.values()):
            mine = order.names == (now.vin, now.sequence_no)
            if told is not None and mine and not order.over:
                order.told = told
                if order.state is not _S.RUNNING:
                    await self._move(order, _S.RUNNING)
                await self._move(order, _S.ENDED)
            elif mine and now.busy and order.state is _S.ALLOWED_TO_START:
                await self._move(order, _S.RUNNING)
            elif order.state is _S.RUNNING and not now.busy and not now.done:
                await self._move(order, _S.ABORTED)
        if now.ready and line.vehicle_in_place and not line.start_inspect:
            await self._start_next()

    async def _start_next(self) -> None:
        for order in self._orders.values():
            if order.state is _S.ALLOWED_TO_START and order.caller is not None:
                await self._driver.start(order.caller, order.content)
                return

    async def _move(self, order: JobOrder, state: OrderState) -> None:
        order.move(state)
        await self._machine.enter(self._machine.named(state.text), self._server.show)
        fields = {
            "JobOrder": structure(order.document),
            "JobState": ua.Variant([self._state(state)], _T.ExtensionObject, is_array=True),
            "JobResponse": structure(self._answer(order)),
        }
        message = f"{order.id}: {state.text}"
        await self._server.tell(Happening(type=self._changed, source=self._receiver, message=message, fields=fields))
        await self._show_lists()

    async def _show_lists(self) -> None:
        orders = self._orders.values()
        listed = [self._made(3015, JobOrder=one.document, State=[self._state(one.state)]) for one in orders]
        await self._show(self._receiver["JobOrderList"], listed, _T.ExtensionObject)
        answers = [self._answer(one) for one in orders]
        await self._show(self._provider["JobOrderResponseList"], answers, _T.ExtensionObject)

    async def _show(self, node: ua.NodeId, value: Any, kind: ua.VariantType) -> None:
        await self._server.show(node, ua.DataValue(ua.Variant(value, kind, is_array=isinstance(value, list))))

    def _made(self, identifier: int, **content: Any) -> Any:
        return ua.get_type(ua.NodeId(identifier, self._index))(**content)

    def _state(self, state: OrderState) -> Any:
        text = ua.LocalizedText(state.text, "en")
        return self._made(3006, BrowsePath=ua.RelativePath(), StateText=text, StateNumber=int(state))

    def _answer(self, order: JobOrder) -> Any:
        """A job response; empty where nothing came out yet."""
        data = []
        if (told := order.told) is not None:
            for name, value, kind in (
                ("VIN", told.vin, _T.String),
                ("SequenceNo", told.sequence, _T.UInt32),
                ("Result", int(told.result), _T.Byte),
                ("ResultReason", told.reason, _T.String),
                ("ResultJson", told.document, _T.String),
            ):
                data.append(self._made(3003, ID=name, Value=ua.Variant(value, kind)))
        return self._made(
            3013,
            JobResponseID=order.id,
            JobOrderID=order.id,
            StartTime=order.started,
            EndTime=order.ended,
            JobState=[self._state(order.state)],
            JobResponseData=data,
        )

    # ------------------------------------------------------------------ what is called
    async def _store(self, _: Caller, document: Any) -> int:
        try:
            order = read_order(document)
        except NoOrder:
            return Status.INVALID_REQUEST
        if order.id in self._orders:
            return Status.INVALID_STATE
        if len(self._orders) >= MOST_ORDERS:
            return Status.UNABLE
        self._orders[order.id] = order
        await self._move(order, _S.NOT_ALLOWED_TO_START)
        return Status.NO_ERROR

    async def _store_and_start(self, caller: Caller, document: Any) -> int:
        status = await self._store(caller, document)
        return status if status != Status.NO_ERROR else await self._start(caller, document.JobOrderID)

    async def _start(self, caller: Caller, id: str) -> int:
        if (order := self._orders.get(id)) is None:
            return Status.UNKNOWN_ID
        if order.state is not _S.NOT_ALLOWED_TO_START:
            return Status.INVALID_STATE
        order.caller = caller
        await self._move(order, _S.ALLOWED_TO_START)
        return Status.NO_ERROR

    async def _revoke(self, _: Caller, id: str) -> int:
        if (order := self._orders.get(id)) is None:
            return Status.UNKNOWN_ID
        if order.state is not _S.ALLOWED_TO_START:
            return Status.INVALID_STATE
        await self._move(order, _S.NOT_ALLOWED_TO_START)
        return Status.NO_ERROR

    async def _update(self, _: Caller, document: Any) -> int:
        try:
            order = read_order(document)
        except NoOrder:
            return Status.INVALID_REQUEST
        if (known := self._orders.get(order.id)) is None:
            return Status.UNKNOWN_ID
        if known.state not in _WAITING:
            return Status.INVALID_STATE
        known.document, known.content = order.document, order.content
        await self._move(known, known.state)
        return Status.NO_ERROR

    async def _cancel(self, _: Caller, id: str) -> int:
        return await self._drop(id, _WAITING)

    async def _abort(self, caller: Caller, id: str) -> int:
        if (order := self._orders.get(id)) is None:
            return Status.UNKNOWN_ID
        if order.over:
            return Status.INVALID_STATE
        if order.state is _S.RUNNING:  # the station says when it has stepped back
            code = await self._driver.say(caller, start_inspect=False)
            return Status.UNABLE if code else Status.NO_ERROR
        await self._move(order, _S.ABORTED)
        return Status.NO_ERROR

    async def _clear(self, caller: Caller, id: str) -> int:
        order = self._orders.get(id)
        told = None if order is None else order.told
        if told is not None and await self._take_over(caller, frozenset({told.job_id})):
            return Status.UNABLE
        return await self._drop(id, (_S.ENDED, _S.ABORTED))

    async def _drop(self, id: str, states: tuple[OrderState, ...]) -> int:
        if (order := self._orders.get(id)) is None:
            return Status.UNKNOWN_ID
        if order.state not in states:
            return Status.INVALID_STATE
        del self._orders[id]
        await self._show_lists()
        return Status.NO_ERROR

    async def _response(self, _: Caller, id: str) -> Sequence[Any]:
        order = self._orders.get(id)
        if order is None:
            return self._made(3013), int(Status.UNKNOWN_ID)
        return self._answer(order), int(Status.NO_ERROR)

    async def _responses(self, _: Caller, states: Any) -> Sequence[Any]:
        wanted = {state.StateNumber for state in states or ()}
        found = [self._answer(order) for order in self._orders.values() if order.state in wanted]
        return found, int(Status.NO_ERROR)
