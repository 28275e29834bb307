"""Panels: what a drawing says about them, and how their edges and meshes are built together.

A panel that is drawn on the right side is built there and mirrored to the left. Neighbouring panels share the middle
curve of the gap; a seam gives that stretch of both curves its nominal gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from linewalker.plantfile import Node
from linewalker.vehicle.build.drawing import Sheet, read_length
from linewalker.vehicle.build.model_file import SeamDrawing
from linewalker.vehicle.build.outline import PanelOutline
from linewalker.vehicle.build.panel_mesh import STRIP_M, Facets, Inside
from linewalker.vehicle.build.rim import COARSE, Edge, Trace, build_edge, gap_floor, hem, near, traces
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.build.triangles import Triangles, joined
from linewalker.vehicle.components import Array, Rim

SIDES = ("right", "left")
_TOUCH_M = 0.0025
"""Middle curves of two panels this close to each other are the same seam."""
_MIRROR = np.array([1.0, -1.0, 1.0])


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """One outline of a panel, and the sides of the car it is built on.

    Attributes:
        panel: name without side.
        bodies: (body, mirrored) for every copy of it.
        radius_m, gap_m: of its edge, where no seam says otherwise.
    """

    panel: str
    outline: PanelOutline
    bodies: tuple[tuple[str, bool], ...]
    material: str
    radius_m: float
    gap_m: float


def body_names(sheet: Sheet, name: str, node: Node) -> dict[str, str]:
    """Outline of every body a panel stands for: ``{body: outline}``, for example both sides."""
    outline = node["outline"]
    if outline.is_mapping:
        outline.expect_keys(("right",), ("left",))
        return {f"{name}_{side}": entry.choice(sheet.names, "outline") for side, entry in outline.items()}
    drawn = outline.choice(sheet.names, "outline")
    if sheet.is_symmetric(drawn):
        return {name: drawn}
    sides = (node["only"].choice(SIDES, "side"),) if "only" in node else SIDES
    return {f"{name}_{side}": drawn for side in sides}


def read_piece(sheet: Sheet, name: str, node: Node, materials: Sequence[str]) -> list[Piece]:
    """The pieces of one panel; two when its sides differ."""
    by_outline: dict[str, list[tuple[str, bool]]] = {}
    for body, outline in body_names(sheet, name, node).items():
        by_outline.setdefault(outline, []).append((body, body.endswith("_left")))
    return [
        Piece(
            panel=name,
            outline=sheet[outline],
            bodies=tuple(bodies),
            material=node["material"].choice(materials, "material"),
            radius_m=read_length(node["radius"]) if "radius" in node else 0.002,
            gap_m=read_length(node["gap"]) if "gap" in node else 0.004,
        )
        for outline, bodies in by_outline.items()
    ]


class PanelWorks:
    """Edges of all panels, matched with one another.

    Args:
        skin: the body.
        pieces: all panels.
        seams: those seams that will be measured: their surroundings are built finely.
    """

    def __init__(self, skin: Skin, pieces: Sequence[Piece], seams: Sequence[SeamDrawing]):
        self._skin = skin
        self._traces = {id(piece): traces(piece.outline) for piece in pieces}
        self._half_gaps = {
            id(piece): [np.full(len(t.points), piece.gap_m / 2) for t in self._traces[id(piece)]] for piece in pieces
        }
        measured = [np.empty((0, 3))]
        for seam in seams:
            for mine, other in ((seam.master, seam.slave), (seam.slave, seam.master)):
                opposite = [_right(t.points) for p in pieces if p.panel == other for t in self._traces[id(p)]]
                for piece in (p for p in pieces if p.panel == mine):
                    for trace, half in zip(self._traces[id(piece)], self._half_gaps[id(piece)]):
                        shared = near(_right(trace.points), np.vstack(opposite), _TOUCH_M)
                        half[shared] = seam.gap_m / 2
                        measured.append(_right(trace.points[shared]))
        self._measured = np.vstack(measured)

    def edges(self, piece: Piece, fine: bool) -> list[Edge]:
        """Rims of a piece, on the right side of the car; fine: closely followed beside seams that are measured."""
        built = []
        for trace, half in zip(self._traces[id(piece)], self._half_gaps[id(piece)]):
            closely = near(_right(trace.points), self._measured, STRIP_M) if fine else None
            built.append(
                build_edge(
                    self._skin,
                    trace,
                    body=piece.bodies[0][0],
                    radius_m=piece.radius_m,
                    half_gap_m=half,
                    sampling=COARSE,
                    fine=closely,
                )
            )
        return built

    def is_measured(self, piece: Piece) -> bool:
        """True when one of the piece's edges belongs to a seam that is measured."""
        return any(near(_right(t.points), self._measured, 1e-6).any() for t in self._traces[id(piece)])

    def trace(self, piece: Piece) -> list[Trace]:
        """Middle curves of the gaps around a piece."""
        return self._traces[id(piece)]


def panel_mesh(skin: Skin, piece: Piece, edges: Sequence[Edge], facets: Facets) -> Triangles:
    """Skin and hems of a panel."""
    inside = Inside(skin, piece.outline.view, edges, facets)
    return joined([inside.mesh(), *(hem(edge) for edge in edges)])


def floors(edges: Sequence[Edge], only_fine: bool) -> list[Triangles]:
    """Dark strips below the gaps around a panel."""
    strips = (gap_floor(edge, only_fine) for edge in edges)
    return [strip for strip in strips if strip is not None]


def rims_of(edges: Sequence[Edge], body: str, mirrored: bool) -> tuple[Rim, ...]:
    """The rims of one copy of a piece.

    A mirror image reverses the sense of rotation; the tangent is reversed with it so that binormal = normal x tangent.
    """
    if not mirrored:
        return tuple(replace(edge.rim, body=body) for edge in edges)
    return tuple(
        Rim(
            body=body,
            radius_m=edge.rim.radius_m,
            foot_m=(edge.rim.foot_m * _MIRROR)[::-1],
            normal=(edge.rim.normal * _MIRROR)[::-1],
            binormal=(edge.rim.binormal * _MIRROR)[::-1],
            tangent=(-edge.rim.tangent * _MIRROR)[::-1],
        )
        for edge in edges
    )


def _right(points: Array) -> Array:
    """Points folded onto the right side of the car."""
    return np.column_stack((points[:, 0], np.abs(points[:, 1]), points[:, 2]))
