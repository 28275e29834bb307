"""What is handed over are inspections that are over, with the time they were."""

from __future__ import annotations

import datetime
import sqlite3

from linewalker.factory.quality.inspected import inspected_cars
from linewalker.factory.records.archive import read_runs
from linewalker.factory.records.clock import ClockSource
from linewalker.factory.records.records import Records
from tests.factory.samples import HEADER, bad_car, fallen_car, good_car, missing_car


def test_only_inspected_cars_are_handed_over(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER, expected=[missing_car()])
        for car in (good_car(), bad_car()):
            run.commit(car)
    before = datetime.datetime.now(datetime.UTC)
    cars = list(inspected_cars(read_runs(tmp_path / "records.sqlite")))
    assert [car.result for car in cars] == [good_car(), bad_car()]
    assert all(0.0 <= (before - car.at).total_seconds() < 3600.0 for car in cars)
    assert all(car.clock.source is not ClockSource.RECKONED for car in cars)


def test_records_of_an_earlier_version_have_reckoned_times(tmp_path):
    file = tmp_path / "records.sqlite"
    with Records(file) as records:
        records.begin_run(HEADER).interrupt(fallen_car())
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE clock_readings")
        connection.execute("UPDATE shifts SET opened_at = '2026-01-01T08:00:00+00:00'")
    (car,) = inspected_cars(read_runs(file))
    assert car.clock.source is ClockSource.RECKONED
    assert car.at == datetime.datetime(2026, 1, 1, 8, 8, tzinfo=datetime.UTC)  # it fell after 480 s
