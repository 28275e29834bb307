"""``python -m benchmarks.factory.odd``: odd requests on every port; they end nothing, write nothing, learn no secret.

On the fieldbuses a line speaks meanwhile, as it does in a plant, so that whoever else writes does so without leave;
over OPC UA an observer asks, and strangers send bytes; over HTTP nobody has the token.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from asyncua import Client, Node, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from benchmarks.factory.load import CREDENTIALS
from benchmarks.factory.odd_frames import Odd, http_frames, modbus_frames, opcua_frames, s7_frames
from benchmarks.motion.__main__ import whole
from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.factory.fieldbus.byte_link import ByteLink
from linewalker.factory.fieldbus.fieldbus_server import FieldbusServer
from linewalker.factory.fieldbus.modbus_link import ModbusLink
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.fieldbus.s7_link import S7Link
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import LINE_URI, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials, PasswordCheck
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.identities import Identity, Role, write_identities
from linewalker.factory.opcua.image import node_ids
from linewalker.factory.opcua.station_server import StationServer

OBSERVER = "a password of somebody who only looks"
TOKEN = "a token that nobody here brings"
_START_S, _PATIENCE_S = 120.0, 2.0
logging.getLogger("asyncua").addHandler(logging.NullHandler())


@dataclass(kw_only=True)
class Seen:
    """What came of it.

    Attributes:
        port: in words.
        sent: requests.
        written: writes that nobody had leave for.
        lives: whether it answers as ever at the end.
        leaks: places in what was written down where a secret stands.
    """

    port: str
    sent: int = 0
    written: int = 0
    lives: bool = False
    leaks: int = 0


def poured(endpoint: str, count: int, frames: Callable[[], list[bytes]]) -> int:
    """Send frames over connections that begin anew whenever the other side has enough; returns how many were sent."""
    place, sent = urlsplit(endpoint), 0
    while sent < count:
        at, stranger = (place.hostname, place.port or 80), ("127.0.0.2", 0)  # a PLC is known by its address
        with suppress(OSError), socket.create_connection(at, _PATIENCE_S, stranger) as end:
            end.settimeout(0.02)
            for frame in frames():
                end.sendall(frame)
                sent += 1
                with suppress(TimeoutError):
                    if not end.recv(65536):
                        break
    return sent


# ---------------------------------------------------------------------- OPC UA
async def ask_oddly(odd: Odd, endpoint: str, pki: Path, count: int, seen: Seen) -> None:
    """As an observer, who may look at everything and write nothing."""
    image = [*node_ids(LineImage), *node_ids(StationImage), ua.NodeId("Linewalker.Station.LineWriter", 2)]
    space = Space(nodes=image, methods=[])
    while seen.sent < count:
        client = Client(endpoint, timeout=60.0, watchdog_intervall=60.0)
        client.application_uri = LINE_URI
        client.set_user("looker")
        client.set_password(OBSERVER)
        await client.set_security(SecurityPolicyBasic256Sha256, pki / "line.der", pki / "line.pem")
        with suppress(OSError, ua.UaError, asyncio.TimeoutError):
            async with client:
                if not space.methods:
                    await space.look(client.nodes.objects)
                while seen.sent < count:
                    seen.sent += 1
                    await ask_once(odd, client, space, seen)


@dataclass(frozen=True)
class Space:
    """What is there to ask for: nodes, and methods with the objects they are called on."""

    nodes: list[ua.NodeId]
    methods: list[tuple[ua.NodeId, ua.NodeId]]

    async def look(self, node: Node, deepest: int = 7) -> None:
        """Take in what stands below a node, without what every server has; methods that only tell are left out."""
        for child in await node.get_children_descriptions():
            if child.NodeId.NamespaceIndex == 0:
                continue
            self.nodes.append(child.NodeId)
            if child.NodeClass is ua.NodeClass.Method and not child.BrowseName.Name.startswith("Get"):
                self.methods.append((node.nodeid, child.NodeId))
            elif deepest:
                await self.look(Node(node.session, child.NodeId), deepest - 1)


async def ask_once(odd: Odd, client: Client, space: Space, seen: Seen) -> None:
    """One request."""
    strange = ua.NodeId(odd.choice([0, 85, 2253, 2**31, "", "x" * 200]), odd.randrange(4))
    some = [odd.choice([odd.choice(space.nodes), strange]) for _ in range(odd.choice([1, 1, 3, 30]))]
    attribute = odd.choice(list(ua.AttributeIds))
    what = odd.randrange(4)
    with suppress(ua.UaStatusCodeError):
        if what == 0:
            values = [ua.DataValue(odd.value()) for _ in some]
            codes = await client.uaclient.write_attributes(some, values, attribute)
            seen.written += sum(code.is_good() for code in codes)
        elif what == 1:
            await client.uaclient.read_attributes(some, attribute)
        elif what == 2:
            on, method = odd.choice([odd.choice(space.methods), (some[0], odd.choice(space.nodes))])
            given = [odd.value() for _ in range(odd.randrange(7))]
            request = ua.CallMethodRequest(ObjectId=on, MethodId=method, InputArguments=given)
            results = await client.uaclient.call([request])
            seen.written += sum(result.StatusCode.is_good() for result in results)
        else:
            described = ua.BrowseDescription(
                NodeId=some[0], ReferenceTypeId=strange, BrowseDirection=ua.BrowseDirection(odd.randrange(3))
            )
            await client.uaclient.browse(ua.BrowseParameters(NodesToBrowse=[described]))


def opcua(odd: Odd, folder: Path, count: int) -> Seen:
    """Half of it by strangers, half by an observer."""
    seen, port = Seen(port="OPC UA"), Port()
    pki = folder / "pki"
    ensure_certificate("line", LINE_URI, pki)
    check = PasswordCheck.for_password_of(Credentials(user="looker", password=OBSERVER))
    write_identities(pki, [Identity(name="looker", role=Role.OBSERVER, check=check)])
    audit = folder / "audit.jsonl"
    given = {"credentials": CREDENTIALS, "endpoint": ANY_PORT, "pki": pki, "audit": audit, "standards": True}
    with StationServer(port, **given) as server:
        sent = poured(server.endpoint, count // 2, lambda: opcua_frames(odd))
        asyncio.run(ask_oddly(odd, server.endpoint, pki, count - count // 2, seen))
        first = server.pid
        seen.sent += sent
        seen.lives = asyncio.run(_says(server.endpoint, pki)) and server.pid == first
        seen.written += port.lines != {LineImage()}
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("audit*"))
    seen.leaks = text.count(OBSERVER) + text.count(CREDENTIALS.password)
    return seen


async def _says(endpoint: str, pki: Path) -> bool:
    client = Client(endpoint, timeout=60.0)
    client.application_uri = LINE_URI
    client.set_user(CREDENTIALS.user)
    client.set_password(CREDENTIALS.password)
    await client.set_security(SecurityPolicyBasic256Sha256, pki / "line.der", pki / "line.pem")
    async with client:
        return await client.get_node("ns=2;s=Linewalker.Station.Out.Done").read_value() is False


class Port(StationPort):
    """Remembers everything that a line was seen to say."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: set[LineImage] = set()

    def scan(self, line: LineImage, *, connected: bool) -> StationImage:
        self.lines.add(replace(line, life_counter=0))
        return super().scan(line, connected=connected)


