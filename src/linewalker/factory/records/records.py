"""The records of a station: every car, every job and every judgement, committed before anyone is told.

A result is told to the line only as the `CommittedResult` that `RunRecords.commit` returns, and that returns only
after the transaction is on disk. A job (run, VIN, sequence) is committed once: committing it again, and asking for
it after a crash, gives the first result.

At any moment the file says what would be true if the program died then: every car of the shift stands in it before
anything moves, and what is judged of the running one is kept visit by visit.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from linewalker.errors import InputError
from linewalker.factory.handshake.job import CommittedResult, Override
from linewalker.factory.handshake.signals import LineResult, Purpose
from linewalker.factory.orders.build_orders import BuildOrder, parse_options
from linewalker.factory.records.archive import attempts_of, jobs_of
from linewalker.factory.records.car_lines import CarLine, car_lines
from linewalker.factory.records.clock import read_clock
from linewalker.factory.records.database import insert_many, open_database, transaction
from linewalker.factory.records.descriptions import Descriptions
from linewalker.factory.records.remarks import NOTHING, remarks_of, write_override, write_purpose
from linewalker.factory.records.results import CarResult, RunHeader
from linewalker.factory.records.results_file import ResultsFile
from linewalker.factory.records.rows import clock_row, event_rows, header_of, judgement_rows
from linewalker.factory.records.tables import (
    COMMITTED,
    EXPECTED,
    INTERRUPTED,
    NEVER_CAME,
    RUNNING,
    clock_readings,
    commits,
    events,
    jobs,
    judgements,
    shifts,
)
from linewalker.inspection.title import Title

UNDER_WAY = Title(zh="写出本结果时正在检测", en="it was being inspected when this was written")
NOT_YET = Title(zh="写出本结果时尚未到工位", en="it had not come when this was written")
KILLED = Title(
    zh="检测中程序被强制结束或断电", en="the program was killed, or the power failed, while it was inspected"
)
_DEATH = Title(zh="程序被强制结束或断电", en="the program was killed, or the power failed, before")
_OPEN = (EXPECTED, RUNNING)
_SAME_NAME = ("began_s", "finished_s", "takt_limit_s", "walking_s", "inspecting_s")


class Records:
    """The records of a station in one SQLite file; a context manager."""

    def __init__(self, path: Path):
        """
        Raises:
            InputError: the file is no database, or one of another version, or can not be written.
        """
        self.path = path
        self._engine: Engine = open_database(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def begin_run(self, header: RunHeader, *, expected: Iterable[CarResult] = (), resume: bool = False) -> RunRecords:
        """Open a run: the working of a shift.

        Args:
            header: what it is worked with.
            expected: the cars that are to come, as they stand in the results as long as they did not; one after the
                other, so that a shift of any length takes little memory.
            resume: go on with the last run if it was worked with exactly the same; jobs that were running when the
                station died count as interrupted.
        """
        with transaction(self._engine) as connection:
            last = connection.execute(select(shifts).order_by(shifts.c.id.desc()).limit(1)).first()
            if resume and last is not None and header_of(last) == header:
                run = RunRecords(self._engine, last.id)
                run._declare_dead(connection)
            else:
                opened_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
                opened = insert(shifts).values(opened_at=opened_at, **vars(header))
                run = RunRecords(self._engine, _inserted(connection, opened))
            run._expect(connection, expected)
        return run

    def last_run(self) -> RunRecords | None:
        """The newest run, for a report made afterwards; None if there is none."""
        with transaction(self._engine) as connection:
            run_id = connection.execute(select(func.max(shifts.c.id))).scalar_one()
        return None if run_id is None else RunRecords(self._engine, run_id)


class RunRecords:
    """The records of one run. Every method that changes something returns after it is on disk.

    All raise StorageFault if the disk does not take it.
    """

    def __init__(self, engine: Engine, run_id: int):
        self._engine, self._run_id = engine, run_id
        self._descriptions = Descriptions()

    @property
    def header(self) -> RunHeader:
        """What the shift is worked with."""
        with self._transaction() as connection:
            return header_of(connection.execute(select(shifts).where(shifts.c.id == self._run_id)).one())

    @property
    def number(self) -> int:
        """Of the run, in its records."""
        return self._run_id

    @property
    def opened_at(self) -> str:
        """When the run was opened: UTC, ISO 8601."""
        with self._transaction() as connection:
            return connection.execute(select(shifts.c.opened_at).where(shifts.c.id == self._run_id)).scalar_one()

    def committed(
        self, order: BuildOrder, purpose: Purpose = Purpose.INSPECTION, refers_to: int = 0
    ) -> CommittedResult | None:
        """The result of a job that is done already; a repeated start is answered with it.

        Args:
            order: the car.
            purpose, refers_to: what the inspection is for, and on which one it follows.

        Raises:
            InputError: VIN and sequence have a result, but of another order, or inspected for something else: it is
                never told for this one. Or there is no result of the inspection it refers to.
        """
        with self._transaction() as connection:
            done = self._done(connection, order.vin, order.sequence)
            if done is None and refers_to:
                self._expect_result(connection, order.vin, refers_to)
            remark = NOTHING if done is None else remarks_of(connection, [done.id]).get(done.id, NOTHING)
        if done is not None and (remark.purpose, remark.refers_to) != (purpose, refers_to):
            raise InputError(
                f"sequence {order.sequence} of {order.vin} is done, as {remark.purpose.name}, referring to "
                f"{remark.refers_to}; {purpose.name}, referring to {refers_to}, needs a sequence of its own"
            )
        if done is not None and (done.model, done.options) != (order.model, order.options_text):
            raise InputError(
                f"sequence {order.sequence} of {order.vin} is done, as {done.model} with {done.options}; "
                f"{order.model} with {order.options_text} needs a sequence of its own"
            )
        return _told(done)

    def keep(self, car: CarResult) -> int:
        """Store what there is so far of the job that runs, so that it outlives a crash.

        Returns:
            which attempt at this job it is, from 1.
        """
        with self._transaction() as connection:
            return self._store(connection, car, RUNNING)

    def commit(self, car: CarResult) -> CommittedResult:
        """Store the result of a job, once.

        Returns:
            what the line may be told. If the job was committed before, the first result, whatever ``car`` says.
        """
        with self._transaction() as connection:
            before = _told(self._done(connection, car.order.vin, car.order.sequence))
            if before is not None:
                return before
            told = CommittedResult(
                vin=car.order.vin,
                sequence=car.order.sequence,
                result=LineResult(car.verdict.value),
                reason="" if car.reason is None else car.reason.en,
                document=json.dumps(car.document(), ensure_ascii=False, allow_nan=False),
            )
            self._store(connection, car, COMMITTED, told)
            job = (*self._job(car.order.vin, car.order.sequence), jobs.c.state == COMMITTED)
            connection.execute(insert(commits).from_select(["job_id"], select(jobs.c.id).where(*job)))
        return told

    def override(self, override: Override) -> BuildOrder:
        """Store a person's verdict beside that of a job.

        Returns:
            the car.

        Raises:
            InputError: there is no such job, or it has no result.
        """
        with self._transaction() as connection:
            done = self._done(connection, override.vin, override.sequence)
            if done is None:
                raise InputError(
                    f"sequence {override.sequence} of {override.vin} has no result that could be overridden"
                )
            write_override(connection, done.id, override)
        return BuildOrder(sequence=done.sequence, vin=done.vin, model=done.model, options=parse_options(done.options))

    def interrupt(self, car: CarResult, *, amend: bool = False) -> None:
        """Store what there is of a job that was broken off; the line may start it again.

        Args:
            car: what there is.
            amend: more is known of the last attempt, which was broken off already; else it is one that runs.
        """
        if car.interrupted is None:
            raise ValueError("a job that was broken off says why")
        with self._transaction() as connection:
            self._store(connection, car, INTERRUPTED, over=(INTERRUPTED,) if amend else _OPEN)

    def end(self, why: Title, known: Mapping[tuple[str, int], Title] | None = None) -> None:
        """Nothing more will come: say of the cars that never came why.

        Args:
            why: the shift ended.
            known: what is known better of single cars, by VIN and sequence.
        """
        with self._transaction() as connection:
            self._end(connection, why, known or {})

    def declare_dead(self) -> None:
        """The program that worked on this run does not live any more: say so of what it left open."""
        with self._transaction() as connection:
            self._declare_dead(connection)

    def cars(self) -> tuple[CarResult, ...]:
        """Every car, expected ones first, then in the order of their start: its committed result, else its attempts."""
        with self._transaction() as connection:
            attempts = attempts_of(connection, self._run_id)
            return tuple(job.result for job in jobs_of(connection, attempts))

    def orders(self) -> list[BuildOrder]:
        """Of every car, in the order of `cars`."""
        with self._transaction() as connection:
            newest = [of_job[-1] for of_job in attempts_of(connection, self._run_id)]
        return [
            BuildOrder(sequence=row.sequence, vin=row.vin, model=row.model, options=parse_options(row.options))
            for row in newest
        ]

    def lines(self, order: BuildOrder | None = None) -> Iterator[CarLine]:
        """Every car as it stands in results.json, in the order of `cars`; or one of them, if there is such a one."""
        only = () if order is None else (order.vin, order.sequence)
        with self._transaction() as connection:
            yield from car_lines(connection, attempts_of(connection, self._run_id, *only))

    def write_results(self, path: Path) -> None:
        """Write results.json, whole."""
        ResultsFile(path, self).write()

    def greatest_sequence(self) -> int:
        """Of all cars; 0 if there is none."""
        with self._transaction() as connection:
            return connection.execute(select(func.max(jobs.c.sequence)).where(self._of_run)).scalar() or 0

    # ------------------------------------------------------------------ one transaction's parts
    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with transaction(self._engine) as connection:
                yield connection
        except BaseException:
            self._descriptions.forget()
            raise

    @staticmethod
    def _expect_result(connection: Connection, vin: str, sequence: int) -> None:
        """In whichever run of these records: rework may take days."""
        there = select(jobs.c.id).where(jobs.c.vin == vin, jobs.c.sequence == sequence, jobs.c.state == COMMITTED)
        if connection.execute(there).first() is None:
            raise InputError(f"there is no result of sequence {sequence} of {vin}, to which this inspection refers")

    def _done(self, connection: Connection, vin: str, sequence: int) -> Row[Any] | None:
        job = self._job(vin, sequence)
        return connection.execute(select(jobs).where(*job, jobs.c.state == COMMITTED)).first()

    def _store(
        self,
        connection: Connection,
        car: CarResult,
        state: str,
        told: CommittedResult | None = None,
        over: tuple[str, ...] = _OPEN,
    ) -> int:
        """Write a car over its newest job in one of the states ``over``, else as a new one; returns which attempt."""
        job = self._job(car.order.vin, car.order.sequence)
        newest = select(jobs.c.id).where(*job, jobs.c.state.in_(over)).order_by(jobs.c.id.desc()).limit(1)
        job_id = connection.execute(newest).scalar() or self._new_attempt(connection, car)
        self._write(connection, job_id, car, state, told)
        return connection.execute(select(jobs.c.attempt).where(jobs.c.id == job_id)).scalar_one()

    def _write(
        self, connection: Connection, job_id: int, car: CarResult, state: str, told: CommittedResult | None = None
    ) -> None:
        values = {name: getattr(car, name) for name in _SAME_NAME} | _interrupted(car.interrupted)
        values |= {"model": car.order.model, "options": car.order.options_text}  # it may not come as it was expected
        values |= {"told_reason": told.reason if told else None, "told_document": told.document if told else None}
        row = update(jobs).where(jobs.c.id == job_id)
        connection.execute(row.values(state=state, verdict=car.verdict.value, **values))
        for table in (judgements, events, clock_readings):
            connection.execute(delete(table).where(table.c.job_id == job_id))
        planned = self._descriptions.ids(connection, car.characteristics)
        insert_many(connection, judgements, judgement_rows(job_id, car, planned))
        if car.events:
            connection.execute(insert(events), event_rows(job_id, car))
        if state in (COMMITTED, INTERRUPTED):
            connection.execute(insert(clock_readings).values(clock_row(job_id, read_clock())))
        write_purpose(connection, job_id, car)

    def _expect(self, connection: Connection, cars: Iterable[CarResult]) -> None:
        """Cars that are new, and those that did not come so far, are awaited."""
        known = {(row.vin, row.sequence) for row in connection.execute(select(jobs).where(self._of_run))}
        for car in cars:
            if (car.order.vin, car.order.sequence) not in known:
                self._write(connection, self._new_attempt(connection, car), car, EXPECTED)
        awaited = update(jobs).where(self._of_run, jobs.c.state == NEVER_CAME)
        connection.execute(awaited.values(state=EXPECTED, **_interrupted(NOT_YET)))

    def _end(self, connection: Connection, why: Title, known: Mapping[tuple[str, int], Title]) -> None:
        awaited = select(jobs).where(self._of_run, jobs.c.state == EXPECTED)
        for row in connection.execute(awaited).all():
            reason = known.get((row.vin, row.sequence), why)
            reason = Title(zh=f"车辆未到工位：{reason.zh}", en=f"it never came: {reason.en}")
            never = update(jobs).where(jobs.c.id == row.id)
            connection.execute(never.values(state=NEVER_CAME, **_interrupted(reason)))

    def _declare_dead(self, connection: Connection) -> None:
        self._end(connection, _DEATH, {})
        died = update(jobs).where(self._of_run, jobs.c.state == RUNNING)
        connection.execute(died.values(state=INTERRUPTED, **_interrupted(KILLED)))

    def _new_attempt(self, connection: Connection, car: CarResult) -> int:
        order = car.order
        count = select(func.count()).select_from(jobs).where(*self._job(order.vin, order.sequence))
        return _inserted(
            connection,
            insert(jobs).values(
                shift_id=self._run_id,
                vin=order.vin,
                sequence=order.sequence,
                attempt=connection.execute(count).scalar_one() + 1,
                state=RUNNING,
                model=order.model,
                options=order.options_text,
                began_s=car.began_s,
            ),
        )

    def _job(self, vin: str, sequence: int) -> tuple[Any, ...]:
        return self._of_run, jobs.c.vin == vin, jobs.c.sequence == sequence

    @property
    def _of_run(self) -> Any:
        return jobs.c.shift_id == self._run_id


def _interrupted(why: Title | None) -> dict[str, str | None]:
    return {"interrupted_zh": why.zh if why else None, "interrupted_en": why.en if why else None}


def _inserted(connection: Connection, statement: Any) -> int:
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def _told(done: Row[Any] | None) -> CommittedResult | None:
    """What the line was told of a job that is done."""
    if done is None:
        return None
    return CommittedResult(
        vin=done.vin,
        sequence=done.sequence,
        result=LineResult(done.verdict),
        reason=done.told_reason,
        document=done.told_document,
    )
