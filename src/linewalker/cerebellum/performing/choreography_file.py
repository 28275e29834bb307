"""Reads choreographies and phrases that somebody wrote (YAML); complaints name file, line and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from linewalker.cerebellum.performing.movement import (
    GROOVES,
    LEFT,
    METERS,
    RIGHT,
    Choreography,
    Groove,
    Hand,
    Phrase,
    Pose,
    Step,
    joined,
)
from linewalker.plantfile import Node, PlantFile

LIBRARY = Path(__file__).with_name("phrases.yaml")
_PHRASE = ("meter", "beats", "energy", "style", "poses", "steps", "groove", "of", "mirror")
_POSE = ("hold", "hands", "twist_deg", "lean_deg", "sway")
_STEP = ("ahead", "aside", "turn_deg", "kick")
_MOST_TIMES, _MOST_BEATS = 32, 64.0
_FARTHEST, _WIDEST, _HIGHEST = 0.6, 0.5, 0.6
"""Leg lengths: of a step ahead, aside, and of a kick."""


@cache
def library() -> Mapping[str, Phrase]:
    """Our own phrases by name."""
    return _phrases(PlantFile.read(LIBRARY)["phrases"], {})


def read_choreography(path: Path | str) -> Choreography:
    """A choreography; phrases it names and does not have are taken from our library.

    Raises:
        InputError: it is wrong, with file, line and key.
    """
    top = PlantFile.read(path)
    top.expect_keys(["order"], ["phrases", "lead_beats"])
    known = {**library(), **(_phrases(top["phrases"], library()) if "phrases" in top else {})}
    parts = top["order"].entries()
    if not parts:
        raise top["order"].error("expected at least one phrase")
    phrases = [phrase for part in parts for phrase in _called(part, known)]
    meter = phrases[0].meter
    for part in parts:
        for phrase in _called(part, known):
            if phrase.meter != meter:
                raise part.error(f"phrase '{phrase.name}' is in {phrase.meter}, those before it are in {meter}")
    lead = top["lead_beats"].number(low=0.0, high=_MOST_BEATS, unit="beats") if "lead_beats" in top else 4.0
    return Choreography(meter=meter, phrases=tuple(phrases), lead=lead)


def _called(node: Node, known: Mapping[str, Phrase]) -> list[Phrase]:
    """Phrases that one entry of an order stands for."""
    if not node.is_mapping:
        return [known[node.choice(known, "phrase")]]
    node.expect_keys(["phrase"], ["times", "mirror"])
    phrase = known[node["phrase"].choice(known, "phrase")]
    times = node["times"].integer(low=1, high=_MOST_TIMES) if "times" in node else 1
    if "mirror" not in node:
        return [phrase] * times
    if node["mirror"].content == "alternate":
        return [phrase if k % 2 == 0 else phrase.mirrored() for k in range(times)]
    return [phrase.mirrored() if node["mirror"].flag() else phrase] * times


def _phrases(node: Node, others: Mapping[str, Phrase]) -> dict[str, Phrase]:
    found: dict[str, Phrase] = {}
    for name, member in node.items():
        found[name] = _phrase(name, member, {**others, **found})
    return found


def _phrase(name: str, node: Node, known: Mapping[str, Phrase]) -> Phrase:
    node.expect_keys([], _PHRASE)
    if "of" in node:
        node.expect_keys(["of"], ["energy", "style"])
        parts = [phrase for part in node["of"].entries() for phrase in _called(part, known)]
        if len({part.meter for part in parts}) != 1:
            raise node["of"].error("expected at least one phrase, and all of them in one meter")
        return replace(joined(name, parts), energy=_energy(node), style=_style(node))
    node.expect_keys(["beats"], _PHRASE)
    beats = node["beats"].number(low=1.0, high=_MOST_BEATS, unit="beats")
    phrase = Phrase(
        name=name,
        meter=node["meter"].choice(METERS, "meter") if "meter" in node else "4/4",
        beats=beats,
        energy=_energy(node),
        style=_style(node),
        poses=tuple(_pose(entry, beats) for entry in _entries(node, "poses")),
        steps=tuple(_step(entry, beats) for entry in _entries(node, "steps")),
        grooves=tuple(_groove(entry, beats) for entry in _entries(node, "groove")),
    )
    _check_order(node, phrase)
    return phrase


def _check_order(node: Node, phrase: Phrase) -> None:
    for key, things in (("poses", phrase.poses), ("steps", phrase.steps)):
        beats = [thing.at for thing in things]
        for k in range(1, len(beats)):
            if beats[k] <= beats[k - 1]:
                raise (
                    node[key].entries()[k]["at"].error(f"comes no later than the one before, on beat {beats[k - 1]:g}")
                )


def _entries(node: Node, key: str) -> tuple[Node, ...]:
    return node[key].entries() if key in node else ()


def _energy(node: Node) -> float:
    return node["energy"].number(low=0.0, high=1.0) if "energy" in node else 0.5


def _style(node: Node) -> str:
    return node["style"].text() if "style" in node else ""


def _numbers(node: Node, names: str, most: float, unit: str) -> tuple[float, ...]:
    entries = node.entries()
    if len(entries) != len(names.split()):
        raise node.error(f"expected {len(names.split())} numbers [{', '.join(names.split())}], found {len(entries)}")
    return tuple(entry.number(low=-most, high=most, unit=unit) for entry in entries)


def _pose(node: Node, beats: float) -> Pose:
    node.expect_keys(["at"], _POSE)
    at = node["at"].number(low=0.0, high=beats, unit="beats")
    left, right = _hands(node["hands"]) if "hands" in node else (None, None)
    lean = _numbers(node["lean_deg"], "roll pitch yaw", 35.0, "deg") if "lean_deg" in node else (0.0, 0.0, 0.0)
    sway = _numbers(node["sway"], "ahead left", 0.3, "leg lengths") if "sway" in node else (0.0, 0.0)
    return Pose(
        at=at,
        hold=node["hold"].number(low=0.0, high=beats - at, unit="beats") if "hold" in node else 0.0,
        left=left,
        right=right,
        twist_deg=node["twist_deg"].number(low=-60.0, high=60.0, unit="deg") if "twist_deg" in node else 0.0,
        lean_deg=(lean[0], lean[1], lean[2]),
        sway=(sway[0], sway[1]),
    )


def _hands(node: Node) -> tuple[Hand | None, Hand | None]:
    entries = node.entries()
    if len(entries) != 2:
        raise node.error(f"expected two hands [left, right], found {len(entries)}")
    left, right = (None if hand.content is None else _hand(hand) for hand in entries)
    return left, right


def _hand(node: Node) -> Hand:
    ahead, out, up = _numbers(node, "ahead out up", 1.0, "arm lengths")
    if ahead**2 + out**2 + up**2 > 1.0:
        raise node.error("lies farther than 1 arm length from the shoulder")
    return ahead, out, up


def _step(node: Node, beats: float) -> Step:
    node.expect_keys(["at", "foot"], _STEP)
    kick = _numbers(node["kick"], "ahead out up", _HIGHEST, "leg lengths") if "kick" in node else (0.0, 0.0, 0.0)
    return Step(
        at=node["at"].number(low=0.25, high=beats, unit="beats"),
        foot=node["foot"].choice((LEFT, RIGHT), "foot"),
        ahead=node["ahead"].number(low=-_FARTHEST, high=_FARTHEST, unit="leg lengths") if "ahead" in node else 0.0,
        aside=node["aside"].number(low=-0.1, high=_WIDEST, unit="leg lengths") if "aside" in node else 0.0,
        turn_deg=node["turn_deg"].number(low=-60.0, high=60.0, unit="deg") if "turn_deg" in node else 0.0,
        kick=(kick[0], kick[1], kick[2]),
    )


def _groove(node: Node, beats: float) -> Groove:
    node.expect_keys(["what", "size"], ["every", "at"])
    what = node["what"].choice(GROOVES, "groove")
    far = what in ("bounce", "sway", "surge")
    return Groove(
        what=what,
        size=node["size"].number(low=-0.2, high=0.2, unit="leg lengths")
        if far
        else node["size"].number(low=-30, high=30, unit="deg"),
        every=node["every"].number(low=0.5, high=beats * 2, unit="beats") if "every" in node else 1.0,
        at=node["at"].number(low=0.0, high=beats, unit="beats") if "at" in node else 0.0,
    )
