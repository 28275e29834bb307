"""What is to be said, and what music is asked for: words of an order that are not read but passed on."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.language.spelling import Spelled
from linewalker.brain.language.tokens import Token

_SPEAKERS = ("我", "i", "我们", "you", "they", "he", "it", "老板", "师傅", "领导", "他", "她", "哥", "大哥", "老师")
"""Who speaks where something was said, and is not to be said: 我说."""
_PLAYS = ("play", "put on", "放", "播", "播放", "放音乐", "放点音乐", "来", "首", "曲", "段", "歌", "song")
_BEFORE_A_DANCE = ("quote", "filler", "music", "of", "and", "comma", "seq", "number")


def taken_out(tokens: list[Token], spelled: Spelled) -> list[Token]:
    """The tokens with what is to be said, or played, as one token of kind ``text`` or ``music_text``."""
    tokens = _danced_to(tokens, spelled)
    for i, token in enumerate(tokens):
        if token.get("verb") == "say":
            text_at = _quoted(tokens, i)
            if text_at is not None:
                start, end = tokens[text_at].get("quote")
                text = Token(spelled.text[start:end], start, end, {"text": spelled.original(start, end).strip()})
                verb = Token(token.text, token.start, token.end, {"verb": "say"})
                return [*tokens[:i], verb, text, *taken_out(tokens[text_at + 1 :], spelled)]
            if _speaks(tokens, i):
                return _rest_is_text(tokens, i, spelled)
        if token.get("verb") == "dance":
            heard = _heard_before(tokens[:i])
            if heard is not None:
                return [
                    *tokens[: heard[0]],
                    _played(tokens[heard[0] : heard[1]], spelled),
                    *taken_out(tokens[heard[1] :], spelled),
                ]
            return [*tokens[: i + 1], *_music(tokens[i + 1 :], spelled, named=token.text.endswith(" to"))]
    return tokens


def _danced_to(tokens: list[Token], spelled: Spelled) -> list[Token]:
    """With what is played before a dance behind its verb: play "Blue Danube" and dance, 放音乐跳舞."""
    first = next((i for i, t in enumerate(tokens) if t.text in _PLAYS), len(tokens))
    dance = next((i for i in range(first, len(tokens)) if tokens[i].get("verb") == "dance"), None)
    if dance is None or not all(t.has(*_BEFORE_A_DANCE) or t.text in _PLAYS for t in tokens[first:dance]):
        return tokens
    quotes = [_played([t], spelled) for t in tokens[first:dance] if t.has("quote")]
    return [*tokens[:first], tokens[dance], *quotes, *tokens[dance + 1 :]]


def _quoted(tokens: Sequence[Token], at: int) -> int | None:
    """The place of a quotation that follows a verb at once, or after whom it is said to."""
    for i in range(at + 1, min(at + 8, len(tokens))):
        if tokens[i].has("quote"):
            return i
        if not tokens[i].has("filler", "colon", "comma", "visitor", "of", "mark"):
            return None
    return None


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    """Whether this verb is what the order asks for, rather than a word in passing (我说, 说一下进度)."""
    token = tokens[at]
    if at + 1 < len(tokens) and tokens[at + 1].has("colon"):
        return True
    if any(t.has("question", "since", "verdict") for t in tokens[at : at + 3]):
        return False
    before = [t for t in tokens[:at] if not t.has("comma", "sentence")]
    leads = (
        all(t.has("filler", "seq", "and", "visitor", "done") or t.has("verb") for t in before[-1:]) if before else True
    )
    if (
        token.text in ("说", "讲", "喊", "念")
        and tokens[at + 1 : at + 2]
        and tokens[at + 1].text.startswith(tuple("了过错明话清的说讲"))
    ):
        return False
    said_by = before and before[-1].text in _SPEAKERS
    return at + 1 < len(tokens) and leads and not said_by and not (token.has("world_says") and _source_before(before))


def _source_before(tokens: Sequence[Token]) -> bool:
    return any(token.has("world_source") for token in tokens[-3:])


def _rest_is_text(tokens: list[Token], at: int, spelled: Spelled) -> list[Token]:
    first = at + 1
    while (first < len(tokens) and tokens[first].has("colon", "mark", "visitor")) or _is_comma(tokens, first):
        first += 1
    last = first
    while last < len(tokens) and not _ends(tokens, last, first):
        last += 1
    if any(t.has("quote") for t in tokens[first:last]):
        return tokens  # 广播里喊“...”: who says it, is another
    if any(t.has("out_of_scope") for t in tokens[first:last]) and not tokens[at + 1].has("colon"):
        return tokens  # 讲个笑话
    if last == first or all(t.has("times", "number", "duration_s", "question") for t in tokens[first:last]):
        return tokens
    start, end = tokens[first].start, tokens[last - 1].end
    text = Token(spelled.text[start:end], start, end, {"text": spelled.original(start, end).strip()})
    verb = Token(tokens[at].text, tokens[at].start, tokens[at].end, {"verb": "say"})
    return [*tokens[:at], verb, text, *taken_out(tokens[last:], spelled)]


def _is_comma(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].has("comma")


def _ends(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether what is said ends before this token: another step follows, or whom it is said to."""
    token, after = tokens[at], tokens[at + 1 :]
    if at == first:
        return False
    if token.has("seq") and any(t.has("verb") for t in after[:3]):
        return True
    if token.text in ("and", "to") or token.has("comma"):
        target = next((t for t in after if not t.has("filler", "seq", "and")), None)
        if target is None:
            return token.has("comma")
        return target.has("visitor") if token.text == "to" else target.has("verb") and not target.has("filler")
    return False


