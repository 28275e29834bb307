"""A car for a screen, as it was designed: nothing of what a simulated one has wrong is in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from linewalker.cachefolder import cached_file, keep, kept, source_hash
from linewalker.station.shapes.shape_file import ShapeMesh, shape_file
from linewalker.vehicle.library import load_vehicle, model_path
from linewalker.vehicle.vehicle import Vehicle


def car_shape(model: str) -> bytes:
    """The shape file of a model, with all its variants, from the cache if it was made before.

    Raises:
        InputError: there is no such model.
    """
    drawing = model_path(model)
    stored = cached_file("vehicles", f"{model}-{source_hash(Path(__file__))[:16]}-{_digest(drawing)}.shape")
    content = kept(stored)
    if content is None:
        content = _made(load_vehicle(model))
        keep(content, stored)
    return content


def _digest(drawing: Path) -> str:
    return hashlib.sha256(drawing.read_bytes()).hexdigest()[:16]


def _made(vehicle: Vehicle) -> bytes:
    meshes = [
        ShapeMesh(
            body=mesh.body,
            material=mesh.material,
            condition=mesh.condition,
            vertices_m=mesh.vertices_m,
            normals=mesh.normals,
            faces=mesh.faces,
        )
        for mesh in vehicle.meshes
        if mesh.role == "camera" and len(mesh.faces)
    ]
    materials = {
        name: {"rgba": list(look.rgba), "metallic": look.metallic, "roughness": look.roughness}
        for name, look in vehicle.materials.items()
    }
    bodies = [{"name": name, "parent": "", "p": [0, 0, 0], "q": [1, 0, 0, 0], "joint": None} for name in vehicle.bodies]
    return shape_file(
        bodies,
        materials,
        meshes,
        paints={name: list(rgba) for name, rgba in vehicle.options.paints.items()},
        defaults=vehicle.options.defaults(),
        axle_height_m=float(vehicle.axle_height_m),
    )
