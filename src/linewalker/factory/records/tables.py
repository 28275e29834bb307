"""Tables of the records: what is planned of a characteristic stands there once, what was judged of it for every car."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    CreateView,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    select,
)

FORMAT = 2
"""Of the tables, kept in the database."""
READABLE = (1, FORMAT)
"""Format 1 had a table ``characteristics``, with the columns that the view of this name has now."""

EXPECTED, RUNNING, COMMITTED, INTERRUPTED, NEVER_CAME = "expected", "running", "committed", "interrupted", "never came"
"""States of a job. There is at most one committed job per shift, VIN and sequence: the database sees to it.

A car of the shift is expected before anything moves; its first attempt takes that row over. A program that dies leaves
rows that are expected and running: whoever opens the records next says so in them.
"""

metadata = MetaData()


class Packed(TypeDecorator[str]):
    """A long text with much in it that repeats, compressed (RFC 1950); as it stands where format 1 wrote it."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(value.encode(), 1)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[Any], str | None]:
        return lambda value: zlib.decompress(value).decode() if isinstance(value, bytes) else value


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
    Column("seed", BigInteger),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shift_id", ForeignKey("shifts.id"), nullable=False),
    Column("vin", String, nullable=False, index=True),
    Column("sequence", BigInteger, nullable=False),
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
    Column("told_document", Packed),
    UniqueConstraint("shift_id", "vin", "sequence", "attempt"),
)
Index(
    "one_committed_job",
    jobs.c.shift_id,
    jobs.c.vin,
    jobs.c.sequence,
    unique=True,
    sqlite_where=jobs.c.state == COMMITTED,
    postgresql_where=jobs.c.state == COMMITTED,
)

descriptions = Table(
    "descriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String, nullable=False, unique=True),  # of all that follows
    Column("characteristic", String, nullable=False),
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
)
"""What is planned of characteristics, and the same for many cars."""

judgements = Table(
    "judgements",
    metadata,
    Column("job_id", ForeignKey("jobs.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("description_id", ForeignKey("descriptions.id"), nullable=False),
    Column("value", Float),
    Column("variant_seen", String),
    Column("expanded_uncertainty", Float),
    Column("verdict", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("time_s", Float, nullable=False),
    Column("evidence", String),
    sqlite_with_rowid=False,  # rows of a job lie together
)

characteristics = CreateView(
    select(
        judgements.c.job_id,
        descriptions.c.characteristic.label("id"),
        judgements.c.position,
        *(descriptions.c[name] for name in ("name_zh", "name_en", "method", "feature", "severity", "unit")),
        *(descriptions.c[name] for name in ("nominal", "nominal_variant", "lower", "upper")),
        *(judgements.c[name] for name in ("value", "variant_seen", "expanded_uncertainty", "verdict", "reason")),
        *(judgements.c[name] for name in ("detail", "time_s", "evidence")),
    ).join_from(judgements, descriptions),
    "characteristics",
    metadata=metadata,
).table
"""Both together, to be read."""

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
    Column("refers_to", BigInteger, nullable=False),
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

TABLES = tuple(table for table in metadata.sorted_tables if table is not characteristics)
"""Those that hold something, each after those it refers to."""
