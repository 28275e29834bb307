"""The wires that a station and a line are tested over. Whatever holds, holds over each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from asyncua import ua

from linewalker.factory.fieldbus.byte_link import ByteLink
from linewalker.factory.fieldbus.modbus_link import ModbusLink
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.fieldbus.s7_link import S7Link
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.line_controller import LineLink
from linewalker.factory.handshake.signals import LineImage, StationImage, signals_of
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.image import image_of, refusal, variant_of
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.cable import Cable
from tests.factory.memory_wire import MemoryWire

CREDENTIALS = Credentials(user="line", password="a password for tests")
NAMES = ("memory", "OPC UA", "Modbus TCP", "S7")
WITHOUT_DOCUMENTS = ("Modbus TCP", "S7")
"""Wires that carry the byte image, in which there is no ResultJson."""


class Wire(Protocol):
    """A wire with a station at one end, which can be pulled."""

    name: str
    station: StationPort

    def link(self) -> LineLink: ...

    def pull(self) -> None: ...

    def plug_in(self) -> None: ...


class OpcuaWire:
    """Server, cable, and clients."""

    name = "OPC UA"

    def __init__(self, station: StationPort, cable: Cable, pki: Path):
        self.station = station
        self.pull, self.plug_in = cable.pull, cable.plug_in
        self._endpoint, self._pki = cable.endpoint, pki

    def link(self) -> StationLink:
        return StationLink(endpoint=self._endpoint, credentials=CREDENTIALS, pki=self._pki)


class FieldbusWire:
    """Server, cable, and clients of a byte image."""

    def __init__(self, name: str, station: StationPort, cable: Cable, link: type[ByteLink]):
        self.name, self.station = name, station
        self.pull, self.plug_in = cable.pull, cable.plug_in
        self._endpoint, self._link = cable.endpoint, link

    def link(self) -> ByteLink:
        return self._link(self._endpoint)


@contextmanager
def wired(name: str, station: StationPort, pki: Path) -> Iterator[Wire]:
    """A station on a wire of that name."""
    if name == "memory":
        with MemoryWire(station) as wire:
            yield wire
        return
    if name in WITHOUT_DOCUMENTS:
        serve, link = (ModbusServer, ModbusLink) if name == "Modbus TCP" else (S7Server, S7Link)
        with (
            serve(station, endpoint=serve.default_endpoint.rpartition(":")[0] + ":0") as server,
            Cable(server.endpoint) as cable,
        ):
            yield FieldbusWire(name, station, cable, link)
        return
    with (
        StationServer(station, credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
        Cable(server.endpoint) as cable,
    ):
        yield OpcuaWire(station, cable, pki)


def over_opcua(image: LineImage | StationImage) -> LineImage | StationImage:
    """An image as it comes out at the other end of OPC UA: checked if the line writes it, in binary, and back."""
    values = []
    for name, signal in signals_of(type(image)):
        variant = variant_of(signal, getattr(image, name))
        if isinstance(image, LineImage):
            assert refusal(signal, ua.DataValue(variant)) is None, name
        wire = ua.utils.Buffer(ua.ua_binary.variant_to_binary(variant))
        values.append(ua.ua_binary.variant_from_binary(wire).Value)
    return image_of(type(image), values)
