"""What a recogniser is told beforehand: how orders sound, with the plan's own names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.spelling import is_han

_CHARACTERS, _LETTERS = 90, 640
"""What fits into the 224 tokens of Whisper; a longer row of Chinese makes it write nonsense (measured)."""
_ORDERS = 4
_SAYINGS = 2  # of each noun


def prompts(lexicon: Lexicon) -> dict[str, str]:
    """For each language the words an order is likely to be made of: skills, methods, classes, parts, the plan.

    In Chinese they stand in orders: after bare words Whisper goes on with bare words (measured, too).
    """
    return {
        "zh": _joined(_chinese(lexicon), "，", "。", _CHARACTERS),
        "en": _joined(_english(lexicon), ", ", ".", _LETTERS),
    }


def _chinese(lexicon: Lexicon) -> list[str]:
    planned = list(dict.fromkeys(item.title.zh for item in lexicon.planned.values()))
    verb = lexicon.skills["inspect"].title.zh
    orders = [f"{verb}{title}" for title in planned[:: max(1, len(planned) // _ORDERS)]]
    nouns = [next(word for word in lexicon.said(noun) if is_han(word[0])) for noun in _with_chinese(lexicon)]
    skills = [skill.title.zh for skill in lexicon.skills.values() if len(skill.title.zh) > 1]
    return [*orders, *(f"只{verb}{word}" for word in _some(lexicon, "class", han=True)[:1]), *skills, *nouns]


def _with_chinese(lexicon: Lexicon) -> list[str]:
    return [noun for noun in lexicon.nouns if any(is_han(word[0]) for word in lexicon.said(noun))]


def _english(lexicon: Lexicon) -> list[str]:
    words = [skill.title.en for skill in lexicon.skills.values()]
    words += _some(lexicon, "method", han=False) + _some(lexicon, "class", han=False)
    for noun in lexicon.nouns:
        words += islice((word for word in lexicon.said(noun) if word.isascii()), _SAYINGS)
    return words + [item.title.en.replace(",", "") for item in lexicon.planned.values()]


def _some(lexicon: Lexicon, kind: str, *, han: bool) -> list[str]:
    """The first words for each value of a kind."""
    found: dict[object, list[str]] = {}
    for key in lexicon.phrases(kind):
        if is_han(key[0][0]) == han:
            found.setdefault(lexicon.meanings(" ".join(key))[kind], []).append(("" if han else " ").join(key))
    return [word for words in found.values() for word in words[:_SAYINGS]]


def _joined(words: Iterable[str], comma: str, end: str, longest: int) -> str:
    """As many words as there is room for, each once."""
    text = ""
    for word in dict.fromkeys(words):
        if len(text) + len(comma) + len(word) + len(end) > longest:
            break
        text += f"{comma}{word}" if text else word
    return f"{text}{end}" if text else ""
