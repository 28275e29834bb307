"""What the geom groups of every physics model mean: cameras, laser lines and contacts each see their own kind."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class GeomGroup(IntEnum):
    """Group of a geom in a MuJoCo model."""

    HALL = 0
    """Floor, walls, lamps: seen by cameras and laser lines, and the floor is stood on."""

    VISUAL = 1
    """Light meshes of vehicles and the robot's covers: seen by cameras, never touched."""

    COLLIDER = 3
    """What touches: capsules of the robot, hulls of a vehicle. Never seen."""

    RAY = 4
    """Fine meshes beside a vehicle's seams: seen by laser lines only."""

    HIDDEN = 5
    """Not there at present: a vehicle that is not in place, a part that is missing."""


def group_mask(*groups: GeomGroup) -> NDArray[np.uint8]:
    """Mask (6, 1) of groups as ``mj_multiRay`` takes it."""
    mask = np.zeros((6, 1), np.uint8)
    mask[[int(group) for group in groups]] = 1
    return mask
