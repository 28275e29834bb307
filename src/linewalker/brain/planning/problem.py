"""A planning problem as plain data: what is to be done where, how long it takes, and which limits hold.

One robot goes from a start to an end and does tasks on the way, each at one of its placements. Nothing here knows of a
robot, a car or a room: household tasks, stations at a fair and seams of a car are planned alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar

from linewalker.brain.planning.digest import digest
from linewalker.errors import InputError
from linewalker.inspection.title import Title
from linewalker.plantfile import allowed_text

_DIGITS = 3  # times are kept to the millisecond, so that planner and checker count alike
_LONGEST_S = 1e6

Record = TypeVar("Record")


class Case(Enum):
    """How long things take."""

    EXPECTED = "expected"
    WORST = "worst"


@dataclass(frozen=True, kw_only=True)
class Span:
    """How long something takes, s: as a rule within ``low_s`` and ``high_s``. Kept to the millisecond."""

    low_s: float
    expected_s: float
    high_s: float

    def __post_init__(self) -> None:
        for name in ("low_s", "expected_s", "high_s"):
            _keep_time(self, name)
        if not self.low_s <= self.expected_s <= self.high_s:
            raise InputError(
                f"a duration of {self.expected_s} s lies outside its interval {self.low_s} to {self.high_s} s; "
                "give low_s <= expected_s <= high_s"
            )

    @classmethod
    def exactly(cls, seconds: float) -> Span:
        """Without doubt."""
        return cls(low_s=seconds, expected_s=seconds, high_s=seconds)

    def document(self) -> list[float]:
        """Low, expected, high."""
        return [self.low_s, self.expected_s, self.high_s]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere to stand: mid-feet pose on the floor, in the frame of whoever states the problem.

    Attributes:
        id: its name in the problem.
        zone: the robot is in this zone from its arrival until it leaves, and needs a permit for it; empty: none.
    """

    id: str
    x_m: float = 0.0
    y_m: float = 0.0
    yaw_rad: float = 0.0
    zone: str = ""

    def __post_init__(self) -> None:
        if not all(math.isfinite(value) for value in (self.x_m, self.y_m, self.yaw_rad)):
            raise InputError(f"the place '{self.id}' is nowhere: {self.x_m} m, {self.y_m} m, {self.yaw_rad} rad")


@dataclass(frozen=True, kw_only=True)
class Placement:
    """One way to do a task: at a place, which takes so long."""

    place: str
    duration: Span


