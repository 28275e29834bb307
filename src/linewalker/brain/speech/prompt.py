"""What a recogniser is told beforehand: how orders sound, with the plan's own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.spelling import is_han

_CHARACTERS, _LETTERS = 100, 640
"""What fits into the 224 tokens of Whisper; a longer row of Chinese makes it write nonsense (measured)."""
_SAYINGS = 2  # of each noun


def prompts(lexicon: Lexicon) -> dict[str, str]:
    """For each language the words an order is likely to be made of: skills, methods, classes, parts, the plan.

    In Chinese they stand in orders as people say them: of bare words and of titles alone Whisper makes more errors
    (16 to 22 % of characters against 9).
    """
    return {
        "zh": _joined(_chinese(lexicon), "，", "。", _CHARACTERS),
        "en": _joined(_english(lexicon), ", ", ".", _LETTERS),
    }


def _chinese(lexicon: Lexicon) -> Iterator[str]:
    titles = list(dict.fromkeys(item.title.zh for item in lexicon.planned.values()))
    methods = [word for word in _words(lexicon, "method", han=True) if any(title.endswith(word) for title in titles)]
    seams = [lexicon.seams[item.feature] for item in lexicon.planned.values() if item.feature in lexicon.seams]
    if seams and methods:
        panels = {panel.name: panel.title.zh for panel in lexicon.vocabulary.panels}
        seam = max(seams, key=lambda seam: sum(other.master == seam.slave for other in seams))
        yield f"检测机器人的命令：量一下{panels[seam.master]}和{panels[seam.slave]}的{methods[0]}"
        yield f"查右侧的{methods[-1]}"
    else:
        yield from (f"查{title}" for title in titles[:3])
    yield f"{_words(lexicon, 'class', han=True)[0]}项"
    yield "去车尾等一分钟再回原位"
    yield from (word for noun in lexicon.nouns if (word := _usual(lexicon, noun)))


def _usual(lexicon: Lexicon, noun: str) -> str:
    """What most people say for a noun; nothing if that is a single character, or none."""
    return next((word for word in lexicon.said(noun) if is_han(word[0]) and len(word) > 1), "")


def _english(lexicon: Lexicon) -> list[str]:
    words = [skill.title.en for skill in lexicon.skills.values()]
    words += _words(lexicon, "method", han=False) + _words(lexicon, "class", han=False)
    for noun in lexicon.nouns:
        words += islice((word for word in lexicon.said(noun) if word.isascii()), _SAYINGS)
    return words + [item.title.en.replace(",", "") for item in lexicon.planned.values()]


def _words(lexicon: Lexicon, kind: str, *, han: bool) -> list[str]:
    """The words of a kind, in the order of the files of words; of English ones the first for each meaning."""
    found: dict[str, object] = {}
    for key in lexicon.phrases(kind):
        if is_han(key[0][0]) == han:
            found[("" if han else " ").join(key)] = lexicon.meanings(" ".join(key))[kind]
    values = list(found.values())
    return [word for i, (word, value) in enumerate(found.items()) if han or values[:i].count(value) < _SAYINGS]


def _joined(words: Iterable[str], comma: str, end: str, longest: int) -> str:
    """As many words as there is room for, each once."""
    text = ""
    for word in dict.fromkeys(words):
        if len(text) + len(comma) + len(word) + len(end) > longest:
            break
        text += f"{comma}{word}" if text else word
    return f"{text}{end}" if text else ""
