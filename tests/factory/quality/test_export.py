"""Every format is a set of files whose names come from nobody outside."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.quality.export import FORMATS, exported
from tests.factory.quality.dfq_reader import read_dfq
from tests.factory.quality.inspected_samples import inspected
from tests.factory.samples import bad_car, good_car

CARS = [inspected(good_car()), inspected(bad_car())]


def of_model(model: str):
    order = good_car().order
    order = BuildOrder(sequence=order.sequence, vin=order.vin, model=model, options=order.options)
    return inspected(replace(good_car(), order=order))


def test_a_description_and_its_values_are_the_two_halves_of_a_whole():
    (whole,) = exported(CARS, "dfq", "run").values()
    halves = exported(CARS, "dfd", "run")
    assert list(halves) == ["run-sedan.dfd", "run-sedan.dfx"]
    assert b"".join(halves.values()) == whole


def test_each_model_has_a_file_of_its_own_whatever_it_is_called():
    files = exported([of_model("sedan"), of_model("../x"), of_model("..\\x"), of_model("Ä" * 200)], "dfq", "run")
    assert len(files) == 4
    for name, content in files.items():
        assert "/" not in name
        assert "\\" not in name
        assert len(name) < 100
        assert len(read_dfq(content).values[1]) == 1


def test_json_has_the_documents_of_the_cars():
    (content,) = exported(CARS, "json", "run").values()
    documents = [json.loads(line) for line in content.decode().splitlines()]
    assert [document["clock"] for document in documents] == ["synchronised"] * 2
    for document, car in zip(documents, CARS):
        assert car.result.document().items() <= document.items()


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_hand_over_is_no_error(name):
    assert all(isinstance(content, bytes) for content in exported([], name, "run").values())


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="no format 'xls'; there are dfq, "):
        exported(CARS, "xls", "run")
