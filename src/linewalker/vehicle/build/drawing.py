"""Reads the drawing of a model: its skin, its views and its outlines. Lengths in a drawing are mm, frame V.

An outline is drawn (``path``, ``circle``, ``box``) or taken over from another one (``same_as``), then, in this order,
widened by ``grow``, cut down to what lies ``within`` others, cut by what it is drawn ``without``, reduced to the piece
at ``keep``, and its corners made ``round`` (all) or ``round_convex``. What is cut off a neighbour leaves both with the
same curve, which is what makes a seam.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from linewalker.plantfile import Node
from linewalker.vehicle.build import outline as regions
from linewalker.vehicle.build.outline import HalfSpace, PanelOutline
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.build.views import ParallelView, RingView, View
from linewalker.vehicle.components import Array

_SHAPES = ("path", "circle", "box", "same_as")
_CHANGES = ("mirror", "grow", "within", "without", "keep", "round", "round_convex")
_LIMITS = {
    f"{axis}_{side}": (i, sign) for i, axis in enumerate("xyz") for side, sign in (("above", 1.0), ("below", -1.0))
}


def read_vector(node: Node, count: int = 3, scale: float = 1.0) -> Array:
    """A list of numbers, times a scale."""
    entries = node.entries()
    if len(entries) != count:
        raise node.error(f"expected {count} numbers, found {len(entries)}")
    return np.array([entry.number() for entry in entries]) * scale


def read_length(node: Node) -> float:
    """A length in m that is written in mm."""
    return node.number(unit="mm") * 1e-3


@dataclass(frozen=True, kw_only=True, eq=False)
class SeenView:
    """A view and what it sees of the body."""

    view: View
    sees: tuple[HalfSpace, ...]


class Sheet:
    """All outlines of a model, worked out when they are first asked for.

    Args:
        skin: the body.
        views, outlines: these sections of the model's file.
    """

    def __init__(self, skin: Skin, views: Node, outlines: Node):
        self.skin = skin
        self._views = {name: _read_view(skin, node) for name, node in views.items()}
        self._nodes = dict(outlines.items())
        self._section = outlines
        self._done: dict[str, PanelOutline] = {}
        self._carried: dict[tuple[str, int, tuple[HalfSpace, ...]], BaseGeometry] = {}
        self._open: list[str] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all outlines."""
        return tuple(self._nodes)

    def view(self, node: Node) -> View:
        """The view that a text names."""
        return self._views[node.choice(self._views, "view")].view

    def named(self, node: Node) -> PanelOutline:
        """The outline that a text names."""
        return self[node.choice(self._nodes, "outline")]

    def is_symmetric(self, name: str) -> bool:
        """True for an outline that is drawn as one half, or taken over from such a one."""
        node = self._nodes[name]
        if "mirror" in node or "same_as" not in node:
            return "mirror" in node
        return self.is_symmetric(node["same_as"].choice(self._nodes, "outline"))

    def __getitem__(self, name: str) -> PanelOutline:
        if name not in self._done:
            node = self._nodes[name]
            if name in self._open:
                raise node.error(f"outlines need one another: {' -> '.join((*self._open, name))}")
            self._open.append(name)
            try:
                self._done[name] = self._draw(name, node)
            except ValueError as error:
                raise node.error(str(error)) from None
            finally:
                self._open.pop()
        return self._done[name]

    def _draw(self, name: str, node: Node) -> PanelOutline:
        node.expect_keys(("view",), (*_SHAPES, *_CHANGES))
        seen = self._views[node["view"].choice(self._views, "view")]
        region = self._shape(node, seen)
        if "mirror" in node:
            region = _with_mirror_image(node["mirror"], region, seen.view)
        if "grow" in node:
            region = region.buffer(read_length(node["grow"]), quad_segs=24)
        for entry in node["within"].one_or_more() if "within" in node else ():
            region = region.intersection(self._other(entry, seen, both=self.is_symmetric(name)))
        for entry in node["without"].one_or_more() if "without" in node else ():
            region = region.difference(self._other(entry, seen, both=self.is_symmetric(name)))
        if region.is_empty:
            raise node.error("nothing is left of this outline")
        if "keep" in node:
            region = regions.piece_at(region, *read_vector(node["keep"], 2, 1e-3))
        if "round" in node:
            region = regions.rounded(region, read_length(node["round"]))
        if "round_convex" in node:
            region = regions.corners_rounded(region, read_length(node["round_convex"]))
        return PanelOutline(view=seen.view, region=regions.largest(region))

    def _shape(self, node: Node, seen: SeenView) -> BaseGeometry:
        given = [key for key in _SHAPES if key in node]
        if len(given) != 1:
            raise node.error(f"expected exactly one of {', '.join(_SHAPES)}, found {' and '.join(given) or 'none'}")
        if given == ["circle"]:
            return regions.circle(*read_vector(node["circle"], 3, 1e-3))
        if given == ["box"]:
            return box(*read_vector(node["box"], 4, 1e-3))
        if given == ["same_as"]:
            return self._other(node["same_as"], seen, both=False)
        path = self._path(node["path"])
        return Polygon(path if "mirror" not in node else np.vstack((path, _closing(path, seen.view)))).buffer(0)

    def _other(self, node: Node, seen: SeenView, both: bool) -> BaseGeometry:
        """Another outline in this view; ``both``: together with its image on the other side of the car."""
        limits = list(seen.sees)
        if node.is_mapping:
            node.expect_keys(("outline",), tuple(_LIMITS))
            for key, entry in node.items():
                if key in _LIMITS:
                    axis, sign = _LIMITS[key]
                    limits.append(HalfSpace(axis=axis, sign=sign, limit_m=read_length(entry)))
            node = node["outline"]
        other = self.named(node)
        carried = (node.text(), id(seen.view), () if other.view is seen.view else tuple(limits))
        if carried not in self._carried:
            try:
                self._carried[carried] = other.seen_from(seen.view, carried[2])
            except ValueError as error:
                raise node.error(f"outline '{node.text()}' can not be carried into this view: {error}") from None
        region = self._carried[carried]
        if both and not self.is_symmetric(node.text()) and seen.view.mirror_axis is not None:
            region = region.union(regions.mirrored(region, seen.view.mirror_axis))
        return region

    def _path(self, node: Node) -> Array:
        """Points of a path, m: ``[u, v]``, ``[u, v, corner]`` or ``{along: curve, from: u, to: u, shift: [u, v]}``."""
        pieces: list[Array] = []
        run: list[Array] = []
        for entry in node.entries():
            if entry.is_mapping:
                pieces += [np.array(run)] if run else []
                run = []
                pieces.append(self._along(entry))
                continue
            corner = len(entry.entries()) == 3
            if corner:
                entry.entries()[2].choice(("corner",), "kind of point")
            point = np.array([value.number() for value in entry.entries()[:2]]) * 1e-3
            run.append(point)
            if corner and len(run) > 1:
                pieces.append(np.array(run))
                run = [point]
        return regions.smooth_path([*pieces, *([np.array(run)] if run else [])])

    def _along(self, node: Node) -> Array:
        node.expect_keys(("along", "from", "to"), ("shift",))
        curves = ("plan", "shoulder", "deck", "roof", "cant")
        u = np.linspace(read_length(node["from"]), read_length(node["to"]), 60)
        v = self.skin.curve(node["along"].choice(curves, "curve"), u)
        shift = read_vector(node["shift"], 2, 1e-3) if "shift" in node else np.zeros(2)
        return np.column_stack((u, v)) + shift

    def path(self, node: Node) -> Array:
        """A free path of a part, (n, 2), m; written like the path of an outline."""
        return self._path(node)


