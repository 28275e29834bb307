"""The XML of a URDF as an element tree, of which nothing but the robot is left.

Whatever an XML parser takes is taken: any quotes, blanks, comments, CDATA, encodings and byte-order marks. What other
programs keep in a URDF (``<mujoco>``, ``<gazebo>``, ``<transmission>``, prefixed elements) is not part of the robot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from linewalker.errors import InputError

_PARTS = ("link", "joint", "material")
_UNEXPANDED = "xacro is not expanded; write: xacro robot.urdf.xacro > robot.urdf"


@dataclass(frozen=True, kw_only=True)
class UrdfXml:
    """A URDF as read.

    Attributes:
        path: of the file.
        robot: the root element; its children are links, joints and materials.
        mesh_folder: where MuJoCo would look for meshes (``<mujoco><compiler meshdir=...>``), or empty.
        lines: of every element, from 1.
    """

    path: Path
    robot: Element
    mesh_folder: str
    lines: dict[Element, int]

    def error(self, problem: str, element: Element | None = None) -> InputError:
        """Something is wrong with an element, or with the file."""
        return InputError(problem, file=self.path, line=None if element is None else self.lines.get(element))


def read_urdf_xml(path: Path) -> UrdfXml:
    """Read a URDF.

    Raises:
        InputError: the file is missing, not XML, no URDF, or still xacro.
    """
    robot, lines = _parse(path)
    if robot.tag != "robot":
        raise InputError(f"a URDF begins with <robot>, this file with <{robot.tag}>", file=path)
    compiler = robot.find("mujoco/compiler")
    folder = "" if compiler is None else compiler.get("meshdir", "")
    for element in [child for child in robot if child.tag not in _PARTS and not child.tag.startswith("xacro:")]:
        robot.remove(element)
    for element in robot.iter():
        if element.tag.startswith("xacro:") or any("${" in value or "$(" in value for value in element.attrib.values()):
            raise InputError(f"<{element.tag}>: {_UNEXPANDED}", file=path, line=lines[element])
    return UrdfXml(path=path, robot=robot, mesh_folder=folder, lines=lines)


def _parse(path: Path) -> tuple[Element, dict[Element, int]]:
    """The root element, and the line of every element."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", file=path) from None
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    builder, parser, lines = TreeBuilder(), expat.ParserCreate(), {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        lines[builder.start(tag, attributes)] = parser.CurrentLineNumber

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, builder.end, builder.data
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: an encoding that is none
        raise InputError(f"not XML: {error}", file=path, line=parser.ErrorLineNumber) from None
    return builder.close(), lines


def named(document: UrdfXml, tag: str) -> Iterator[tuple[str, Element]]:
    """All links or all joints with their names, each name once.

    Raises:
        InputError: one has no name, or two have the same.
    """
    seen: dict[str, Element] = {}
    for element in document.robot.findall(tag):
        name = element.get("name", "")
        if not name:
            raise document.error(f"<{tag}> has no name", element)
        if name in seen:
            first = document.lines[seen[name]]
            raise document.error(f"{tag} {name} stands twice, first in line {first}; give every {tag} a name", element)
        seen[name] = element
        yield name, element
