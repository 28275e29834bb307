"""An order cut into clauses: where one step ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linewalker.brain.language.tokens import Token

_LEADS = ("seq", "correct", "after", "before")
_CARRIED = ("not", "only", "also", "and", "filler", "all", "except", "times", "within")
_AMOUNTS = ("times", "duration_s", "angle_deg", "length_m")
_REFUSED = (["no"], ["nope"], ["不"], ["不不"], ["不", "不"])
"""What takes back what was said, where it stands alone."""
_FRONTS = ("把", "将")
"""What follows is the object of the verb that comes after it."""
_BLANK = ("filler", "of", "car", "done")
WALKS = ("go_to", "home")
_ELSEWHERE = (*WALKS, "wait", "say", "dance")
"""What is not done to a car."""


@dataclass
class Clause:
    """A stretch of an order with at most one verb.

    Attributes:
        tokens: without the marks between clauses.
        lead: what leads it in: ``seq``, ``correct``, ``after``, ``before``, ``comma``, ``sentence`` or "".
        verb: the token that says what to do, or None.
        half: it was joined to the one before by ``and``.
    """

    tokens: list[Token] = field(default_factory=list)
    lead: str = ""
    verb: Token | None = None
    half: bool = False

    @property
    def skill(self) -> str:
        """What its verb asks for."""
        return "" if self.verb is None else self.verb.get("verb") or self.verb.get("participle")


def is_blank(token: Token) -> bool:
    """Whether a token changes nothing, as far as it can be told without its neighbours."""
    return token.has(*_BLANK) or (set(token.meanings) <= {"mark", "colon"} and bool(token.meanings))


def clauses_of(tokens: list[Token], verbs: frozenset[int]) -> list[Clause]:
    """The clauses of an order.

    Args:
        tokens: of the order.
        verbs: indices of the tokens that are verbs here; others may look like one.
    """
    clauses = [Clause()]
    for i, token in enumerate(tokens):
        current = clauses[-1]
        if token.has("comma") and [t.text for t in current.tokens[-2:]] in (["-", "no"], ["-", "nope"]):
            del current.tokens[-2:]
            _next(clauses, "correct")  # the left side - no, the right one
        elif token.has("comma", "sentence"):
            _next(clauses, "comma" if token.has("comma") else "sentence")
        elif token.text == "do" and current.lead == "after" and current.verb is None and _places(current.tokens):
            _next(clauses, "seq")  # after R1 do R2
        elif token.text == "后" and any(t.has("done") for t in current.tokens) and _verb_next(tokens, i, verbs):
            _next(clauses, "seq")  # 检查完左侧后请前往 ...
        elif (
            token.text == "后"
            and any(t.text == "先" for t in tokens[:i])
            and tokens[i + 1 : i + 2]
            and any(_of_one_kind(tokens[i + 1], t) for t in current.tokens)
        ):
            _next(clauses, "seq")  # 先间隙后面差
        elif token.has(*_LEADS) and i not in verbs and not token.has("duration_s"):
            lead = next(kind for kind in _LEADS if token.has(kind))
            turned = any(t.text == "而是" for t in tokens[i + 1 :])
            first = len(clauses) == 1 and _only_blank(current.tokens)
            if lead == "correct" and token.has("not") and (first or turned or not _only_blank(current.tokens)):
                current.tokens.append(token)  # 不是左边，是右边
                continue
            if lead == "before" and not token.text.isascii() and not _only_blank(current.tokens):
                current.lead = "before"  # 回原位之前
                _next(clauses, "comma")
                continue
            if token.has("times") and not _only_blank(current.tokens):
                current.tokens.append(token)  # once
                continue
            if current.tokens and (lead == "seq" and token.has("filler") and _only_blank(current.tokens)):
                continue
            if token.text == "再" and current.verb is None and any(t.text in _FRONTS for t in current.tokens):
                continue  # 把前标志再拍一下
            led = current.skill == "guide" and not _places(current.tokens)  # 带客人先看车头
            if token.text == "先" and current.tokens and (current.verb is None or led):
                current.tokens.append(token)
                continue  # 左侧先测间隙: what of, then what first
            while current.tokens and current.tokens[-1].text in ("and", "并", "并且"):
                current.tokens.pop()  # to the rear and from there ...
            _next(clauses, lead)
            if token.has("again"):
                clauses[-1].tokens.append(token)
        elif i in verbs:
            _take_verb(clauses, token)
        else:
            current.tokens.append(token)
    return [clause for clause in clauses if clause.tokens or clause.verb is not None or clause.lead == "correct"]


def _of_one_kind(one: Token, other: Token) -> bool:
    """Whether both are ways to inspect, ids, or classes."""
    kinds = (("method", "seam"), ("ids",), ("class",))
    return any(one.has(*kind) and other.has(*kind) for kind in kinds)


def _verb_next(tokens: list[Token], at: int, verbs: frozenset[int]) -> bool:
    return next((i in verbs for i in range(at + 1, len(tokens)) if not tokens[i].has("filler") or i in verbs), False)


def _next(clauses: list[Clause], lead: str) -> None:
    """Start a clause; one in which nothing was said yet is led in by the stronger of both."""
    current = clauses[-1]
    if lead in ("comma", "sentence") and [token.text for token in current.tokens] in _REFUSED:
        current.tokens, current.lead = [], "correct"  # no, the right one
    elif current.tokens or current.verb is not None:
        clauses.append(Clause(lead=lead))
    elif lead in _LEADS or not current.lead:
        current.lead = lead if current.lead != "correct" else current.lead


def _take_verb(clauses: list[Clause], token: Token) -> None:
    current = clauses[-1]
    if current.verb is None and current.lead == "after" and _skill(token) in _ELSEWHERE and _places(current.tokens):
        clauses.append(Clause(tokens=[token], verb=token, lead="seq"))  # after the right side wait ...
        return
    if (
        current.verb is None
        and (len(clauses) > 1 or _places(current.tokens))
        and current.tokens[-1:]
        and current.tokens[-1].has("and")
        and not current.tokens[-1].has("not", "except")
        and (any(t.has(*_AMOUNTS) for t in current.tokens) or _restricts(current.tokens, clauses[:-1]))
    ):
        current.tokens.pop()  # ..., three times and check ...; ..., flush only and check ...
        clauses.append(Clause(tokens=[token], verb=token, lead="seq"))
        return
    if current.verb is None:
        current.verb = token
        current.tokens.append(token)
        return
    since = current.tokens[_index(current.tokens, current.verb) + 1 :]
    if current.skill == "guide" and _skill(token) in ("guide", "look", "go_to", "inspect") and not _places(since):
        return  # 带五位客人参观: one thing to do
    if all(
        (is_blank(t) and not t.has("car")) or t.has("and") or (current.skill == "wait" and t.has("pronoun"))
        for t in since
    ):
        walking = current.skill == "go_to" and _skill(token) != "home"
        if walking or current.skill == _skill(token) or (current.skill, _skill(token)) == ("look", "inspect"):
            current.tokens = [t for t in current.tokens if t is not current.verb]
            current.verb = token
            current.tokens.append(token)
            return
        if current.skill == "inspect" and _skill(token) == "look":
            return
    if len(clauses) > 1 and clauses[-2].skill == current.skill and _just_done(current):
        current.tokens, current.lead, current.verb = [token], "seq", token  # 跳个舞，跳完说 ...
        return
    carried = 0
    while (
        carried < len(since)
        and not (carried and since[-carried].has("and") and not since[-carried].has("not", "except"))
        and since[-1 - carried].has(*_CARRIED)
        and not (since[-1 - carried].has("noun", "side") or (since[-1 - carried].has("times") and _names(since)))
    ):
        carried += 1
    fronted = next((i for i, t in enumerate(since) if t.text in _FRONTS), len(since))
    carried = max(carried, len(since) - fronted)  # 去左侧把间隙都量了
    moved = current.tokens[len(current.tokens) - carried :]
    del current.tokens[len(current.tokens) - carried :]
    kept = [t for t in moved if not t.has("and") or t.has("not", "except")]
    clauses.append(Clause(tokens=[*kept, token], verb=token))


def _skill(token: Token) -> str:
    return str(token.get("verb") or token.get("participle"))


def _just_done(clause: Clause) -> bool:
    """Whether a clause only says that its verb is done: 跳完."""
    return len(clause.tokens) == 2 and clause.tokens[0] is clause.verb and clause.tokens[1].has("done")


def _places(tokens: list[Token]) -> bool:
    return any(token.has("side", "region", "place", "noun", "name", "ids", "thing", "area") for token in tokens)


def _restricts(tokens: list[Token], before: Sequence[Clause]) -> bool:
    """Whether a clause without a verb says more of one before it: flush only, without the wheels."""
    excepts = any(clause.verb for clause in before) and any(token.has("not", "except") for token in tokens)
    return _names(tokens) and (excepts or any(token.has("only") for token in tokens))


def _names(tokens: list[Token]) -> bool:
    return any(token.has("side", "region", "noun", "name", "ids", "method", "seam", "class") for token in tokens)


def _only_blank(tokens: list[Token]) -> bool:
    return all(is_blank(token) for token in tokens)


def _index(tokens: list[Token], token: Token) -> int:
    return next(i for i, t in enumerate(tokens) if t is token)
