"""PLY and PCD, in text and binary, give the points that were written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.seam.point_cloud_file import read_cloud

POINTS = np.array([[1.0, 2.0, 3.0], [-4.0, 5.5, 0.25]])
TEXT = "\n".join(" ".join(str(c) for c in row) for row in POINTS).encode() + b"\n"


def ply(form: str, body: bytes) -> bytes:
    head = f"ply\nformat {form} 1.0\nelement vertex 2\n" + "".join(f"property float {axis}\n" for axis in "xyz")
    return (head + "element face 0\nproperty list uchar int vertex_index\nend_header\n").encode() + body


def pcd(form: str, body: bytes) -> bytes:
    head = "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 2\nHEIGHT 1\n"
    return f"{head}VIEWPOINT 0 0 0 1 0 0 0\nPOINTS 2\nDATA {form}\n".encode() + body


GOOD = {
    "text.ply": ply("ascii", TEXT),
    "little.ply": ply("binary_little_endian", POINTS.astype("<f4").tobytes()),
    "big.ply": ply("binary_big_endian", POINTS.astype(">f4").tobytes()),
    "text.pcd": pcd("ascii", TEXT),
    "binary.pcd": pcd("binary", POINTS.astype("<f4").tobytes()),
}


@pytest.mark.parametrize("name", GOOD)
def test_the_points_are_those_that_were_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(GOOD[name])
    assert read_cloud(path) == pytest.approx(POINTS)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.ply", GOOD["little.ply"][:-5], "no whole PLY"),
        ("cut_text.pcd", pcd("ascii", b"1 2 3\n"), "1 points of 2"),
        ("compressed.pcd", pcd("binary_compressed", b""), "save it as ascii or binary"),
        ("other.ply", b"hello", "no whole PLY"),
        ("flat.ply", GOOD["text.ply"].replace(b"property float z", b"property float w"), "need x, y and z"),
    ],
)
def test_what_is_none_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        read_cloud(path)
