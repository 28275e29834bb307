"""Drives a Linewalker station with nothing but an OPC UA client and docs/line-interface.md, as a PLC would.

It imports nothing of Linewalker: use it as a pattern for your own line. Start a station, then:

    LINEWALKER_PASSWORD=... python examples/plc_client.py LSVAA49J132047371 sedan "paint=red;wheels=sport;badge=rs"
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

VERDICTS = {1: "OK", 2: "NOK", 3: "NOT_DECIDABLE"}
BOOLEAN, BYTE, UINT32, STRING = (ua.VariantType[name] for name in ("Boolean", "Byte", "UInt32", "String"))


class Station:
    """The I/O image of one station: reads Out, writes In, keeps the life counter going."""

    def __init__(self, client: Client):
        self._client = client
        self._life = 0

    def node(self, name: str):
        return self._client.get_node(f"ns=2;s=Linewalker.Station.{name}")

    async def read(self, name: str):
        return await self.node(f"Out.{name}").read_value()

    async def write(self, **signals: ua.Variant) -> None:
        await self._client.write_values([self.node(f"In.{name}") for name in signals], list(signals.values()))

    async def count(self) -> None:
        """The station believes in us only while this counter changes."""
        while True:
            self._life += 1
            await self.write(LifeCounter=ua.Variant(self._life, UINT32))
            await asyncio.sleep(0.2)

    async def wait_for(self, name: str) -> None:
        """Until a bit of the station is set. A fault ends the wait."""
        while not await self.read(name):
            if fault := await self.read("FaultCode"):
                raise RuntimeError(f"fault {fault}: {await self.read('FaultText')}")
            await asyncio.sleep(0.1)


async def inspect(station: Station, vin: str, model: str, options: str, sequence: int) -> str:
    """One car, the four phases of the handshake."""
    bit = {value: ua.Variant(value, BOOLEAN) for value in (False, True)}

    # Mode first: Ready needs it. Every acting bit starts low.
    await station.write(Mode=ua.Variant(1, BYTE), StartInspect=bit[False], AckResult=bit[False], FaultReset=bit[False])
    await station.wait_for("Ready")

    # 1. The car stands there: say which one, and let the robot in. Only then start.
    await station.write(
        VehicleInPlace=bit[True],
        VIN=ua.Variant(vin, STRING),
        TypeCode=ua.Variant(model, STRING),
        Options=ua.Variant(options, STRING),
        SequenceNo=ua.Variant(sequence, UINT32),
        EnterPermit=ua.Variant([True] * 16, BOOLEAN, is_array=True),
    )
    await station.write(StartInspect=bit[True])

    # 2. The robot works until Done.
    await station.wait_for("Done")

    # 3. A result counts only with the VIN and the sequence of this car.
    if (await station.read("VIN"), await station.read("SequenceNo")) != (vin, sequence):
        raise RuntimeError("the station answers for another car")
    verdict, reason = VERDICTS[await station.read("Result")], await station.read("ResultReason")
    await station.write(StartInspect=bit[False], AckResult=bit[True])
    while await station.read("Done"):
        await asyncio.sleep(0.1)

    # 4. Everything low again; the car may go.
    await station.write(
        AckResult=bit[False], VehicleInPlace=bit[False], EnterPermit=ua.Variant([False] * 16, BOOLEAN, is_array=True)
    )
    return f"{vin}: {verdict}" + (f" ({reason})" if reason else "")


async def main(arguments: argparse.Namespace) -> None:
    client = Client(arguments.endpoint)
    client.application_uri = "urn:example:plc"
    client.set_user(arguments.user)
    client.set_password(os.environ["LINEWALKER_PASSWORD"])
    certificate, key = await client.setup_self_signed_certificate(arguments.pki / "plc.pem", arguments.pki / "plc.der")
    await client.set_security(SecurityPolicyBasic256Sha256, certificate, key)
    async with client:
        station = Station(client)
        counting = asyncio.create_task(station.count())
        try:
            print(await inspect(station, arguments.vin, arguments.model, arguments.options, arguments.sequence))
        finally:
            counting.cancel()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Bring one car through a Linewalker station.")
    parser.add_argument("vin")
    parser.add_argument("model")
    parser.add_argument("options", nargs="?", default="")
    parser.add_argument("--sequence", type=int, default=1, help="a new number for each inspection")
    parser.add_argument("--endpoint", default="opc.tcp://127.0.0.1:4840/linewalker")
    parser.add_argument("--user", default="line")
    parser.add_argument("--pki", type=Path, default=Path.home() / ".config" / "plc-example", help="own certificate")
    asyncio.run(main(parser.parse_args()))
