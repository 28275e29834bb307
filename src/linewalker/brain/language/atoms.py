"""An order cut into the smallest pieces a phrase is made of: words, numbers, Chinese characters, marks, quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ATOM = re.compile(
    r"""(?P<vin>(?<![a-z0-9])(?=[a-z0-9]*\d[a-z0-9]*\d[a-z0-9]*\d)[a-z0-9]{17}(?![a-z0-9]))
    |(?P<code>(?<![a-z0-9])(?!x\d)[a-z]+\d+(?!\d*\.\d))
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<word>[a-z]+(?:'[a-z]+)*'?)
    |(?P<han>[\u3400-\u4dbf\u4e00-\u9fff])
    |(?P<blank>[\s\-_]+(?=[^\d\s.])|[^\S\n]+|-+(?=\s)|_+)
    |(?P<mark>.|\n)""",
    re.VERBOSE,
)
_QUOTE = re.compile(r"\"([^\"\n]*)\"|(?:(?<=\s)|(?<=^)|(?<=[:,]))'([^\n]*?)'(?=[\s,.!?;:]|$)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece: text, kind (``vin``, ``code``, ``number``, ``word``, ``han``, ``mark``, ``quote``) and place."""

    text: str
    kind: str
    start: int
    end: int


def cut(text: str) -> list[Atom]:
    """The atoms of a text that was made alike; a quotation is one, and blanks and hyphens between words are none."""
    atoms: list[Atom] = []
    at = 0
    for quote in _QUOTE.finditer(text):
        _cut_plain(text, at, quote.start(), atoms)
        group = 1 if quote.group(1) is not None else 2
        atoms.append(Atom(quote.group(group), "quote", quote.start(group), quote.end(group)))
        at = quote.end()
    _cut_plain(text, at, len(text), atoms)
    return atoms


def _cut_plain(text: str, start: int, end: int, atoms: list[Atom]) -> None:
    for match in _ATOM.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        if kind != "blank":
            atoms.append(Atom(match.group().strip("'") or "'", kind, match.start(), match.end()))


def phrase_key(text: str) -> tuple[str, ...]:
    """A phrase of the lexicon as its atoms."""
    return tuple(atom.text for atom in cut(text))
