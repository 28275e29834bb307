"""States and transitions, as types have them."""

from __future__ import annotations

import asyncio

import pytest
from asyncua import ua

from linewalker.factory.opcua.standards.instances import Instance
from linewalker.factory.opcua.standards.state_machine import StateMachine

MACHINE = 1017


@pytest.fixture(scope="module")
def machine(imported):
    server, indices = imported
    space, type_id = server.iserver.aspace, ua.NodeId(MACHINE, indices["machine_vision"])
    where = frozenset({"LastTransition", "CurrentState.Number", "LastTransition.Number"})
    instance = Instance(space, type_id, parent=ua.NodeId(85), name="T.Machine", index=2, optional=where)
    return StateMachine(space, type_id, instance), instance


def test_its_states_have_the_numbers_of_the_standard(machine):
    numbers = {state.name: state.number for state in machine[0].states.values()}
    assert numbers == {"Preoperational": 1, "Halted": 2, "Error": 3, "Operational": 4}


def test_every_state_is_reached_from_every_other_and_by_what_needs_no_call(machine):
    machine, _ = machine
    for start in machine.states.values():
        machine.at = start
        for end in machine.states.values():
            way = machine.way(end)
            assert [one.before for one in way] == ([] if start == end else [start, *(one.after for one in way[:-1])])
            assert start == end or way[-1].after == end
    machine.at = machine.named("Preoperational")
    assert [one.name for one in machine.way(machine.named("Error"))] == ["PreoperationalToErrorAuto"]


def test_it_shows_where_it_is_and_how_it_came_there(machine):
    machine, instance = machine
    shown = {}

    async def show(node, value):
        shown[node] = value

    async def go():
        machine.at = machine.named("Preoperational")
        (transition,) = machine.way(machine.named("Halted"))
        await machine.enter(transition.after, show, transition)

    asyncio.run(go())
    assert shown[instance["CurrentState.Number"]].Value.Value == 2
    assert shown[instance["CurrentState"]].Value.Value.Text == "Halted"
    assert shown[instance["CurrentState.Id"]].Value.Value == machine.named("Halted").id
    assert shown[instance["LastTransition"]].Value.Value.Text == "PreoperationalToHaltedAuto"
    asyncio.run(machine.enter(None, show))
    assert shown[instance["CurrentState"]].StatusCode.value == ua.StatusCodes.BadStateNotActive
