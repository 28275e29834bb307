"""Laws: of words that may be verbs those are that ask for something here."""

from __future__ import annotations

import pytest

from linewalker.brain.language.verbs import verbs_among
from tests.brain.language.words_of_the_example import tokens


@pytest.mark.parametrize(
    ("order", "verbs"),
    [
        ("go to the rear and photograph the plate", ["go to", "photograph"]),
        ("take two visitors to the rear", ["take"]),
        ("take the left side", []),
        ("show us around the hall", ["show us around"]),
        ("show me the results of car 7372", []),
        ("have the hood checked", ["checked"]),
        ("have you checked the hood", []),
        ("到右侧去", ["到"]),
        ("带两个客户去右侧看看", ["带", "去"]),
    ],
)
def test_what_asks_for_something_is_a_verb(order: str, verbs: list[str]) -> None:
    row = tokens(order)
    assert [row[i].text for i in sorted(verbs_among(row))] == verbs
