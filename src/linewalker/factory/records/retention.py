"""What is personal about records, the VIN, goes when its time is over: with the job, or by a pseudonym.

A pseudonym is a VIN that no car has (it begins with ``000``), made with a key that is thrown away, so that nobody can
reckon back; within one pass a VIN has one pseudonym everywhere. Who did what to how many cars is noted beside the
records; no VIN is.
"""

from __future__ import annotations

import datetime
import getpass
import hashlib
import hmac
import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from linewalker.errors import InputError
from linewalker.factory.orders.vin import ALPHABET, LENGTH
from linewalker.factory.records import postgresql, sqlite
from linewalker.factory.records.car_lines import json_text
from linewalker.factory.records.database import open_database
from linewalker.factory.records.means import Means
from linewalker.factory.records.tables import (
    clock_readings,
    commits,
    events,
    jobs,
    judgements,
    overrides,
    purposes,
    shifts,
)
from linewalker.wholefile import append, write_whole

NOBODY = "000"
"""Every pseudonym begins with it: ISO 3780 gives no maker a region 0."""
_KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Pass:
    """What is to be done.

    Attributes:
        means: to which cars.
        before: those of runs that were opened before; None: of all.
        vin: only this car; None: all.
        why: for the audit.
    """

    means: Means
    before: datetime.datetime | None
    vin: str | None
    why: str

    def __post_init__(self) -> None:
        if self.before is None and self.vin is None:
            raise ValueError("either a time or a car bounds what goes")
        if self.before is not None and self.before.tzinfo is None:
            raise ValueError("the time has a zone")


def retain(records: Path, evidence: Path, audit: Path, wanted: Pass) -> int:
    """Do it, in records that nobody works with; returns how many jobs that concerned.

    A program that is killed meanwhile leaves the key beside the records: the next pass of the same kind ends its work.

    Args:
        evidence: the folder with one folder for each VIN.
        audit: where a line is added.

    Raises:
        InputError: these are no records of ours.
        StorageFault: the disk does not take it.
    """
    key_file = records.with_name(f".{records.name}.retain-key")
    pseudonym = _pseudonyms(key_file)
    engine = open_database(records)
    in_file = engine.dialect.name == "sqlite"
    try:
        concerned = _concerned(engine, wanted)
        vins = sorted({row.vin for row in concerned})
        if wanted.means is Means.PSEUDONYM:
            for vin in vins:
                _rename(evidence / vin, evidence / pseudonym(vin))
        with engine.begin() as connection:
            if in_file:
                sqlite.erase_what_is_deleted(connection)
            for row in concerned:
                if wanted.means is Means.DELETE:
                    _delete(connection, row.id)
                else:
                    _replace_vin(connection, row, pseudonym(row.vin))
            left = set(connection.execute(select(jobs.c.vin).where(jobs.c.vin.in_(vins))).scalars())
        if wanted.means is Means.DELETE:
            for vin in vins:
                if vin not in left:
                    shutil.rmtree(evidence / vin, ignore_errors=True)
        (sqlite if in_file else postgresql).forget_traces(engine)
    finally:
        engine.dispose()
    append(audit, (json_text(_audit_line(wanted, len(concerned), len(vins))) + "\n").encode())
    key_file.unlink(missing_ok=True)
    return len(concerned)


def _pseudonyms(key_file: Path) -> Callable[[str], str]:
    if not key_file.is_file():
        write_whole(key_file, secrets.token_bytes(_KEY_BYTES))
    key = key_file.read_bytes()

    def pseudonym(vin: str) -> str:
        if vin.startswith(NOBODY):
            return vin
        number = int.from_bytes(hmac.digest(key, vin.encode(), hashlib.sha256))
        letters = []
        for _ in range(LENGTH - len(NOBODY)):
            number, rest = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[rest])
        return NOBODY + "".join(letters)

    return pseudonym


def _concerned(engine: Engine, wanted: Pass) -> Sequence[Row[Any, Any]]:
    asked = select(jobs.c.id, jobs.c.vin).join(shifts, jobs.c.shift_id == shifts.c.id)
    if wanted.before is not None:
        before = wanted.before.astimezone(datetime.UTC).isoformat(timespec="seconds")
        asked = asked.where(shifts.c.opened_at < before)  # both are UTC, ISO 8601, and sort as they stand
    if wanted.vin is not None:
        asked = asked.where(jobs.c.vin == wanted.vin)
    if wanted.means is Means.PSEUDONYM:
        asked = asked.where(~jobs.c.vin.startswith(NOBODY))
    with engine.begin() as connection:
        return connection.execute(asked.order_by(jobs.c.id)).all()


def _delete(connection: Connection, job_id: int) -> None:
    for table in (judgements, events, clock_readings, commits, purposes, overrides):
        connection.execute(delete(table).where(table.c.job_id == job_id))
    connection.execute(delete(jobs).where(jobs.c.id == job_id))


def _replace_vin(connection: Connection, row: Row[Any, Any], pseudonym: str) -> None:
    told = connection.execute(select(jobs.c.told_document).where(jobs.c.id == row.id)).scalar_one()
    if told is not None:
        told = told.replace(row.vin, pseudonym)
        json.loads(told)
    of_job = update(jobs).where(jobs.c.id == row.id)
    connection.execute(of_job.values(vin=pseudonym, told_document=told))
    for table, columns in ((judgements, ("evidence", "detail")), (events, ("text",)), (overrides, ("reason",))):
        changed = {column: func.replace(table.c[column], row.vin, pseudonym) for column in columns}
        connection.execute(update(table).where(table.c.job_id == row.id).values(changed))


def _rename(old: Path, new: Path) -> None:
    if old.is_dir() and not new.exists():
        old.rename(new)


def _audit_line(wanted: Pass, number: int, cars: int) -> dict[str, Any]:
    return {
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "who": _who(),
        "did": wanted.means.value,
        "before": None if wanted.before is None else wanted.before.isoformat(timespec="seconds"),
        "one_car": wanted.vin is not None,
        "jobs": number,
        "cars": cars,
        "why": wanted.why,
    }


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "unknown"


def check_reason(why: str) -> str:
    """A reason that stands on a line.

    Raises:
        InputError: it does not, or there is none.
    """
    if not why.strip() or not why.isprintable():
        raise InputError("say on one line why; it goes into the audit", key="--why")
    return why.strip()
