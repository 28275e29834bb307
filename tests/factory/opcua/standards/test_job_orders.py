"""Job orders of the standard as inspections."""

from __future__ import annotations

import pytest
from asyncua import ua

from linewalker.factory.opcua.standards.job_orders import JobOrder, NoOrder, OrderState, read_order


@pytest.fixture
def order(imported):
    index = imported[1]["job_control"]

    def make(id="A1", models=("sedan",), **parameters):
        kinds = {"SequenceNo": "UInt32", "Purpose": "Byte", "RefersTo": "UInt32"}
        made = {number: ua.get_type(ua.NodeId(number, index)) for number in (3003, 3007, 3008)}
        content = {"VIN": "LSVAA49J132047371", "SequenceNo": 7, **parameters}
        return made[3008](
            JobOrderID=id,
            WorkMasterID=[made[3007](ID=model) for model in models],
            JobOrderParameters=[
                made[3003](ID=name, Value=ua.Variant(value, ua.VariantType[kinds.get(name, "String")]))
                for name, value in content.items()
                if value is not None
            ],
        )

    return make


def test_it_says_what_the_line_would(order):
    read = read_order(order(Options="paint=red", Purpose=2, RefersTo=3))
    assert (read.id, read.state, read.names) == ("A1", OrderState.NOT_ALLOWED_TO_START, ("LSVAA49J132047371", 7))
    assert read.content == {
        "vin": "LSVAA49J132047371",
        "type_code": "sedan",
        "options": "paint=red",
        "sequence_no": 7,
        "purpose": 2,
        "refers_to": 3,
    }


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"id": ""}, "JobOrderID"),
        ({"id": "x" * 65}, "JobOrderID"),
        ({"models": ()}, "WorkMasterID"),
        ({"models": ("a", "b")}, "WorkMasterID"),
        ({"VIN": None}, "missing: VIN"),
        ({"Colour": "red"}, "Colour"),
    ],
)
def test_what_is_no_order_is_named(order, changes, what):
    with pytest.raises(NoOrder, match=what):
        read_order(order(**changes))


def test_a_parameter_of_another_type_is_named(order):
    document = order()
    document.JobOrderParameters[1].Value = ua.Variant(7, ua.VariantType.Int32)
    with pytest.raises(NoOrder, match="SequenceNo: one UInt32"):
        read_order(document)


def test_the_times_are_those_of_its_states():
    order = JobOrder(id="A1", document=None, content={})
    assert (order.started, order.ended) == (None, None)
    order.move(OrderState.RUNNING)
    order.move(OrderState.ENDED)
    assert order.over
    assert order.started <= order.ended
    texts = [state.text for state in OrderState]
    assert texts == ["NotAllowedToStart", "AllowedToStart", "Running", "Interrupted", "Ended", "Aborted"]
