"""What the tables refuse by themselves, and how long texts lie in them."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from linewalker.factory.records.database import open_database
from linewalker.factory.records.tables import (
    COMMITTED,
    INTERRUPTED,
    events,
    jobs,
    shifts,
)

SHIFT = {
    "opened_at": "2026-01-01T00:00:00+00:00", "shift": "s", "shift_sha256": "", "plan": "p", "plan_sha256": "",
    "station": "", "robot": "g1", "software": "",
}  # fmt: skip
JOB = {"shift_id": 1, "vin": "V", "sequence": 1, "model": "sedan", "options": "", "began_s": 0.0}


@pytest.fixture
def engine(place):
    engine = open_database(place)
    with engine.begin() as connection:
        connection.execute(insert(shifts).values(id=1, **SHIFT))
    yield engine
    engine.dispose()


def store(engine, *rows):
    """All of these jobs, or none."""
    with engine.begin() as connection:
        for row in rows:
            connection.execute(insert(jobs).values(**row))


def test_what_was_not_committed_is_not_there(engine):
    with pytest.raises(IntegrityError):
        store(engine, *({"id": 1, "attempt": attempt, "state": INTERRUPTED, **JOB} for attempt in (1, 2)))
    with engine.begin() as connection:
        assert connection.execute(select(jobs)).all() == []


def test_a_job_is_committed_once_and_broken_off_as_often_as_it_takes(engine):
    states = enumerate((INTERRUPTED, INTERRUPTED, COMMITTED), start=1)
    store(engine, *({**JOB, "attempt": attempt, "state": state} for attempt, state in states))
    with pytest.raises(IntegrityError):
        store(engine, {**JOB, "attempt": 4, "state": COMMITTED})
    store(engine, {**JOB, "attempt": 1, "state": COMMITTED, "sequence": 2})


def test_nothing_stands_there_that_belongs_to_no_job(engine):
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(events).values(job_id=99, time_s=0.0, kind="fall", text=""))


@pytest.mark.parametrize("told", [None, "", "{}", "间隙 " * 9_000, "\x00\ud7ff\U0010ffff"])
def test_a_long_text_comes_back_as_it_was_and_takes_little_room(engine, told):
    store(engine, {**JOB, "attempt": 1, "state": COMMITTED, "told_document": told})
    with engine.begin() as connection:
        assert connection.execute(select(jobs.c.told_document)).scalar_one() == told
        taken = connection.execute(text("SELECT length(told_document) FROM jobs")).scalar_one()
        assert told is None or taken <= 0.01 * len(told.encode()) + 20


@pytest.mark.parametrize("new_place", ["SQLite"], indirect=True)
def test_a_text_of_format_1_is_read_as_it_stands(engine):
    store(engine, {**JOB, "attempt": 1, "state": COMMITTED})
    with engine.begin() as connection:
        connection.execute(text("UPDATE jobs SET told_document = '{}'"))
        assert connection.execute(select(jobs.c.told_document)).scalar_one() == "{}"
        connection.execute(update(jobs).values(told_document="[]"))
        assert connection.execute(text("SELECT typeof(told_document) FROM jobs")).scalar_one() == "blob"
