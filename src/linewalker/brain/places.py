"""Places of a station that have a name: where one sends a robot in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.brain.route import Waypoint
from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.title import Title
from linewalker.plantfile import allowed_text

FROM_CAR_M = 0.9
"""How far before a side of the car the robot stands there: clear of a door that is opened a little."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place with a name.

    Attributes:
        title: what people call it.
        stance: mid-feet pose, W.
    """

    title: Title
    stance: Waypoint


Places = Mapping[str, Place]


def places_round(footprint_m: Array, home: Waypoint) -> dict[str, Place]:
    """``home``, and a place before the middle of each side of a car, from where the robot faces it.

    Args:
        footprint_m: outline of the car as it stands nominally, in W, (k, 2).
        home: where the robot waits.
    """
    (x0, y0), (x1, y1) = footprint_m.min(axis=0), footprint_m.max(axis=0)
    x, y = 0.5 * (x0 + x1), 0.5 * (y0 + y1)
    return {
        "home": Place(title=Title(zh="原位", en="home"), stance=home),
        "front": _place("车头", "the front of the car", x0 - FROM_CAR_M, y, 0.0),
        "rear": _place("车尾", "the rear of the car", x1 + FROM_CAR_M, y, np.pi),
        "left": _place("车辆左侧", "the left of the car", x, y0 - FROM_CAR_M, 0.5 * np.pi),
        "right": _place("车辆右侧", "the right of the car", x, y1 + FROM_CAR_M, -0.5 * np.pi),
    }


def place_named(name: str, places: Places) -> Place:
    """
    Raises:
        InputError: there is none of this name; the message lists those there are.
    """
    if name not in places:
        raise InputError(f"there is no place '{name}'; {allowed_text(name, places)}")
    return places[name]


def _place(zh: str, en: str, x: float, y: float, yaw: float) -> Place:
    return Place(title=Title(zh=zh, en=en), stance=Waypoint(x=float(x), y=float(y), yaw=float(yaw)))
