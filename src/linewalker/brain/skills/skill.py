"""A skill: what the robot can do at a place, told so that a plan, a planner or a person can ask for it by name.

A call of a skill is plain data: its name and the values of its parameters. What works it off is a `Skill`, built for
one robot out of its `Equipment`. `skills.py` lists the skills there are.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Protocol

from linewalker.brain.operator import Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.equipment import Equipment
from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.method import Value
from linewalker.inspection.part.look import CarPictures
from linewalker.inspection.seam.vehicle_pose import SeamObservation, VehiclePose
from linewalker.inspection.title import Title
from linewalker.plantfile import allowed_text

Values = Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a skill.

    Attributes:
        name, meaning: what it is called, and what it says.
        kind: float, int, str or bool.
        unit: of a number; empty for none.
        default: its value where none is given; None: it has to be given.
        resolution: values of a number that differ by less than about this are one and the same; 0: only equal ones.
        least, most: bounds of a number.
    """

    name: str
    meaning: str
    kind: type
    unit: str = ""
    default: Value | None = None
    resolution: float = 0.0
    least: float = -math.inf
    most: float = math.inf

    def checked(self, value: Value) -> Value:
        """The value, of this kind.

        Raises:
            InputError: it is of another, or a number that is none or out of bounds.
        """
        if self.kind is float and type(value) is int:
            value = float(value)
        unit = f" in {self.unit}" if self.unit else ""
        if type(value) is not self.kind:
            raise InputError(f"{self.name} is a {self.kind.__name__}{unit}, found {value!r}")
        if isinstance(value, int | float) and not (math.isfinite(value) and self.least <= value <= self.most):
            raise InputError(f"{self.name} is {value:g}; expected a number{unit} from {self.least:g} to {self.most:g}")
        return value

    def cell(self, value: Value) -> Hashable:
        """What is equal for values that are one and the same."""
        return round(value / self.resolution) if self.resolution and not isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where to stand for a call of a skill.

    Attributes:
        stance: mid-feet pose on the floor, m and rad, in the axes of V (from the front axle's centre, from above).
        chosen: values of parameters that go with this stance.
    """

    stance: Waypoint
    chosen: Values = field(default_factory=dict)


class Fix(Enum):
    """What a call tells about where the car stands; the member's value grows with it."""

    NOTHING = 0
    PARTLY = 1
    ALONG_AND_ACROSS = 2


def _content(_evidence: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True, eq=False)
class Site:
    """The car before which a skill is to be done.

    Attributes:
        catalogue: its model.
        vehicle: where it is believed to stand, and how well that is known.
        pictures: draws it as it was ordered, from CAD.
        content: whether evidence answers what is asked; if not, a skill may try again.
    """

    catalogue: VehicleCatalogue
    vehicle: VehiclePose
    pictures: CarPictures
    content: Callable[[Any], bool] = _content

    @property
    def X_WV(self) -> Pose:
        """Where the car is believed to stand."""
        return self.vehicle.X_WV


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """What doing a skill gave.

    Attributes:
        evidence: for whoever judges; each skill says of which type.
        seen: what it tells about where the car stands, or None.
    """

    evidence: Any = None
    seen: SeamObservation | None = None


class Glance(Protocol):
    """Does a call while the robot walks by."""

    def tick(self) -> None:
        """Called once per control tick of the walk."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """What it has given so far, the most promising first."""


class Skill(ABC):
    """One skill of one robot.

    Args:
        equipment: what it is built from.

    Attributes:
        title: what people call it.
        parameters: what it has to be told.
    """

    title: ClassVar[Title]
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, equipment: Equipment):
        self.equipment = equipment

    @classmethod
    def complete(cls, values: Values) -> dict[str, Value]:
        """All parameters: those given, checked, and the defaults of the others.

        Raises:
            InputError: one is missing, unknown, or of another kind.
        """
        known = {parameter.name: parameter for parameter in cls.parameters}
        for name in values:
            if name not in known:
                raise InputError(f"'{cls.title.en}' has no parameter '{name}'; {allowed_text(name, known)}")
        full: dict[str, Value] = {}
        for name, parameter in known.items():
            value = values.get(name, parameter.default)
            if value is None:
                raise InputError(f"'{cls.title.en}' needs the parameter {name}: {parameter.meaning}")
            full[name] = parameter.checked(value)
        return full

    @classmethod
    def cells(cls, values: Values) -> Hashable:
        """Equal for calls that are one and the same; of complete values."""
        return tuple(parameter.cell(values[parameter.name]) for parameter in cls.parameters)

    @abstractmethod
    def place(self, values: Values, catalogue: VehicleCatalogue) -> Placement:
        """Where to stand.

        Raises:
            UnreachableError: nowhere; the message says why.
        """

    def at(self, _values: Values, _catalogue: VehicleCatalogue, _stance: Waypoint) -> Placement | None:
        """How to do it at a stance that was chosen for something else; None: it can not be done there."""
        return None

    def together(self, _many: Sequence[Values], _catalogue: VehicleCatalogue) -> Sequence[Placement] | None:
        """One stance for several calls of this skill, each with what goes with it; None: none was found."""
        return None

    def views(self, _values: Values, _catalogue: VehicleCatalogue) -> Sequence[Waypoint]:
        """Poses past which the robot may walk to do it without standing, the best first."""
        return ()

    def glance(self, _values: Values, _site: Site) -> Glance | None:
        """Does it while the robot walks by, past one of its `views`; None: it has to stand for it."""
        return None

    @abstractmethod
    def cost_s(self, values: Values) -> float:
        """Robot time it takes about, walking there not counted."""

    def fix(self, _values: Values, _catalogue: VehicleCatalogue) -> Fix:
        """What it will tell about where the car stands, if all goes well."""
        return Fix.NOTHING

    def objection(self, _values: Values, _site: Site) -> str | None:
        """What speaks against doing it now, in words; None if nothing does. Asked where the robot stands for it."""
        return None

    @abstractmethod
    def do(self, values: Values, site: Site) -> Routine[Outcome]:
        """Do it; the robot stands where it should, and need not be drawn in yet after another call of this skill.

        Raises:
            UnreachableError: from here it can not be done; `withdraw` has to follow.
        """

    def withdraw(self) -> Routine[None]:
        """Bring the robot back to how it walks, however far it got."""
        yield from ()
