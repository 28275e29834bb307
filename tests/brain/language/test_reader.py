"""Laws of reading: any text is read, nothing is acted on by guess, politeness and punctuation change nothing."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.language.vocabulary import Vocabulary
from tests.brain.language.test_lexicon import PACK
from tests.brain.language.words_of_the_example import lexicon, read, reader

_PIECE = r"[a-z]+|\S"
ORDERS = [
    "量一下左前门和左后门的缝",
    "检查右侧，轮子不要",
    "九十秒内只查关键项",
    "去车尾等一分钟再回来",
    "测两遍引擎盖间隙",
    "measure the hood gap three times and then go home",
    "check the right side, but not the wheels",
    "inspect the left side in less than 75 seconds",
    "look at the rear plate",
]


@given(st.text(max_size=120))
def test_any_text_is_read(order: str) -> None:
    assert reader().read(order, [order]).document()["outcome"] in ("act", "answer", "ask", "refuse")


@given(
    st.lists(
        st.sampled_from(sorted(lexicon().words) + list("左右前后门缝量查别不要停再去车，。") + ["3", "90 s"]),
        max_size=14,
    )
)
def test_any_words_are_read(words: list[str]) -> None:
    found = reader().read(" ".join(words))
    assert found.goals or found.because is not None


@pytest.mark.parametrize(
    "order", ["a" * 10_000, "左" * 10_000, "\x00\x07\x1b[2J", "\u202e停\u202c", '"' * 333, "(" * 400]
)
def test_strange_texts_are_read(order: str) -> None:
    assert reader().read(order).course in (Course.ASK, Course.REFUSE, Course.ACT)


@pytest.mark.parametrize("order", ORDERS)
def test_politeness_and_punctuation_change_nothing(order: str) -> None:
    zh = not order.isascii()
    polite = (
        ["请{}", "麻烦你{}，谢谢", "{}。", "帮我{}好吗？", "{}!!!"]
        if zh
        else ["please {}", "Could you {}, please?", "{}.", "{} thanks", "hey robot, {}!"]
    )
    for frame in polite:
        assert read(frame.format(order)) == read(order)


@given(st.sampled_from(ORDERS), st.integers(0, 10**6))
def test_a_word_that_is_not_understood_is_never_passed_over(order: str, seed: int) -> None:
    rng = random.Random(seed)
    nonsense = "".join(rng.choice("bcdfgjkqvxz") for _ in range(9))
    at = rng.choice([0, len(order)])
    found = reader().read(f"{order[:at]} {nonsense} {order[at:]}")
    assert found.course in (Course.ASK, Course.REFUSE)
    assert not found.goals


def test_what_is_unclear_is_completed_in_a_dialogue() -> None:
    talk = reader().dialogue()
    assert talk.read("measure the door").course is Course.ASK
    found = talk.read("right front, flush")
    assert set(found.goals[0].slots["features"]) == {
        "fender_right/front_door_right",
        "front_door_right/rear_door_right",
    }  # type: ignore[arg-type]


def test_a_pack_is_read_without_a_line_of_code() -> None:
    packed = OrderReader(Lexicon(Vocabulary(packs=(PACK,))))
    assert packed.read("put away the cups at the robot stand").document()["goals"] == [
        {"skill": "tidy", "slots": {"things": ["cup"], "place": "stand_7"}}
    ]
    assert packed.read("去七号展台").document()["goals"] == [{"skill": "go_to", "slots": {"place": "stand_7"}}]
    assert packed.read("tidy up").course is Course.ASK


def test_no_order_is_too_odd_to_be_read() -> None:
    """Orders cut up and put together anew are taken, asked about or refused."""
    chance, words = random.Random(5), ORDERS
    for _ in range(400):
        one, other = chance.choice(words), chance.choice(words)
        between = chance.choice(([], [","], ['""'], ["不"]))
        pieces = [*re.findall(_PIECE, one), *between, *re.findall(_PIECE, other)]
        chance.shuffle(pieces)
        odd = reader().read(" ".join(pieces[chance.randrange(len(pieces)) :]), [one])
        assert (odd.course.value == "act") <= bool(odd.goals)
