"""A vehicle model as the rest of the world sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from linewalker.world.vehicle import truth
from linewalker.world.vehicle.catalogue import Catalogue, catalogue_of
from linewalker.world.vehicle.records import (
    Array,
    Body,
    Collider,
    Displacement,
    Material,
    Options,
    PanelMesh,
    Part,
    Rim,
    Seam,
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
    seams: Mapping[str, Seam]
    parts: Mapping[str, Part]
    footprint_m: Array

    def catalogue(self) -> Catalogue:
        """What a plant's CAD department would hand out about this model, ready for JSON; mm, frame V."""
        return catalogue_of(self)

    def true_gap_flush(
        self, seam: str, p_V_mm: ArrayLike, displacements: Mapping[str, Displacement] | None = None
    ) -> tuple[float, float]:
        """Gap and flush in mm where the section plane through a point cuts the seam.

        Args:
            seam: name of the seam, ``master/slave``.
            p_V_mm: a point at the seam of the undisplaced vehicle, (3,), mm.
            displacements: per panel; panels that are not named are where they should be.

        Returns:
            gap (zero or less when the panels touch) and flush (positive when the slave stands proud).

        Raises:
            KeyError: when the model has no such seam; the message lists those it has.
        """
        if seam not in self.seams:
            raise KeyError(f"{self.name} has no seam {seam!r}; it has {', '.join(self.seams)}")
        moved = displacements or {}
        record = self.seams[seam]
        return truth.gap_flush(
            self.rims[record.master],
            self.rims[record.slave],
            np.asarray(p_V_mm, float) * 1e-3,
            moved.get(record.master, Displacement()).pose_about(self.bodies[record.master].reference_m),
            moved.get(record.slave, Displacement()).pose_about(self.bodies[record.slave].reference_m),
        )
