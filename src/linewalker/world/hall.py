"""The hall around the station: floor, light portal, conveyor, walls, cabinet. Nothing but the floor is ever touched."""

from __future__ import annotations

from collections.abc import Sequence

import mujoco
import numpy as np

from linewalker.geometry import Pose
from linewalker.physics.contacts import add_floor
from linewalker.physics.geom_groups import GeomGroup
from linewalker.physics.printed_sheet import add_picture
from linewalker.rendering.mesh import rectangle_mesh
from linewalker.world.floor_paint import station_floor

Rgb = tuple[float, float, float]

_MATERIALS: dict[str, tuple[Rgb, float, float, float]] = {
    # name: colour, roughness, metallic, emission
    "wall": ((0.76, 0.78, 0.80), 0.9, 0.0, 0.0),
    "wall_band": ((0.10, 0.29, 0.47), 0.8, 0.0, 0.0),
    "plinth": ((0.30, 0.32, 0.35), 0.8, 0.0, 0.0),
    "frame": ((0.22, 0.24, 0.27), 0.35, 0.3, 0.0),
    "steel": ((0.55, 0.57, 0.60), 0.35, 0.8, 0.0),
    "cabinet": ((0.78, 0.79, 0.80), 0.45, 0.0, 0.0),
    "screen": ((0.10, 0.35, 0.55), 0.15, 0.0, 0.6),
    "signal_red": ((0.75, 0.06, 0.05), 0.2, 0.0, 0.1),
    "signal_amber": ((0.95, 0.55, 0.05), 0.2, 0.0, 0.1),
    "signal_green": ((0.05, 0.75, 0.25), 0.2, 0.0, 0.9),
    "post": ((0.95, 0.75, 0.10), 0.5, 0.0, 0.0),
    "lamp": ((1.0, 1.0, 0.98), 0.5, 0.0, 7.5),
}
_LAMP_ROWS_M = (-3.1, -1.6, 0.0, 1.6, 3.1)
_LAMP_HEIGHT_M = 3.3
_PORTALS_M = (-3.0, 5.8)
_WALLS_M = {"x": (-7.5, 10.5), "y": (-7.0, 7.0)}


def add_hall(spec: mujoco.MjSpec) -> None:
    """Add the station hall to a scene whose world frame is the station frame W."""
    for name, (rgb, roughness, metallic, emission) in _MATERIALS.items():
        spec.add_material(
            name=f"hall/{name}", rgba=(*rgb, 1.0), roughness=roughness, metallic=metallic, emission=emission
        )
    _add_floor(spec)
    _add_light_portal(spec)
    _add_conveyor(spec)
    _add_walls(spec)
    _add_cabinet(spec)
    for x in (-3.1, 5.9):
        for y in (-2.6, 2.6):
            _box(spec, "post", (x, y, 0.55), (0.04, 0.04, 0.55))


def _box(spec: mujoco.MjSpec, material: str, centre: Sequence[float], half: Sequence[float]) -> None:
    spec.worldbody.add_geom(
        type=mujoco.mjtGeom.mjGEOM_BOX,
        pos=centre,
        size=half,
        material=f"hall/{material}",
        group=int(GeomGroup.HALL),
        contype=0,
        conaffinity=0,
    )


def _add_floor(spec: mujoco.MjSpec) -> None:
    """The plane one stands on, and over it a painted picture of it that cameras see."""
    add_floor(spec)
    spec.geom("floor").group = int(GeomGroup.COLLIDER)
    paint = station_floor()
    flat = rectangle_mesh(paint.half_m, paint.half_m, cells=8)
    X_WM = Pose(p=np.array([*paint.middle_W, 0.0]))
    texcoords = paint.texcoords(X_WM.apply(flat.vertices))
    add_picture(spec, "hall/floor", paint.picture, flat, texcoords, X_WM, roughness=0.35, specular=0.5)


def _add_light_portal(spec: mujoco.MjSpec) -> None:
    for y in _LAMP_ROWS_M:
        _box(spec, "lamp", (1.4, y, _LAMP_HEIGHT_M), (4.2, 0.11, 0.02))
        _box(spec, "frame", (1.4, y, _LAMP_HEIGHT_M + 0.06), (4.25, 0.15, 0.035))
    for x in _PORTALS_M:
        _box(spec, "frame", (x, 0.0, _LAMP_HEIGHT_M + 0.15), (0.06, 3.6, 0.05))
        for y in (-3.6, 3.6):
            _box(spec, "frame", (x, y, 0.5 * _LAMP_HEIGHT_M + 0.1), (0.06, 0.06, 0.5 * _LAMP_HEIGHT_M + 0.1))


def _add_conveyor(spec: mujoco.MjSpec) -> None:
    """Two flat belts in the floor under the wheels, a millimetre proud so that they are seen, with steel edges."""
    for y in (-0.8, 0.8):
        for side in (-0.17, 0.17):
            _box(spec, "steel", (1.4, y + side, 0.0), (8.0, 0.012, 0.0015))


def _add_walls(spec: mujoco.MjSpec) -> None:
    middle_x, half_x = 0.5 * sum(_WALLS_M["x"]), 0.5 * (_WALLS_M["x"][1] - _WALLS_M["x"][0])
    for material, low, high in (
        ("plinth", 0.0, 0.18),
        ("wall", 0.18, 2.2),
        ("wall_band", 2.2, 2.5),
        ("wall", 2.5, 4.5),
    ):
        z, half_z = 0.5 * (low + high), 0.5 * (high - low)
        for y in _WALLS_M["y"]:
            _box(spec, material, (middle_x, y, z), (half_x, 0.05, half_z))
        for x in _WALLS_M["x"]:
            _box(spec, material, (x, 0.0, z), (0.05, _WALLS_M["y"][1], half_z))


def _add_cabinet(spec: mujoco.MjSpec) -> None:
    """The line controller's cabinet with its screen and signal lamp."""
    x, y = -3.2, -3.9
    _box(spec, "cabinet", (x, y, 0.95), (0.45, 0.25, 0.90))
    _box(spec, "plinth", (x, y, 0.03), (0.45, 0.25, 0.03))
    _box(spec, "screen", (x, y + 0.252, 1.35), (0.22, 0.004, 0.14))
    for i, colour in enumerate(("green", "amber", "red")):
        spec.worldbody.add_geom(
            type=mujoco.mjtGeom.mjGEOM_CYLINDER,
            pos=(x, y, 1.92 + 0.09 * i),
            size=(0.04, 0.04, 0.0),
            material=f"hall/signal_{colour}",
            group=int(GeomGroup.HALL),
            contype=0,
            conaffinity=0,
        )
