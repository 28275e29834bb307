"""A station works off what a plant system announced, and what has begun stays as it was begun."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.orders.order_notice import OrderNotice
from linewalker.station.run_folder import ORDERS_FILE
from linewalker.station.simulated_station import SimulatedShift
from tests.station.cheap_station import VINS, Port, Watcher, cheap_shift, work


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"))


@pytest.fixture
def book(tmp_path: Path) -> OrderBook:
    return OrderBook(tmp_path / ORDERS_FILE)


def only_the_vin(shift: SimulatedShift) -> Port:
    """A line that says nothing else of its first car."""
    return Port([replace(shift.orders[0], model="", options={})])


def test_a_job_is_completed_by_what_was_announced_and_stays_what_it_was_begun_as(shift, tmp_path, book) -> None:
    announced = replace(shift.orders[0], options={"paint": "silver"})
    book.take([OrderNotice(order=announced)], "mes")
    port = work(shift, tmp_path, Watcher(), only_the_vin(shift))
    assert json.loads(port.told[0].document)["options"]["paint"] == "silver"
    book.take([OrderNotice(order=replace(announced, sequence=50, options={"paint": "red"}), revision=2)], "mes")
    again = work(shift, tmp_path, Watcher(), only_the_vin(shift), resume=True)
    assert again.faults == []
    assert again.told == port.told
    assert book.find(VINS[0]).begun == (1,)


def test_a_job_against_what_was_announced_and_one_that_was_cancelled_are_no_orders(shift, tmp_path, book) -> None:
    first, second = (replace(order, options={"paint": "silver"}) for order in shift.orders[:2])
    book.take([OrderNotice(order=first), OrderNotice(order=second, cancelled=True)], "mes")
    port = work(shift, tmp_path, Watcher())
    assert [code for code, _ in port.faults] == [FaultCode.ORDER_INVALID] * 2
    assert [result.vin for result in port.told] == [order.vin for order in shift.orders[2:]]
    assert book.find(VINS[0]).begun == (), "and it can be corrected"


def test_a_car_of_which_nothing_was_announced_is_said_by_the_line(shift, tmp_path) -> None:
    port = work(shift, tmp_path, Watcher(), only_the_vin(shift))
    assert port.faults == [
        (FaultCode.ORDER_INVALID, f"the line says no TypeCode, and no order of {VINS[0]} was announced")
    ]
