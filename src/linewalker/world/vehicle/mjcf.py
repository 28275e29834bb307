"""A vehicle in a MuJoCo scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mujoco
import numpy as np

from linewalker.world.vehicle.label import LABEL_SIZE_PX, label_image
from linewalker.world.vehicle.records import Array, Collider, Condition, Material, PanelMesh, Role
from linewalker.world.vehicle.vehicle import Vehicle

CAMERA_GROUP, COLLIDER_GROUP, RAY_GROUP = 1, 3, 4
"""Geom groups: what cameras draw, what the robot can touch, what laser rays see."""


@dataclass(frozen=True, kw_only=True)
class VehicleInScene:
    """Names in the compiled model, so that a scene can pose panels, hide variants and change colours at run time.

    Attributes:
        body: the parent body; its pose in its own parent is the pose of frame V.
        bodies: panel or part -> MuJoCo body. Undisplaced, each has no rotation.
        positions_m: panel or part -> position of that MuJoCo body in its parent when nothing is displaced, (3,).
        geoms: panel or part -> all its geoms, of every role and variant.
        conditions: geom -> (option, value) under which it is there; geoms that are always there are not listed.
        colliders: geoms that take part in contacts.
        paint: the material that takes the colour of `Vehicle.options`.paints.
        label: the texture with the vehicle's number, or None; pictures come from `label.label_image`.
    """

    body: str
    bodies: Mapping[str, str]
    positions_m: Mapping[str, Array]
    geoms: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, Condition]
    colliders: tuple[str, ...]
    paint: str
    label: str | None

    def hidden(self, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Geoms that are not there on a car with the options chosen."""
        return tuple(geom for geom, (option, value) in self.conditions.items() if chosen[option] != value)


def add_vehicle(
    spec: mujoco.MjSpec,
    vehicle: Vehicle,
    prefix: str,
    *,
    contype: int = 1,
    conaffinity: int = 1,
    roles: tuple[Role, ...] = ("camera", "ray"),
) -> VehicleInScene:
    """Adds a vehicle to a scene: one parent body that is frame V, and a body per panel and part under it.

    Args:
        spec: the scene; its world body gets the parent body ``prefix``, at the origin of the world.
        vehicle: the model; adding the same model twice shares its meshes.
        prefix: starts every name.
        contype, conaffinity: contact bits of the colliders; nothing else of the vehicle takes part in contacts.
        roles: leave one out for a scene that has no use for it.
    """
    root = spec.worldbody.add_body(name=prefix)
    for name, material in vehicle.materials.items():
        _add_material(spec, f"{prefix}/{name}", material)
    bodies = dict.fromkeys((), root)
    positions: dict[str, Array] = {}
    for name, body in _parents_first(vehicle):
        origin = vehicle.bodies[body].reference_m if body else np.zeros(3)
        positions[name] = vehicle.bodies[name].reference_m - origin
        bodies[name] = (bodies[body] if body else root).add_body(name=f"{prefix}/{name}", pos=positions[name])
    geoms: dict[str, list[str]] = {name: [] for name in bodies}
    conditions: dict[str, Condition] = {}
    for panel in vehicle.meshes:
        if panel.role not in roles:
            continue
        mesh = _add_mesh(spec, vehicle, panel)
        name = f"{prefix}/{mesh.partition('/')[2]}"
        bodies[panel.body].add_geom(
            name=name,
            type=mujoco.mjtGeom.mjGEOM_MESH,
            meshname=mesh,
            material=f"{prefix}/{panel.material}",
            group=CAMERA_GROUP if panel.role == "camera" else RAY_GROUP,
            contype=0,
            conaffinity=0,
            mass=0,
        )
        geoms[panel.body].append(name)
        if panel.condition:
            conditions[name] = panel.condition
    colliders = []
    for collider in vehicle.colliders:
        carrier = bodies[collider.body] if collider.body else root
        name = _add_collider(spec, vehicle, collider, f"{prefix}/hull/{collider.name}", carrier, contype, conaffinity)
        colliders.append(name)
        if collider.body:
            geoms[collider.body].append(name)
    labelled = [name for name, material in vehicle.materials.items() if material.texture]
    return VehicleInScene(
        body=prefix,
        bodies={name: f"{prefix}/{name}" for name in bodies},
        positions_m=positions,
        geoms={name: tuple(names) for name, names in geoms.items()},
        conditions=conditions,
        colliders=tuple(colliders),
        paint=f"{prefix}/paint",
        label=f"{prefix}/{labelled[0]}" if labelled else None,
    )


def _parents_first(vehicle: Vehicle) -> list[tuple[str, str | None]]:
    """Bodies and their parents, those that hang on the vehicle itself first."""
    pairs = [(body.name, body.parent) for body in vehicle.bodies.values()]
    return sorted(pairs, key=lambda pair: pair[1] is not None)


def _add_material(spec: mujoco.MjSpec, name: str, material: Material) -> None:
    record = spec.add_material(
        name=name,
        rgba=material.rgba,
        specular=material.specular,
        shininess=material.shininess,
        metallic=material.metallic,
        roughness=material.roughness,
        emission=material.emission,
    )
    if material.texture:
        width, height = LABEL_SIZE_PX
        texture = spec.add_texture(
            name=name, type=mujoco.mjtTexture.mjTEXTURE_2D, width=width, height=height, nchannel=3
        )
        texture.data = label_image("").tobytes()
        record.textures[mujoco.mjtTextureRole.mjTEXROLE_RGB] = name


def _add_mesh(spec: mujoco.MjSpec, vehicle: Vehicle, panel: PanelMesh) -> str:
    """The mesh of a panel, about the reference point of its body; returns its name."""
    variant = f"/{'='.join(panel.condition)}" if panel.condition else ""
    name = f"{vehicle.name}/{panel.body}/{panel.material}/{panel.role}{variant}"
    if spec.mesh(name) is not None:
        return name
    faces = panel.faces.ravel()
    mesh = spec.add_mesh(
        name=name,
        uservert=(panel.vertices_m - vehicle.bodies[panel.body].reference_m).ravel(),
        usernormal=panel.normals.ravel(),
        userface=faces,
        userfacenormal=faces,
        inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL,
    )
    if panel.texcoords is not None:
        mesh.usertexcoord = panel.texcoords.ravel()
        mesh.userfacetexcoord = faces
    return name


def _add_collider(
    spec: mujoco.MjSpec,
    vehicle: Vehicle,
    collider: Collider,
    name: str,
    carrier: mujoco.MjsBody,
    contype: int,
    conaffinity: int,
) -> str:
    """A hull on its body; returns the geom's name."""
    mesh = f"{vehicle.name}/hull/{collider.name}"
    if spec.mesh(mesh) is None:
        origin = vehicle.bodies[collider.body].reference_m if collider.body else np.zeros(3)
        spec.add_mesh(name=mesh, uservert=(collider.vertices_m - origin).ravel())
    carrier.add_geom(
        name=name,
        type=mujoco.mjtGeom.mjGEOM_MESH,
        meshname=mesh,
        group=COLLIDER_GROUP,
        contype=contype,
        conaffinity=conaffinity,
        mass=0,
        rgba=(0.1, 0.8, 0.2, 0.3),
    )
    return name
