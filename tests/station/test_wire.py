"""A station is served over the wire it was asked for, and says which address that wire has."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.factory.handshake.job import CommittedResult
from linewalker.factory.handshake.line_controller import LineController
from linewalker.factory.handshake.line_handshake import Cause
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.station.wire import Service, Wire, link_to, serve
from tests.factory.fake_program import FakeProgram
from tests.factory.handshake.plant import VINS, order

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


@pytest.mark.parametrize("wire", [Wire.MODBUS, Wire.S7])
def test_only_opcua_has_models(wire, tmp_path):
    with pytest.raises(InputError, match=f"{wire} has no models; leave --standards out"):
        serve(Service(wire=wire, standards=True), StationPort(), audit=tmp_path)


def test_opcua_wants_a_password(tmp_path):
    with pytest.raises(InputError, match="password"):
        serve(Service(), StationPort(), audit=tmp_path)


@pytest.mark.parametrize("wire", Wire)
def test_a_line_goes_through_over_every_wire(wire, tmp_path, monkeypatch):
    monkeypatch.setenv("LINEWALKER_PKI", str(tmp_path))
    endpoint = {Wire.OPCUA: ANY_PORT, Wire.MODBUS: "modbus.tcp://127.0.0.1:0", Wire.S7: "s7://127.0.0.1:0"}[wire]
    service = Service(wire=wire, endpoint=endpoint, credentials=CREDENTIALS)
    with (
        serve(service, StationPort(), audit=tmp_path / "audit") as server,
        FakeProgram(server.station, judge) as program,
    ):
        outcomes = LineController(link_to(wire, server.endpoint, CREDENTIALS), cycle_s=0.02).run([order(0), order(1)])
    assert [(outcome.vin, outcome.cause) for outcome in outcomes] == [(VINS[i], Cause.JUDGED) for i in (0, 1)]
    assert [job.options for job in program.jobs] == ["paint=red", "paint=red"]


def judge(port, job):
    port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.OK))


def test_a_line_over_opcua_wants_a_password_too():
    with pytest.raises(InputError, match="password"):
        link_to(Wire.OPCUA, None, None)
