"""From the clauses of an order to wishes: what each step asks for, with what is left out, how often and how quickly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.ellipsis import lean
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.noun_phrases import read_things, there
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import Things, Wish

NAMING = ("noun", "name", "ids", "thing", "side", "region", "method", "seam", "class", "place", "both")
_MARKS = ("again", "also", "pronoun", "one", "other", "rest", "only")
_HURRIED = ("within", "within_after")
_FACTS = ("since", "shift", "shifts", "statistic", "verdict", "by", "question")
_QUIET = (
    "comma",
    "sentence",
    "list",
    "slash",
    "and",
    "all",
    "not",
    "except",
    "except_after",
    "within",
    "within_after",
    "in",
    "between",
    "times_unit",
    "car",
    "vin_word",
    "visitor",
    "music",
    "verb",
    "seq",
    "after",
    "before",
    "correct",
    "coordinate",
    "unit_s",
    "unit_m",
    "done",
)
_CARRIED = ("quote", "text", "music_text", "vin", "times", "absent", "duration_s")
INSPECTING = ("inspect", "look")


def wishes_of(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Wish]:
    """The steps of an order, in the order in which they are to be done."""
    steps = _Steps()
    for clause in (half for whole in clauses for half in _halves(whole)):
        wish = wish_of(clause, lexicon)
        if clause.lead == "correct" and steps.wishes:
            wish = corrected(wish, steps.wishes.pop())
        if wish.empty:
            steps.hurry(wish)
        elif wish.skill:
            steps.take(wish, clause.lead)
        else:
            steps.take_without_verb(wish, clause.lead)
    return steps.all()


@dataclass
class _Steps:
    """The steps so far, and what was said before the step it belongs to."""

    wishes: list[Wish] = field(default_factory=list)
    waiting: Wish = field(default_factory=Wish)
    swap: bool = False

    def hurry(self, wish: Wish) -> None:
        """``Time is short`` says that a duration is a limit."""
        if "hurried" in wish.marks:
            self.waiting = self.waiting.extended(wish)

    def take(self, wish: Wish, lead: str) -> None:
        """A clause with a verb."""
        if wish.skill == "resume" and wish.things:
            wish = replace(wish, skill="inspect")  # 接着查车头
        if self.wishes and lead != "correct" and _narrows_all(wish, self.wishes):
            self.wishes = [
                w.extended(replace(wish, things=replace(wish.things, everything=False))) for w in self.wishes
            ]
            return
        if self.wishes and lead != "correct" and _adds_only(wish, self.wishes[-1]):
            self.wishes[-1] = self.wishes[-1].extended(wish)
            return
        waiting, self.waiting = self.waiting, Wish()
        own = waiting.things and (lead in ("seq", "after") or bool(waiting.things.wanted or waiting.things.classes))
        if own and (wish.skill not in INSPECTING or (wish.things.items or wish.things.sides)):
            self.wishes.append(replace(waiting, skill="inspect"))
        elif not waiting.empty:
            if "forbidden" in waiting.marks and wish.things and not wish.things.everything and "rest" not in wish.marks:
                waiting = replace(waiting, without=replace(waiting.without, sides=()))  # 右边不用查了，查车头
            wish = replace(_told(waiting, wish).extended(wish), skill=wish.skill)
        early = (lead == "after" and self.wishes) or self.swap
        self.wishes.insert(len(self.wishes) - 1 if early else len(self.wishes), wish)
        self.swap = lead == "before" and len(self.wishes) == 1

    def take_without_verb(self, wish: Wish, lead: str) -> None:
        """A clause that says what of, what not, how often, how quickly."""
        last = self.wishes[-1] if self.wishes else None
        if lead == "after" and last is None and wish.things:
            self.wishes.append(replace(wish, skill="inspect"))  # once the left side is done
        elif last is None:
            if self._own_step(wish, self.waiting, lead):
                self.wishes += [
                    replace(self.waiting, skill="inspect"),
                    replace(lean(wish, self.waiting), skill="inspect"),
                ]
                self.waiting = Wish()
            else:
                self.waiting = self.waiting.extended(wish)
        elif _only_excludes(wish):
            if last.skill in ("", *INSPECTING):
                self.wishes[-1] = last.extended(wish)
            else:
                self.waiting = self.waiting.extended(wish)
        elif _places_last(wish, last):
            self.wishes[-1] = replace(last, things=there(last.things, wish.things.sides[0]))
        elif self._own_step(wish, last, lead):
            self.wishes.append(lean(wish, last))
        elif "again" in wish.marks and last.skill not in ("", *INSPECTING):
            self.wishes.append(wish)
        else:
            self.wishes[-1] = last.extended(wish)

    @staticmethod
    def _own_step(wish: Wish, last: Wish, lead: str) -> bool:
        """Whether what was said without a verb is a step of its own rather than more of the last."""
        if not wish.things or last.empty:
            return False
        if lead == "seq":
            return True
        methods, earlier = set(wish.things.wanted), set(last.things.wanted)
        placed = (wish.things.sides or wish.things.items) and (last.things.sides or last.things.items)
        counted = "times" in wish.facts and "times" in last.facts
        return bool(methods and earlier and methods != earlier and (placed or counted))

    def all(self) -> list[Wish]:
        """The steps; what is left waiting belongs to the first."""
        if self.waiting.empty:
            return self.wishes
        return [self.wishes[0].extended(self.waiting), *self.wishes[1:]] if self.wishes else [self.waiting]


def _halves(clause: Clause) -> list[Clause]:
    """``gap on the left and flush on the right`` are two steps; ``the hood's gap and flush`` are one."""
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if not token.has("and", "list") or token.has("not", "except"):
            continue
        parts = [[t for t in part if t.has(*NAMING)] for part in (tokens[:i], tokens[i + 1 :])]
        methods = [[t.get("method") for t in part if t.has("method")] for part in parts]
        counted = all(any(t.has("times") for t in part) for part in (tokens[:i], tokens[i + 1 :]))
        whole = all(m and (counted or len(m) < len(part)) for m, part in zip(methods, parts))
        whole = whole and set(methods[0]) != set(methods[1])
        first, last = (parts[0][0], parts[0][-1]) if parts[0] else (token, token)
        ordered = counted or (bool(parts[1]) and (_both(first, parts[1][0]) or _both(last, parts[1][-1])))
        if whole and ordered:
            verb = clause.verb if any(t is clause.verb for t in tokens[:i]) else None
            return [
                Clause(tokens[:i], clause.lead, verb),
                Clause(tokens[i + 1 :], "seq", None if verb else clause.verb),
            ]
    return [clause]


