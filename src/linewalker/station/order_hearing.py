"""How spoken orders are heard at a station: with the words of its plan, by weights that are checked first."""

from __future__ import annotations

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.speech.extra import expect_extra
from linewalker.brain.speech.hearing import Hearing
from linewalker.brain.speech.prompt import prompts
from linewalker.brain.speech.recogniser import Whisper
from linewalker.brain.speech.weights import read_weights


def order_hearing(lexicon: Lexicon) -> Hearing:
    """
    Raises:
        MissingPackage: what hears is not installed, or its weights are not those we know.
    """
    expect_extra()
    return Hearing(Whisper(read_weights(), prompts(lexicon)), lexicon)
