"""Nothing is done that was not said: every slot of a goal rests on words of its own step, or of the one it leans on.

The converse of `conservation`. Neither knows how an order was read: both compare words with slots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linewalker.brain.language.clauses import Clause
from linewalker.brain.language.features import SEAM_METHODS
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.lexicon import Lexicon, where_found, where_is
from linewalker.brain.language.noun_phrases import RUNS
from linewalker.brain.language.nouns import POSITIONS
from linewalker.brain.language.polarity import polarity
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import INSPECTING

_THEM_ALL = ("都", "全都", "all", "each")
_SCOPE = ("noun", "name", "ids", "thing", "area", "side", "region", "vin")
_REPEATED = ("again", "correct", "duration_s", "number", "text", "quote", "music_text", "verb")
_LATERAL = frozenset({"left", "right"})
_AMOUNTS = ("duration_s", "times", "number", "length_m", "angle_deg", "times_unit")
_ANY_SIDE = ("other", "both")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was made of one step of an order.

    Attributes:
        goals: that were read in it.
        heard: the clauses it was read from.
        borrowed: those of earlier steps that say what it leaves unsaid.
        replaced: those it takes back.
    """

    goals: tuple[Goal, ...]
    heard: tuple[Clause, ...] = ()
    borrowed: tuple[Clause, ...] = ()
    replaced: tuple[Clause, ...] = ()

    @property
    def told(self) -> list[Token]:
        """All its words, with those it borrows."""
        return [token for clause in (*self.heard, *self.borrowed) for token in clause.tokens]


def unsaid(steps: Sequence[Step], lexicon: Lexicon) -> Iterator[str]:
    """What is to be done that no word accounts for, as ``skill slot``, or ``skill`` for all of a goal."""
    goals = [goal for step in steps for goal in step.goals]
    if _said_twice(goals):
        yield goals[-1].skill
    for step in steps:
        heard, before = _wanted(step.heard), _wanted(step.borrowed)
        for goal in step.goals:
            if not _verb_said(goal, step) or _unbidden(goal, step, goals):
                yield goal.skill
            for slot, value in goal.slots.items():
                if not _said(slot, value, heard, before, step.told, lexicon):
                    yield f"{goal.skill} {slot}"
            yield from _unselected(goal, lexicon)
        if _strangers(step, lexicon):
            yield "features"


def texts(goal: Goal, slot: str) -> tuple[str, ...]:
    """The names in a slot."""
    value = goal.slots.get(slot, ())
    return value if isinstance(value, tuple) else (str(value),)


def with_parts(names: set[str], lexicon: Lexicon) -> frozenset[str]:
    """Names with what they stand for: of a group its members, of an id its feature, of a seam its panels."""
    found = {member for name in names for member in lexicon.members(name)} | names
    found |= {item.feature for item in lexicon.vocabulary.planned if item.id in found}
    return frozenset(found | {panel for name in found if "/" in name for panel in name.split("/")})


def meant(token: Token, lexicon: Lexicon) -> frozenset[str]:
    """All that a name may stand for."""
    if token.has("ids"):
        return frozenset(token.get("ids"))
    if token.has("name"):
        return with_parts({token.get("name")}, lexicon)
    if token.has("noun"):
        return frozenset(lexicon.nouns[token.get("noun").key].members)
    return frozenset(token.get(kind) for kind in ("thing", "area") if token.has(kind))


def titled(token: Token, lexicon: Lexicon) -> frozenset[str]:
    """What a noun stands for where a part of another kind is called so: the emblem in front."""
    return frozenset(str(lexicon.meanings(f"{where} {token.text}").get("name")) for where in POSITIONS)


def _wanted(clauses: Sequence[Clause]) -> list[Token]:
    """The tokens that say what is wanted."""
    return [t for clause in clauses for t, n in zip(clause.tokens, polarity(clause.tokens, clause)) if not n]


def _verb_said(goal: Goal, step: Step) -> bool:
    if goal.skill in (*INSPECTING, "go_to", "guide"):
        return True
    return any(c.skill == goal.skill for c in (*step.heard, *step.borrowed)) or any(
        t.has(*_REPEATED) for t in step.told
    )


def _said(
    slot: str,
    value: object,
    heard: Sequence[Token],
    before: Sequence[Token],
    told: Sequence[Token],
    lexicon: Lexicon,
) -> bool:
    names = value if isinstance(value, tuple) else (value,)
    if slot in ("features", "ids", "part", "place", "places", "area"):
        return all(_named(str(name), heard, before, told, lexicon) for name in names)
    if slot == "side":
        return _placed(str(value), heard, before)
    if slot == "methods":
        return all(_method(str(name), told) for name in names)
    if slot == "classes":
        return all(any(t.get("class") == name for t in told) for name in names)
    if isinstance(value, int | float):
        return any(t.has(*_AMOUNTS, "all", "both") for t in told)
    return True


def _placed(side: str, heard: Sequence[Token], before: Sequence[Token]) -> bool:
    """Whether a side was said, or stands across from one that was."""
    tokens = [*heard, *before]
    return any(side in (t.get("side"), t.get("region")) or t.has(*_ANY_SIDE) for t in tokens)


