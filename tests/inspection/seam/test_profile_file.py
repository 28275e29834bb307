"""Profiles of files: whoever wrote them, the same points come out, and mistakes are named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.seam.profile_file import read_profiles

X = np.arange(0.0, 6.0, 0.1)
Z = 20.0 + 0.1 * X


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows(*columns: np.ndarray, mark: str = ",") -> str:
    return "".join(mark.join(f"{cell:.4f}" for cell in row) + "\n" for row in zip(*columns))


@pytest.mark.parametrize(
    "text",
    [
        rows(X, Z),
        "x,z\n" + rows(X, Z),
        "Z [mm];x [mm]\n" + rows(Z, X, mark=";"),
        "x;z\n" + rows(X, Z, mark=";").replace(".", ","),
        rows(X, 0 * X, Z, mark=" "),
        rows(X[::-1], Z[::-1]),
    ],
)
def test_a_table_of_any_kind_gives_its_points(tmp_path: Path, text: str) -> None:
    (profile,) = read_profiles(written(tmp_path, text))
    assert profile == pytest.approx(np.column_stack((X, Z)))


def test_profiles_are_told_apart_by_frame_or_place(tmp_path: Path) -> None:
    for column in ("frame", "y"):
        text = f"{column},x,z\n" + rows(0 * X, X, Z) + rows(0 * X + 5, X, Z + 1)
        first, second = read_profiles(written(tmp_path, text))
        assert second - first == pytest.approx(np.column_stack((0 * X, 0 * X + 1)))


def test_a_hole_has_beams_without_return(tmp_path: Path) -> None:
    kept = (X < 2.0) | (X > 4.0)
    (profile,) = read_profiles(written(tmp_path, rows(X[kept], Z[kept])))
    assert len(profile) == len(X)
    assert np.isnan(profile[(profile[:, 0] > 2.05) & (profile[:, 0] < 3.95), 1]).all()


@pytest.mark.parametrize("raw", [False, True])
def test_an_export_of_a_gocator(tmp_path: Path, raw: bool) -> None:
    cells, heights = ",".join(f"{x:.3f}" for x in X), ",".join(f"{z:.4f}" for z in Z)
    begin = "Info\nVersion,1\nEnd\n" + ("RawProfile" if raw else "Profile") + "\nFrame Count,Column Count\n2,60\n"
    head = "Frame,Source,Time,Axis," + (",".join(str(i) for i in range(len(X))) if raw else cells)
    lines = [f"{frame},0,9,{axis}" for frame in (0, 1) for axis in (("X", "Z", "I") if raw else ("Z", "I"))]
    body = "\n".join(f"{line},{cells if line[-1] == 'X' else heights}" for line in lines)
    profiles = read_profiles(written(tmp_path, f"{begin}{head}\n{body}\nEnd\n"))
    assert len(profiles) == 2
    assert profiles[1] == pytest.approx(np.column_stack((X, Z)), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", None, "the file is empty"),
        ("a,b,c,d\n1,2,3,4\n", 1, "expected columns x and z"),
        ("x,z\n", None, "no row"),
        ("x,z\n1,2\n1,two\n", 3, "'two' is not a number"),
        ("x,z\n1,\n2,nan\n", None, "no point"),
        ("Profile\nFrame Count\n", 1, "no column Axis"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_profiles(written(tmp_path, text))
    assert caught.value.line == line


def test_a_cloud_is_cut_into_its_lines(tmp_path: Path) -> None:
    points = rows(X, 0 * X, Z, mark=" ") + rows(X, 0 * X + 2, Z, mark=" ")
    head = f"ply\nformat ascii 1.0\nelement vertex {2 * len(X)}\n"
    head += "".join(f"property float {axis}\n" for axis in "xyz") + "end_header\n"
    assert len(read_profiles(written(tmp_path, head + points, "a.ply"))) == 2
