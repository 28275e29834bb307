"""Laws: a number is read as what it counts; one that counts nothing known is left over."""

from __future__ import annotations

import pytest

from linewalker.brain.language.facts import facts_of
from linewalker.brain.language.measures import with_quantities
from tests.brain.language.words_of_the_example import tokens


@pytest.mark.parametrize(
    ("text", "skill", "facts"),
    [
        ("three times", "inspect", {"times": 3}),
        ("within 90 s", "inspect", {"within_s": 90}),
        ("two minutes", "wait", {"duration_s": 120}),
        ("car 7373", "inspect", {"vin": "7373"}),
        ("尾号0042", "inspect", {"vin": "0042"}),
        ("五位客人", "guide", {"count": 5}),
        ("x 1.5", "go_to", {"coordinates": (("x", 1.5, "number"),)}),
        ("today", "", {"since": "today"}),
    ],
)
def test_numbers_are_what_they_count(text: str, skill: str, facts: dict[str, object]) -> None:
    assert facts_of(with_quantities(tokens(text)), skill)[0] == facts


def test_a_number_that_counts_nothing_is_left_over() -> None:
    found, used = facts_of(with_quantities(tokens("hood 7")), "inspect")
    assert not found
    assert not used
