"""Groups leave nothing out but what belongs to none."""

from __future__ import annotations

import pytest

from linewalker.brain.memory.grouping import WAYS, groups_of
from linewalker.brain.memory.sentence import Sentence
from tests.brain.memory.known_shift import NOW, known_history, selected


@pytest.fixture
def everything(tmp_path):
    return selected(known_history(tmp_path))


@pytest.mark.parametrize("by", [*WAYS, "paint", "wheels"])
def test_groups_part_the_records(everything, by):
    grouped = groups_of(everything, by)
    members = [entry.citation for _, group in grouped for _, entry in group]
    assert sorted(members) == sorted(entry.citation for _, entry in everything.entries)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("side", ["left side", "rear"]),
        ("method", ["gap", "variant", "flush"]),
        ("class", ["major", "minor"]),
        ("paint", ["red"]),
        ("Models", ["sedan"]),
        ("shift", ["known:1"]),
        ("day", [f"{NOW:%Y-%m-%d}"]),
        ("feature", ["hood/front_fender_left", "badge_rear"]),
    ],
)
def test_groups_have_names(everything, by, names):
    assert [title.en for title, _ in groups_of(everything, by)] == names


def test_what_is_in_no_record_groups_nothing(everything):
    refused = groups_of(everything, "weather")
    assert isinstance(refused, Sentence)
    assert "records can not be told apart by 'weather'; they can by side, model" in refused.title.en
