"""Shapes of a robot's covers: lofts through superelliptic sections, and raised plates on top of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline, PchipInterpolator

from linewalker.limbs.designs.mesh import Array, Mesh, capped, grid_faces


@dataclass(frozen=True, kw_only=True)
class Section:
    """One cross-section of a loft: a superellipse whose four half axes may differ.

    Attributes:
        z: height of the section.
        front, back, left, right: half axes along +x, -x, +y, -y.
        power: 2 for an ellipse; the greater, the more it looks like a rectangle.
        x, y: where the half axes meet.
    """

    z: float
    front: float
    back: float
    left: float
    right: float
    power: float = 2.4
    x: float = 0.0
    y: float = 0.0


def section(
    z: float, depth: float, width: float, *, power: float = 2.4, x: float = 0.0, back: float | None = None
) -> Section:
    """A section as wide to the left as to the right; ``depth`` and ``width`` are half axes, ``back`` that along -x."""
    return Section(z=z, front=depth, back=depth if back is None else back, left=width, right=width, power=power, x=x)


@dataclass(frozen=True, kw_only=True)
class Loft:
    """A smooth skin through sections, closed by a dome at either end.

    Attributes:
        sections: from the lowest to the highest.
        dome_low_m, dome_high_m: heights of the domes.
        dome_power: 2 for an elliptic dome; the greater, the flatter its middle and the tighter its edge.
    """

    sections: Sequence[Section]
    dome_low_m: float = 0.01
    dome_high_m: float = 0.01
    dome_power: float = 2.4

    @cached_property
    def _curves(self) -> CubicSpline:
        rows = [(s.x, s.y, s.front, s.back, s.left, s.right, s.power) for s in self.sections]
        return CubicSpline([s.z for s in self.sections], np.array(rows), bc_type="natural")

    def surface(self, u: ArrayLike, angle: ArrayLike) -> Array:
        """Points (..., 3) of the skin.

        Args:
            u: 0 at the lowest, 1 at the highest section, linear in height between; the domes are -1..0 and 1..2.
            angle: about z, from +x; rad.
        """
        u, angle = np.broadcast_arrays(np.asarray(u, float), np.asarray(angle, float))
        low, high = self.sections[0].z, self.sections[-1].z
        z = low + (high - low) * np.clip(u, 0.0, 1.0)
        x, y, front, back, left, right, power = np.moveaxis(self._curves(z), -1, 0)
        beyond = 0.5 * np.pi * (np.clip(u - 1.0, 0.0, 1.0) - np.clip(-u, 0.0, 1.0))
        shrink = np.abs(np.cos(beyond)) ** (2 / self.dome_power)
        rise = np.sign(beyond) * np.abs(np.sin(beyond)) ** (2 / self.dome_power)
        c, s = np.cos(angle), np.sin(angle)
        across = np.sign(c) * np.abs(c) ** (2 / power) * np.where(c >= 0, front, back) * shrink
        along = np.sign(s) * np.abs(s) ** (2 / power) * np.where(s >= 0, left, right) * shrink
        lift = np.where(rise > 0, self.dome_high_m, self.dome_low_m) * rise
        return np.stack((x + across, y + along, z + lift), axis=-1)

    def normal(self, u: ArrayLike, angle: ArrayLike) -> Array:
        """Unit normals (..., 3) out of the skin, by central differences."""
        u, angle = np.asarray(u, float), np.asarray(angle, float)
        h = 1e-4
        around = self.surface(u, angle + h) - self.surface(u, angle - h)
        upward = self.surface(u + h, angle) - self.surface(u - h, angle)
        normal = np.cross(around, upward)
        return normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-15)

    def mesh(self, *, rings: int = 12, points: int = 28, dome_rings: int = 4) -> Mesh:
        """The skin as a closed mesh with ``rings`` between the domes and ``points`` around."""
        dome = 1.0 - np.linspace(0.97, 0.18, dome_rings) ** 1.5
        u = np.concatenate((-dome[::-1], np.linspace(0.0, 1.0, rings), 1.0 + dome))
        angle = np.arange(points) * (2 * np.pi / points)
        return capped(self.surface(u[:, None], angle).reshape(-1, 3), len(u), points)


@dataclass(frozen=True, kw_only=True)
class Plate:
    """A raised panel on a loft, with a rounded edge that dips under the skin.

    Attributes:
        loft: what it lies on.
        outline: (k, 3) of u, angle of the one border and of the other, from the lower to the upper end.
        lift_m: how far it stands proud.
        edge_m: radius of its edge.
        corner_power: 2 rounds its corners to an ellipse; the greater, the squarer.
    """

    loft: Loft
    outline: ArrayLike
    lift_m: float = 0.004
    edge_m: float = 0.004
    corner_power: float = 6.0

    def mesh(self, *, rows: int = 10, columns: int = 10) -> Mesh:
        """The panel as a closed mesh: its skin, and a fan from its border to a point inside the loft."""
        u, first, last = np.asarray(self.outline, float).T
        borders = PchipInterpolator(u, np.stack((first, last), axis=-1))
        length = (u[-1] - u[0]) * self._stretch(0.5 * (u[0] + u[-1]), 0.5 * (first + last).mean(), along=True)
        b, rise_b = _edged(np.array([0.5 * length]), self.edge_m, rows)
        b, rise_b = b[0], rise_b[0]
        middle, half = 0.5 * (u[0] + u[-1]), 0.5 * (u[-1] - u[0])
        height = middle + half * b
        left, right = np.moveaxis(borders(height), -1, 0)
        taper = np.maximum(1.0 - np.abs(b) ** self.corner_power, 1e-3) ** (1 / self.corner_power)
        centre, reach = 0.5 * (left + right), 0.5 * (right - left) * taper
        a, rise_a = _edged(reach * self._stretch(height, centre, along=False), self.edge_m, columns)
        angle = centre[:, None] + reach[:, None] * a
        lift = (self.lift_m + self.edge_m) * rise_a * rise_b[:, None] - self.edge_m
        heights = np.broadcast_to(height[:, None], angle.shape)
        skin = self.loft.surface(heights, angle) + lift[..., None] * self.loft.normal(heights, angle)
        return _backed(skin, depth_m=3 * self.edge_m)

    def _stretch(self, u: ArrayLike, angle: ArrayLike, *, along: bool) -> Array:
        """Metres on the skin per unit of u, or of angle."""
        h = 1e-3
        du, da = (h, 0.0) if along else (0.0, h)
        u, angle = np.asarray(u, float), np.asarray(angle, float)
        chord = self.loft.surface(u + du, angle + da) - self.loft.surface(u - du, angle - da)
        return np.linalg.norm(chord, axis=-1) / (2 * h)


def _edged(half_width: Array, edge: float, count: int) -> tuple[Array, Array]:
    """Samples -1..1 across a panel, dense at both borders, and the height of its rounded edge there, 0..1.

    Args:
        half_width: (k,) of the panel, m.
        edge: radius of the edge, m.
        count: samples between the edges.

    Returns:
        (k, n) samples and (k, n) heights.
    """
    arc = np.radians([0.0, 20.0, 50.0, 90.0])
    radius = np.minimum(edge, 0.6 * half_width)
    inward = radius[:, None] * (1.0 - np.cos(arc)) / np.maximum(half_width, 1e-9)[:, None]
    inner = 1.0 - inward[:, -1:]
    plain = inner * np.sin(0.5 * np.pi * np.linspace(-1.0, 1.0, count)[1:-1])  # denser where corners are rounded
    samples = np.hstack((-1.0 + inward, plain, 1.0 - inward[:, ::-1]))
    rise = np.concatenate((np.sin(arc), np.ones(count - 2), np.sin(arc[::-1])))
    return samples, np.broadcast_to(rise, samples.shape)


def _backed(skin: Array, depth_m: float) -> Mesh:
    """Close an open skin (rows, columns, 3) by a copy of it that lies ``depth_m`` deeper, rim to rim."""
    rows, columns = skin.shape[:2]
    faces = grid_faces(rows, columns, wrap=False)
    index = np.arange(rows * columns).reshape(rows, columns)
    rim = np.concatenate((index[0], index[1:, -1], index[-1, -2::-1], index[-2:0:-1, 0]))
    border = skin.reshape(-1, 3)[rim]
    inside = border.mean(axis=0) - depth_m * _mean_normal(skin)
    hub = rows * columns
    fan = np.stack((np.roll(rim, -1), rim, np.full(len(rim), hub)), axis=-1)
    return Mesh(vertices=np.vstack((skin.reshape(-1, 3), inside)), faces=np.vstack((faces, fan)))


def _mean_normal(skin: Array) -> Array:
    normal = np.cross(skin[:-1, 1:] - skin[:-1, :-1], skin[1:, :-1] - skin[:-1, :-1]).sum(axis=(0, 1))
    return normal / np.linalg.norm(normal)
