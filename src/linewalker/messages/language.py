"""The language that is spoken: of whoever is at the terminal, or the one that was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum


class Language(StrEnum):
    """What we speak."""

    ZH = "zh"
    EN = "en"


def spoken_language(environment: Mapping[str, str] | None = None) -> Language:
    """The language of whoever is at the terminal, as the system says: Chinese, or else English."""
    given = os.environ if environment is None else environment
    said = next((given[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if given.get(name)), "")
    return Language.ZH if said.lower().startswith("zh") else Language.EN


_chosen: list[Language] = []
"""The innermost last; empty: the system's."""


def language() -> Language:
    """What is spoken now."""
    return _chosen[-1] if _chosen else spoken_language()


@contextmanager
def speaking(asked: Language) -> Iterator[None]:
    """Speak this language inside."""
    _chosen.append(asked)
    try:
        yield
    finally:
        _chosen.pop()


def chosen(*, zh: str, en: str) -> str:
    """One of two, in the language that is spoken."""
    return zh if language() is Language.ZH else en


def language_asked(words: Sequence[str]) -> tuple[list[str], Language | None]:
    """A command line without ``--lang``, which may stand anywhere in it, and the language that it asks for.

    One that we do not speak is left for the command line to complain about, before all other words.
    """
    ends = words.index("--") if "--" in words else len(words)
    for i, word in enumerate(words[:ends]):
        if word == "--lang" and i + 1 < ends:
            rest, said = [*words[:i], *words[i + 2 :]], words[i + 1]
        elif word.startswith("--lang="):
            rest, said = [*words[:i], *words[i + 1 :]], word.removeprefix("--lang=")
        else:
            continue
        return (rest, Language(said)) if said in tuple(Language) else (["--lang", said, *rest], None)
    return list(words), None
