"""Quantities in a row of tokens: durations, lengths, angles, how often."""

from __future__ import annotations

from linewalker.brain.language.tokens import Token

_COUNTED = {
    "a": 1.0,
    "an": 1.0,
    "another": 1.0,
    "one": 1.0,
    "一个": 1.0,
    "两个": 2.0,
    "a couple of": 2.0,
    "couple of": 2.0,
}
_ENDS = ("comma", "sentence", "seq", "filler", "and", "method", "class", "only")
_UNITS = {"unit_s": "duration_s", "unit_m": "length_m", "unit_deg": "angle_deg"}


def with_quantities(tokens: list[Token]) -> list[Token]:
    """The tokens, numbers with their units taken together.

    Kinds of the tokens that are made: ``duration_s``, ``length_m``, ``angle_deg`` and ``times``; a unit that may be
    two (``m``) gives a token of both kinds.
    """
    out: list[Token] = []
    tokens = _pairs(tokens)
    at = 0
    while at < len(tokens):
        token, length = _quantity(tokens, at)
        if token.text in ("后", "later") and out and out[-1].has("duration_s"):
            token = Token(token.text, token.start, token.end, {"seq": "seq"})  # 半分钟后
        out.append(token)
        at += length
    return _sums(out)


def _pairs(tokens: list[Token]) -> list[Token]:
    """Without the comma between two coordinates: (1.5, -2)."""
    sent = next((i for i, t in enumerate(tokens) if t.get("verb") == "go_to" or t.has("coordinate")), len(tokens))
    return [t for i, t in enumerate(tokens) if not (i > sent and t.has("comma") and _between_numbers(tokens, i))]


def _between_numbers(tokens: list[Token], at: int) -> bool:
    after = at + 1 + (_text(tokens, at + 1) in ("-", "负"))
    return tokens[at - 1].has("number") and after < len(tokens) and tokens[after].has("number")


def _quantity(tokens: list[Token], at: int) -> tuple[Token, int]:
    token = tokens[at]
    sign, first = 1.0, at
    if token.text == "x" and at and _number_is_count(tokens, at + 1) and not tokens[at - 1].has("verb", "coordinate"):
        count = tokens[at + 1]
        return Token(f"x {count.text}", token.start, count.end, {"times": int(count.get("number"))}), 2  # gap x3
    if token.text in ("-", "负") and at + 1 < len(tokens) and tokens[at + 1].has("number"):
        sign, first = -1.0, at + 1
    head = tokens[first]
    if head.has("number") or (head.text in _COUNTED and _unit_follows(tokens, first + 1)):
        value, at_unit = (float(head.get("number")) if head.has("number") else _COUNTED[head.text]), first + 1
        if _text(tokens, at_unit) in ("and",) and _half_follows(tokens, at_unit + 1):
            value, at_unit = value + 0.5, at_unit + 2 + (_text(tokens, at_unit + 1) == "a")
        if _text(tokens, at_unit) in ("个", "a", "an"):
            at_unit += 1
        if head.text in ("两个", "一个", "几个") or _text(tokens, at_unit - 1) == "个":
            half = _number_is(tokens, at_unit, 0.5)  # 两个半小时
            value, at_unit = value + 0.5 * half, at_unit + half
        if at_unit < len(tokens) and tokens[at_unit].has(*_UNITS):
            unit = tokens[at_unit]
            meanings = {_UNITS[kind]: sign * value * float(unit.get(kind)) for kind in _UNITS if unit.has(kind)}
            return _joined(tokens, at, at_unit, meanings), at_unit - at + 1
        counted = first + 1 + (_text(tokens, first + 1) in ("more", "additional", "further"))
        if sign > 0 and counted < len(tokens) and tokens[counted].has("times_unit") and value == int(value) > 0:
            return _joined(tokens, at, counted, {"times": int(value)}), counted - at + 1
        if sign < 0:
            return _joined(tokens, at, first, {"number": -value}), 2
    return token, 1


def _sums(tokens: list[Token]) -> list[Token]:
    """一分三十秒, 一分半, ``a minute and a half``, ``1 min 30 s`` as one."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        before = out[-1] if out else None
        seconds = before.get("duration_s") if before is not None else None
        if before is not None and seconds is not None:
            unit_s = 60.0 if seconds < 3600 else 3600.0
            skip = 1 if token.text == "and" and at + 1 < len(tokens) else 0
            more = tokens[at + skip]
            if more.has("duration_s") and more.get("duration_s") < unit_s:
                out[-1] = _sum(before, more, seconds + more.get("duration_s"))
                at += skip + 1
                continue
            if skip and _half_follows(tokens, at + 1):
                last = at + 2 if _text(tokens, at + 1) == "a" else at + 1
                out[-1] = _sum(before, tokens[last], seconds + 0.5 * unit_s)
                at = last + 1
                continue
            if token.has("number") and 1 < token.get("number") < 60 <= seconds < 3600 and not _counted(tokens, at):
                out[-1] = _sum(before, token, seconds + token.get("number"))  # 1 minute 20
                at += 1
                continue
            if _number_is(tokens, at, 0.5) and seconds >= 60:
                out[-1] = _sum(before, token, seconds + 0.5 * unit_s)
                at += 1
                continue
        out.append(token)
        at += 1
    return out


def _sum(one: Token, other: Token, seconds: float) -> Token:
    return Token(f"{one.text} {other.text}", one.start, other.end, {"duration_s": seconds})


def _joined(tokens: list[Token], first: int, last: int, meanings: dict[str, float]) -> Token:
    text = " ".join(token.text for token in tokens[first : last + 1])
    return Token(text, tokens[first].start, tokens[last].end, dict(meanings))


def _text(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _unit_follows(tokens: list[Token], at: int) -> bool:
    """Whether a unit of time follows, after a half perhaps."""
    while at < len(tokens) and (_text(tokens, at) in ("and", "a", "个") or _number_is(tokens, at, 0.5)):
        at += 1
    return at < len(tokens) and tokens[at].has("unit_s")


def _number_is(tokens: list[Token], at: int, value: float) -> bool:
    return at < len(tokens) and tokens[at].get("number") == value


def _half_follows(tokens: list[Token], at: int) -> bool:
    return _number_is(tokens, at, 0.5) or (_text(tokens, at) == "a" and _number_is(tokens, at + 1, 0.5))


def _counted(tokens: list[Token], at: int) -> bool:
    """Whether a number counts something that follows it."""
    return at + 1 < len(tokens) and tokens[at + 1].has("visitor", "times_unit", "car", "unit_m", "unit_deg")


def _number_is_count(tokens: list[Token], at: int) -> bool:
    """Whether a whole number stands at the end of a clause."""
    if at >= len(tokens) or not tokens[at].has("number") or tokens[at].get("number") % 1:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].has(*_ENDS)
