"""Laws that hold whatever the two sides, the robot, the wires and the clocks do.

Hypothesis interleaves scans of station and line with lost connections, frozen life counters, robots that fall or give
up, lines that take permits back, wires that carry a wrong echo, and takts that expire.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from linewalker.factory.handshake.faults import PLACE_IN_DOUBT, Fault, FaultCode
from linewalker.factory.handshake.line_handshake import Cause, LineStep
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult, StationImage
from linewalker.factory.handshake.station_handshake import JobPhase
from tests.factory.handshake.plant import VINS, Plant, order, same
from tests.factory.wires import over_opcua

VERDICTS = st.sampled_from([LineResult.OK, LineResult.NOK, LineResult.NOT_DECIDABLE])

DISTURBANCES = [
    {"mode": LineMode.OFF},
    {"vehicle_in_place": False},
    {"enter_permit": (False,) * ZONES},
    {"start_inspect": False},
    {"start_inspect": True},
    {"ack_result": True},
    {"fault_reset": True},
    {"vin": VINS[3]},
    {"sequence_no": 3},
]


class AnyPlant(RuleBasedStateMachine):
    carry = staticmethod(same)

    @initialize()
    def build(self) -> None:
        self.plant = Plant(carry=self.carry)
        self.next_car = 0
        self.begun: list[int] = []
        self.reset_edge_since_fault = False
        self.reset_was_low = False
        self.late: set[str] = set()

    # ---------------------------------------------------------------- ordinary life
    @rule(dt_s=st.sampled_from([0.02, 0.1, 1.0]), scans=st.integers(1, 30))
    def everyone_scans(self, dt_s: float, scans: int) -> None:
        for _ in range(scans):
            self._pass(dt_s)
            self.plant.program.take()
            self.plant.program.report(self.plant.now_s)
            self._station_scans()
            self.plant.scan_line()

    @rule()
    def next_car_arrives(self) -> None:
        if self.plant.line.step in (LineStep.IDLE, LineStep.FINISHED) and self.next_car < len(VINS):
            self.begun.append(self.next_car)
            self.plant.line.begin(order(self.next_car), self.plant.now_s)
            self.next_car += 1
        self.everyone_scans(0.1, 12)

    @rule(verdict=VERDICTS)
    def robot_finishes(self, verdict: LineResult) -> None:
        if self.plant.station.takt_expired and self.plant.program.job is not None:
            self.late.add(self.plant.program.job.vin)
        self.plant.program.finish(verdict)

    @rule(verdict=VERDICTS)
    def a_car_goes_through(self, verdict: LineResult) -> None:
        self.next_car_arrives()
        self.robot_finishes(verdict)
        self.everyone_scans(0.1, 6)

    # ---------------------------------------------------------------- whatever can go wrong
    @rule(dt_s=st.sampled_from([0.1, 6.0, 70.0]), who=st.sampled_from(["station", "line", "line without connection"]))
    def only_one_side_scans(self, dt_s: float, who: str) -> None:
        self._pass(dt_s)
        if who == "station":
            self._station_scans()
        else:
            self.plant.scan_line(connected=who == "line")

    @rule(misfortune=st.sampled_from(["slow", "hot", "fallen", "picked up", "given up"]))
    def the_robot_has_bad_luck(self, misfortune: str) -> None:
        program, station = self.plant.program, self.plant.station
        if misfortune == "slow":
            program.robot_time_s += 400.0
            program.report(self.plant.now_s)
        elif misfortune == "hot":
            self._failing(lambda: station.fail(Fault(code=FaultCode.ROBOT_FAULT, text="for a test")))
        elif misfortune == "fallen":
            program.fallen = True
            self._failing(lambda: station.fail(Fault(code=FaultCode.ROBOT_FELL, text="for a test")))
        elif misfortune == "picked up":
            program.fallen = False
        else:
            self._failing(program.abandon)

    @rule(change=st.sampled_from(DISTURBANCES))
    def a_signal_is_disturbed(self, change: dict[str, object]) -> None:
        self.plant.to_station = replace(self.plant.to_station, **change)
        self._pass(0.02)
        self._station_scans()

    @rule(number=st.integers(0, len(VINS) - 1))
    def the_line_sees_a_result_of_another_car(self, number: int) -> None:
        if self.begun and number == self.begun[-1]:
            return
        honest = self.plant.to_line
        self.plant.to_line = replace(
            honest, done=True, busy=False, ready=False, fault_code=0, result=1, vin=VINS[number], sequence_no=number + 1
        )
        self.plant.scan_line()
        self.plant.to_line = honest

    # ---------------------------------------------------------------- the laws
    @invariant()
    def at_most_one_of_ready_busy_done(self) -> None:
        said = self.plant.to_line
        assert said.ready + said.busy + said.done <= 1
        assert not (said.fault_code and said.ready)
        assert not (said.fault_code and said.busy)

    @invariant()
    def a_result_is_said_with_its_car_or_not_at_all(self) -> None:
        said = self.plant.to_line
        assert (said.result != LineResult.UNDEFINED) == said.done
        assert bool(said.result_json) == said.done
        if said.done:
            committed = self.plant.program.records[(said.vin, said.sequence_no)]
            assert said.result in (committed.result, LineResult.NOT_DECIDABLE)
            assert said.result_json == committed.document

    @invariant()
    def a_clear_zone_is_surely_clear(self) -> None:
        said = self.plant.to_line
        assert not any(clear and inside for clear, inside in zip(said.zone_clear, said.in_zone))
        if said.fault_code in PLACE_IN_DOUBT:
            assert not any(said.zone_clear)
            assert not said.home_pos

    @invariant()
    def one_outcome_per_car(self) -> None:
        vins = [outcome.vin for outcome in self.plant.outcomes]
        assert vins == [VINS[number] for number in self.begun][: len(vins)]
        assert len(self.begun) - len(vins) in (0, 1)

    @invariant()
    def ok_only_if_the_station_committed_ok_for_this_car(self) -> None:
        for outcome in self.plant.outcomes:
            if outcome.result is not LineResult.NOT_DECIDABLE:
                assert outcome.cause is Cause.JUDGED
                assert self.plant.program.records[(outcome.vin, outcome.sequence)].result is outcome.result
                assert outcome.vin not in self.late

    @invariant()
    def a_car_is_judged_once(self) -> None:
        assert len(self.plant.program.records) <= len(set(self.plant.program.jobs_run))

    def _pass(self, dt_s: float) -> None:
        self.plant.now_s += dt_s
        self.plant.program.robot_time_s += dt_s

    def _failing(self, action: Callable[[], None]) -> None:
        before = self.plant.station.fault
        action()
        if self.plant.station.fault is not before:
            self.reset_was_low = self.reset_edge_since_fault = False

    def _station_scans(self) -> None:
        """Scan, and hold the station to the rule about restarts."""
        station, line = self.plant.station, self.plant.to_station
        faulty, was_done, job = station.fault is not None, station.phase is JobPhase.DONE, station.job
        if not line.fault_reset:
            self.reset_was_low = True
        elif self.reset_was_low:
            self.reset_edge_since_fault = True
        self.plant.scan_station()
        if station.fault is not None and not faulty:
            self.reset_was_low = self.reset_edge_since_fault = False
        if faulty and station.fault is None:
            assert self.reset_edge_since_fault, "the fault went away without a rising edge of FaultReset"
        if was_done and station.phase is not JobPhase.DONE:
            assert line.ack_result
            assert not line.start_inspect
            assert job is not None
            assert (line.vin, line.sequence_no) == (job.vin, job.sequence)
        if station.phase is JobPhase.BUSY:
            assert station.fault is None


class AnyPlantOverOpcua(AnyPlant):
    carry = staticmethod(over_opcua)


TestAnyPlant, TestAnyPlantOverOpcua = AnyPlant.TestCase, AnyPlantOverOpcua.TestCase
TestAnyPlant.settings = settings(
    max_examples=250, stateful_step_count=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
TestAnyPlantOverOpcua.settings = settings(TestAnyPlant.settings, max_examples=15)


def test_a_line_that_says_nothing_gets_nothing():
    plant = Plant()
    for _ in range(100):
        plant.now_s += 0.5
        plant.program.report(plant.now_s)
        said = plant.scan_station()
    assert said == StationImage(zone_clear=(True,) * ZONES, home_pos=True)
    assert plant.to_station == LineImage()


@pytest.mark.parametrize("held_high", ["start_inspect", "ack_result", "fault_reset"])
def test_a_stuck_bit_runs_no_second_job(held_high):
    plant = Plant()
    plant.start(0)
    plant.program.finish(LineResult.OK)
    for _ in range(200):
        plant.now_s += 0.1
        plant.program.take()
        plant.program.report(plant.now_s)
        plant.scan_station()
        plant.scan_line()
        plant.to_station = replace(plant.to_station, **{held_high: True})
    assert len(plant.program.jobs_run) == 1
