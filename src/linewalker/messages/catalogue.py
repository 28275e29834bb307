"""One catalogue of all sentences that people read, English and Chinese side by side.

The code says its sentences in English, where they arise; so they go into journals and records, whoever reads along. The
catalogue, the ``.txt`` files beside this one, has each of them with its Chinese below it::

    there is no place '{name}'; {allowed}
    没有名为 {name} 的位置；{allowed}

A sentence is found by its words. What stands for ``{name}`` is taken over as it is; if it is itself of the catalogue
and does not stand in quotes, which are around what a plant wrote, it is translated as well; a single word, which may be
a key of a file, only if it is among those of ``words.txt``. Of several forms that fit, the one with the most words of
its own is meant. The files are read when Chinese is first wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linewalker.messages.language import Language, language

_PLACE = re.compile(r"\{(\w+)\}")
_DEEPEST = 4  # sentences within one another


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A form of words in both languages, with the same places for what varies.

    Attributes:
        en, zh: as in the catalogue.
        where: file and line.
    """

    en: str
    zh: str
    where: str = ""

    @property
    def places(self) -> set[str]:
        """Names of what varies."""
        return set(_PLACE.findall(self.en))

    def values(self, text: str) -> dict[str, str] | None:
        """What stands in the places of an English sentence; None if it is of another form."""
        start = 0
        for words in _words(self.en):  # spares most sentences the making of a pattern
            start = text.find(words, start)
            if start < 0:
                return None
            start += len(words)
        found = _pattern(self.en).fullmatch(text)
        return None if found is None else found.groupdict()

    def with_values(self, values: dict[str, str]) -> str:
        """In Chinese."""
        return _PLACE.sub(lambda place: values[place[1]], self.zh)


def read_sentences(text: str, name: str = "") -> Iterator[Sentence]:
    """The sentences of a file: an English line, the Chinese one below it, and a blank line; ``#`` begins a remark.

    Raises:
        ValueError: a sentence has not one line of each, or not the same places in both.
    """
    for number, block in _blocks(text):
        where = f"{name}:{number}"
        if len(block) != 2:
            raise ValueError(f"{where}: expected an English line and a Chinese one, found {len(block)}")
        sentence = Sentence(en=block[0], zh=block[1], where=where)
        if sentence.places != set(_PLACE.findall(sentence.zh)):
            raise ValueError(f"{where}: the places {{...}} of the two languages differ")
        yield sentence


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate([*lines, ""], start=1):
        if line and not line.startswith("#"):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


@cache
def catalogue() -> tuple[Sentence, ...]:
    """All sentences."""
    folder = files("linewalker.messages")
    texts = sorted((file for file in folder.iterdir() if file.name.endswith(".txt")), key=lambda file: file.name)
    return tuple(sentence for file in texts for sentence in read_sentences(file.read_text(encoding="utf-8"), file.name))


@cache
def _whole() -> dict[str, str]:
    return {sentence.en: sentence.zh for sentence in catalogue() if not sentence.places}


@cache
def _words_within() -> frozenset[str]:
    return frozenset(sentence.en for sentence in catalogue() if sentence.where.startswith("words.txt:"))


@cache
def _forms() -> tuple[Sentence, ...]:
    """Those with places, the ones with the most words of their own first."""
    forms = (sentence for sentence in catalogue() if sentence.places)
    return tuple(sorted(forms, key=lambda sentence: -sum(map(len, _words(sentence.en)))))


def in_chinese(text: str, *, deepest: int = _DEEPEST) -> str | None:
    """An English sentence in Chinese; None if the catalogue does not have it."""
    if text in _whole():
        return _whole()[text]
    for form in _forms():
        values = form.values(text)
        if values is not None:
            return form.with_values({name: _within(form, name, value, deepest) for name, value in values.items()})
    return None


def _within(form: Sentence, name: str, value: str, deepest: int) -> str:
    if deepest <= 0 or f"'{{{name}}}" in form.en or not value or (" " not in value and value not in _words_within()):
        return value
    return in_chinese(value, deepest=deepest - 1) or value


def say(text: str) -> str:
    """An English sentence in the language that is spoken; as it is, where the catalogue does not have it."""
    if language() is Language.EN or not text:
        return text
    return in_chinese(text) or text


@cache
def _words(form: str) -> tuple[str, ...]:
    """What stands around the places."""
    return tuple(part for part in _PLACE.split(form)[::2] if part)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    pattern, seen = "", set[str]()
    for position, part in enumerate(_PLACE.split(form)):
        if position % 2 == 0:
            pattern += re.escape(part)
        else:
            pattern += f"(?P={part})" if part in seen else f"(?P<{part}>.*?)"
            seen.add(part)
    return re.compile(pattern, re.DOTALL)
