"""A renderer for machines without graphics: visibility by rasterisation, light by an analytic hall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linewalker.kernel import make_ready
from linewalker.rendering.light import CEILING_M, LOOKOUT_M, Lighting
from linewalker.rendering.mesh import TriangleMesh
from linewalker.rendering.pinhole import Picture, Pinhole
from linewalker.rendering.raster_kernel import Visible, draw_mesh
from linewalker.rendering.shade_kernel import Eye, Light, Placed, Triangles, resolve

_NEAR_M = 0.02


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a surface is made of.

    Attributes:
        rgb: colour as a designer writes it (sRGB, 0 to 1).
        roughness: 0 polished, 1 matt.
        metallic: share of the light that the base colour mirrors instead of scattering.
        reflectance: of the clear surface seen straight on; 0.04 for lacquer and glass.
        emission: light of its own, relative to white paper in the hall.
    """

    rgb: tuple[float, float, float]
    roughness: float = 0.5
    metallic: float = 0.0
    reflectance: float = 0.04
    emission: float = 0.0

    def row(self) -> NDArray[np.float64]:
        """The seven numbers the kernel reads; colour made linear."""
        srgb = np.asarray(self.rgb, float)
        linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
        return np.array([*linear, self.roughness, self.metallic, self.reflectance, self.emission])


@dataclass(frozen=True, kw_only=True)
class Things:
    """What is to be seen; one row per thing.

    Attributes:
        mesh: (i,) number of its mesh.
        R_WM, p_WM: (i, 3, 3) and (i, 3) pose of that mesh.
        material: (i, 7) rows of `Material`.
        texture: (i, 3) start in ``texels`` (-1: no picture), height and width in px; None where nothing has a picture.
        texels: all pictures, row by row, three bytes per texel.
    """

    mesh: NDArray[np.int32]
    R_WM: NDArray[np.float64]
    p_WM: NDArray[np.float64]
    material: NDArray[np.float64]
    texture: NDArray[np.int64] | None = None
    texels: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(3, np.uint8))


class Renderer:
    """Draws things made of a fixed set of meshes."""

    def __init__(self, meshes: Sequence[TriangleMesh]):
        make_ready()
        nowhere = np.zeros((1, 2), np.float32)
        texcoords = [nowhere if mesh.texcoords is None else mesh.texcoords for mesh in meshes]
        self._triangles = Triangles(
            np.concatenate([mesh.vertices for mesh in meshes]),
            np.concatenate([mesh.normals for mesh in meshes]),
            np.concatenate([mesh.faces for mesh in meshes]),
            np.concatenate([mesh.normal_faces for mesh in meshes]),
            np.concatenate(texcoords),
            np.concatenate(
                [np.zeros_like(mesh.faces) if mesh.texcoord_faces is None else mesh.texcoord_faces for mesh in meshes]
            ),
        )
        sizes = np.array(
            [(len(mesh.vertices), len(mesh.normals), len(mesh.faces), len(uv)) for mesh, uv in zip(meshes, texcoords)]
        )
        self._ends = np.cumsum(sizes, axis=0).astype(np.int32)
        self._starts = (self._ends - sizes).astype(np.int32)
        boxes = [(mesh.vertices.min(0), mesh.vertices.max(0)) for mesh in meshes]
        self._middles = np.array([0.5 * (low + high) for low, high in boxes], float)
        self._radii = np.array([0.5 * np.linalg.norm(high - low) for low, high in boxes], float)

    def illuminate(self, things: Things, lighting: Lighting) -> Light:
        """Light up things that throw soft shadows on one another; good for all pictures in which they stand still."""
        heights = self._visible(things, lighting.lookout(), lighting.map_px(), near_m=LOOKOUT_M - CEILING_M)
        return lighting.packed(heights.inverse_depth)

    def render(self, things: Things, camera: Pinhole, light: Light, *, fine: int = 2) -> Picture:
        """Take a picture; ``fine`` x ``fine`` samples per pixel."""
        lens = fine * np.array([camera.K[0, 0], camera.K[1, 1], camera.K[0, 2] + 0.5, camera.K[1, 2] + 0.5])
        lens[2:] -= 0.5
        eye = Eye(np.ascontiguousarray(camera.X_WC.R, float), np.ascontiguousarray(camera.X_WC.p, float), lens)
        size = (camera.height_px, camera.width_px)
        visible = self._visible(things, eye, (fine * size[0], fine * size[1]))
        starts = np.ascontiguousarray(self._starts[things.mesh])
        texture = np.full((len(starts), 3), -1) if things.texture is None else things.texture
        placed = Placed(starts, things.R_WM, things.p_WM, things.material, texture, things.texels)
        rgb, depth, thing_of = np.empty((*size, 3), np.uint8), np.empty(size, np.float32), np.empty(size, np.int32)
        resolve(self._triangles, placed, eye, visible, light, fine, rgb, depth, thing_of)
        return Picture(rgb=rgb, depth_m=depth, thing_of=thing_of)

    def _visible(self, things: Things, eye: Eye, size: tuple[int, int], *, near_m: float = _NEAR_M) -> Visible:
        """Visibility buffer."""
        buffer = Visible(np.zeros(size, np.float32), np.full(size, -1, np.int32), np.zeros(size, np.int32))
        for row in np.flatnonzero(self._in_view(things, eye, size)):
            mesh = things.mesh[row]
            (v0, _, f0, _), (v1, _, f1, _) = self._starts[mesh], self._ends[mesh]
            draw_mesh(
                self._triangles.vertices[v0:v1],
                self._triangles.faces[f0:f1],
                eye.R_WC.T @ things.R_WM[row],
                eye.R_WC.T @ (things.p_WM[row] - eye.p_WC),
                eye.lens,
                near_m,
                row,
                buffer,
            )
        return buffer

    def _in_view(self, things: Things, eye: Eye, size: tuple[int, int]) -> NDArray[np.bool_]:
        """Things whose bounding sphere reaches into the field of view."""
        middle = np.einsum("ijk,ik->ij", things.R_WM, self._middles[things.mesh]) + things.p_WM
        x, y, z = ((middle - eye.p_WC) @ eye.R_WC).T
        radius = self._radii[things.mesh]
        fx, fy, cx, cy = eye.lens
        inside = z > -radius
        for along, focal, edge in ((x, fx, size[1] - 1 - cx), (-x, fx, cx), (y, fy, size[0] - 1 - cy), (-y, fy, cy)):
            normal = np.array([focal, -edge]) / np.hypot(focal, edge)
            inside &= normal[0] * along + normal[1] * z < radius
        return inside
