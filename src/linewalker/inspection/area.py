"""Areas of a car as an inspection plan draws them: regions that have a name, so that one can ask for all in them."""

from __future__ import annotations

from dataclasses import dataclass

from linewalker.inspection.title import Title
from linewalker.plantfile import Node


@dataclass(frozen=True, kw_only=True)
class Area:
    """A region of the car that has a name: what one asks for in one word.

    Attributes:
        title: what people call it; `words`: and what besides.
        contains: ids, features, and panels, with all seams at them.
    """

    title: Title
    contains: tuple[str, ...]
    words: tuple[str, ...] = ()


def read_areas(top: Node) -> dict[str, Area]:
    """The areas of a plan, by name; what they contain is not looked up.

    Raises:
        InputError: names the key that is wrong.
    """
    found: dict[str, Area] = {}
    for name, node in top["areas"].items() if "areas" in top else ():
        node.expect_keys(["name", "contains"], ["words"])
        words = node["words"].one_or_more() if "words" in node else ()
        contains = tuple(dict.fromkeys(entry.text() for entry in node["contains"].one_or_more()))
        if not contains:
            raise node["contains"].error("an area contains something: ids, seams, parts or panels")
        found[name] = Area(
            title=read_title(node["name"]), contains=contains, words=tuple(word.text() for word in words)
        )
    return found


def read_title(node: Node) -> Title:
    """A name in both languages."""
    node.expect_keys(["zh", "en"])
    return Title(zh=node["zh"].text(), en=node["en"].text())
