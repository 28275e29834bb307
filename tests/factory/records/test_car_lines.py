"""A line is the car's document, whatever state it is in, and adds to the summary what the document says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from linewalker.factory.records.car_lines import CARS, CHARACTERISTICS
from linewalker.factory.records.records import Records
from linewalker.factory.records.results import counts
from linewalker.inspection.verdict import Verdict
from tests.factory.random_shifts import record_shift
from tests.factory.samples import HEADER, bad_car, fallen_car, good_car


@pytest.mark.parametrize("seed", range(2))
def test_lines_are_the_documents_of_the_cars_and_add_up_to_the_summary(tmp_path, seed):
    record_shift(tmp_path, np.random.default_rng(seed), cars=12, under_way=bool(seed % 2))
    with Records(tmp_path / "records.sqlite") as records:
        run = records.last_run()
        lines, cars = list(run.lines()), run.cars()
    assert [json.loads(line.text) for line in lines] == [car.document() for car in cars]
    assert [(line.vin, line.sequence) for line in lines] == [(car.order.vin, car.order.sequence) for car in cars]
    assert [line.characteristics for line in lines] == [len(car.characteristics) for car in cars]
    total = sum((line.tally for line in lines), Counter())
    for what, entries in ((CARS, cars), (CHARACTERISTICS, [e for car in cars for e in car.characteristics])):
        expected = counts(entries)
        assert expected.pop("total") == sum(expected.values())
        assert {name: total[what, name] for name in expected} == expected


def test_only_what_is_judged_is_settled_and_stands_as_it_was_told(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        run.interrupt(fallen_car())
        told = run.commit(good_car())
        (one,) = run.lines(good_car().order)
        assert one.text == told.document
        assert [line.settled for line in run.lines()] == [False, True]
        run.commit(replace(good_car(2), events=bad_car().events))
        assert [line.settled for line in run.lines()] == [True, True]
        assert list(run.lines(bad_car().order)) == []


def test_no_line_has_a_line_break(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        odd = replace(bad_car().characteristics[0], detail="a\nb\u2028c", verdict=Verdict.NOK)
        run.commit(replace(bad_car(), characteristics=(odd,)))
        (line,) = run.lines()
    assert "\n" not in line.text
    assert json.loads(line.text)["characteristics"][0]["reason"]["detail"] == "a\nb\u2028c"
