"""An answer: sentences in the language of the question, each with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linewalker.inspection.title import Title

_WORD = re.compile(r"[a-z]+(?=[ ,:;.]|$)")
"""A word; an id such as ``gap_hood`` or ``L2-gap`` is none."""


def capitalised(text: str) -> str:
    """With a capital, if it begins with a word."""
    return text[0].upper() + text[1:] if _WORD.match(text) else text


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence, and the ids of the records that say so.

    Attributes:
        title: in both languages, with the same numbers.
        citations: at least one.
        known: False if it says that something is not on record; it cites what was looked through.
    """

    title: Title
    citations: tuple[str, ...]
    known: bool = True

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"nothing is cited for: {self.title.en}")

    def text(self, language: str) -> str:
        """In ``zh`` or ``en``."""
        return self.title.zh if language == "zh" else self.title.en


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Sentences in one language, ``zh`` or ``en``; at least one."""

    language: str
    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("an answer has at least one sentence")

    @property
    def text(self) -> str:
        """The sentences, one after another."""
        between = "" if self.language == "zh" else " "
        return between.join(sentence.text(self.language) for sentence in self.sentences)

    @property
    def citations(self) -> tuple[str, ...]:
        """What all of it rests on, each id once."""
        return tuple(dict.fromkeys(cited for sentence in self.sentences for cited in sentence.citations))


def told(zh: str, en: str, citations: Iterable[str]) -> Sentence:
    """A sentence; a citation that is named twice counts once."""
    return Sentence(title=Title(zh=f"{zh}。", en=f"{capitalised(en)}."), citations=tuple(dict.fromkeys(citations)))


def not_known(zh: str, en: str, citations: Iterable[str]) -> Sentence:
    """That something is not on record; ``citations`` say what was looked through."""
    title = Title(zh=f"没有记录：{zh}。", en=f"Not known: {en}.")
    return Sentence(title=title, citations=tuple(dict.fromkeys(citations)), known=False)
