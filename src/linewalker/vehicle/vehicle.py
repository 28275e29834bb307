"""A vehicle model as the rest of the world sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linewalker.vehicle.components import (
    Array,
    Body,
    Collider,
    Material,
    MountedPart,
    Options,
    PanelMesh,
    Rim,
    SeamCurve,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Vehicle:
    """One model with all its variants; the nominal car, in frame V.

    Attributes:
        name: what shift files call the model.
        axle_height_m: height of the origin of V above the floor.
        size_m: (3,) length, width without mirrors, height.
        meshes: triangles of every body, in light ``camera`` and fine ``ray`` versions.
        bodies: name -> body with its point of reference.
        colliders: convex hulls for contacts.
        materials: name -> look; ``paint`` takes the colour of `Options.paints`.
        options: what a customer can choose.
        rims: rounded edges, by panel: the truth about gap and flush.
        seams: name -> seam.
        parts: name -> what can be missing or of the wrong variant.
        footprint_m: (n, 2) convex outline seen from above, mirrors included.
    """

    name: str
    title_zh: str
    title_en: str
    axle_height_m: float
    size_m: Array
    meshes: tuple[PanelMesh, ...]
    bodies: Mapping[str, Body]
    colliders: tuple[Collider, ...]
    materials: Mapping[str, Material]
    options: Options
    rims: Mapping[str, tuple[Rim, ...]]
    seams: Mapping[str, SeamCurve]
    parts: Mapping[str, MountedPart]
    footprint_m: Array