@dataclass(frozen=True, kw_only=True)
class Worth:
    """How much of each class a task serves; a critical one outweighs any number of major ones, and so on."""

    critical: int = 0
    major: int = 0
    minor: int = 0

    def __post_init__(self) -> None:
        if min(self.critical, self.major, self.minor) < 0:
            raise InputError(f"a worth counts what is served, 0 or more of each class; found {self}")

    def __add__(self, other: Worth) -> Worth:
        return Worth(
            critical=self.critical + other.critical, major=self.major + other.major, minor=self.minor + other.minor
        )

    def document(self) -> list[int]:
        """Critical, major, minor: compares as the worths do."""
        return [self.critical, self.major, self.minor]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do.

    Attributes:
        id: its name in the problem.
        placements: where it can be done; one is chosen.
        title: what people call it; None: its id.
        worth: what it serves; counts where not everything can be done.
        required: a plan without it is none.
        not_before_s: it does not begin earlier; s from the beginning of the plan.
        deadline_s: it has ended by then; s from the beginning of the plan.
    """

    id: str
    placements: tuple[Placement, ...]
    title: Title | None = None
    worth: Worth = Worth(major=1)
    required: bool = True
    not_before_s: float = 0.0
    deadline_s: float | None = None

    def __post_init__(self) -> None:
        _keep_time(self, "not_before_s")
        _keep_time(self, "deadline_s")
        if not self.placements:
            raise InputError(f"the task '{self.id}' has no placement; give at least one place to do it at")
        places = [placement.place for placement in self.placements]
        if len(set(places)) < len(places):
            raise InputError(f"the task '{self.id}' has two placements at one place: {', '.join(places)}")

    @property
    def name(self) -> Title:
        """What people call it."""
        return self.title or Title(zh=self.id, en=self.id)

    def duration_at(self, place: str) -> Span:
        """How long it takes at one of its places."""
        return next(placement.duration for placement in self.placements if placement.place == place)

    def document(self) -> dict[str, Any]:
        """As it stands in JSON."""
        return {
            "id": self.id,
            "title": None if self.title is None else {"zh": self.title.zh, "en": self.title.en},
            "placements": [{"place": p.place, "duration_s": p.duration.document()} for p in self.placements],
            "worth": self.worth.document(),
            "required": self.required,
            "not_before_s": self.not_before_s,
            "deadline_s": self.deadline_s,
        }


@dataclass(frozen=True, kw_only=True)
class Precedence:
    """If both are done, ``first`` has ended before ``then`` begins.

    Attributes:
        needed: ``then`` is not done at all without ``first``.
    """

    first: str
    then: str
    needed: bool = True


@dataclass(frozen=True, kw_only=True)
class Permit:
    """The robot may be in a zone from ``opens_s`` to ``closes_s``, s from the beginning of the plan."""

    zone: str
    opens_s: float
    closes_s: float

    def __post_init__(self) -> None:
        _keep_time(self, "opens_s")
        _keep_time(self, "closes_s")
        if self.closes_s <= self.opens_s:
            raise InputError(f"a permit for '{self.zone}' closes at {self.closes_s} s, not after {self.opens_s} s")


Travel = Callable[[Place, Place], Span | None]
"""How long the robot takes from one place to another, settling included; None: there is no way."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything a plan rests on.

    Attributes:
        places: all of them, start and end included.
        travel: how long the way takes from each place (row) to each place (column), both in the order of ``places``;
            None: there is no way. Who stays where he is needs no time.
        start, end: ids of places; the end lies in no zone.
        tasks: what is to be done.
        precedences, permits: as above. A zone without a permit may not be entered.
        limit_s: the robot is at the end by then.
        keeps: for which case deadlines, permits and limit have to hold, and which is made short.
    """

    places: tuple[Place, ...]
    travel: tuple[tuple[Span | None, ...], ...]
    start: str
    end: str
    tasks: tuple[Task, ...]
    precedences: tuple[Precedence, ...] = ()
    permits: tuple[Permit, ...] = ()
    limit_s: float | None = None
    keeps: Case = Case.WORST

    def __post_init__(self) -> None:
        _keep_time(self, "limit_s")
        places = _by_id(self.places, "place")
        if len(self.travel) != len(places) or any(len(row) != len(places) for row in self.travel):
            raise InputError(f"travel has to have a row and a column for each of the {len(places)} places")
        tasks = _by_id(self.tasks, "task")
        for name in (self.start, self.end, *(p.place for task in self.tasks for p in task.placements)):
            _known(name, places, "place")
        for precedence in self.precedences:
            _known(precedence.first, tasks, "task")
            _known(precedence.then, tasks, "task")
        if places[self.end].zone:
            raise InputError(f"the end '{self.end}' lies in the zone '{places[self.end].zone}'; end outside of zones")
        if self.way(self.start, self.end) is None:
            raise InputError(f"there is no way from the start '{self.start}' to the end '{self.end}'")

    def way(self, here: str, there: str) -> Span | None:
        """How long it takes from one place to another; None: there is no way."""
        return self.travel[self._index[here]][self._index[there]]

    @cached_property
    def _index(self) -> dict[str, int]:
        return {place.id: i for i, place in enumerate(self.places)}

    def document(self) -> dict[str, Any]:
        """As it stands in JSON; what the checker reads."""
        return {
            "places": [asdict(place) for place in self.places],
            "travel_s": [[None if leg is None else leg.document() for leg in row] for row in self.travel],
            "start": self.start,
            "end": self.end,
            "tasks": [task.document() for task in self.tasks],
            "precedences": [asdict(precedence) for precedence in self.precedences],
            "permits": [asdict(permit) for permit in self.permits],
            "limit_s": self.limit_s,
            "keeps": self.keeps.value,
        }

    @cached_property
    def digest(self) -> str:
        """Equal for equal problems alone: SHA-256 of the document."""
        return digest(self.document())


def travel_table(places: Sequence[Place], travel: Travel) -> tuple[tuple[Span | None, ...], ...]:
    """All ways between places, for `Problem.travel`."""
    nowhere = Span.exactly(0.0)
    return tuple(tuple(nowhere if a is b else travel(a, b) for b in places) for a in places)


def _keep_time(record: Any, name: str) -> None:
    """Round a time of a frozen record to the millisecond; refuse what is no time."""
    value = getattr(record, name)
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= _LONGEST_S:
        raise InputError(f"{name} is {value!r}; give a time from 0 to {_LONGEST_S:g} s")
    object.__setattr__(record, name, round(float(value), _DIGITS))


def _by_id(records: Iterable[Record], what: str) -> dict[str, Record]:
    known: dict[str, Record] = {}
    for record in records:
        name: str = record.id  # type: ignore[attr-defined]
        if not name or name in known:
            raise InputError(f"two {what}s are called '{name}'" if name else f"a {what} has no id")
        known[name] = record
    return known


def _known(name: str, records: dict[str, Any], what: str) -> None:
    if name not in records:
        raise InputError(f"there is no {what} '{name}'; {allowed_text(name, records)}")
