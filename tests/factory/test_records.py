"""What is committed is committed once, whole, and before anyone is told."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from linewalker.errors import InputError, StationFault
from linewalker.factory.records import Records
from linewalker.factory.signals import LineResult
from linewalker.inspection.verdict import Verdict
from tests.factory.samples import HEADER, bad_car, build_order, fallen_car, gap, good_car


@pytest.fixture
def records(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        yield records


def test_what_is_stored_comes_back_equal(records):
    shift = records.begin_shift(HEADER)
    for car in (good_car(), bad_car()):
        shift.begin_job(car.order, car.began_s)
        shift.commit(car)
    shift.interrupt(fallen_car())
    assert shift.cars() == (good_car(), bad_car(), fallen_car())
    assert shift.header == HEADER


def test_a_committed_result_carries_the_verdict_and_the_document(records):
    told = records.begin_shift(HEADER).commit(bad_car())
    assert (told.vin, told.sequence, told.result) == (bad_car().order.vin, 2, LineResult.NOK)
    assert told.reason.startswith("NOK: gap_hood_fender_left")
    assert json.loads(told.document) == bad_car().document()


def test_the_first_commit_is_the_only_one(records):
    shift = records.begin_shift(HEADER)
    first = shift.commit(good_car())
    worse = replace(good_car(), characteristics=(gap(verdict=Verdict.NOK),))
    assert shift.commit(worse) == first
    assert shift.committed(good_car().order.vin, 1) == first
    assert shift.cars() == (good_car(),)
    assert shift.committed(good_car().order.vin, 2) is None


def test_the_database_itself_refuses_a_second_verdict(records):
    shift = records.begin_shift(HEADER)
    shift.commit(good_car())
    shift.begin_job(good_car().order, 0.0)
    with pytest.raises(IntegrityError, match="UNIQUE"), records._engine.begin() as connection:
        connection.execute(text("UPDATE jobs SET state = 'committed'"))


def test_a_job_that_was_broken_off_may_be_started_again(records):
    shift = records.begin_shift(HEADER)
    shift.begin_job(fallen_car().order, 420.0)
    shift.interrupt(fallen_car())
    assert shift.committed(fallen_car().order.vin, 3) is None
    shift.begin_job(good_car(2).order, 500.0)
    shift.commit(good_car(2))
    assert shift.cars() == (good_car(2),)
    with pytest.raises(ValueError, match="says why"):
        shift.interrupt(good_car())


def test_another_shift_starts_afresh_and_the_same_can_be_resumed(records):
    records.begin_shift(HEADER).commit(good_car())
    resumed = records.begin_shift(HEADER, resume=True)
    assert resumed.committed(good_car().order.vin, 1) is not None
    assert records.begin_shift(HEADER).committed(good_car().order.vin, 1) is None
    other_plan = replace(HEADER, plan_sha256="c" * 64)
    assert records.begin_shift(other_plan, resume=True).cars() == ()


def test_a_job_that_ran_when_the_station_died_counts_as_interrupted(records):
    records.begin_shift(HEADER).begin_job(build_order(), 5.0)
    [car] = records.begin_shift(HEADER, resume=True).cars()
    assert car.verdict is Verdict.NOT_DECIDABLE
    assert car.interrupted.en == "the station was restarted"


def test_the_newest_shift_is_found_again(records):
    assert records.last_shift() is None
    records.begin_shift(HEADER)
    records.begin_shift(replace(HEADER, seed=8)).commit(good_car())
    assert records.last_shift().header.seed == 8
    assert records.last_shift().cars() == (good_car(),)


def test_results_are_the_same_for_the_same_shift(tmp_path):
    texts = []
    for name in ("a", "b"):
        with Records(tmp_path / name / "records.sqlite") as records:
            shift = records.begin_shift(HEADER)
            shift.commit(good_car())
            shift.write_results(tmp_path / name / "results.json")
            texts.append((tmp_path / name / "results.json").read_bytes())
    assert texts[0] == texts[1]


def test_a_disk_that_refuses_is_a_station_fault_and_changes_nothing(records):
    shift = records.begin_shift(HEADER)
    with records._engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        )
    with pytest.raises(StationFault, match="disk full"):
        shift.commit(bad_car())
    assert shift.committed(bad_car().order.vin, 2) is None
    assert shift.cars() == ()


@pytest.mark.parametrize("content", ["this is no database, whatever its name says " * 30, None])
def test_a_file_that_is_none_of_ours_is_refused(tmp_path, content):
    path = tmp_path / "records.sqlite"
    if content is None:
        with Records(path) as records, records._engine.begin() as connection:
            connection.execute(text("PRAGMA user_version = 99"))
    else:
        path.write_text(content)
    with pytest.raises(InputError, match="choose another folder") as caught:
        Records(path)
    assert caught.value.file == path


def test_killed_at_any_moment_the_records_are_whole(tmp_path):
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-m", "tests.factory.kill_while_committing", str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    deaths = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(deaths) > 10
    assert deaths[-1]["told"]
    for death in deaths:
        assert death["sound"] == "ok"
        assert death["whole"]
        assert death["again"]
        assert death["committed"] or not death["told"]
    assert {death["committed"] for death in deaths} == {True, False}
