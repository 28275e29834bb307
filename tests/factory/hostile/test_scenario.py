"""How a scenario may end, in two languages."""

from linewalker.factory.hostile.scenario import Ending


def test_every_ending_has_a_word_of_its_own_in_both_languages() -> None:
    assert len({ending.in_chinese for ending in Ending}) == len(Ending) == len({ending.value for ending in Ending})
