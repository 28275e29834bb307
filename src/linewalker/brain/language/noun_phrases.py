"""Things named in a row of tokens: nouns with where they are, sides, methods, classes.

Left, right, front and rear are shared out over what is listed: in ``the left front and rear door`` both doors are on
the left, 左右前门 are two front doors, and ``fender to front door on the left`` are both there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from linewalker.brain.language.clauses import is_blank
from linewalker.brain.language.lexicon import Lexicon, where_is
from linewalker.brain.language.nouns import AXES, alternatives_of, placed
from linewalker.brain.language.spelling import is_han
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import Item, Positions, Things

LINKS = ("to", "against", "towards", "versus", "vs", "meets", "meet", "from", "对", "到", "至", "比")
"""Words between two panels of a seam."""
RUNS = ("to", "through", "thru", "until", "till", "到", "至", "~")
"""Words between the first and the last of a row of ids."""
_BE = ("is", "are", "was", "were")
_THIS = (
    "一个",
    "一扇",
    "一只",
    "一条",
    "那个",
    "这个",
    "那条",
    "这条",
    "那扇",
    "这扇",
    "那只",
    "这只",
    "那道",
    "这道",
    "那一个",
    "这一个",
    "某个",
)


@dataclass
class _Row:
    """What was read so far."""

    items: list[Item] = field(default_factory=list)
    sides: list[Positions] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    buffer: list[tuple[str, bool, bool]] = field(default_factory=list)  # a side; said as a region; after ``and``
    everything: bool = False
    joined: bool = False
    every: bool = False
    trailing: list[Positions] = field(default_factory=list)
    listed: bool = False
    run: bool = False  # from the id before to the next
    listing: bool = False  # after ``and``


def read_things(tokens: Sequence[Token], lexicon: Lexicon) -> Things:
    """The things named in a row of tokens of one clause, in the order in which they were said."""
    row = _Row()
    for i, token in enumerate(tokens):
        following = tokens[i + 1 :]
        if token.has("both") and (_about_sides(token) or _next_noun(following)):
            _take_both(row, token, following)
        elif token.has("noun", "name", "ids", "thing", "area") and not (
            token.has("method") and _next_noun(following, 2)
        ):
            if i and token.has("noun") and _typed_twice(tokens[i - 1], token, lexicon):
                continue
            adjoins = _adjoins(tokens[:i]) and token.has("noun") and _both_panels(row, token, lexicon)
            row.joined = row.joined or adjoins or any(t.has("between") for t in tokens)
            _take_noun(row, token, lexicon)
            if i and tokens[i - 1].text in _THIS and row.items[-1].number == "open":
                row.items[-1] = replace(row.items[-1], number="one")  # 那个轮子
        elif token.text == "right" and i + 1 == len(tokens) and row.items and _is_so(tokens):
            row.methods.append("variant")  # were the wheels right?
        elif token.has("side", "region"):
            apart = _after_and(tokens[:i])
            row.buffer.append((token.get("region") or token.get("side"), token.has("region"), apart))
        elif token.has("place"):
            row.places.append(token.get("place"))
        elif token.has("method", "seam"):
            _take_method(row, tokens, i)
        elif token.has("class"):
            _flush(row)
            row.classes.append(token.get("class"))
        elif token.has("and", "list", "slash", "between") or token.text in (*LINKS, *RUNS):
            if row.buffer and row.items and _said_after(tokens[:i]):
                _place(row)  # the wheels on the left and the mirror ...
            _join(row, token, following)
        elif token.has("number") and token.get("number") > 1 and _next_noun(following, 2):
            row.every = True  # 四门
        elif token.has("all", "both"):
            row.every = True
            row.everything = row.everything or token.get("all") == "all"
    _flush(row)
    _open_stem(row, lexicon, loose=any(t.has("ids") and " " in t.text for t in tokens))
    items = _shared(_parts_of(row.items, lexicon), row.trailing)
    return Things(
        items=tuple(items),
        sides=tuple(dict.fromkeys(row.sides)),
        methods=tuple(dict.fromkeys(row.methods)),
        classes=tuple(dict.fromkeys(row.classes)),
        places=tuple(dict.fromkeys(row.places)),
        everything=row.everything and not items,
        seam=any(token.has("seam") for token in tokens),
        between=any(token.has("between") for token in tokens) or _side_to_side(tokens, row),
        listed=row.listed or _class_and_side(tokens),
    )


def _is_so(tokens: Sequence[Token]) -> bool:
    """Whether ``right`` is no side: were the wheels right, confirm that they are right."""
    return tokens[0].text in _BE or tokens[-2].text in _BE


def _open_stem(row: _Row, lexicon: Lexicon, *, loose: bool) -> None:
    """``L1 gap and flush``: two ways of one place, not one id and all flush there is.

    Args:
        row: as it was read.
        lexicon: with the plan.
        loose: an id was not written as in the plan: ``R3 gap``.
    """
    last = row.items[-1] if row.items else Item()
    if last.method and not row.methods and all(i.ids and not i.method for i in row.items[:-1]) and loose:
        ids = [tuple(c for c in i.ids if lexicon.planned[c].method == last.method) for i in row.items[:-1]]
        row.items[:-1] = [replace(i, ids=own) if own else i for i, own in zip(row.items[:-1], ids)]  # L2 and R3 gap
    item = row.items[0] if len(row.items) == 1 else Item()
    if item.method and row.methods and item.method not in row.methods:
        stem = item.ids[0].split("-")[0]
        row.items[0] = replace(item, ids=tuple(i for i in lexicon.planned if i.split("-")[0] == stem), method="")
        row.methods.insert(0, item.method)


def _take_both(row: _Row, token: Token, following: Sequence[Token]) -> None:
    """``both`` of what follows, or left and right of what was named."""
    sides = [frozenset({"left"}), frozenset({"right"})]
    if _next_noun(following):
        row.every = True
        row.buffer += [("left", False, False), ("right", False, False)] if _about_sides(token) else []
    elif len(row.items) == 1 and _in_the_middle(row.items[0]):
        row.items = [replace(row.items[0], positions=side) for side in sides]
    elif row.items:
        row.items = [replace(item, number="many") if item.noun else item for item in row.items]
    else:
        row.sides += sides


def _take_method(row: _Row, tokens: Sequence[Token], at: int) -> None:
    """A seam, or how something is inspected."""
    token, following = tokens[at], tokens[at + 1 : at + 3]
    _flush(row)
    if token.has("seam") and len(following) == 2 and following[0].has("and", "list") and following[1].has("method"):
        row.methods.append("gap")  # 缝和高低差
    if token.text.endswith("s") and at and tokens[at - 1].has("noun") and row.items[-1].number == "one":
        row.items[-1] = replace(row.items[-1], number="many")  # the fender gaps
    row.methods += [token.get("method")] if token.has("method") else []


def _class_and_side(tokens: Sequence[Token]) -> bool:
    """Whether a class and a side are joined by ``and``: both are meant, and not what is of both."""
    said = [t for t in tokens if not is_blank(t)]
    row = zip(said, said[1:], said[2:])
    return any(
        b.has("and", "list") and ((a.has("class") and c.has("region", "side")) or (a.has("region") and c.has("class")))
        for a, b, c in row
    )


def _side_to_side(tokens: Sequence[Token], row: _Row) -> bool:
    """``left front to left rear``: of what is between, as far as only sides are named."""
    linked = [i for i, t in enumerate(tokens) if t.text in ("to", "against", "到", "至", "对")]
    sides = [i for i, t in enumerate(tokens) if t.has("side")]
    return not row.items and any(sides and sides[0] < i < sides[-1] for i in linked)


def _take_noun(row: _Row, token: Token, lexicon: Lexicon) -> None:
    noun = token.get("noun")
    first, _, last = token.text.partition(" ")
    if noun and first in ("back", "rear") and row.buffer and {s for s, _, _ in row.buffer} <= {"left", "right"}:
        other = lexicon.meanings(last).get("noun")
        if other and not any(p & {"left", "right"} for p in lexicon.nouns[noun.key].members.values()):
            row.buffer.append(("rear", False, False))  # the right back door
            noun = other
    if token.has("ids"):
        ids = _run(row, token, lexicon)
        method = lexicon.planned[ids[0]].method if len(ids) == 1 and "-" in ids[0] else ""
        features = {lexicon.planned[i].feature for i in ids}
        name = features.pop() if len(features) == 1 else ""
        row.items.append(Item(ids=ids, name=name, joined=row.joined, method=method))
        row.run = False
    elif token.has("area"):
        where = alternatives_of([(side, apart) for side, _, apart in row.buffer]) or [frozenset()]
        row.items += [Item(area=token.get("area"), positions=positions, joined=row.joined) for positions in where]
        row.buffer.clear()
    elif token.has("name") and not (noun and row.buffer):
        if {side for side, _, _ in row.buffer} <= where_is(token.get("name")):
            row.buffer.clear()  # 尾部的RS标
        _flush(row)
        row.items.append(Item(name=token.get("name"), joined=row.joined))
    elif noun is None:
        row.items.append(Item(thing=token.get("thing"), joined=row.joined))
    else:
        number = "many" if row.every else noun.number
        alternatives = alternatives_of([(side, apart) for side, _, apart in row.buffer]) or [frozenset()]
        if row.listing and not any(lexicon.nouns[noun.key].at(positions) for positions in alternatives):
            row.sides += alternatives  # the front and the charge flap
            row.listed, alternatives = True, [frozenset()]
        if len(alternatives) > 1 and number == "many" and not row.every:
            number = "one" if _fully_placed(alternatives, noun.key, lexicon) else "many"
        for i, positions in enumerate(alternatives):
            axes = frozenset(AXES[p] for own in lexicon.nouns[noun.key].members.values() for p in own)
            joined = row.joined or i > 0
            row.items.append(Item(noun=noun.key, positions=positions, number=number, joined=joined, axes=axes))
        row.buffer.clear()
    row.joined, row.every, row.listing = False, False, False


def _fully_placed(alternatives: list[Positions], key: str, lexicon: Lexicon) -> bool:
    return all(len(lexicon.nouns[key].at(positions)) == 1 for positions in alternatives)


def _join(row: _Row, token: Token, following: Sequence[Token]) -> None:
    """A word between two things that are named."""
    if row.buffer and row.buffer[-1][1] and (token.has("and", "list")) and not _same_kind_follows(following):
        _flush(row)  # 左侧和车轮: the side is a thing of its own
        row.listed = True
    if row.items and not row.buffer and token.has("and", "list") and following and _region_next(following):
        row.listed = True  # the hood and the left side
    row.listing = token.has("and", "list")
    row.joined = bool(row.items)
    row.run = token.text in RUNS and bool(row.items) and bool(row.items[-1].ids)


def _run(row: _Row, token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The ids of a token, with those of the plan since the one before if a run was said: P1 to P4."""
    ids: tuple[str, ...] = token.get("ids")
    planned = list(lexicon.planned)
    if not row.run:
        return ids
    first, last = planned.index(row.items[-1].ids[0]), planned.index(ids[-1])
    return tuple(planned[first : last + 1]) if first <= last else ids


