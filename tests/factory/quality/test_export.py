"""Every format is a set of files whose names come from nobody outside."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace

import pytest

from linewalker.errors import InputError, StorageFault
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.quality.export import FORMATS, exported, write_exported
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
def test_what_is_written_car_by_car_is_what_is_made_at_once(tmp_path, name):
    written = write_exported(lambda: iter(CARS), name, "run", tmp_path)
    assert {path.name: path.read_bytes() for path in written} == exported(CARS, name, "run")
    assert sorted(tmp_path.iterdir()) == sorted(written)


def test_a_disk_that_refuses_gets_no_half_of_a_set(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageFault, match="free some space"):
        write_exported(lambda: iter(CARS), "dfd", "run", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_comes_while_it_is_written_and_is_of_a_new_model_waits_for_the_next_time(tmp_path):
    passes = iter([CARS, [*CARS, of_model("suv")]])
    (path,) = write_exported(lambda: iter(next(passes)), "dfq", "run", tmp_path)
    assert len(read_dfq(path.read_bytes()).values[1]) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_hand_over_is_no_error(name):
    assert all(isinstance(content, bytes) for content in exported([], name, "run").values())


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="no format 'xls'; there are dfq, "):
        exported(CARS, "xls", "run")
