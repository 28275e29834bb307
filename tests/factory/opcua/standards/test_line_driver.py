"""What is called is said in the line's image, in the caller's name."""

from __future__ import annotations

import asyncio

from asyncua import ua

from linewalker.factory.handshake.signals import StationImage
from linewalker.factory.opcua.standards.line_driver import LineDriver

ORDER = {"vin": "LSVAA49J132047371", "type_code": "sedan", "options": "", "sequence_no": 7}


class Caller:
    def __init__(self, refused=None):
        self.said, self._refused = [], refused

    async def write(self, params):
        names = {item.NodeId.Identifier.rpartition(".")[2]: item.Value.Value.Value for item in params.NodesToWrite}
        self.said.append(names)
        code = ua.StatusCodes.BadOutOfRange if self._refused in names else 0
        return [ua.StatusCode(code) for _ in names]


def test_the_order_stands_before_the_start():
    caller = Caller()
    assert asyncio.run(LineDriver(2).start(caller, ORDER)) == 0
    order, start = caller.said
    assert (order["VIN"], order["TypeCode"], order["SequenceNo"], order["Purpose"]) == (*ORDER.values(),)[:2] + (7, 0)
    assert start == {"StartInspect": True}


def test_an_order_that_is_refused_is_not_started():
    caller = Caller(refused="VIN")
    assert asyncio.run(LineDriver(2).start(caller, ORDER)) == ua.StatusCodes.BadOutOfRange
    assert len(caller.said) == 1


def test_what_the_station_has_seen_falls_again_once():
    caller, driver = Caller(), LineDriver(2)

    async def take_over():
        await driver.take_over(caller)
        await driver.follow(StationImage(done=True))
        await driver.follow(StationImage(done=False))
        await driver.follow(StationImage(done=False))

    asyncio.run(take_over())
    assert caller.said == [{"StartInspect": False, "AckResult": True}, {"AckResult": False}]


def test_a_reset_is_an_edge():
    caller, driver = Caller(), LineDriver(2)

    async def reset():
        await driver.reset(caller)
        await driver.follow(StationImage(fault_code=103))
        await driver.follow(StationImage())

    asyncio.run(reset())
    assert [said["FaultReset"] for said in caller.said] == [False, True, False]