def _named(name: str, heard: Sequence[Token], before: Sequence[Token], told: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a feature, part or place was named, and nothing else was said of where it is."""
    if name in _LATERAL or name in ("front", "rear"):
        return _placed(name, heard, before)
    known = with_parts({name}, lexicon)
    by = [t for t in told if with_parts(set(meant(t, lexicon)), lexicon) & known or t.get("place") == name]
    by += [t for t in told if t.has("noun") and name in titled(t, lexicon)]
    ids = [t for t in told if t.has("ids")]
    if not by:  # P1 to P4; the other side of L3
        return bool(ids) and any(t.text in RUNS or t.has(*_ANY_SIDE, "side", "region") for t in told)
    return _there(name, by, heard, before, lexicon)


def _there(name: str, by: Sequence[Token], heard: Sequence[Token], before: Sequence[Token], lexicon: Lexicon) -> bool:
    if any(t.has("ids", "name", "place", "area") for t in by):
        return True
    lateral = (
        where_is(name) | (where_found(lexicon.planned[name]) if name in lexicon.planned else frozenset())
    ) & _LATERAL
    if len(lateral) != 1:
        return True
    said = {t.get("side") or t.get("region") for t in heard} & _LATERAL
    said = said or {t.get("side") or t.get("region") for t in before} & _LATERAL
    free = not said or any(t.has(*_ANY_SIDE) for t in (*heard, *before))
    alone = all(len(_at_sides(t, lexicon)) < 2 for t in by)
    return free or alone or lateral <= said


def _at_sides(token: Token, lexicon: Lexicon) -> set[str]:
    """Left and right, if a noun has parts on both."""
    noun = lexicon.nouns[token.get("noun").key] if token.has("noun") else None
    return set() if noun is None else {p for own in noun.members.values() for p in own} & _LATERAL


def _method(name: str, told: Sequence[Token]) -> bool:
    said = any(t.get("method") == name or (name == "variant" and t.text == "right") for t in told)
    return said or (name in SEAM_METHODS and any(t.has("seam") for t in told)) or any(t.has("ids") for t in told)


def _said_twice(goals: Sequence[Goal]) -> bool:
    """Whether one step is the one before, or goes twice to one place: nobody asks for that but by a slip."""
    tours = [texts(goal, "places") for goal in goals]
    return any(one == other for one, other in pairwise(goals)) or any(len(set(t)) < len(t) for t in tours)


def _scoped(goal: Goal) -> bool:
    """Whether an inspection is of something that was named."""
    return goal.skill == "inspect" and bool({"features", "ids", "side", "area", "vin"} & goal.slots.keys())


def _unbidden(goal: Goal, step: Step, goals: Sequence[Goal]) -> bool:
    """Whether all of the plan is inspected, or all that is there or not, and nobody said so in this step."""
    if goal.skill != "inspect" or _scoped(goal):
        return False
    own = [token for clause in step.heard for token in clause.tokens]
    of_those = any(t.has("also", "again", "pronoun") for t in own)  # 面差也都测: of all that was spoken of
    if any(
        t.has("car")
        or (t.has("rest") and "except" in goal.slots)
        or (t.has("all") and not (of_those and t.text in _THEM_ALL))
        for t in own
    ):
        return False
    before = goals[: next(i for i, g in enumerate(goals) if g is goal)]
    led_in = any(clause.verb and (clause.lead == "seq" or not before) for clause in step.heard)
    if "classes" in goal.slots and not step.borrowed and led_in:
        return any({"side", "area"} & g.slots.keys() for g in before)  # then the critical items: there, or all?
    spoken_of = [*_wanted(step.heard), *_wanted(step.borrowed)]
    if any(map(_scoped, goals)) or any(t.has(*_SCOPE) for t in spoken_of):
        return True  # 量H1，间隙也量: of all of the car?
    mere = {"times", "within_s"} | ({"methods"} if not any(clause.verb for clause in step.heard) else set())
    return not goal.slots.keys() - mere and not SEAM_METHODS & set(texts(goal, "methods"))


def _unselected(goal: Goal, lexicon: Lexicon) -> Iterator[str]:
    """What is named in an inspection of which its methods and classes leave nothing."""
    for name in (*texts(goal, "features"), *texts(goal, "ids")):
        own = lexicon.planned.get(name)
        planned = [own] if own else [c for c in lexicon.vocabulary.planned if c.feature in with_parts({name}, lexicon)]
        methods, classes = texts(goal, "methods"), texts(goal, "classes")
        if own and methods and own.method not in methods:
            yield name
        if classes and planned and not {c.severity for c in planned} & set(classes):
            yield name


def _strangers(step: Step, lexicon: Lexicon) -> bool:
    """Whether a seam is measured of which only one panel was named, though two were that have one between them."""
    named = [meant(t, lexicon) for t in _wanted(step.heard) if t.has("noun", "name")]
    panels = [names & lexicon.panels for names in named if names & lexicon.panels and not names & lexicon.parts]
    meet = [a for a, b in pairwise(panels) if any(lexicon.seam_of(one, other) for one in a for other in b)]
    if not meet:
        return False
    seams = {name for goal in step.goals for name in texts(goal, "features") if "/" in name}
    return not all(_between_named(seam.split("/"), panels) for seam in seams)


def _between_named(ends: Sequence[str], panels: Sequence[frozenset[str]]) -> bool:
    """Whether both panels of a seam were named, each by a word of its own."""
    first, second = ([i for i, names in enumerate(panels) if end in names] for end in ends)
    return any(i != j for i in first for j in second)
