"""Reads loose parts of a drawing: frames, flat figures and the solids made of them.

A fitting is one solid of one material: ``turn``, ``extrude``, ``sweep``, ``rounded_block``, ``block``, ``patch`` or
``picture``, in the frame of its part (x right and y up as seen from outside, z out), mm. ``sweep`` and ``patch`` lie on
the skin instead: they are drawn in a view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from linewalker.geometry import Pose
from linewalker.plantfile import Node
from linewalker.vehicle.build import solids
from linewalker.vehicle.build.drawing import Sheet, read_length, read_vector
from linewalker.vehicle.build.lettering import lettering
from linewalker.vehicle.build.outline import circle
from linewalker.vehicle.build.panel_mesh import Facets, Inside
from linewalker.vehicle.build.rim import COARSE, build_edge, traces
from linewalker.vehicle.build.triangles import Triangles
from linewalker.vehicle.components import Condition

_STICKER_M = 0.0006
"""Stickers stand this far off the skin, so that every renderer shows them."""
_CHANGES = ("offset", "spin", "dish", "above", "below")


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitting:
    """A solid, ready in V."""

    material: str
    condition: Condition | None
    mesh: Triangles


class Workshop:
    """Makes fittings.

    Args:
        sheet: views and outlines.
        materials: names that a fitting may use.
        options: option -> values that a fitting may depend on.
    """

    def __init__(self, sheet: Sheet, materials: Sequence[str], options: Mapping[str, Sequence[str]]):
        self._sheet, self._materials, self._options = sheet, materials, options
        self._solids: dict[str, Callable[[Node], Triangles]] = {
            "turn": self._turn,
            "extrude": self._extrude,
            "rounded_block": self._rounded_block,
            "block": self._block,
            "picture": self._picture,
        }
        self._on_skin: dict[str, Callable[[Node], Triangles]] = {"sweep": self._sweep, "patch": self._patch}

    def frame(self, node: Node) -> Pose:
        """A frame of a part: ``{view, point: [u, v]}`` on the skin, or ``{point: [x, y, z], out}``."""
        node.expect_keys(("point",), ("view", "out", "up", "lift"))
        if "view" in node:
            view = self._sheet.view(node["view"])
            point = view.lift(read_vector(node["point"], 2, 1e-3)[None])
            if np.isnan(point).any():
                raise node["point"].error("this point of the view is not on the body")
            p, out = point[0], self._sheet.skin.normals(point)[0]
        else:
            p, out = read_vector(node["point"], 3, 1e-3), np.array([1.0, 0.0, 0.0])
        out = read_vector(node["out"]) if "out" in node else out
        up = read_vector(node["up"]) if "up" in node else np.array([0.0, 0.0, 1.0])
        frame = Pose.from_axes(p, y=up, z=out)
        lift = read_length(node["lift"]) if "lift" in node else 0.0
        return Pose(p=frame.p + lift * frame.R[:, 2], R=frame.R)

    def make(self, node: Node, frame: Pose | None) -> Fitting:
        """A fitting.

        Args:
            node: its description.
            frame: frame of its part, for a fitting without a frame ``at`` of its own; None when there is none.
        """
        kinds = (*self._solids, *self._on_skin)
        given = [key for key in kinds if key in node]
        if len(given) != 1:
            raise node.error(f"expected exactly one of {', '.join(kinds)}, found {' and '.join(given) or 'none'}")
        kind = given[0]
        if "at" in node:
            frame = self.frame(node["at"])
        try:
            if kind in self._on_skin:
                node.expect_keys(("material", kind), ("when",))
                mesh = self._on_skin[kind](node[kind])
            elif frame is None:
                raise node.error(f"'{kind}' needs a frame: give its part the key 'at'")
            else:
                node.expect_keys(("material", kind), ("at", "when", *_CHANGES))
                mesh = self._changed(self._solids[kind](node[kind]), node).turned(frame.R, frame.p)
                mesh = self._stuck_on(mesh) if kind == "picture" else mesh
        except ValueError as error:
            raise node.error(str(error)) from None
        return Fitting(
            material=node["material"].choice(self._materials, "material"), condition=self._condition(node), mesh=mesh
        )

    def _condition(self, node: Node) -> Condition | None:
        if "when" not in node:
            return None
        pairs = list(node["when"].items())
        if len(pairs) != 1 or pairs[0][0] not in self._options:
            raise node["when"].error(f"expected one option and its value; options: {', '.join(self._options)}")
        option, value = pairs[0]
        return option, value.choice(self._options[option], "value")

    def _changed(self, mesh: Triangles, node: Node) -> Triangles:
        if "dish" in node:
            mesh = solids.dished(mesh, *read_vector(node["dish"], 2, 1e-3))
        for key, sign in (("above", 1.0), ("below", -1.0)):
            if key in node:
                mesh = solids.clipped(mesh, 1, sign, read_length(node[key]))
        if "offset" in node:
            mesh = mesh.moved(read_vector(node["offset"], 3, 1e-3))
        return solids.spun(mesh, node["spin"].integer(low=1, high=60)) if "spin" in node else mesh

    def _stuck_on(self, mesh: Triangles) -> Triangles:
        """A flat mesh bent onto the skin, as a sticker."""
        skin = self._sheet.skin
        feet = skin.project(mesh.vertices)
        normals = skin.normals(feet)
        return Triangles(feet + _STICKER_M * normals, normals, mesh.faces, mesh.texcoords)

    # ---------------------------------------------------------------- solids in the frame of the part
    def _turn(self, node: Node) -> Triangles:
        node.expect_keys(("profile",), ("columns", "arc_deg"))
        profile = np.array([read_vector(entry, 2, 1e-3) for entry in node["profile"].entries()])
        columns = node["columns"].integer(low=6, high=200) if "columns" in node else 48
        arc = np.radians(read_vector(node["arc_deg"], 2)) if "arc_deg" in node else None
        return solids.turned(profile, columns, None if arc is None else (float(arc[0]), float(arc[1])))

    def _extrude(self, node: Node) -> Triangles:
        node.expect_keys(("figure", "thickness"), ("bevel",))
        bevel = read_length(node["bevel"]) if "bevel" in node else 0.0
        return solids.extruded(self.figure(node["figure"]), read_length(node["thickness"]), bevel)

    def _rounded_block(self, node: Node) -> Triangles:
        node.expect_keys(("from", "to"), ("powers", "columns"))
        columns = node["columns"].integer(low=8, high=80) if "columns" in node else 20
        powers = read_vector(node["powers"], 2) if "powers" in node else np.array([0.8, 0.6])
        low, high = (read_vector(node[key], 3, 1e-3) for key in ("from", "to"))
        return solids.rounded_block(low, high, (float(powers[0]), float(powers[1])), columns)

    def _block(self, node: Node) -> Triangles:
        node.expect_keys(("from", "to"))
        return solids.block(read_vector(node["from"], 3, 1e-3), read_vector(node["to"], 3, 1e-3))

    def _picture(self, node: Node) -> Triangles:
        return solids.picture(*read_vector(node, 2, 1e-3))

    # ---------------------------------------------------------------- solids on the skin
    def _sweep(self, node: Node) -> Triangles:
        node.expect_keys(("view", "path", "profile"), ("lift", "step"))
        view = self._sheet.view(node["view"])
        line = shapely.LineString(self._sheet.path(node["path"]))
        step = read_length(node["step"]) if "step" in node else 0.015
        uv = shapely.get_coordinates(
            shapely.line_interpolate_point(line, np.linspace(0, line.length, max(2, int(line.length / step))))
        )
        curve = view.lift(uv)
        if np.isnan(curve).any():
            raise node["path"].error("the path leaves the body")
        normal = self._sheet.skin.normals(curve)
        lift = read_length(node["lift"]) if "lift" in node else 0.0
        profile = np.array([read_vector(entry, 2, 1e-3) for entry in node["profile"].entries()])
        return solids.swept(curve + lift * normal, normal, profile)

    def _patch(self, node: Node) -> Triangles:
        """The skin inside an outline, moved along its normal."""
        node.expect_keys(("outline", "lift"), ("grid",))
        outline = self._sheet.named(node["outline"])
        skin = self._sheet.skin
        edges = [
            build_edge(skin, trace, body="", radius_m=5e-4, half_gap_m=np.zeros(len(trace.points)), sampling=COARSE)
            for trace in traces(outline)
        ]
        grid = read_length(node["grid"]) if "grid" in node else 0.04
        mesh = Inside(skin, outline.view, edges, Facets(grid_m=grid)).mesh()
        return mesh.moved(read_length(node["lift"]) * mesh.normals)

    # ---------------------------------------------------------------- flat figures
    def figure(self, node: Node) -> BaseGeometry:
        """A flat figure, m: one shape, or a list of shapes in one; ``minus`` takes others away."""
        if node.is_list:
            return solids.union([self.figure(entry) for entry in node.entries()])
        shapes = ("disc", "ring", "polygon", "rectangle", "nut", "text", "all")
        given = [key for key in shapes if key in node]
        if len(given) != 1:
            raise node.error(f"expected exactly one of {', '.join(shapes)}")
        node.expect_keys((given[0],), ("at", "minus", "round", "spin", "height", "both_sides"))
        region = self._shape(given[0], node)
        if "both_sides" in node and node["both_sides"].flag():
            region = region.union(shapely.affinity.scale(region, 1, -1, origin=(0, 0)))
        if "at" in node:
            region = shapely.affinity.translate(region, *read_vector(node["at"], 2, 1e-3))
        if "spin" in node:
            count = node["spin"].integer(low=1, high=60)
            turns = [shapely.affinity.rotate(region, 360 * i / count, origin=(0, 0)) for i in range(count)]
            region = solids.union(turns)
        if "minus" in node:
            region = region.difference(self.figure(node["minus"]))
        if "round" in node:
            r = read_length(node["round"])
            region = region.buffer(-r, quad_segs=3).buffer(2 * r, quad_segs=3).buffer(-r, quad_segs=3).simplify(3e-4)
        return region

    def _shape(self, kind: str, node: Node) -> BaseGeometry:
        value = node[kind]
        if kind == "all":
            return self.figure(value)
        if kind == "disc":
            return circle(0.0, 0.0, read_length(value)).simplify(3e-4)
        if kind == "ring":
            outer, inner = read_vector(value, 2, 1e-3)
            return circle(0.0, 0.0, outer).difference(circle(0.0, 0.0, inner)).simplify(3e-4)
        if kind == "polygon":
            return Polygon([read_vector(entry, 2, 1e-3) for entry in value.entries()]).buffer(0)
        if kind == "rectangle":
            width, height, corner = read_vector(value, 3, 1e-3)
            inner = shapely.box(corner - width / 2, corner - height / 2, width / 2 - corner, height / 2 - corner)
            return inner.buffer(corner, quad_segs=4)
        if kind == "nut":
            return solids.regular_polygon(read_length(value), 6)
        return lettering(value.text(), read_length(node["height"]))
