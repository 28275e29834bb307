"""Everything a records file says, of every run and every attempt, read without writing a byte to it.

A station may be at work in the file meanwhile: what is read is its state at one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import DBAPIError

from linewalker.errors import InputError
from linewalker.factory.records.clock import ClockReading
from linewalker.factory.records.database import in_one_line, place_of
from linewalker.factory.records.results import CarResult, RunHeader, attempts_together
from linewalker.factory.records.rows import cars_of, clocks_of, header_of
from linewalker.factory.records.tables import COMMITTED, FORMAT, READABLE, commits, jobs, shifts

_AT_ONCE = 200
_IN_SHORT = tuple(column for column in jobs.c if column is not jobs.c.told_document)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt at a job, which is a car of a run.

    Attributes:
        number: from 1.
        state: as in the table ``jobs``.
        car: what there is of it.
        clock: when it was over, by the clock on the wall; None if it is not, or nobody looked.
    """

    number: int
    state: str
    car: CarResult
    clock: ClockReading | None = None


@dataclass(frozen=True, kw_only=True)
class Job:
    """All attempts at one car of a run, in their order; there is at least one."""

    attempts: tuple[Attempt, ...]

    @property
    def counting(self) -> tuple[Attempt, ...]:
        """The attempts that the result rests on: the one that was committed, else all."""
        return tuple(attempt for attempt in self.attempts if attempt.state == COMMITTED) or self.attempts

    @property
    def result(self) -> CarResult:
        """The committed result, else what its attempts say together."""
        return attempts_together([attempt.car for attempt in self.counting])


@dataclass(frozen=True, kw_only=True)
class ArchivedRun:
    """One run.

    Attributes:
        number: its ``id`` in the table ``shifts``.
        opened_at: UTC, ISO 8601.
        header: what it worked with.
        jobs: expected ones first, then in the order of their start.
    """

    number: int
    opened_at: str
    header: RunHeader
    jobs: tuple[Job, ...]


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """One run in short.

    Attributes:
        number, opened_at, header: as in `ArchivedRun`.
        cars: how many are in which state after their last attempt.
    """

    number: int
    opened_at: str
    header: RunHeader
    cars: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One committed result.

    Attributes:
        position: in the order of commits, from 1.
        run: its run, with this job and its committed attempt alone.
    """

    position: int
    run: ArchivedRun


def attempts_of(
    connection: Connection, run_id: int, vin: str | None = None, sequence: int | None = None
) -> list[tuple[Row[Any], ...]]:
    """The rows of every job of a run, attempt after attempt: expected ones first, then in the order of their start.

    Args:
        vin, sequence: only of this car, and of this number, if the run has it.
    """
    wanted = select(*_IN_SHORT).where(jobs.c.shift_id == run_id).order_by(jobs.c.id)
    if vin is not None:
        wanted = wanted.where(jobs.c.vin == vin)
    if sequence is not None:
        wanted = wanted.where(jobs.c.sequence == sequence)
    grouped: dict[tuple[str, int], list[Row[Any]]] = {}
    for row in connection.execute(wanted):
        grouped.setdefault((row.vin, row.sequence), []).append(row)
    return [tuple(rows) for rows in grouped.values()]


def jobs_of(connection: Connection, attempts: Sequence[Sequence[Row[Any]]]) -> Iterator[Job]:
    """Jobs out of what `attempts_of` gives, or some of it."""
    rows = [row for of_job in attempts for row in of_job]
    cars, clocks = iter(cars_of(connection, rows)), clocks_of(connection, rows)
    for of_job in attempts:
        yield Job(
            attempts=tuple(
                Attempt(number=row.attempt, state=row.state, car=next(cars), clock=clocks.get(row.id)) for row in of_job
            )
        )


def read_runs(path: Path) -> tuple[ArchivedRun, ...]:
    """Every run of a records file, oldest first.

    Raises:
        InputError: it is not there, no database, of another version or of another program.
    """
    with snapshot(path) as connection:
        return tuple(
            ArchivedRun(
                number=row.id,
                opened_at=row.opened_at,
                header=header_of(row),
                jobs=tuple(jobs_of(connection, attempts_of(connection, row.id))),
            )
            for row in connection.execute(select(shifts).order_by(shifts.c.id)).all()
        )


def read_run(path: Path, number: int) -> ArchivedRun | None:
    """One run of a records file; None: it has none of that number.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        row = connection.execute(select(shifts).where(shifts.c.id == number)).first()
        return None if row is None else _run(row, tuple(jobs_of(connection, attempts_of(connection, number))))


