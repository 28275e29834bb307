"""Whoever calls with what will not do hears why, and nothing happens."""

from __future__ import annotations

import asyncio

import pytest
from asyncua import ua

from linewalker.factory.opcua.identities import Role
from linewalker.factory.opcua.standards.calls import Calls
from linewalker.factory.opcua.standards.instances import Instance

STATES, MANAGEMENT, RECEIVER = ua.StatusCodes, 1007, 1002
NUMBER, TEXT = ua.Variant(1, ua.VariantType.Int32), ua.Variant("x", ua.VariantType.String)


class Caller:
    def __init__(self, role):
        self.role, self.noted = role, []

    async def write(self, params):
        raise AssertionError(f"nobody writes here: {params}")

    def note(self, what, **more):
        self.noted.append((what, more))


@pytest.fixture(scope="module")
def calls(imported):
    server, indices = imported
    space = server.iserver.aspace
    calls = Calls(space)

    async def abort(_, cause, description):
        return (cause if description == "x" else -1,)

    machine = ua.NodeId(1021, indices["machine_vision"])
    instance = Instance(space, machine, parent=ua.NodeId(85), name="T.Calls", index=2)
    calls.serve(instance, "Abort", abort, acts=True)
    calls.close(instance, "Stop")

    async def start(_, measurement, *_more):
        return None if measurement is None else measurement.Id, 0

    calls.serve(instance, "StartSingleJob", start, acts=False)
    return calls


def call(calls, method, *arguments, role=Role.LINE):
    caller = Caller(role)
    request = ua.CallMethodRequest(MethodId=ua.NodeId(f"T.Calls.{method}", 2), InputArguments=list(arguments))
    return asyncio.run(calls.call(caller, request)), caller


def test_who_may_is_answered_and_it_is_written_down(calls):
    result, caller = call(calls, "Abort", NUMBER, TEXT)
    assert result.StatusCode.is_good()
    assert [(one.Value, one.VariantType) for one in result.OutputArguments] == [(1, ua.VariantType.Int32)]
    assert caller.noted == [("call", {"node": "T.Calls.Abort"})]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), STATES.BadArgumentsMissing),
        ((NUMBER,), STATES.BadArgumentsMissing),
        ((NUMBER, TEXT, TEXT), STATES.BadTooManyArguments),
        ((TEXT, TEXT), STATES.BadInvalidArgument),
        ((ua.Variant(), TEXT), STATES.BadInvalidArgument),
        ((ua.Variant([1], ua.VariantType.Int32, is_array=True), TEXT), STATES.BadInvalidArgument),
        ((ua.Variant(1, ua.VariantType.UInt32), TEXT), STATES.BadInvalidArgument),
    ],
)
def test_arguments_that_will_not_do_are_refused_one_by_one(calls, arguments, code):
    result, caller = call(calls, "Abort", *arguments)
    assert result.StatusCode.value == code
    assert not result.OutputArguments
    assert not caller.noted
    if code == STATES.BadInvalidArgument:
        assert [one.value for one in result.InputArgumentResults] == [STATES.BadTypeMismatch, 0]


def test_a_structure_has_to_be_the_one_that_is_asked_for(calls, imported):
    mine = imported[1]["machine_vision"]
    measurement, part = (ua.get_type(ua.NodeId(number, mine))(Id="7") for number in (3015, 3004))
    rest = [ua.Variant()] * 4
    good, _ = call(calls, "StartSingleJob", ua.Variant(measurement, ua.VariantType.ExtensionObject), *rest)
    assert good.StatusCode.is_good()
    bad, _ = call(calls, "StartSingleJob", ua.Variant(part, ua.VariantType.ExtensionObject), *rest)
    assert bad.InputArgumentResults[0].value == STATES.BadTypeMismatch


def test_an_observer_moves_nothing_and_what_is_closed_is_closed_to_all(calls):
    assert call(calls, "Abort", NUMBER, TEXT, role=Role.OBSERVER)[0].StatusCode.value == STATES.BadUserAccessDenied
    assert call(calls, "Stop", NUMBER, TEXT)[0].StatusCode.value == STATES.BadNotExecutable
    assert call(calls, "SomethingElse")[0] is None
