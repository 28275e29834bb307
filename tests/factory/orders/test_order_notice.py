"""Whatever order notices come in, however often, what counts in the end is the greatest revision."""

from __future__ import annotations

import itertools

import pytest

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.orders.order_notice import GREATEST_REVISION, Fate, OrderConflict, OrderNotice, fate_of

VIN = "LSVAA49J132047371"


def order(paint: str = "red", sequence: int = 1, model: str = "sedan") -> BuildOrder:
    return BuildOrder(sequence=sequence, vin=VIN, model=model, options={"paint": paint})


def notice(revision: int, paint: str = "red", **changes) -> OrderNotice:
    cancelled = changes.pop("cancelled", False)
    return OrderNotice(order=order(paint, **changes), revision=revision, cancelled=cancelled)


REVISIONS = [notice(1), notice(2, "blue"), notice(3, "blue", cancelled=True), notice(4, "silver", sequence=9)]


@pytest.mark.parametrize("arrival", list(itertools.permutations(range(4))))
def test_in_whatever_order_they_come_and_again_the_last_revision_counts(arrival):
    known = None
    for turn in (*arrival, *arrival):
        if fate_of(REVISIONS[turn], known, None).counts:
            known = REVISIONS[turn]
    assert known == REVISIONS[-1]


def test_every_fate_has_its_cause():
    assert fate_of(notice(1), None, None) is Fate.NEW
    assert fate_of(notice(1), notice(1), None) is Fate.KNOWN
    assert fate_of(notice(2, "blue"), notice(1), None) is Fate.CORRECTED
    assert fate_of(notice(1), notice(2, "blue"), None) is Fate.OUTDATED


@pytest.mark.parametrize(
    "other", [notice(1, "blue"), notice(1, sequence=2), notice(1, model="suv"), notice(1, cancelled=True)]
)
def test_one_revision_has_one_content(other):
    with pytest.raises(OrderConflict, match=r"revision 1 of the order of .* is known with another content"):
        fate_of(other, notice(1), None)


@pytest.mark.parametrize("late", [notice(2, "blue"), notice(2, cancelled=True)])
def test_what_has_begun_is_not_changed_any_more(late):
    with pytest.raises(OrderConflict, match=r"inspection 1 of .* has begun, as sedan with paint=red"):
        fate_of(late, notice(1), order())


def test_a_correction_with_a_sequence_of_its_own_is_for_the_next_inspection():
    assert fate_of(notice(2, "blue", sequence=2), notice(1), None) is Fate.CORRECTED


def test_a_revision_that_changes_nothing_of_what_has_begun_is_taken():
    assert fate_of(notice(2), notice(1), order()) is Fate.CORRECTED


@pytest.mark.parametrize("revision", [0, -1, GREATEST_REVISION + 1])
def test_a_revision_is_a_number_from_1(revision):
    with pytest.raises(InputError, match="outside 1 to"):
        notice(revision)
