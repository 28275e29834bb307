"""Laws: clauses hold every token that is no mark between them, in order; each has one verb at most."""

from __future__ import annotations

import pytest

from linewalker.brain.language.clauses import clauses_of
from linewalker.brain.language.verbs import verbs_among
from tests.brain.language.words_of_the_example import tokens

ORDERS = [
    ("go to the rear, wait a minute and come back", ["go_to", "wait", "home"]),
    ("去车尾等一分钟再回来", ["go_to", "wait", "home"]),
    ("check the right side, but not the wheels", ["inspect", ""]),
    ("先量左前门间隙三次，再回原位", ["inspect", "home"]),
    ("go and check the hood", ["inspect"]),
    ("查完左侧再查右侧", ["inspect", "inspect"]),
]


@pytest.mark.parametrize(("order", "skills"), ORDERS)
def test_steps_are_parted(order: str, skills: list[str]) -> None:
    row = tokens(order)
    clauses = clauses_of(row, verbs_among(row))
    assert [clause.skill for clause in clauses] == skills
    kept = [token for clause in clauses for token in clause.tokens]
    assert [t for t in row if t in kept] == kept
    for clause in clauses:
        assert clause.verb is None or clause.verb in clause.tokens


def test_what_leads_a_clause_in_is_kept() -> None:
    row = tokens("measure the left, no wait, the right door gap")
    assert [c.lead for c in clauses_of(row, verbs_among(row))] == ["", "correct"]
