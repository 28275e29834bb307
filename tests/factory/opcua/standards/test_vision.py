"""The station as a vision system: driven by its methods alone, as an independent client sees it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from asyncua import ua

from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.opcua.standards.vision import NO_SEQUENCE, NOT_READY, ONE_OF_BOTH, state_of
from tests.factory.opcua.standards.visit import VIN, structure

MACHINE = "Vision.VisionStateMachine"
AUTOMATIC = f"{MACHINE}.AutomaticModeStateMachine"
AUTO, OFF = LineImage(mode=1), LineImage(mode=0)
IDLE = StationImage()


@pytest.mark.parametrize(
    ("line", "said", "state"),
    [
        (OFF, IDLE, ("Preoperational", None)),
        (LineImage(mode=2), replace(IDLE, home_pos=True), ("Preoperational", None)),
        (AUTO, IDLE, ("Operational", "Initialized")),
        (AUTO, replace(IDLE, ready=True), ("Operational", "Ready")),
        (AUTO, replace(IDLE, busy=True), ("Operational", "SingleExecution")),
        (AUTO, replace(IDLE, done=True, result=1), ("Operational", "SingleExecution")),
        (LineImage(mode=3), replace(IDLE, ready=True), ("Operational", "Ready")),
        (AUTO, replace(IDLE, cycle_stopped=True), ("Halted", None)),
        (AUTO, replace(IDLE, fault_code=205), ("Error", None)),
        (OFF, replace(IDLE, fault_code=201, cycle_stopped=True), ("Error", None)),
    ],
)
def test_every_state_of_the_station_is_one_of_the_standard(line, said, state):
    assert state_of(line, said) == state


def start(visitor, sequence="41", recipe="sedan", product=None):
    mine = "machine_vision"

    def id_of(number, value):
        return ua.Variant() if value is None else structure(visitor.made(mine, number, Id=value))

    options = ua.Variant(["paint=red"], ua.VariantType.String, is_array=True)
    return visitor.call(
        AUTOMATIC,
        "StartSingleJob",
        *(id_of(number, value) for number, value in ((3015, sequence), (3004, VIN), (3002, recipe), (3003, product))),
        options,
    )


async def number(visitor, machine):
    value = await visitor.node(f"{machine}.CurrentState.Number").read_data_value(raise_on_bad_status=False)
    return value.Value.Value


def test_a_car_goes_through_by_methods_and_the_events_say_so(visit):
    events = []

    class Heard:
        def event_notification(self, event):
            events.append(event)

    async def drive(visitor):
        subscription = await visitor.client.create_subscription(50, Heard())
        index = visitor.index["machine_vision"]
        kinds = [visitor.client.get_node(ua.NodeId(number, index)) for number in (1018, 1013, 1023, 1024, 1025)]
        await subscription.subscribe_events(visitor.node("Vision"), kinds)
        assert (await start(visitor)).OutputArguments[1].Value == NOT_READY
        async with visitor.living():

            async def at(wanted):
                return await number(visitor, AUTOMATIC) == wanted

            await visitor.until(lambda: at(6), "Ready")
            assert (await start(visitor, product="sedan")).OutputArguments[1].Value == ONE_OF_BOTH
            assert (await start(visitor, sequence="x")).OutputArguments[1].Value == NO_SEQUENCE
            job, error = (await start(visitor)).OutputArguments
            assert (job.Value.Id, error.Value) == (f"{VIN}-41", 0)
            await visitor.until(visitor.node("Station.Out.Done").read_value, "Done")
            result = structure(visitor.made("machine_vision", 3021, Id=job.Value.Id))
            answer = await visitor.call(
                "Vision.ResultManagement", "GetResultById", result, ua.Variant(0, ua.VariantType.Int32)
            )
            handle, told, error = answer.OutputArguments
            assert error.Value == 0
            await visitor.call("Vision.ResultManagement", "ReleaseResultHandle", handle)
            await visitor.until(lambda: at(6), "Ready again")
            await asyncio.sleep(0.3)
            return told.Value

    told = visit(drive)
    assert (told.PartId.Id, told.MeasId.Id, told.ResultState, told.ResultContent[0].Value) == (VIN, "41", 1, 1)
    index = events[0].EventType.NamespaceIndex
    order = [event.EventType.Identifier for event in events if event.EventType.Identifier != 1018]
    assert order[-4:] == [1013, 1025, 1024, 1023]
    ready = next(event for event in events if event.EventType == ua.NodeId(1024, index))
    assert (ready.ResultId.Id, ready.JobId.Id, ready.PartId.Id) == (f"{VIN}-41", f"{VIN}-41", VIN)
    moved = [event for event in events if event.EventType.Identifier == 1018]
    ways = [(event.FromState.Text, event.ToState.Text) for event in moved]
    assert ("Ready", "SingleExecution") in ways
    assert ("SingleExecution", "Ready") in ways
    assert all(getattr(moved[0], name) is not None for name in ("Transition", "FromState/Id", "ToState/Id"))


def test_halt_and_reset_and_what_is_closed(visit):
    async def drive(visitor):
        cause = ua.Variant(0, ua.VariantType.Int32), ua.Variant("", ua.VariantType.String)
        async with visitor.living():

            async def at(wanted):
                return await number(visitor, MACHINE) == wanted

            await visitor.until(lambda: at(4), "Operational")
            await visitor.call(MACHINE, "Halt", *cause)
            await visitor.until(lambda: at(2), "Halted")
            await visitor.call(MACHINE, "Reset", *cause)
            await visitor.until(lambda: at(1), "Preoperational")
            await visitor.call(MACHINE, "SelectModeAutomatic")
            await visitor.until(lambda: at(4), "Operational again")
        return [(await visitor.call(AUTOMATIC, name, *cause)).StatusCode.value for name in ("Stop", "StartContinuous")]

    assert set(visit(drive)) == {ua.StatusCodes.BadNotExecutable}
