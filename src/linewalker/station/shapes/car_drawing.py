"""A car on paper: one model seen from its five sides, as designed, in areas of one material each.

Triangles are drawn from the farthest to the nearest into a picture of materials; its regions become outlines. Numbers
are mm in the plane of a view, x to the right and y down, so that an outline is the path of an SVG as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.cachefolder import cached_file, keep, kept, source_hash
from linewalker.geometry import Array
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import Seam
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.vehicle.components import PanelMesh
from linewalker.vehicle.library import load_vehicle, model_path
from linewalker.vehicle.vehicle import Vehicle

_MM_PER_PX = 6.0
_SMOOTH_MM = 5.0  # outlines keep this near to the edge of their region
_LEAST_AREA_PX = 12
_FACING = 0.35
_AXES = {
    "left": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    "right": ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0)),
    "top": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    "front": ((0.0, -1.0, 0.0), (1.0, 0.0, 0.0)),
    "rear": ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)),
}
"""View -> what is to the right on paper, and where it looks, in V."""

SIDES = tuple(_AXES)


@dataclass(frozen=True, kw_only=True)
class View:
    """One side of a car.

    Attributes:
        right, into: unit vectors in V: to the right on paper, and away from who looks.
        box_mm: left, top, width and height of what is drawn.
        areas: material and path, in the order in which they are painted.
        seams: path of the lines between the panels.
    """

    right: Array
    into: Array
    box_mm: tuple[float, float, float, float]
    areas: tuple[tuple[str, str], ...]
    seams: str = ""

    def on_paper(self, points_V_mm: Array) -> Array:
        """Points (..., 3) in V as (..., 2) on paper."""
        return _on_paper(points_V_mm, self.right, self.into)

    def shows(self, normal_V: Array) -> bool:
        """Whether a surface with this outward normal faces who looks."""
        return float(np.dot(normal_V, self.into)) < -0.5


@dataclass(frozen=True, kw_only=True)
class CarDrawing:
    """All sides of a model as it is by default.

    Attributes:
        views: by side.
        colours: material -> sRGB, 0 to 1; of ``paint`` as nobody ordered one.
        paints: value of the option ``paint`` -> sRGB.
    """

    views: Mapping[str, View]
    colours: Mapping[str, tuple[float, ...]]
    paints: Mapping[str, tuple[float, ...]]


def car_drawing(model: str) -> CarDrawing:
    """The drawing of a model, from the cache if it was made before.

    Raises:
        InputError: there is no such model.
    """
    key = f"{source_hash(Path(__file__))[:16]}-{source_hash(model_path(model))[:16]}"
    stored = cached_file("vehicles", f"{model}-{key}.drawing")
    content = kept(stored)
    if content is None:
        content = json.dumps(_document(load_vehicle(model))).encode()
        keep(content, stored)
    return _drawing(json.loads(content))


def _document(vehicle: Vehicle) -> dict[str, object]:
    shown = [mesh for mesh in vehicle.meshes if mesh.role == "camera" and len(mesh.faces) and _is_there(mesh, vehicle)]
    seams = VehicleCatalogue.from_dict(cad_export_of(vehicle)).seams.values()
    axes = {side: (np.array(right), np.array(into)) for side, (right, into) in _AXES.items()}
    return {
        "views": {side: {**_view(shown, *of), "seams": _lines(seams, *of)} for side, of in axes.items()},
        "colours": {name: list(look.rgba[:3]) for name, look in vehicle.materials.items()},
        "paints": {name: list(rgba[:3]) for name, rgba in vehicle.options.paints.items()},
    }


def _drawing(document: Mapping[str, Any]) -> CarDrawing:
    views = {
        side: View(
            right=np.array(_AXES[side][0]),
            into=np.array(_AXES[side][1]),
            box_mm=tuple(view["box_mm"]),
            areas=tuple((material, path) for material, path in view["areas"]),
            seams=view["seams"],
        )
        for side, view in document["views"].items()
    }
    colours, paints = ({name: tuple(rgb) for name, rgb in document[key].items()} for key in ("colours", "paints"))
    return CarDrawing(views=views, colours=colours, paints=paints)


def _is_there(mesh: PanelMesh, vehicle: Vehicle) -> bool:
    return mesh.condition is None or vehicle.options.defaults()[mesh.condition[0]] == mesh.condition[1]


def _on_paper(points: Array, right: Array, into: Array) -> Array:
    down = np.cross(into, right)
    return np.stack((points @ right, points @ down), axis=-1)


def _view(meshes: list[PanelMesh], right: Array, into: Array) -> dict[str, object]:
    materials = sorted({mesh.material for mesh in meshes})
    flat, depth, label = [], [], []
    for mesh in meshes:
        corners = 1e3 * mesh.vertices_m.astype(float)[mesh.faces]
        outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        facing = outward @ into < 0.0
        flat.append(_on_paper(corners[facing], right, into))
        depth.append(corners[facing].mean(axis=1) @ into)
        label.append(np.full(int(facing.sum()), materials.index(mesh.material) + 1))
    triangles, labels = np.concatenate(flat), np.concatenate(label)
    low, high = triangles.min(axis=(0, 1)), triangles.max(axis=(0, 1))
    pixels = np.rint((triangles - low) / _MM_PER_PX).astype(np.int32) + 2
    picture = np.zeros(np.ceil((high - low) / _MM_PER_PX).astype(int)[::-1] + 5, np.uint8)
    for row in np.argsort(-np.concatenate(depth), kind="stable"):
        cv2.fillConvexPoly(picture, pixels[row], int(labels[row]))
    picture = cv2.medianBlur(picture, 3)
    areas = [["", _outlines(picture > 0, low)]]
    areas += [[name, _outlines(picture == i + 1, low)] for i, name in enumerate(materials)]
    return {"box_mm": [*low, *(high - low)], "areas": [area for area in areas if area[1]]}


def _lines(seams: Iterable[Seam], right: Array, into: Array) -> str:
    """The path of all stretches of seams that face who looks."""
    path = ""
    for seam in seams:
        points, facing = _on_paper(seam.centre_V_mm, right, into), seam.normal @ into < -_FACING
        for stretch in np.split(np.arange(len(points)), np.flatnonzero(np.diff(facing)) + 1):
            if facing[stretch[0]] and len(stretch) > 1:
                corners = cv2.approxPolyDP(points[stretch].astype(np.float32)[:, None], _SMOOTH_MM, False)[:, 0]
                path += "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners)
    return path


def _outlines(region: NDArray[np.bool_], low: Array) -> str:
    """The path around a region, holes in it left out by the even-odd rule."""
    found, _ = cv2.findContours(region.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    path = ""
    for contour in found:
        if cv2.contourArea(contour) >= _LEAST_AREA_PX:
            corners = cv2.approxPolyDP(contour, _SMOOTH_MM / _MM_PER_PX, True)[:, 0]
            points = (corners - 2) * _MM_PER_PX + low
            path += "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "z"
    return path
