"""Whether an order says stop. No model, no grammar and no network is in the path; when in doubt, it does.

An order stops if one of its clauses is a word for stop with nothing around it but words that change nothing, and if
it neither denies stopping (``don't stop``) nor speaks about it (``why did it stop``, a label that says stop).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from linewalker.brain.language.likeness import slips_between
from linewalker.brain.language.spelling import is_han, read_words, sounds, spell

_LONGEST = 2000
_CLAUSES = re.compile(r"[,.;!?\n、:~]+|\bthen\b")
_ASKED_ZH = re.compile("(?:了|着|住|过).{0,2}(?:吗|么|没有|没|不)$|没有$|没$")
"""Whether it has stopped is asked; 能停下吗 is a polite order."""
_WAITING = re.compile(r"停(?:[一二两三四五六七八九十百半]|\d)+个?(?:秒|分|小时)")
_LEADS_EN = re.compile(
    r"(?:do not|don'?t|dont) (?:you )?(?:dare )?(?:to )?move\b|(?:stop|halt|freeze|abort)\b"
    r"(?! (?:at|in|by|for|near|on|behind|beside|next|until|after|when|if|watch|sign|to|close|over)\b)"
    r"(?! before\b(?! you| it| some))"
)
_AT_ONCE_ZH = re.compile("停下|停止|停住|急停|停手|站住|住手|别动|不要动|不许动|不准动|刹车|定住|立定")
_LATER_ZH = re.compile("完|后|再|到|等.|先(?!停)|跟|和")
"""What says that something else comes first: 查完右侧停下."""
_SIGNS = "🛑⛔✋"
_DENIED = re.compile(r"\b(?:do not|don'?t|never|second|without)\b")
"""What a slip of stop may stand behind that is no order to stop."""
_BESIDE = r"(?:[^\w\"]|\d|please|pls|okay|ok|hey|robot|now|请|吧|了|啊)*"
_QUOTED = re.compile(f'^{_BESIDE}"([^"]*)"{_BESIDE}$')
"""A word that is quoted though nothing is to be said."""
_LATIN = re.compile(r"[a-z'-]+")
_COUNTED = frozenset(("second", "first", "next", "last", "bus", "third", "the"))
"""What stands in front of a stop that is a place."""
_NO_SLIPS = frozenset(read_words("stop")["no_slips"])
_SLIPPED = ("stop", "halt", "freeze", "abort")
_HEARD = (
    "停",
    "停下",
    "停下来",
    "停止",
    "站住",
    "别动",
    "急停",
    "停车",
    "住手",
    "停停停",
    "停停",
    "不要动",
    "停住",
    "快停",
    "停手",
)
_HEARD_ALONE = "亭庭婷挺廷听厅仃蜓艇"


def says_stop(order: str) -> bool:
    """Whether an order is to stop: typed in a hurry, in any of many words, with slips, among other things."""
    text = _plain(order)
    if _squeezed(re.sub(r"[^a-z]", "", text)) in _spelled_out():
        return True  # s.t.o.p
    if not text or '"' in text:
        return False
    patterns = _patterns()
    if patterns["denied_en"].search(text) or patterns["about_en"].search(text) or patterns["about_zh"].search(text):
        return False
    if _WAITING.search(text):
        return False
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip() and "停一停" not in clause]  # a pause
    return any(_says_it(clause) for clause in clauses)


def _says_it(clause: str) -> bool:
    """Whether a clause does, by itself, as it was meant to be typed, or without the courtesy of the other language."""
    if not any(is_han(c) for c in clause):
        return _in_english(clause) or _in_english(" ".join(map(_meant, clause.split())))
    words = [word for word in _LATIN.findall(clause) if word in _around() or _meant(word) in _around()]
    chinese = _LATIN.sub(lambda found: "" if found.group() in words else found.group(), clause)
    latin = " ".join(_LATIN.findall(clause))
    polite = _patterns()["around_zh"].fullmatch(re.sub(r"\s", "", _LATIN.sub("", clause)))
    return _in_english(clause) or _in_chinese(re.sub(r"\s", "", chinese)) or bool(polite and _says_it(latin))


@cache
def _spelled_out() -> frozenset[str]:
    """Single words for stop, letters that were typed twice taken as one: s.t.o.p, stoop, ting."""
    return frozenset(_squeezed(word) for word in (*_SLIPPED, *read_words("stop")["en"]) if word.isalpha())


def _squeezed(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


@cache
def _heard() -> tuple[str, ...]:
    return tuple(read_words("stop")["heard"])


def _meant(word: str) -> str:
    """A word as it was meant to be typed; as it is if it is one of its own."""
    if word in _around() or word in _NO_SLIPS or len(word) < 3:
        return word
    if word[1:2] == "-" and slips_between(word[2:], "stop") <= 1:
        return "estop"
    alike = [known for known in _heard() if _squeezed(known) == _squeezed(word)]
    near = [known for known in _heard() if len(known) > 3 and slips_between(word, known) <= 1]
    return next(iter((*alike, *near)), word)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = read_words("stop")

    def any_of(key: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words[key], key=len, reverse=True))

    english = r"(?:stop|halt|freez|abort|ceas|quit|cancel|brak|paus|e-?stop|emergency|stand)"
    about = rf"(?<!i )(?<!we )\b(?:{any_of('about_en')})\b.*\b{english}"
    noun = r"stop ?(?:sign|watch|light|gap|over|in time|needed|necessary|required)s?\b|one-?stop\b|nonstop\b"
    enough = r"(?<!that )(?:is|are|times) enough\b"
    switch = r"(?:emergency |e-?|safety )stop (?:off|button off|switch|test|works?|circuit|be|was|were|is|are)\b"
    return {
        "denied_en": re.compile(rf"\b(?:{any_of('denied_en')})(?: |-)*(?:(?:{any_of('between_en')}) )*{english}"),
        "about_en": re.compile(rf"{about}|\b(?:{noun}|{switch})|{enough}"),
        "denied_zh": re.compile(
            rf"(?<!能)(?:{any_of('denied_zh')})(?:{any_of('between_zh')})*(?:停|刹|中止|终止|取消|中断|打住)"
        ),
        "about_zh": re.compile(any_of("about_zh")),
        "around_zh": re.compile(f"(?:{any_of('around_zh')})*"),
        "en": re.compile(rf"\b(?:{any_of('en')})\b"),
        "zh": re.compile(any_of("zh")),
    }


@cache
def _around() -> frozenset[str]:
    words, courtesy = read_words("stop"), read_words("grammar")["filler"]["filler"]
    return frozenset(words["around_en"]) | {word for phrase in (*words["en"], *courtesy) for word in phrase.split()}


def _plain(order: str) -> str:
    """An order made alike, letters that were held down taken as one or two."""
    bare = (c for c in unicodedata.normalize("NFD", order[:_LONGEST]) if not unicodedata.combining(c))
    told = "".join(" stop " if c in _SIGNS else c for c in bare)
    text = re.sub(r"[^\w\s,.;!?、:~'\"-]|(?<![a-z])-+|-+(?![a-z])", " ", spell(told).text).strip()
    text = _QUOTED.sub(r"\1", text)
    text = re.sub(r"\b(?:[a-z][ .-]){2,}[a-z]\b", lambda spaced: re.sub("[ .-]", "", spaced.group()), text)
    return re.sub(r"\be[ -]stop\b", "estop", re.sub(r"([a-z])\1{2,}", r"\1\1", text))


def _in_english(clause: str) -> bool:
    words = [word.strip("'-") for word in _LATIN.findall(clause) if word.strip("'-")]
    if not words or (any(is_han(c) for c in clause) and not any(_slip(word) for word in words)):
        return False
    if any(a in _COUNTED and b in _SLIPPED for a, b in pairwise(words)):
        return False  # at the second stop
    rest = _patterns()["en"].sub(" ", " ".join(words)) if _patterns()["en"].search(clause) else None
    if rest is not None and all(word in _around() for word in rest.split()):
        return True
    first = next((i for i, word in enumerate(words) if word in _SLIPPED or not _idle(word)), len(words))
    if any(_LEADS_EN.match(" ".join(words[at:])) for at in (0, first)) or _ends_in_stop(words):
        return True
    kept = [word for word in words if word not in _around()]
    if _DENIED.search(" ".join(words)):
        return False
    return (len(kept) == 1 and _slip(kept[0])) or (not kept and any(_slip(word) for word in words))


def _idle(word: str) -> bool:
    """Whether a word in front of stop changes nothing."""
    return len(word) == 1 or word in _around() or (word.endswith("ly") and len(word) > 4)


def _ends_in_stop(words: list[str]) -> bool:
    """``make the thing stop``, ``come to a stop``, but no bus stop."""
    return words[-1] in _SLIPPED and (words[-2:-1] != ["a"] or words[-3:-2] == ["to"])


def _slip(word: str) -> bool:
    """Whether a word is stop, halt, freeze or abort as it is typed in a hurry."""
    if word in _NO_SLIPS or slips_between(word, "about") <= 1:
        return False
    if len(word) <= 6 and set(word) == set("stop"):
        return True
    squeezed = _squeezed(word)
    if any(squeezed == _squeezed(wanted) for wanted in (*_SLIPPED, "stopit", "stopnow")):
        return True
    close = any(slips_between(typed, wanted) <= 1 for typed in (word, squeezed) for wanted in _SLIPPED)
    return close and len(word) > 2


def _in_chinese(clause: str) -> bool:
    if not any(is_han(c) for c in clause):
        return False
    patterns = _patterns()
    if patterns["denied_zh"].search(clause) or _ASKED_ZH.search(clause):
        return False
    at_once = _AT_ONCE_ZH.search(clause)
    if at_once and not _LATER_ZH.search(clause[: at_once.start()]):
        return True
    found = list(patterns["zh"].finditer(clause))
    if found:
        ends = [0, *(at for match in found for at in match.span()), len(clause)]
        between = [clause[a:b] for i, (a, b) in enumerate(pairwise(ends)) if i % 2 == 0]
        if all(patterns["around_zh"].fullmatch(part) for part in between):
            return True
    return _sounds_like_it(clause)


def _sounds_like_it(clause: str) -> bool:
    """Whether a short clause sounds like stop, as a wrong choice of characters does."""
    table = sounds()
    core = re.sub("^(?:请|快点|马上|立刻|立即|赶紧|给我|你|现在|先)+|[了吧啊呀]+$", "", clause)
    if not core or len(core) > 4 or any(c not in table for c in core) or (len(core) == 1 and core not in _HEARD_ALONE):
        return False
    heard = [table[c] for c in core]
    return any(len(p) == len(core) and [table[c] for c in p] == heard for p in _HEARD)
