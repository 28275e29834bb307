"""Results in the words of OPC 40100-1, and the methods by which they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import fields
from typing import Any

from asyncua import ua

from linewalker.factory.opcua.standards.calls import Caller, Calls
from linewalker.factory.opcua.standards.instances import Instance
from linewalker.factory.opcua.standards.model_server import structure
from linewalker.factory.opcua.standards.told import Told, ToldResult

COMPLETED = 1
"""ResultState: there is none but that of a job that was done; what was broken off has no result."""
UNKNOWN = 1
"""Error: there is no such result, or handle."""

TakeOver = Callable[[Caller, frozenset[str]], Coroutine[Any, Any, int]]
"""A caller is done with results; the one that stands at the line is taken over by that. Gives a status code, or 0."""

_FIELDS_ASKED_FOR = ("MeasId", "PartId", "ExternalRecipeId", "InternalRecipeId")
_MORE_ASKED_FOR = ("ExternalConfigurationId", "InternalConfigurationId", "ProductId", "JobId")


class VisionResults:
    """See the module.

    Args:
        index: of the namespace of Machine Vision.
        told: the results.
        take_over: see `TakeOver`.
    """

    def __init__(self, index: int, told: Told, take_over: TakeOver):
        self._index, self._told, self._take_over = index, told, take_over

    def serve(self, calls: Calls, system: Instance) -> None:
        """Let them be asked for."""
        for name, answer, acts in (
            ("GetResultById", self._by_id, False),
            ("GetResultComponentsById", self._components_by_id, False),
            ("GetResultListFiltered", self._filtered, False),
            ("ReleaseResultHandle", self._release, True),
        ):
            calls.serve(system, f"ResultManagement.{name}", answer, acts=acts)

    def _made(self, identifier: int, **content: Any) -> Any:
        return ua.get_type(ua.NodeId(identifier, self._index))(**content)

    def job(self, job: str) -> Any:
        """A JobIdDataType."""
        return self._made(3016, Id=job)

    def _result(self, told: ToldResult | None) -> Any:
        """A ResultDataType; empty where there is none."""
        if told is None:
            return self._made(3006, ResultContent=[])
        return self._made(
            3006,
            ResultId=self._made(3021, Id=told.job_id),
            HasTransferableDataOnFile=False,
            IsPartial=False,
            ResultState=COMPLETED,
            MeasId=self._made(3015, Id=str(told.sequence)),
            PartId=self._made(3004, Id=told.vin),
            ExternalRecipeId=self._made(3002, Id=told.model),
            InternalRecipeId=self._made(3013, Id=told.model),
            ProductId=self._made(3003, Id=told.model),
            InternalConfigurationId=self._made(3008, Id=""),
            JobId=self.job(told.job_id),
            CreationTime=told.ended,
            ProcessingTimes=self._made(3005, StartTime=told.started, EndTime=told.ended),
            ResultContent=[
                ua.Variant(int(told.result), ua.VariantType.Byte),
                ua.Variant(told.reason, ua.VariantType.String),
                ua.Variant(told.document, ua.VariantType.String),
            ],
        )

    def fields(self, told: ToldResult) -> dict[str, ua.Variant]:
        """Of a ResultReadyEventType."""
        result = self._result(told)
        named = [one.name for one in fields(result) if one.name not in ("Encoding", *_PLAIN)]
        found = {name: structure(value) for name in named if (value := getattr(result, name)) is not None}
        return found | {
            name: ua.Variant(value, kind, is_array=name == "ResultContent")
            for name, kind in _PLAIN.items()
            if (value := getattr(result, name)) is not None
        }

    # ------------------------------------------------------------------ what is called
    async def _by_id(self, _: Caller, result_id: Any, _timeout: int) -> Sequence[Any]:
        told = self._find(result_id)
        handle = 0 if told is None else self._told.hand_out([told])
        return handle, self._result(told), UNKNOWN if told is None else 0

    async def _components_by_id(self, _: Caller, result_id: Any, _timeout: int) -> Sequence[Any]:
        told = self._find(result_id)
        handle, result = (0 if told is None else self._told.hand_out([told])), self._result(told)
        parts = {one.name: getattr(result, one.name) for one in fields(result) if one.name != "Encoding"}
        rest = [value for name, value in parts.items() if name not in ("ResultId", "HasTransferableDataOnFile")]
        return parts["HasTransferableDataOnFile"] or False, handle, *rest, UNKNOWN if told is None else 0

    def _find(self, result_id: Any) -> ToldResult | None:
        return None if result_id is None else self._told.find(result_id.Id or "")

    async def _filtered(self, _: Caller, state: int, *asked: Any) -> Sequence[Any]:
        *wanted, most, first, _timeout = asked
        names = (*_FIELDS_ASKED_FOR, *_MORE_ASKED_FOR)
        found = [
            (told, result)
            for told in self._told.all
            if (result := self._result(told)) is not None
            and state in (0, result.ResultState)
            and all(_fits(getattr(result, name), one) for name, one in zip(names, wanted))
        ]
        chosen = found[first : first + most] if most else found[first:]
        handle = self._told.hand_out([told for told, _ in chosen])
        return first + len(chosen) == len(found), len(chosen), handle, [result for _, result in chosen], 0

    async def _release(self, caller: Caller, handle: int) -> Sequence[Any]:
        results = self._told.take_back(handle)
        if results is None:
            return (UNKNOWN,)
        code = await self._take_over(caller, results)
        return (code - 2**32 if code >= 2**31 else code,)


def _fits(has: Any, wanted: Any) -> bool:
    """Whether an id is what was asked for; empty: any."""
    return wanted is None or not wanted.Id or (has is not None and has.Id == wanted.Id)


_PLAIN = {
    "HasTransferableDataOnFile": ua.VariantType.Boolean,
    "IsPartial": ua.VariantType.Boolean,
    "IsSimulated": ua.VariantType.Boolean,
    "ResultState": ua.VariantType.Int32,
    "CreationTime": ua.VariantType.DateTime,
    "ResultContent": ua.VariantType.Variant,
}
