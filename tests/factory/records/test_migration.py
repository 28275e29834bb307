"""Records of a former version say the same after they were brought up to date, whenever the program dies in between."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from linewalker.factory.records.archive import read_commits, read_runs
from linewalker.factory.records.backup import back_up
from linewalker.factory.records.measurements import read_described, read_measurements
from linewalker.factory.records.records import Records
from linewalker.factory.records.tables import FORMAT
from tests.dying import Death, dies
from tests.factory.samples import VINS, bad_car, fallen_car, good_car, missing_car

FORMAT_1 = Path(__file__).with_name("format_1.sql")
"""Two judged cars, one of them overridden, and one broken off; in the next shift one awaited and one at work."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(FORMAT_1.read_text(encoding="utf-8"))
    database.close()
    return path


def version(file: Path) -> int:
    with sqlite3.connect(file) as database:
        (found,) = database.execute("PRAGMA user_version").fetchone()
    database.close()
    return found


def all_of(file: Path) -> tuple[object, ...]:
    """What is on record, by every way of reading."""
    described = sorted(read_described(file), key=lambda one: (one.model, one.id))
    measured = [repr(vars(part)) for part in read_measurements(file)]  # NaN equals NaN as text
    return read_runs(file), read_commits(file, after=0, at_most=9), measured, described


def test_records_of_a_former_version_are_read_as_they_are(file):
    content = file.read_bytes()
    first, second = read_runs(file)
    assert [job.result for job in first.jobs if job.result.override is None] == [good_car(), fallen_car()]
    (overridden,) = [job.result for job in first.jobs if job.result.override is not None]
    assert replace(overridden, override=None) == bad_car()
    assert [job.result.order for job in second.jobs] == [missing_car().order, good_car().order]
    back_up(file, file.with_name("copy.sqlite"))
    assert all_of(file.with_name("copy.sqlite")) == all_of(file)
    assert file.read_bytes() == content


def test_brought_up_to_date_they_say_the_same_and_go_on(file):
    before = all_of(file)
    with Records(file) as records:
        run = records.last_run()
        assert all_of(file) == before
        assert run.commit(good_car()).vin == VINS[0]
    assert version(file) == FORMAT
    assert [commit.position for commit in read_commits(file, after=0, at_most=9)] == [1, 2, 3]
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT count(*) FROM descriptions").fetchone() == (3,)
    database.close()


def test_the_line_is_told_word_for_word_what_it_was_told(file):
    with sqlite3.connect(file) as database:
        (told,) = database.execute("SELECT told_document FROM jobs WHERE id = 1").fetchone()
        database.execute("DELETE FROM characteristics WHERE job_id > 3")
        database.execute("DELETE FROM jobs WHERE shift_id = 2")
        database.execute("DELETE FROM shifts WHERE id = 2")
    database.close()
    with Records(file) as records:
        committed = records.last_run().committed(good_car().order)
        assert committed is not None
        assert committed.document == told
        line = next(iter(records.last_run().lines(good_car().order)))
        assert line.text == told


def die_while_opening(file: Path, die_at: int) -> None:
    death = Death(die_at)
    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, death.step)
    with Records(file):
        pass


def test_killed_at_any_statement_nothing_is_lost(file):
    before, content = all_of(file), file.read_bytes()
    die_at, died = 0, True
    while died:
        die_at += 1
        there = file.with_name(f"{die_at}.sqlite")
        there.write_bytes(content)
        died = dies(die_while_opening, there, die_at)
        assert all_of(there) == before
        with Records(there):
            assert all_of(there) == before
    assert die_at > 12
