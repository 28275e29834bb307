"""The records of a station: every job and every judgement, committed before anyone is told.

A result is told to the line only as the `CommittedResult` that `ShiftRecords.commit` returns, and that returns only
after the transaction is on disk. A job (shift, VIN, sequence) is committed once: committing it again, and asking for
it after a crash, gives the first result.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from linewalker.errors import StationFault
from linewalker.factory.job import CommittedResult
from linewalker.factory.results import CarResult, ShiftHeader, shift_document
from linewalker.factory.rows import car_of, characteristic_rows, event_rows, header_of
from linewalker.factory.shift import BuildOrder
from linewalker.factory.signals import LineResult
from linewalker.factory.tables import (
    COMMITTED,
    INTERRUPTED,
    RUNNING,
    characteristics,
    events,
    jobs,
    open_database,
    shifts,
)
from linewalker.inspection.title import Title
from linewalker.wholefile import write_json

RECORDS_FILE, RESULTS_FILE = "records.sqlite", "results.json"
_RESTARTED = Title(zh="工位重新启动", en="the station was restarted")


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

    def begin_shift(self, header: ShiftHeader, *, resume: bool = False) -> ShiftRecords:
        """Open a shift.

        Args:
            header: what it is worked with.
            resume: go on with the last shift if it was worked with exactly the same; jobs that were running when the
                station died count as interrupted.
        """
        with _transaction(self._engine) as connection:
            last = connection.execute(select(shifts).order_by(shifts.c.id.desc()).limit(1)).first()
            if resume and last is not None and header_of(last) == header:
                shift_id = last.id
                dead = update(jobs).where(jobs.c.shift_id == shift_id, jobs.c.state == RUNNING)
                connection.execute(
                    dead.values(
                        state=INTERRUPTED,
                        finished_s=jobs.c.began_s,
                        takt_limit_s=0.0,
                        walking_s=0.0,
                        inspecting_s=0.0,
                        interrupted_zh=_RESTARTED.zh,
                        interrupted_en=_RESTARTED.en,
                    )
                )
            else:
                opened_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
                shift_id = _inserted(connection, insert(shifts).values(opened_at=opened_at, **vars(header)))
        return ShiftRecords(self._engine, shift_id)

    def last_shift(self) -> ShiftRecords | None:
        """The newest shift, for a report made afterwards; None if there is none."""
        with _transaction(self._engine) as connection:
            shift_id = connection.execute(select(func.max(shifts.c.id))).scalar_one()
        return None if shift_id is None else ShiftRecords(self._engine, shift_id)


class ShiftRecords:
    """The records of one shift. Every method that changes something returns after it is on disk.

    All raise StationFault if the disk does not take it.
    """

    def __init__(self, engine: Engine, shift_id: int):
        self._engine, self._shift_id = engine, shift_id

    @property
    def header(self) -> ShiftHeader:
        """What the shift is worked with."""
        with _transaction(self._engine) as connection:
            return header_of(connection.execute(select(shifts).where(shifts.c.id == self._shift_id)).one())

    @property
    def opened_at(self) -> str:
        """When the shift was opened: UTC, ISO 8601."""
        with _transaction(self._engine) as connection:
            return connection.execute(select(shifts.c.opened_at).where(shifts.c.id == self._shift_id)).scalar_one()

    def committed(self, vin: str, sequence: int) -> CommittedResult | None:
        """The result of a job that is done already; a repeated start is answered with it."""
        with _transaction(self._engine) as connection:
            return self._told(connection, vin, sequence)

    def begin_job(self, order: BuildOrder, began_s: float) -> None:
        """Note that a job began, so that a crash leaves a trace of it."""
        with _transaction(self._engine) as connection:
            self._new_attempt(connection, order, began_s)

    def commit(self, car: CarResult) -> CommittedResult:
        """Store the result of a job, once.

        Returns:
            what the line may be told. If the job was committed before, the first result, whatever ``car`` says.
        """
        with _transaction(self._engine) as connection:
            before = self._told(connection, car.order.vin, car.order.sequence)
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
        return told

    def interrupt(self, car: CarResult) -> None:
        """Store what there is of a job that was broken off; the line may start it again."""
        if car.interrupted is None:
            raise ValueError("a job that was broken off says why")
        with _transaction(self._engine) as connection:
            self._store(connection, car, INTERRUPTED, None)

    def cars(self) -> tuple[CarResult, ...]:
        """Every car in the order of its first start: its committed result, else its last attempt."""
        with _transaction(self._engine) as connection:
            query = select(jobs).where(jobs.c.shift_id == self._shift_id, jobs.c.state != RUNNING).order_by(jobs.c.id)
            chosen: dict[tuple[str, int], Row[Any]] = {}
            for row in connection.execute(query):
                key = (row.vin, row.sequence)
                if key not in chosen or chosen[key].state != COMMITTED:
                    chosen[key] = row
            return tuple(car_of(connection, row) for row in chosen.values())

    def write_results(self, path: Path) -> None:
        """Write results.json, whole."""
        write_json(path, shift_document(self.header, self.cars()))

    # ------------------------------------------------------------------ one transaction's parts
    def _told(self, connection: Connection, vin: str, sequence: int) -> CommittedResult | None:
        row = connection.execute(select(jobs).where(*self._job(vin, sequence), jobs.c.state == COMMITTED)).first()
        if row is None:
            return None
        return CommittedResult(
            vin=row.vin,
            sequence=row.sequence,
            result=LineResult(row.verdict),
            reason=row.told_reason,
            document=row.told_document,
        )

    def _store(self, connection: Connection, car: CarResult, state: str, told: CommittedResult | None) -> None:
        order = car.order
        running = select(jobs.c.id).where(*self._job(order.vin, order.sequence), jobs.c.state == RUNNING)
        job_id = connection.execute(running).scalar() or self._new_attempt(connection, order, car.began_s)
        connection.execute(
            update(jobs)
            .where(jobs.c.id == job_id)
            .values(
                state=state,
                verdict=car.verdict.value,
                began_s=car.began_s,
                finished_s=car.finished_s,
                takt_limit_s=car.takt_limit_s,
                walking_s=car.walking_s,
                inspecting_s=car.inspecting_s,
                interrupted_zh=car.interrupted.zh if car.interrupted else None,
                interrupted_en=car.interrupted.en if car.interrupted else None,
                told_reason=told.reason if told else None,
                told_document=told.document if told else None,
            )
        )
        for table, rows in ((characteristics, characteristic_rows(job_id, car)), (events, event_rows(job_id, car))):
            if rows:
                connection.execute(insert(table), rows)

    def _new_attempt(self, connection: Connection, order: BuildOrder, began_s: float) -> int:
        count = select(func.count()).select_from(jobs).where(*self._job(order.vin, order.sequence))
        return _inserted(
            connection,
            insert(jobs).values(
                shift_id=self._shift_id,
                vin=order.vin,
                sequence=order.sequence,
                attempt=connection.execute(count).scalar_one() + 1,
                state=RUNNING,
                model=order.model,
                options=order.options_text,
                began_s=began_s,
            ),
        )

    def _job(self, vin: str, sequence: int) -> tuple[Any, ...]:
        return jobs.c.shift_id == self._shift_id, jobs.c.vin == vin, jobs.c.sequence == sequence


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """Everything inside is stored together or not at all."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise StationFault(f"the records can not be stored: {error.orig}") from error


def _inserted(connection: Connection, statement: Any) -> int:
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])
