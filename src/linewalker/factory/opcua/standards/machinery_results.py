"""OPC 40001-101 Machinery Result Transfer: the latest result, and those before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asyncua import ua

from linewalker.factory.opcua.standards.calls import Caller, Calls
from linewalker.factory.opcua.standards.instances import Instance
from linewalker.factory.opcua.standards.model_server import Happening, ModelServer, structure
from linewalker.factory.opcua.standards.told import Told, ToldResult
from linewalker.factory.opcua.standards.vision_results import COMPLETED, UNKNOWN, TakeOver

_MANAGEMENT, _RESULT_READY = 1004, 1002
_T = ua.VariantType
_OPTIONAL = frozenset({"AcknowledgeResults", "GetLatestResult", "GetResultById", "ReleaseResultHandle"})
_KINDS = {
    "ResultId": _T.String,
    "HasTransferableDataOnFile": _T.Boolean,
    "IsPartial": _T.Boolean,
    "ResultState": _T.Int32,
    "StepId": _T.String,
    "PartId": _T.String,
    "ExternalRecipeId": _T.String,
    "InternalRecipeId": _T.String,
    "ProductId": _T.String,
    "JobId": _T.String,
    "CreationTime": _T.DateTime,
    "ProcessingTimes": _T.ExtensionObject,
    "ResultEvaluation": _T.Int32,
    "ResultEvaluationDetails": _T.LocalizedText,
}


class MachineryResults:
    """See the module.

    Args:
        server: where they are shown.
        calls: where its methods are served.
        index: of the namespace of Machinery Result.
        parent: whose component they become.
        told: the results.
        take_over: see `TakeOver`.
    """

    def __init__(
        self, server: ModelServer, calls: Calls, *, index: int, parent: ua.NodeId, told: Told, take_over: TakeOver
    ):
        self._server, self._index, self._told, self._take_over = server, index, told, take_over
        self._object = Instance(
            server.space,
            ua.NodeId(_MANAGEMENT, index),
            parent=parent,
            name="Linewalker.ResultManagement",
            index=server.own,
            optional=_OPTIONAL,
        )
        self._ready = server.own_event_type("CarResultReadyEventType", ua.NodeId(_RESULT_READY, index))
        server.promise(self._object, [self._ready])
        calls.serve(self._object, "GetLatestResult", self._latest, acts=False)
        calls.serve(self._object, "GetResultById", self._by_id, acts=False)
        calls.serve(self._object, "ReleaseResultHandle", self._release, acts=True)
        calls.serve(self._object, "AcknowledgeResults", self._acknowledge, acts=True)

    async def follow(self, told: ToldResult | None) -> None:
        """Tell of a result that is new."""
        if told is None:
            return
        result = self._result(told)
        data, above = result.ResultMetaData, "Result/ResultMetaData"
        content = ua.Variant(result.ResultContent, _T.Variant, is_array=True)
        known = {"Result": structure(result), above: structure(data), "Result/ResultContent": content}
        for name, kind in _KINDS.items():
            known[f"{above}/{name}"] = ua.Variant(getattr(data, name), kind)
        message = f"result: {told.result.name}"
        await self._server.tell(Happening(type=self._ready, source=self._object, message=message, fields=known))

    def _result(self, told: ToldResult | None) -> Any:
        """A ResultDataType; empty where there is none."""
        made = {name: ua.get_type(ua.NodeId(number, self._index)) for name, number in _TYPES.items()}
        if told is None:
            return made["result"](ResultMetaData=made["data"](ResultId=""), ResultContent=[])
        data = made["data"](
            ResultId=told.job_id,
            HasTransferableDataOnFile=False,
            IsPartial=False,
            ResultState=COMPLETED,
            StepId=str(told.sequence),
            PartId=told.vin,
            ExternalRecipeId=told.model,
            InternalRecipeId=told.model,
            ProductId=told.model,
            JobId=told.job_id,
            CreationTime=told.ended,
            ProcessingTimes=made["times"](StartTime=told.started, EndTime=told.ended),
            ResultEvaluation=int(told.result),
            ResultEvaluationDetails=ua.LocalizedText(told.reason),
        )
        return made["result"](ResultMetaData=data, ResultContent=[ua.Variant(told.document, _T.String)])

    # ------------------------------------------------------------------ what is called
    async def _latest(self, _: Caller, _timeout: int) -> Sequence[Any]:
        return self._handed(self._told.latest)

    async def _by_id(self, _: Caller, result_id: str, _timeout: int) -> Sequence[Any]:
        return self._handed(self._told.find(result_id or ""))

    def _handed(self, told: ToldResult | None) -> Sequence[Any]:
        handle = 0 if told is None else self._told.hand_out([told])
        return handle, self._result(told), UNKNOWN if told is None else 0

    async def _release(self, _: Caller, handle: int) -> Sequence[Any]:
        """Gives memory back and nothing else: here it is AcknowledgeResults that takes a result over."""
        return (0 if self._told.take_back(handle) is not None else UNKNOWN,)

    async def _acknowledge(self, caller: Caller, ids: Sequence[str]) -> Sequence[Any]:
        ids = ids or ()
        errors = [0 if self._told.find(one or "") is not None else UNKNOWN for one in ids]
        code = await self._take_over(caller, frozenset(one or "" for one in ids))
        return errors, code - 2**32 if code >= 2**31 else code


_TYPES = {"times": 3006, "data": 3007, "result": 3008}
