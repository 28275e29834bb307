"""Laws: every part and panel is in a group; members of a group differ in where they are; places narrow."""

from __future__ import annotations

import pytest

from linewalker.brain.language.nouns import OPPOSITE, base_of, positions_of
from tests.brain.language.words_of_the_example import lexicon


def test_everything_in_the_catalogue_has_a_word() -> None:
    grouped = {name for noun in lexicon().nouns.values() for name in noun.members}
    assert grouped >= lexicon().parts | lexicon().panels


def test_members_of_one_part_differ_in_where_they_are() -> None:
    for noun in lexicon().nouns.values():
        for name, where in noun.members.items():
            alike = [n for n, w in noun.members.items() if w == where and base_of(n) == base_of(name)]
            assert alike == [name]


@pytest.mark.parametrize("side", sorted(OPPOSITE))
def test_a_place_takes_away_what_is_across(side: str) -> None:
    for noun in lexicon().nouns.values():
        kept = noun.at(frozenset({side}))
        assert all(OPPOSITE[side] not in noun.members[name] for name in kept)
        assert set(noun.at(frozenset())) == set(noun.members)


def test_names_come_apart() -> None:
    assert base_of("front_door_left") == "door"
    assert positions_of("wheel_front_left") == {"front", "left"}
