"""What the station's handshake and the robot program tell one another: limits, jobs, reports, results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linewalker.factory.handshake.signals import ZONES, LineResult, Purpose


@dataclass(frozen=True, kw_only=True)
class HandshakeLimits:
    """How patient the station is.

    Attributes:
        life_timeout_s: the line is lost when its LifeCounter stood still for longer.
        program_timeout_s: the robot program is silent when it did not report for longer.
        takt_s: robot time a job may take.
        zones: the zones a job enters; each needs its EnterPermit from start to end.
    """

    life_timeout_s: float = 5.0
    program_timeout_s: float = 30.0
    takt_s: float = 300.0
    zones: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        for name in ("life_timeout_s", "program_timeout_s", "takt_s"):
            if not getattr(self, name) > 0.0:
                raise ValueError(f"{name} is {getattr(self, name)}; expected more than 0")
        if not all(0 <= zone < ZONES for zone in self.zones):
            raise ValueError(f"zones {self.zones}: expected numbers from 0 to {ZONES - 1}")


@dataclass(frozen=True, kw_only=True)
class Job:
    """One car to inspect, as the line ordered it.

    Attributes:
        job_id: names the job on both sides; made of VIN and sequence, so a repeated start has the same one.
        vin: syntactically right.
        type_code: the vehicle model, as the line wrote it.
        options: ``paint=red;wheels=sport``, as the line wrote it.
        sequence: number of the inspection on the line.
        purpose: what it is for.
        refers_to: sequence of the inspection it follows on; 0 if on none.
        bypass: nobody inspects this car; the robot stays where it is.
    """

    job_id: str
    vin: str
    type_code: str
    options: str
    sequence: int
    purpose: Purpose = Purpose.INSPECTION
    refers_to: int = 0
    bypass: bool = False


@dataclass(frozen=True, kw_only=True)
class Override:
    """A person's verdict on a car that the station has judged; both stay on record.

    Attributes:
        vin, sequence: of the result it is about.
        result: the person's verdict.
        name: of the person.
        reason: theirs.
    """

    vin: str
    sequence: int
    result: LineResult
    name: str
    reason: str

    def __post_init__(self) -> None:
        if self.result is LineResult.UNDEFINED:
            raise ValueError("a person's verdict is OK, NOK or NOT_DECIDABLE")
        if not (self.name.strip() and self.reason.strip()):
            raise ValueError("who overrides a result says who they are, and why")


@dataclass(frozen=True, kw_only=True)
class CommittedResult:
    """A result that is safe on disk. Only what stores results makes one; only such a result is told to the line.

    Attributes:
        vin: of the car.
        sequence: of the inspection.
        result: verdict on the whole car.
        reason: why it is not OK, in words; empty for OK.
        document: all characteristics as JSON.
    """

    vin: str
    sequence: int
    result: LineResult
    reason: str = ""
    document: str = "{}"

    def __post_init__(self) -> None:
        if self.result is LineResult.UNDEFINED:
            raise ValueError("a result is OK, NOK or NOT_DECIDABLE")


@dataclass(frozen=True, kw_only=True)
class RobotReport:
    """What the robot program says about the robot, many times a second.

    Attributes:
        robot_time_s: the robot's own time.
        available: it stands safely and could start a job.
        in_zone: the zones parts of it are in.
        clear: it is known for sure where the robot's parts are, so zones it is not in are clear.
        home: it stands at its home.
        progress: share of the job that is done, 0 to 1.
    """

    robot_time_s: float
    available: bool
    in_zone: Sequence[int] = ()
    clear: bool = True
    home: bool = False
    progress: float = 0.0
