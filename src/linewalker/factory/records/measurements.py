"""What was judged of committed jobs, row by row, for statistics over any number of cars."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import func, literal, select

from linewalker.factory.records.archive import snapshot
from linewalker.factory.records.tables import COMMITTED, characteristics, clock_readings, events, jobs, shifts
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason

_AT_ONCE = 20_000


class Measurement(NamedTuple):
    """One characteristic of one car; a tuple, for there are millions.

    Attributes:
        job_id: grows from job to job of a file.
        run: number of the shift.
        sequence, vin, model: the car.
        at: when the job was over, UTC, ISO 8601; of records that have no clock, when its shift was opened.
        id: of the characteristic.
        value, uncertainty, lower, upper: None where there is no number.
        verdict, reason: as in the table.
    """

    job_id: int
    run: int
    sequence: int
    vin: str
    model: str
    at: str
    id: str
    value: float | None
    uncertainty: float | None
    lower: float | None
    upper: float | None
    verdict: int
    reason: str


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


def read_measurements(path: Path, after: int = 0) -> Iterator[list[Measurement]]:
    """All of the committed jobs behind one, some thousands at a time; what was not inspected is left out.

    Raises:
        InputError: as `archive.read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, jobs.name):
            return
        clocked = connection.dialect.has_table(connection, clock_readings.name)
        at = func.coalesce(clock_readings.c.at, shifts.c.opened_at) if clocked else shifts.c.opened_at
        c = characteristics.c
        numbers = (c.value, c.expanded_uncertainty, c.lower, c.upper, c.verdict, c.reason)
        joined = characteristics.join(jobs, jobs.c.id == c.job_id).join(shifts, shifts.c.id == jobs.c.shift_id)
        if clocked:
            joined = joined.outerjoin(clock_readings, clock_readings.c.job_id == jobs.c.id)
        wanted = (
            select(jobs.c.id, jobs.c.shift_id, jobs.c.sequence, jobs.c.vin, jobs.c.model, at, c.id, *numbers)
            .select_from(joined)
            .where(jobs.c.state == COMMITTED, jobs.c.id > after, c.reason != literal(Reason.NOT_INSPECTED.value))
            .order_by(jobs.c.id, c.position)
        )
        for part in connection.execution_options(yield_per=_AT_ONCE).execute(wanted).partitions():
            yield [Measurement._make(row) for row in part]


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
