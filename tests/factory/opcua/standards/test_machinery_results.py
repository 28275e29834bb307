"""The latest result, as Machinery Result Transfer has it, over the wire."""

from __future__ import annotations

from asyncua import ua

from tests.factory.opcua.standards.visit import VIN

ANY_TIME = ua.Variant(0, ua.VariantType.Int32)


async def bring(visitor, sequence):
    """One car by the image alone, up to Done."""
    kinds = {"VIN": "String", "TypeCode": "String", "SequenceNo": "UInt32"}
    for name, value in {"VIN": VIN, "TypeCode": "sedan", "SequenceNo": sequence}.items():
        await visitor.write(**{name: ua.Variant(value, ua.VariantType[kinds[name]])})
    await visitor.until(visitor.node("Station.Out.Ready").read_value, "Ready")
    await visitor.write(StartInspect=ua.Variant(True, ua.VariantType.Boolean))
    await visitor.until(visitor.node("Station.Out.Done").read_value, "Done")


def test_who_drives_by_the_image_can_take_the_result_over_by_the_standard(visit):
    events = []

    class Heard:
        def event_notification(self, event):
            events.append(event)

    async def drive(visitor):
        subscription = await visitor.client.create_subscription(50, Heard())
        await subscription.subscribe_events(visitor.node("ResultManagement"), [visitor.node("CarResultReadyEventType")])
        async with visitor.living():
            await bring(visitor, 51)
            latest = await visitor.call("ResultManagement", "GetLatestResult", ANY_TIME)
            unknown = await visitor.call(
                "ResultManagement", "GetResultById", ua.Variant("nothing", ua.VariantType.String), ANY_TIME
            )
            ids = ua.Variant([f"{VIN}-51", "nothing"], ua.VariantType.String, is_array=True)
            acknowledged = await visitor.call("ResultManagement", "AcknowledgeResults", ids)

            async def taken():
                return not await visitor.node("Station.Out.Done").read_value()

            await visitor.until(taken, "taken over")
            await visitor.until(visitor.node("Station.Out.Ready").read_value, "Ready")
        return latest.OutputArguments, unknown.OutputArguments, acknowledged.OutputArguments

    (handle, result, error), unknown, acknowledged = visit(drive)
    data = result.Value.ResultMetaData
    assert handle.Value > 0
    assert error.Value == 0
    assert (data.ResultId, data.PartId, data.StepId, int(data.ResultEvaluation)) == (f"{VIN}-51", VIN, "51", 1)
    assert unknown[2].Value == 1
    assert [one.Value for one in acknowledged] == [[0, 1], 0]
    (event,) = events
    assert getattr(event, "Result/ResultMetaData/PartId") == VIN
    assert event.Result.ResultMetaData == data
