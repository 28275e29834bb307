"""An answer as people read it: its sentences with numbers of sources, then the sources."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from linewalker.console.terminal import terminal

_MOST_SOURCES, _MOST_SPANS = 20, 6
_SOURCES = {"zh": "来源", "en": "Sources"}

Cited = tuple[str, tuple[str, ...]]
"""A sentence and the ids of the records it rests on."""


def show_answer(sentences: Sequence[Cited], language: str, console: Console | None = None) -> None:
    """Print an answer in ``zh`` or ``en``."""
    out = console or terminal()
    for line in answer_lines(sentences, language):
        out.print(Text(line), soft_wrap=not out.is_terminal)


def answer_lines(sentences: Sequence[Cited], language: str) -> Iterator[str]:
    """One line for each sentence, with the numbers of its sources, then one for each source, in this order."""
    ids = list(dict.fromkeys(cited for _, citations in sentences for cited in citations))
    numbers = {cited: number for number, cited in enumerate(ids, start=1)}
    for text, citations in sentences:
        yield f"{text} [{_ranges(numbers[cited] for cited in citations)}]"
    yield f"{_SOURCES[language]}{'：' if language == 'zh' else ':'}"
    width = len(str(len(ids)))
    for number, cited in enumerate(ids[:_MOST_SOURCES], start=1):
        yield f" {number:>{width}}  {cited}"
    more = len(ids) - _MOST_SOURCES
    if more > 0:
        yield f"另有 {more} 条；--json 列出全部" if language == "zh" else f"and {more} more; --json lists all"


def _ranges(numbers: Iterable[int]) -> str:
    """``1-3, 7`` of 1, 2, 3 and 7; a long list is cut in the middle."""
    spans = []
    for _, run in itertools.groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        spans.append(str(members[0]) if len(members) == 1 else f"{members[0]}-{members[-1]}")
    shown = ", ".join(spans[:_MOST_SPANS])
    return shown if len(spans) <= _MOST_SPANS else f"{shown}, ..., {spans[-1]}"
