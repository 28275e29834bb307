"""Run as a program: what weighs on a station's server, in a process of its own.

``python -m benchmarks.factory.load clients|floods ENDPOINT PKI``.
"""

from __future__ import annotations

import asyncio
import logging
import os
import struct
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from linewalker.factory.handshake.signals import StationImage
from linewalker.factory.opcua.certificates import LINE_URI
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.image import node_ids

CREDENTIALS = Credentials(user="line", password="a password for benchmarks")
logging.getLogger("asyncua").addHandler(logging.NullHandler())

CLIENTS, HUGE, HUGE_PAUSE_S = 10, 20_000, 0.5
IDLE, CHUNK_BYTES = 64, 60_000
_NICENESS = 10


async def session(endpoint: str, pki: Path) -> Client:
    """A client that is logged in."""
    client = Client(endpoint, timeout=60.0, watchdog_intervall=60.0)  # a machine may have other work
    client.application_uri = LINE_URI
    client.set_user(CREDENTIALS.user)
    client.set_password(CREDENTIALS.password)
    await client.set_security(SecurityPolicyBasic256Sha256, pki / "line.der", pki / "line.pem")
    await client.connect()
    return client


async def hammer(endpoint: str, pki: Path) -> None:
    """Reads everything that the station says, as fast as it is answered."""
    client, nodes = await session(endpoint, pki), node_ids(StationImage)
    while True:
        await client.uaclient.read_attributes(nodes, ua.AttributeIds.Value)


async def ask_too_much(endpoint: str, pki: Path) -> None:
    """Reads and writes 20,000 nodes in one request, again and again, whatever the answer."""
    time, value = ua.NodeId(ua.ObjectIds.Server_ServerStatus_CurrentTime), ua.DataValue(ua.Variant(True))
    while True:
        with suppress(Exception):
            client = await session(endpoint, pki)
            while True:
                with suppress(ua.uaerrors.BadTooManyOperations):
                    await client.uaclient.read_attributes([time] * HUGE, ua.AttributeIds.Value)
                await asyncio.sleep(HUGE_PAUSE_S)
                with suppress(ua.uaerrors.BadTooManyOperations):
                    await client.uaclient.write_attributes([time] * HUGE, [value] * HUGE)
        await asyncio.sleep(HUGE_PAUSE_S)


async def pour(host: str, port: int) -> None:
    """Chunks without a last one, on a channel that was never opened."""
    chunk = b"MSGC" + struct.pack("<IIIII", CHUNK_BYTES, 0, 0, 1, 1)
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.write(b"HELF" + struct.pack("<IIIIIIi", 32, 0, 65535, 65535, 0, 0, -1))
            for _ in range(200):
                writer.write(chunk.ljust(CHUNK_BYTES, b"\0"))
                await writer.drain()
            writer.close()
        await asyncio.sleep(0.01)


async def idle(host: str, port: int) -> None:
    """Comes in and says nothing, as long as it is let."""
    while True:
        with suppress(OSError):
            reader, _ = await asyncio.open_connection(host, port)
            await reader.read()
        await asyncio.sleep(0.05)


async def main(kind: str, endpoint: str, pki: Path) -> None:
    """Until it is ended; clients work on machines of their own, so here they take what is left over."""
    os.nice(_NICENESS)
    parts = urlsplit(endpoint)
    host, port = str(parts.hostname), int(parts.port or 0)
    if kind == "clients":
        work = [hammer(endpoint, pki) for _ in range(CLIENTS)] + [ask_too_much(endpoint, pki)]
    else:
        work = [idle(host, port) for _ in range(IDLE)] + [pour(host, port) for _ in range(8)]
    print("begins", flush=True)
    await asyncio.gather(*work)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
