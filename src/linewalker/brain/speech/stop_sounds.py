"""Whether something short that was heard sounds like stop: a recogniser that knows no hurry writes 听讲 for 停下.

Who shouts is in danger, and a stop too many costs some seconds. So this asks for little: one syllable of stop at the
beginning, or a word for stop with other sounds in it, and nothing much besides.
"""

from __future__ import annotations

import re

from linewalker.brain.language.likeness import slips_between
from linewalker.brain.language.spelling import is_han
from linewalker.brain.speech.homophones import apart, sounds_of

_HAN = (
    "停",
    "停下",
    "停止",
    "停住",
    "停车",
    "停手",
    "停一下",
    "停下来",
    "急停",
    "快停",
    "站住",
    "别动",
    "不要动",
    "住手",
)
_LONGEST, _SHOUTED = 4, 3
"""Characters of a word for stop that was heard wrong; of one of which only the beginning is right."""
_BEGINS = re.compile("^[td]ing?$")
_SAME, _NEAR = 0.75, 2.7
"""At most so far apart are two sounds that are nearly one; and two words of which one sound is wrong."""
_EN = ("stop", "halt", "freeze")
_OTHERS = frozenset({"start", "state"})
_MOST_WORDS = 2


def sounds_like_stop(text: str) -> bool:
    """Whether a text may be a stop that was heard wrong; nothing longer than a shout ever is."""
    han = "".join(c for c in text if is_han(c))
    words = re.findall(r"[a-z]+", text.lower())
    if han:
        return not words and _like_han(_once(re.sub("[了吧啊呀呢吗]+$", "", han) or han))
    return 0 < len(words) <= _MOST_WORDS and any(_like_english(word) for word in words)


def _once(han: str) -> str:
    """听听听 as 听: what is shouted is shouted again."""
    return han[0] if len(set(han)) == 1 else han


def _like_han(heard: str) -> bool:
    if len(heard) > _LONGEST:
        return False
    if len(heard) <= _SHOUTED and any(_BEGINS.match(sound) for sound in sounds_of(heard[0])):
        return True
    return any(len(word) == len(heard) > 1 and _alike(heard, word) for word in _HAN)


def _alike(heard: str, word: str) -> bool:
    """All but one sound are nearly the same, and that one not quite another."""
    distances = [0.0 if a == b else apart(a, b) for a, b in zip(heard, word)]
    return sum(distances) <= _NEAR and sum(distance > _SAME for distance in distances) <= 1


def _like_english(word: str) -> bool:
    """Stop with a sound lost or another in its place: step, stuff, top; not what only shares a letter with it."""
    begins = word[:2] == "st" and len(word) <= 5 and word not in _OTHERS
    return begins or any(slips_between(word, wanted) <= 1 for wanted in _EN)
