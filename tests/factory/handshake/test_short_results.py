"""The numbers of a car are those of the document that is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.short_results import ShortResults
from linewalker.factory.handshake.signals import CHARACTERISTICS, FURTHEST_VALUE, NO_VALUE, StationImage
from tests.factory.samples import bad_car

VERDICTS = ("OK", "NOK", "NOT_DECIDABLE")


def document(*entries):
    return json.dumps({"characteristics": [dict(zip(("id", "verdict", "value"), entry)) for entry in entries]})


def test_a_car_with_one_of_everything():
    numbers = ShortResults.of(json.dumps(bad_car().document()))
    assert (numbers.count_ok, numbers.count_nok, numbers.count_not_decidable) == (0, 2, 1)
    assert numbers.characteristic_result[:4] == (2, 3, 2, 0)
    assert numbers.characteristic_value[:4] == (543, NO_VALUE, NO_VALUE, 0)


def test_a_characteristic_keeps_its_place_whatever_else_is_on_the_car():
    told = document(("b", "OK", 0.1), ("d", "NOK", -2.35))
    numbers = ShortResults.of(told, ["a", "b", "c", "d"])
    assert numbers.characteristic_result[:5] == (0, 1, 0, 2, 0)
    assert numbers.characteristic_value[:5] == (0, 10, 0, -235, 0)


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.004, 0), (0.006, 1), (-1.0, -100), (400.0, FURTHEST_VALUE), (-1e9, -FURTHEST_VALUE), ("rs", NO_VALUE),
     (None, NO_VALUE), (True, NO_VALUE)],
)  # fmt: skip
def test_a_value_in_hundredths(value, told):
    assert ShortResults.of(document(("a", "OK", value))).characteristic_value[0] == told


@pytest.mark.parametrize(
    "told", ["", "{}", "[1]", '"text"', "{", '{"characteristics": 5}', '{"characteristics": [3, {}]}']
)
def test_a_document_of_another_make_has_no_characteristics(told):
    assert ShortResults.of(told) == ShortResults()


@given(st.lists(st.sampled_from(VERDICTS), max_size=90))
def test_all_are_counted_also_those_that_have_no_place(verdicts):
    told = document(*((str(i), verdict, 1.0) for i, verdict in enumerate(verdicts)))
    numbers = ShortResults.of(told)
    assert [numbers.count_ok, numbers.count_nok, numbers.count_not_decidable] == [verdicts.count(v) for v in VERDICTS]
    told_each = [VERDICTS[code - 1] for code in numbers.characteristic_result if code]
    assert told_each == verdicts[:CHARACTERISTICS]
    image = numbers.told_in(StationImage(busy=True))
    assert (image.busy, image.count_ok) == (True, numbers.count_ok)