# ---------------------------------------------------------------------- fieldbuses
@contextmanager
def speaking(link: ByteLink) -> Iterator[None]:
    """A line that lives, and does nothing else."""
    done = threading.Event()

    async def live() -> None:
        await link.connect(done.is_set)
        life = 0
        while not done.is_set():
            life += 1
            await link.write(LineImage(life_counter=life, mode=1))
            await asyncio.sleep(0.1)
        await link.close()

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    time.sleep(1.0)
    try:
        yield
    finally:
        done.set()
        thread.join()


def fieldbus(odd: Odd, kind: type[FieldbusServer], link: type[ByteLink], frames: Callable, count: int) -> Seen:
    """While another one speaks for the line."""
    seen, port = Seen(port=kind.name), Port()
    at = kind.default_endpoint.rpartition(":")[0] + ":0"
    with kind(port, endpoint=at) as server, speaking(link(server.endpoint)):
        seen.sent = poured(server.endpoint, count, lambda: frames(odd))
        seen.written = len(port.lines - {LineImage(), LineImage(mode=1)})
        seen.lives = LineImage(mode=1) in port.lines and asyncio.run(answers(link(server.endpoint)))
    return seen


async def answers(link: ByteLink) -> bool:
    """Whether somebody who comes anew is told what the station says."""
    await link.connect(lambda: False)
    said = await link.read()
    await link.close()
    return said is not None


