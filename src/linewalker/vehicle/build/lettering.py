"""Badges and plates: a text as a region, out of the outlines of a bold sans-serif face (DejaVu Sans Bold)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from shapely.affinity import scale, translate
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from linewalker.vehicle.components import Array

_FACE = Path(__file__).with_name("lettering.json")
_UNIT = 0.01 / 64
"""Of the face, relative to its size."""
_CAP_HEIGHT = 0.73
"""Height of a capital letter, relative to the size."""


def lettering(text: str, height_m: float) -> BaseGeometry:
    """A region in the shape of a text, centred, its capitals this high.

    Raises:
        ValueError: the face lacks a character.
    """
    region: BaseGeometry = Polygon()
    for ring in _rings(text):
        region = region.symmetric_difference(Polygon(ring).buffer(0))
    left, _, right, _ = region.bounds
    centred = translate(region, -(left + right) / 2, -_CAP_HEIGHT / 2)
    size = height_m / _CAP_HEIGHT
    return scale(centred, size, size, origin=(0, 0)).simplify(0.004 * height_m)


def _rings(text: str) -> list[Array]:
    """Closed outlines (n, 2) of all letters, the size of the face being 1; the first stands at the origin."""
    face = _face()
    rings, at = [], 0
    for letter, following in zip(text, (*text[1:], "")):
        if letter not in face["outlines"]:
            raise ValueError(f"the text '{text}' has {letter!r}, which the face lacks; write it in Latin letters")
        rings += [ring for outline in face["outlines"][letter].split("Z")[:-1] if len(ring := _ring(outline, at)) > 3]
        at += face["advances"][letter] + face["kerning"].get(letter + following, 0)
    return rings


def _ring(outline: str, at: int) -> Array:
    """One outline as SVG writes it (M, L, Q); a curve becomes its ends and its middle."""
    points: list[Array] = []
    for step in outline.replace("L", "|L").replace("Q", "|Q").split("|"):
        there = (np.array(step[1:].split(), float).reshape(-1, 2) + [at, 0.0]) * _UNIT
        if len(there) == 2:
            start, control, end = points[-1], *there
            points.append(((start + control) / 2 + (control + end) / 2) / 2)
        points.append(there[-1])
    return np.array(points)


@cache
def _face() -> dict[str, dict]:
    """Outlines, advances and kerning by letter or pair, in `_UNIT`."""
    return json.loads(_FACE.read_text(encoding="utf-8"))
