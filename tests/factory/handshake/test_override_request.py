"""A person's verdict is taken for the car it names, with name and reason, once per rising edge, and answered."""

from __future__ import annotations

import pytest

from linewalker.factory.handshake.job import CommittedResult, Override
from linewalker.factory.handshake.override_request import OverrideRequest
from linewalker.factory.handshake.signals import LineImage, LineResult
from tests.factory.handshake.plant import VINS

RESULT = CommittedResult(vin=VINS[0], sequence=5, result=LineResult.NOK)
LOW = LineImage(vin=VINS[0], sequence_no=5)
ASKED = {"store_override": True, "override_result": 1, "override_name": " 王工 ", "override_reason": "only dust"}


def line(**changes: object) -> LineImage:
    return LineImage(**{"vin": VINS[0], "sequence_no": 5, **ASKED, **changes})


@pytest.fixture
def request_() -> OverrideRequest:
    request = OverrideRequest()
    request.hear(LOW, RESULT)
    return request


@pytest.mark.parametrize("stored", [True, False])
def test_it_is_taken_once_and_answered_until_the_level_falls(request_, stored):
    request_.hear(line(), RESULT)
    assert request_.waits
    expected = Override(vin=VINS[0], sequence=5, result=LineResult.OK, name="王工", reason="only dust")
    assert request_.take() == expected
    assert request_.take() is None
    request_.answer(stored=stored)
    request_.hear(line(), RESULT)
    assert (request_.waits, request_.stored, request_.refused) == (False, stored, not stored)
    assert request_.take() is None
    request_.hear(LOW, RESULT)
    assert not (request_.stored)
    assert not (request_.refused)


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, None),
        ({"vin": VINS[1]}, RESULT),
        ({"sequence_no": 6}, RESULT),
        ({"override_result": 0}, RESULT),
        ({"override_result": 9}, RESULT),
        ({"override_name": ""}, RESULT),
        ({"override_name": "  "}, RESULT),
        ({"override_reason": ""}, RESULT),
    ],
)
def test_what_is_missing_or_about_another_car_is_refused(request_, changes, result):
    request_.hear(line(**changes), result)
    assert (request_.waits, request_.refused, request_.take()) == (False, True, None)


def test_a_level_that_was_never_low_asks_for_nothing():
    request = OverrideRequest()
    request.hear(line(), RESULT)
    assert not (request.waits)
    assert not (request.refused)


def test_a_line_that_did_not_wait_for_the_answer_is_not_told_of_it(request_):
    request_.hear(line(), RESULT)
    request_.hear(LOW, RESULT)
    assert request_.waits
    request_.answer(stored=True)
    assert not (request_.waits)
    assert not (request_.stored)
