"""A client of a station that shows the standards, and knows nothing of Linewalker but its port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from linewalker.factory.opcua.certificates import LINE_URI
from linewalker.factory.opcua.standards.nodeset import URIS
from tests.factory.wires import CREDENTIALS

VIN = "LSVAA49J132047371"


class Visitor:
    """A session, with the data types of the models loaded."""

    def __init__(self, client: Client):
        self.client = client
        self._life = 0

    @classmethod
    @asynccontextmanager
    async def at(
        cls, endpoint: str, pki: Path, user: str = "line", password: str = CREDENTIALS.password
    ) -> AsyncIterator[Any]:
        client = Client(endpoint, timeout=60, watchdog_intervall=60.0)
        client.application_uri = LINE_URI
        client.set_user(user)
        client.set_password(password)
        await client.set_security(SecurityPolicyBasic256Sha256, pki / "line.der", pki / "line.pem")
        async with client:
            visitor = cls(client)
            uris = await client.get_namespace_array()
            visitor.index = {name: uris.index(uri) for name, uri in URIS.items()}
            # asyncua 2.1 does not look at types whose name it knows already
            ua.basetype_by_datatype[ua.NodeId(3017, visitor.index["machine_vision"])] = "String"
            await client.load_data_type_definitions()
            yield visitor

    def node(self, name: str):
        return self.client.get_node(f"ns=2;s=Linewalker.{name}")

    async def write(self, **signals: Any) -> None:
        for name, variant in signals.items():
            await self.node(f"Station.In.{name}").write_value(variant)

    async def count(self) -> None:
        while True:
            self._life += 1
            await self.write(LifeCounter=ua.Variant(self._life, ua.VariantType.UInt32))
            await asyncio.sleep(0.2)

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """As a line: alive, automatic, with a car in place that the robot may go to."""
        task = asyncio.create_task(self.count())
        try:
            await self.write(
                Mode=ua.Variant(1, ua.VariantType.Byte),
                VehicleInPlace=ua.Variant(True, ua.VariantType.Boolean),
                EnterPermit=ua.Variant([True] * 16, ua.VariantType.Boolean, is_array=True),
            )
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def made(self, model: str, identifier: int, **content: Any) -> Any:
        return ua.get_type(ua.NodeId(identifier, self.index[model]))(**content)

    async def call(self, object_name: str, method: str, *arguments: ua.Variant) -> ua.CallMethodResult:
        """The raw answer, whatever its code."""
        request = ua.CallMethodRequest(
            ObjectId=self.node(object_name).nodeid,
            MethodId=self.node(f"{object_name}.{method}").nodeid,
            InputArguments=list(arguments),
        )
        return (await self.client.uaclient.call([request]))[0]

    async def until(self, ask: Callable[[], Coroutine[Any, Any, bool]], what: str = "it") -> None:
        for _ in range(1200):
            if await ask():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{what} did not happen")


def text(value: str) -> ua.Variant:
    return ua.Variant(value, ua.VariantType.String)


def structure(value: Any) -> ua.Variant:
    return ua.Variant(value, ua.VariantType.ExtensionObject)
