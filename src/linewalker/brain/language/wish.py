"""What one step of an order asks for, before names are looked up: it can be completed from what was said before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from linewalker.brain.language.clauses import Clause

T = TypeVar("T")
INSPECTING = ("inspect", "look")
"""Skills that are asked for in the same words."""
_WHOLE = ("car", "vehicle", "plan", "车", "计划")
Positions = frozenset[str]
"""Left or right, front or rear, or one of each."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that was named.

    Attributes:
        noun: key of a group of parts, or "".
        name: name of the catalogue that was said outright, or "".
        ids: of the plan, if ids were said.
        thing: of a pack.
        area: of the plan.
        positions: where on the car.
        number: ``one``, ``many`` (or all), or ``open`` as Chinese leaves it.
        joined: it was said in one breath with the item before it.
        method: of an id that was said with it, where its stem has more.
        axes: in which the parts of its noun differ: ``lateral``, ``longitudinal``.
    """

    noun: str = ""
    name: str = ""
    ids: tuple[str, ...] = ()
    thing: str = ""
    area: str = ""
    positions: Positions = frozenset()
    number: str = "one"
    joined: bool = False
    method: str = ""
    axes: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Things:
    """What is named in one stretch of an order: items, and sides, methods, classes that restrict.

    Attributes:
        everything: all there is was said.
        seam, between: of a seam, of what is between the items.
        listed: a side and a thing were joined by ``and``: both are meant.
    """

    items: tuple[Item, ...] = ()
    sides: tuple[Positions, ...] = ()
    methods: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    everything: bool = False
    seam: bool = False
    between: bool = False
    listed: bool = False

    def __bool__(self) -> bool:
        said = self.items or self.sides or self.methods or self.classes or self.places
        return bool(said or self.everything or self.seam)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The methods: of a seam its gap, unless something else of it is named."""
        return self.methods or (("gap",) if self.seam else ())

    def __add__(self, other: Things) -> Things:
        return Things(
            items=self.items + other.items,
            sides=_union(self.sides, other.sides),
            methods=_union(self.methods, other.methods),
            classes=_union(self.classes, other.classes),
            places=_union(self.places, other.places),
            everything=self.everything or other.everything,
            seam=self.seam or other.seam,
            between=self.between or other.between,
            listed=self.listed or other.listed,
        )


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One step.

    Attributes:
        skill: what is to be done; "" if only what of was said.
        things, without: what of, and what not.
        marks: ``again``, ``also``, ``pronoun``, ``one``, ``other``, ``rest``, ``only``, ``then``, ``twice_negated``.
        facts: of questions: since, verdict, statistic and so on; quantities; what was quoted.
        unknown: words that were not understood.
        absent: parts that were named and that no car here has.
        heard: the clauses it was read from.
        borrowed: those of earlier steps that say what it leaves unsaid.
        replaced: those it takes back.
    """

    skill: str = ""
    things: Things = Things()
    without: Things = Things()
    marks: frozenset[str] = frozenset()
    facts: dict[str, object] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    heard: tuple[Clause, ...] = field(default=(), compare=False)
    borrowed: tuple[Clause, ...] = field(default=(), compare=False)
    replaced: tuple[Clause, ...] = field(default=(), compare=False)

    @property
    def empty(self) -> bool:
        """Nothing was said that matters."""
        meant = self.marks - {"then", "only", "hurried", "verb_lost", "once", "same", "joined"}
        return not (self.skill or self.things or self.without or meant or self.facts or self.unknown or self.absent)

    @property
    def says_whole(self) -> bool:
        """Whether all of the car or of the plan is meant, wherever the robot is and whatever was said before."""
        tokens = (token for clause in self.heard for token in clause.tokens)
        return any(token.has("all") and any(word in token.text for word in _WHOLE) for token in tokens)

    def extended(self, more: Wish) -> Wish:
        """With what was said besides."""
        return replace(
            self,
            skill=self.skill or more.skill,
            things=self.things + more.things,
            without=_apart(self.without, more.without),
            marks=self.marks | more.marks | _clash(self.facts, more.facts),
            facts={**self.facts, **more.facts, **_chained(self.facts, more.facts)},
            unknown=self.unknown + more.unknown,
            absent=self.absent + more.absent,
            heard=self.heard + more.heard,
            borrowed=self.borrowed + more.borrowed,
            replaced=self.replaced + more.replaced,
        )

    def leaning_on(self, earlier: Wish) -> Wish:
        """The same, part of what it asks for having been said in an earlier step."""
        return replace(self, borrowed=(*self.borrowed, *earlier.heard, *earlier.borrowed))


def _union(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one + other))


def _apart(one: Things, other: Things) -> Things:
    """Exceptions that were said one after the other: no flush, and not the left side."""
    both = one + other
    return replace(both, listed=True) if one and other and one != other else both


def _clash(one: dict[str, object], other: dict[str, object]) -> frozenset[str]:
    """One step is not done both twice and once: whoever says so is asked."""
    both = one.get("times", 0), other.get("times", 0)
    return frozenset({"either"}) if all(both) and both[0] != both[1] else frozenset()


def _chained(one: dict[str, object], other: dict[str, object]) -> dict[str, object]:
    """Coordinates said one after the other."""
    first, second = one.get("coordinates"), other.get("coordinates")
    return {"coordinates": (*first, *second)} if isinstance(first, tuple) and isinstance(second, tuple) else {}
