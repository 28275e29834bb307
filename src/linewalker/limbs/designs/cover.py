"""Covers and machine parts that the shapes of a robot are put together from, and what they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from linewalker.geometry import rotation_x, rotation_y
from linewalker.limbs.designs.loft import Loft, Plate, Section
from linewalker.limbs.designs.mesh import Mesh, solid_of_revolution


class Finish(Enum):
    """What a part looks like; the value is its colour, red, green, blue in 0..1."""

    SHELL = (0.93, 0.94, 0.95)
    GRAPHITE = (0.20, 0.21, 0.235)
    JOINT = (0.075, 0.08, 0.09)
    METAL = (0.52, 0.54, 0.57)
    GLASS = (0.012, 0.015, 0.022)
    LIGHT = (0.45, 0.90, 1.0)


@dataclass(frozen=True, kw_only=True)
class CoverPart:
    """Something one sees on a link.

    Attributes:
        link: what it moves with.
        finish: its material.
        mesh: its shape in the frame of the link.
    """

    link: str
    finish: Finish
    mesh: Mesh


def disc(radius: float, half_width: float, *, bevel: float = 0.006, axis: str = "y", segments: int = 28) -> Mesh:
    """A cylinder with rounded edges about the x, y or z axis, centred at the origin."""
    arc = np.radians([0.0, 40.0, 90.0])
    radii = radius - bevel * (1.0 - np.sin(arc))
    heights = half_width - bevel * (1.0 - np.cos(arc))
    profile = np.concatenate((np.stack((radii, -heights), -1), np.stack((radii, heights), -1)[::-1]))
    return along(solid_of_revolution(profile, segments=segments), axis)


def ring(radius: float, thickness: float, *, axis: str = "y", segments: int = 32) -> Mesh:
    """A torus about an axis: radius of its circle, and of its section."""
    turn = np.arange(segments) * (2 * np.pi / segments)
    tube = np.radians(np.arange(0, 360, 60.0))
    reach = radius + thickness * np.cos(tube)[:, None]
    height = np.broadcast_to(thickness * np.sin(tube)[:, None], (6, segments))
    vertices = np.stack((reach * np.cos(turn), reach * np.sin(turn), height), -1)
    index = np.arange(6 * segments).reshape(6, segments)
    closed = np.vstack((index, index[:1]))
    a, b = closed[:-1], np.roll(closed[:-1], -1, axis=1)
    c, d = np.roll(closed[1:], -1, axis=1), closed[1:]
    faces = np.stack((a, b, c, a, c, d), axis=-1).reshape(-1, 3)
    return along(Mesh(vertices=vertices.reshape(-1, 3), faces=faces), axis)


def along(mesh: Mesh, axis: str) -> Mesh:
    """A mesh made about z, turned so that its z axis lies along the named one."""
    if axis == "x":
        return mesh.turned(rotation_y(np.pi / 2))
    return mesh.turned(rotation_x(-np.pi / 2)) if axis == "y" else mesh


def bellows(low: Section, high: Section, *, folds: int, depth_m: float, points: int = 32) -> Mesh:
    """A folded sleeve from one section to another."""
    count = 4 * folds + 1
    mix = np.linspace(0.0, 1.0, count)
    inset = depth_m * (0.5 - 0.5 * np.cos(2 * np.pi * folds * mix))
    sections = []
    for t, d in zip(mix, inset):
        value = {name: (1 - t) * getattr(low, name) + t * getattr(high, name) for name in Section.__dataclass_fields__}
        for name in ("front", "back", "left", "right"):
            value[name] -= d
        sections.append(Section(**value))
    return Loft(sections=sections, dome_low_m=0.002, dome_high_m=0.002).mesh(rings=count, points=points)


def plate(
    loft: Loft,
    outline_deg: Sequence[tuple[float, float, float]],
    *,
    lift_m: float = 0.004,
    edge_m: float = 0.0035,
    corner_power: float = 6.0,
    rows: int = 10,
    columns: int = 10,
) -> Mesh:
    """A raised panel; ``outline_deg`` has u and the angles of both borders in degrees, from the lower end up."""
    outline = [(u, np.radians(first), np.radians(last)) for u, first, last in outline_deg]
    panel = Plate(loft=loft, outline=outline, lift_m=lift_m, edge_m=edge_m, corner_power=corner_power)
    return panel.mesh(rows=rows, columns=columns)


def spot(loft: Loft, u: float, angle_deg: float, radius_m: float, *, lift_m: float) -> Mesh:
    """A small round panel: a lens, a lamp."""
    place, h = np.radians(angle_deg), 1e-3
    per_u = np.linalg.norm(loft.surface(u + h, place) - loft.surface(u - h, place)) / (2 * h)
    per_rad = np.linalg.norm(loft.surface(u, place + h) - loft.surface(u, place - h)) / (2 * h)
    du, da = radius_m / per_u, np.degrees(radius_m / per_rad)
    outline = [(float(u + t * du), float(angle_deg - da), float(angle_deg + da)) for t in (-1.0, 0.0, 1.0)]
    return plate(loft, outline, lift_m=lift_m, edge_m=0.2 * radius_m, corner_power=2.0, rows=8, columns=6)


def rod(start: tuple[float, float, float], end: tuple[float, float, float], radius: float, tip: float) -> Mesh:
    """A tapered rod with round ends, ``radius`` at its start and ``tip`` at its end: a finger bone."""
    p, q = np.asarray(start), np.asarray(end)
    length = float(np.linalg.norm(q - p))
    arc = np.radians([90.0, 60.0, 30.0, 0.0])
    low = np.stack((radius * np.cos(arc), -radius * np.sin(arc)), -1)
    high = np.stack((tip * np.cos(arc), length + tip * np.sin(arc)), -1)[::-1]
    body = solid_of_revolution(np.concatenate((low[1:], high[:-1])), segments=12)
    z = (q - p) / length
    x = np.cross([0.0, 1.0, 0.0] if abs(z[1]) < 0.9 else [1.0, 0.0, 0.0], z)
    x /= np.linalg.norm(x)
    return body.turned(np.column_stack((x, np.cross(z, x), z))).moved(*p)
