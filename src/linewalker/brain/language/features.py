"""From things as they were named to names of the catalogue and ids of the plan, or to what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from linewalker.brain.language.lexicon import Lexicon, where_is
from linewalker.brain.language.nouns import AXES, OPPOSITE, base_of
from linewalker.brain.language.wish import Item, Positions

SEAM_METHODS = frozenset({"gap", "flush"})


class Unresolved(Exception):  # internal: caught where an order is interpreted
    """Things that can not be looked up.

    Attributes:
        code: ``no_such_part``, or ``which`` if several would do.
        what: as it was named.
        choices: what there is.
    """

    def __init__(self, code: str, what: str, choices: Iterable[str]):
        super().__init__(code)
        self.code, self.what, self.choices = code, what, tuple(choices)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was looked up: names of seams and parts, and ids, each once."""

    features: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Features:
    """Looks things up.

    Args:
        lexicon: with catalogue and plan.
    """

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon

    def find(self, items: Sequence[Item], methods: Sequence[str], *, between: bool = False) -> Found:
        """The features that are meant by items of one order.

        Raises:
            Unresolved: there is none, or it is not said which.
        """
        features: list[str] = []
        ids: list[str] = []
        at = 0
        items = self._side_by_side(items) if len(items) > 2 else items
        if between and len(items) == 1 and items[0].noun:
            names = self.names(items[0], every=True)
            among = tuple(s.name for s in self._lexicon.seams.values() if s.master in names and s.slave in names)
            if among:  # the gap between the left doors
                return Found(features=among)
        while at < len(items):
            item = items[at]
            if item.ids:
                self._take_ids(item, methods if len(items) == 1 or len(item.ids) > 1 else (), features, ids)
                at += 1
                continue
            seams = self._pair(items, at, methods)
            if seams:
                where = self._not_of_the_part(item) | self._not_of_the_part(items[at + 1])
                at_side = self._ids_at(seams, methods, where) if where else []
                ids += at_side
                features += () if at_side else seams
                at += 1 if at + 2 < len(items) and self._pair(items, at + 1, methods) else 2
                continue
            more, found = self._single(item, methods)
            features += more
            ids += found
            at += 1
        return Found(features=tuple(dict.fromkeys(features)), ids=tuple(dict.fromkeys(ids)))

    def names(self, item: Item, *, every: bool = False) -> tuple[str, ...]:
        """Parts and panels an item stands for.

        Args:
            item: one.
            every: take all there are without asking which.
        """
        if item.thing:
            return (item.thing,)
        if item.area:
            raise Unresolved("which", item.area, self._lexicon.members(item.area))
        if item.name:
            return (self._moved_name(item.name, item.positions),)
        noun = self._lexicon.nouns[item.noun]
        found = noun.at(item.positions)
        if not found and (titled := self._titled(item)):
            return (titled,)
        if not found:
            raise Unresolved("no_such_part", _said(item), tuple(noun.members))
        if every or len(found) == 1 or item.number == "many":
            return found
        planned = [name for name in found if name in self._lexicon.planned_features]
        parts_alone = all(name in self._lexicon.parts for name in found) and not _seamed(found, self._lexicon)
        if parts_alone and ((item.number == "open" and item.noun != "door") or len(planned) == 1):
            return found if item.number == "open" else tuple(planned)
        raise Unresolved("which", _said(item), found)

    def left_out(self, items: Sequence[Item], methods: Sequence[str]) -> tuple[str, ...]:
        """What exceptions stand for: names, ids, or the name of a group."""
        out: list[str] = []
        at = 0
        while at < len(items):
            item = items[at]
            seams = self._pair(items, at, methods, every=True)
            if item.ids:
                found = Found(
                    ids=tuple(i for i in item.ids if not methods or self._lexicon.planned[i].method in methods)
                )
                out += found.ids
            elif seams:
                out += self._measured(seams, methods) or seams
                at += 1
            elif item.area:
                out += self._measured(tuple(self._lexicon.selected((item.area,))), methods) or (item.area,)
            else:
                names = self.names(item, every=True)
                seams = tuple(seam for name in names for seam in self._lexicon.seams_at(name))
                out += self._measured((*names, *seams), methods) or self._grouped(item, names)
            at += 1
        return tuple(dict.fromkeys(out))

    def _measured(self, features: Sequence[str], methods: Sequence[str]) -> tuple[str, ...]:
        """The ids of what is inspected in some ways; none if it was not said in which."""
        planned = self._lexicon.vocabulary.planned
        return tuple(item.id for item in planned if item.feature in features and item.method in methods)

    # -------------------------------------------------------------------------------------------------------- inside
    def _grouped(self, item: Item, names: tuple[str, ...]) -> tuple[str, ...]:
        """The name of the group if all of it is meant."""
        noun = self._lexicon.nouns.get(item.noun)
        named = noun is not None and all(base_of(name) == noun.key for name in noun.members)
        if noun is not None and named and len(names) > 1 and set(names) == set(noun.members):
            return (noun.plural,)
        return names

    def _take_ids(self, item: Item, methods: Sequence[str], features: list[str], ids: list[str]) -> None:
        wanted = [self._lexicon.planned[i] for i in item.ids]
        wanted = [c for c in wanted if not methods or c.method in methods] if len(wanted) > 1 else wanted
        if item.positions:
            for c in wanted:
                there = self._moved_name(c.feature, item.positions)
                same = [p.id for p in self._lexicon.vocabulary.planned if (p.feature, p.method) == (there, c.method)]
                if not same:
                    raise Unresolved("no_such_part", there, self._lexicon.planned_features)
                ids += same[:1]
        elif len(wanted) == 1 and methods and wanted[0].method not in methods:
            features.append(wanted[0].feature)
        else:
            ids += [c.id for c in wanted]

    def _titled(self, item: Item) -> str:
        """The part that is called so where it is, though it is of another kind: the emblem in front."""
        called = (f"{where} {word}" for where in item.positions for word in self._lexicon.said(item.noun))
        return next((str(m["name"]) for phrase in called if "name" in (m := self._lexicon.meanings(phrase))), "")

    def _moved_name(self, name: str, positions: Positions) -> str:
        """The part in the same place on another side."""
        for p in positions:
            name = name.replace(OPPOSITE[p], p) if p not in where_is(name) or AXES[p] == "lateral" else name
        known = name in self._lexicon.seams or name in self._lexicon.parts or name in self._lexicon.panels
        if not known:
            raise Unresolved("no_such_part", name, ())
        return name

    def _side_by_side(self, items: Sequence[Item]) -> Sequence[Item]:
        """左右前门和翼子板: of each side the seam between the two."""
        runs = {noun: [item for item in items if item.noun == noun] for noun in (items[0].noun, items[-1].noun)}
        both = [run for run in runs.values() if _across(run)]
        if len(runs) != 2 or not both or sum(map(len, runs.values())) != len(items) or not items[-1].joined:
            return items
        out: list[Item] = []
        for side in ("left", "right"):
            pair = [next((i for i in run if side in i.positions), run[0]) for run in runs.values()]
            placed = [replace(i, positions=i.positions - {"left", "right"} | {side}, joined=False) for i in pair]
            if not any(self._lexicon.seam_of(a, b) for a in self._panels(placed[0]) for b in self._panels(placed[1])):
                return items
            out += [placed[0], replace(placed[1], joined=True)]
        return out

    def _pair(self, items: Sequence[Item], at: int, methods: Sequence[str], *, every: bool = False) -> tuple[str, ...]:
        """The seam between an item and the next, if both were said in one breath and have one."""
        if at + 1 >= len(items) or not items[at + 1].joined:
            return ()
        one, other = items[at], items[at + 1]
        if not self._seam_meant(one, methods) or not self._seam_meant(other, methods):
            return ()
        sides = [self._panels(item) for item in (one, other)]
        found = [s for a in sides[0] for b in sides[1] if (s := self._lexicon.seam_of(a, b)) is not None]
        found = list(dict.fromkeys(found))
        if len(found) > 1 and not every and "many" not in (one.number, other.number):
            raise Unresolved("which", f"{_said(one)} / {_said(other)}", found)
        return tuple(found)

    def _seam_meant(self, item: Item, methods: Sequence[str]) -> bool:
        if set(methods) & SEAM_METHODS:
            return True
        return not methods and any(name not in self._lexicon.parts for name in self._panels(item))

    def _panels(self, item: Item) -> tuple[str, ...]:
        if item.name:
            return (item.name,) if item.name in self._lexicon.panels else ()
        if not item.noun:
            return ()
        return tuple(n for n in self._lexicon.nouns[item.noun].at(item.positions) if n in self._lexicon.panels)

    def _single(self, item: Item, methods: Sequence[str]) -> tuple[list[str], list[str]]:
        """Features and ids of an item that stands alone."""
        names = self.names(item)
        if names[0] in self._lexicon.seams:
            return list(names), []
        seams_meant = bool(set(methods) & SEAM_METHODS)
        parts = [name for name in names if name in self._lexicon.parts or item.thing]
        if parts and not seams_meant:
            return list(self._grouped(item, names)), []
        extra = self._not_of_the_part(item)
        seams = [seam for name in names for seam in self._lexicon.seams_at(name) if extra <= where_is(seam)]
        if not seams and extra:
            ids = self._ids_at([s for name in names for s in self._lexicon.seams_at(name)], methods, extra)
            if ids:
                return [], ids
            there = [s.name for s in self._lexicon.vocabulary.seams if {s.master, s.slave} & set(names)]
            raise Unresolved("which", _said(item), [name for name in there if extra <= where_is(name)] or there)
        if not seams:
            raise Unresolved("no_such_part", _said(item), [*names])
        return seams, []

    def _not_of_the_part(self, item: Item) -> Positions:
        """What was said of where it is that does not tell one part from another: the hood on the left."""
        noun = self._lexicon.nouns.get(item.noun)
        if noun is None:
            return frozenset()
        axes = {AXES[p] for own in noun.members.values() for p in own}
        return frozenset(p for p in item.positions if AXES[p] not in axes)

    def _ids_at(self, seams: Sequence[str], methods: Sequence[str], where: Positions) -> list[str]:
        """Characteristics whose own title says where on a long seam they are."""
        found = [c for c in self._lexicon.vocabulary.planned if c.feature in seams]
        found = [c for c in found if all(p in c.title.en.lower().replace(",", " ").split() for p in where)]
        return [c.id for c in found if not methods or c.method in methods]


def _across(items: Sequence[Item]) -> bool:
    """Whether one thing was named on the left and on the right."""
    return len(items) == 2 and {"left", "right"} <= {p for item in items for p in item.positions}


def _seamed(names: Sequence[str], lexicon: Lexicon) -> bool:
    return any(name in lexicon.panels and name in lexicon.planned_features for name in names)


def _said(item: Item) -> str:
    return " ".join((*sorted(item.positions), item.noun or item.name or item.thing))
