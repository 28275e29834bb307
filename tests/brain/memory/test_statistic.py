"""Statistics as orders name them are read, and what no record has is not."""

from __future__ import annotations

import pytest

from linewalker.brain.memory.statistic import EVENTS, TIMES, Aggregate, Quantity, Statistic, read_statistic


@pytest.mark.parametrize(
    ("text", "quantity", "aggregate"),
    [
        ("mean", None, Aggregate.MEAN),
        ("Takt mean", Quantity.TAKT, Aggregate.MEAN),
        ("mean_takt", Quantity.TAKT, Aggregate.MEAN),
        ("walking time max", Quantity.WALKING, Aggregate.MAX),
        ("standard deviation", None, Aggregate.SPREAD),
        ("deviation", Quantity.DEVIATION, None),
        ("deviation-max", Quantity.DEVIATION, Aggregate.MAX),
        ("how many touches", Quantity.CONTACT, Aggregate.COUNT),
        ("touches", Quantity.CONTACT, None),
        ("NOK rate", None, Aggregate.SHARE),
        ("worst", None, Aggregate.WORST),
        ("most often", None, Aggregate.MOST),
        ("Cpk", None, Aggregate.CPK),
        ("", None, None),
    ],
)
def test_a_statistic_is_a_quantity_and_what_is_made_of_it(text, quantity, aggregate):
    assert read_statistic(text) == Statistic(quantity=quantity, aggregate=aggregate)


def test_a_method_or_a_class_narrows_it():
    wanted = Statistic(aggregate=Aggregate.WORST, methods=("flush",), classes=("critical",))
    assert read_statistic("worst critical flush") == wanted


@pytest.mark.parametrize("meaning", [*Quantity, *Aggregate])
def test_every_quantity_and_aggregate_is_called_by_its_own_name(meaning):
    assert meaning in vars(read_statistic(meaning.value)).values()


@pytest.mark.parametrize("text", ["temperature", "mean temperature", "operator", "平均温度", "cost"])
def test_what_is_in_no_record_is_no_statistic(text):
    assert read_statistic(text) is None


def test_times_and_events_are_quantities_of_their_own():
    assert not set(TIMES) & set(EVENTS)
