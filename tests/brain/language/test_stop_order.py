"""Laws of stop: many words, slips, politeness and haste all stop; what is about stopping, or denies it, does not."""

from __future__ import annotations

import re
from random import Random

import pytest

from linewalker.brain.language.stop_order import says_stop
from tests.brain.language.words_of_the_example import read

STOPS = [
    "stop",
    "STOP!",
    "Stop.",
    "stop now",
    "stop!!!",
    "please stop",
    "stop it",
    "stop right there",
    "emergency stop",
    "e-stop",
    "halt",
    "freeze",
    "abort",
    "don't move",
    "dont move",
    "stand still",
    "hold still",
    "stop moving",
    "stop the robot",
    "can you stop",
    "I said stop",
    "whoa stop",
    "stpo",
    "sotp",
    "stoop",
    "stopp",
    "stooop",
    "hlat",
    "freze",
    "stop stop stop",
    "停",
    "停下",
    "停！",
    "停下来",
    "停止",
    "快停",
    "快停下",
    "马上停下来",
    "立刻停止",
    "急停",
    "紧急停止",
    "停停停",
    "别动",
    "不要动",
    "不许动",
    "站住",
    "住手",
    "打住",
    "停一下",
    "请停下",
    "给我停下",
    "停车",
    "赶紧停",
    "机器人停下",
    "别动了",
    "停下！",
    "停 下",
    "停下來",
    "亭下",
    "庭",
    "挺下",
    "你给我停下来",
    "现在停",
    "ＳＴＯＰ",
    "停止检查",
    "stop measuring",
    "都停下",
    "快点停下来啊",
    "wait, stop",
    "不对，停",
    "hey stop",
    "OK stop now please",
    "Kindly halt at once.",
    "could somebody please stop this thing",
    "s.t.o.p",
    "st op",
    "woah",
    "(stop)",
    "🛑",
    "停下！！！",
    "停...下...",
    "【停】",
    "“停”",
    "tíng",
    "让机器人停下",
    "能不能停下",
    "老子让你停",
    "快让它停下来",
]
TYPED = [
    word
    for word in STOPS
    if word not in ("stpo", "sotp", "stoop", "stopp", "stooop", "hlat", "freze", "st op", "s.t.o.p")
]
"""Those that are spelled as they should be."""
NEAR = {
    "s": "ad",
    "t": "ry",
    "o": "ip",
    "p": "o",
    "h": "gj",
    "a": "s",
    "l": "k",
    "f": "dg",
    "r": "et",
    "e": "wr",
    "b": "v",
}
BESIDE = (
    "!!! {}",
    "... {}",
    "  {}",
    "请{}",
    "ok {}",
    "{}!!!",
    "{}..",
    "{} ！",
    "{}  now",
    "{}!!1",
    "{} pls",
    "{} robot",
    "-- {}",
)
WORDS = {"top", "hat", "till", "sand", "who", "gold", "i", "ko", "free", "stan"}
"""What slips may make of words for stop that is another word."""
GOES_ON = [
    "don't stop",
    "never stop",
    "别停",
    "不要停",
    "keep going, don't stop",
    "why did it stop?",
    "为什么停了",
    "when did you stop",
    "how many stops were there",
    "停了几次",
    "the sign says stop",
    "标签上写着停",
    "disable the emergency stop",
    "把急停关掉",
    "measure the hood gap",
    "检查右侧",
    "stop sign",
    "暂停",
    "go to the rear",
    "",
    "?",
    "don't stop until you are done",
    "停在车尾",
    "查完右侧停下",
    "如何停止",
    "once is enough",
    "no stop needed, carry on",
    "the car at the second stop, check its left side",
]


@pytest.mark.parametrize("order", STOPS)
def test_stop_is_stop(order: str) -> None:
    assert says_stop(order)
    assert read(order, "measure the door") == ("act", [("stop", {})])


def mistyped(word: str, random: Random) -> str:
    """A word with a slip, or with what stands around it in a hurry."""
    letters = [i for i, c in enumerate(word) if c.isascii() and c.isalpha()]
    kind = random.choice(("double", "swap", "drop", "near", "case", "beside") if len(letters) > 3 else ("beside",))
    i = random.choice(letters or [0])
    if kind == "double":
        return word[:i] + word[i] * random.randint(2, 4) + word[i + 1 :]
    if kind == "swap" and word[i + 1 : i + 2].isalpha() and i:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind == "drop" and i:
        return word[:i] + word[i + 1 :]
    if kind == "near" and word[i].lower() in NEAR:
        return word[:i] + random.choice(NEAR[word[i].lower()]) + word[i + 1 :]
    return random.choice((word.upper(), word.title())) if kind == "case" else random.choice(BESIDE).format(word)


def test_stop_is_stop_however_it_is_typed() -> None:
    random = Random(40)
    typed = [mistyped(word, random) for word in TYPED for _ in range(25)]
    own = [order for order in typed if not WORDS & set(re.findall("[a-z]+", order.lower()))]
    assert len(own) > 0.95 * len(typed)
    assert [order for order in own if not says_stop(order)] == []


@pytest.mark.parametrize("order", GOES_ON)
def test_what_is_about_stopping_is_no_stop(order: str) -> None:
    assert not says_stop(order)


@pytest.mark.parametrize("order", STOPS[:8])
def test_stop_wins_over_what_else_is_said(order: str) -> None:
    assert read(f"measure the hood gap, no, {order}") == ("act", [("stop", {})])


def test_a_pause_beside_a_stop_stops() -> None:
    assert says_stop("停一停，停下")
    assert not says_stop("停一停")
