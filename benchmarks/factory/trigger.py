"""How long a line waits from StartInspect to Busy, over a secured session."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from asyncua import Client, ua

from benchmarks.factory.load import session
from benchmarks.factory.scene import Scene
from linewalker.factory.handshake.signals import ZONES

_IN, _OUT = "ns=2;s=Linewalker.Station.In.", "ns=2;s=Linewalker.Station.Out."
_VIN = "LSVAA49J132047371"
_TYPES = {bool: ua.VariantType.Boolean, str: ua.VariantType.String}


class Plc:
    """A line controller that wants nothing but to start jobs."""

    def __init__(self, client: Client):
        self._client, self._count = client, 0

    async def say(self, **signals: bool | str) -> None:
        """Write these, and the LifeCounter."""
        self._count += 1
        variants = {"LifeCounter": ua.Variant(self._count, ua.VariantType.UInt32)}
        for name, value in signals.items():
            variants[name] = ua.Variant(value, _TYPES[type(value)])
        await self.write(variants)

    async def write(self, variants: dict[str, ua.Variant]) -> None:
        """Write these."""
        nodes = [ua.NodeId.from_string(_IN + name) for name in variants]
        codes = await self._client.uaclient.write_attributes(nodes, [ua.DataValue(v) for v in variants.values()])
        assert all(code.is_good() for code in codes), codes

    async def until(self, *names: str) -> None:
        """Look until one of these is True."""
        nodes = [ua.NodeId.from_string(_OUT + name) for name in names]
        while True:
            values = await self._client.uaclient.read_attributes(nodes, ua.AttributeIds.Value)
            if any(value.Value.Value for value in values):
                return
            await self.say()

    async def prepare(self) -> None:
        """Automatic, and the robot may enter."""
        permit = ua.Variant([True] * ZONES, ua.VariantType.Boolean, is_array=True)
        await self.write({"Mode": ua.Variant(1, ua.VariantType.Byte), "EnterPermit": permit})
        await self.say(VIN=_VIN, VehicleInPlace=True, StartInspect=False, AckResult=False)

    async def job(self, sequence: int) -> float:
        """One job; returns the seconds from the start to Busy, both as the line sees them."""
        await self.write({"SequenceNo": ua.Variant(sequence, ua.VariantType.UInt32)})
        await self.until("Ready")
        begin_s = time.perf_counter()
        await self.say(StartInspect=True)
        await self.until("Busy", "Done")
        took_s = time.perf_counter() - begin_s
        await self.until("Done")
        await self.say(StartInspect=False, AckResult=True)
        await asyncio.sleep(0.05)
        await self.say(AckResult=False)
        return took_s


async def _jobs(scene: Scene, count: int, first: int) -> list[float]:
    client = await session(scene.server.endpoint, scene.pki)
    try:
        plc = Plc(client)
        await plc.prepare()
        return [await plc.job(first + k) for k in range(count)]
    finally:
        await client.disconnect()


def triggers_ms(scene: Scene, load: str, count: int, first: int) -> Sequence[float]:
    """Of so many jobs, under a load; their numbers begin with ``first``."""
    with scene.under(load):
        return [1e3 * took_s for took_s in asyncio.run(_jobs(scene, count, first))]


async def _comes_in(scene: Scene) -> float:
    begin_s = time.perf_counter()
    client = await session(scene.server.endpoint, scene.pki)
    took_s = time.perf_counter() - begin_s
    await client.disconnect()
    return took_s


def comes_in_s(scene: Scene, load: str, count: int) -> tuple[Sequence[float], float]:
    """How long a PLC needs to log in under a load, and how much the server's memory, MB, grew meanwhile."""
    before = scene.memory_mb
    with scene.under(load):
        took_s = [asyncio.run(_comes_in(scene)) for _ in range(count)]
        return took_s, scene.memory_mb - before
