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
    """The profile a user names: one of `PROFILES`, or the path of a profile file (``.yaml``, docs/robots.md).

    Raises:
        InputError: there is no robot of that name, or the file is wrong; the message says what is allowed.
    """
    if name.endswith((".yaml", ".yml")):
        from linewalker.limbs.checks.profile_check import require_sound  # MuJoCo takes a while to load
        from linewalker.limbs.profile_file import read_profile

        return require_sound(read_profile(name), name)
    try:
        return PROFILES[name]
    except KeyError:
        known = ", ".join(sorted(PROFILES))
        raise InputError(f"there is no robot {name!r}; known robots: {known}; or name a profile file (.yaml)") from None
