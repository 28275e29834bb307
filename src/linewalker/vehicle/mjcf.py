"""A vehicle in a MuJoCo scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mujoco
import numpy as np

from linewalker.physics.geom_groups import GeomGroup
from linewalker.vehicle.components import Array, Collider, Condition, Material, PanelMesh, Role
from linewalker.vehicle.label import LABEL_SIZE_PX, label_image
from linewalker.vehicle.vehicle import Vehicle

_GROUP: dict[str, GeomGroup] = {"camera": GeomGroup.VISUAL, "ray": GeomGroup.RAY}


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
        paint: the material that takes the colour of `Options.paints`.
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
    writer = _Writer(spec, vehicle, prefix)
    for panel in vehicle.meshes:
        if panel.role in roles:
            writer.add_panel(panel)
    for collider in vehicle.colliders:
        writer.add_collider(collider, contype, conaffinity)
    return writer.record()


class _Writer:
    """Puts one vehicle into a scene and remembers what everything is called there."""

    def __init__(self, spec: mujoco.MjSpec, vehicle: Vehicle, prefix: str):
        self._spec, self._vehicle, self._prefix = spec, vehicle, prefix
        for name, material in vehicle.materials.items():
            _add_material(spec, f"{prefix}/{name}", material)
        self._root = spec.worldbody.add_body(name=prefix)
        self._bodies: dict[str, mujoco.MjsBody] = {}
        self._positions: dict[str, Array] = {}
        for body in sorted(vehicle.bodies.values(), key=lambda body: body.parent is not None):
            position = body.reference_m - self._origin(body.parent)
            carrier = self._bodies[body.parent] if body.parent else self._root
            self._bodies[body.name] = carrier.add_body(name=f"{prefix}/{body.name}", pos=position)
            self._positions[body.name] = position
        self._geoms: dict[str, list[str]] = {name: [] for name in self._bodies}
        self._conditions: dict[str, Condition] = {}
        self._colliders: list[str] = []

    def add_panel(self, panel: PanelMesh) -> None:
        """A visible geom, or one that laser rays see."""
        variant = f"/{'='.join(panel.condition)}" if panel.condition else ""
        tail = f"{panel.body}/{panel.material}/{panel.role}{variant}"
        mesh = f"{self._vehicle.name}/{tail}"
        if self._spec.mesh(mesh) is None:
            self._add_mesh(mesh, panel)
        name = f"{self._prefix}/{tail}"
        self._bodies[panel.body].add_geom(
            name=name,
            type=mujoco.mjtGeom.mjGEOM_MESH,
            meshname=mesh,
            material=f"{self._prefix}/{panel.material}",
            group=int(_GROUP[panel.role]),
            contype=0,
            conaffinity=0,
            mass=0,
        )
        self._geoms[panel.body].append(name)
        if panel.condition:
            self._conditions[name] = panel.condition

    def _add_mesh(self, name: str, panel: PanelMesh) -> None:
        faces = panel.faces.ravel()
        mesh = self._spec.add_mesh(
            name=name,
            uservert=(panel.vertices_m - self._origin(panel.body)).ravel(),
            usernormal=panel.normals.ravel(),
            userface=faces,
            userfacenormal=faces,
            inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL,
        )
        if panel.texcoords is not None:
            mesh.usertexcoord = panel.texcoords.ravel()
            mesh.userfacetexcoord = faces

    def add_collider(self, collider: Collider, contype: int, conaffinity: int) -> None:
        """A hull for contacts, never drawn."""
        mesh = f"{self._vehicle.name}/hull/{collider.name}"
        if self._spec.mesh(mesh) is None:
            self._spec.add_mesh(name=mesh, uservert=(collider.vertices_m - self._origin(collider.body)).ravel())
        name = f"{self._prefix}/hull/{collider.name}"
        carrier = self._bodies[collider.body] if collider.body else self._root
        carrier.add_geom(
            name=name,
            type=mujoco.mjtGeom.mjGEOM_MESH,
            meshname=mesh,
            group=int(GeomGroup.COLLIDER),
            contype=contype,
            conaffinity=conaffinity,
            mass=0,
            rgba=(0.1, 0.8, 0.2, 0.3),
        )
        self._colliders.append(name)
        if collider.body:
            self._geoms[collider.body].append(name)

    def record(self) -> VehicleInScene:
        """What everything is called."""
        textured = [name for name, material in self._vehicle.materials.items() if material.texture]
        return VehicleInScene(
            body=self._prefix,
            bodies={name: f"{self._prefix}/{name}" for name in self._bodies},
            positions_m=self._positions,
            geoms={name: tuple(names) for name, names in self._geoms.items()},
            conditions=self._conditions,
            colliders=tuple(self._colliders),
            paint=f"{self._prefix}/paint",
            label=f"{self._prefix}/{textured[0]}" if textured else None,
        )

    def _origin(self, body: str | None) -> Array:
        return self._vehicle.bodies[body].reference_m if body else np.zeros(3)


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
