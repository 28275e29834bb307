"""A URDF as a specification of MuJoCo's: its meshes found, and what other programs keep in it left out."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import mujoco

from linewalker.limbs.model.urdf_reader import rooted
from linewalker.limbs.model.urdf_xml import UrdfXml, read_urdf_xml

FORMATS = (".stl", ".obj")
_STL_HEADER, _STL_FACE = 84, 50
_SCHEME = re.compile(r"^(?P<scheme>[a-z]+)://")


def read_urdf(path: Path, base: str = "") -> mujoco.MjSpec:
    """Parse a URDF. Where its meshes are looked for is told at `_mesh_path`; it has no floating joint.

    Args:
        path: of the file.
        base: the link that floats; empty links above it are left out (`linewalker.limbs.model.urdf_reader.rooted`).

    Raises:
        InputError: the URDF is wrong, or a mesh is missing or of a format that can not be read.
        ValueError: MuJoCo can not read it.
    """
    document = read_urdf_xml(path)
    rooted(document, base)
    robot = document.robot
    for link in robot.findall("link"):
        for mesh in link.iter("mesh"):
            mesh.set("filename", str(_mesh_path(document, link, mesh)))
    for joint in robot.findall("joint"):
        for mimic in joint.findall("mimic"):
            joint.remove(mimic)
    ours = ElementTree.SubElement(robot, "mujoco")
    ElementTree.SubElement(ours, "compiler", strippath="false", discardvisual="false", balanceinertia="true")
    return mujoco.MjSpec.from_string(ElementTree.tostring(robot, encoding="unicode"))


def read_shapes(path: Path, base: str) -> mujoco.MjSpec:
    """As `read_urdf`, for who looks at shapes alone: whatever its links weigh, it compiles."""
    spec = read_urdf(path, base)
    spec.compiler.boundmass, spec.compiler.boundinertia = 1e-3, 1e-6
    return spec


def _mesh_path(document: UrdfXml, link: Element, mesh: Element) -> Path:
    """The file of a mesh.

    ``package://NAME/REST`` lies in a directory NAME above the URDF; without one, REST is looked for in the directories
    above. Other addresses are absolute (``file://`` or plain) or start at the URDF, or at MuJoCo's ``meshdir``.
    """
    address = mesh.get("filename", "").replace("\\", "/")
    what = f"link {link.get('name')}: mesh '{address}'"
    match, above = _SCHEME.match(address), document.path.absolute().parents
    scheme = match["scheme"] if match else ""
    rest = address[match.end() :] if match else address
    rest = unquote(rest) if scheme == "file" else rest
    folder = above[0] / document.mesh_folder
    tried = [above[0] / rest, folder / rest, folder / Path(rest).name]
    if scheme in ("package", "model"):
        inside = rest.partition("/")[2]
        tried = [*(base / rest for base in above), *(base / inside for base in above if inside), *tried[1:]]
    elif scheme not in ("", "file"):
        raise document.error(f"{what}: expected a path, or an address that begins with package:// or file://", mesh)
    found = next((file for file in tried if rest and file.is_file()), None)
    if found is None:
        where = "any directory above the URDF" if scheme in ("package", "model") else f"{tried[0].parent}"
        there = [file.name for base in {file.parent for file in tried} if base.is_dir() for file in base.iterdir()]
        named = [name for name in there if name.lower() == Path(rest).name.lower()]
        hint = f" (there is {named[0]}: letters differ by their case)" if named else ""
        raise document.error(f"{what} is not in {where}{hint}; copy it there, or correct its filename", mesh)
    if problem := _format_problem(found):
        raise document.error(f"{what}: {problem}", mesh)
    return found


def _format_problem(file: Path) -> str:
    """Why MuJoCo can not read a mesh; empty where it can."""
    kind = file.suffix.lower()
    if kind not in FORMATS:
        return f"expected STL (binary) or OBJ, found {kind or 'no extension'}; convert it (Blender, MeshLab, trimesh)"
    if kind == ".stl":
        with file.open("rb") as stream:
            head = stream.read(_STL_HEADER)
        faces = int.from_bytes(head[80:], "little")
        if len(head) < _STL_HEADER or file.stat().st_size < _STL_HEADER + _STL_FACE * faces:
            kind = "an ASCII STL" if head.startswith(b"solid") else "cut off"
            return f"expected a binary STL, this one is {kind}; save it as binary STL or as OBJ"
    return ""
