"""Chinese that was heard right and written wrong: words of the lexicon that sound like what the recogniser wrote.

A recogniser that knows no car writes 面茶 for 面差. Here no word is special: a sentence is covered with words of the
lexicon as cheaply as can be (Viterbi, 1967). A word that stands there costs least, one that sounds the same or nearly
so a little more, and a character that belongs to no word most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from linewalker.brain.language.quantity import HAN_NUMBER

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_WORD, _SHORT, _WRITTEN_ANEW, _UNKNOWN = 1.0, 0.15, 0.25, 2.2
_SAME, _NEAR, _FAR = 0.45, 0.7, 1.95
_LONGEST = 8
_NEVER = 99.0
_INITIALS = re.compile("^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])")
_ALIKE_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_ALIKE_FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"))


@dataclass(frozen=True, kw_only=True)
class Mended:
    """A text with words in the place of others that sound like them.

    Attributes:
        cost: of covering it with words, less is better.
        whole: it is made of our words as it stands.
    """

    text: str
    cost: float
    whole: bool = True


class Homophones:
    """Mends texts.

    Args:
        words: Chinese words of one character or more, which are heard in what sounds like them.
        others: words that stay as they are where they stand, unless they sound like one of those.
    """

    def __init__(self, words: Iterable[str], others: Iterable[str] = ()):
        meant = frozenset(words)
        heard = {_read_aloud(word) for word in meant}
        self._words = meant.union(other for other in others if _read_aloud(other) not in heard)
        self._by_length: dict[int, tuple[str, ...]] = {
            length: tuple(sorted(w for w in meant if len(w) == length)) for length in range(2, _LONGEST + 1)
        }

    def mend(self, text: str) -> Mended:
        """A text with its Chinese mended."""
        mended, cost, whole, at = [], 0.0, True, 0
        for run in _HAN.finditer(text):
            best = self._cover(run.group())
            mended += [text[at : run.start()], best.text]
            cost, whole, at = cost + best.cost, whole and best.whole, run.end()
        return Mended(text="".join([*mended, text[at:]]), cost=cost, whole=whole)

    def _cover(self, run: str) -> Mended:
        best = [Mended(text="", cost=0.0)]
        for end in range(1, len(run) + 1):
            choices = [Mended(text=best[-1].text + run[end - 1], cost=best[-1].cost + _UNKNOWN, whole=False)]
            for length in range(1, min(end, _LONGEST) + 1):
                before = best[end - length]
                word, cost = self._closest(run[end - length : end])
                whole = before.whole and cost < _WORD + _WRITTEN_ANEW
                choices.append(Mended(text=before.text + word, cost=before.cost + cost, whole=whole))
            best.append(min(choices, key=lambda choice: choice.cost))
        return best[-1]

    def _closest(self, heard: str) -> tuple[str, float]:
        """The word that may be meant, and what it costs."""
        if heard in self._words or HAN_NUMBER.fullmatch(heard):
            return heard, _WORD + (_SHORT if len(heard) == 1 else 0.0)
        least, closest = _NEVER, heard
        for word in self._by_length.get(len(heard), ()):
            distance = _WORD + _WRITTEN_ANEW
            allowed = min(least, distance + len(heard) * 0.5)
            for one, other in zip(heard, word):
                if one != other:
                    distance += apart(one, other)
                    if distance >= allowed:
                        break
            else:
                least, closest = distance, word
        return closest, least


@cache
def apart(one: str, other: str) -> float:
    """How far apart two characters sound."""
    first, second = sounds_of(one), sounds_of(other)
    if first & second:
        return _SAME
    if {_blurred(s) for s in first} & {_blurred(s) for s in second}:
        return _NEAR
    parts = [(_parted(a), _parted(b)) for a in first for b in second]
    return _FAR if any(a[0] == b[0] or a[1] == b[1] for a, b in parts) else _NEVER


@cache
def sounds_of(character: str) -> frozenset[str]:
    """How a character may be read, without tones."""
    from pypinyin import Style, pinyin  # of the extra

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@cache
def _read_aloud(word: str) -> tuple[str, ...]:
    """How a word sounds, without tones."""
    from pypinyin import lazy_pinyin  # of the extra

    return tuple(lazy_pinyin(word))


def _parted(sound: str) -> tuple[str, str]:
    initial = _INITIALS.match(sound)
    return (initial.group(), sound[initial.end() :]) if initial else ("", sound)


def _blurred(sound: str) -> tuple[str, str]:
    """A sound as many people say it: zh as z, n as l, ing as in."""
    initial, final = _parted(sound)
    for longer, shorter in _ALIKE_FINALS:
        final = final.replace(longer, shorter)
    return _ALIKE_INITIALS.get(initial, initial), final
