"""Inspected cars, as everything that is handed to a quality department starts from them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linewalker.factory.records.archive import ArchivedRun
from linewalker.factory.records.clock import ClockReading, ClockSource
from linewalker.factory.records.results import CarResult, RunHeader


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


def inspected_cars(runs: Iterable[ArchivedRun]) -> Iterator[InspectedCar]:
    """The cars that were inspected, as far as it came; those that never came are left out."""
    for run in runs:
        for job in run.jobs:
            last, result = job.counting[-1], job.result
            if result.inspected:
                clock = last.clock or _reckoned(run, result)
                yield InspectedCar(header=run.header, result=result, attempt=last.number, clock=clock)


def _reckoned(run: ArchivedRun, result: CarResult) -> ClockReading:
    """Of records that have no clock: when the run was opened, and robot time since."""
    opened = datetime.datetime.fromisoformat(run.opened_at)
    opened = opened if opened.tzinfo else opened.replace(tzinfo=datetime.UTC)
    return ClockReading(at=opened + datetime.timedelta(seconds=result.finished_s), source=ClockSource.RECKONED)
