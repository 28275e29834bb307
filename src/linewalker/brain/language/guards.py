"""What is refused before anything is read out of it: text from the world, safety, what no skill does, conditions."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.tokens import Token

_GUARDED = frozenset({"out_of_scope", "world_source", "world_says", "world_obey", "unsafe", "hedge", "condition"})


def guard(tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """Refuse an order as a whole.

    Raises:
        Trouble: it is not to be read at all.
    """
    if _from_the_world(tokens):
        raise Trouble(code="world_text", refused=True)
    if any("abilities" in str(token.get("question")) for token in tokens):
        raise Trouble(code="abilities", choices=[skill.title for skill in lexicon.skills.values()])
    if any(token.has("unsafe") for token in tokens):
        raise Trouble(code="unsafe", refused=True)
    if any(_only(token, "out_of_scope") for token in tokens):
        titles = [skill.title for skill in lexicon.skills.values()]
        raise Trouble(code="out_of_scope", choices=titles, refused=True)
    for token in tokens:
        if _only(token, "condition") or _only(token, "hedge"):
            raise Trouble(code="condition", what=token.text)


def _only(token: Token, kind: str) -> bool:
    """Whether a token means this and nothing an order could be made of."""
    return token.has(kind) and set(token.meanings) <= _GUARDED


def _from_the_world(tokens: Sequence[Token]) -> bool:
    """Whether an order passes on what a label, a screen or a message says."""
    says = [i for i, token in enumerate(tokens) if token.has("world_says")]
    sources = [i for i, token in enumerate(tokens) if token.has("world_source")]
    obeys = any(token.has("world_obey") for token in tokens)
    quoted = any(token.has("quote") for token in tokens)
    if quoted and (says or sources or obeys):
        return True
    if sources and obeys:
        return True
    for source in sources:
        for i in says:
            plain = _only(tokens[i], "world_says")
            if i == source:
                continue
            if (0 < i - source <= 4) or (plain and 0 < source - i <= 4):
                return plain or i > source
    return False