def _same_kind_follows(following: Sequence[Token]) -> bool:
    """Whether another side comes before any noun, and is no part of its name: left side and right mirror."""
    for i, token in enumerate(following):
        if token.has("side", "region"):
            return token.has("region") or not any(t.has("noun", "name") for t in following[i + 1 : i + 2])
        if token.has("noun", "name", "ids", "method", "seam"):
            return False
    return False


def _flush(row: _Row) -> None:
    """Sides without a noun: they restrict, or they say where the nouns before them are."""
    if not row.buffer:
        return
    found = alternatives_of([(side, apart) for side, _, apart in row.buffer])
    row.buffer.clear()
    if row.items and len(found) == 1 and not row.joined:
        row.trailing += found
    else:
        row.sides += found
    row.joined = False


def _shared(items: list[Item], trailing: list[Positions]) -> list[Item]:
    """Where things are that were listed with others of which it was said."""
    for where in trailing:
        items = [*there(Things(items=tuple(items)), where).items]
    for i in range(1, len(items)):
        _share(items, i, i - 1)
    for i in range(len(items) - 2, -1, -1):
        if items[i].number != "many" and items[i + 1].number != "many":
            _share(items, i, i + 1)
    return items


def _share(items: list[Item], to: int, by: int) -> None:
    where = frozenset(p for p in items[by].positions if AXES[p] == "lateral")
    if items[max(to, by)].joined and where and {AXES[p] for p in where} <= items[to].axes:
        items[to] = replace(items[to], positions=placed(items[to].positions, where))


