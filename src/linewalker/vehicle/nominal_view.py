"""What a car should look like: pictures of the nominal vehicle, drawn from CAD for comparison with what a camera sees.

Nothing of the real car is in it, no deviation and no parking error. The light is deliberately another one than in the
hall, so that nobody comes to rely on shadows and reflections being where they were drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.rendering.light import Lighting
from linewalker.rendering.mesh import TriangleMesh, rectangle_mesh
from linewalker.rendering.pinhole import Pinhole
from linewalker.rendering.renderer import Material, Renderer, Things
from linewalker.vehicle import Vehicle
from linewalker.vehicle.components import MISSING, PanelMesh
from linewalker.vehicle.label import label_image

LIGHT_TENT = Lighting(sky=(1.05, 1.03, 1.0), wall=(0.85, 0.85, 0.85), ground=(0.40, 0.40, 0.39), exposure=0.55)
"""Light from everywhere: mirrored lamps move with every millimetre of pose, so a hypothesis had better have none."""

_FLOOR = Material(rgb=(0.62, 0.62, 0.62), roughness=0.9)
_FLOOR_HALF_M = 12.0


@dataclass(frozen=True, kw_only=True)
class NominalPicture:
    """A picture of the nominal car.

    Attributes:
        rgb: (height, width, 3) uint8.
        depth_m: (height, width) along z; NaN where nothing is.
        body_of: (height, width) index into ``bodies`` of what is seen, -1 for floor and background.
        bodies: names of the bodies of the vehicle.
    """

    rgb: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    body_of: NDArray[np.int32]
    bodies: tuple[str, ...]

    def mask(self, body: str) -> NDArray[np.bool_]:
        """Pixels (height, width) in which a panel or part is seen; empty for one that the model does not have."""
        return self.body_of == self.bodies.index(body) if body in self.bodies else np.zeros_like(self.body_of, bool)


class NominalView:
    """Draws one vehicle model as designed, in any variant.

    Args:
        vehicle: the model.
        lighting: the light; the station frame of its lamps stands under the nominal car.
    """

    def __init__(self, vehicle: Vehicle, lighting: Lighting = LIGHT_TENT):
        self.vehicle = vehicle
        self._panels = [panel for panel in vehicle.meshes if panel.role == "camera"]
        self._bodies = tuple(vehicle.bodies)
        self._body_of = np.array([self._bodies.index(panel.body) for panel in self._panels] + [-1], np.int32)
        floor = rectangle_mesh(_FLOOR_HALF_M, _FLOOR_HALF_M)
        self._renderer = Renderer([*(_mesh(panel) for panel in self._panels), floor])
        self._X_WV = Pose(p=np.array([0.0, 0.0, vehicle.axle_height_m]))
        ordinary = vehicle.options.defaults()
        self._light = self._renderer.illuminate(self._things(self._rows(ordinary, {}), ordinary, ""), lighting)

    def render(
        self,
        X_VC: Pose,
        K: NDArray[np.float64],
        size_px: tuple[int, int],
        options: Mapping[str, str],
        *,
        parts: Mapping[str, str] | None = None,
        vin: str = "",
        fine: int = 2,
    ) -> NominalPicture:
        """Draw the car under a hypothesis.

        Args:
            X_VC: the camera (x right, y down, z forward) in vehicle frame V.
            K: (3, 3) px. For a crop of a larger picture that starts at column u0 and row v0, take u0 and v0 off the
                principal point: the crop is then the same, pixel by pixel, and costs only its own pixels.
            size_px: width and height of the picture.
            options: complete options of the order.
            parts: part -> ``missing`` or a variant, where the hypothesis differs from the order.
            vin: the number on the label.
            fine: samples per pixel and direction.
        """
        rows = self._rows(options, parts or {})
        camera = Pinhole(X_WC=self._X_WV @ X_VC, K=K, width_px=size_px[0], height_px=size_px[1])
        picture = self._renderer.render(self._things(rows, options, vin), camera, self._light, fine=fine)
        seen = picture.thing_of >= 0
        body_of = np.where(seen, self._body_of[rows[np.maximum(picture.thing_of, 0)]], -1).astype(np.int32)
        return NominalPicture(rgb=picture.rgb, depth_m=picture.depth_m, body_of=body_of, bodies=self._bodies)

    def _rows(self, options: Mapping[str, str], parts: Mapping[str, str]) -> NDArray[np.int32]:
        """Meshes that are there under a hypothesis, and the floor."""
        there = [row for row in range(len(self._panels)) if self._is_there(row, options, parts)]
        return np.array([*there, len(self._panels)], np.int32)

    def _is_there(self, row: int, options: Mapping[str, str], parts: Mapping[str, str]) -> bool:
        panel = self._panels[row]
        state = parts.get(panel.body)
        if state == MISSING:
            return False
        if panel.condition is None:
            return True
        option, value = panel.condition
        chosen = options.get(option, self.vehicle.options.defaults()[option])
        if state is not None and self.vehicle.parts[panel.body].option == option:
            chosen = state
        return chosen == value

    def _things(self, rows: NDArray[np.int32], options: Mapping[str, str], vin: str) -> Things:
        label = label_image(vin)
        count = len(rows)
        material, texture = np.empty((count, 7)), np.full((count, 3), -1, np.int64)
        for i, row in enumerate(rows[:-1]):
            name = self._panels[row].material
            material[i] = self._material(name, options)
            if self.vehicle.materials[name].texture and self._panels[row].texcoords is not None:
                texture[i] = 0, label.shape[0], label.shape[1]
        material[-1] = _FLOOR.row()
        positions = np.tile(self._X_WV.p, (count, 1))
        positions[-1] = 0.0
        return Things(
            mesh=rows,
            R_WM=np.tile(np.eye(3), (count, 1, 1)),
            p_WM=positions,
            material=material,
            texture=texture,
            texels=label.ravel(),
        )

    def _material(self, name: str, options: Mapping[str, str]) -> NDArray[np.float64]:
        look = self.vehicle.materials[name]
        rgba = self.vehicle.options.paints.get(options.get("paint", ""), look.rgba) if name == "paint" else look.rgba
        return Material(
            rgb=(rgba[0], rgba[1], rgba[2]),
            roughness=look.roughness,
            metallic=look.metallic,
            reflectance=0.08 * look.specular,
            emission=look.emission,
        ).row()


def _mesh(panel: PanelMesh) -> TriangleMesh:
    return TriangleMesh(
        vertices=np.ascontiguousarray(panel.vertices_m, np.float32),
        normals=np.ascontiguousarray(panel.normals, np.float32),
        faces=np.ascontiguousarray(panel.faces, np.int32),
        normal_faces=np.ascontiguousarray(panel.faces, np.int32),
        texcoords=panel.texcoords,
        texcoord_faces=None if panel.texcoords is None else panel.faces,
    )
