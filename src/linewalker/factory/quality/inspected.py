"""Inspected cars, as everything that is handed to a quality department starts from them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from linewalker.factory.records.archive import ArchivedRun
from linewalker.factory.records.clock import ClockReading, ClockSource
from linewalker.factory.records.results import CarResult, CharacteristicResult, RunHeader


@dataclass(frozen=True, kw_only=True)
class InspectedCar:
    """One car whose inspection is over.

    Attributes:
        header: what it was worked with.
        result: what came out.
        attempt: the last one.
        clock: when that was stored, by the clock on the wall.
    """

    header: RunHeader
    result: CarResult
    attempt: int
    clock: ClockReading

    @property
    def at(self) -> datetime.datetime:
        """When it was stored."""
        return self.clock.at


def inspected_cars(runs: Iterable[ArchivedRun]) -> list[InspectedCar]:
    """The cars that were inspected, as far as it came; those that never came are left out."""
    return [
        InspectedCar(
            header=run.header,
            result=job.result,
            attempt=job.counting[-1].number,
            clock=job.counting[-1].clock or _reckoned(run, job.result),
        )
        for run in runs
        for job in run.jobs
        if job.result.inspected
    ]


def _reckoned(run: ArchivedRun, result: CarResult) -> ClockReading:
    """Of records that have no clock: when the run was opened, and robot time since."""
    opened = datetime.datetime.fromisoformat(run.opened_at)
    opened = opened if opened.tzinfo else opened.replace(tzinfo=datetime.UTC)
    return ClockReading(at=opened + datetime.timedelta(seconds=result.finished_s), source=ClockSource.RECKONED)


def by_model(cars: Iterable[InspectedCar]) -> dict[str, list[InspectedCar]]:
    """Cars of each model, in their order."""
    grouped: dict[str, list[InspectedCar]] = {}
    for car in cars:
        grouped.setdefault(car.result.order.model, []).append(car)
    return grouped


def characteristics_of(cars: Iterable[InspectedCar]) -> tuple[CharacteristicResult, ...]:
    """Every characteristic that one of the cars has, once, in the order of the plan."""
    found: dict[str, CharacteristicResult] = {}
    for car in cars:
        for entry in car.result.characteristics:
            found.setdefault(entry.id, entry)
    return tuple(found.values())
