"""Objects of types, with what the types ask for."""

from __future__ import annotations

import pytest
from asyncua import ua

from linewalker.factory.opcua.standards.instances import Instance, target_of
from linewalker.factory.opcua.standards.model_import import value_of

SYSTEM, TYPE_DEFINITION, OBJECTS = 1003, ua.NodeId(ua.ObjectIds.HasTypeDefinition), ua.NodeId(85)


def made(imported, name, optional=()):
    server, indices = imported
    type_id = ua.NodeId(SYSTEM, indices["machine_vision"])
    return Instance(server.iserver.aspace, type_id, parent=OBJECTS, name=name, index=2, optional=frozenset(optional))


def test_mandatory_members_are_there_and_optional_ones_if_asked_for(imported):
    space, bare = imported[0].iserver.aspace, made(imported, "T.Bare")
    assert "VisionStateMachine.Halt.InputArguments" in bare
    assert "VisionStateMachine.CurrentState.Id" in bare
    assert not any(path.startswith("ResultManagement") for path in bare)
    full = made(imported, "T.Full", {"ResultManagement", "ResultManagement.ReleaseResultHandle"})
    assert "ResultManagement.GetResultById.OutputArguments" in full
    assert "ResultManagement.ReleaseResultHandle" in full
    assert "ResultManagement.ResultTransfer" not in full
    assert full["VisionStateMachine.Halt"] == ua.NodeId("T.Full.VisionStateMachine.Halt", 2)
    assert target_of(space, full[""], TYPE_DEFINITION) == ua.NodeId(SYSTEM, imported[1]["machine_vision"])
    assert value_of(space[full[""]], ua.AttributeIds.NodeClass) == ua.NodeClass.Object


def test_a_member_that_there_is_not_is_said(imported):
    with pytest.raises(KeyError, match="NoSuchThing"):
        made(imported, "T.None", {"NoSuchThing"})
