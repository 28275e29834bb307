"""The car that is being inspected: what is known of it so far, and the result that makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from linewalker.brain.inspector import CarJob, InspectionLog
from linewalker.factory.handshake.signals import Purpose
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult, CarState, CharacteristicResult, Event
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason
from linewalker.station.run_folder import evidence_folder


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What makes a result of judgements.

    Attributes:
        plan: what to inspect.
        folder: of the run; evidence is named relative to it.
        takt_limit_s: robot time a car may take.
    """

    plan: InspectionPlan
    folder: Path
    takt_limit_s: float

    def not_inspected(self, order: BuildOrder, why: Title) -> CarResult:
        """A car that did not come."""
        wanted = self.plan.applicable(order.model, order.options)
        nothing = (characteristic.undecided(Reason.NOT_INSPECTED, "", 0.0) for characteristic in wanted)
        return CarResult(
            order=order,
            characteristics=tuple(CharacteristicResult.of(c, j, self.folder) for c, j in zip(wanted, nothing)),
            began_s=0.0,
            finished_s=0.0,
            takt_limit_s=self.takt_limit_s,
            interrupted=why,
            inspected=False,
        )


@dataclass
class CarUnderWay:
    """One car from its start to its end.

    Attributes:
        order: the car.
        purpose, refers_to: what it is inspected for, and on which sequence that follows.
        rules: what its result follows.
        began_s: robot time since the shift began.
        attempt: which it is at this job, as the records count.
        job, log: the mission and how far it got; None before the car is in place.
        judged: by characteristic.
        events: what happened.
        stored: how its result is on record; None as long as it is not.
    """

    order: BuildOrder
    rules: Rules
    began_s: float
    attempt: int = 1
    job: CarJob | None = None
    log: InspectionLog | None = None
    judged: dict[str, Judgement] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    stored: CarState | None = None
    purpose: Purpose = Purpose.INSPECTION
    refers_to: int = 0

    @property
    def evidence_folder(self) -> Path:
        """Where its pictures go."""
        return evidence_folder(self.rules.folder, self.order.vin, self.order.sequence, self.attempt)

    @property
    def progress(self) -> float:
        """Share of its calls that are done."""
        if self.job is None or self.log is None or not self.job.mission.calls:
            return 0.0
        return len(self.log.reports) / self.job.mission.calls

    def judge(self, judgements: Iterable[Judgement], start_s: float) -> None:
        """Take judgements over; the last one of a characteristic counts.

        Args:
            judgements: with robot times.
            start_s: robot time at which the shift began.
        """
        for judgement in judgements:
            self.judged[judgement.characteristic] = replace(judgement, time_s=judgement.time_s - start_s)

    def result(self, now_s: float, left_over: Reason, interrupted: Title | None = None) -> CarResult:
        """What is known now.

        Args:
            now_s: robot time since the shift began.
            left_over: why what was not judged was not.
            interrupted: why the job did not come to its end; None if it did.
        """
        rules, order = self.rules, self.order
        wanted = rules.plan.applicable(order.model, order.options)
        return CarResult(
            order=order,
            characteristics=tuple(
                CharacteristicResult.of(c, self.judged.get(c.id) or self._unjudged(c, now_s, left_over), rules.folder)
                for c in wanted
            ),
            events=tuple(self.events),
            began_s=self.began_s,
            finished_s=now_s,
            takt_limit_s=rules.takt_limit_s,
            walking_s=self.log.walking_s if self.log else 0.0,
            inspecting_s=self.log.working_s if self.log else 0.0,
            interrupted=interrupted,
            purpose=self.purpose,
            refers_to=self.refers_to,
        )

    def _unjudged(self, characteristic: Characteristic, now_s: float, left_over: Reason) -> Judgement:
        refused = self.job.mission.refused if self.job else {}
        if characteristic.id in refused:
            return characteristic.undecided(Reason.NOT_REACHED, refused[characteristic.id], now_s)
        return characteristic.undecided(left_over, "", now_s)
