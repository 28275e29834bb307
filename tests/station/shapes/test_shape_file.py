"""A shape file holds what was put into it."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.station.shapes.shape_file import ShapeMesh, shape_file
from tests.station.shapes.reading import read_shape


@pytest.mark.parametrize("count", [3, 70_000])
def test_what_was_put_in_is_read(count: int) -> None:
    rng = np.random.default_rng(1)
    vertices, normals = rng.uniform(-2.0, 3.0, (count, 3)), rng.normal(size=(count, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    faces = rng.integers(0, count, (501, 3))
    mesh = ShapeMesh(
        body="hood", material="漆", condition=("trim", "black"), vertices_m=vertices, normals=normals, faces=faces
    )
    text, (first, second) = read_shape(shape_file([{"name": "hood"}], {"漆": {}}, [mesh, mesh], base="hood"))
    assert (text["base"], text["bodies"], first["condition"]) == ("hood", [{"name": "hood"}], ["trim", "black"])
    for found in (first, second):
        assert np.abs(found["vertices"] - vertices).max() < 1e-4
        assert np.abs(found["normals"] - normals).max() < 0.01
        assert (found["faces"] == faces).all()
