"""A station that keeps the rules bears every scenario; one that breaks a single rule is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from linewalker.factory.handshake.job import HandshakeLimits
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.hostile.bad_line import Patience
from linewalker.factory.hostile.bad_signals import AT_THE_SIGNALS
from linewalker.factory.hostile.kit import Kit, numbered
from linewalker.factory.hostile.scenario import Ending, Finding, Scenario
from tests.factory.fake_program import FakeProgram
from tests.factory.handshake.plant import order
from tests.factory.hostile.crew import Crew
from tests.factory.memory_wire import MemoryWire

QUICK = Patience(ready_s=4.0, job_s=4.0, line_lost_s=0.8, watch_s=0.1, cycle_s=0.004)
LIMITS = HandshakeLimits(life_timeout_s=0.4)
SCENARIOS = {scenario.name: scenario for scenario in AT_THE_SIGNALS}


class Deaf(StationPort):
    """A station that breaks a rule: ``hears`` makes of what the line says what it listens to."""

    hears: Callable[[LineImage, StationImage], LineImage]
    _said = StationImage()

    def scan(self, line: LineImage, *, connected: bool) -> StationImage:
        self._said = super().scan(self.hears(line, self._said), connected=connected)
        return self._said


def while_busy(**signals: object) -> Callable[[LineImage, StationImage], LineImage]:
    return lambda line, said: replace(line, **signals) if said.busy else line


def its_own_order(line: LineImage, said: StationImage) -> LineImage:
    return replace(line, vin=said.vin, sequence_no=said.sequence_no) if said.busy or said.done else line


def no_counter_needed(line: LineImage, said: StationImage) -> LineImage:
    return replace(line, life_counter=said.life_counter + 1)


def any_vin(line: LineImage, said: StationImage) -> LineImage:  # noqa: ARG001
    return replace(line, vin="LSVAA49J132047371") if line.vin else line


RULES_BROKEN: dict[str, Callable[[LineImage, StationImage], LineImage]] = {
    "overrun": while_busy(vehicle_in_place=True),
    "permits-withdrawn": while_busy(enter_permit=(True,) * ZONES),
    "mode-off": while_busy(mode=LineMode.AUTOMATIC),
    "start-withdrawn": while_busy(start_inspect=True),
    "changing-vin": its_own_order,
    "foreign-acknowledgement": its_own_order,
    "heartbeat-frozen": no_counter_needed,
    "no-vin": any_vin,
}


def played(scenario: Scenario, port: StationPort, crew: Crew) -> Finding:
    with MemoryWire(port) as wire, FakeProgram(port, crew):
        kit = Kit(endpoint="memory", connect=wire.link, orders=numbered([order(0), order(1)], 100), patience=QUICK)
        (finding,) = kit.play([scenario])
    return finding


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_station_that_keeps_the_rules_bears_it(name: str) -> None:
    job_s = 1.2 if name in ("heartbeat-lost", "long-cut", "short-cut") else 0.2
    limits = None if name == "short-cut" else LIMITS
    finding = played(SCENARIOS[name], StationPort(limits), Crew(job_s))
    assert finding.ending is Ending.HELD, finding.seen


@pytest.mark.parametrize("name", RULES_BROKEN)
def test_a_station_that_breaks_the_rule_is_found_out(name: str) -> None:
    port = Deaf(LIMITS)
    port.hears = RULES_BROKEN[name]
    finding = played(SCENARIOS[name], port, Crew(0.2))
    assert finding.ending is Ending.BROKEN, finding.seen


def test_a_crew_that_inspects_one_number_twice_is_found_out() -> None:
    crew = Crew(0.1)
    crew.forgetful = True
    finding = played(SCENARIOS["same-number"], StationPort(LIMITS), crew)
    assert finding.ending is Ending.BROKEN
    assert "two results" in finding.seen


def test_what_could_not_be_shown_is_not_called_held() -> None:
    finding = played(SCENARIOS["overrun"], StationPort(LIMITS), Crew(0.0))
    assert finding.ending is Ending.NOT_SHOWN


def test_each_says_in_two_languages_what_is_done_and_what_must_hold() -> None:
    for scenario in AT_THE_SIGNALS:
        assert scenario.does
        assert scenario.must
        assert any("\u4e00" <= c <= "\u9fff" for c in scenario.does_zh)
        assert any("\u4e00" <= c <= "\u9fff" for c in scenario.must_zh)