# ---------------------------------------------------------------------- HTTP
@contextmanager
def program(folder: Path, words: list[str], environment: dict[str, str]) -> Iterator[tuple[str, Path]]:
    """A command of ours that serves; where, and what it writes to the screen."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = folder / "said.txt"
    words = [word.format(port=port) for word in words]
    with said.open("w", encoding="utf-8") as stream:
        run = subprocess.Popen(
            [sys.executable, "-m", "linewalker", *words],
            stdout=stream,
            stderr=stream,
            env={**os.environ, **environment},
        )
        try:
            deadline_s = time.monotonic() + _START_S
            while time.monotonic() < deadline_s:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
                    break
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}", said
        finally:
            run.terminate()
            run.wait(30.0)


def http(odd: Odd, folder: Path, count: int, name: str, words: list[str], variable: str, paths: list[str]) -> Seen:
    """Without the token: every answer has to be a refusal."""
    seen = Seen(port=name)
    with program(folder, words, {variable: TOKEN}) as (endpoint, said):
        seen.sent = poured(endpoint, count, lambda: http_frames(odd, paths))
        place = urlsplit(endpoint)
        with socket.create_connection((place.hostname, place.port), 30.0) as end:
            end.sendall(f"GET {paths[0]} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            seen.lives = re.match(rb"HTTP/1.1 (401|200)", end.recv(65536)) is not None
        seen.leaks = said.read_text(encoding="utf-8").count(TOKEN)
    orders = folder / "orders.sqlite"
    seen.written = orders.read_bytes().count(b"LSVAA49J132047371") if orders.exists() else 0
    return seen


def rows(seen: Seen) -> Iterator[Row]:
    """What is left."""
    yield one("sent", seen.sent, "requests", digits=0)
    yield one("writes that nobody had leave for", seen.written, must=0, digits=0)
    yield one("ended, or silent afterwards", 0 if seen.lives else 1, must=0, digits=0)
    yield one("secrets in what was written down", seen.leaks, must=0, digits=0)


def main() -> None:
    """Send and count."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory.odd", description=__doc__)
    parser.add_argument("--count", type=whole(2), default=100_000, help="requests on each port")
    parser.add_argument("--seed", type=int, default=0, help="of what is odd")
    given = parser.parse_args()
    sheet, odd, count = Sheet(), Odd(given.seed), given.count
    car = "/orders/LSVAA49J132047371"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in ("opcua", "mes", "console"):
            (folder / part).mkdir()
        mes = ["mes", str(folder / "mes"), "--http", "127.0.0.1:{port}"]
        console = ["console", str(folder / "console"), "--host", "127.0.0.1", "--port", "{port}"]
        ports: list[Callable[[], Seen]] = [
            lambda: fieldbus(odd, ModbusServer, ModbusLink, modbus_frames, count),
            lambda: fieldbus(odd, S7Server, S7Link, s7_frames, count),
            lambda: http(
                odd, folder / "mes", count, "REST", mes, "LINEWALKER_MES_TOKEN", [car, "/orders", "/results", "/cars/x"]
            ),
            lambda: http(
                odd, folder / "console", count, "Console", console, "LINEWALKER_CONSOLE_TOKEN", ["/", "/api/runs"]
            ),
            lambda: opcua(odd, folder / "opcua", count),
        ]
        for send in ports:
            seen = send()
            sheet.show(seen.port, rows(seen), f"python -m benchmarks.factory.odd --count {count}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
