"""What a job was for, what it follows on, and what a person said of it: beside the result, which stays what it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from linewalker.errors import InputError
from linewalker.factory.handshake.job import Override
from linewalker.factory.handshake.signals import LineResult, Purpose
from linewalker.factory.records.archive import read_runs
from linewalker.factory.records.records import Records
from linewalker.inspection.verdict import Verdict
from tests.factory.samples import HEADER, bad_car, good_car


@pytest.fixture
def records(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        yield records


def again(sequence: int, refers_to: int, purpose: Purpose = Purpose.AFTER_REWORK):
    car = good_car()
    return replace(car, order=replace(car.order, sequence=sequence), purpose=purpose, refers_to=refers_to)


def override(car, name: str = "Li", verdict: LineResult = LineResult.OK) -> Override:
    return Override(vin=car.order.vin, sequence=car.order.sequence, result=verdict, name=name, reason="only dust")


def test_a_second_inspection_refers_to_the_first_one_and_both_stay(records):
    run = records.begin_run(HEADER)
    run.commit(good_car())
    second = again(9, 1)
    assert run.committed(second.order, Purpose.AFTER_REWORK, 1) is None
    told = json.loads(run.commit(second).document)
    assert (told["purpose"], told["refers_to"]) == ("after_rework", 1)
    assert run.cars() == (good_car(), second)
    assert run.committed(second.order, Purpose.AFTER_REWORK, 1) is not None


def test_the_first_one_may_be_of_another_day(records):
    records.begin_run(HEADER).commit(good_car())
    later = records.begin_run(replace(HEADER, seed=8))
    assert later.committed(again(9, 1).order, Purpose.REINSPECTION, 1) is None
    with pytest.raises(InputError, match="no result of sequence 3 of"):
        later.committed(again(9, 3).order, Purpose.REINSPECTION, 3)


def test_a_result_is_told_for_the_purpose_it_was_inspected_for_alone(records):
    run = records.begin_run(HEADER)
    run.commit(good_car())
    with pytest.raises(InputError, match="is done, as INSPECTION"):
        run.committed(good_car().order, Purpose.MASTER_PART)


def test_a_persons_verdict_stands_beside_the_robots_in_records_and_results(records, tmp_path):
    run = records.begin_run(HEADER)
    told = run.commit(bad_car())
    assert run.override(override(bad_car(), "Wang", LineResult.NOK)) == bad_car().order
    run.override(override(bad_car()))
    [car] = run.cars()
    assert car.verdict is Verdict.NOK
    assert (car.override.verdict, car.override.name, car.override.reason) == (Verdict.OK, "Li", "only dust")
    assert run.committed(bad_car().order) == told  # what is told does not change
    run.write_results(tmp_path / "results.json")
    [shown] = json.loads((tmp_path / "results.json").read_text())["cars"]
    assert (shown["verdict"], shown["override"]["verdict"], shown["override"]["name"]) == ("NOK", "OK", "Li")
    [archived] = read_runs(records.path)
    assert archived.jobs[0].result.override == car.override


def test_what_was_not_judged_can_not_be_overridden(records):
    run = records.begin_run(HEADER)
    run.keep(bad_car())
    with pytest.raises(InputError, match="has no result that could be overridden"):
        run.override(override(bad_car()))


def test_records_of_a_former_version_are_read_and_go_on(records):
    records.begin_run(HEADER).commit(good_car())
    with records._engine.begin() as connection:
        for table in ("purposes", "overrides"):
            connection.execute(text(f"DROP TABLE {table}"))
    assert read_runs(records.path)[0].jobs[0].result == good_car()
    with Records(records.path) as anew:
        run = anew.begin_run(HEADER, resume=True)
        run.override(override(good_car()))
        assert run.cars()[0].override is not None
