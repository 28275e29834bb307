"""What came out of a shift: one record per characteristic, per car, per shift, and how they read as JSON.

Times are robot times since the shift began, so that the same seed gives the same document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from linewalker.errors import TAKT_EXPIRED
from linewalker.factory.handshake.signals import Purpose
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import COVERAGE_FACTOR, Judgement, Reason, Verdict

DOCUMENT_FORMAT = "linewalker.results/1"
NOT_INSPECTED = "NOT_INSPECTED"
_DIGITS_OF_VALUES, _DIGITS_OF_TIMES = 4, 3
_LEFT_OVER = frozenset({Reason.ABORTED, Reason.ROBOT_FELL, Reason.TAKT_EXPIRED, Reason.NOT_INSPECTED})
"""Reasons of characteristics the job did not get to."""


@dataclass(frozen=True, kw_only=True)
class CharacteristicResult:
    """One characteristic of one car, as planned and as judged.

    Attributes:
        id, title, method, feature, severity: as the plan says (severity is the plan's ``class``).
        unit: of nominal, limits, value and uncertainty; empty for parts.
        nominal: mm, or the variant that was expected.
        lower, upper: limits; None for parts.
        value: what was measured, the variant that was seen, or None.
        expanded_uncertainty: with k = `COVERAGE_FACTOR`; None without a measured value.
        verdict, reason, detail: the judgement; detail is English and may be empty.
        time_s: robot time of the measurement since the shift began.
        evidence: path of a picture, relative to the folder of the results, with forward slashes.
    """

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

    @staticmethod
    def of(characteristic: Characteristic, judgement: Judgement, folder: Path) -> CharacteristicResult:
        """Put the plan and the judgement together.

        Args:
            folder: where the results lie; evidence is named relative to it.
        """
        if characteristic.id != judgement.characteristic:
            raise ValueError(f"the judgement is of '{judgement.characteristic}', not of '{characteristic.id}'")
        evidence = judgement.evidence
        return CharacteristicResult(
            id=characteristic.id,
            title=characteristic.title,
            method=characteristic.method,
            feature=characteristic.feature,
            severity=characteristic.severity.value,
            unit=judgement.unit,
            nominal=judgement.expected or characteristic.limits.nominal,
            lower=judgement.lower if judgement.lower is not None else characteristic.limits.lower,
            upper=judgement.upper if judgement.upper is not None else characteristic.limits.upper,
            value=judgement.value,
            expanded_uncertainty=judgement.expanded_uncertainty,
            verdict=judgement.verdict,
            reason=judgement.reason,
            detail=judgement.detail,
            time_s=judgement.time_s,
            evidence=None if evidence is None else _relative(evidence, folder),
        )

    @property
    def inspected(self) -> bool:
        """Whether the car came at all."""
        return self.reason is not Reason.NOT_INSPECTED

    def document(self) -> dict[str, Any]:
        """As it stands in results.json."""
        return {
            "id": self.id,
            "name": _both(self.title),
            "method": self.method,
            "feature": self.feature,
            "class": self.severity,
            "value": _rounded(self.value),
            "unit": self.unit,
            "expanded_uncertainty": _rounded(self.expanded_uncertainty),
            "k": COVERAGE_FACTOR if self.expanded_uncertainty is not None else None,
            "nominal": _rounded(self.nominal),
            "lower": _rounded(self.lower),
            "upper": _rounded(self.upper),
            "verdict": self.verdict.name,
            "reason": {"code": self.reason.value, **_both(self.reason.title), "detail": self.detail},
            "time_s": round(self.time_s, _DIGITS_OF_TIMES),
            "evidence": self.evidence,
        }


class EventKind(Enum):
    """What may happen besides measuring."""

    CONTACT = "contact"
    FALL = "fall"
    STOP = "stop"
    FAULT = "fault"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened during a job.

    Attributes:
        time_s: robot time since the shift began.
        kind: what it was.
        text: in words.
    """

    time_s: float
    kind: EventKind
    text: str

    def document(self) -> dict[str, Any]:
        """As it stands in results.json."""
        return {"time_s": round(self.time_s, _DIGITS_OF_TIMES), "kind": self.kind.value, "text": self.text}


@dataclass(frozen=True, kw_only=True)
class OverrideRecord:
    """A person's verdict on a car that was judged; the newest one counts.

    Attributes:
        verdict: the person's.
        name, reason: theirs.
        at: when it was stored: UTC, ISO 8601.
    """

    verdict: Verdict
    name: str
    reason: str
    at: str

    def document(self) -> dict[str, Any]:
        """As it stands in results.json."""
        return {"verdict": self.verdict.name, "name": self.name, "reason": self.reason, "at": self.at}


class CarState(Enum):
    """How far a car got. The member's value stands in results.json."""

    JUDGED = "judged"
    INTERRUPTED = "interrupted"
    NOT_INSPECTED = "not_inspected"


@dataclass(frozen=True, kw_only=True)
class CarResult:
    """One car after one job. Its verdict follows from the rest, so the two can not disagree.

    Attributes:
        order: the car.
        characteristics: in the order of the plan; a job that was broken off lists what it did not reach, too.
        events: what happened.
        began_s, finished_s: robot times since the shift began.
        takt_limit_s: what finished_s - began_s may be.
        walking_s, inspecting_s: shares of it.
        interrupted: why the job did not come to its end, or never began; None if it came to its end.
        inspected: whether the job began.
        purpose: what it was for.
        refers_to: sequence of the inspection it follows on; 0 if on none.
        bypassed: the line let it pass; nobody inspected it.
        override: a person's verdict beside this one.
    """

    order: BuildOrder
    characteristics: tuple[CharacteristicResult, ...]
    events: tuple[Event, ...] = ()
    began_s: float
    finished_s: float
    takt_limit_s: float
    walking_s: float = 0.0
    inspecting_s: float = 0.0
    interrupted: Title | None = None
    inspected: bool = True
    purpose: Purpose = Purpose.INSPECTION
    refers_to: int = 0
    bypassed: bool = False
    override: OverrideRecord | None = None

    def __post_init__(self) -> None:
        if not self.inspected and self.interrupted is None:
            raise ValueError("a car that was not inspected says why")
        ids = Counter(entry.id for entry in self.characteristics)
        if twice := sorted(name for name, number in ids.items() if number > 1):
            raise ValueError(f"characteristics stand twice: {', '.join(twice)}")

    @property
    def takt_s(self) -> float:
        """Robot time the job took."""
        return self.finished_s - self.began_s

    @property
    def takt_expired(self) -> bool:
        """Whether it took longer than it may."""
        return self.takt_s > self.takt_limit_s

    @property
    def state(self) -> CarState:
        """How far it got."""
        if not self.inspected:
            return CarState.NOT_INSPECTED
        return CarState.JUDGED if self.interrupted is None else CarState.INTERRUPTED

    @property
    def verdict(self) -> Verdict:
        """Of the whole car: what was not finished in time is not decidable, else the worst characteristic decides."""
        verdicts = {entry.verdict for entry in self.characteristics}
        if self.interrupted is not None or self.takt_expired or not verdicts:
            return Verdict.NOT_DECIDABLE
        return next(v for v in (Verdict.NOK, Verdict.NOT_DECIDABLE, Verdict.OK) if v in verdicts)

    @property
    def reason(self) -> Title | None:
        """Why the car is not OK; None if it is."""
        if self.verdict is Verdict.OK:
            return None
        if self.interrupted is not None:
            return self.interrupted
        if self.takt_expired:
            return Title(zh=Reason.TAKT_EXPIRED.title.zh, en=TAKT_EXPIRED)
        if not self.characteristics:
            return Title(zh="没有检测任何特性", en="nothing was inspected")
        nok = [entry.id for entry in self.characteristics if entry.verdict is Verdict.NOK]
        undecided = [entry.id for entry in self.characteristics if entry.verdict is Verdict.NOT_DECIDABLE]
        parts = [("不合格", "NOK", nok), ("不可判定", "not decidable", undecided)]
        return Title(
            zh="；".join(f"{zh}：{'、'.join(ids)}" for zh, _, ids in parts if ids),
            en="; ".join(f"{en}: {', '.join(ids)}" for _, en, ids in parts if ids),
        )

    def document(self) -> dict[str, Any]:
        """As it stands in results.json and goes to the line as ResultJson."""
        return {
            "sequence": self.order.sequence,
            "vin": self.order.vin,
            "model": self.order.model,
            "options": dict(sorted(self.order.options.items())),
            "verdict": self.verdict.name,
            "reason": None if self.reason is None else _both(self.reason),
            "state": self.state.value,
            "interrupted": self.interrupted is not None,
            "began_s": round(self.began_s, _DIGITS_OF_TIMES),
            "takt_s": round(self.takt_s, _DIGITS_OF_TIMES),
            "takt_limit_s": round(self.takt_limit_s, _DIGITS_OF_TIMES),
            "walking_s": round(self.walking_s, _DIGITS_OF_TIMES),
            "inspecting_s": round(self.inspecting_s, _DIGITS_OF_TIMES),
            "characteristics": [entry.document() for entry in self.characteristics],
            "events": [event.document() for event in self.events],
            **self._besides(),
        }

    def _besides(self) -> dict[str, Any]:
        """What only some cars have."""
        found: dict[str, Any] = {}
        if self.purpose is not Purpose.INSPECTION:
            found["purpose"] = self.purpose.name.lower()
        if self.refers_to:
            found["refers_to"] = self.refers_to
        if self.bypassed:
            found["bypassed"] = True
        if self.override is not None:
            found["override"] = self.override.document()
        return found


@dataclass(frozen=True, kw_only=True)
class RunHeader:
    """What a run worked with.

    Attributes:
        shift: name of the shift file.
        shift_sha256: of its content.
        plan: name of the plan file.
        plan_sha256: of its content.
        station, robot: which.
        software: name and version.
        seed: of a simulated run; None on a real station.
    """

    shift: str
    shift_sha256: str
    plan: str
    plan_sha256: str
    station: str
    robot: str
    software: str
    seed: int | None = None


def results_document(header: RunHeader, cars: Sequence[CarResult]) -> dict[str, Any]:
    """The content of results.json; docs/results.schema.json is its schema."""
    return {
        "format": DOCUMENT_FORMAT,
        "shift": vars(header).copy(),
        "summary": {
            "cars": counts(cars),
            "characteristics": counts(entry for car in cars for entry in car.characteristics),
        },
        "cars": [car.document() for car in cars],
    }


def counts(entries: Iterable[CarResult | CharacteristicResult]) -> dict[str, int]:
    """How many came out how; what was not inspected is counted for itself, so that all together are the total."""
    names = [entry.verdict.name if entry.inspected else NOT_INSPECTED for entry in entries]
    return {"total": len(names), **{name: names.count(name) for name in (*Verdict.__members__, NOT_INSPECTED)}}


def attempts_together(attempts: Sequence[CarResult]) -> CarResult:
    """What is known of a car that was begun several times and never done: the last attempt, and what others judged."""
    *former, last = attempts
    judged = {entry.id: entry for car in former for entry in car.characteristics if entry.reason not in _LEFT_OVER}
    return replace(
        last,
        characteristics=tuple(
            judged.get(entry.id, entry) if entry.reason in _LEFT_OVER else entry for entry in last.characteristics
        ),
        events=tuple(event for car in attempts for event in car.events),
    )


def _both(title: Title) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _rounded(value: float | str | None) -> float | str | None:
    return round(value, _DIGITS_OF_VALUES) if isinstance(value, float) else value


def _relative(evidence: Path, folder: Path) -> str:
    return evidence.relative_to(folder).as_posix() if evidence.is_absolute() else evidence.as_posix()
