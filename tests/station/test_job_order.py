"""What the line leaves empty is taken from the announcement, and what it says has to agree with it."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.factory.handshake.job import Job
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.modeloptions import ModelOptions
from linewalker.station.job_order import order_of

VIN = "LSVAA49J132047371"
MODELS = {
    "sedan": ModelOptions(options={"paint": ["red", "blue"], "wheels": ["steel"]}, defaults={"paint": "red"}),
    "suv": ModelOptions(),
}
ANNOUNCED = BuildOrder(sequence=99, vin=VIN, model="sedan", options={"paint": "blue"})


def job(type_code: str = "", options: str = "") -> Job:
    return Job(job_id="j", vin=VIN, type_code=type_code, options=options, sequence=7)


@pytest.mark.parametrize("said", [("", ""), ("sedan", ""), ("", "paint=blue"), ("sedan", "paint=blue")])
def test_the_line_says_as_much_as_it_wants_and_its_sequence_counts(said):
    order = order_of(job(*said), ANNOUNCED, MODELS)
    assert (order.sequence, order.model, order.options) == (7, "sedan", {"paint": "blue"})


@pytest.mark.parametrize("said", [("sedan", "paint=red"), ("sedan", "wheels=steel")])
def test_what_disagrees_is_no_order(said):
    with pytest.raises(InputError, match=r"the announced order of .* is sedan with paint=blue"):
        order_of(job(*said), ANNOUNCED, MODELS)


def test_another_model_is_no_order_either():
    with pytest.raises(InputError):
        order_of(job("suv"), ANNOUNCED, MODELS)


def test_without_an_announcement_the_line_says_it_all():
    assert order_of(job("sedan", "paint=blue"), None, MODELS).options == {"paint": "blue"}
    with pytest.raises(InputError, match=f"no TypeCode, and no order of {VIN} was announced"):
        order_of(job(), None, MODELS)


def test_an_announced_order_that_can_not_be_built_is_none():
    with pytest.raises(InputError, match="no option 'roof'"):
        order_of(job(), BuildOrder(sequence=1, vin=VIN, model="sedan", options={"roof": "open"}), MODELS)
