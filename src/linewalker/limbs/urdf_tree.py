"""What a URDF says, read plainly: links, joints and who hangs from whom. No meshes, no physics."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError
from linewalker.plantfile import read_text

Array = NDArray[np.float64]
MOVABLE = ("revolute", "continuous", "prismatic")


@dataclass(frozen=True, kw_only=True)
class UrdfLink:
    """A link; mass 0 and no inertia where the URDF gives none.

    Attributes:
        name: of the link.
        mass_kg: mass.
        inertia_kg_m2: about the centre of mass, (3, 3), or None.
    """

    name: str
    mass_kg: float = 0.0
    inertia_kg_m2: Array | None = None


@dataclass(frozen=True, kw_only=True)
class UrdfJoint:
    """A joint; limits are NaN and the effort 0 where the URDF gives none."""

    name: str
    kind: str
    parent: str
    child: str
    lower_rad: float
    upper_rad: float
    effort_nm: float


@dataclass(frozen=True, kw_only=True)
class UrdfTree:
    """Links and joints by name."""

    path: Path
    links: Mapping[str, UrdfLink]
    joints: Mapping[str, UrdfJoint]

    @cached_property
    def movable(self) -> tuple[str, ...]:
        """Joints that move, in the order of the file."""
        return tuple(name for name, joint in self.joints.items() if joint.kind in MOVABLE)

    @cached_property
    def root(self) -> str:
        """The link that hangs from no other; the first one of them."""
        return next((link for link in self.links if link not in self._carrier), "")

    @cached_property
    def _carrier(self) -> dict[str, UrdfJoint]:
        return {joint.child: joint for joint in self.joints.values()}

    def chain(self, link: str) -> tuple[str, ...]:
        """Movable joints between the root and a link, from the root outwards."""
        found: list[str] = []
        seen: set[str] = set()
        while link in self._carrier and link not in seen:
            seen.add(link)
            joint = self._carrier[link]
            if joint.kind in MOVABLE:
                found.append(joint.name)
            link = joint.parent
        return tuple(reversed(found))


def read_urdf_tree(path: Path) -> UrdfTree:
    """Read a URDF.

    Raises:
        InputError: the file is missing, not XML, or a number in it is none.
    """
    try:
        robot = ElementTree.fromstring(read_text(path))
    except ElementTree.ParseError as error:
        raise InputError(f"not XML: {error}", file=path, line=error.position[0]) from None
    if robot.tag != "robot":
        raise InputError(f"a URDF begins with <robot>, this file with <{robot.tag}>", file=path)
    try:
        links = [_link(element) for element in robot.findall("link")]
        joints = [_joint(element) for element in robot.findall("joint")]
    except (ValueError, KeyError) as error:
        raise InputError(f"not a URDF: {error}", file=path) from None
    return UrdfTree(
        path=path, links={link.name: link for link in links}, joints={joint.name: joint for joint in joints}
    )


def _link(element: ElementTree.Element) -> UrdfLink:
    name, inertial = element.attrib["name"], element.find("inertial")
    if inertial is None:
        return UrdfLink(name=name)
    mass, inertia = inertial.find("mass"), inertial.find("inertia")
    if mass is None or inertia is None:
        raise ValueError(f"link {name}: <inertial> needs <mass> and <inertia>")
    xx, yy, zz, xy, xz, yz = (float(inertia.get(key, "0")) for key in ("ixx", "iyy", "izz", "ixy", "ixz", "iyz"))
    return UrdfLink(
        name=name,
        mass_kg=float(mass.get("value", "nan")),
        inertia_kg_m2=np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]),
    )


def _joint(element: ElementTree.Element) -> UrdfJoint:
    name, limit = element.attrib["name"], element.find("limit")
    parent, child = element.find("parent"), element.find("child")
    if parent is None or child is None:
        raise ValueError(f"joint {name} needs <parent> and <child>")
    given = {} if limit is None else limit.attrib
    return UrdfJoint(
        name=name,
        kind=element.attrib["type"],
        parent=parent.attrib["link"],
        child=child.attrib["link"],
        lower_rad=float(given.get("lower", "nan")),
        upper_rad=float(given.get("upper", "nan")),
        effort_nm=float(given.get("effort", "0")),
    )