def _both(one: Token, other: Token) -> bool:
    return one.has("method") and other.has("method")


def _narrows_all(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """都只测间隙 after what to inspect."""
    restricts = wish.things.wanted or wish.things.classes
    bare = not (wish.things.items or wish.things.sides or wish.without or wish.facts or wish.unknown)
    inspecting = all(w.skill == "inspect" and not (w.things.wanted or w.things.classes) for w in wishes)
    return bool(restricts) and bare and inspecting and wish.skill == "inspect" and "only" in wish.marks


def _places_last(wish: Wish, last: Wish) -> bool:
    """``the boot gap, left end``: where a thing that was named is."""
    only_side = wish == Wish(things=Things(sides=wish.things.sides), marks=wish.marks) and len(wish.things.sides) == 1
    return only_side and not wish.marks and bool(last.things.items) and not last.things.sides


def _told(waiting: Wish, wish: Wish) -> Wish:
    """How big is the gap? Measure it: what was asked is to be found out."""
    asked = waiting.facts.get("question")
    if (
        wish.skill not in INSPECTING
        or wish.things
        or not isinstance(asked, tuple)
        or set(asked) - {"value", "told", "count"}
    ):
        return waiting
    if set(waiting.facts) & {"since", "shift", "statistic"} or not waiting.things:
        return waiting
    return replace(waiting, facts={k: v for k, v in waiting.facts.items() if k not in ("question", "verdict")})


def _only_excludes(wish: Wish) -> bool:
    return bool(wish.without) and not wish.things and not wish.facts


def _adds_only(wish: Wish, last: Wish) -> bool:
    """``measure it three times`` after what to measure: no step of its own."""
    if wish.skill not in INSPECTING or last.skill not in INSPECTING:
        return False
    return not wish.things and "then" not in wish.marks and not wish.marks & {"again", "other", "one"}


def wish_of(clause: Clause, lexicon: Lexicon) -> Wish:
    """What one clause says."""
    tokens = clause.tokens
    negative = polarity(tokens, clause)
    things = read_things([t for t, n in zip(tokens, negative) if not n], lexicon)
    without = read_things([t for t, n in zip(tokens, negative) if n], lexicon)
    skill = clause.skill
    if skill in INSPECTING and without and not things and not _wanted_after_all(tokens, negative):
        skill = ""  # 别量 ...: the verb says what is not to be done
    marks = {kind for token in tokens for kind in _MARKS if token.has(kind) and not _mere(token, kind)}
    done_in_time = any(token.has("done") for token in tokens) and any(token.has("duration_s") for token in tokens)
    if done_in_time or any(token.has(*_HURRIED) and not token.has("of", "since", "pronoun") for token in tokens):
        marks.add("hurried")
    if skill != clause.skill and any(token.has("not") for token in tokens):
        marks.add("forbidden")
    if clause.lead in ("seq", "after"):
        marks.add("then")
    if twice_negated(tokens) or (skill and skill not in INSPECTING and any(t.has("not") for t in tokens)):
        marks.add("twice_negated")
    facts, used = _facts(tokens, skill)
    return Wish(
        skill=skill,
        things=things,
        without=without,
        marks=frozenset(marks),
        facts=facts,
        unknown=tuple(
            t.text for i, t in enumerate(tokens) if i not in used and t is not clause.verb and not _understood(t)
        ),
        absent=tuple(
            t.text for t, n in zip(tokens, negative) if t.has("absent") and not t.has("noun", "name") and not n
        ),
    )


def _mere(token: Token, kind: str) -> bool:
    """Words that mostly mean nothing of the kind: 那边 after a side, ``also``, ``all`` in passing."""
    if kind in ("one", "pronoun"):
        return token.has("of", "filler")
    return kind == "also" and token.has("and")


def _understood(token: Token) -> bool:
    return is_blank(token) or token.has(*NAMING, *_MARKS, *_FACTS, *_QUIET, *_CARRIED)


def _wanted_after_all(tokens: Sequence[Token], negative: Sequence[bool]) -> bool:
    """Whether something is to be inspected besides what is left out: ``everything but`` the wheels."""
    return any(token.has("all", "rest") and not n for token, n in zip(tokens, negative))


def polarity(tokens: Sequence[Token], clause: Clause) -> list[bool]:
    """For each token of a clause whether it is part of what is left out."""
    out = [False] * len(tokens)
    left_out, since = False, 0
    for i, token in enumerate(tokens):
        names_before = any(_names(t) for t in tokens[since:i])
        if token.has("except_after") and names_before and (left_out or not _names_follow(tokens, i)):
            out[since:i] = [True] * (i - since)
            left_out, since = False, i + 1
        elif token.has("not", "except"):
            if _names_follow(tokens, i):
                left_out, since = True, i
            elif any(_names(t) for t in tokens[since:i]):
                first = since
                out[first : i + 1] = [True] * (i + 1 - first)
        elif token.text == "but" and _names_follow(tokens, i) and any(t.has("all") for t in tokens[:i]):
            left_out, since = True, i  # everything but
        elif token.text == "but" and left_out and tokens[since].has("not") and not tokens[since].has("except"):
            left_out, since = False, i  # not the wheels but the mirrors
        elif left_out and (token.has("all", "rest", "only") or (token is clause.verb and tokens[since].has("except"))):
            left_out, since = False, i
        out[i] = out[i] or left_out
    return out


def twice_negated(tokens: Sequence[Token]) -> bool:
    """``don't skip the wheels``, 别漏了不量: whoever says so is asked."""
    negations = [i for i, token in enumerate(tokens) if token.has("not", "except")]
    closed = [i for i, token in enumerate(tokens) if token.has("except_after") and not token.has("filler")]
    if closed and any(t.has("not") and not _names_follow(tokens, i) for i, t in enumerate(tokens) if i > closed[-1]):
        return True  # 除关键项外都不用查
    return any(all(is_blank(t) or t.has("verb") for t in tokens[a + 1 : b]) for a, b in pairwise(negations))


def _names(token: Token) -> bool:
    return token.has(*NAMING, "absent")


def _names_follow(tokens: Sequence[Token], at: int) -> bool:
    return any(_names(token) for token in tokens[at + 1 :])


def _facts(tokens: Sequence[Token], skill: str) -> tuple[dict[str, object], set[int]]:
    """Quantities, numbers of cars, quotations and what is asked, and the tokens they were read from."""
    facts: dict[str, object] = {}
    used: set[int] = set()
    near_time = any(t.has("duration_s") for t in tokens)
    near = any(t.has("within", "within_after", "in") for t in tokens)
    for i, token in enumerate(tokens):
        metres = token.has("length_m") and (_coordinate(tokens, i, skill) or (not skill and not near))
        if token.has("duration_s") and not metres:
            limit = near or (not skill and not (i and tokens[i - 1].text == "for"))
            quick = limit and skill not in ("wait", "dance")
            facts["within_s" if quick else "duration_s"] = token.get("duration_s")
        elif token.has("length_m", "angle_deg") or (token.has("number") and _coordinate(tokens, i, skill)):
            axis = _axis(tokens, i)
            kind = next(k for k in ("length_m", "angle_deg", "number") if token.has(k))
            facts["coordinates"] = (*_tuple(facts.get("coordinates")), (axis, float(token.get(kind)), kind))
            used.add(i)
        elif token.has("times"):
            facts["times"] = int(token.get("times"))
        elif token.has("vin"):
            facts["vin"] = token.get("vin")
        elif token.has("number") and _is_car(tokens, i):
            facts["vin"] = str(token.get("digits"))
            used.add(i)
        elif token.has("number") and any(t.has("visitor") for t in tokens[i + 1 : i + 3]):
            facts["count"] = int(token.get("number"))
            used.add(i)
        elif token.has("quote"):
            facts["quote"] = token.get("quote")
        elif token.has("text"):
            facts["text"] = token.get("text")
        elif token.has("music_text"):
            facts["music"] = token.get("music_text")
    for kind in _FACTS:
        found = [
            token for token in tokens if token.has(kind) and not (token.has("within", "within_after") and near_time)
        ]
        if found:
            facts[kind] = found[0].get(kind) if kind != "question" else tuple(t.get(kind) for t in found)
    return facts, used


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _coordinate(tokens: Sequence[Token], at: int, skill: str) -> bool:
    return (skill == "go_to" or any(t.has("coordinate") for t in tokens[max(0, at - 2) : at])) and not _is_car(
        tokens, at
    )


def _axis(tokens: Sequence[Token], at: int) -> str:
    for token in reversed(tokens[max(0, at - 2) : at]):
        if token.has("coordinate"):
            return str(token.get("coordinate"))
        if token.has("length_m", "number"):
            return ""
    return ""


def _is_car(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is the end of a car's: of four digits or more, or beside a word that says so."""
    digits = tokens[at].get("digits")
    if not isinstance(digits, str) or "." in digits:
        return False
    beside = [t for t in tokens[max(0, at - 2) : at + 2] if t is not tokens[at]]
    return len(digits) >= 4 or (len(digits) >= 2 and any(t.has("car", "vin_word") for t in beside))


def corrected(wish: Wish, wrong: Wish) -> Wish:
    """What was meant in place of what was said."""
    if wish.skill and wish.things.items:
        return wish
    return lean(wish, wrong)