def walk(path: Path, vin: str | None = None) -> Iterator[ArchivedRun]:
    """Every job of a records file, or of one car, with its run, which has this job alone; oldest run first.

    Some are read at a time, so that records of any size take little memory.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        for row in connection.execute(select(shifts).order_by(shifts.c.id)).all():
            attempts = attempts_of(connection, row.id, vin)
            for i in range(0, len(attempts), _AT_ONCE):
                for job in jobs_of(connection, attempts[i : i + _AT_ONCE]):
                    yield _run(row, (job,))


def read_job(path: Path, vin: str) -> tuple[ArchivedRun, ...]:
    """What a records file says of one car: every run it was in, oldest first, with its jobs alone.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        of_car = select(jobs.c.shift_id).where(jobs.c.vin == vin)
        return tuple(
            ArchivedRun(
                number=row.id,
                opened_at=row.opened_at,
                header=header_of(row),
                jobs=tuple(jobs_of(connection, attempts_of(connection, row.id, vin))),
            )
            for row in connection.execute(select(shifts).where(shifts.c.id.in_(of_car)).order_by(shifts.c.id)).all()
        )


def read_summaries(path: Path) -> tuple[RunSummary, ...]:
    """Every run of a records file in short, oldest first.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        last = select(func.max(jobs.c.id)).group_by(jobs.c.shift_id, jobs.c.vin, jobs.c.sequence)
        counted = select(jobs.c.shift_id, jobs.c.state, func.count()).where(jobs.c.id.in_(last))
        cars: dict[int, dict[str, int]] = {}
        for run_id, state, number in connection.execute(counted.group_by(jobs.c.shift_id, jobs.c.state)):
            cars.setdefault(run_id, {})[state] = number
        return tuple(
            RunSummary(number=row.id, opened_at=row.opened_at, header=header_of(row), cars=cars.get(row.id, {}))
            for row in connection.execute(select(shifts).order_by(shifts.c.id)).all()
        )


def read_commits(path: Path, *, after: int, at_most: int) -> tuple[Commit, ...]:
    """Committed results in the order in which they were committed.

    Args:
        after: only those behind this position; 0: from the first.
        at_most: so many.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, commits.name):
            return ()
        wanted = select(commits.c.position, commits.c.job_id).where(commits.c.position > after)
        positions = connection.execute(wanted.order_by(commits.c.position).limit(at_most)).all()
        rows = {
            row.id: row
            for row in connection.execute(select(*_IN_SHORT).where(jobs.c.id.in_([j for _, j in positions])))
        }
        runs = {row.id: row for row in connection.execute(select(shifts))}
        found = jobs_of(connection, [(rows[job_id],) for _, job_id in positions])
        return tuple(
            Commit(position=position, run=_run(runs[rows[job_id].shift_id], (job,)))
            for (position, job_id), job in zip(positions, found)
        )


def count_commits(path: Path, *, after: int = 0) -> int:
    """How many results were committed behind a position.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, commits.name):
            return 0
        behind = select(func.count()).select_from(commits).where(commits.c.position > after)
        return connection.execute(behind).scalar_one()


def _run(row: Row[Any], of_run: tuple[Job, ...]) -> ArchivedRun:
    return ArchivedRun(number=row.id, opened_at=row.opened_at, header=header_of(row), jobs=of_run)


def attempts_in(path: Path) -> tuple[tuple[str, int, int], ...]:
    """VIN, sequence and number of every attempt in a records file; none if whoever began it was killed at once.

    Raises:
        InputError: as `read_runs`.
    """
    with snapshot(path) as connection:
        if not connection.dialect.has_table(connection, jobs.name):
            return ()
        return tuple(tuple(row) for row in connection.execute(select(jobs.c.vin, jobs.c.sequence, jobs.c.attempt)))


@contextmanager
def snapshot(path: Path) -> Iterator[Connection]:
    """One reading transaction on records that are checked first."""
    place = place_of(path)
    if not place.is_there:
        raise InputError("there is no such file; expected the records of a station", file=path)
    try:
        with place.reading().begin() as connection:
            version = place.format_of(connection)
            if version not in (0, *READABLE):  # 0: as yet without tables
                raise InputError(f"these records have format {version}, this version reads {FORMAT}", file=path)
            yield connection
    except DBAPIError as error:
        raise InputError(f"can not be read as records: {in_one_line(error)}", file=path) from None
    except (ValueError, TypeError) as error:  # a verdict, a reason or a time that this version does not know
        raise InputError(f"holds what this version does not know: {error}", file=path) from None
