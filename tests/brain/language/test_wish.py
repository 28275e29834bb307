"""Laws: nothing is the neutral element of what is said besides, and nothing said is lost."""

from __future__ import annotations

from linewalker.brain.language.wish import Item, Things, Wish

WHEELS = Things(items=(Item(noun="wheel", number="many"),), methods=("variant",))
LEFT = Things(sides=(frozenset({"left"}),))


def test_nothing_said_adds_nothing() -> None:
    wish = Wish(skill="inspect", things=WHEELS, marks=frozenset({"also"}), facts={"times": 3})
    assert wish.extended(Wish()) == wish == Wish().extended(wish)
    assert Wish().empty
    assert not wish.empty


def test_what_is_said_besides_is_kept() -> None:
    both = Wish(things=WHEELS).extended(Wish(things=LEFT, unknown=("foo",)))
    assert both.things == Things(items=WHEELS.items, sides=LEFT.sides, methods=("variant",))
    assert both.unknown == ("foo",)


def test_coordinates_are_chained() -> None:
    one, two = (
        Wish(facts={"coordinates": (("x", 1.0, "number"),)}),
        Wish(facts={"coordinates": (("y", 2.0, "number"),)}),
    )
    assert one.extended(two).facts["coordinates"] == (("x", 1.0, "number"), ("y", 2.0, "number"))
