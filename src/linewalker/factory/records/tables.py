"""Tables of the records and the connection to their SQLite file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from linewalker.errors import InputError, StorageFault
from linewalker.wholefile import FREE_SPACE

FORMAT = 1
"""Kept in SQLite's user_version; a file with another one was written by another version of Linewalker."""

EXPECTED, RUNNING, COMMITTED, INTERRUPTED, NEVER_CAME = "expected", "running", "committed", "interrupted", "never came"
"""States of a job. There is at most one committed job per shift, VIN and sequence: the database sees to it.

A car of the shift is expected before anything moves; its first attempt takes that row over. A program that dies leaves
rows that are expected and running: whoever opens the records next says so in them.
"""

metadata = MetaData()

shifts = Table(
    "shifts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("opened_at", String, nullable=False),  # UTC; for people, no logic looks at it
    Column("shift", String, nullable=False),
    Column("shift_sha256", String, nullable=False),
    Column("plan", String, nullable=False),
    Column("plan_sha256", String, nullable=False),
    Column("station", String, nullable=False),
    Column("robot", String, nullable=False),
    Column("software", String, nullable=False),
    Column("seed", Integer),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shift_id", ForeignKey("shifts.id"), nullable=False),
    Column("vin", String, nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("model", String, nullable=False),
    Column("options", String, nullable=False),
    Column("verdict", Integer),
    Column("began_s", Float, nullable=False),
    Column("finished_s", Float),
    Column("takt_limit_s", Float),
    Column("walking_s", Float),
    Column("inspecting_s", Float),
    Column("interrupted_zh", String),
    Column("interrupted_en", String),
    Column("told_reason", String),
    Column("told_document", String),
    UniqueConstraint("shift_id", "vin", "sequence", "attempt"),
)
Index(
    "one_committed_job",
    jobs.c.shift_id,
    jobs.c.vin,
    jobs.c.sequence,
    unique=True,
    sqlite_where=jobs.c.state == COMMITTED,
)

characteristics = Table(
    "characteristics",
    metadata,
    Column("job_id", ForeignKey("jobs.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name_zh", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("method", String, nullable=False),
    Column("feature", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("nominal", Float),
    Column("nominal_variant", String),
    Column("lower", Float),
    Column("upper", Float),
    Column("value", Float),
    Column("variant_seen", String),
    Column("expanded_uncertainty", Float),
    Column("verdict", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("time_s", Float, nullable=False),
    Column("evidence", String),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, index=True),
    Column("time_s", Float, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", String, nullable=False),
)

commits = Table(
    "commits",
    metadata,
    Column("position", Integer, primary_key=True),  # in which order jobs were committed: what is handed on goes by it
    Column("job_id", ForeignKey("jobs.id"), nullable=False, unique=True),
    sqlite_autoincrement=True,  # a position is never given twice, even where a job was deleted
)

clock_readings = Table(
    "clock_readings",
    metadata,
    Column("job_id", ForeignKey("jobs.id"), primary_key=True),
    Column("at", String, nullable=False),  # UTC, when the job was over
    Column("source", String, nullable=False),
    Column("error_s", Float),
)


purposes = Table(
    "purposes",
    metadata,
    Column("job_id", ForeignKey("jobs.id"), primary_key=True),
    Column("purpose", Integer, nullable=False),
    Column("refers_to", Integer, nullable=False),
    Column("bypassed", Boolean, nullable=False),
)
"""Jobs that are more, or less, than an inspection; files of before this table have none."""

overrides = Table(
    "overrides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, index=True),
    Column("verdict", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", String, nullable=False),
)
"""What persons said of judged cars, beside what the station said."""


def open_database(path: Path) -> Engine:
    """The database of a file, made with all its tables if it is not there.

    Write-ahead log with full synchronisation: what is committed outlives the process and the power.

    Raises:
        InputError: the file is no database, or one of another version, or can not be written.
        StorageFault: the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(URL.create("sqlite", database=str(path)))  # a text would be read as an address
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        with engine.begin() as connection:
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            if version not in (0, FORMAT):
                raise InputError(
                    f"these records have format {version}, this version writes {FORMAT}; choose another folder",
                    file=path,
                )
            if version == 0:
                metadata.create_all(connection)
                connection.execute(text(f"PRAGMA user_version = {FORMAT}"))
            else:
                _add_what_is_missing(connection)
    except DBAPIError as error:
        engine.dispose()
        if disk_is_full(error):
            raise not_stored(path, error) from None
        raise InputError(f"not usable as records: {error.orig}; choose another folder", file=path) from None
    except InputError:
        engine.dispose()
        raise
    return engine


def _add_what_is_missing(connection: Connection) -> None:
    """Tables and indexes that files of earlier versions lack; those versions do not look at them."""
    if not connection.dialect.has_table(connection, shifts.name):
        return  # it is none of ours
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    unnumbered = select(jobs.c.id).where(jobs.c.state == COMMITTED, jobs.c.id.not_in(select(commits.c.job_id)))
    connection.execute(insert(commits).from_select(["job_id"], unnumbered.order_by(jobs.c.id)))


def disk_is_full(error: DBAPIError) -> bool:
    """Whether that is why the database refused."""
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def not_stored(path: Path, error: DBAPIError) -> StorageFault:
    """What to tell people when the database did not take something."""
    remedy = FREE_SPACE if disk_is_full(error) else "see that the disk is sound and this folder may be written"
    return StorageFault(f"{path}: the records can not be stored: {error.orig}; {remedy}")


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _on_begin
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version in (0, FORMAT):  # a file of another version is refused as it is
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
