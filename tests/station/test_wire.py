"""A station is served over the wire it was asked for, and says which address that wire has."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.credentials import Credentials
from linewalker.station.wire import Service, Wire, serve

CREDENTIALS = Credentials(user="line", password="a password for tests")


@pytest.mark.parametrize(
    ("wire", "begins"),
    [(Wire.OPCUA, "opc.tcp://127.0.0.1:"), (Wire.MODBUS, "modbus.tcp://127.0.0.1:"), (Wire.S7, "s7://127.0.0.1:")],
)
def test_every_wire_has_an_address_on_this_machine(wire, begins, tmp_path, monkeypatch):
    monkeypatch.setenv("LINEWALKER_PKI", str(tmp_path))
    station = StationPort()
    server = serve(Service(wire=wire, credentials=CREDENTIALS), station, audit=tmp_path / "audit")
    assert server.endpoint.startswith(begins)
    assert server.station is station


@pytest.mark.parametrize("wire", [Wire.MODBUS, Wire.S7])
def test_an_address_of_another_wire_is_bad_input(wire, tmp_path):
    with pytest.raises(InputError, match="is not an endpoint; write "):
        serve(Service(wire=wire, endpoint="opc.tcp://127.0.0.1:4840/linewalker"), StationPort(), audit=tmp_path)


def test_opcua_wants_a_password(tmp_path):
    with pytest.raises(InputError, match="password"):
        serve(Service(), StationPort(), audit=tmp_path)
