"""From sound to the words of an order: of what a recogniser offers, the text that is best covered by words we know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linewalker.brain.language.atoms import cut
from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.quantity import NUMBER_WORDS
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.language.spelling import is_han, spell
from linewalker.brain.language.stop_order import says_stop
from linewalker.brain.speech.homophones import Homophones, Mended
from linewalker.brain.speech.recogniser import Recogniser
from linewalker.brain.speech.sound import Sound
from linewalker.brain.speech.stop_sounds import sounds_like_stop

_THOUSANDS = re.compile(r"(?<=\d)[,，](\d{3})(?!\d)")
_COUNTS = "一两三四五六七八九十"
_BY_SOUND = 0.5  # how much a unit of log-probability counts against one word that is not ours
_STRANGE = 1.2
_STOP = {"zh": "停", "en": "stop"}
_SURE, _NOBODY = -0.8, 0.6  # mean log-probability of tokens; probability that nobody spoke (Radford et al. 2022)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What was heard.

    Attributes:
        language: ``zh`` or ``en``.
        text: the order; empty if nobody spoke.
        recognised: as the recogniser wrote it, before words of ours were heard in it.
        sure: whether it was heard clearly enough to say yes with.
    """

    language: str
    text: str
    recognised: str
    sure: bool


NOTHING = Heard(language="zh", text="", recognised="", sure=False)


class Hearing:
    """Hears orders.

    Args:
        recogniser: turns sound into texts.
        lexicon: the words orders are made of.
    """

    def __init__(self, recogniser: Recogniser, lexicon: Lexicon):
        self._recogniser = recogniser
        phrases = list(lexicon.phrases())
        units = _chinese(lexicon.phrases("times_unit", "unit_s"))
        counted = [f"{count}{unit}" for count in _COUNTS for unit in units]
        self._homophones = Homophones([*_chinese(lexicon.order_phrases), *counted], _chinese(phrases))
        self._words = frozenset(atom for key in phrases for atom in key) | NUMBER_WORDS
        self._reader = OrderReader(lexicon)

    def hear(self, sound: Sound, language: str | None = None) -> Heard:
        """What somebody said.

        Args:
            sound: as it was recorded.
            language: ``zh`` or ``en``; None: whichever it is.
        """
        if sound.silent:
            return NOTHING
        found = self._recogniser.recognise(sound, language)
        if (found.no_speech > _NOBODY and found.sureness < _SURE) or not any(text for text, _ in found.texts):
            return NOTHING
        first = found.texts[0][0]
        stop = next((text for text, _ in found.texts if says_stop(text)), None)
        text = stop or self._best(found.texts)
        if stop is None and any(sounds_like_stop(one) for one, _ in found.texts) and not self._understood(text):
            text = _STOP[found.language]
        sure = found.sureness > _SURE and found.no_speech < _NOBODY
        return Heard(language=found.language, text=text, recognised=first, sure=sure)

    def _understood(self, text: str) -> bool:
        """Whether it is an order, or a question, as it stands."""
        return self._reader.read(text).course in (Course.ACT, Course.ANSWER)

    def _best(self, texts: tuple[tuple[str, float], ...]) -> str:
        offers = [(self._mended(text), likely) for text, likely in texts if text and "\ufffd" not in text]
        offers = offers or [(self._mended(texts[0][0]), 0.0)]
        if offers[0][0].whole:
            return offers[0][0].text.rstrip("。.,，")  # the likeliest, and all of it words of ours
        return min(offers, key=lambda offer: offer[0].cost - _BY_SOUND * offer[1])[0].text.rstrip("。.,，")

    def _mended(self, text: str) -> Mended:
        text = _THOUSANDS.sub(r"\1", text)
        mended = self._homophones.mend(spell(text).text if any(is_han(c) for c in text) else text)
        strange = sum(atom.kind == "word" and atom.text not in self._words for atom in cut(spell(text).text))
        return Mended(text=mended.text, cost=mended.cost + _STRANGE * strange, whole=mended.whole and not strange)


def _chinese(phrases: Iterable[tuple[str, ...]]) -> list[str]:
    return ["".join(key) for key in phrases if all(is_han(atom[0]) for atom in key)]
