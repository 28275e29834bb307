"""A car small enough for tests: two plates with a straight 4 mm gap on its right side, a badge with variants, a cap."""

from __future__ import annotations

import numpy as np

from linewalker.rendering.mesh import box_mesh
from linewalker.vehicle import Vehicle
from linewalker.vehicle.components import (
    Body,
    Collider,
    Condition,
    Material,
    MountedPart,
    Options,
    PanelMesh,
    Rim,
    SeamCurve,
)

GAP_MM, RADIUS_M, SKIN_Y_M = 4.0, 0.002, 0.9
SEAM = "front_plate/rear_plate"
SEAM_POINT_MM = (502.0, 900.0, 300.0)


def box_car(name: str = "box", length_m: float = 1.0) -> Vehicle:
    """A box of ``length_m`` whose right side is two plates that meet at x = 0.5 m; badge and cap on its rear plate."""
    plates = {"front_plate": (0.0, 0.5), "rear_plate": (0.5 + 1e-3 * GAP_MM, length_m)}
    meshes = []
    for plate, (x0, x1) in plates.items():
        for role in ("camera", "ray"):
            meshes.append(_box(plate, "paint", (x0, SKIN_Y_M - 0.02, 0.0), (x1, SKIN_Y_M, 0.6), role=role))
    meshes.append(_box("floor_pan", "dark", (0.0, -0.9, -0.1), (length_m, SKIN_Y_M - 0.032, 0.6)))
    meshes.append(_box("floor_pan", "dark", (0.4, SKIN_Y_M - 0.04, 0.0), (0.6, SKIN_Y_M - 0.032, 0.6), role="ray"))
    badge = (0.70, SKIN_Y_M, 0.40), (0.80, SKIN_Y_M + 0.01, 0.45)
    meshes.append(_box("badge", "red", *badge, condition=("badge", "rs")))
    meshes.append(_box("badge", "white", *badge, condition=("badge", "gt")))
    meshes.append(_box("cap", "white", (0.70, SKIN_Y_M, 0.10), (0.80, SKIN_Y_M + 0.01, 0.20)))
    bodies = {body: Body(name=body, reference_m=np.array(at)) for body, at in _REFERENCES.items()}
    return Vehicle(
        name=name,
        title_zh="箱车",
        title_en="box car",
        axle_height_m=0.3,
        size_m=np.array([length_m, 1.8, 0.7]),
        meshes=tuple(meshes),
        bodies=bodies,
        colliders=(Collider(name="all", body=None, vertices_m=_corners((0, -0.9, -0.1), (length_m, 0.92, 0.62))),),
        materials={
            "paint": Material(rgba=(0.6, 0.6, 0.6, 1), roughness=0.2),
            "dark": Material(rgba=(0.05, 0.05, 0.05, 1)),
            "red": Material(rgba=(0.9, 0.05, 0.05, 1)),
            "white": Material(rgba=(0.9, 0.9, 0.9, 1)),
        },
        options=Options(
            values={"paint": ("silver", "blue"), "badge": ("none", "rs", "gt")},
            paints={"silver": (0.7, 0.7, 0.7, 1), "blue": (0.1, 0.2, 0.8, 1)},
        ),
        rims={"front_plate": (_rim("front_plate", -1.0),), "rear_plate": (_rim("rear_plate", 1.0),)},
        seams={SEAM: _seam()},
        parts={
            "badge": _part("badge", (0.75, SKIN_Y_M + 0.01, 0.425), option="badge", variants=("none", "rs", "gt")),
            "cap": _part("cap", (0.75, SKIN_Y_M + 0.01, 0.15)),
        },
        footprint_m=np.array([(0, -0.9), (length_m, -0.9), (length_m, 0.92), (0, 0.92)]),
    )


_REFERENCES = {
    "front_plate": (0.0, SKIN_Y_M, 0.3),
    "rear_plate": (1.0, SKIN_Y_M, 0.3),
    "floor_pan": (0.5, 0.0, 0.0),
    "badge": (0.75, SKIN_Y_M, 0.42),
    "cap": (0.75, SKIN_Y_M, 0.15),
}


def _corners(low: tuple[float, float, float], high: tuple[float, float, float]) -> np.ndarray:
    return np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])], float)


def _box(
    body: str,
    material: str,
    low: tuple[float, float, float],
    high: tuple[float, float, float],
    *,
    role: str = "camera",
    condition: Condition | None = None,
) -> PanelMesh:
    half = (np.array(high) - np.array(low)) / 2
    mesh = box_mesh(half)
    return PanelMesh(
        body=body,
        material=material,
        role=role,  # type: ignore[arg-type]
        condition=condition,
        vertices_m=(mesh.vertices + (np.array(high) + np.array(low)) / 2).astype(np.float32),
        normals=mesh.normals,
        faces=mesh.faces,
    )


def _rim(body: str, into: float) -> Rim:
    """The edge beside the gap, a straight line along z; ``into`` is the x direction from the gap into the panel."""
    z = np.linspace(-0.5, 1.1, 321)
    ones = np.ones_like(z)
    edge_x = 0.502 + into * 0.5e-3 * GAP_MM
    return Rim(
        body=body,
        radius_m=RADIUS_M,
        foot_m=np.column_stack(((edge_x + into * RADIUS_M) * ones, SKIN_Y_M * ones, z if into > 0 else z[::-1])),
        normal=np.tile([0.0, 1.0, 0.0], (len(z), 1)),
        binormal=np.tile([into, 0.0, 0.0], (len(z), 1)),
        tangent=np.tile([0.0, 0.0, into], (len(z), 1)),
    )


def _seam() -> SeamCurve:
    z = np.linspace(0.05, 0.55, 51)
    ones = np.ones_like(z)
    return SeamCurve(
        name=SEAM,
        title_zh="前后板",
        title_en="front and rear plate",
        master="front_plate",
        slave="rear_plate",
        radius_master_mm=1e3 * RADIUS_M,
        radius_slave_mm=1e3 * RADIUS_M,
        point_m=np.column_stack((0.502 * ones, SKIN_Y_M * ones, z)),
        normal=np.tile([0.0, 1.0, 0.0], (len(z), 1)),
        across=np.tile([1.0, 0.0, 0.0], (len(z), 1)),
        along=np.tile([0.0, 0.0, -1.0], (len(z), 1)),
        gap_mm=GAP_MM * ones,
        flush_mm=0.0 * ones,
        curvature_master_per_m=0.0 * ones,
        curvature_slave_per_m=0.0 * ones,
        clear=ones > 0,
    )


def _part(
    name: str, p_m: tuple[float, float, float], option: str | None = None, variants: tuple[str, ...] = ("present",)
) -> MountedPart:
    return MountedPart(
        name=name,
        title_zh=name,
        title_en=name,
        panel="rear_plate",
        p_m=np.array(p_m),
        normal=np.array([0.0, 1.0, 0.0]),
        up=np.array([0.0, 0.0, 1.0]),
        width_mm=100.0,
        height_mm=50.0,
        option=option,
        variants=variants,
    )