def _closing(path: Array, view: View) -> Array:
    """The other half of a symmetric path."""
    if view.mirror_axis is None:
        raise ValueError("a symmetric outline must be drawn in a view that shows both sides alike")
    image = path.copy()
    image[:, view.mirror_axis] *= -1
    return image[::-1]


def _with_mirror_image(node: Node, region: BaseGeometry, view: View) -> BaseGeometry:
    if not node.flag():
        raise node.error("leave the key out when the outline is not symmetric")
    if view.mirror_axis is None:
        raise node.error("a symmetric outline must be drawn in a view that shows both sides alike")
    return region.union(regions.mirrored(region, view.mirror_axis))


def _read_view(skin: Skin, node: Node) -> SeenView:
    if "ring_about_x" in node:
        node.expect_keys(("ring_about_x", "faces", "radius"), ("slope", "sees"))
        facing = {"front": -1.0, "rear": 1.0}[node["faces"].choice(("front", "rear"))]
        view: View = RingView(
            skin=skin,
            axis_x_m=read_length(node["ring_about_x"]),
            facing=facing,
            radius_m=read_length(node["radius"]),
            slope=node["slope"].number(low=0, high=2) if "slope" in node else 0.0,
        )
    else:
        node.expect_keys(("from", "u", "v"), ("sees",))
        try:
            view = ParallelView.of(skin, -read_vector(node["from"]), read_vector(node["u"]), read_vector(node["v"]))
        except ValueError as error:
            raise node.error(str(error)) from None
    sees = []
    for key, entry in node["sees"].items() if "sees" in node else ():
        if key not in _LIMITS:
            raise node["sees"].key_error(key, f"unknown limit; allowed: {', '.join(_LIMITS)}")
        axis, sign = _LIMITS[key]
        sees.append(HalfSpace(axis=axis, sign=sign, limit_m=read_length(entry)))
    return SeenView(view=view, sees=tuple(sees))
