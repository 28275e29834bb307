"""Scenarios at the wire of OPC UA: clients that write what is none, ask too much, or speak no OPC UA at all."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from asyncua import Client, ua

from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, SignalType, StationImage, signals_of
from linewalker.factory.hostile.bad_line import BadLine
from linewalker.factory.hostile.scenario import Broken, Scenario
from linewalker.factory.opcua.image import node_ids, variant_of
from linewalker.factory.opcua.link import StationLink

CLIENTS = 10
IDLE_CONNECTIONS = 32
MANY_NODES = 20_000
RECONNECT_S = 2.0
"""Within this a PLC is back, whoever else knocks at the door."""
_BROKEN = (OSError, asyncio.TimeoutError, ua.UaError)
_HELLO = struct.pack("<5I", 0, 2**16, 2**16, 0, 0)

Disturb = Callable[[], Awaitable[str]]


def _client(link: Any) -> Client:
    assert isinstance(link, StationLink)
    if link.client is None:
        raise Broken("the station dropped the connection")
    return link.client


async def _car_beside(line: BadLine, disturb: Disturb) -> str:
    """An honest car is judged while something else goes on all along."""
    seen = ""

    async def go_on() -> None:
        nonlocal seen
        while True:
            seen = await disturb()
            await asyncio.sleep(0.02)

    task = asyncio.create_task(go_on())
    try:
        await line.bring()
        await line.take_over()
        while not seen and not task.done():
            await line.scan()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task  # what it found wrong is raised here
    return f"a car was judged beside it; {seen}"


@asynccontextmanager
async def _another(line: BadLine) -> AsyncIterator[Any]:
    """One more client of the same station."""
    link = line.connect()
    await link.connect(lambda: False)
    try:
        yield link
    finally:
        await link.close()


async def wrong_types(line: BadLine) -> str:
    """Every signal is written with values of every other type, too long and too short."""
    await line.make_ready()
    client = _client(line.link)
    namespace = await client.get_namespace_index(NAMESPACE_URI)
    wrong, before = 0, line.image
    for (name, signal), node in zip(signals_of(LineImage), node_ids(LineImage, namespace)):
        for variant in _odd_values(signal.type):
            (code,) = await client.uaclient.write_attributes([node], [ua.DataValue(variant)])
            wrong += 1
            if code.is_good():
                raise Broken(f"{name} took {variant.VariantType.name} {variant.Value!r:.40}")
        await line.scan()
    values = await client.uaclient.read_attributes(node_ids(LineImage, namespace), ua.AttributeIds.Value)
    for (name, _), value in zip(signals_of(LineImage), values):
        if name != "life_counter" and not _same(value.Value.Value, getattr(before, name)):
            raise Broken(f"{name} is {value.Value.Value!r:.40} after writes that were refused")
    return f"{wrong} values refused, nothing changed"


def _odd_values(own: SignalType) -> list[ua.Variant]:
    kinds = ua.VariantType
    odd = {
        SignalType.BOOLEAN: ua.Variant(True, kinds.Boolean),
        SignalType.BYTE: ua.Variant(1, kinds.Byte),
        SignalType.UINT32: ua.Variant(1, kinds.UInt32),
        SignalType.STRING: ua.Variant("x", kinds.String),
    }
    others = [ua.Variant(1, kinds.Int64), ua.Variant(float("nan"), kinds.Double), ua.Variant(None, kinds.Null)]
    others += [ua.Variant([True] * 3, kinds.Boolean), ua.Variant(datetime.now(UTC), kinds.DateTime)]
    others += [ua.Variant("a\x00b" if own is SignalType.STRING else "1", kinds.String)]
    return [it for kind, it in odd.items() if kind is not own] + others


def _same(one: Any, other: Any) -> bool:
    return list(one) == list(other) if isinstance(other, tuple) else bool(one == other)


async def clock_jumps(line: BadLine) -> str:
    """What the line writes is stamped by clocks of 1970 and 2045."""
    client = _client(line.link)
    namespace = await client.get_namespace_index(NAMESPACE_URI)
    fields = dict(signals_of(LineImage))
    node = dict(zip(fields, node_ids(LineImage, namespace)))["type_code"]

    async def disturb() -> str:
        for year in (1970, 2045):
            variant = variant_of(fields["type_code"], line.image.type_code)
            stamp = datetime(year, 1, 1, tzinfo=UTC)
            with suppress(*_BROKEN):
                await client.uaclient.write_attributes([node], [ua.DataValue(variant, SourceTimestamp=stamp)])
        return "the times of others changed nothing"

    return await _car_beside(line, disturb)


async def second_writer(line: BadLine) -> str:
    """Another client writes In while this one speaks for the line."""
    await line.make_ready()
    async with _another(line) as other:
        client = _client(other)
        namespace = await client.get_namespace_index(NAMESPACE_URI)
        fields = dict(signals_of(LineImage))
        node = dict(zip(fields, node_ids(LineImage, namespace)))["vehicle_in_place"]

        async def disturb() -> str:
            variant = variant_of(fields["vehicle_in_place"], False)
            (code,) = await client.uaclient.write_attributes([node], [ua.DataValue(variant)])
            if code.is_good():
                raise Broken("a second session wrote to In")
            return f"every write of the other was answered {code.name}"

        return await _car_beside(line, disturb)


async def crowd(line: BadLine) -> str:
    """Ten clients read everything, as fast as they can."""
    async with AsyncExitStack() as stack:
        links = [await stack.enter_async_context(_another(line)) for _ in range(CLIENTS)]

        async def disturb() -> str:
            await asyncio.gather(*(link.read() for link in links))
            return f"{CLIENTS} others read all the while"

        return await _car_beside(line, disturb)


async def slow_subscriber(line: BadLine) -> str:
    """A client subscribes to everything at 1 ms, and then reads no more."""
    async with _another(line) as other:
        client = _client(other)
        namespace = await client.get_namespace_index(NAMESPACE_URI)
        subscription = await client.create_subscription(1, _Deaf())
        await subscription.subscribe_data_change([client.get_node(node) for node in node_ids(StationImage, namespace)])
        client.uaclient.protocol.transport.pause_reading()

        async def disturb() -> str:
            return "one subscriber took nothing off the wire"

        return await _car_beside(line, disturb)


class _Deaf:
    def datachange_notification(self, *_: Any) -> None:
        """Nobody listens."""


async def huge_request(line: BadLine) -> str:
    """One client asks for 20,000 values at once, again and again."""
    async with AsyncExitStack() as stack:
        links = [await stack.enter_async_context(_another(line))]
        nodes = [ua.NodeId(ua.ObjectIds.Server_ServerStatus_CurrentTime)] * MANY_NODES

        async def disturb() -> str:
            try:
                await _client(links[-1]).uaclient.read_attributes(nodes, ua.AttributeIds.Value)
            except (*_BROKEN, Broken) as refusal:
                if links[-1].client is None or isinstance(refusal, OSError | asyncio.TimeoutError | Broken):
                    links.append(await stack.enter_async_context(_another(line)))
                return f"{MANY_NODES} nodes at once were refused"
            return f"{MANY_NODES} nodes at once were answered"

        return await _car_beside(line, disturb)


async def _raw(line: BadLine) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(line.endpoint)
    return await asyncio.wait_for(asyncio.open_connection(parts.hostname, parts.port), RECONNECT_S)


async def garbage(line: BadLine) -> str:
    """Bytes that are no OPC UA."""

    async def disturb() -> str:
        with suppress(*_BROKEN):
            _, writer = await _raw(line)
            writer.write(line.rng.randbytes(line.rng.randrange(1, 4096)))
            await writer.drain()
            writer.close()
        return "bytes without sense were thrown away"

    return await _car_beside(line, disturb)


async def flood(line: BadLine) -> str:
    """Idle connections, and messages without an end, from somebody who never logs in; and the PLC comes back."""
    end = _HELLO + struct.pack("<I", len(line.endpoint)) + line.endpoint.encode()
    chunk = b"OPNC" + struct.pack("<I", 8 + 60_000) + bytes(60_000)
    writers: list[asyncio.StreamWriter] = []
    worst_s = 0.0

    async def press() -> None:
        while True:
            with suppress(*_BROKEN):
                _, writer = await _raw(line)
                writers.append(writer)
                writer.write(b"HELF" + struct.pack("<I", 8 + len(end)) + end + chunk * 4)
            for old in writers[:-IDLE_CONNECTIONS]:
                old.close()
            del writers[:-IDLE_CONNECTIONS]
            await asyncio.sleep(0.01)

    task = asyncio.create_task(press())
    try:
        await line.make_ready()
        for _ in range(3):
            await asyncio.sleep(1.0)
            began_s = time.monotonic()
            await line.restart()
            await line.answered(2.0 * RECONNECT_S)
            worst_s = max(worst_s, time.monotonic() - began_s)
        await line.bring()
        await line.take_over()
    finally:
        task.cancel()
        for writer in writers:
            writer.close()
    if worst_s > RECONNECT_S:
        raise Broken(f"the PLC was back after {worst_s:.1f} s")
    return f"the PLC was back within {worst_s:.1f} s, a car was judged"


_MEANWHILE = ("a car is judged meanwhile", "期间车辆照常判定")

AT_THE_WIRE = (
    Scenario(
        "wrong-types",
        wrong_types,
        "values of every wrong type, texts with control characters",
        "写入各种错误类型的值和含控制字符的文本",
        "every write is refused, nothing changes",
        "每次写入都被拒绝，信号不变",
    ),
    Scenario("clock-jumps", clock_jumps, "time stamps of 1970 and 2045", "时间戳为 1970 年和 2045 年", *_MEANWHILE),
    Scenario(
        "second-writer",
        second_writer,
        "a second session writes In",
        "另一个会话也写 In",
        "it is refused (BadLocked), a car is judged meanwhile",
        "被拒绝（BadLocked），期间车辆照常判定",
    ),
    Scenario(
        "crowd", crowd, "ten clients read everything without a pause", "十个客户端不停地读取全部信号", *_MEANWHILE
    ),
    Scenario(
        "slow-subscriber",
        slow_subscriber,
        "a subscriber at 1 ms that stops reading",
        "以 1 ms 订阅后不再读取",
        *_MEANWHILE,
    ),
    Scenario("huge-request", huge_request, "requests about 20,000 nodes", "一次请求 20,000 个节点", *_MEANWHILE),
    Scenario("garbage", garbage, "bytes that are no OPC UA", "不是 OPC UA 的字节", *_MEANWHILE),
    Scenario(
        "flood",
        flood,
        "idle connections and messages without an end",
        "空闲连接和没有结尾的消息",
        "the PLC is back within 2 s, a car is judged",
        "PLC 在 2 s 内恢复连接，车辆照常判定",
    ),
)
