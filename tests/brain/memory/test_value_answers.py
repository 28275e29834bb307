"""Values and statistics of a shift that is known by hand."""

from __future__ import annotations

import pytest

from linewalker.brain.memory.statistic import Quantity
from linewalker.brain.memory.value_answers import MOST_SENTENCES, quantity_of, values_listed
from tests.brain.memory.known_shift import known_history, selected, told
from tests.brain.memory.test_recorded import judged


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


@pytest.mark.parametrize(
    ("statistic", "answer"),
    [
        ("mean", "Gap: mean of 3 values: 4.5567 mm."),
        ("median", "Gap: median of 3 values: 4.12 mm."),
        ("range", "Gap: range of 3 values: 1.31 mm."),
        ("max", "Gap: largest of 3 values: 5.43 mm (gap_hood_fender_left of VIN 7372)."),
        ("spread", "Gap: standard deviation of 3 values: 0.7563 mm."),
        ("deviation mean", "Gap: mean of 3 deviations from nominal: +0.5567 mm."),
        ("uncertainty max", "Gap: largest of 3 expanded uncertainties (k = 2): 0.08 mm ("),
        ("cpk", "gap_hood_fender_left (Gap hood to left fender): Cp = 0.3085, Cpk = 0.0632 (3 values)."),
        ("worst", "Gap: largest deviation from nominal of 3 values, 1.43 mm: VIN 7372, gap_hood_fender_left"),
    ],
)
def test_statistics_known_by_hand(history, statistic, answer):
    assert told(history, "results", statistic=statistic)[0].startswith(answer)


def test_one_value_has_no_spread_and_a_part_no_mean(history):
    only = told(history, "results", vin="7372", statistic="spread")
    assert only == ["Not known: VIN 7372, gap: one value (5.43 mm) has no standard deviation."]
    part = told(history, "results", feature="badge", statistic="mean")
    assert part[0].startswith("Not known: variant_badge_rear (Rear badge): there is no number in 3 records")
    assert told(history, "results", vin="7372", statistic="cp")[0].endswith(
        "has no Cp and no Cpk with 1 value, or with values that are all the same."
    )


def test_a_value_is_told_with_all_that_belongs_to_it(history):
    assert told(history, "results", vin="7372", feature="gap") == [
        "VIN 7372, gap_hood_fender_left (Gap hood to left fender): 5.43 mm, U = 0.08 mm (k = 2), "
        "allowed 3.3 mm to 4.7 mm; NOK, outside the tolerance by more than the uncertainty."
    ]


def test_a_long_list_is_counted_and_cited_whole(history):
    entries = list(selected(history).entries) * 3
    sentences = values_listed(entries)
    assert len(sentences) == MOST_SENTENCES + 1
    assert sentences[-1].title.en == "9 further records, named in the sources."
    assert {cited for sentence in sentences for cited in sentence.citations} == {e.citation for _, e in entries}


def test_quantities_of_a_record():
    entry = judged(5.5, expanded_uncertainty=0.1)
    assert [quantity_of(entry, q) for q in (Quantity.VALUE, Quantity.DEVIATION, Quantity.UNCERTAINTY)] == [
        5.5,
        1.5,
        0.1,
    ]
