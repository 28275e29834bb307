"""What is done where, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix, Values
from linewalker.inspection.characteristic import Characteristic


@dataclass(frozen=True, kw_only=True)
class SkillCall:
    """A skill to be done.

    Attributes:
        skill: its name.
        values: of all its parameters.
        characteristics: that its outcome serves.
    """

    skill: str
    values: Values
    characteristics: tuple[Characteristic, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Visit:
    """One place to stand, or to walk through.

    Attributes:
        stance: mid-feet pose on the floor, m and rad, in the axes of V (from the front axle's centre, seen from above).
        calls: what to do there, one after the other.
        fix: what that will tell about where the car stands.
        passing: the robot walks through and does it meanwhile; it stands there only if that was not enough.
    """

    stance: Waypoint
    calls: tuple[SkillCall, ...]
    fix: Fix = Fix.NOTHING
    passing: bool = False

    @property
    def characteristics(self) -> tuple[Characteristic, ...]:
        """All that it serves."""
        return tuple(characteristic for call in self.calls for characteristic in call.characteristics)
