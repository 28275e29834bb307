"""Where the URDF of a robot lies on this machine."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
from pathlib import Path

from linewalker.errors import InputError, MissingPackage
from linewalker.limbs.profile import RobotProfile


def urdf_path(profile: RobotProfile) -> Path:
    """Where the robot's URDF lies on this machine.

    Raises:
        MissingPackage: the distribution is not installed.
        InputError: it has no such file.
    """
    if not profile.package:
        path = Path(profile.urdf)
    elif profile.package == "linewalker":
        path = Path(str(importlib.resources.files("linewalker"))) / profile.urdf
    else:
        try:
            path = Path(str(importlib.metadata.distribution(profile.package).locate_file(profile.urdf)))
        except importlib.metadata.PackageNotFoundError:
            raise MissingPackage(f"the model of {profile.name} needs: pip install {profile.package}") from None
    if not path.is_file():
        raise InputError(f"robot {profile.name}: there is no such URDF; the profile names it under urdf", file=path)
    return path
