"""Typing errors: what a word that is none of ours was meant to be, or nothing if that would be a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.likeness import likeness, slips_between
from linewalker.brain.language.quantity import NUMBER_WORDS
from linewalker.brain.language.spelling import read_words

_SHORTEST, _SURE, _LONG = 3, 6, 7
_BLANK = frozenset({"filler", "of", "car", "done", "music"})
_COMMON = frozenset(("the", "please", "with", "robot", "could", "would", "thanks", "quickly", "between", "and", "for"))
_CLEARLY = 0.03  # more alike than the next best (Jaro-Winkler, 0 to 1)


@cache
def words_of_their_own() -> frozenset[str]:
    """English words that look like a slip of one of ours and mean something else: ``food`` is no ``hood``."""
    return frozenset(read_words("real_words").split())


def says_how(word: str) -> bool:
    """Whether a word is an adverb of manner, which changes nothing of an order: ``cautiously``."""
    return len(word) > 6 and word.endswith("ly")


class Slips:
    """Finds what was meant.

    Args:
        lexicon: the words there are.
    """

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
        self._ours = lexicon.order_words | NUMBER_WORDS
        self._words = sorted(lexicon.words | NUMBER_WORDS)
        self._known = frozenset(self._words)
        self._letters = [(word, frozenset(word)) for word in self._words]
        self._found: dict[str, tuple[str, ...] | None] = {}

    def meant(self, word: str) -> tuple[str, ...] | None:
        """The words a typed word stands for: itself if it is known, else the one it is close to, or two run together.

        Returns:
            None if there is none, or more than one that would do.
        """
        if word in self._known or says_how(word):
            return (word,)
        if word not in self._found:
            if len(self._found) > 4096:
                self._found.clear()
            self._found[word] = self._look_for(word)
        return self._found[word]

    def _look_for(self, word: str) -> tuple[str, ...] | None:
        if len(word) < _SHORTEST or len(word) > 24 or word in words_of_their_own():
            return None
        for cut in range(3, len(word) - 2):
            if word[:cut] in self._known and word[cut:] in self._known:
                return word[:cut], word[cut:]
        close = [(self._distance(word, other), other) for other in self._near(word)]
        close = [(distance, other) for distance, other in close if distance <= self._allowed(word)]
        if not close:
            return None
        least = min(distance for distance, _ in close)
        nearest = [w for d, w in close if d == least and self._may_be_meant(word, w)]
        if not nearest:
            return None
        nearest = [w for w in nearest if w in self._ours] or nearest  # an order rather than what is refused
        telling = [w for w in nearest if not {"filler", "of"} & self._lexicon.meanings(w).keys()]
        if len({self._sense(w) for w in telling}) > 1 and not any(_swapped(word, w) for w in nearest):
            return None
        best = sorted(((likeness(word, w), w) for w in nearest), reverse=True)
        if len(best) > 1 and best[0][0] - best[1][0] < _CLEARLY and not _same(best[0][1], best[1][1]):
            return None
        return (best[0][1],)

    def _near(self, word: str) -> Iterator[str]:
        """Words that may be near enough: a slip adds or takes away one letter at most."""
        letters, slips = set(word), int(self._allowed(word))
        for other, theirs in self._letters:
            if max(abs(len(other) - len(word)), len(letters - theirs), len(theirs - letters)) <= slips:
                yield other

    def _may_be_meant(self, word: str, other: str) -> bool:
        """Words that turn an order round, count, or change nothing are only heard where there is little doubt."""
        if other in ("not", "no", "dont", "don't", "never", "nor", "once", "one", "ones", "half", "fore"):
            return False
        if other in NUMBER_WORDS and len(other) < 5:
            return False
        meanings = set(self._lexicon.meanings(other))
        if meanings & {"not", "except"} and len(other) < _SURE:
            return False
        return bool(meanings - _BLANK) or other in _COMMON or sorted(word) == sorted(other) or not meanings

    def _sense(self, word: str) -> str:
        """What a word means, as far as one may stand for another."""
        return (
            word if word in NUMBER_WORDS else str(sorted((k, str(v)) for k, v in self._lexicon.meanings(word).items()))
        )

    @staticmethod
    def _allowed(word: str) -> float:
        return 1.0 if len(word) < _LONG else 2.5

    @staticmethod
    def _distance(word: str, other: str) -> float:
        """Insertions, deletions, changes and swaps of neighbours; a first letter is seldom mistyped."""
        short = min(len(other), len(word)) < 4 and not (len(other) == 4 and other.startswith(word))
        if short and sorted(word) != sorted(other):
            return 99.0  # of a short word only letters that are swapped
        distance = slips_between(word, other)
        swapped_first = len(word) > 1 and word[0] == other[1:2] and word[1] == other[0]
        return (
            distance
            + (0.5 if word[0] != other[0] and not swapped_first and len(word) >= _LONG else 0.0)
            + (1.0 if word[0] != other[0] and not swapped_first and len(word) < _LONG else 0.0)
        )


def _swapped(word: str, other: str) -> bool:
    """Whether neighbours changed places or a letter was typed once for twice: the commonest slips."""
    return sorted(word) == sorted(other) or re.sub(r"(.)\1", r"\1", other) == re.sub(r"(.)\1", r"\1", word)


def _same(one: str, other: str) -> bool:
    """Singular and plural, or fail and failed: which of them was meant changes little."""
    return len(one) > 3 < len(other) and (one.startswith(other[:-1]) or other.startswith(one[:-1]))
