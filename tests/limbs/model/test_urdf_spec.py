"""URDFs as MuJoCo gets them: meshes found wherever they lie, what can not be read refused by name."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.model.urdf_spec import read_urdf

CORNERS = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], float)
FACES = CORNERS[[[0, 1, 2], [0, 2, 3], [0, 3, 1], [1, 3, 2]]]


def _stl(path: Path, size_m: float = 0.1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    facets = b"".join(struct.pack("<12fH", 0, 0, 0, *(size_m * face).ravel(), 0) for face in FACES)
    path.write_bytes(bytes(80) + struct.pack("<I", len(FACES)) + facets)
    return path


def _urdf(path: Path, address: str, head: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    mesh = f'<visual><geometry><mesh filename="{address}"/></geometry></visual>'
    path.write_text(f'<robot name="r">{head}<link name="body">{mesh}</link></robot>', encoding="utf-8")
    return path


def _meshes(urdf: Path) -> list[str]:
    return [Path(mesh.file).name for mesh in read_urdf(urdf).meshes]


ADDRESSES: dict[str, tuple[str, str, str]] = {
    "beside it": ("meshes/a.stl", "r.urdf", "meshes/a.stl"),
    "of a package": ("bot/meshes/a.stl", "bot/urdf/r.urdf", "package://bot/meshes/a.stl"),
    "of a package whose folder has another name": (
        "bot-1.2/meshes/a.stl",
        "bot-1.2/urdf/r.urdf",
        "package://bot/meshes/a.stl",
    ),
    "of a model": ("bot/meshes/a.stl", "bot/urdf/r.urdf", "model://bot/meshes/a.stl"),
    "up and down": ("meshes/a.stl", "urdf/r.urdf", "../meshes/a.stl"),
    "with a path of Windows": ("meshes/a.stl", "r.urdf", "meshes\\a.stl"),
    "in capitals": ("meshes/A.STL", "r.urdf", "meshes/A.STL"),
    "with blanks and letters": ("mein Röböter 机器人/a b.stl", "mein Röböter 机器人/r.urdf", "a b.stl"),
}


@pytest.mark.parametrize("where", ADDRESSES)
def test_meshes_are_found(tmp_path: Path, where: str) -> None:
    mesh, urdf, address = ADDRESSES[where]
    file = _stl(tmp_path / mesh)
    assert _meshes(_urdf(tmp_path / urdf, address)) == [file.name]
    read_urdf(tmp_path / urdf).compile()


def test_absolute_addresses_and_those_of_files_are_found(tmp_path: Path) -> None:
    file = _stl(tmp_path / "else where" / "a.stl")
    for address in (str(file), f"file://{file}", file.as_uri()):
        assert _meshes(_urdf(tmp_path / "here" / "r.urdf", address)) == ["a.stl"]


def test_mujocos_mesh_folder_is_looked_into(tmp_path: Path) -> None:
    _stl(tmp_path / "meshes" / "a.stl")
    head = '<mujoco><compiler meshdir="meshes" discardvisual="false"/></mujoco>'
    for address in ("a.stl", "package://unknown/parts/a.stl"):
        assert _meshes(_urdf(tmp_path / "r.urdf", address, head)) == ["a.stl"]


def _ascii(path: Path) -> None:
    path.write_text("solid a\n facet normal 0 0 1\n  outer loop\n" + 40 * " " + "endsolid a\n")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-60])


REFUSED: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "none there": (
        "meshes/b.stl",
        Path.exists,
        r"r\.urdf:1: link body: mesh 'meshes/b.stl' is not in .*meshes; copy it",
    ),
    "letters of another case": (
        "meshes/A.stl",
        Path.exists,
        r"'meshes/A.stl' is not in .*meshes \(there is a.stl: letters differ by their case\)",
    ),
    "package unknown": (
        "package://bot/b.stl",
        Path.exists,
        r"'package://bot/b.stl' is not in any directory above the URDF",
    ),
    "no address": ("", Path.exists, "mesh '' is not in"),
    "a folder": ("meshes", Path.exists, "mesh 'meshes' is not in"),
    "on the web": ("http://x.org/a.stl", Path.exists, "expected a path, or an address that begins with package://"),
    "Collada": (
        "meshes/a.dae",
        lambda file: shutil.copy(file, file.with_suffix(".dae")),
        r"expected STL \(binary\) or OBJ, found \.dae; convert",
    ),
    "ASCII": ("meshes/a.stl", _ascii, "expected a binary STL, this one is an ASCII STL; save it"),
    "cut off": ("meshes/a.stl", _cut, "expected a binary STL, this one is cut off"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_a_mesh_that_can_not_be_read_is_named(tmp_path: Path, how: str) -> None:
    address, spoil, message = REFUSED[how]
    spoil(_stl(tmp_path / "meshes" / "a.stl"))
    with pytest.raises(InputError, match=message):
        read_urdf(_urdf(tmp_path / "r.urdf", address))


def test_followers_are_no_constraints(tmp_path: Path) -> None:
    text = '<robot name="r"><link name="a"/><link name="b"/><link name="c"/>' + "".join(
        f'<joint name="{name}" type="revolute"><parent link="a"/><child link="{child}"/>'
        f'<limit lower="-1" upper="1"/>{follows}</joint>'
        for name, child, follows in (("j", "b", ""), ("k", "c", '<mimic joint="j"/>'))
    )
    (tmp_path / "r.urdf").write_text(f"{text}</robot>")
    assert not list(read_urdf(tmp_path / "r.urdf").equalities)
