"""Nothing that was said is lost: what an order names, counts and leaves out is in its goals, or somebody is asked.

The law does not know how an order was read. It compares the words that carry meaning with the slots that came of them,
so a construction that the grammar reads wrongly is asked about rather than carried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.features import SEAM_METHODS
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.grounding import Step, meant, texts, titled, with_parts
from linewalker.brain.language.lexicon import Lexicon, where_found, where_is
from linewalker.brain.language.polarity import NAMING, TURNS, polarity
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.unread import counts_things
from linewalker.brain.language.wish import INSPECTING

_TOLD = ("verdict", "statistic", "quantity", "by", "built", "shifts", "shift", "since")
"""What only a question can be about; whoever has something done today has it done now."""
_NOW = frozenset({"today", "current"})
_NO_NAMES = ("except", "methods", "classes", "text", "music")
_AMOUNTS = ("duration_s", "times", "number", "length_m", "angle_deg")


@dataclass(frozen=True)
class _Held:
    """What goals hold: names with their panels, places on the car, methods and classes; what they leave out;
    whether all of a side or of the car is inspected, and what is measured on the left of it and on the right."""

    names: frozenset[str]
    places: frozenset[str]
    kinds: frozenset[str]
    left_out: frozenset[str]
    amounts: frozenset[float]
    texts: frozenset[str]
    skills: frozenset[str]
    wide: bool
    across: bool


def lost(clauses: Sequence[Clause], steps: Sequence[Step], lexicon: Lexicon) -> tuple[str, ...]:
    """Words of an order that the goals of their own step do not hold.

    Args:
        clauses: of the order.
        steps: what was made of them; all is to be done.
        lexicon: knows what names stand for.
    """
    goals = [goal for step in steps for goal in step.goals]
    out: list[str] = []
    taken_back = [clause for step in steps for clause in step.replaced]
    for i, clause in enumerate(clauses):
        if any(clause is c for c in taken_back) or (i + 1 < len(clauses) and clauses[i + 1].lead == "correct"):
            continue
        own = [step.goals for step in steps if any(c is clause for c in step.heard)] or [tuple(goals)]
        negative = polarity(clause.tokens, clause)
        for some in own:
            out += _not_held(clause, negative, _held(some, lexicon), lexicon)
        out += _idle(clause.tokens, negative)
    return tuple(dict.fromkeys(out))


def _not_held(clause: Clause, negative: Sequence[bool], held: _Held, lexicon: Lexicon) -> Iterator[str]:
    turned = any(token.text in TURNS for token in clause.tokens)  # not the gap of the hood but its flush
    for i, (token, left_out) in enumerate(zip(clause.tokens, negative)):
        kept = left_out and (_left_out(token, held, lexicon) or _says_which(clause.tokens, i, held, lexicon))
        if not kept and not ((turned or not left_out) and _kept(token, clause, held, lexicon)):
            yield token.text


def _idle(tokens: Sequence[Token], negative: Sequence[bool]) -> list[str]:
    """A word that leaves out, where nothing is: 查但是后面，不查."""
    out = [t.text for t in tokens if t.has("not", "except") and not t.has("filler", "correct", "except_after")]
    named = any(
        (n and t.has(*NAMING, "absent") and not t.has("both")) or t.has("rest") for t, n in zip(tokens, negative)
    )
    alone = all(is_blank(t) or t.text in out for t in tokens)  # no, the right one
    return [] if named or (alone and "no" in out) else out[:1]


def _held(goals: Sequence[Goal], lexicon: Lexicon) -> _Held:
    named = {name for goal in goals for slot in goal.slots if slot not in _NO_NAMES for name in texts(goal, slot)}
    excepted = {name for goal in goals for name in texts(goal, "except")}
    names, left_out = with_parts(named, lexicon), with_parts(excepted, lexicon)
    kinds = {name for goal in goals for slot in ("methods", "classes") for name in texts(goal, slot)}
    kinds |= {lexicon.planned[name].method for name in names & lexicon.planned.keys()}
    numbers = {float(v) for goal in goals for v in goal.slots.values() if isinstance(v, int | float)}
    return _Held(
        names=names,
        places=frozenset(place for name in names for place in _places(name, lexicon)),
        kinds=frozenset(kinds),
        left_out=left_out,
        amounts=frozenset(numbers),
        texts=frozenset(v for goal in goals for v in goal.slots.values() if isinstance(v, str)),
        skills=frozenset(goal.skill for goal in goals),
        across={"left", "right"}
        <= {p for c in lexicon.vocabulary.planned if c.feature in names for p in where_found(c)},
        wide=any(goal.skill == "inspect" and not {"features", "ids"} & goal.slots.keys() for goal in goals),
    )


def _places(name: str, lexicon: Lexicon) -> Iterator[str]:
    yield name
    yield from where_is(name)
    for noun in lexicon.nouns.values():
        yield from noun.members.get(name, ())
    if name in lexicon.planned:
        yield from where_found(lexicon.planned[name])


def _left_out(token: Token, held: _Held, lexicon: Lexicon) -> bool:
    """Whether what was said to be left out is: by name, or because only other things are done."""
    stands_for = meant(token, lexicon)
    kind = token.get("method") or token.get("class")
    if kind is not None and not stands_for:
        return kind in held.left_out or (bool(held.kinds) and kind not in held.kinds)
    if stands_for:
        return bool(stands_for & held.left_out) or (not held.wide and not stands_for & held.names)
    return True


def _says_which(tokens: Sequence[Token], at: int, held: _Held, lexicon: Lexicon) -> bool:
    """Whether a method only says which of a thing named before it is left out: R3 gap, the gap of the hood."""
    said = next((t for t in reversed(tokens[:at]) if not is_blank(t)), None)
    if said is None or not said.has("ids", "noun", "name"):
        return False
    names = meant(said, lexicon)
    out = [lexicon.planned[i] for i in held.left_out & lexicon.planned.keys()]
    return any(c.method == tokens[at].get("method") and names & with_parts({c.id}, lexicon) for c in out)


def _kept(token: Token, clause: Clause, held: _Held, lexicon: Lexicon) -> bool:
    stands_for = meant(token, lexicon)
    after = clause.tokens[next(i for i, t in enumerate(clause.tokens) if t is token) + 1 :]
    if stands_for:
        return bool((stands_for | titled(token, lexicon)) & held.names) or _is_attribute(token, clause, lexicon)
    if token.text == "right" and "variant" in held.kinds and clause.tokens[-1] is token:
        return True  # that the wheels are right
    if token.has("side", "region"):
        if _across(clause.tokens) and not any(t.has("noun", "name") for t in clause.tokens):
            return {"left", "right"} <= held.places or held.across
        named = next((t for t in after if t.has("noun", "name", "region")), None)
        of_attribute = named is not None and _is_attribute(named, clause, lexicon)
        return (token.get("region") or token.get("side")) in held.places or of_attribute
    if token.has("method", "class"):
        return bool({token.get("method"), token.get("class")} & (held.kinds | held.left_out)) or _seen(token, held)
    if token.has("seam") and "inspect" in held.skills:
        return bool(SEAM_METHODS & (held.kinds | held.left_out)) or bool(held.left_out)
    if token.has("vin"):
        return token.get("vin") in held.texts
    if token.has(*_AMOUNTS):
        said = {float(token.get(kind)) for kind in _AMOUNTS if token.has(kind)}
        told = bool(said & held.amounts) or token.get("digits") in held.texts or token.has("all", "both", "filler")
        return told or counts_things(clause.tokens, len(clause.tokens) - len(after) - 1, lexicon)
    if token.has("visitor") and not is_blank(token) and held.skills <= {*INSPECTING, "go_to", "home", "wait"}:
        return False
    if token.has("visitor") and token.text[0] in "位名个" and "guide" in held.skills:
        return any(isinstance(goal_amount, float) for goal_amount in held.amounts)  # 陪位领导: how many got lost
    if token.has("place"):
        return token.get("place") in held.names
    if token.has(*_TOLD) and not token.has("filler", "question", "all", "and", "within"):
        return any(token.get(kind) in _NOW for kind in _TOLD)
    if token is clause.verb:
        return clause.skill in held.skills or clause.skill in (*INSPECTING, "go_to", "guide", "resume", "home", "wait")
    return True


def _across(tokens: Sequence[Token]) -> bool:
    """Whether left and right are both said: both ends of what was named before."""
    return {"left", "right"} <= {token.get("side") for token in tokens}


def _seen(token: Token, held: _Held) -> bool:
    """Whether a thing is looked at: that tells that it is there, and of which kind."""
    return token.get("method") in ("presence", "variant") and "look" in held.skills


def _is_attribute(token: Token, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a panel only says which of its parts is meant: the handle of the left front door."""
    panel = token.has("noun") and meant(token, lexicon) <= lexicon.panels
    others = (t for t in clause.tokens if t.has("noun", "name") and t is not token)
    return panel and any(meant(t, lexicon) & lexicon.parts for t in others)
