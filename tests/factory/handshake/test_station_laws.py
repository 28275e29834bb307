"""The station alone, against a line that writes anything at all: what it must never be talked into."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.factory.handshake.job import CommittedResult
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult
from linewalker.factory.handshake.station_handshake import JobPhase
from tests.factory.handshake.plant import VINS, Plant
from tests.factory.wires import over_opcua

MOSTLY = st.sampled_from([True, True, True, True, True, False])
LINE = st.fixed_dictionaries(
    {},
    optional={
        "start_inspect": st.booleans(),
        "ack_result": st.booleans(),
        "fault_reset": st.booleans(),
        "vehicle_in_place": MOSTLY,
        "mode": st.sampled_from([LineMode.AUTOMATIC] * 5 + [LineMode.OFF]),
        "vin": st.sampled_from([VINS[0], VINS[0], VINS[1], "NONSENSE"]),
        "sequence_no": st.sampled_from([1, 1, 1, 2]),
    },
)
PROGRAM = st.sampled_from(["work", "work", "finish", "finish", "late", "other car", "abandon", "silent"])


SCRIPT = st.lists(st.tuples(LINE, PROGRAM), min_size=5, max_size=60)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(script=SCRIPT)
def test_no_line_talks_the_station_into_anything(script):
    follow(script, Plant())


@settings(max_examples=30, deadline=None, derandomize=True)
@given(script=SCRIPT)
def test_nor_does_one_over_opcua(script):
    follow(script, Plant(carry=over_opcua))


def follow(script, plant):
    plant.tell(mode=LineMode.AUTOMATIC, enter_permit=(True,) * ZONES, vehicle_in_place=True, vin=VINS[0], sequence_no=1)
    plant.tell()
    witness = Witness(plant)
    for signals, deed in script:
        plant.to_station = replace(plant.to_station, life_counter=plant.to_station.life_counter + 1, **signals)
        plant.now_s += 0.1
        act(plant, deed)
        witness.scan()


def act(plant: Plant, deed: str) -> None:
    station, program = plant.station, plant.program
    program.take()
    if deed == "silent":
        plant.now_s += 31.0
        return
    if deed == "late":
        program.robot_time_s += 301.0
    program.report(plant.now_s)
    if deed == "other car":
        assert not station.finish(CommittedResult(vin=VINS[2], sequence=1, result=LineResult.OK))
    elif deed == "abandon":
        program.abandon()
    elif deed in ("finish", "late") and program.job is not None:
        job, expired = program.job, station.takt_expired
        told = station.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.OK))
        program.job = None
        if told and expired:
            assert station._result.result is LineResult.NOT_DECIDABLE


class Witness:
    """Scans the station and remembers just enough to see a broken rule."""

    def __init__(self, plant: Plant):
        self.plant = plant
        self.start_was_low = self.ack_was_low = self.reset_was_low = True

    def scan(self) -> None:
        station, line = self.plant.station, self.plant.to_station
        phase, job = station.phase, station.job
        held = self.plant.program.job is not None
        said = self.plant.scan_station()
        self._judge(phase, job, line, held)
        assert said.ready + said.busy + said.done <= 1
        assert (said.vin, said.sequence_no) == ((station.job.vin, station.job.sequence) if station.job else ("", 0))
        self.start_was_low |= not line.start_inspect
        self.ack_was_low = not line.ack_result or (self.ack_was_low and phase is JobPhase.DONE)
        self.reset_was_low = not line.fault_reset or (self.reset_was_low and phase is JobPhase.FAULT)

    def _judge(self, phase: JobPhase, job: object, line: LineImage, held: bool) -> None:
        station = self.plant.station
        if phase is not JobPhase.BUSY and station.phase is JobPhase.BUSY:
            assert phase is JobPhase.READY
            assert self.start_was_low
            assert line.start_inspect
            assert line.vehicle_in_place
            self.start_was_low = False
        if phase is JobPhase.DONE and station.phase is not JobPhase.DONE:
            assert self.ack_was_low
            assert line.ack_result
            assert not line.start_inspect
            assert (line.vin, line.sequence_no) == (job.vin, job.sequence)
        if phase is JobPhase.FAULT and station.phase is not JobPhase.FAULT:
            assert self.reset_was_low
            assert line.fault_reset
            assert not held
