"""The book keeps what counts, all of a list or nothing, and an inspection that has begun as it was begun."""

from __future__ import annotations

import datetime
import sqlite3

import pytest

from linewalker.errors import InputError, StorageFault
from linewalker.factory.orders import order_book
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.orders.order_notice import Fate, OrderConflict, OrderNotice
from tests.dying import die, dies

VINS = ("LSVAA49J132047371", "1M8GDM9AXKP042788")


def notice(number: int = 0, revision: int = 1, paint: str = "red", **changes) -> OrderNotice:
    about = {"sequence": number + 1, "vin": VINS[number], "model": "sedan", "options": {"paint": paint}}
    cancelled = changes.pop("cancelled", False)
    return OrderNotice(order=BuildOrder(**(about | changes)), revision=revision, cancelled=cancelled)


@pytest.fixture
def book(tmp_path):
    return OrderBook(tmp_path / "orders.sqlite")


def as_announced(order: BuildOrder | None) -> BuildOrder:
    assert order is not None
    return order


def test_before_anything_was_announced_there_is_nothing_and_no_file(book):
    assert book.find(VINS[0]) is None
    assert book.waiting() == []
    line_says = notice().order
    assert book.begin(VINS[0], 1, lambda announced: line_says if announced is None else announced) == line_says
    assert book.forget(vin=None, before=None) == 0
    assert not book.there


def test_what_was_taken_is_found_again_as_it_was_written(book):
    assert book.take([notice(1), notice(0)], "mes") == [Fate.NEW, Fate.NEW]
    again = OrderBook(book._path)
    assert again.find(VINS[0]).notice == notice(0)
    assert again.find(VINS[0]).source == "mes"
    assert [found.notice.order.vin for found in again.waiting()] == list(VINS), "in the order of their sequence"


def test_a_list_with_one_that_can_not_be_is_not_taken_at_all(book):
    book.take([notice(0)], "mes")
    with pytest.raises(OrderConflict) as raised:
        book.take([notice(1), notice(0, paint="blue")], "mes")
    assert raised.value.line == 2
    assert book.find(VINS[1]) is None


def test_a_list_may_correct_itself(book):
    assert book.take([notice(0), notice(0, 2, "blue"), notice(0)], "m") == [Fate.NEW, Fate.CORRECTED, Fate.OUTDATED]


def test_an_inspection_that_has_begun_stays_what_it_was_whatever_is_announced_later(book):
    book.take([notice(0)], "mes")
    assert book.begin(VINS[0], 1, as_announced).options == {"paint": "red"}
    assert book.waiting() == []
    with pytest.raises(OrderConflict, match="has begun"):
        book.take([notice(0, 2, "blue")], "mes")
    book.take([notice(0, 2, "blue", sequence=5)], "mes")
    assert book.begin(VINS[0], 1, as_announced).options == {"paint": "red"}, "a repeated start"
    assert book.begin(VINS[0], 5, as_announced).options == {"paint": "blue"}
    assert book.find(VINS[0]).begun == (1, 5)


def test_one_whose_order_is_not_to_be_worked_off_has_not_begun_and_can_be_corrected(book):
    book.take([notice(0)], "mes")

    def refuse(_order):
        raise InputError("there is no such model")

    with pytest.raises(InputError, match="no such model"):
        book.begin(VINS[0], 1, refuse)
    assert book.take([notice(0, 2, "blue")], "mes") == [Fate.CORRECTED]


def test_a_cancelled_order_does_not_begin_but_what_has_begun_comes_back(book):
    book.take([notice(0, cancelled=True), notice(1)], "mes")
    with pytest.raises(InputError, match="was cancelled, by revision 1"):
        book.begin(VINS[0], 1, as_announced)
    assert [found.notice.order.vin for found in book.waiting()] == [VINS[1]]
    book.begin(VINS[1], 2, as_announced)
    book.take([notice(1, 2, cancelled=True, sequence=7)], "mes")
    assert book.begin(VINS[1], 2, as_announced) == notice(1).order


def test_cars_are_forgotten_whole(book):
    book.take([notice(0), notice(1)], "mes")
    book.begin(VINS[0], 1, as_announced)
    long_ago = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    assert book.forget(vin=None, before=long_ago) == 0
    assert book.forget(vin=VINS[0], before=None) == 1
    assert book.find(VINS[0]) is None
    assert book.find(VINS[1]) is not None
    assert VINS[0].encode() not in book._path.read_bytes()


def take_and_die(path, at: int) -> None:
    """Dies before the n-th statement of taking two orders in."""
    counted = 0

    def count(_statement: str) -> None:
        nonlocal counted
        counted += 1
        if counted == at:
            die()

    def connect(*arguments, **more):
        connection = sqlite3.Connection(*arguments, **more)
        connection.set_trace_callback(count)
        return connection

    order_book.sqlite3.connect = connect
    OrderBook(path).take([notice(0), notice(1)], "mes")


def test_a_program_that_dies_meanwhile_leaves_all_of_a_list_or_nothing(book):
    seen, at = set(), 1
    while dies(take_and_die, book._path, at):
        left = [] if not book.there else _vins(book)
        seen.add(tuple(left))
        book._path.unlink(missing_ok=True)
        at += 1
    assert seen <= {(), tuple(sorted(VINS))}
    assert at > 8


def _vins(book: OrderBook) -> list[str]:
    try:
        return sorted(found.notice.order.vin for found in book.waiting())
    except StorageFault:  # without tables as yet
        return []


def test_another_file_is_no_order_book(book):
    book._path.write_text("sequence,vin,model,options\n" * 50, encoding="utf-8")
    with pytest.raises(InputError, match="not usable as an order book"):
        book.find(VINS[0])


def test_a_place_that_can_not_be_written_is_told(tmp_path):
    with pytest.raises(StorageFault, match="can not be kept"):
        OrderBook(tmp_path / "nowhere" / "orders.sqlite").take([notice()], "mes")
