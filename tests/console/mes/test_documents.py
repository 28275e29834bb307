"""An order as JSON is taken or refused with the member that is wrong."""

from __future__ import annotations

import pytest

from linewalker.console.mes.documents import announced_document, notice_from, problem
from linewalker.errors import InputError
from linewalker.factory.orders.order_book import Announced
from linewalker.modeloptions import ModelOptions

VIN = "LSVAA49J132047371"
MODELS = {"sedan": ModelOptions(options={"paint": ["red", "blue"]}, defaults={"paint": "red"})}
ORDER = {"vin": VIN, "sequence": 7, "model": "sedan"}


def test_what_is_not_named_has_its_default():
    notice = notice_from(ORDER, MODELS)
    assert (notice.order.vin, notice.order.sequence, notice.order.options) == (VIN, 7, {"paint": "red"})
    assert (notice.revision, notice.cancelled) == (1, False)


def test_what_is_told_of_an_order_makes_the_same_order_again():
    notice = notice_from({**ORDER, "options": {"paint": "blue"}, "revision": 3, "cancelled": True}, MODELS)
    told = announced_document(Announced(notice=notice, source="REST", received_at="", begun=()))
    sent = {name: told[name] for name in ("vin", "sequence", "model", "options", "revision", "cancelled")}
    assert notice_from(sent, MODELS) == notice


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"sequence": "7"}, "sequence"),
        ({"sequence": True}, "sequence"),
        ({"sequence": 7.0}, "sequence"),
        ({"sequence": 0}, "sequence"),
        ({"sequence": 2**32}, "sequence"),
        ({"vin": 7}, "vin"),
        ({"vin": VIN[:-1]}, "vin"),
        ({"model": None}, "model"),
        ({"model": "suv"}, "model"),
        ({"model": "se\ndan"}, "model"),
        ({"options": "paint=red"}, "options"),
        ({"options": {"paint": 1}}, "options"),
        ({"options": {"paint": "red;wheels=sport"}}, "options"),
        ({"options": {"": "red"}}, "options"),
        ({"options": {"colour": "red"}}, "options"),
        ({"revision": 0}, "revision"),
        ({"revision": 2**31}, "revision"),
        ({"revision": None}, "revision"),
        ({"cancelled": 1}, "cancelled"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named(changes, member):
    with pytest.raises(InputError) as raised:
        notice_from({**ORDER, **changes}, MODELS)
    assert raised.value.key == member
    assert problem(422, raised.value, number=0) == {
        "status": 422, "detail": raised.value.problem, "member": member, "number": 0
    }  # fmt: skip


@pytest.mark.parametrize("missing", ORDER)
def test_what_is_missing_is_named(missing):
    with pytest.raises(InputError, match=f"{missing}: is missing"):
        notice_from({name: value for name, value in ORDER.items() if name != missing}, MODELS)


@pytest.mark.parametrize("document", [None, [], "order", 7])
def test_something_else_is_no_order(document):
    with pytest.raises(InputError, match="an order is an object"):
        notice_from(document, MODELS)


def test_an_address_says_which_car_and_the_document_does_not():
    assert notice_from({"sequence": 7, "model": "sedan"}, MODELS, vin=VIN).order.vin == VIN
    with pytest.raises(InputError, match="vin"):
        notice_from(ORDER, MODELS, vin=VIN)
