"""Nothing that was said is lost: what an order names, counts and leaves out is in its goals, or somebody is asked.

The law does not know how an order was read. It compares the words that carry meaning with the slots that came of them,
so a construction that the grammar reads wrongly is asked about rather than carried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.features import SEAM_METHODS
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.lexicon import Lexicon, where_found, where_is
from linewalker.brain.language.nouns import OPPOSITE, POSITIONS
from linewalker.brain.language.polarity import NAMING, TURNS, polarity
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.unread import counts_things
from linewalker.brain.language.wish import INSPECTING

_TOLD = ("verdict", "statistic", "quantity", "by", "built", "shifts", "shift", "since")
"""What only a question can be about; whoever has something done today has it done now."""
_NOW = frozenset({"today", "current"})
_NO_NAMES = ("except", "methods", "classes", "text", "music")
_ALL = ("all", "rest", "car", "again", "also", "pronoun", "done")
_REPEATED = ("again", "correct", "duration_s", "number", "text", "quote", "music_text", "verb")
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


def lost(clauses: Sequence[Clause], goals: Sequence[Goal], lexicon: Lexicon) -> tuple[str, ...]:
    """Words of an order that none of its goals holds.

    Args:
        clauses: of the order.
        goals: that were read in it; all are to be done.
        lexicon: knows what names stand for.
    """
    held = _held(goals, lexicon)
    out: list[str] = []
    for i, clause in enumerate(clauses):
        if i + 1 < len(clauses) and clauses[i + 1].lead == "correct":
            continue  # taken back
        negative = polarity(clause.tokens, clause)
        turned = any(token.text in TURNS for token in clause.tokens)  # not the gap of the hood but its flush
        for token, left_out in zip(clause.tokens, negative):
            kept = left_out and _left_out(token, held, lexicon)
            kept = kept or ((turned or not left_out) and _kept(token, clause, held, lexicon))
            if not kept and token.text not in out:
                out.append(token.text)
        out += _idle(clause.tokens, negative)
    if (
        _unbidden(goals, clauses)
        or _said_twice(goals)
        or _strangers(goals, clauses, lexicon)
        or _aside(goals, clauses, lexicon)
    ):
        out += [token.text for clause in clauses for token in clause.tokens][:1]
    if any(_unsaid(goal, clauses) for goal in goals):
        out += [token.text for token in clauses[0].tokens][:1]
    return tuple(dict.fromkeys(out))


def _unsaid(goal: Goal, clauses: Sequence[Clause]) -> bool:
    """Whether a step that is none of an inspection is done though neither its verb nor a word of its kind was said."""
    if goal.skill in (*INSPECTING, "go_to", "guide") or any(clause.skill == goal.skill for clause in clauses):
        return False
    return not any(t.has(*_REPEATED) for clause in clauses for t in clause.tokens)


def _idle(tokens: Sequence[Token], negative: Sequence[bool]) -> list[str]:
    """A word that leaves out, where nothing is: 查但是后面，不查."""
    out = [t.text for t in tokens if t.has("not", "except") and not t.has("filler", "correct", "except_after")]
    named = any(
        (n and t.has(*NAMING, "absent") and not t.has("both")) or t.has("rest") for t, n in zip(tokens, negative)
    )
    alone = all(is_blank(t) or t.text in out for t in tokens)  # no, the right one
    return [] if named or (alone and "no" in out) else out[:1]


def _scoped(goal: Goal) -> bool:
    """Whether an inspection is of something that was named."""
    return goal.skill == "inspect" and bool({"features", "ids", "side", "area", "vin"} & goal.slots.keys())


def _said_twice(goals: Sequence[Goal]) -> bool:
    """Whether one step is the one before, or goes twice to one place: nobody asks for that but by a slip."""
    tours = [_texts(goal, "places") for goal in goals]
    return any(one == other for one, other in pairwise(goals)) or any(len(set(t)) < len(t) for t in tours)


def _unbidden(goals: Sequence[Goal], clauses: Sequence[Clause]) -> bool:
    """Whether all of the plan is inspected, or all that is there or not, and nobody said so."""
    tokens = [token for clause in clauses for token in clause.tokens]
    if any(token.has(*_ALL) for token in tokens):
        return False
    if any(_scoped(goal) for goal in goals) and not all(_scoped(goal) for goal in goals if goal.skill == "inspect"):
        return True  # 量H1，间隙也量: of all of the car?
    mere = {"times", "within_s"} | ({"methods"} if not any(clause.verb for clause in clauses) else set())
    wide = [goal for goal in goals if goal.skill == "inspect" and not goal.slots.keys() - mere]
    return any(not SEAM_METHODS & set(_texts(goal, "methods")) for goal in wide)


def _strangers(goals: Sequence[Goal], clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a seam is measured of which only one panel was named, though it was said between which two it is."""
    named = [[_meant(t, lexicon) for t in clause.tokens if t.has("noun", "name", "ids")] for clause in clauses]
    between = any(t.has("between") for clause in clauses for t in clause.tokens)
    if not between or not any(len(set(names)) > 1 for names in named):
        return False
    known = _with_parts({name for names in named for meant in names for name in meant}, lexicon)
    seams = {name for goal in goals for name in _texts(goal, "features") if "/" in name}
    return any(not set(seam.split("/")) <= known for seam in seams)


