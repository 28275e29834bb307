"""From the clauses of an order to its steps: a clause is a step, or says more of the one before or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from linewalker.brain.language.clauses import WALKS, Clause
from linewalker.brain.language.correction import corrected, methods_of
from linewalker.brain.language.doubt import counts_alone, counts_amid, in_doubt, later, narrows_some, same_again
from linewalker.brain.language.ellipsis import lean
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.narrowing import narrows_all
from linewalker.brain.language.noun_phrases import there
from linewalker.brain.language.reading import wish_of
from linewalker.brain.language.wish import INSPECTING, Things, Wish

_ALIKE = frozenset({"one", "other", "pronoun", "same", "again", "also"})
"""Marks that say that a step is as the one before: then the right one."""


def wishes_of(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Wish]:
    """The steps of an order, in the order in which they are to be done."""
    steps = _Steps(lexicon)
    for clause in clauses:
        wish = wish_of(clause, lexicon)
        if clause.lead == "correct" and not wish.empty and (wrong := steps.taken_back()):
            wish = corrected(wish, wrong)
        elif clause.lead == "correct" and not wish.empty:
            wish = replace(wish, marks=wish.marks | {"instead"})  # of an order before
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

    lexicon: Lexicon
    wishes: list[Wish] = field(default_factory=list)
    waiting: Wish = field(default_factory=Wish)
    swap: bool = False
    fronts: bool = False  # an exception was said last, which may be of what follows

    def hurry(self, wish: Wish) -> None:
        """``Time is short`` says that a duration is a limit."""
        if "hurried" in wish.marks:
            self.waiting = self.waiting.extended(wish)

    def taken_back(self) -> Wish | None:
        """The latest step, which was said wrongly; None if there is none."""
        if self.wishes:
            return self.wishes.pop()
        waiting, self.waiting = self.waiting, Wish()
        return None if waiting.empty else waiting

    def hear(self, wish: Wish) -> None:
        """A clause that changes nothing of the last step but belongs to it."""
        if self.wishes:
            self.wishes[-1] = replace(self.wishes[-1], heard=self.wishes[-1].heard + wish.heard)
        else:
            self.waiting = replace(self.waiting, heard=self.waiting.heard + wish.heard)

    def both_of_it(self) -> None:
        """What was named last is meant on the left and on the right."""
        wish = self.wishes[-1] if self.wishes else self.waiting
        items = tuple(i if i.positions & {"left", "right"} else replace(i, number="many") for i in wish.things.items)
        wish = replace(wish, things=replace(wish.things, items=items))
        if self.wishes:
            self.wishes[-1] = wish
        else:
            self.waiting = wish

    def narrow_all(self, wish: Wish) -> None:
        """Say of all that is inspected how."""
        self.wishes = [w if w.skill in WALKS else w.extended(wish) for w in self.wishes]

    def take(self, wish: Wish, lead: str) -> None:
        """A clause with a verb."""
        fronts, self.fronts = self.fronts, False
        if wish.skill == "resume" and wish.things:
            wish = replace(wish, skill="inspect")  # 接着查车头
        if self.wishes and lead != "correct" and narrows_all(wish, self.wishes):
            self.narrow_all(replace(wish, things=replace(wish.things, everything=False), marks=frozenset()))
            return
        if self.wishes and lead != "correct" and _adds_only(wish, self.wishes[-1]):
            self.wishes[-1] = self.wishes[-1].extended(wish)
            return
        last = self.wishes[-1] if self.wishes else Wish()
        if "refused" in last.marks and last.skill == wish.skill and "refused" not in wish.marks:
            self.wishes.pop()  # don't go to the front, go to the rear
        if wish.skill in INSPECTING and _both_places(wish, last if self.wishes else self.waiting):
            wish = replace(wish, things=Things())  # 左右都量
        all_of_it = wish.things == Things(everything=True) and not wish.says_whole
        if not lead and last.skill == wish.skill == "inspect" and all_of_it:
            self.hear(wish)
            return  # 两侧检都查
        if not lead and last.skill in WALKS and wish == Wish(skill="wait") and _stays(wish, last):
            self.hear(wish)
            return  # 回原位待命
        if _instead(wish, last):
            self.wishes[-1] = replace(last, things=last.things + wish.things, without=replace(last.without, methods=()))
            self.hear(wish)
            return
        wish = _on_the_tour(wish, last)
        if lead == "comma" and _says_how(wish, last):
            self.wishes[-1] = last.extended(replace(wish, things=replace(wish.things, everything=False)))
            return
        if (lead == "comma" and in_doubt(wish, last, fronts)) or (lead == "seq" and later(self.waiting)):
            wish = replace(wish, marks=wish.marks | {"unsure"})
        if lead in ("seq", "comma") and wish.skill == "inspect" and _other_method(wish, last):
            self.wishes.append(_of_the_same(wish, last))
            return
        if lead in ("seq", "comma") and same_again(wish, last, self.lexicon):
            wish = replace(wish, marks=wish.marks | {"inherits"})
        waiting, self.waiting = self.waiting, Wish()
        narrowed = waiting.things.wanted or waiting.things.classes or (waiting.things.items and waiting.facts)
        own = bool(waiting.things) and (lead in ("seq", "after", "sentence") or bool(narrowed))
        if own and (wish.skill not in INSPECTING or (wish.things.items or wish.things.sides)):
            self.wishes.append(replace(waiting, skill="inspect"))
        elif not waiting.empty:
            waiting = _turned(waiting, wish)
            if "forbidden" in waiting.marks and wish.things and not wish.things.everything and "rest" not in wish.marks:
                if "same" in wish.marks and not wish.things.wanted:  # 别量左边的缝，量右边的
                    wish = replace(wish, things=replace(wish.things, methods=waiting.without.wanted))
                waiting = replace(waiting, without=replace(waiting.without, sides=()))  # 右边不用查了，查车头
            wish = replace(_told(waiting, wish).extended(wish), skill=wish.skill)
        early = (lead == "after" and self.wishes) or self.swap
        self.wishes.append(replace(wish, marks=wish.marks | {"early"}) if early else wish)
        self.swap = lead == "before" and len(self.wishes) == 1

    def take_without_verb(self, wish: Wish, lead: str) -> None:
        """A clause that says what of, what not, how often, how quickly."""
        last = self.wishes[-1] if self.wishes else None
        before = last or self.waiting
        if lead != "seq" and (counts_alone(wish, before) or narrows_some(wish, before)):
            wish = replace(wish, marks=wish.marks | {"unsure"})
        if lead == "before":
            wish = replace(wish, marks=wish.marks | {"listed"})  # before the front: before what is done there?
        if lead == "after" and last is None and wish.things:
            self.wishes.append(replace(wish, skill="inspect"))  # once the left side is done
        elif _both_places(wish, last or self.waiting) and not wish.facts:
            self.hear(wish)
            self.both_of_it()  # left and right of it
        elif last is None:
            self._wait(wish, lead)
        elif _only_excludes(wish):
            if lead == "seq" or wish.heard[0].tokens[0].text in ("并", "并且"):
                self.waiting = self.waiting.extended(wish)  # then, without the wheels, the left side
            elif last.skill in ("", *INSPECTING):
                self.wishes[-1] = last.extended(wish)
                self.fronts = wish.heard[0].tokens[0].has("except")
            else:
                self.waiting = self.waiting.extended(wish)
        elif _places_last(wish, last):
            self.wishes[-1] = replace(last, things=there(last.things, wish.things.sides[0]))
            self.hear(wish)
        elif lead == "comma" and last.skill == "go_to" and last.things and wish.things.items:
            self.wishes.append(replace(wish, marks=wish.marks | {"listed"}))  # go to the rear, the plate
        elif lead == "comma" and len(self.wishes) > 1 and narrows_all(replace(wish, skill="inspect"), self.wishes):
            self.narrow_all(replace(wish, marks=frozenset()))  # L1, then L3, gap only
        elif "joined" in wish.marks and last.things.items and lead == "comma":
            self.wishes[-1] = lean(wish, last)  # 测右前门，跟翼子板的面差
        elif wish.things and last.skill in ("say", "dance"):
            self.wishes.append(replace(wish, skill="inspect"))  # say "starting", do the left side
        elif self._own_step(wish, last, lead):
            self.wishes.append(_of_the_same(wish, last))
        elif "again" in wish.marks and last.skill not in ("", *INSPECTING):
            self.wishes.append(wish)
        elif lead == "seq" and "within_s" in wish.facts and not wish.things:
            self.wishes.append(replace(wish, marks=wish.marks | {"unsure"}))  # then five seconds: of what?
        elif "within_s" in wish.facts and not wish.things:
            self.wishes[-1] = last.extended(replace(wish, marks=frozenset()))  # it must not take longer than ...
        else:
            if len(self.wishes) > 1 and wish.things.items and _bare_methods(last) and _bare_methods(self.wishes[-2]):
                named = replace(wish.things, methods=(), seam=False)  # the gap, then the flush, of the hood
                self.wishes[-2] = replace(self.wishes[-2].leaning_on(wish), things=self.wishes[-2].things + named)
            self.wishes[-1] = last.extended(wish)
            if wish.things.items and last.things.sides and last.skill in INSPECTING and not last.things.items:
                self.wishes[-1] = replace(self.wishes[-1], marks=self.wishes[-1].marks | {"listed"})

    def _wait(self, wish: Wish, lead: str) -> None:
        """What is said before any step."""
        if _only_side(self.waiting) and _unplaced(wish):
            placed = there(wish.things, self.waiting.things.sides[0])
            waiting = self.waiting
            self.waiting = replace(
                wish, things=placed, marks=wish.marks | waiting.marks, heard=waiting.heard + wish.heard
            )
        elif self._own_step(wish, self.waiting, lead):
            self.wishes += [
                replace(self.waiting, skill="inspect"),
                replace(_of_the_same(wish, self.waiting), skill="inspect"),
            ]
            self.waiting = Wish()
        else:
            self.waiting = _turned(self.waiting, wish).extended(wish)

    @staticmethod
    def _own_step(wish: Wish, last: Wish, lead: str) -> bool:
        """Whether what was said without a verb is a step of its own rather than more of the last."""
        if not wish.things or last.empty:
            return False
        if lead == "seq":
            return True
        if "times" in wish.facts and "times" in last.facts and (wish.things.sides or wish.things.items):
            return True  # 左侧两遍，右侧三遍
        methods = set(wish.things.wanted) | methods_of(wish)
        earlier = set(last.things.wanted) | methods_of(last)
        placed = (wish.things.sides or wish.things.items) and (last.things.sides or last.things.items)
        counted = "again" in wish.marks or ("times" in wish.facts and "times" in last.facts)
        return bool(methods and earlier and methods != earlier and (placed or counted))

    def all(self) -> list[Wish]:
        """The steps; what is left waiting belongs to the first."""
        if not self.waiting.empty:
            self.wishes[:1] = [self.wishes[0].extended(self.waiting) if self.wishes else self.waiting]
        done: list[Wish] = []
        for wish in self.wishes:
            early = "early" in wish.marks and done
            marks = wish.marks | ({"unsure"} if wish.skill in INSPECTING and counts_amid(wish) else set())
            done.insert(len(done) - 1 if early else len(done), replace(wish, marks=marks - {"early"}))
        return done


def _turned(waiting: Wish, wish: Wish) -> Wish:
    """左前门的间隙不要，要面差: what was said of where holds, what was said of how is replaced."""
    without, methods = waiting.without, wish.things.methods
    placed = (without.items or without.sides) and without.methods and not waiting.things
    if placed and methods and wish.things == Things(methods=methods) and not set(methods) & set(without.methods):
        return replace(waiting, things=replace(without, methods=()), without=Things())
    return waiting


def _stays(wish: Wish, last: Wish) -> bool:
    """去右边待着: where it was sent it stays anyway."""
    return last.skill == "home" or any(token.text == "着" for clause in wish.heard for token in clause.tokens)


def _says_how(wish: Wish, last: Wish) -> bool:
    """量H1那里，间隙和面差都量: how what was just named is to be inspected."""
    bare = not (wish.things.items or wish.things.sides or wish.without or wish.unknown or wish.marks)
    open_how = bool(last.things.items or last.things.sides) and not last.things.wanted
    said = wish.skill in INSPECTING and last.skill == "inspect" and bool(wish.things.methods)
    return said and bare and open_how


def _other_method(wish: Wish, last: Wish) -> bool:
    """``then the flush`` after the gap of something."""
    bare = not (wish.things.items or wish.things.sides or wish.things.everything or wish.without or wish.unknown)
    placed = bool(last.things.items or last.things.sides)
    return bare and placed and bool(wish.things.wanted) and set(wish.things.wanted) != set(last.things.wanted)


def _bare_methods(wish: Wish) -> bool:
    """Whether a step says how but not what of."""
    things = wish.things
    return wish.skill in INSPECTING and bool(things.methods) and things == Things(methods=things.methods)


def _instead(wish: Wish, last: Wish) -> bool:
    """左侧不量间隙，量面差: one method in place of another."""
    only_methods = wish == replace(wish, things=Things(methods=wish.things.methods), without=Things(), unknown=())
    refused = bool(last.without.methods) and not (last.without.items or last.without.sides or last.things.wanted)
    return wish.skill == last.skill == "inspect" and refused and only_methods and bool(wish.things.methods)


def _of_the_same(wish: Wish, last: Wish) -> Wish:
    """Another step on the same things, as often as it says itself."""
    if last.skill in ("go_to", "guide") and (wish.things.sides or wish.things.items or wish.things.places):
        return replace(wish, skill=last.skill)
    facts = {name: value for name, value in last.facts.items() if name == "vin"}
    before = last.things
    how, narrowed = before.wanted or before.classes, wish.things.wanted or wish.things.classes
    placed = wish.things.items or wish.things.sides or wish.things.places
    if placed and how and not narrowed and not wish.marks & _ALIKE:
        wish = replace(wish, marks=wish.marks | {"inherits"})
    if placed and narrowed:
        before = replace(before, methods=(), seam=False, classes=())
    return lean(wish, replace(last, facts=facts, things=before, without=Things() if placed else last.without))


def _both_places(wish: Wish, last: Wish) -> bool:
    """``trunk to bumper flush, left and right``: all of what was named."""
    sides = sorted(p for side in wish.things.sides for p in side)
    across = sides in (["left", "right"], ["front", "rear"])
    bare = not (wish.things.items or wish.things.methods or wish.things.classes or wish.without)
    return across and bare and bool(last.things.items) and not wish.unknown


def _places_last(wish: Wish, last: Wish) -> bool:
    """``the boot gap, left end``: where a thing that was named is."""
    return _only_side(wish) and not wish.marks and bool(last.things.items) and not last.things.sides


def _only_side(wish: Wish) -> bool:
    return wish == Wish(things=Things(sides=wish.things.sides), marks=wish.marks) and len(wish.things.sides) == 1


def _unplaced(wish: Wish) -> bool:
    """Whether all that is named is on both sides: on the left, the front door to the rear door."""
    items = wish.things.items
    return bool(items) and all("lateral" in i.axes and not i.positions & {"left", "right"} for i in items)


def _told(waiting: Wish, wish: Wish) -> Wish:
    """How big is the gap? Measure it: what was asked is to be found out."""
    asked = waiting.facts.get("question")
    if (
        wish.skill not in INSPECTING
        or wish.things
        or not isinstance(asked, tuple)
        or set(asked) - {"value", "told", "count", "amount"}
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


def _on_the_tour(wish: Wish, last: Wish) -> Wish:
    """What people are shown next, if they are led: 先看车头，再看充电口."""
    shown = wish.things.sides or wish.things.items
    if last.skill != "guide" or not shown:
        return wish
    if wish == Wish(skill="look", things=wish.things, marks=wish.marks):
        looks = any(token.get("verb") == "look" for clause in last.heard for token in clause.tokens)
        sure = looks or _toured(last) or not _led_to(last)
        return replace(wish, skill="guide", marks=wish.marks if sure else wish.marks | {"unsure"})
    if wish.skill == "go_to" and _toured(last):
        return replace(wish, skill="guide")  # 带客户先去左侧，再去车尾
    return wish


def _led_to(tour: Wish) -> bool:
    """Whether it was said where to."""
    return bool(tour.things.sides or tour.things.items or tour.things.places)


def _toured(tour: Wish) -> bool:
    """Whether more places of a tour follow: first the left side."""
    return any(t.text in ("先", "首先", "first") for clause in tour.heard for t in clause.tokens)
