"""What may be more of the step before it, or a step of its own, is told from what is surely one of both."""

from __future__ import annotations

from linewalker.brain.language.doubt import counts_alone, counts_amid, in_doubt, later, narrows_some, same_again
from linewalker.brain.language.wish import Wish
from tests.brain.language.words_of_the_example import lexicon, reader


def steps(*orders: str) -> list[Wish]:
    return [reader().wishes(order)[0] for order in orders]


def test_a_thing_named_twice_is_in_doubt_unless_it_is_inspected_otherwise() -> None:
    both, twice, flush = steps("check P2 and P8", "check P8 twice", "measure the flush of L2")
    assert in_doubt(twice, both, fronts=False)
    assert not in_doubt(both, flush, fronts=False)


def test_an_exception_said_last_may_be_of_what_follows() -> None:
    left, right, home = steps("检查左侧", "检查右侧", "回原位")
    assert in_doubt(right, left, fronts=True)
    assert not in_doubt(right, left, fronts=False)
    assert not in_doubt(home, left, fronts=True)


def test_a_count_behind_the_last_of_several_is_of_it_or_of_all() -> None:
    one, twice = steps("P2", "P8 twice")
    assert counts_alone(twice, one)
    assert not counts_alone(one, twice)


def test_what_is_named_next_may_be_meant_as_narrowly_unless_that_makes_no_sense() -> None:
    gaps, right, handle = steps(
        "measure the gaps on the left", "measure the right side", "measure the left front handle"
    )
    critical, [seam] = reader().wishes("测关键项"), steps("测R2")
    assert same_again(right, gaps, lexicon())
    assert not same_again(handle, gaps, lexicon())
    assert not same_again(seam, critical[0], lexicon())


def test_what_is_counted_or_narrowed_of_some_is_not_of_all() -> None:
    amid, before, both, right = steps(
        "check L2 twice and L3", "check twice L2 and L3", "both sides", "critical on the right"
    )
    assert counts_amid(amid)
    assert not counts_amid(before)
    assert narrows_some(right, both)
    assert not narrows_some(both, right)


def test_what_comes_later_is_not_what_is_quick() -> None:
    waiting = [
        Wish(heard=tuple(reader().clauses(order)), facts={"within_s": 600.0}) for order in ("十分钟", "十分钟之内")
    ]
    assert [later(wish) for wish in waiting] == [True, False]
