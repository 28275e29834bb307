"""What is said after several steps and narrows them all: 都只测间隙."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.language.clauses import WALKS
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.wish import Wish


def narrows_all(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """Whether a bare restriction of methods or classes is one of all that is inspected.

    Raises:
        Trouble: the robot walks away between what is inspected, or each was asked for by itself, and it is
            not said whether all of it is meant.
    """
    things = wish.things
    inspected = [i for i, step in enumerate(wishes) if step.skill not in WALKS]
    free = bool(inspected) and all(
        wishes[i].skill == "inspect" and not (wishes[i].things.wanted or wishes[i].things.classes) for i in inspected
    )
    bare = not (things.items or things.sides or wish.without or wish.facts or wish.unknown)
    restricts = bool(things.wanted or things.classes) and wish.skill == "inspect"
    of_all = bool(things.everything) or "every" in wish.marks
    if not (free and bare and restricts and (of_all or "only" in wish.marks)):
        return False
    verbs = sum(any(clause.verb for clause in wishes[i].heard) for i in inspected)
    limited = verbs > 1 or (len(inspected) > 1 and any(wishes[i].without or wishes[i].facts for i in inspected))
    if not of_all and (limited or inspected[-1] - inspected[0] >= len(inspected)):
        raise Trouble(code="unsure")
    return True
