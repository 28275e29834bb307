"""The lexicon of the example plan, built once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.language.spelling import spell
from linewalker.brain.language.tokens import Token, Tokenizer
from linewalker.station.spoken_names import lexicon_of

PLAN = Path(__file__).parents[3] / "examples" / "plan.yaml"


@cache
def lexicon() -> Lexicon:
    """Words of the example."""
    return lexicon_of(PLAN)


@cache
def reader() -> OrderReader:
    """Reads orders against the example."""
    return OrderReader(lexicon())


def tokens(order: str) -> list[Token]:
    """The tokens of an order."""
    return Tokenizer(lexicon()).tokens(spell(order))


def read(order: str, *dialogue: str) -> tuple[str, list[tuple[str, dict[str, object]]]]:
    """Outcome and goals, as plain values."""
    document = reader().read(order, dialogue).document()
    return document["outcome"], [(goal["skill"], goal["slots"]) for goal in document["goals"]]
