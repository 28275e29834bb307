"""A plant on one thread: both handshakes, a robot program that can misbehave, and wires that are read when told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, Job, RobotReport
from linewalker.factory.handshake.line_handshake import CarOutcome, LineHandshake, LineLimits, LineStep
from linewalker.factory.handshake.signals import LineImage, LineResult, StationImage
from linewalker.factory.handshake.station_handshake import StationHandshake
from linewalker.factory.orders.build_orders import BuildOrder

Image = LineImage | StationImage
VINS = ("LSVAA49J132047371", "1M8GDM9AXKP042788", "WVWZZZ1JZ3W386752", "LFV3A23C7D3031234")


def same(image: Image) -> Image:
    """A wire of memory changes nothing."""
    return image


def order(number: int) -> BuildOrder:
    return BuildOrder(sequence=number + 1, vin=VINS[number], model="sedan", options={"paint": "red"})


def result(job: Job, verdict: LineResult = LineResult.OK) -> CommittedResult:
    return CommittedResult(vin=job.vin, sequence=job.sequence, result=verdict, document=f'{{"vin":"{job.vin}"}}')


@dataclass
class RobotProgram:
    """A fake robot program. ``records`` is its database: (vin, sequence) -> the one committed result."""

    station: StationHandshake
    robot_time_s: float = 0.0
    job: Job | None = None
    fallen: bool = False
    records: dict[tuple[str, int], CommittedResult] = field(default_factory=dict)
    jobs_run: list[str] = field(default_factory=list)

    def report(self, now_s: float) -> None:
        self.station.report(
            RobotReport(
                robot_time_s=self.robot_time_s,
                available=self.job is None and not self.fallen,
                in_zone=(0,) if self.job else (),
                clear=not self.fallen,
                home=self.job is None and not self.fallen,
                progress=0.5,
            ),
            now_s,
        )

    def take(self) -> None:
        job = self.station.take_job()
        if job is None:
            return
        self.job = job
        committed = self.records.get((job.vin, job.sequence))
        if committed is not None:
            self.station.finish(committed)
            self.job = None
        else:
            self.jobs_run.append(job.job_id)

    def finish(self, verdict: LineResult) -> None:
        if self.job is None:
            return
        committed = self.records.setdefault((self.job.vin, self.job.sequence), result(self.job, verdict))
        self.station.finish(committed)
        self.job = None

    def abandon(self) -> None:
        if self.job is not None:
            self.station.abandon()
            self.job = None


@dataclass
class Plant:
    """Station, line, robot program, wires and one clock.

    ``carry`` is what a wire makes of an image on its way.
    """

    carry: Callable[[Image], Image] = same
    station: StationHandshake = field(default_factory=lambda: StationHandshake(HandshakeLimits(zones=(0, 1))))
    line: LineHandshake = field(default_factory=lambda: LineHandshake(LineLimits()))
    now_s: float = 100.0
    to_station: LineImage = field(default_factory=LineImage)
    to_line: StationImage = field(default_factory=StationImage)
    outcomes: list[CarOutcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.program = RobotProgram(self.station)

    def scan_station(self) -> StationImage:
        self.to_line = self.carry(self.station.cycle(self.carry(self.to_station), self.now_s))
        return self.to_line

    def scan_line(self, connected: bool = True) -> None:
        before = self.line.outcome
        image = self.line.cycle(self.to_line if connected else None, self.now_s)
        if self.line.outcome is not None and self.line.outcome is not before:
            self.outcomes.append(self.line.outcome)
        if connected:
            self.to_station = image

    def step(self, dt_s: float = 0.1) -> None:
        """Time passes; everyone scans once."""
        self.now_s += dt_s
        self.program.robot_time_s += dt_s
        self.program.take()
        self.program.report(self.now_s)
        self.scan_station()
        self.scan_line()

    def run_until(self, condition, most_steps: int = 1000) -> None:
        for _ in range(most_steps):
            if condition():
                return
            self.step()
        raise AssertionError(f"never came true; station {self.station.phase}, line {self.line.step}")

    def start(self, number: int) -> None:
        """A car arrives and its job runs."""
        self.line.begin(order(number), self.now_s)
        self.run_until(lambda: self.program.job is not None)

    def finish(self, verdict: LineResult = LineResult.OK) -> None:
        self.program.finish(verdict)
        self.run_until(lambda: self.line.step is LineStep.FINISHED)

    def tell(self, **signals: object) -> StationImage:
        """What a line by hand would write; the life counter keeps counting."""
        count = self.to_station.life_counter + 1
        self.to_station = replace(self.to_station, life_counter=count, **signals)
        self.now_s += 0.1
        self.program.report(self.now_s)
        return self.scan_station()
