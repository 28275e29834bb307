"""Captured people: which point of a skeleton is what, and where a dancer is by these points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linewalker.cerebellum.performing.clips.figure import Landmarks
from linewalker.errors import InputError
from linewalker.geometry import Array

_SIDED = {
    "hip": ("upleg", "upperleg", "thigh", "hip", "hipjoint", "femur"),
    "knee": ("leg", "lowerleg", "shin", "calf", "knee", "tibia"),
    "ankle": ("foot", "ankle"),
    "toe": ("toebase", "toe", "toes", "ball", "toeend", "footend"),
    "shoulder": ("arm", "upperarm", "shoulder", "humerus"),
    "elbow": ("forearm", "lowerarm", "elbow", "radius"),
    "hand": ("hand", "wrist"),
}
_SHORTEST_STEP = 1e-6
_TOE_SHARE = 0.25


@dataclass(frozen=True, kw_only=True)
class Skeleton:
    """Places of all joints of a captured person: names and (n, joints, 3), in any unit; frames a second."""

    name: str
    names: tuple[str, ...]
    places: Array
    rate_hz: float


def person_of(skeleton: Skeleton, file: Path) -> Landmarks:
    """Where a person's limbs are, z up.

    Raises:
        InputError: a joint is missing.
    """
    which = _roles(skeleton.names, file)
    places = _upright(skeleton.places, which)
    at = {role: places[:, list(pair)] for role, pair in which.items() if role != "toe"}
    trunk = _axes(_along(at["shoulder"]), at["shoulder"].mean(axis=1) - at["hip"].mean(axis=1))
    up = trunk[:, :, 2] + [0.0, 0.0, 1.0]  # half of a bow is the pelvis's, half the trunk's
    pelvis = _axes(_along(at["hip"]), up)
    leg = _bones(at["hip"], at["knee"]) + _bones(at["knee"], at["ankle"])
    arm = _bones(at["shoulder"], at["elbow"]) + _bones(at["elbow"], at["hand"])
    toes = places[:, list(which["toe"])] if "toe" in which else at["ankle"] + _TOE_SHARE * leg * pelvis[:, None, :, 0]
    return Landmarks(
        name=skeleton.name,
        rate_hz=skeleton.rate_hz,
        hips=at["hip"],
        soles=at["ankle"],
        toes=toes,
        shoulders=at["shoulder"],
        elbows=at["elbow"],
        hands=at["hand"],
        pelvis=pelvis,
        trunk=trunk,
        leg=leg,
        arm=arm,
    )


def _roles(names: tuple[str, ...], file: Path) -> dict[str, tuple[int, int]]:
    plain = {_plain(name): k for k, name in reversed(list(enumerate(names)))}
    found: dict[str, tuple[int, int]] = {}
    for role, words in _SIDED.items():
        pairs = ((plain.get(f"left{word}"), plain.get(f"right{word}")) for word in words)
        both = next(((a, b) for a, b in pairs if a is not None and b is not None), None)
        if both is not None:
            found[role] = both
        elif role != "toe":
            raise InputError(
                f"no joint that is a {role}: expected one of {', '.join('Left' + word for word in words)}, "
                f"found {', '.join(names[:12])}",
                file=file,
            )
    return found


def _plain(name: str) -> str:
    """``mixamorig:LeftUpLeg``, ``left_up_leg``, ``L_UpLeg``, ``lUpLeg``: all the same."""
    word = name.rsplit(":", 1)[-1]
    for short, side in (("L_", "left"), ("R_", "right"), ("l_", "left"), ("r_", "right")):
        word = side + word[2:] if word.startswith(short) else word
    if word[:1] in "lr" and word[1:2].isupper():
        word = {"l": "left", "r": "right"}[word[0]] + word[1:]
    return word.replace("_", "").replace(" ", "").replace(".", "").lower()


def _upright(places: Array, which: Mapping[str, tuple[int, int]]) -> Array:
    """With z up: from the ankles to the shoulders, over the whole clip."""
    up = (places[:, list(which["shoulder"])] - places[:, list(which["ankle"])]).mean(axis=(0, 1))
    axis = int(np.argmax(np.abs(up)))
    if axis == 2:
        return places
    turned = [2, 0, 1] if axis == 1 else [1, 2, 0]
    return np.ascontiguousarray(places[:, :, turned])


def _along(pair: Array) -> Array:
    """From right to left, (n, 3)."""
    return np.asarray(pair[:, 0] - pair[:, 1])


def _axes(left: Array, up: Array) -> Array:
    """Attitudes (n, 3, 3) with y along ``left`` and z nearest to ``up``."""
    y = left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), _SHORTEST_STEP)
    x = np.cross(y, up)
    x /= np.maximum(np.linalg.norm(x, axis=1, keepdims=True), _SHORTEST_STEP)
    return np.stack((x, y, np.cross(x, y)), axis=2)


def _bones(a: Array, b: Array) -> float:
    return float(np.median(np.linalg.norm(a - b, axis=2)))
