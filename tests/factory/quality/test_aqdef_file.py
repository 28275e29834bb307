"""A .dfq grows car by car, and holds each once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.factory.quality.aqdef_file import append_cars
from linewalker.factory.quality.export import exported
from tests.factory.outbox.samples import car
from tests.factory.quality.dfq_reader import read_dfq
from tests.factory.quality.inspected_samples import inspected
from tests.factory.samples import gap

CARS = [inspected(car(number)) for number in range(1, 4)]


def test_a_file_that_grew_is_the_one_that_is_written_at_once(tmp_path):
    for one in CARS:
        append_cars(tmp_path, [one])
    (content,) = exported(CARS, "dfq", "x").values()
    assert (tmp_path / "shift-sedan.dfq").read_bytes() == content


def test_a_car_that_is_at_its_end_is_not_added_again(tmp_path):
    append_cars(tmp_path, CARS)
    append_cars(tmp_path, CARS[-1:])
    assert len(read_dfq((tmp_path / "shift-sedan.dfq").read_bytes()).values[1]) == 3


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.9, 0.99, 1.0])
def test_a_half_car_is_taken_away_and_comes_whole(tmp_path, share):
    path = tmp_path / "shift-sedan.dfq"
    append_cars(tmp_path, CARS[:2])
    before = path.read_bytes()
    append_cars(tmp_path, CARS[2:])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(before) + round(share * (len(whole) - len(before)))])
    append_cars(tmp_path, CARS[2:])
    assert path.read_bytes() == whole


def test_other_characteristics_go_into_another_file(tmp_path):
    other = inspected(replace(car(9), characteristics=(gap("other"),)))
    append_cars(tmp_path, [CARS[0], other, CARS[1]])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shift-sedan-2.dfq", "shift-sedan.dfq"]
    assert len(read_dfq((tmp_path / "shift-sedan.dfq").read_bytes()).values[1]) == 2
