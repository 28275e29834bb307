"""Methods that clients call: their arguments are checked, and so is whoever calls.

asyncua hands a method whatever it is given, and does not say who called it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from asyncua import ua
from asyncua.server.address_space import AddressSpace

from linewalker.factory.opcua.identities import Role
from linewalker.factory.opcua.standards.instances import Instance, target_of
from linewalker.factory.opcua.standards.model_import import value_of

_A, _S = ua.AttributeIds, ua.StatusCodes
_SUBTYPE = ua.NodeId(ua.ObjectIds.HasSubtype)
_BUILT_IN = 25
"""Identifiers of the built-in types end here (OPC 10000-6, table 1)."""


class Caller(Protocol):
    """Whose session it is."""

    @property
    def role(self) -> Role: ...

    async def write(self, params: ua.WriteParameters) -> list[ua.StatusCode]: ...

    def note(self, what: str, **more: Any) -> None: ...


Answer = Callable[..., Coroutine[Any, Any, Sequence[Any]]]
"""Takes the caller and the arguments; gives the contents of the output arguments."""


@dataclass(frozen=True, kw_only=True)
class Method:
    """What a call does.

    Attributes:
        inputs, outputs: as the model declares them.
        answer: what is to be done.
        acts: whether it is for those only who may write.
    """

    inputs: Sequence[ua.Argument]
    outputs: Sequence[ua.Argument]
    answer: Answer
    acts: bool


class Calls:
    """The methods of a server that are ours.

    Args:
        space: of the server.
    """

    def __init__(self, space: AddressSpace):
        self._space = space
        self._methods: dict[ua.NodeId, Method] = {}

    def serve(self, instance: Instance, path: str, answer: Answer, *, acts: bool) -> None:
        """Let a method of an instance be called."""
        arguments = [self._arguments(instance, f"{path}.{name}Arguments") for name in ("Input", "Output")]
        inputs, outputs = arguments
        self._methods[instance[path]] = Method(inputs=inputs, outputs=outputs, answer=answer, acts=acts)

    def close(self, instance: Instance, path: str) -> None:
        """Show that a method, which the model wants there, can not be called on this station."""
        for attribute in (_A.Executable, _A.UserExecutable):
            self._space[instance[path]].attributes[attribute].value = ua.DataValue(
                ua.Variant(False, ua.VariantType.Boolean)
            )

    def _arguments(self, instance: Instance, path: str) -> Sequence[ua.Argument]:
        return value_of(self._space[instance[path]], _A.Value) if path in instance else ()

    async def call(self, caller: Caller, request: ua.CallMethodRequest) -> ua.CallMethodResult | None:
        """Answer a call; None: the method is not ours."""
        node = self._space.get(request.MethodId)
        executable = None if node is None else node.attributes.get(_A.Executable)
        if executable is not None and executable.value is not None and not executable.value.Value.Value:
            return _refused(_S.BadNotExecutable)
        method = self._methods.get(request.MethodId)
        if method is None:
            return None
        given = request.InputArguments or []
        if method.acts and not caller.role.writes:
            return _refused(_S.BadUserAccessDenied)
        if len(given) != len(method.inputs):
            return _refused(_S.BadArgumentsMissing if len(given) < len(method.inputs) else _S.BadTooManyArguments)
        codes = [self._problem(variant, argument) for variant, argument in zip(given, method.inputs)]
        if any(codes):
            found = _refused(_S.BadInvalidArgument)
            found.InputArgumentResults = [ua.StatusCode(code) for code in codes]
            return found
        outputs = await method.answer(caller, *(variant.Value for variant in given))
        if method.acts:
            caller.note("call", node=str(request.MethodId.Identifier))
        return ua.CallMethodResult(
            StatusCode=ua.StatusCode(),
            InputArgumentResults=[ua.StatusCode()] * len(given),
            OutputArguments=[self._variant(value, argument) for value, argument in zip(outputs, method.outputs)],
        )

    def _problem(self, given: ua.Variant, argument: ua.Argument) -> int:
        """Why an argument will not do; 0: it will. One that is left out is null, and will do where it is no number."""
        kind = self.built_in(argument.DataType)
        if kind is ua.VariantType.Variant:
            fits = True
        elif given.Value is None:
            return 0 if kind in _MAY_BE_NULL or argument.ValueRank == 1 else _S.BadTypeMismatch
        else:
            fits = given.VariantType is kind
        values = given.Value if argument.ValueRank == 1 else [given.Value]
        if not fits or (given.Value is not None and isinstance(given.Value, list) != (argument.ValueRank == 1)):
            return int(_S.BadTypeMismatch)
        if kind is ua.VariantType.ExtensionObject:
            wanted = ua.get_type(argument.DataType)
            if not all(isinstance(value, wanted) for value in values):
                return int(_S.BadTypeMismatch)
        return 0

    def built_in(self, kind: ua.NodeId) -> ua.VariantType:
        """The type with which a data type goes over the wire."""
        while kind.NamespaceIndex or kind.Identifier > _BUILT_IN:
            if kind == ua.NodeId(ua.ObjectIds.Enumeration):
                return ua.VariantType.Int32
            above = target_of(self._space, kind, _SUBTYPE, forward=False)
            assert above is not None
            kind = above
        return ua.VariantType(kind.Identifier)

    def _variant(self, value: Any, argument: ua.Argument) -> ua.Variant:
        kind, many = self.built_in(argument.DataType), argument.ValueRank == 1
        return ua.Variant(value, kind, is_array=many)


_MAY_BE_NULL = (ua.VariantType.String, ua.VariantType.LocalizedText, ua.VariantType.ExtensionObject)


def _refused(code: int) -> ua.CallMethodResult:
    return ua.CallMethodResult(StatusCode=ua.StatusCode(code))
