"""Which wire a station is on, and the ends of it. Their packages are loaded when one is asked for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from linewalker.errors import InputError
from linewalker.factory.handshake.line_controller import LineLink
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.credentials import Credentials

WITHOUT_A_PASSWORD = "knows no password: whoever reaches it speaks for the line; its network has to be the line's alone"


class Wire(StrEnum):
    """What carries the image."""

    OPCUA = "opcua"
    MODBUS = "modbus"
    S7 = "s7"


class Server(Protocol):
    """What carries it, while it does."""

    endpoint: str
    station: StationPort


@dataclass(frozen=True, kw_only=True)
class Service:
    """How a station serves a line of somebody else's.

    Attributes:
        wire: what it serves it over.
        endpoint: where it listens; None: where the wire does on this machine.
        credentials: what the line must know; only OPC UA asks.
        cars: stop after so many; 0: never.
        real_time: hold the pace of the wall clock.
        insecure: serve unencrypted channels and anonymous observers, too.
        standards: show the models that plants know beside the image; only OPC UA can.
    """

    wire: Wire = Wire.OPCUA
    endpoint: str | None = None
    credentials: Credentials | None = None
    cars: int = 0
    real_time: bool = True
    insecure: bool = False
    standards: bool = False


def serve(service: Service, station: StationPort, *, audit: Path) -> AbstractContextManager[Server]:
    """The server of a wire, to be entered.

    Args:
        service: which one, and how.
        station: whose images it carries.
        audit: where it is written down who did what.

    Raises:
        InputError: the endpoint is none of this wire.
        MissingPackage: what serves it is not installed.
    """
    if service.standards and service.wire is not Wire.OPCUA:
        raise InputError(f"{service.wire} has no models; leave --standards out", key="--standards")
    if service.wire is Wire.OPCUA:
        from linewalker.factory.opcua.endpoint import DEFAULT_ENDPOINT
        from linewalker.factory.opcua.station_server import StationServer

        if service.credentials is None:
            raise InputError("a line over OPC UA has a user and a password", key="password")
        return StationServer(
            station,
            credentials=service.credentials,
            endpoint=service.endpoint or DEFAULT_ENDPOINT,
            audit=audit,
            insecure=service.insecure,
            standards=service.standards,
        )
    if service.wire is Wire.MODBUS:
        from linewalker.factory.fieldbus.modbus_server import ModbusServer

        return ModbusServer(station, endpoint=service.endpoint)
    from linewalker.factory.fieldbus.s7_server import S7Server

    return S7Server(station, endpoint=service.endpoint)


def link_to(wire: Wire, endpoint: str | None, credentials: Credentials | None) -> LineLink:
    """A line's end of a wire.

    Args:
        endpoint: of the station; None: where the wire has it on this machine.
        credentials: what the line knows; only OPC UA asks.

    Raises:
        InputError: the endpoint is none of this wire, or credentials are missing.
        MissingPackage: what speaks it is not installed.
    """
    if wire is Wire.OPCUA:
        from linewalker.factory.opcua.endpoint import DEFAULT_ENDPOINT
        from linewalker.factory.opcua.link import StationLink

        if credentials is None:
            raise InputError("a line over OPC UA has a user and a password", key="password")
        return StationLink(endpoint=endpoint or DEFAULT_ENDPOINT, credentials=credentials)
    if wire is Wire.MODBUS:
        from linewalker.factory.fieldbus.modbus_link import ModbusLink

        return ModbusLink(endpoint)
    from linewalker.factory.fieldbus.s7_link import S7Link

    return S7Link(endpoint)
