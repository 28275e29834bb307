"""What is on record, as plain data that can be cited.

Whoever has records fills these. A citation names one row so that a person can follow it: the folder of the run and the
number of the shift in its records, the VIN, sequence and attempt, the characteristic or the event::

    example:1                                    a shift
    example:1/LSVAA49J132047371/1-2              the second attempt at the car with sequence 1
    example:1/LSVAA49J132047371/1-2/L2-gap       a characteristic, as that attempt judged it
    example:1/LSVAA49J132047371/1-2/event 1      the first event of that attempt
    example/J12                                  entry 12 of the journal in that folder

Times are robot times in seconds since the shift began.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict


class Stage(Enum):
    """How far a car, or an attempt at it, got; the values are those of the records."""

    EXPECTED = "expected"
    RUNNING = "running"
    JUDGED = "committed"
    INTERRUPTED = "interrupted"
    NEVER_CAME = "never came"

    @property
    def came(self) -> bool:
        """Whether the car was at the station."""
        return self not in (Stage.EXPECTED, Stage.NEVER_CAME)


def shift_citation(folder: str, number: int) -> str:
    """Of a shift: the name of the folder and the number in its records."""
    return f"{folder}:{number}"


def attempt_citation(shift: str, vin: str, sequence: int, attempt: int) -> str:
    """Of an attempt at a car; ``shift`` is the shift's citation."""
    return f"{shift}/{vin}/{sequence}-{attempt}"


def characteristic_citation(attempt: str, characteristic: str) -> str:
    """Of a characteristic; ``attempt`` is the attempt's citation."""
    return f"{attempt}/{characteristic}"


def event_citation(attempt: str, number: int) -> str:
    """Of an event, counted from 1 within its attempt."""
    return f"{attempt}/event {number}"


def decision_citation(folder: str, entry: str) -> str:
    """Of a decision: the name of the folder and the id of the entry in its journal."""
    return f"{folder}/{entry}"


@dataclass(frozen=True, kw_only=True)
class RecordedCharacteristic:
    """A characteristic of a car as it was judged.

    Attributes:
        citation: of this judgement.
        id, title, method, feature, severity: as the plan had them.
        unit: of all numbers; empty for parts.
        nominal: in ``unit``, or the variant that was ordered.
        lower, upper: limits in ``unit``; None for parts.
        value: in ``unit``, or the variant that was seen; None without a value.
        expanded_uncertainty: in ``unit``, k = 2; None without a measured value.
        evidence: path of the picture; None if there is none.
    """

    citation: str
    id: str
    title: Title
    method: str
    feature: str
    severity: str
    unit: str = ""
    nominal: float | str | None = None
    lower: float | None = None
    upper: float | None = None
    value: float | str | None = None
    expanded_uncertainty: float | None = None
    verdict: Verdict
    reason: Reason
    detail: str = ""
    time_s: float = 0.0
    evidence: str | None = None

    @property
    def inspected(self) -> bool:
        """Whether the car came at all."""
        return self.reason is not Reason.NOT_INSPECTED

    @property
    def number(self) -> float | None:
        """The measured value; None for parts and without a value."""
        return None if isinstance(self.value, str) else self.value

    @property
    def deviation(self) -> float | None:
        """Measured minus nominal, in ``unit``."""
        if self.number is None or not isinstance(self.nominal, float | int):
            return None
        return self.number - self.nominal

    @property
    def beyond(self) -> float | None:
        """How far the measured value lies outside the nearer limit, in ``unit``; negative inside."""
        if self.number is None or (self.lower is None and self.upper is None):
            return None
        above = -math.inf if self.upper is None else self.number - self.upper
        return max(above, -math.inf if self.lower is None else self.lower - self.number)


@dataclass(frozen=True, kw_only=True)
class RecordedEvent:
    """Something that happened: ``kind`` is ``contact``, ``fall``, ``stop`` or ``fault``."""

    citation: str
    time_s: float
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RecordedDecision:
    """Something that was decided while a shift was worked, and why; ``vin`` is the car it was about, or empty."""

    citation: str
    time_s: float
    code: str
    text: Title
    vin: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordedAttempt:
    """One attempt at a car; ``interrupted`` says why it did not come to its end, or never began."""

    citation: str
    number: int
    stage: Stage
    interrupted: Title | None
    began_s: float
    finished_s: float
    events: tuple[RecordedEvent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordedCar:
    """A car of a shift: its result, and all attempts at it.

    Attributes:
        citations: of the attempts the result rests on.
        shift: citation of its shift.
        stage: of its result.
        verdict, why: of the whole car; ``why`` is None if it is OK.
        characteristics: each as the attempt judged it that counts.
        attempts: in their order; at least one.
    """

    citations: tuple[str, ...]
    shift: str
    sequence: int
    vin: str
    model: str
    options: Mapping[str, str]
    stage: Stage
    verdict: Verdict
    why: Title | None
    began_s: float
    finished_s: float
    takt_limit_s: float
    walking_s: float
    inspecting_s: float
    characteristics: tuple[RecordedCharacteristic, ...]
    attempts: tuple[RecordedAttempt, ...]

    @property
    def takt_s(self) -> float:
        """Robot time its job took."""
        return self.finished_s - self.began_s

    @property
    def events(self) -> tuple[RecordedEvent, ...]:
        """What happened, in all attempts."""
        return tuple(event for attempt in self.attempts for event in attempt.events)


@dataclass(frozen=True, kw_only=True)
class RecordedShift:
    """A shift that was worked: what with, when it was opened (with a time zone), its cars, and what was decided.

    ``plan_sha256`` is of the content of the plan it was worked by.
    """

    citation: str
    opened_at: datetime.datetime
    shift: str
    plan: str
    plan_sha256: str
    station: str
    robot: str
    software: str
    seed: int | None
    cars: tuple[RecordedCar, ...]
    decisions: tuple[RecordedDecision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class History:
    """Every shift there are records of, oldest first; at least one."""

    shifts: tuple[RecordedShift, ...]

    def __post_init__(self) -> None:
        if not self.shifts:
            raise ValueError("a history has at least one shift")
        if list(self.shifts) != sorted(self.shifts, key=lambda shift: shift.opened_at):
            raise ValueError("the shifts of a history stand in the order in which they were opened")