def there(things: Things, where: Positions) -> Things:
    """Things, those of which it was not said where they are being there."""
    items = (replace(i, positions=placed(i.positions, where)) if i.noun or i.area else i for i in things.items)
    return replace(things, items=tuple(items))


def _region_next(following: Sequence[Token]) -> bool:
    named = next((t for t in following if not is_blank(t)), None)
    return named is not None and named.has("region")


def _parts_of(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """``the handle of the left front door``, 右前门后视镜: of a door that is named with a part, the part is meant."""
    out: list[Item] = []
    for item in items:
        last = out[-1] if out else None
        if last is None or item.joined or not (last.noun and item.noun):
            out.append(item)
        elif _is_panel(last, lexicon) and not _is_panel(item, lexicon):
            out[-1] = replace(item, positions=placed(item.positions, last.positions), joined=last.joined)
        elif not _is_panel(last, lexicon) and _is_panel(item, lexicon):
            out[-1] = replace(last, positions=placed(last.positions, item.positions))
        else:
            out.append(item)
    return out


def _both_panels(row: _Row, token: Token, lexicon: Lexicon) -> bool:
    items = (row.items[-1], Item(noun=token.get("noun").key)) if row.items else ()
    return bool(items) and all(item.noun and _is_panel(item, lexicon) for item in items)


def _is_panel(item: Item, lexicon: Lexicon) -> bool:
    return all(name in lexicon.panels and name not in lexicon.parts for name in lexicon.nouns[item.noun].members)


def _typed_twice(one: Token, other: Token, lexicon: Lexicon) -> bool:
    """轮轮, RS标标."""
    same = one.has("noun") and one.get("noun").key == other.get("noun").key
    beside = one.has("name") and one.end == other.start and is_han(other.text[0])
    return same or (beside and one.get("name") in lexicon.nouns[other.get("noun").key].members)


def _adjoins(before: Sequence[Token]) -> bool:
    """Whether a noun follows another with nothing but sides between: 左前门后门, hood bumper gap."""
    for token in reversed(before):
        if not token.has("side"):
            return token.has("noun") and token.get("noun").number != "many"
    return False


def _said_after(before: Sequence[Token]) -> bool:
    """Whether sides stand after what they place: ``on the left``."""
    for token in reversed(before):
        if not token.has("side", "region") and token.text != "the":
            return token.text in ("on", "at", "on the", "at the")
    return False


def _place(row: _Row) -> None:
    """Sides said after the last thing."""
    found = alternatives_of([(side, apart) for side, _, apart in row.buffer])
    if len(found) == 1 and row.items[-1].noun:
        row.items[-1] = replace(row.items[-1], positions=placed(row.items[-1].positions, found[0]))
        row.buffer.clear()


def _after_and(before: Sequence[Token]) -> bool:
    """Whether ``and`` stands before a side, with ``the`` between perhaps."""
    joining = [token.has("and", "list") for token in before[-2:]]
    return bool(joining) and (joining[-1] or (joining[0] and is_blank(before[-1])))


def _next_noun(following: Sequence[Token], within: int = 4) -> bool:
    for token in following[:within]:
        if token.has("noun", "name", "thing"):
            return True
        if token.has("comma", "verb", "method", "seam"):
            return False
    return False


def _in_the_middle(item: Item) -> bool:
    """Whether there is one of it, which has seams on both sides: 背门两侧."""
    return bool(item.noun) and "lateral" not in item.axes and not item.joined


def _about_sides(token: Token) -> bool:
    return token.text not in ("both", "both of", "both the", "pair of", "两个", "两扇", "两只", "两面", "两条", "一对")
