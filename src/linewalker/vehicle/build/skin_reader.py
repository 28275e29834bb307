"""Reads the ``skin`` section of a drawing into the numbers of the surface.

Roundings are written as two distances, at half a metre and at one metre from the centre line: ``[70, 500]`` means that
the face has fallen back 70 mm at y = 500 mm and 500 mm at y = 1000 mm. They become the coefficients of y^2 and y^4.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from linewalker.plantfile import Node
from linewalker.vehicle.build.curves import control_polygon_table
from linewalker.vehicle.build.drawing import read_length, read_vector
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.build.surface import SkinShape
from linewalker.vehicle.components import Array

_CURVES = ("plan", "shoulder", "deck", "roof", "nose", "tail")
_BLENDS = ("shoulder", "front", "rear", "body", "roof", "cabin")
_SWAGE = ("offset", "depth", "width", "slope", "from", "to", "fade")


def read_skin(node: Node) -> Skin:
    """The skin of a model."""
    groups = ("front", "rear", "floor", "shoulder_crease", "sill", "swages", "arches", "deck_crown", "dome",
              "roof_crown", "screens", "windows", "blends")  # fmt: skip
    node.expect_keys((*_CURVES, *groups))
    numbers: dict[str, float] = {}
    for name in ("front", "rear"):
        node[name].expect_keys(("x", "falls_back"))
        numbers[f"{name}_x"] = read_length(node[name]["x"])
        numbers[f"{name}_round2"], numbers[f"{name}_round4"] = _rounding(node[name]["falls_back"])
    for name in ("deck", "roof"):
        numbers[f"{name}_crown2"], numbers[f"{name}_crown4"] = _rounding(node[f"{name}_crown"])
    numbers |= _lengths("floor", node["floor"], ("z", "front_x", "rear_x"), ("rise_front", "rise_rear"))
    numbers |= _lengths("shoulder", node["shoulder_crease"], ("width",), ("slope",))
    numbers |= _lengths("sill", node["sill"], ("z", "width"), ("slope",))
    numbers |= _lengths("dome", node["dome"], ("height", "half_width", "edge", "end_x"), ("widening",))
    numbers |= _lengths("screen", node["screens"], ("middle_x",), ("sweep",))
    numbers |= _lengths("blend", node["blends"], _BLENDS, ())
    windows = ("z", "half_width", "taper", "middle_x", "half_length")
    numbers |= _lengths("glass", node["windows"], windows, (), also=("leans_in",))
    numbers["glass_lean"], numbers["glass_lean2"] = _lean(node["windows"]["leans_in"])
    arches = node["arches"]
    numbers |= _lengths("arch", arches, ("radius", "flare", "fade"), (), also=("wheels_x", "wheel_z"))
    numbers["wheel_z"] = read_length(arches["wheel_z"])
    arrays = {name: _curve(node[name]) for name in _CURVES}
    arrays["swages"] = np.array([_swage(entry) for entry in node["swages"].entries()]).reshape(-1, 7)
    arrays["wheel_x"] = read_vector(arches["wheels_x"], 2, 1e-3)
    values: dict[str, Any] = arrays | numbers
    return Skin(shape=SkinShape(**values))


def _curve(node: Node) -> Array:
    try:
        return control_polygon_table([read_vector(entry, 2, 1e-3).tolist() for entry in node.entries()])
    except ValueError as error:
        raise node.error(str(error)) from None


def _lengths(
    prefix: str, node: Node, lengths: tuple[str, ...], slopes: tuple[str, ...], also: tuple[str, ...] = ()
) -> dict[str, float]:
    node.expect_keys((*lengths, *slopes, *also))
    values = {f"{prefix}_{key}": read_length(node[key]) for key in lengths}
    return values | {f"{prefix}_{key}": node[key].number() for key in slopes}


def _rounding(node: Node) -> tuple[float, float]:
    """Coefficients of y^2 (1/m) and y^4 (1/m^3) from the distances at y = 0.5 m and y = 1 m."""
    half, full = read_vector(node, 2, 1e-3)
    quartic = (full - 4 * half) / 0.75
    return float(full - quartic), float(quartic)


def _lean(node: Node) -> tuple[float, float]:
    """Slope and its growth (1/m) from how far a window has leaned in 250 mm and 500 mm up."""
    quarter, half = read_vector(node, 2, 1e-3)
    growth = (half - 2 * quarter) / 0.125
    return float((half - 0.25 * growth) / 0.5), float(growth)


def _swage(node: Node) -> list[float]:
    node.expect_keys(_SWAGE)
    return [node[key].number() if key == "slope" else read_length(node[key]) for key in _SWAGE]
