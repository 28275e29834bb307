"""Measurements: every judged characteristic of every committed car, in order, and from where one left off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from linewalker.errors import InputError
from linewalker.factory.records.means import Means
from linewalker.factory.records.measurements import fingerprint, read_described, read_measurements
from linewalker.factory.records.records import NOT_YET, Records
from linewalker.factory.records.retention import Pass, retain
from linewalker.factory.records.tables import jobs
from linewalker.inspection.verdict import Verdict
from tests.factory.samples import HEADER, bad_car, good_car, missing_car


def test_what_is_committed_is_read_and_what_is_not_is_not(place: Path) -> None:
    with Records(place) as book:
        run = book.begin_run(HEADER, expected=[replace(missing_car(), interrupted=NOT_YET)])
        run.commit(good_car())
        run.commit(bad_car())
    (found,) = read_measurements(place)
    assert [(car.sequence, car.vin) for car in found.cars] == [
        (car.order.sequence, car.order.vin) for car in (good_car(), bad_car())
    ]
    gap, flush, badge = "gap_hood_fender_left", "flush_door_left", "variant_badge_rear"
    assert list(zip(found.car.tolist(), found.id)) == [(0, gap), (0, badge), (1, gap), (1, flush), (1, badge)]
    np.testing.assert_equal(found.value, [4.12, np.nan, 5.43, np.nan, np.nan])
    assert (found.uncertainty[2], found.lower[2], found.upper[2]) == (0.08, 3.3, 4.7)
    assert Verdict(int(found.verdict[2])) is Verdict.NOK
    (later,) = read_measurements(place, after=found.cars[0].job_id)
    assert (later.cars, later.car.tolist(), later.id) == (found.cars[1:], [0, 0, 0], found.id[2:])


def test_jobs_between_committed_ones_are_left_out(place: Path) -> None:
    with Records(place) as book:
        run = book.begin_run(HEADER)
        run.commit(good_car())
        run.keep(replace(bad_car(), order=missing_car().order))
        run.commit(bad_car())
        (found,) = read_measurements(place)
    assert [car.vin for car in found.cars] == [good_car().order.vin, bad_car().order.vin]
    assert found.car.tolist() == [0, 0, 1, 1, 1]
    described = {(one.model, one.id): one for one in read_described(place)}
    assert described["sedan", "gap_hood_fender_left"].title.en == "Gap hood to left fender"
    assert described["sedan", "variant_badge_rear"].nominal is None


def test_a_fingerprint_stays_until_something_is_deleted_renamed_or_replaced(place: Path) -> None:
    path, folder = place, place.parent
    with Records(path) as book:
        run = book.begin_run(HEADER)
        run.commit(good_car())
        before = fingerprint(path, 1)
        run.commit(bad_car())
        assert fingerprint(path, 1) == before
        with book._engine.begin() as connection:
            connection.execute(update(jobs).where(jobs.c.id == 1).values(vin="000A1B2C3D4E5F678"))
    assert fingerprint(path, 1) != before
    renamed = fingerprint(path, 2)
    wanted = Pass(means=Means.DELETE, before=None, vin=bad_car().order.vin, why="asked")
    retain(path, folder / "evidence", folder / "audit", wanted)
    assert fingerprint(path, 2) != renamed


def test_records_without_anything_have_none(tmp_path: Path) -> None:
    with Records(tmp_path / "records.sqlite") as book:
        book.begin_run(HEADER)
    assert list(read_measurements(tmp_path / "records.sqlite")) == []
    assert read_described(tmp_path / "records.sqlite") == []
    with pytest.raises(InputError):
        list(read_measurements(tmp_path / "none.sqlite"))
