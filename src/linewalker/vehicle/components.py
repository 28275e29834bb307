"""What a built vehicle is made of: meshes, bodies, colliders, materials, seams and parts.

Everything is in the vehicle frame V (ISO 4130: origin at the front-axle centre, x rearward, y to the right, z up) and
in metres, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array

MISSING = "missing"

Role = Literal["camera", "ray"]
Condition = tuple[str, str]
"""An option of the model and the value of it under which something is there, for example ``("wheels", "sport")``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelMesh:
    """Triangles of one material on one body.

    Attributes:
        body: the panel or part they belong to.
        material: key of `Vehicle.materials`.
        role: ``camera`` meshes are light and drawn; ``ray`` meshes are fine beside seams and seen by laser rays only.
        condition: the option value under which the mesh is there, or None when it always is.
        vertices_m: (n, 3) in V.
        normals: (n, 3) unit outward normals.
        faces: (m, 3) vertex indices, counter-clockwise seen from outside.
        texcoords: (n, 2) picture coordinates for a material with a texture, or None.
    """

    body: str
    material: str
    role: Role
    condition: Condition | None
    vertices_m: NDArray[np.float32]
    normals: NDArray[np.float32]
    faces: NDArray[np.int32]
    texcoords: NDArray[np.float32] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Body:
    """A rigid piece of the vehicle.

    Attributes:
        name: for example ``front_door_left``.
        reference_m: (3,) in V; the point that displacements rotate about: a point of the hinge line, or the centroid.
        parent: the body it is mounted on and moves with, or None when it hangs on the vehicle itself.
    """

    name: str
    reference_m: Array
    parent: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Collider:
    """A convex hull that hugs the vehicle from outside; vertices_m (n, 3) in V."""

    name: str
    body: str | None
    vertices_m: Array


@dataclass(frozen=True, kw_only=True)
class Material:
    """How a surface looks; the fields are MuJoCo's."""

    rgba: tuple[float, float, float, float]
    specular: float = 0.5
    shininess: float = 0.5
    metallic: float = 0.0
    roughness: float = 0.5
    emission: float = 0.0
    texture: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Rim:
    """The rounded edge of a panel along one closed outline, sampled in order.

    Attributes:
        body: the panel.
        radius_m: edge radius R.
        foot_m: (n, 3) where the edge circle leaves the skin, in V.
        normal: (n, 3) outward normal of the skin there.
        binormal: (n, 3) unit vector in the skin, across the seam and into the panel.
        tangent: (n, 3) unit vector along the foot curve; ``binormal = normal x tangent``.
    """

    body: str
    radius_m: float
    foot_m: Array
    normal: Array
    binormal: Array
    tangent: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class SeamCurve:
    """A pair of panels that face each other; the arrays run along the seam, about every 10 mm.

    Attributes:
        name: ``master/slave``.
        point_m: (n, 3) middle of the nominal gap, level with the master's foot points.
        normal, across, along: (n, 3) each; normal of the master's skin, from master to slave, normal x across.
        gap_mm, flush_mm: (n,) true values of the undisplaced vehicle.
        curvature_master_per_m, curvature_slave_per_m: (n,) of the skin in the section plane, positive where convex.
        clear: (n,) 30 mm away from flares, creases, corners and the ends of the seam.
    """

    name: str
    title_zh: str
    title_en: str
    master: str
    slave: str
    radius_master_mm: float
    radius_slave_mm: float
    point_m: Array
    normal: Array
    across: Array
    along: Array
    gap_mm: Array
    flush_mm: Array
    curvature_master_per_m: Array
    curvature_slave_per_m: Array
    clear: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class MountedPart:
    """Something an inspection can look for; its body has the same name, so that it can be taken away.

    Attributes:
        panel: what it is mounted on.
        p_m, normal, up: (3,) each in V; centre of the face, its outward normal, its upward direction.
        option: the option that chooses the variant, or None.
        variants: values of that option, or ``("present",)``.
    """

    name: str
    title_zh: str
    title_en: str
    panel: str
    p_m: Array
    normal: Array
    up: Array
    width_mm: float
    height_mm: float
    option: str | None = None
    variants: tuple[str, ...] = ("present",)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a customer can choose: option -> values, the first of which is the default; paint -> rgba."""

    values: Mapping[str, tuple[str, ...]]
    paints: Mapping[str, tuple[float, float, float, float]] = field(default_factory=dict)

    def defaults(self) -> dict[str, str]:
        """The first value of each option."""
        return {option: values[0] for option, values in self.values.items()}
