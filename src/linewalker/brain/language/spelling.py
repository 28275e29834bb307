"""An order as it was typed, made alike: full-width and traditional characters, capitals, quotes, blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).parent / "words"
_QUOTES = dict.fromkeys("“”„«»「」『』《》", '"')
_ALIKE = {
    "‘": "'",
    "’": "'",
    "`": "'",
    "´": "'",
    "—": "-",
    "–": "-",
    "−": "-",
    "。": ".",
    "、": "、",
    "…": ".",
    "×": "x",
    "✕": "x",
}
_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Spelled:
    """A text made alike.

    Attributes:
        text: small letters, simplified characters, blanks for what can not be seen.
        offsets: for each character of it where it comes from in the order.
        order: the order as it was typed.
    """

    text: str
    offsets: tuple[int, ...]
    order: str

    def original(self, start: int, end: int) -> str:
        """What was typed where the text has these characters."""
        return self.order[self.offsets[start] : self.offsets[end - 1] + 1] if end > start else ""


@cache
def read_words(name: str) -> Any:
    """A file of words; all scalars are texts, whatever YAML would make of ``no`` and ``on``, and lists hold all
    that their patterns stand for."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with (WORDS / f"{name}.yaml").open(encoding="utf-8") as file:
        return _spelled_out(yaml.load(file, Loader=loader))


def _spelled_out(words: Any) -> Any:
    if isinstance(words, dict):
        return {key: _spelled_out(value) for key, value in words.items()}
    if isinstance(words, list):
        return [text for word in words for text in (spellings(word) if "(" in word else (word,))]
    return words


def spellings(pattern: str) -> Iterator[str]:
    """All that a pattern stands for: ``(go|walk) (back|) home`` for four phrases, 装(上|好)没 for two."""
    choice = _CHOICE.search(pattern)
    if choice is None:
        yield " ".join(pattern.split())
        return
    for chosen in choice[1].split("|"):
        yield from spellings(f"{pattern[: choice.start()]}{chosen}{pattern[choice.end() :]}")


@cache
def simplified() -> dict[str, str]:
    """Traditional characters and what is written for them here."""
    return {pair[0]: pair[1] for pair in read_words("characters")["traditional"].split()}


@cache
def sounds() -> dict[str, int]:
    """Characters that sound alike have the same number (Mandarin, without tone)."""
    return {char: i for i, row in enumerate(read_words("characters")["alike"].split()) for char in row}


def spell(order: str) -> Spelled:
    """An order made alike, with the way back to what was typed."""
    text: list[str] = []
    offsets: list[int] = []
    table = simplified()
    for i, char in enumerate(order):
        for c in unicodedata.normalize("NFKC", char):
            if unicodedata.category(c)[0] in "CZ":
                c = "\n" if c in "\n\r\u2028\u2029" else " "
            c = _QUOTES.get(c, _ALIKE.get(c, c))
            for small in table.get(c, c).lower():
                text.append(small)
                offsets.append(i)
    return Spelled("".join(text), tuple(offsets), order)


def is_han(char: str) -> bool:
    """Whether a character is Chinese."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def language_of(order: str) -> str:
    """``zh`` if there is more Chinese than other words in an order, else ``en``."""
    han = sum(1 for c in order if is_han(c))
    words = len("".join(" " if is_han(c) or not c.isalpha() else c for c in order).split())
    return "zh" if han and han >= words else "en"
