"""Inspected cars with one of everything."""

from __future__ import annotations

import datetime

from linewalker.factory.quality.inspected import InspectedCar
from linewalker.factory.records.clock import ClockReading, ClockSource
from linewalker.factory.records.results import CarResult
from tests.factory.samples import HEADER

AT = datetime.datetime(2026, 11, 24, 6, 30, 15, tzinfo=datetime.UTC)


def inspected(car: CarResult, attempt: int = 1) -> InspectedCar:
    clock = ClockReading(at=AT + datetime.timedelta(seconds=car.finished_s), source=ClockSource.SYNCHRONISED)
    return InspectedCar(header=HEADER, result=car, attempt=attempt, clock=clock)
