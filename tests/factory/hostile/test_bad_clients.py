"""Bad clients at a real OPC UA server: it bears them, and a slow one is found out."""

from __future__ import annotations

from pathlib import Path

import pytest
from asyncua import ua

from linewalker.factory.handshake.signals import LineImage, SignalType, signals_of
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.hostile import bad_clients
from linewalker.factory.hostile.bad_clients import AT_THE_WIRE
from linewalker.factory.hostile.bad_line import Patience
from linewalker.factory.hostile.kit import Kit, numbered
from linewalker.factory.hostile.scenario import Ending, Finding, Scenario
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.image import refusal
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.fake_program import FakeProgram
from tests.factory.handshake.plant import order
from tests.factory.hostile.crew import Crew
from tests.factory.wires import CREDENTIALS

PATIENCE = Patience(ready_s=30.0, job_s=30.0, watch_s=0.1, cycle_s=0.01)
SCENARIOS = {scenario.name: scenario for scenario in AT_THE_WIRE}


@pytest.fixture(scope="module")
def kit(pki: Path):
    port = StationPort()
    with (
        StationServer(port, credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
        FakeProgram(port, Crew(0.2)),
    ):
        yield Kit(
            endpoint=server.endpoint,
            connect=lambda: StationLink(endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki),
            orders=numbered([order(0), order(1)], 100),
            patience=PATIENCE,
        )


def played(kit: Kit, scenario: Scenario) -> Finding:
    (finding,) = kit.play([scenario])
    return finding


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_station_bears_it(kit: Kit, name: str) -> None:
    finding = played(kit, SCENARIOS[name])
    assert finding.ending is Ending.HELD, finding.seen


def test_a_station_that_keeps_its_plc_waiting_is_found_out(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bad_clients, "RECONNECT_S", 1e-3)
    finding = played(kit, SCENARIOS["flood"])
    assert finding.ending is Ending.BROKEN
    assert "PLC" in finding.seen or "answer" in finding.seen


def test_a_station_that_takes_what_it_must_not_is_found_out(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A good value among the odd ones stands for a station that takes odd ones."""
    good = {SignalType.STRING: "sedan", SignalType.BOOLEAN: False}

    def odd_and_good(own: SignalType) -> list[ua.Variant]:
        return [ua.Variant(good[own], ua.VariantType[own.value])] if own in good else []

    monkeypatch.setattr(bad_clients, "_odd_values", odd_and_good)
    finding = played(kit, SCENARIOS["wrong-types"])
    assert finding.ending is Ending.BROKEN
    assert "took" in finding.seen


def test_odd_values_are_odd() -> None:

    for _, signal in signals_of(LineImage):
        for variant in bad_clients._odd_values(signal.type):
            assert refusal(signal, ua.DataValue(variant)) is not None