def _played(tokens: Sequence[Token], spelled: Spelled) -> Token:
    start, end = tokens[0].get("quote") or (tokens[0].start, tokens[-1].end)
    return Token(spelled.text[start:end], start, end, {"music_text": spelled.original(start, end).strip()})


def _heard_before(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where the music stands before its verb: 跟着《...》跳一段, 放着茉莉花跳."""
    first = next((k + 1 for k in range(len(tokens) - 1, -1, -1) if _breaks(tokens[k])), 0)
    quoted = next((k for k in range(first, len(tokens)) if tokens[k].has("quote")), None)
    if quoted is not None:
        return quoted, quoted + 1
    after = next((k + 1 for k in range(first, len(tokens)) if tokens[k].has("music")), len(tokens))
    while after < len(tokens) and tokens[after].has("filler", "of", "music"):
        after += 1
    last = next((k for k in range(after, len(tokens)) if tokens[k].meanings), len(tokens))
    return (after, last) if last > after else None


def _music(tokens: list[Token], spelled: Spelled, *, named: bool) -> list[Token]:
    """What is danced to: a quotation, or the words after ``to``; if `named`, the verb ended in it."""
    for i, token in enumerate(tokens):
        if _breaks(token) or (token.has("and") and any(t.has("verb") for t in tokens[i + 1 : i + 2])):
            break
        if token.has("quote"):
            return [*tokens[:i], _played([token], spelled), *taken_out(tokens[i + 1 :], spelled)]
        if named or (token.has("music") and not token.has("and")):
            first = i if named else i + 1
            while first < len(tokens) and tokens[first].text in ("a", "the", "some", "music", "song"):
                first += 1
            last = next((k for k in range(first, len(tokens)) if _ends_music(tokens[k])), len(tokens))
            if first < last and not any(t.has("visitor") for t in tokens[first:last]):
                return [*tokens[:first], _played(tokens[first:last], spelled), *taken_out(tokens[last:], spelled)]
            named = False
    return [*tokens[:i], *taken_out(tokens[i:], spelled)] if tokens else []


def _breaks(token: Token) -> bool:
    return token.has("comma", "sentence", "seq")


def _ends_music(token: Token) -> bool:
    return _breaks(token) or token.has("duration_s", "verb") or token.text in ("for", "and")
