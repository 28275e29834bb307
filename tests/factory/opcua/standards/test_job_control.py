"""Job orders over the wire: stored, started, run, answered, cleared."""

from __future__ import annotations

import pytest
from asyncua import ua

from linewalker.factory.opcua.standards.job_orders import OrderState, Status
from tests.factory.opcua.standards.visit import VIN, structure, text

NO_COMMENT = ua.Variant()


def order(visitor, id, sequence):
    def parameter(name, value, kind):
        return visitor.made("job_control", 3003, ID=name, Value=ua.Variant(value, kind))

    return structure(
        visitor.made(
            "job_control",
            3008,
            JobOrderID=id,
            WorkMasterID=[visitor.made("job_control", 3007, ID="sedan")],
            JobOrderParameters=[
                parameter("VIN", VIN, ua.VariantType.String),
                parameter("SequenceNo", sequence, ua.VariantType.UInt32),
            ],
        )
    )


async def status(visitor, method, argument):
    (value,) = (await visitor.call("JobOrders", method, argument, NO_COMMENT)).OutputArguments
    return value.Value


async def states(visitor):
    listed = await visitor.node("JobOrders.JobOrderList").read_value()
    return {one.JobOrder.JobOrderID: OrderState(one.State[0].StateNumber) for one in listed or ()}


def test_an_order_runs_as_soon_as_the_car_stands_there(visit):
    async def drive(visitor):
        assert await status(visitor, "Store", order(visitor, "B1", 61)) == Status.NO_ERROR
        assert await states(visitor) == {"B1": OrderState.NOT_ALLOWED_TO_START}
        assert await status(visitor, "Start", text("B1")) == Status.NO_ERROR
        async with visitor.living():

            async def ended():
                return (await states(visitor))["B1"] is OrderState.ENDED

            await visitor.until(ended, "Ended")
            answer = await visitor.call("JobResponses", "RequestJobResponseByJobOrderID", text("B1"))
            wanted = visitor.made("job_control", 3006, StateNumber=int(OrderState.ENDED))
            listed = await visitor.call(
                "JobResponses",
                "RequestJobResponseByJobOrderState",
                ua.Variant([wanted], ua.VariantType.ExtensionObject, is_array=True),
            )
            assert await status(visitor, "Clear", text("B1")) == Status.NO_ERROR
            await visitor.until(visitor.node("Station.Out.Ready").read_value, "Ready")
        return answer.OutputArguments, listed.OutputArguments[0].Value, await states(visitor)

    (response, code), listed, left = visit(drive)
    assert code.Value == Status.NO_ERROR
    content = {one.ID: one.Value.Value for one in response.Value.JobResponseData}
    assert (content["VIN"], content["SequenceNo"], content["Result"]) == (VIN, 61, 1)
    assert response.Value.StartTime <= response.Value.EndTime
    assert [one.JobOrderID for one in listed] == ["B1"]
    assert left == {}


def test_what_can_not_be_done_is_said_by_its_bit(visit):
    async def drive(visitor):
        found = [
            await status(visitor, "Store", structure(visitor.made("job_control", 3008, JobOrderID="C1"))),
            await status(visitor, "Start", text("unknown")),
            await status(visitor, "Store", order(visitor, "C1", 71)),
            await status(visitor, "Store", order(visitor, "C1", 71)),
            await status(visitor, "RevokeStart", text("C1")),
            await status(visitor, "Clear", text("C1")),
            await status(visitor, "Update", order(visitor, "C1", 72)),
            await status(visitor, "Abort", text("C1")),
            await status(visitor, "Cancel", text("C1")),
            await status(visitor, "Clear", text("C1")),
        ]
        closed = [
            (await visitor.call("JobOrders", name, text("C1"), NO_COMMENT)) for name in ("Pause", "Resume", "Stop")
        ]
        return found, {one.StatusCode.value for one in closed}

    found, closed = visit(drive)
    invalid = Status.INVALID_STATE
    assert found == [
        Status.INVALID_REQUEST,
        Status.UNKNOWN_ID,
        Status.NO_ERROR,
        *(invalid, invalid, invalid),
        Status.NO_ERROR,
        Status.NO_ERROR,
        invalid,
        Status.NO_ERROR,
    ]
    assert closed == {ua.StatusCodes.BadNotExecutable}


@pytest.mark.parametrize("name", ["JobOrders", "JobResponses"])
def test_the_objects_are_of_the_types_of_the_standard(visit, name):
    async def ask(visitor):
        return await visitor.node(name).read_type_definition(), visitor.index["job_control"]

    found, index = visit(ask)
    assert found == ua.NodeId({"JobOrders": 1002, "JobResponses": 1003}[name], index)
