"""What an order can speak of, as data: seams, parts and panels of the cars, the plan, and the packs of a plant's own.

The brain builds no car and reads no plan: whoever puts a station together hands these in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from linewalker.inspection.title import Title

ROLES = ("object", "objects", "place", "places", "duration_s", "count", "text", "music", "side")
"""What of an order may fill a slot of a skill: one thing or several of the catalogue or the packs, one place or
several, how long in seconds, a number, what stands in quotes or after a colon, what is played, a side."""


@dataclass(frozen=True, kw_only=True)
class NamedThing:
    """A part, a panel or a thing of a pack.

    Attributes:
        name, title: what a slot calls it, what people call it.
        words: what people call it besides, in both languages.
    """

    name: str
    title: Title
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NamedSeam(NamedThing):
    """A seam between two panels."""

    master: str
    slave: str


@dataclass(frozen=True, kw_only=True)
class NamedArea(NamedThing):
    """A region of the car as the plan draws it: names of seams, parts and panels, and ids."""

    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlannedCharacteristic:
    """A characteristic of the plan.

    Attributes:
        id, title: what records call it, what people call it.
        feature: name of the seam or part.
        method, severity: how it is inspected, and its class.
    """

    id: str
    title: Title
    feature: str
    method: str
    severity: str


@dataclass(frozen=True, kw_only=True)
class SlotWords:
    """A slot of a skill: which role of an order fills it, one of `ROLES`."""

    role: str
    required: bool = False

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"no role '{self.role}'; there are {', '.join(ROLES)}")


@dataclass(frozen=True, kw_only=True)
class SkillWords:
    """A skill as an order asks for it.

    Attributes:
        name, title: what a goal calls it, what people call it ("dance", "跳舞").
        verbs: what people say to have it done, in both languages.
        slots: its slots.
    """

    name: str
    title: Title
    verbs: tuple[str, ...]
    slots: Mapping[str, SlotWords] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """What a field of its own adds: a guide at a fair has places, exhibits and skills that no car has.

    A skill that has the name of one of ours gets these verbs and slots besides.
    """

    places: tuple[NamedThing, ...] = ()
    things: tuple[NamedThing, ...] = ()
    skills: tuple[SkillWords, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All that is handed in.

    Attributes:
        seams, parts, panels: of all models of the plan, each name once.
        planned: the characteristics of the plan, each id once.
        areas: of the plan.
        methods: what people call the methods, by name.
        packs: of other fields.
        built: how cars on record are built: ``model``, and the options, with the values there are.
    """

    seams: tuple[NamedSeam, ...] = ()
    parts: tuple[NamedThing, ...] = ()
    panels: tuple[NamedThing, ...] = ()
    planned: tuple[PlannedCharacteristic, ...] = ()
    areas: tuple[NamedArea, ...] = ()
    methods: Mapping[str, Title] = field(default_factory=dict)
    packs: tuple[Pack, ...] = ()
    built: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
