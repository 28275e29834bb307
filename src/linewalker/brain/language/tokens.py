"""Reads an order as a row of tokens: phrases of the lexicon, quantities, quotations, marks, or not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from linewalker.brain.language.atoms import Atom, cut
from linewalker.brain.language.lexicon import Lexicon, Meanings
from linewalker.brain.language.quantity import HAN_NUMBER, han_number, word_number
from linewalker.brain.language.slips import Slips, says_how
from linewalker.brain.language.spelling import Spelled, sounds

_PHRASE, _NUMBER, _ALIKE, _ALIKE_CHAR, _UNKNOWN = 1.0, 1.03, 2.6, 3.6, 6.0
_MENDED = frozenset("左右前后门轮灯盖")
"""Characters that are heard alone beside another of a place or part."""
_MENDED_KINDS = frozenset({"noun", "method", "seam", "class", "region", "verb", "verdict", "unit_s", "since"})
"""What a word of two characters is that is heard though one of them is wrong."""
_NO_SLIP = frozenset("和与跟的了也都还再不别没在")
_BREAKS = {
    **dict.fromkeys(",;", "comma"),
    **dict.fromkeys("\n.!?", "sentence"),
    **dict.fromkeys("、+&", "list"),
    "/": "slash",
    ":": "colon",
}


@dataclass(slots=True)
class Token:
    """A phrase and what it may mean.

    Attributes:
        text: as it was made alike.
        meanings: kinds and values; without any it was not understood.
        start, end: its place in the text made alike.
        slip: it was not typed quite so.
    """

    text: str
    start: int
    end: int
    meanings: Meanings = field(default_factory=dict)
    slip: bool = False

    def get(self, kind: str) -> Any:
        """The value of a meaning, or None."""
        return self.meanings.get(kind)

    def has(self, *kinds: str) -> bool:
        """Whether it may mean one of these."""
        return any(kind in self.meanings for kind in kinds)


@dataclass(frozen=True, slots=True)
class _Step:
    cost: float
    before: int
    token: Token


class Tokenizer:
    """Cuts orders into phrases of a lexicon.

    The cheapest way to cover the whole order is taken (Viterbi, 1967): as few phrases as will do, and phrases that
    are only close to what was typed where nothing else fits.
    """

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
        self._slips = Slips(lexicon)

    def tokens(self, spelled: Spelled) -> list[Token]:
        """The tokens of an order."""
        atoms, slipped = self._corrected(cut(spelled.text))
        best: list[_Step | None] = [None] * (len(atoms) + 1)
        for at in range(len(atoms)):
            so_far = 0.0 if at == 0 else best[at].cost  # type: ignore[union-attr]  # an atom alone always fits
            for length, cost, meanings, alike in self._candidates(atoms, at):
                step = best[at + length]
                if step is None or so_far + cost < step.cost - 1e-9:
                    first, last = atoms[at], atoms[at + length - 1]
                    mended = " ".join(atom.text for atom in atoms[at : at + length])
                    text = mended if first.kind == "word" and any(slipped[at : at + length]) else ""
                    text = text or spelled.text[first.start : last.end]
                    slip = alike or any(slipped[at : at + length])
                    token = Token(text, first.start, last.end, meanings, slip)
                    best[at + length] = _Step(so_far + cost, at, token)
        found, at = [], len(atoms)
        while at:
            step = best[at]
            assert step is not None
            found.append(step.token)
            at = step.before
        return found[::-1]

    def _corrected(self, atoms: list[Atom]) -> tuple[list[Atom], list[bool]]:
        """English words as they were meant."""
        out: list[Atom] = []
        slipped: list[bool] = []
        for atom in atoms:
            meant = self._slips.meant(atom.text) if atom.kind == "word" else None
            for word in meant or (atom.text,):
                out.append(Atom(word, atom.kind, atom.start, atom.end))
                slipped.append(bool(meant) and meant != (atom.text,))
        return out, slipped

    def _candidates(self, atoms: list[Atom], at: int) -> Iterator[tuple[int, float, Meanings, bool]]:
        """Phrases at a place: how many atoms, what they cost, what they mean, whether they were only close."""
        atom = atoms[at]
        if atom.kind == "quote":
            yield 1, _PHRASE, {"quote": (atom.start, atom.end)}, False
            return
        following = atoms[at + 1].text if at + 1 < len(atoms) else ""
        for key, meanings in self._lexicon.starting(atom.text, following):
            if all(at + i < len(atoms) and atoms[at + i].text == key[i] for i in range(2, len(key))):
                yield (
                    len(key),
                    _PHRASE + (0.02 if meanings.keys() in ({"filler"}, {"absent"}) else 0.0),
                    meanings,
                    False,
                )
        if atom.kind == "word" and says_how(atom.text):
            yield 1, _NUMBER, {"filler": atom.text}, False
        yield from self._numbers(atoms, at)
        if atom.kind == "han":
            yield from self._alike(atoms, at)
        if atom.kind == "mark":
            kind = _BREAKS.get(atom.text, "mark")
            yield 1, _PHRASE, {kind: atom.text}, False
        else:
            yield 1, _UNKNOWN, {}, False

    def _numbers(self, atoms: list[Atom], at: int) -> Iterator[tuple[int, float, Meanings, bool]]:
        atom = atoms[at]
        if atom.kind == "number":
            yield 1, _NUMBER, {"number": float(atom.text), "digits": atom.text}, False
        elif atom.kind == "vin":
            yield 1, _PHRASE, {"vin": atom.text.upper()}, False
        elif atom.text == "half":
            yield 1, _NUMBER, {"number": 0.5}, False
        elif atom.kind == "word" and (number := word_number([a.text for a in atoms[at : at + 6]])):
            yield number[1], _NUMBER, {"number": number[0]}, False
        elif atom.kind == "han" and (
            match := HAN_NUMBER.match("".join(a.text[:1] or " " for a in atoms[at : at + 12]))
        ):
            value, digits = han_number(match.group()) or (None, "")
            if digits:  # 七三七三 is a car; nobody counts so
                yield len(match.group()), _NUMBER, {"digits": digits}, False
            elif value is not None:
                yield len(match.group()), _NUMBER, {"number": value}, False

    def _alike(self, atoms: list[Atom], at: int) -> Iterator[tuple[int, float, Meanings, bool]]:
        """Chinese phrases that sound like what was typed, half of their characters or more being right."""
        table = sounds()
        heard: list[int] = []
        for length in range(1, 7):
            atom = atoms[at + length - 1] if at + length <= len(atoms) else None
            if atom is None or atom.text not in table:
                break
            heard.append(table[atom.text])
            for key, meanings in self._lexicon.by_sound.get(tuple(heard), ()):
                wrong = sum(1 for i, c in enumerate(key) if atoms[at + i].text != c)
                if 0 < wrong <= length // 2 and (length > 2 or _MENDED_KINDS & set(meanings)):
                    yield length, _ALIKE + 0.5 * wrong, meanings, True
        if atoms[at].text in _NO_SLIP:
            return
        near = [atoms[i].text for i in (at - 1, at + 1) if 0 <= i < len(atoms)]
        if heard and any(c in self._lexicon.characters for c in near):
            for char in self._lexicon.characters & _MENDED:
                if char != atoms[at].text and table.get(char) == heard[0]:
                    yield 1, _ALIKE_CHAR, self._lexicon.meanings(char), True