def _aside(goals: Sequence[Goal], clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether something is on the right though only left was said."""
    said = [t for clause in clauses for t, n in zip(clause.tokens, polarity(clause.tokens, clause)) if not n]
    sides = {t.get("side") or t.get("region") for t in said} & {"left", "right"}
    if len(sides) != 1 or any(t.has("other", "both", "ids", "name") for t in said):
        return False
    other = OPPOSITE[next(iter(sides))]
    names = {name for goal in goals for slot in ("features", "part", "place", "places") for name in _texts(goal, slot)}
    groups = {name: noun for noun in lexicon.nouns.values() for name in noun.members}
    return any(
        other in groups[name].members[name] and groups[name].at(frozenset(sides)) for name in names & groups.keys()
    ) or any("/" in name and other in where_is(name) and not sides & where_is(name) for name in names)


def _held(goals: Sequence[Goal], lexicon: Lexicon) -> _Held:
    named = {name for goal in goals for slot in goal.slots if slot not in _NO_NAMES for name in _texts(goal, slot)}
    excepted = {name for goal in goals for name in _texts(goal, "except")}
    names, left_out = _with_parts(named, lexicon), _with_parts(excepted, lexicon)
    kinds = {name for goal in goals for slot in ("methods", "classes") for name in _texts(goal, slot)}
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


def _texts(goal: Goal, slot: str) -> tuple[str, ...]:
    value = goal.slots.get(slot, ())
    return value if isinstance(value, tuple) else (str(value),)


def _with_parts(names: set[str], lexicon: Lexicon) -> frozenset[str]:
    """Names with what they stand for: of a group its members, of an id its feature, of a seam its panels."""
    found = {member for name in names for member in lexicon.members(name)} | names
    found |= {item.feature for item in lexicon.vocabulary.planned if item.id in found}
    return frozenset(found | {panel for name in found if "/" in name for panel in name.split("/")})


def _places(name: str, lexicon: Lexicon) -> Iterator[str]:
    yield name
    yield from where_is(name)
    for noun in lexicon.nouns.values():
        yield from noun.members.get(name, ())
    if name in lexicon.planned:
        yield from where_found(lexicon.planned[name])


def _left_out(token: Token, held: _Held, lexicon: Lexicon) -> bool:
    """Whether what was said to be left out is: by name, or because only other things are done."""
    meant = _meant(token, lexicon)
    kind = token.get("method") or token.get("class")
    if kind is not None and not meant:
        return kind in held.left_out or (bool(held.kinds) and kind not in held.kinds)
    if meant:
        return bool(meant & held.left_out) or (not held.wide and not meant & held.names)
    return True


def _kept(token: Token, clause: Clause, held: _Held, lexicon: Lexicon) -> bool:
    meant = _meant(token, lexicon)
    after = clause.tokens[next(i for i, t in enumerate(clause.tokens) if t is token) + 1 :]
    if meant:
        titled = {lexicon.meanings(f"{where} {token.text}").get("name") for where in POSITIONS}  # the emblem in front
        return bool((meant | titled) & held.names) or _is_attribute(token, clause, lexicon)
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


def _meant(token: Token, lexicon: Lexicon) -> frozenset[str]:
    """All that a name may stand for."""
    if token.has("ids"):
        return frozenset(token.get("ids"))
    if token.has("name"):
        return _with_parts({token.get("name")}, lexicon)
    if token.has("noun"):
        return frozenset(lexicon.nouns[token.get("noun").key].members)
    return frozenset(token.get(kind) for kind in ("thing", "area") if token.has(kind))


def _is_attribute(token: Token, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a panel only says which of its parts is meant: the handle of the left front door."""
    panel = token.has("noun") and _meant(token, lexicon) <= lexicon.panels
    others = (t for t in clause.tokens if t.has("noun", "name") and t is not token)
    return panel and any(_meant(t, lexicon) & lexicon.parts for t in others)
