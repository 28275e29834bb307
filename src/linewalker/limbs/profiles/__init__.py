"""Robots as data: one module per robot, and the way to find one by the name a user types."""

from __future__ import annotations

from linewalker.errors import InputError
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles.g1 import G1
from linewalker.limbs.profiles.talos import TALOS
from linewalker.limbs.profiles.walker import WALKER

PROFILES: dict[str, RobotProfile] = {profile.name: profile for profile in (G1, WALKER, TALOS)}
"""Every robot that ships with Linewalker, by name."""


def load_profile(name: str) -> RobotProfile:
    """The profile a user names.

    Raises:
        InputError: there is no robot of that name; the message lists those that exist.
    """
    try:
        return PROFILES[name]
    except KeyError:
        raise InputError(f"there is no robot {name!r}; known robots: {', '.join(sorted(PROFILES))}") from None
