"""What wears in a simulated robot, on command: known answers for whoever judges the health of its parts.

``friction:left_knee_joint`` doubles the dry friction of that joint, ``encoder:left_elbow_joint@5`` lets its encoder
jump by 0.1 rad at 5 s, ``hot:left_knee_joint`` has its winding 20 K hotter, ``losses`` loses 2 % of all readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from linewalker.errors import InputError
from linewalker.limbs.profile import RobotProfile
from linewalker.plantfile import allowed_text

FRICTION_TIMES, JUMP_RAD, HOTTER_K, LOST_SHARE = 2.0, 0.1, 20.0, 0.02


class WearKind(Enum):
    """What wears."""

    FRICTION = "friction"
    ENCODER = "encoder"
    HOT = "hot"
    LOSSES = "losses"


@dataclass(frozen=True, kw_only=True)
class Wear:
    """Something is worn.

    Attributes:
        kind: what.
        joint: of which joint; empty for losses.
        at_s: robot time at which it shows; what wears slowly is there from the beginning.
    """

    kind: WearKind
    joint: str = ""
    at_s: float = 0.0

    @classmethod
    def read(cls, text: str, profile: RobotProfile) -> Wear:
        """From ``KIND:JOINT``, ``encoder:JOINT@SECONDS`` or ``losses``.

        Raises:
            InputError: it is none, or the robot has no such joint.
        """
        name, _, rest = text.partition(":")
        joint, _, when = rest.partition("@")
        try:
            wear = cls(kind=WearKind(name), joint=joint, at_s=float(when) if when else 0.0)
        except ValueError:
            known = "friction:JOINT, encoder:JOINT@SECONDS, hot:JOINT, losses"
            raise InputError(f"--wear {text!r}: expected one of {known}") from None
        if wear.kind is not WearKind.LOSSES and joint not in profile.joints:
            hint = allowed_text(joint, profile.joints)
            raise InputError(f"--wear {text!r}: the robot {profile.name} has no joint {joint!r}; {hint}")
        return wear
