"""What was judged of committed jobs, row by row, for statistics over any number of cars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, literal, select

from linewalker.factory.records.archive import snapshot
from linewalker.factory.records.tables import COMMITTED, characteristics, clock_readings, events, jobs, shifts
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason

_AT_ONCE = 500


class JudgedCar(NamedTuple):
    """A committed job.

    Attributes:
        job_id: grows from job to job of a file.
        run: number of the shift.
        sequence, vin, model: the car.
        at: when the job was over, UTC, ISO 8601; of records that have no clock, when its shift was opened.
    """

    job_id: int
    run: int
    sequence: int
    vin: str
    model: str
    at: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Measurements:
    """What was judged of some cars: columns, a row for every characteristic of every car, for there are millions.

    Attributes:
        cars: in the order of their jobs.
        car: index into ``cars``.
        id: of the characteristic.
        value, uncertainty, lower, upper: NaN where there is no number.
        verdict, reason: as in the table.
    """

    cars: Sequence[JudgedCar]
    car: NDArray[np.int64]
    id: tuple[str, ...]
    value: NDArray[np.float64]
    uncertainty: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    verdict: NDArray[np.int8]
    reason: tuple[str, ...]


class Described(NamedTuple):
    """What a characteristic of a model is called, as last planned."""

    model: str
    id: str
    title: Title
    feature: str
    severity: str
    unit: str
    nominal: float | None


class Happened(NamedTuple):
    """Something that happened besides measuring, in any attempt at a car: when its shift was opened, and what."""

    opened_at: str
    model: str
    kind: str
    text: str


def read_happened(path: Path) -> list[Happened]:
    """Every event of every attempt, in the order in which they were written.

    Raises:
        InputError: as `archive.read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, events.name):
            return []
        wanted = (
            select(shifts.c.opened_at, jobs.c.model, events.c.kind, events.c.text)
            .select_from(events.join(jobs, jobs.c.id == events.c.job_id).join(shifts, shifts.c.id == jobs.c.shift_id))
            .order_by(events.c.id)
        )
        return [Happened._make(row) for row in connection.execute(wanted)]


def read_measurements(path: Path, after: int = 0) -> Iterator[Measurements]:
    """All of the committed jobs behind one, some hundred jobs at a time; what was not inspected is left out.

    Raises:
        InputError: as `archive.read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, jobs.name):
            return
        clocked = connection.dialect.has_table(connection, clock_readings.name)
        at = func.coalesce(clock_readings.c.at, shifts.c.opened_at) if clocked else shifts.c.opened_at
        joined = jobs.join(shifts, shifts.c.id == jobs.c.shift_id)
        if clocked:
            joined = joined.outerjoin(clock_readings, clock_readings.c.job_id == jobs.c.id)
        wanted = (
            select(jobs.c.id, jobs.c.shift_id, jobs.c.sequence, jobs.c.vin, jobs.c.model, at)
            .select_from(joined)
            .where(jobs.c.state == COMMITTED, jobs.c.id > after)
            .order_by(jobs.c.id)
        )
        cars = [JudgedCar._make(row) for row in connection.execute(wanted)]
        for i in range(0, len(cars), _AT_ONCE):
            yield _judged(connection, cars[i : i + _AT_ONCE])


def _judged(connection: Connection, cars: Sequence[JudgedCar]) -> Measurements:
    """Of cars that stand next to one another; jobs between them that are not committed are left out."""
    c = characteristics.c
    wanted = (
        select(c.job_id, c.value, c.expanded_uncertainty, c.lower, c.upper, c.verdict, c.id, c.reason)
        .where(c.job_id.between(cars[0].job_id, cars[-1].job_id), c.reason != literal(Reason.NOT_INSPECTED.value))
        .order_by(c.job_id, c.position)
    )
    jobs_of_cars = np.array([car.job_id for car in cars])
    rows = connection.execute(wanted).all()
    of_job = np.array([row[0] for row in rows], np.int64)
    car = np.minimum(np.searchsorted(jobs_of_cars, of_job), len(cars) - 1)
    if not (committed := jobs_of_cars[car] == of_job).all():
        rows, car = [row for row, counts in zip(rows, committed) if counts], car[committed]
    _, *numbers, verdict, name, reason = zip(*rows) if rows else ((),) * 8
    value, uncertainty, lower, upper = (np.array(column, float) for column in numbers)  # None becomes NaN
    return Measurements(
        cars=cars,
        car=car,
        id=name,
        value=value,
        uncertainty=uncertainty,
        lower=lower,
        upper=upper,
        verdict=np.array(verdict, np.int8),
        reason=reason,
    )


def fingerprint(path: Path, upto: int) -> tuple[Any, ...]:
    """What stays as long as nobody deletes, renames or replaces a committed job whose id is not above ``upto``.

    Raises:
        InputError: as `archive.read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, jobs.name):
            return ()
        code, vin = func.unicode if connection.dialect.name == "sqlite" else func.ascii, jobs.c.vin
        letters = [code(func.substr(vin, func.length(vin) - place)) for place in (0, 1, 3, 6, 16)]
        sums = [func.sum(jobs.c.id * number) for number in (*letters, jobs.c.finished_s)]
        wanted = select(func.count(), *sums, func.min(shifts.c.opened_at))
        joined = jobs.join(shifts, shifts.c.id == jobs.c.shift_id)
        found = connection.execute(wanted.select_from(joined).where(jobs.c.state == COMMITTED, jobs.c.id <= upto)).one()
        return tuple(found)


def read_described(path: Path) -> list[Described]:
    """Every characteristic of every model, as it was last planned.

    Raises:
        InputError: as `archive.read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, jobs.name):
            return []
        c = characteristics.c
        last = select(jobs.c.model, c.id, func.max(jobs.c.id).label("job_id"))
        newest = (
            last.select_from(characteristics.join(jobs, jobs.c.id == c.job_id)).group_by(jobs.c.model, c.id).subquery()
        )
        its = (c.job_id == newest.c.job_id) & (c.id == newest.c.id)
        wanted = select(newest.c.model, c.id, c.name_zh, c.name_en, c.feature, c.severity, c.unit, c.nominal)
        return [
            Described(model, name, Title(zh=zh, en=en), feature, severity, unit, nominal)
            for model, name, zh, en, feature, severity, unit, nominal in connection.execute(
                wanted.join_from(newest, characteristics, its)
            )
        ]
